/** Every way in which a user's read is answered, with its share of the reads of each subject (semantics 6). */
import type { EdgeView } from '../../contracts/graph-view.ts';
import type { EvaluationContext } from '../context.ts';
import { READ, WRITE, type Call, type EdgeFacts } from '../types.ts';
import { backgroundArrivals, type Arrival } from './arrival.ts';
import { cachedAnswer, edgeAnswer, storedAnswer, type Staleness } from './staleness.ts';
import { isStore, storeWrites, visitsOf, type Subjects } from './subjects.ts';

/** Reads of one subject by one journey that one node answers. */
export interface ReadPath {
  readonly subject: number;
  readonly journey: number;
  /** Node that answers. */
  readonly via: string;
  readonly answer: Staleness;
  /** Reads per second, or in proportion to it when the drawing carries nothing. */
  readonly weight: number;
}

/** True when a write over this cache edge renews or deletes what the cache holds (semantics 7). */
export function renews(edge: EdgeView): boolean {
  const { mode, invalidate } = edge.params.values;
  return mode === 'write_through' || mode === 'write_behind' || (mode !== 'write_around' && invalidate);
}

/** A cache edge that answers a read, and the cache use behind it. */
interface Front { readonly edge: EdgeFacts; readonly use: number }

class PathFinder {
  readonly paths: ReadPath[] = [];
  private readonly context: EvaluationContext;
  private readonly subjects: Subjects;
  private arrivals: readonly (Arrival | null)[] | null = null;
  private readonly missed: readonly (number | null)[];
  /** Answers of stores by connection and subject, of caches by connection and use: the same for all journeys. */
  private readonly stored = new Map<number, Staleness>();
  private readonly kept = new Map<number, Staleness>();
  /** Calls that a reader waits for. */
  private readonly reads: readonly Call[];
  private readonly callers: Int32Array;

  constructor(context: EvaluationContext, subjects: Subjects) {
    this.context = context;
    this.subjects = subjects;
    this.missed = this.missedWrites();
    this.reads = context.compiled.plan.calls.filter((call) => call.op === READ && call.wait === 'wait');
    this.callers = Int32Array.from(this.reads, ({ from }) => from);
    context.compiled.journeys.forEach((_, journey) => this.journey(journey));
  }

  /** Only drawings with a copy that is read need the way to it. */
  private readonly arrivalAt = (node: number): Arrival | null => {
    this.arrivals ??= backgroundArrivals(this.context);
    return this.arrivals[node] ?? null;
  };

  private weightOf(journey: number): number {
    return this.context.compiled.journeys[journey]?.share ?? 0;
  }

  /** Share of the writes to the data of each cache use that neither renew nor delete it; null when nothing writes it. */
  private missedWrites(): (number | null)[] {
    const { compiled, visits, flows } = this.context;
    const { edges, uses } = compiled;
    const total = new Float64Array(uses.length);
    const missed = new Float64Array(uses.length);
    const series = uses.map(() => false);
    for (const { seriesUse, view } of edges) if (seriesUse >= 0 && view.to.index === uses[seriesUse]?.cache && renews(view)) series[seriesUse] = true;
    // uses whose data has its home at a node
    const usesOf = new Map<number, { readonly use: number; readonly subject: number }[]>();
    uses.forEach(({ entity }, use) => {
      const subject = this.subjects.indexOf(entity);
      const home = subject === undefined ? -1 : (this.subjects.list[subject]?.home ?? -1);
      if (subject !== undefined && home >= 0) usesOf.set(home, [...(usesOf.get(home) ?? []), { use, subject }]);
    });
    const writes = uses.length > 0 ? storeWrites(compiled).filter(({ facts }) => usesOf.has(facts.view.to.index)) : [];
    visits.forEach(({ slots }, journey) => {
      for (const { call, facts } of writes) {
        const kept = usesOf.get(facts.view.to.index) ?? [];
        const weight = visitsOf(call, slots, flows.miss) * this.weightOf(journey);
        if (!(weight > 0)) continue;
        const meant = this.subjects.ofEdge(facts.view, journey, WRITE);
        for (const { use, subject } of kept) {
          if (!meant.includes(subject)) continue;
          const renewed = facts.fronts.some((front) => front.use === use && renews((edges[front.edge] as EdgeFacts).view)) || (facts.view.from.index === uses[use]?.cache && series[use]);
          total[use] = (total[use] as number) + weight;
          if (!renewed) missed[use] = (missed[use] as number) + weight;
        }
      }
    });
    return uses.map((_, index) => ((total[index] as number) > 0 ? (missed[index] as number) / (total[index] as number) : null));
  }

  private cached({ edge, use }: Front): Staleness {
    const { uses } = this.context.compiled;
    const key = edge.view.index * uses.length + use;
    const known = this.kept.get(key);
    if (known) return known;
    const missed = this.missed[use] ?? (renews(edge.view) ? 0 : 1);
    const answer = cachedAnswer(uses[use]?.ttlS ?? null, missed);
    this.kept.set(key, answer);
    return answer;
  }

