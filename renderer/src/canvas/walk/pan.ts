import type { Rect } from '../../../../shared/drawing/routing/geometry.ts';

/** The camera and the window it looks through; `x` and `y` in px, as React Flow keeps them. */
export interface View { readonly x: number; readonly y: number; readonly zoom: number; readonly width: number; readonly height: number }

/** What is revealed keeps this far from the window's edge, px. */
const MARGIN = 32;

/** The shift along one axis that brings `low` to `high` (px) into `size`: the least one; the middle where it is too large. */
function shift(low: number, high: number, size: number): number {
  if (low >= 0 && high <= size) return 0;
  if (high - low > size - 2 * MARGIN) return size / 2 - (low + high) / 2;
  return low < 0 ? MARGIN - low : size - MARGIN - high;
}

/** Where the camera goes to show a box (canvas units) at its zoom; null when it is in view already. */
export function panInto(rect: Rect, { x, y, zoom, width, height }: View): { readonly x: number; readonly y: number } | null {
  const dx = shift(rect.left * zoom + x, rect.right * zoom + x, width);
  const dy = shift(rect.top * zoom + y, rect.bottom * zoom + y, height);
  return dx === 0 && dy === 0 ? null : { x: x + dx, y: y + dy };
}
