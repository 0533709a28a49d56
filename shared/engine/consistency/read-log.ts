/** What the reads of one subject amount to, added up while the ways are walked: no object for each pair of call and journey. */
import type { Staleness } from './staleness.ts';

/** An answer that one node gives. Answers of one node, kind and age share a `way`. */
export interface Answer {
  readonly staleness: Staleness;
  /** Index of the node that answers. */
  readonly via: number;
  readonly way: number;
}

/** Reads that are answered in one way: the first such answer, reads per second, and the journeys that ask, ascending. */
export interface Lane { readonly answer: Answer; weight: number; readonly readers: number[] }

/** Reads of one group of readers: those of all journeys, or of the journeys that ask for more. */
export class ReadSum {
  /** Reads per second, or in proportion to it when the drawing carries nothing. */
  weight = 0;
  /** The same times the share that does not show a user's own last write. */
  hidden = 0;
  /** Every answer is the latest committed one. */
  latest = true;
  /** In the order in which they were first taken. */
  readonly lanes: Lane[] = [];

  /** The lane of an answer, opened when it is the first. */
  laneOf(answer: Answer): Lane {
    for (const known of this.lanes) if (known.answer.way === answer.way) return known;
    const lane: Lane = { answer, weight: 0, readers: [] };
    this.lanes.push(lane);
    return lane;
  }

  /** Add reads of a journey; journeys come in order. */
  add(lane: Lane, { unseen, latest }: Staleness, journey: number, weight: number): void {
    this.weight += weight;
    this.hidden += weight * unseen;
    if (!latest) this.latest = false;
    lane.weight += weight;
    const { readers } = lane;
    if (readers.length === 0 || readers[readers.length - 1] !== journey) readers.push(journey);
  }

  /** Share of a user's own writes that the next read does not show, over all reads. */
  get unseen(): number {
    return this.weight > 0 ? this.hidden / this.weight : 0;
  }
}

const NOBODY: ReadonlyMap<string, ReadSum> = new Map();

/** All reads of one subject. */
export class ReadLog {
  readonly all = new ReadSum();
  /** Reads of journeys that ask for more than the subject does, by what they ask. */
  stricter: ReadonlyMap<string, ReadSum> = NOBODY;

  /** Add reads of a journey to those that ask for more than the subject does. */
  addStricter(asked: string, journey: number, answer: Answer, weight: number): void {
    const known = this.stricter.get(asked);
    const own = known ?? new ReadSum();
    if (!known) this.stricter = new Map([...this.stricter, [asked, own]]);
    own.add(own.laneOf(answer), answer.staleness, journey, weight);
  }
}