  private storedFor(edge: EdgeView, subject: number): Staleness {
    const key = edge.index * this.subjects.list.length + subject;
    const known = this.stored.get(key);
    if (known) return known;
    const answer = storedAnswer(this.context, edge, this.subjects.list[subject]?.home ?? -1, this.arrivalAt);
    this.stored.set(key, answer);
    return answer;
  }

  private add(journey: number, subjects: readonly number[], via: string, answer: Staleness, weight: number): void {
    if (!(weight > 0)) return;
    for (const subject of subjects) this.paths.push({ subject, journey, via, answer, weight: weight / subjects.length });
  }

  /** What a cached read means: what the store behind means, else the cache's entity, else what the journey reads. */
  private subjectsOf(call: Call, front: Front | null, journey: number, read: () => readonly number[]): readonly number[] {
    const facts = this.context.compiled.edges[call.edge] as EdgeFacts;
    if (isStore(facts.view.to)) return this.subjects.ofEdge(facts.view, journey, READ);
    const named = this.subjects.indexOf(this.context.compiled.uses[front?.use ?? -1]?.entity ?? '');
    if (named !== undefined) return [named];
    const listed = this.subjects.listed(journey, READ);
    return listed.length > 0 ? listed : read();
  }

  /** Reads that stores answer to a journey's own calls: what the journey reads at all. */
  private readBy(calls: readonly Call[], journey: number): readonly number[] {
    const found = new Set<number>();
    for (const call of calls) {
      const facts = this.context.compiled.edges[call.edge] as EdgeFacts;
      if (isStore(facts.view.to)) for (const subject of this.subjects.ofEdge(facts.view, journey, READ)) found.add(subject);
    }
    return [...found].sort((a, b) => a - b);
  }

  private journey(journey: number): void {
    const walked = this.context.visits[journey];
    if (!walked) return;
    const calls = this.reads.filter((_, i) => walked.reach[this.callers[i] as number] === 1 && (walked.slots[this.callers[i] as number] as number) > 0);
    let known: readonly number[] | null = null;
    const read = (): readonly number[] => (known ??= this.readBy(calls, journey));
    const before = this.paths.length;
    for (const call of calls) this.call(call, walked.slots, journey, read);
    this.edgeCaches(journey, walked.slots, before);
  }

  private call(call: Call, slots: Float64Array, journey: number, read: () => readonly number[]): void {
    const { compiled, flows } = this.context;
    const facts = compiled.edges[call.edge] as EdgeFacts;
    const first = compiled.plan.calls[call.lookups[0] ?? -1];
    let left = visitsOf(first ?? call, slots, flows.miss) * this.weightOf(journey);
    for (const position of call.lookups) {
      const lookup = compiled.plan.calls[position] as Call;
      const front: Front = { edge: compiled.edges[lookup.edge] as EdgeFacts, use: lookup.looksUp };
      const onward = flows.miss[lookup.looksUp] as number;
      this.add(journey, this.subjectsOf(call, front, journey, read), front.edge.view.to.id, this.cached(front), left * (1 - onward));
      left *= onward;
    }
    if (call.looksUp >= 0) {
      const front: Front = { edge: facts, use: call.looksUp };
      this.add(journey, this.subjectsOf(call, front, journey, read), facts.view.to.id, this.cached(front), left * (1 - (flows.miss[call.looksUp] as number)));
    } else if (isStore(facts.view.to)) {
      const meant = this.subjects.ofEdge(facts.view, journey, READ);
      for (const subject of meant) this.add(journey, [subject], facts.view.to.id, this.storedFor(facts.view, subject), left / meant.length);
    }
  }

  /** Reads that a content delivery network answers itself: as many as it keeps from the paths behind it. */
  private edgeCaches(journey: number, slots: Float64Array, from: number): void {
    const { compiled } = this.context;
    const { plan, nodes } = compiled;
    const behind = this.paths.slice(from);
    slots.forEach((visits, slot) => {
      const facts = nodes[plan.slotNode[slot] as number];
      if (!(visits > 0) || plan.slotOp[slot] !== READ || !facts?.edgeCache) return;
      let passed = 0;
      for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) passed += plan.calls[i]?.probability ?? 0;
      const kept = Math.min(1, Math.max(0, 1 - passed));
      if (kept === 0) return;
      const answer = edgeAnswer(facts.edgeCache.ttl_s);
      if (kept < 1) for (const path of behind) this.paths.push({ ...path, via: facts.view.id, answer, weight: (path.weight * kept) / (1 - kept) });
      else this.add(journey, this.subjects.listed(journey, READ), facts.view.id, answer, visits * this.weightOf(journey));
    });
  }
}

/** Paths of all synchronous reads, in journey order. */
export function readPaths(context: EvaluationContext, subjects: Subjects): readonly ReadPath[] {
  return new PathFinder(context, subjects).paths;
}
