import type { Rect } from '../layout/geometry.ts';

/** How much of a rectangle may stick out of one that holds it, canvas units. */
const SLACK = 2;

/** The middle of a rectangle. */
export function middleOf({ x, y, w, h }: Rect): { readonly x: number; readonly y: number } {
  return { x: x + w / 2, y: y + h / 2 };
}

/** Width times height. */
export function areaOf({ w, h }: Rect): number {
  return w * h;
}

/** Whether a point lies in a rectangle. */
export function holdsPoint({ x, y, w, h }: Rect, at: { readonly x: number; readonly y: number }): boolean {
  return at.x >= x && at.x <= x + w && at.y >= y && at.y <= y + h;
}

/** Whether a larger rectangle holds a smaller one whole. */
export function holds(outer: Rect, inner: Rect): boolean {
  return areaOf(outer) > areaOf(inner) && inner.x >= outer.x - SLACK && inner.y >= outer.y - SLACK && inner.x + inner.w <= outer.x + outer.w + SLACK && inner.y + inner.h <= outer.y + outer.h + SLACK;
}

/** How far a point is from a rectangle; 0 inside. */
export function distanceTo({ x, y, w, h }: Rect, at: { readonly x: number; readonly y: number }): number {
  return Math.hypot(Math.max(x - at.x, 0, at.x - x - w), Math.max(y - at.y, 0, at.y - y - h));
}
