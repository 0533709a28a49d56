import type { Point, Polyline, RouteBox } from '../../../../shared/drawing/routing/geometry.ts';
import { assignPorts } from '../../../../shared/drawing/routing/ports.ts';
import { plainRoute } from '../../../../shared/drawing/routing/shapes.ts';

/** The pointer as something that a line can end at. */
function pointerBox({ x, y }: Point): RouteBox {
  return { id: ' pointer', x: x - 1, y: y - 1, w: 2, h: 2, plates: 0, tab: 0, obstacle: false };
}

/** A connection whose one end is in the hand: from a component to the pointer, or with `end` 'from' from the pointer to a component. */
export function draftRoute(box: RouteBox, pointer: Point, end: 'from' | 'to' = 'to'): Polyline | null {
  const hand = pointerBox(pointer);
  const [from, to] = end === 'to' ? [box, hand] : [hand, box];
  const ends = assignPorts(new Map([[from.id, from], [to.id, to]]), [{ id: 'draft', from: from.id, to: to.id }]).get('draft');
  return ends ? plainRoute({ ...ends, [end]: { ...ends[end], x: pointer.x, y: pointer.y } }) : null;
}

/** The connection from one component to another as it would run, without avoidance. */
export function routeBetween(from: RouteBox, to: RouteBox): Polyline | null {
  const ends = assignPorts(new Map([[from.id, from], [to.id, to]]), [{ id: 'draft', from: from.id, to: to.id }]).get('draft');
  return ends ? plainRoute(ends) : null;
}
