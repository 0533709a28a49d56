import { CORNER, type Point, type Polyline, type RouteBox } from './geometry.ts';

/** The end of a line: where the head's tip stands and in which direction it points, degrees clockwise from right. */
export interface HeadPlace { readonly x: number; readonly y: number; readonly angle: number }

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  if (length === 0) return from;
  const share = Math.min(1, distance / length);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

const round = (value: number): number => Math.round(value * 100) / 100;
const at = (point: Point): string => `${round(point.x)} ${round(point.y)}`;

/**
 * SVG path data with rounded bends. `shorten` cuts that much off the end, so that the stroke stops at the base of the
 * head instead of showing beside its tip.
 */
export function pathData(points: Polyline, shorten = 0): string {
  const last = points.at(-1);
  const before = points.at(-2);
  const first = points[0];
  if (!first || !last || !before) return '';
  const end = towards(last, before, shorten);
  let data = `M${at(first)}`;
  for (let index = 1; index < points.length - 1; index += 1) {
    const previous = points[index - 1]!;
    const corner = points[index]!;
    const next = index === points.length - 2 ? end : points[index + 1]!;
    const before = Math.abs(corner.x - previous.x) + Math.abs(corner.y - previous.y);
    const after = Math.abs(next.x - corner.x) + Math.abs(next.y - corner.y);
    const radius = Math.min(CORNER, before / 2, after / 2);
    data += `L${at(towards(corner, previous, radius))}Q${at(corner)} ${at(towards(corner, next, radius))}`;
  }
  return `${data}L${at(end)}`;
}

/** Where the head stands. */
export function headPlace(points: Polyline): HeadPlace {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? last;
  const angle = last.x > before.x ? 0 : last.x < before.x ? 180 : last.y > before.y ? 90 : 270;
  return { x: last.x, y: last.y, angle };
}

/** Width of a line that carries `rps` calls a second (ui 3.4): 1.25 to 6 canvas units, in steps of a tenth. */
export function lineWidth(rps: number): number {
  const width = Math.min(6, 1.25 + 0.85 * Math.log10(Math.max(1, rps)));
  return Math.round(width * 10) / 10;
}

/** Length of the head of a line of that width. */
export function headLength(width: number): number {
  return 7 + 1.2 * width;
}

/** An end that stands on the outer plate, moved onto the border of the component itself. */
function ontoBorder(point: Point, box: RouteBox | undefined): Point {
  if (!box || box.plates === 0) return point;
  const [right, top] = [box.x + box.w, box.y];
  if (Math.abs(point.x - right - box.plates) < 0.5) return { x: right, y: point.y };
  return Math.abs(point.y - top + box.plates) < 0.5 ? { x: point.x, y: top } : point;
}

/** A route as it ends where no plates are drawn: both ends on the border of their component. */
export function withoutPlates(points: Polyline, from: RouteBox | undefined, to: RouteBox | undefined): Polyline {
  return points.map((point, index) => (index === 0 ? ontoBorder(point, from) : index === points.length - 1 ? ontoBorder(point, to) : point));
}

/** The point of a route at a distance from its start, at most its middle. */
export function pointAlong(points: Polyline, distance: number): Point {
  const lengths = points.slice(1).map((point, index) => Math.hypot(point.x - (points[index]?.x ?? 0), point.y - (points[index]?.y ?? 0)));
  let rest = Math.min(distance, lengths.reduce((sum, length) => sum + length, 0) / 2);
  for (const [index, length] of lengths.entries()) {
    const [a, b] = [points[index], points[index + 1]];
    if (a && b && rest <= length) return length === 0 ? a : { x: a.x + ((b.x - a.x) * rest) / length, y: a.y + ((b.y - a.y) * rest) / length };
    rest -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}
