/** What journeys may differ in while they walk the same drawing. */
import type { JourneyView, NodeView } from '../../contracts/graph-view.ts';
import type { PointDemand, PointStep } from '../../model/point-journey.ts';
import { likely } from '../../model/quantity.ts';
import { carriesLoad } from './cycles.ts';
import type { FindView } from './ways-out.ts';

/** Finds the state of a node (twice its index) and an operation (added to it). */
export interface SlotIndex { get(key: number): number | undefined; set(key: number, slot: number): unknown }

/** What journeys may differ in: their overrides. Journeys with the same overrides share one walk. */
export interface Variant {
  /** Null without any. */
  readonly steps: ReadonlyMap<string, readonly PointStep[]> | null;
  readonly demands: Readonly<Record<string, PointDemand>> | null;
  readonly mixed: boolean;
  readonly cacheable: number;
  /** Region of the clients, '' where it is not drawn or makes no difference. */
  readonly region: string;
  /** The walk without overrides, for the nodes where this one has none (not in `own`). Null for such a walk itself. */
  readonly plain: Variant | null;
  readonly own: ReadonlySet<number>;
  readonly slots: SlotIndex;
}

/** Share of a journey's reads that an edge cache may answer at all (semantics 7). */
export function cacheableShare({ journey }: JourneyView): number {
  return journey.cacheable === 'public' ? 1 : (likely(journey.cacheable_fraction ?? 0));
}

/** True for a journey that overrides nothing. */
export function isPlain({ journey, demands }: JourneyView): boolean {
  if ((journey.steps?.length ?? 0) > 0) return false;
  for (const _ in demands) return false;
  return true;
}

/** Journeys with the same signature share one walk. `region` is where their clients are. */
export function signature(view: JourneyView, region: string): string {
  const { journey, demands } = view;
  const strict = (journey.steps?.length ?? 0) > 0 && (journey.op ?? 'mixed') !== 'mixed';
  return JSON.stringify([journey.steps ?? [], demands, strict, cacheableShare(view), region]);
}

/** The nodes whose calls differ from the plain walk: with an override, and all that call them. */
export function overridden(find: FindView, steps: ReadonlyMap<string, unknown>, demands: Readonly<Record<string, unknown>>): ReadonlySet<number> {
  const own = new Set<number>();
  const open: NodeView[] = [];
  const mark = (node: NodeView | undefined): void => {
    if (!node || own.has(node.index)) return;
    own.add(node.index);
    open.push(node);
  };
  for (const id of steps.keys()) {
    const edge = find.edge(id);
    mark(edge?.from);
    if (edge?.kind === 'ws') mark(edge.to);
  }
  for (const id of Object.keys(demands)) mark(find.node(id));
  for (let node = open.pop(); node; node = open.pop()) for (const edge of node.in) if (carriesLoad(edge)) mark(edge.from);
  return own;
}
