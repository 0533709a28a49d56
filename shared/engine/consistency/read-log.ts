/** What the reads of one subject amount to, added up while the ways are walked: no object for each pair of call and journey. */
import { type Numbers, wholes } from '../math/lists.ts';
import type { Staleness } from './staleness.ts';

/** An answer that one node gives. Answers of one node, kind and age share a `way`. */
export interface Answer {
  readonly staleness: Staleness;
  /** Index of the node that answers. */
  readonly via: number;
  readonly way: number;
}

/** Reads that are answered in one way: the first such answer, where `Readers` keeps who asks, and reads per second. */
export interface Lane { readonly answer: Answer; readonly at: number; weight: number }

/** Which journeys take which lanes: a table with a row for each lane. */
export class Readers {
  private readonly journeys: number;
  private marks: Numbers;
  private lanes = 0;
  /** By lane: how many journeys take it. */
  private readonly counts: number[] = [];

  /** `lanes`: as many as there will be as a rule. */
  constructor(journeys: number, lanes: number) {
    this.journeys = journeys;
    this.marks = wholes(journeys * lanes);
  }

  /** A lane that nobody takes yet. */
  open(): number {
    const lane = this.lanes++;
    this.counts.push(0);
    if (this.lanes * this.journeys > this.marks.length) {
      const before = this.marks;
      this.marks = wholes(2 * this.lanes * this.journeys);
      for (let at = 0; at < before.length; at++) this.marks[at] = before[at] as number;
    }
    return lane;
  }

  /** A journey takes a lane. */
  note(lane: number, journey: number): void {
    const at = lane * this.journeys + journey;
    if (this.marks[at] === 1) return;
    this.marks[at] = 1;
    this.counts[lane] = (this.counts[lane] as number) + 1;
  }

  /** Whether a journey takes a lane. */
  has(lane: number, journey: number): boolean {
    return this.marks[lane * this.journeys + journey] === 1;
  }

  /** How many journeys take a lane. */
  count(lane: number): number {
    return this.counts[lane] as number;
  }
}

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
  laneOf(answer: Answer, readers: Readers): Lane {
    for (const known of this.lanes) if (known.answer.way === answer.way) return known;
    const lane: Lane = { answer, at: readers.open(), weight: 0 };
    this.lanes.push(lane);
    return lane;
  }

  /** Add reads that are answered so, on the lane of such answers. */
  add(lane: Lane, { unseen, latest }: Staleness, weight: number): void {
    this.weight += weight;
    this.hidden += weight * unseen;
    if (!latest) this.latest = false;
    lane.weight += weight;
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

  /** Those of readers who ask for so much more than the subject does. */
  asking(asked: string): ReadSum {
    const known = this.stricter.get(asked);
    if (known) return known;
    const own = new ReadSum();
    this.stricter = new Map([...this.stricter, [asked, own]]);
    return own;
  }
}
