/** Every way in which a user's read is answered, with its share of the reads of each subject (semantics 6). */
import type { EvaluationContext } from '../context.ts';
import { READ, type Call, type EdgeFacts } from '../types.ts';
import { backgroundArrivals, type Arrival } from './arrival.ts';
import { isStore } from './data-map.ts';
import { missedWrites, renews } from './missed-writes.ts';
import { ReadLog, type Answer } from './read-log.ts';
import { readersAsk, type ReadersAsk } from './requirements.ts';
import { cachedAnswer, edgeAnswer, storedAnswer, type Staleness } from './staleness.ts';
import type { Subjects } from './subjects.ts';

/** Answers of one drawing at one load: each is made once for all journeys. */
class Answers {
  private readonly context: EvaluationContext;
  private readonly subjects: Subjects;
  private readonly missed: readonly (number | null)[];
  private arrivals: readonly (Arrival | null)[] | null = null;
  /** By node: an answer for each way that ends there. */
  private readonly ways: (Answer[] | undefined)[] = [];
  private count = 0;
  /** Answers of stores by connection and subject. */
  private readonly stored = new Map<number, Answer>();
  /** Answers of caches by connection and use. */
  private readonly kept = new Map<number, Answer>();

  constructor(context: EvaluationContext, subjects: Subjects) {
    this.context = context;
    this.subjects = subjects;
    this.missed = context.compiled.uses.length > 0 ? missedWrites(context, subjects) : [];
  }

  /** An answer of a node, ready to be added up. */
  of(via: number, staleness: Staleness): Answer {
    const here = (this.ways[via] ??= []);
    let like: Answer | null = null;
    for (const known of here) if (like === null && known.staleness.kind === staleness.kind && known.staleness.p99S === staleness.p99S) like = known;
    const answer: Answer = { staleness, via, way: like?.way ?? this.count++ };
    if (!like) here.push(answer);
    return answer;
  }

  /** What a cache answers over a connection. */
  cached({ view }: EdgeFacts, use: number): Answer {
    const { uses } = this.context.compiled;
    const key = view.index * uses.length + use;
    const known = this.kept.get(key);
    if (known) return known;
    const missed = this.missed[use] ?? (renews(view) ? 0 : 1);
    const answer = this.of(view.to.index, cachedAnswer(uses[use]?.ttlS ?? null, missed));
    this.kept.set(key, answer);
    return answer;
  }

  /** What a store answers over a connection. */
  storedFor({ view }: EdgeFacts, subject: number): Answer {
    const key = view.index * this.subjects.list.length + subject;
    const known = this.stored.get(key);
    if (known) return known;
    const answer = this.of(view.to.index, storedAnswer(this.context, view, this.subjects.list[subject]?.home ?? -1, this.arrivalAt));
    this.stored.set(key, answer);
    return answer;
  }

  /** Only drawings with a copy that is read need the way to it. */
  private readonly arrivalAt = (node: number): Arrival | null => {
    this.arrivals ??= backgroundArrivals(this.context);
    return this.arrivals[node] ?? null;
  };
}

/** Who answers one call, for all journeys: caches in the order in which they are asked, and the store behind, if it is asked at all. */
interface Asked { readonly uses: readonly number[]; readonly caches: readonly Answer[]; readonly store: Answer | null }

/** Walks the reads of all journeys and fills a log for each subject. */
class ReadWalk {
  readonly logs: readonly ReadLog[];
  private readonly context: EvaluationContext;
  private readonly subjects: Subjects;
  private readonly answers: Answers;
  private readonly asked: ReadersAsk;
  private readonly edgeCached: boolean;
  /** Reads of the present journey, for what content delivery networks keep from them. Empty where there is none. */
  private readonly behind: { readonly subject: number; readonly weight: number }[] = [];
  private readonly known: (Asked | undefined)[] = [];
  private journey = 0;
  private share = 0;
  private slots: Float64Array = new Float64Array(0);
  private reach: Uint8Array = new Uint8Array(0);
  private ownReads: readonly number[] | null = null;

  constructor(context: EvaluationContext, subjects: Subjects) {
    this.context = context;
    this.subjects = subjects;
    this.logs = subjects.list.map(() => new ReadLog());
    this.answers = new Answers(context, subjects);
    this.asked = readersAsk(context.compiled, subjects.list);
    this.edgeCached = context.compiled.nodes.some((facts) => facts.edgeCache !== null);
    context.visits.forEach((visits, journey) => {
      this.journey = journey;
      this.share = context.compiled.journeys[journey]?.share ?? 0;
      this.slots = visits.slots;
      this.reach = visits.reach;
      this.ownReads = null;
      this.walk();
    });
  }

  private isMade(position: number): boolean {
    const from = this.subjects.map.reads.asked.from[position] as number;
    return this.reach[from] === 1 && (this.slots[from] as number) > 0;
  }

  private walk(): void {
    const { calls, subject } = this.subjects.map.reads;
    this.behind.length = 0;
    for (let k = 0; k < subject.length; k++) {
      if (!this.isMade(k)) continue;
      if ((subject[k] as number) >= 0) this.plain(k, subject[k] as number);
      else this.call(calls[k] as Call, k);
    }
    if (this.edgeCached) this.edgeCaches();
  }

