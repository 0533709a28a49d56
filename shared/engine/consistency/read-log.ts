/** What the reads of one subject amount to, added up while the ways are walked: no object for each pair of call and journey. */
import type { Staleness } from './staleness.ts';

/** An answer that one node gives. Answers of one node, kind and age share a `way`. */
export interface Answer {
  readonly staleness: Staleness;
  /** Index of the node that answers. */
  readonly via: number;
  readonly way: number;
}

/** Reads of one group of readers: those of all journeys, or of the journeys that ask for more. */
export class ReadSum {
  /** Reads per second, or in proportion to it when the drawing carries nothing. */
  weight = 0;
  /** The same times the share that does not show a user's own last write. */
  hidden = 0;
  /** Every answer is the latest committed one. */
  latest = true;
  /** Ways in the order in which they were first taken, what each carries, and an answer that was given on it. */
  readonly ways: number[] = [];
  readonly weights: number[] = [];
  readonly answers: Answer[] = [];

  /** Add reads; returns the position of the way. */
  add(answer: Answer, weight: number): number {
    this.weight += weight;
    this.hidden += weight * answer.staleness.unseen;
    if (!answer.staleness.latest) this.latest = false;
    const position = this.ways.indexOf(answer.way);
    if (position >= 0) {
      this.weights[position] = (this.weights[position] as number) + weight;
      return position;
    }
    this.ways.push(answer.way);
    this.weights.push(weight);
    this.answers.push(answer);
    return this.ways.length - 1;
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
  /** By position in `all.ways`: journeys that take the way, ascending. */
  readonly journeys: number[][] = [];
  /** Reads of journeys that ask for more than the subject does, by what they ask. */
  stricter: ReadonlyMap<string, ReadSum> = NOBODY;

  /** Add reads of a journey; journeys come in order. `asked`: a requirement beyond the subject's own, null without one. */
  add(journey: number, answer: Answer, weight: number, asked: string | null): void {
    const position = this.all.add(answer, weight);
    const readers = this.journeys[position];
    if (!readers) this.journeys[position] = [journey];
    else if (readers[readers.length - 1] !== journey) readers.push(journey);
    if (asked === null) return;
    const own = this.stricter.get(asked) ?? new ReadSum();
    if (own.ways.length === 0) this.stricter = new Map([...this.stricter, [asked, own]]);
    own.add(answer, weight);
  }
}
