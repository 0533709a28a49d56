/** Cache uses by where they show: hit ratios of nodes and connections. */
import type { EvaluationContext } from '../context.ts';
import type { CompiledDesign } from '../types.ts';

/** Share of the lookups of these cache uses that need nothing behind; null without lookups. */
export function hitRatio({ flows }: EvaluationContext, uses: Iterable<number>): number | null {
  let lookups = 0;
  let behind = 0;
  for (const use of uses) {
    lookups += flows.lookups[use] as number;
    behind += (flows.lookups[use] as number) * (flows.miss[use] as number);
  }
  return lookups > 0 ? 1 - behind / lookups : null;
}

/** Cache uses by node, and by the edge into the cache. */
export interface UseIndex { readonly ofNode: ReadonlyMap<number, readonly number[]>; readonly ofEdge: ReadonlyMap<number, ReadonlySet<number>> }

/** Index the cache uses of a drawing. */
export function indexUses(compiled: CompiledDesign): UseIndex {
  const ofNode = new Map<number, number[]>();
  const ofEdge = new Map<number, Set<number>>();
  const add = (edge: number, use: number): void => void ofEdge.set(edge, (ofEdge.get(edge) ?? new Set<number>()).add(use));
  compiled.uses.forEach(({ cache }, use) => void ofNode.set(cache, [...(ofNode.get(cache) ?? []), use]));
  compiled.edges.forEach((facts, index) => {
    if (facts.seriesUse >= 0) add(index, facts.seriesUse);
    for (const front of facts.fronts) add(front.edge, front.use);
  });
  return { ofNode, ofEdge };
}
