/** Which writes pass a cache by (semantics 7): what it holds then is old until it expires. */
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import type { JourneyVisits } from '../traffic.ts';
import { WRITE, type CompiledDesign, type EdgeFacts } from '../types.ts';
import { dataMapOf, type DataMap } from './data-map.ts';
import type { Subjects } from './subjects.ts';

/** True when a write over this cache edge renews or deletes what the cache holds (semantics 7). */
export function renews(edge: EdgeView): boolean {
  const { mode, invalidate } = edge.params.values;
  return mode === 'write_through' || mode === 'write_behind' || (mode !== 'write_around' && invalidate);
}

/** A cache use and the subject that it keeps. */
interface Kept { readonly use: number; readonly subject: number }

const NONE: readonly Kept[] = [];

/** Uses whose data has its home at a node, by node. */
function usesByHome({ uses }: CompiledDesign, { byId, subjects }: DataMap): ReadonlyMap<number, readonly Kept[]> {
  const byHome = new Map<number, Kept[]>();
  uses.forEach(({ entity }, use) => {
    const subject = byId.get(entity);
    const home = subject === undefined ? -1 : (subjects[subject]?.home ?? -1);
    if (subject === undefined || home < 0) return;
    const kept = byHome.get(home);
    if (kept) kept.push({ use, subject });
    else byHome.set(home, [{ use, subject }]);
  });
  return byHome;
}

/** Uses of caches in series before their store that a write on the way renews. */
function renewedInSeries({ edges, uses }: CompiledDesign): Uint8Array {
  const series = new Uint8Array(uses.length);
  for (const { seriesUse, view } of edges) if (seriesUse >= 0 && view.to.index === uses[seriesUse]?.cache && renews(view)) series[seriesUse] = 1;
  return series;
}

/**
 * Writes to what caches keep, side by side: position among the writes, the cache use, its subject, and whether the write renews or
 * deletes what the cache holds. `sure`: the write means the subject, whatever the journey. Entries of one write stand together.
 */
interface CachedWrites { readonly position: readonly number[]; readonly use: readonly number[]; readonly subject: readonly number[]; readonly renewed: readonly boolean[]; readonly sure: readonly boolean[] }

const cachedWrites = oncePer((compiled: CompiledDesign): CachedWrites => {
  const { edges, uses } = compiled;
  const map = dataMapOf(compiled);
  const byHome = usesByHome(compiled, map);
  const series = renewedInSeries(compiled);
  const renewed = (facts: EdgeFacts, use: number): boolean => {
    for (const front of facts.fronts) if (front.use === use && renews((edges[front.edge] as EdgeFacts).view)) return true;
    return facts.view.from.index === uses[use]?.cache && series[use] === 1;
  };
  const found = { position: [] as number[], use: [] as number[], subject: [] as number[], renewed: [] as boolean[], sure: [] as boolean[] };
  for (let position = 0; position < map.writeEdges.length; position++) {
    const facts = map.writeEdges[position] as EdgeFacts;
    const meant = map.meant[facts.view.index];
    for (const { use, subject } of byHome.get(facts.view.to.index) ?? NONE) {
      if (meant && !meant.includes(subject)) continue;
      found.position.push(position);
      found.use.push(use);
      found.subject.push(subject);
      found.renewed.push(renewed(facts, use));
      found.sure.push(meant != null);
    }
  }
  return found;
});

/** Share of the writes to the data of each cache use that neither renew nor delete it; null when nothing writes it. */
export function missedWrites(context: EvaluationContext, subjects: Subjects): readonly (number | null)[] {
  const { compiled, visits, flows } = context;
  const { writes, writeEdges } = subjects.map;
  const total = new Float64Array(compiled.uses.length);
  const missed = new Float64Array(compiled.uses.length);
  const cached = cachedWrites(compiled);
  for (let journey = 0; journey < visits.length; journey++) {
    const { slots } = visits[journey] as JourneyVisits;
    const share = compiled.journeys[journey]?.share ?? 0;
    let last = -1;
    let weight = 0;
    for (let i = 0; i < cached.position.length; i++) {
      const position = cached.position[i] as number;
      if (position !== last) weight = writes.visits(position, slots, flows.miss) * share;
      last = position;
      if (!(weight > 0)) continue;
      if (cached.sure[i] !== true && !subjects.ofEdge((writeEdges[position] as EdgeFacts).view, journey, WRITE).includes(cached.subject[i] as number)) continue;
      const use = cached.use[i] as number;
      total[use] = (total[use] as number) + weight;
      if (cached.renewed[i] === false) missed[use] = (missed[use] as number) + weight;
    }
  }
  return compiled.uses.map((_, use) => ((total[use] as number) > 0 ? (missed[use] as number) / (total[use] as number) : null));
}
