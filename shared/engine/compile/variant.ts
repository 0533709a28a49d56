/** What journeys may differ in while they walk the same drawing. */
import type { JourneyView, NodeView } from '../../contracts/graph-view.ts';
import type { PointDemand, PointStep } from '../../model/point-journey.ts';
import { likely } from '../../model/quantity.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { SlotIndex } from './slot-table.ts';
import { WAY, type FindView, type WaysOut } from './ways-out.ts';

/** What journeys may differ in: their overrides. Journeys with the same overrides share one walk. */
export interface Variant {
  /** In the order in which they are opened. */
  readonly number: number;
  /** Each null without any. */
  readonly steps: ReadonlyMap<string, readonly PointStep[]> | null;
  readonly demands: Readonly<Record<string, PointDemand>> | null;
  readonly mixed: boolean;
  readonly cacheable: number;
  /** Region of the clients, '' where it is not drawn or makes no difference. */
  readonly region: string;
  /** The walk without overrides, for the nodes where this one has none (0 in `own`, by node). Null for such a walk itself. */
  readonly plain: Variant | null;
  readonly own: Numbers;
  readonly slots: SlotIndex;
}

/** Share of a journey's reads that an edge cache may answer at all (semantics 7). */
export function cacheableShare({ journey }: JourneyView): number {
  return journey.cacheable === 'public' ? 1 : (likely(journey.cacheable_fraction ?? 0));
}

/** True for a journey that asks no component for anything else than the drawing does. */
export function asksNothing({ demands }: JourneyView): boolean {
  for (const _ in demands) return false;
  return true;
}

/** True for a journey that overrides nothing. */
export function isPlain(view: JourneyView): boolean {
  return (view.journey.steps?.length ?? 0) === 0 && asksNothing(view);
}

/** Journeys with the same signature share one walk. `region` is where their clients are. */
export function signature(view: JourneyView, region: string): string {
  const { journey, demands } = view;
  const strict = (journey.steps?.length ?? 0) > 0 && (journey.op ?? 'mixed') !== 'mixed';
  return JSON.stringify([journey.steps ?? [], demands, strict, cacheableShare(view), region]);
}

/** By node, of so many: 1 where calls differ from the plain walk, because of an override there or at something that is called from there. */
export function overridden(nodes: number, find: FindView, ways: WaysOut, steps: ReadonlyMap<string, unknown>, demands: Readonly<Record<string, unknown>>): Numbers {
  const own = wholes(nodes);
  const open: NodeView[] = [];
  const mark = (node: NodeView | undefined): void => {
    if (!node || own[node.index] === 1) return;
    own[node.index] = 1;
    open.push(node);
  };
  for (const id of steps.keys()) {
    const edge = find.edge(id);
    mark(edge?.from);
    if (edge?.kind === 'ws') mark(edge.to);
  }
  for (const id in demands) mark(find.node(id));
  for (let node = open.pop(); node; node = open.pop()) for (const { index, from } of node.in) if (ways[index] !== WAY.none) mark(from);
  return own;
}
