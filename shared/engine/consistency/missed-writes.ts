/** Which writes pass a cache by (semantics 7): what it holds then is old until it expires. */
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { WRITE, type CompiledDesign, type EdgeFacts } from '../types.ts';
import { dataMapOf, type DataMap } from './data-map.ts';
import type { Subjects } from './subjects.ts';

/** A cache use, the subject that it keeps, and whether a write renews or deletes what it holds. */
interface Kept { readonly use: number; readonly subject: number; readonly renewed: boolean }

/** Writes to homes of what caches keep: position among the writes, and the uses concerned. */
interface CachedWrite { readonly position: number; readonly kept: readonly Kept[] }

/** True when a write over this cache edge renews or deletes what the cache holds (semantics 7). */
export function renews(edge: EdgeView): boolean {
  const { mode, invalidate } = edge.params.values;
  return mode === 'write_through' || mode === 'write_behind' || (mode !== 'write_around' && invalidate);
}

/** Uses whose data has its home at a node, by node. */
function usesByHome({ uses }: CompiledDesign, { byId, subjects }: DataMap): ReadonlyMap<number, { readonly use: number; readonly subject: number }[]> {
  const byHome = new Map<number, { use: number; subject: number }[]>();
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

const cachedWrites = oncePer((compiled: CompiledDesign): readonly CachedWrite[] => {
  const { edges, uses } = compiled;
  const map = dataMapOf(compiled);
  const byHome = usesByHome(compiled, map);
  const series = renewedInSeries(compiled);
  const renewed = (facts: EdgeFacts, use: number): boolean => (
    facts.fronts.some((front) => front.use === use && renews((edges[front.edge] as EdgeFacts).view)) || (facts.view.from.index === uses[use]?.cache && series[use] === 1)
  );
  const found: CachedWrite[] = [];
  map.writeEdges.forEach((facts, position) => {
    const kept = byHome.get(facts.view.to.index);
    if (kept) found.push({ position, kept: kept.map(({ use, subject }) => ({ use, subject, renewed: renewed(facts, use) })) });
  });
  return found;
});

/** Share of the writes to the data of each cache use that neither renew nor delete it; null when nothing writes it. */
export function missedWrites(context: EvaluationContext, subjects: Subjects): readonly (number | null)[] {
  const { compiled, visits, flows } = context;
  const { writes, writeEdges } = subjects.map;
  const total = new Float64Array(compiled.uses.length);
  const missed = new Float64Array(compiled.uses.length);
  const cached = cachedWrites(compiled);
  visits.forEach(({ slots }, journey) => {
    const share = compiled.journeys[journey]?.share ?? 0;
    for (const { position, kept } of cached) {
      const weight = writes.visits(position, slots, flows.miss) * share;
      if (!(weight > 0)) continue;
      const meant = subjects.ofEdge((writeEdges[position] as EdgeFacts).view, journey, WRITE);
      for (const { use, subject, renewed } of kept) {
        if (!meant.includes(subject)) continue;
        total[use] = (total[use] as number) + weight;
        if (!renewed) missed[use] = (missed[use] as number) + weight;
      }
    }
  });
  return compiled.uses.map((_, use) => ((total[use] as number) > 0 ? (missed[use] as number) / (total[use] as number) : null));
}
