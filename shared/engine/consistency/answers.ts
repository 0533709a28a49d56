/** Who answers reads with what, at one load: each answer is made once for all journeys. */
import type { EvaluationContext } from '../context.ts';
import type { EdgeFacts } from '../types.ts';
import { backgroundArrivals, type Arrival } from './arrival.ts';
import { missedWrites, renews } from './missed-writes.ts';
import type { Answer } from './read-log.ts';
import { cachedAnswer, storedAnswer, type Staleness } from './staleness.ts';
import type { Subjects } from './subjects.ts';

/** Answers of one drawing at one load. */
export class Answers {
  private readonly context: EvaluationContext;
  private readonly subjects: Subjects;
  private readonly missed: readonly (number | null)[];
  private arrivals: readonly (Arrival | null)[] | null = null;
  /** By node: an answer for each way that ends there. */
  private readonly ways: (Answer[] | undefined)[];
  private count = 0;
  /** Answers of stores: by connection where it means one subject, else by connection and subject. */
  private readonly stored: (Answer | undefined)[];
  private readonly storedOfMany = new Map<number, Answer>();
  /** Answers of caches: by use, twice, for what nobody writes: connections over which writes would reach it, and others. */
  private readonly kept: (Answer | undefined)[];

  constructor(context: EvaluationContext, subjects: Subjects) {
    const { nodes, edges, uses } = context.compiled;
    this.context = context;
    this.subjects = subjects;
    this.missed = uses.length > 0 ? missedWrites(context, subjects) : [];
    this.ways = new Array<Answer[] | undefined>(nodes.length);
    this.stored = new Array<Answer | undefined>(edges.length);
    this.kept = new Array<Answer | undefined>(2 * uses.length);
  }

  /** An answer of a node, ready to be added up. */
  of(via: number, staleness: Staleness): Answer {
    const here = this.ways[via];
    if (here) for (const known of here) if (known.staleness.kind === staleness.kind && known.staleness.p99S === staleness.p99S) return { staleness, via, way: known.way };
    const answer: Answer = { staleness, via, way: this.count++ };
    if (here) here.push(answer);
    else this.ways[via] = [answer];
    return answer;
  }

  /** What a cache answers over a connection. */
  cached({ view }: EdgeFacts, use: number): Answer {
    const written = this.missed[use] ?? null;
    const missed = written ?? (renews(view) ? 0 : 1);
    const key = 2 * use + (written === null ? missed : 0);
    return (this.kept[key] ??= this.of(view.to.index, cachedAnswer(this.context.compiled.uses[use]?.ttlS ?? null, missed)));
  }

  /** What a store answers over a connection. */
  storedFor({ view }: EdgeFacts, subject: number): Answer {
    if (this.subjects.map.meant[view.index]?.length === 1) return (this.stored[view.index] ??= this.answerOfStore(view, subject));
    const key = view.index * this.subjects.list.length + subject;
    const known = this.storedOfMany.get(key) ?? this.answerOfStore(view, subject);
    this.storedOfMany.set(key, known);
    return known;
  }

  private answerOfStore(view: EdgeFacts['view'], subject: number): Answer {
    return this.of(view.to.index, storedAnswer(this.context, view, this.subjects.list[subject]?.home ?? -1, this.arrivalAt));
  }

  /** Only drawings with a copy that is read need the way to it. */
  private readonly arrivalAt = (node: number): Arrival | null => {
    this.arrivals ??= backgroundArrivals(this.context);
    return this.arrivals[node] ?? null;
  };
}
