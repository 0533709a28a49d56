/** Hit ratios of cache uses where they show: at the caches, and on the connections into them. */
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { CacheUse, EdgeFacts } from '../types.ts';

/** Look-ups, and those of them that need something behind, by place. */
class Tally {
  private readonly lookups: Numbers;
  private readonly behind: Numbers;

  constructor(places: number) {
    this.lookups = floats(places);
    this.behind = floats(places);
  }

  add(place: number, lookups: number, miss: number): void {
    this.lookups[place] = (this.lookups[place] as number) + lookups;
    this.behind[place] = (this.behind[place] as number) + lookups * miss;
  }

  /** Share of the look-ups that need nothing behind; null without look-ups. */
  ratio(place: number): number | null {
    const lookups = this.lookups[place] as number;
    return lookups > 0 ? 1 - (this.behind[place] as number) / lookups : null;
  }
}

/** Hit ratios by node and by connection; null where nothing is looked up. */
export interface HitRatios { readonly ofNode: (node: number) => number | null; readonly ofEdge: (edge: number) => number | null }

const nothing = (): null => null;
const NO_USES: HitRatios = { ofNode: nothing, ofEdge: nothing };

/** Hit ratios of a drawing under its load. */
export function hitRatios({ compiled: { nodes, edges, uses }, flows: { lookups, miss } }: EvaluationContext): HitRatios {
  if (uses.length === 0) return NO_USES;
  const byNode = new Tally(nodes.length);
  for (let use = 0; use < uses.length; use++) byNode.add((uses[use] as CacheUse).cache, lookups[use] as number, miss[use] as number);
  const byEdge = new Tally(edges.length);
  // a connection stands before several others, mostly with the same use: each counts once
  const met = new Set<number>();
  const meet = (edge: number, use: number): void => {
    const pair = edge * uses.length + use;
    if (met.has(pair)) return;
    met.add(pair);
    byEdge.add(edge, lookups[use] as number, miss[use] as number);
  };
  for (let edge = 0; edge < edges.length; edge++) {
    const { seriesUse, fronts } = edges[edge] as EdgeFacts;
    if (seriesUse >= 0) meet(edge, seriesUse);
    for (const front of fronts) meet(front.edge, front.use);
  }
  return { ofNode: (node) => byNode.ratio(node), ofEdge: (edge) => byEdge.ratio(edge) };
}
