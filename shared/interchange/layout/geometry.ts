import { BOUNDARY } from '../../drawing/boundary-figures.ts';

/** A box on the paper, canvas units. */
export interface Rect { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

/** The grid that things stand on and the gaps between them (ui 1.5). */
export const GRID = 8;
export const GAP = { x: 88, y: 48 } as const;

/** Rounding before the grid takes away what sums of fractions leave behind, so that equal distances stay equal. */
const FINE = 64;

/** The nearest grid line. Distances of whole grid steps stay what they are. */
export function snap(value: number): number {
  return Math.round(Math.round(value * FINE) / FINE / GRID) * GRID + 0;
}

/** The grid line at or below a value. */
export function snapDown(value: number): number {
  return Math.floor(value / GRID) * GRID + 0;
}

/** The grid line at or above a value. */
export function snapUp(value: number): number {
  return Math.ceil(value / GRID) * GRID + 0;
}

/** Whether two boxes keep the gap: 88 across or 48 down. */
export function apart(a: Rect, b: Rect): boolean {
  return a.x + a.w + GAP.x <= b.x || b.x + b.w + GAP.x <= a.x || a.y + a.h + GAP.y <= b.y || b.y + b.h + GAP.y <= a.y;
}

/** A box moved. */
export function shifted({ x, y, w, h }: Rect, by: { readonly x: number; readonly y: number }): Rect {
  return { x: x + by.x, y: y + by.y, w, h };
}

/** The smallest box around boxes; null around none. */
export function hullOf(rects: Iterable<Rect>): Rect | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, w, h } of rects) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + w);
    bottom = Math.max(bottom, y + h);
  }
  return left === Infinity ? null : { x: left, y: top, w: right - left, h: bottom - top };
}

/** The box of a boundary around its contents, on the grid. */
export function padded({ x, y, w, h }: Rect): Rect {
  const [left, top] = [snapDown(x - BOUNDARY.side), snapDown(y - BOUNDARY.top)];
  return { x: left, y: top, w: snapUp(x + w + BOUNDARY.side) - left, h: snapUp(y + h + BOUNDARY.side) - top };
}

/** The room inside a boundary. */
export function roomOf({ x, y, w, h }: Rect): Rect {
  return { x: x + BOUNDARY.side, y: y + BOUNDARY.top, w: w - 2 * BOUNDARY.side, h: h - BOUNDARY.top - BOUNDARY.side };
}

/** Whether a box lies inside another. */
export function within(inner: Rect, outer: Rect): boolean {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w && inner.y + inner.h <= outer.y + outer.h;
}
