/** A point on the paper, canvas units. */
export interface Point { readonly x: number; readonly y: number }

/** A box on the paper, canvas units; `right` and `bottom` are the far edges. */
export interface Rect { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** A side of a box, and so the direction in which a line leaves it. */
export type Side = 'left' | 'right' | 'top' | 'bottom';

/** A place on a box's border where a line starts or ends. */
export interface Port { readonly side: Side; readonly x: number; readonly y: number }

/** A route: at least two points, consecutive ones differ in exactly one coordinate. */
export type Polyline = readonly Point[];

/** A component or boundary as the router sees it. */
export interface RouteBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** How far the plates of a multiple component reach up and to the right: 0, 4 or 8. */
  readonly plates: number;
  /** Width of the tab on the top right, which lines must not end under; 0 without a tab. */
  readonly tab: number;
  /** Boundaries are no obstacles: lines run through them. */
  readonly obstacle: boolean;
}

/** A connection as the router sees it. */
export interface RouteEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Bends that somebody pulled into place: the route keeps to them and goes around nothing. */
  readonly held?: Polyline;
}

/** Lines keep this far from a component's border. */
export const CLEARANCE = 12;

/** Length of the straight piece at both ends. */
export const STUB = 16;

/** Distance between ports of one side, and the least between parallel lines. */
export const PORT_GAP = 16;
export const PARALLEL_GAP = 8;

/** Radius of a bend. */
export const CORNER = 6;

/** Unit vector of a side, pointing away from the box. */
export const OUTWARD: Readonly<Record<Side, Point>> = { left: { x: -1, y: 0 }, right: { x: 1, y: 0 }, top: { x: 0, y: -1 }, bottom: { x: 0, y: 1 } };

/** The side across. */
export const OPPOSITE: Readonly<Record<Side, Side>> = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' };

/** True for sides that lines leave horizontally. */
export function isHorizontal(side: Side): boolean {
  return side === 'left' || side === 'right';
}

/** The box with its plates: where lines end. */
export function outerRect(box: RouteBox): Rect {
  return { left: box.x, top: box.y - box.plates, right: box.x + box.w + box.plates, bottom: box.y + box.h };
}

/** How high a tab stands above the outermost plate, and how far its right edge is from that of the plate. */
const TAB_HEIGHT = 17;
const TAB_INSET = 10;

/** The tab on the top right (ui 3.2); null without one. */
function tabRect(box: RouteBox): Rect | null {
  if (box.tab === 0) return null;
  const right = box.x + box.w + box.plates - TAB_INSET;
  const bottom = box.y - box.plates;
  return { left: right - box.tab, top: bottom - TAB_HEIGHT, right, bottom };
}

/** Everything that is drawn of a component: its box with the plates, and its tab. */
export function bodyRects(box: RouteBox): readonly Rect[] {
  const tab = tabRect(box);
  return tab ? [outerRect(box), tab] : [outerRect(box)];
}

/** How far lines stay from a tab. */
const TAB_CLEARANCE = 4;

/** What lines must not cross around a tab; null without one. */
export function tabObstacle(box: RouteBox): Rect | null {
  const tab = tabRect(box);
  return tab && { left: tab.left - TAB_CLEARANCE, top: tab.top - TAB_CLEARANCE, right: tab.right + TAB_CLEARANCE, bottom: tab.bottom };
}

/** What lines must not cross around box and plates: both grown by the clearance. */
export function obstacleRect(box: RouteBox): Rect {
  const outer = outerRect(box);
  return { left: outer.left - CLEARANCE, top: outer.top - CLEARANCE, right: outer.right + CLEARANCE, bottom: outer.bottom + CLEARANCE };
}

/** Whether an axis-parallel segment runs through the inside of a box; touching the border is not through. */
export function segmentHitsRect(a: Point, b: Point, rect: Rect): boolean {
  return Math.max(a.x, b.x) > rect.left && Math.min(a.x, b.x) < rect.right && Math.max(a.y, b.y) > rect.top && Math.min(a.y, b.y) < rect.bottom;
}

/** Whether two boxes share area. */
export function rectsOverlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

/** The box around points. */
export function boundsOf(points: Polyline): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const point of points) {
    left = Math.min(left, point.x);
    right = Math.max(right, point.x);
    top = Math.min(top, point.y);
    bottom = Math.max(bottom, point.y);
  }
  return { left, top, right, bottom };
}

/** Drop repeated points and points in the middle of a straight run. */
export function simplify(points: Polyline): Polyline {
  const out: Point[] = [];
  for (const point of points) {
    const last = out.at(-1);
    if (last && Math.abs(last.x - point.x) < 1e-6 && Math.abs(last.y - point.y) < 1e-6) continue;
    const before = out.at(-2);
    if (last && before && ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))) out.pop();
    out.push(point);
  }
  return out;
}

/** A point moved along a side's outward direction. */
export function moved(point: Point, side: Side, distance: number): Point {
  return { x: point.x + OUTWARD[side].x * distance, y: point.y + OUTWARD[side].y * distance };
}
