import type { Point, Polyline } from '../../../../shared/drawing/routing/geometry.ts';
import { segmentsOf } from '../../../../shared/drawing/routing/spatial-index.ts';
import type { Design, DesignNode } from '../../../../shared/model/design.ts';
import { spliceNode } from '../../document/edits/edges.ts';
import { createObjectIds } from '../../document/edits/object-ids.ts';
import { useCanvasUi } from '../canvas-ui.ts';
import { refusal } from '../connect-rules.ts';

/** How near its line the middle of a component must come to be put into a connection, canvas units. */
const REACH = 24;

/** Where a connection would be cut: the point of its line next to the middle of a component. */
export interface Cut { readonly edge: string; readonly x: number; readonly y: number }

/** The connection whose line runs nearest to a point, within reach, among those that `may` be cut. */
export function cutAt(routes: Iterable<readonly [string, Polyline]>, middle: Point, may: (edge: string) => boolean): Cut | null {
  let best: { readonly cut: Cut; readonly far: number } | null = null;
  for (const [edge, points] of routes) {
    for (const { horizontal, at, low, high } of segmentsOf(edge, points)) {
      const [across, along] = horizontal ? [middle.y, middle.x] : [middle.x, middle.y];
      const beside = Math.min(Math.max(along, low), high);
      const far = Math.hypot(across - at, along - beside);
      if (far > REACH || (best !== null && far >= best.far) || !may(edge)) continue;
      best = { cut: { edge, ...(horizontal ? { x: beside, y: at } : { x: at, y: beside }) }, far };
    }
  }
  return best?.cut ?? null;
}

/** Whether a component that is connected to nothing fits into a connection: from the caller to it, and from it to the target. */
export function fitsInto(design: Design, id: string, node: DesignNode): boolean {
  const edge = design.edges[id];
  if (!edge || edge.from === edge.to) return false;
  const withNode = Object.hasOwn(design.nodes, node.id) ? design : { ...design, nodes: { ...design.nodes, [node.id]: node } };
  return refusal(withNode, edge.from, node.id) === null && refusal(withNode, node.id, edge.to, edge.kind) === null;
}

/** Whether nothing leads to or from a component. */
export function isUnconnected(design: Design, node: string): boolean {
  return Object.values(design.edges).every((edge) => edge.from !== node && edge.to !== node);
}

/** Mark a cut on the drawing, or none. */
export function markCut(cut: Cut | null): void {
  const { splice, set } = useCanvasUi.getState();
  if (splice?.edge !== cut?.edge || splice?.x !== cut?.x || splice?.y !== cut?.y) set({ splice: cut });
}

/** "Client to Service": put a component into a connection, in an edit that is under way. */
export function splice(draft: Design, edge: string, node: string): void {
  spliceNode(draft, { edge, node, second: createObjectIds(draft)('e') });
}