  /** Reads of one subject, which most calls mean: who answers them is the same for all journeys. */
  private plain(position: number, subject: number): void {
    const { context: { flows: { miss } }, slots } = this;
    const { uses, caches, store } = (this.known[position] ??= this.askedBy(position, subject));
    let left = this.subjects.map.reads.asked.visits(position, slots, miss) * this.share;
    for (let i = 0; i < uses.length; i++) {
      const onward = miss[uses[i] as number] as number;
      if (left * (1 - onward) > 0) this.note(subject, caches[i] as Answer, left * (1 - onward));
      left *= onward;
    }
    if (store && left > 0) this.note(subject, store, left);
  }

  private askedBy(position: number, subject: number): Asked {
    const { plan, edges } = this.context.compiled;
    const call = this.subjects.map.reads.calls[position] as Call;
    const before = call.lookups.map((lookup) => plan.calls[lookup] as Call);
    const asked = call.looksUp >= 0 ? [...before, call] : before;
    return {
      uses: asked.map(({ looksUp }) => looksUp), caches: asked.map(({ edge, looksUp }) => this.answers.cached(edges[edge] as EdgeFacts, looksUp)),
      store: call.looksUp >= 0 ? null : this.answers.storedFor(edges[call.edge] as EdgeFacts, subject),
    };
  }

  private note(subject: number, answer: Answer, weight: number): void {
    (this.logs[subject] as ReadLog).add(this.journey, answer, weight, this.asked(this.journey, subject));
    if (this.edgeCached) this.behind.push({ subject, weight });
  }

  private add(subjects: readonly number[], answer: Answer, weight: number): void {
    if (!(weight > 0)) return;
    for (const subject of subjects) this.note(subject, answer, weight / subjects.length);
  }

  /** What a cached read means: what the store behind means, else the cache's entity, else what the journey reads. */
  private subjectsOf(call: Call, use: number): readonly number[] {
    const { view } = this.context.compiled.edges[call.edge] as EdgeFacts;
    if (isStore(view.to)) return this.subjects.ofEdge(view, this.journey, READ);
    const named = this.subjects.indexOf(this.context.compiled.uses[use]?.entity ?? '');
    if (named !== undefined) return [named];
    const listed = this.subjects.listed(this.journey, READ);
    return listed.length > 0 ? listed : (this.ownReads ??= this.readByJourney());
  }

  /** Reads that stores answer to a journey's own calls: what the journey reads at all. */
  private readByJourney(): readonly number[] {
    const found = new Set<number>();
    this.subjects.map.reads.calls.forEach((call, k) => {
      if (!this.isMade(k)) return;
      const { view } = this.context.compiled.edges[call.edge] as EdgeFacts;
      if (isStore(view.to)) for (const subject of this.subjects.ofEdge(view, this.journey, READ)) found.add(subject);
    });
    return [...found].sort((a, b) => a - b);
  }

  private call(call: Call, position: number): void {
    const { compiled, flows } = this.context;
    const facts = compiled.edges[call.edge] as EdgeFacts;
    let left = this.subjects.map.reads.asked.visits(position, this.slots, flows.miss) * this.share;
    for (const lookup of call.lookups) {
      const { edge, looksUp } = compiled.plan.calls[lookup] as Call;
      const onward = flows.miss[looksUp] as number;
      this.add(this.subjectsOf(call, looksUp), this.answers.cached(compiled.edges[edge] as EdgeFacts, looksUp), left * (1 - onward));
      left *= onward;
    }
    if (call.looksUp >= 0) {
      this.add(this.subjectsOf(call, call.looksUp), this.answers.cached(facts, call.looksUp), left * (1 - (flows.miss[call.looksUp] as number)));
    } else if (isStore(facts.view.to)) {
      const meant = this.subjects.ofEdge(facts.view, this.journey, READ);
      const each = left / meant.length;
      if (each > 0) for (const subject of meant) this.note(subject, this.answers.storedFor(facts, subject), each);
    }
  }

  /** Reads that a content delivery network answers itself: as many as it keeps from the paths behind it. */
  private edgeCaches(): void {
    const { plan, nodes } = this.context.compiled;
    const { slots } = this;
    const behind = this.behind.slice();
    slots.forEach((visits, slot) => {
      const facts = nodes[plan.slotNode[slot] as number];
      if (!(visits > 0) || plan.slotOp[slot] !== READ || !facts?.edgeCache) return;
      let passed = 0;
      for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) passed += plan.calls[i]?.probability ?? 0;
      const kept = Math.min(1, Math.max(0, 1 - passed));
      if (kept === 0) return;
      const answer = this.answers.of(facts.view.index, edgeAnswer(facts.edgeCache.ttl_s));
      if (kept < 1) for (const { subject, weight } of behind) this.note(subject, answer, (weight * kept) / (1 - kept));
      else this.add(this.subjects.listed(this.journey, READ), answer, visits * this.share);
    });
  }
}

/** Reads of all journeys that wait for them, one log for each subject. */
export function readLogs(context: EvaluationContext, subjects: Subjects): readonly ReadLog[] {
  return new ReadWalk(context, subjects).logs;
}
