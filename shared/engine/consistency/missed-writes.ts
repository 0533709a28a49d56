/** Which writes pass a cache by (semantics 7): what it holds then is old until it expires. */
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers, wholes } from '../math/lists.ts';
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
function renewedInSeries({ edges, uses }: CompiledDesign): Numbers {
  const series = wholes(uses.length);
  for (const { seriesUse, view } of edges) if (seriesUse >= 0 && view.to.index === uses[seriesUse]?.cache && renews(view)) series[seriesUse] = 1;
  return series;
}

/** What is known of a write beforehand: it renews or deletes what the cache holds; it means the subject, whatever the journey. */
const SAYS = { renewed: 1, sure: 2 } as const;

/** Writes to what caches keep, side by side: position among the writes, the cache use, its subject, and `SAYS`. Entries of one write stand together. */
interface CachedWrites { readonly position: readonly number[]; readonly use: readonly number[]; readonly subject: readonly number[]; readonly says: readonly number[] }

const cachedWrites = oncePer((compiled: CompiledDesign): CachedWrites => {
  const { edges, uses } = compiled;
  const map = dataMapOf(compiled);
  const byHome = usesByHome(compiled, map);
  const series = renewedInSeries(compiled);
  const isRenewed = (facts: EdgeFacts, use: number): boolean => {
    for (const front of facts.fronts) if (front.use === use && renews((edges[front.edge] as EdgeFacts).view)) return true;
    return facts.view.from.index === uses[use]?.cache && series[use] === 1;
  };
  const found = { position: [] as number[], use: [] as number[], subject: [] as number[], says: [] as number[] };
  for (let position = 0; position < map.writes.edges.length; position++) {
    const facts = map.writes.edges[position] as EdgeFacts;
    const meant = map.meant[facts.view.index];
    for (const { use, subject } of byHome.get(facts.view.to.index) ?? NONE) {
      if (meant && !meant.includes(subject)) continue;
      found.position.push(position);
      found.use.push(use);
      found.subject.push(subject);
      found.says.push((isRenewed(facts, use) ? SAYS.renewed : 0) + (meant ? SAYS.sure : 0));
    }
  }
  return found;
});

/** Share of the writes to the data of each cache use that neither renew nor delete it; null when nothing writes it. */
export function missedWrites({ compiled, visits: journeys }: EvaluationContext, subjects: Subjects): readonly (number | null)[] {
  const { visits, map: { writes } } = subjects;
  const total = floats(compiled.uses.length);
  const missed = floats(compiled.uses.length);
  const { position: positions, use: uses, subject: keeps, says } = cachedWrites(compiled);
  for (let journey = 0; journey < journeys.length; journey++) {
    const { slots } = journeys[journey] as JourneyVisits;
    const share = compiled.journeys[journey]?.share ?? 0;
    let last = -1;
    let weight = 0;
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i] as number;
      if (position !== last) weight = visits.of(writes.calls[position] as number, slots) * share;
      last = position;
      if (!(weight > 0)) continue;
      const said = says[i] as number;
      if ((said & SAYS.sure) === 0 && !subjects.ofEdge((writes.edges[position] as EdgeFacts).view, journey, WRITE).includes(keeps[i] as number)) continue;
      const use = uses[i] as number;
      total[use] = (total[use] as number) + weight;
      if ((said & SAYS.renewed) === 0) missed[use] = (missed[use] as number) + weight;
    }
  }
  return compiled.uses.map((_, use) => ((total[use] as number) > 0 ? (missed[use] as number) / (total[use] as number) : null));
}
