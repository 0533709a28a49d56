import type { Rect } from '../../../../shared/drawing/routing/geometry.ts';

/** Size of the map, screen px (ui 2). */
export const MAP = { width: 160, height: 100, margin: 6 } as const;

/** The map is shown from a drawing this many times as wide or as high as the view. */
const EXCEEDS = 1.5;

/** Boxes are at least this large on the map, px. */
const LEAST = 1.5;

/** The box around boxes; null for none. */
export function around(rects: readonly Rect[]): Rect | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rect of rects) {
    [left, top] = [Math.min(left, rect.left), Math.min(top, rect.top)];
    [right, bottom] = [Math.max(right, rect.right), Math.max(bottom, rect.bottom)];
  }
  return right >= left ? { left, top, right, bottom } : null;
}

/** Whether a drawing exceeds the view by half, so that a map helps. */
export function exceeds(drawing: Rect, seen: Rect): boolean {
  const [width, height] = [seen.right - seen.left, seen.bottom - seen.top];
  if (width <= 0 || height <= 0) return false;
  return drawing.right - drawing.left > EXCEEDS * width || drawing.bottom - drawing.top > EXCEEDS * height;
}

/** The map hides at most a third of the canvas's width and height, px: in a small window the drawing itself is worth more. */
export function hasRoom(width: number, height: number): boolean {
  return width >= 3 * MAP.width && height >= 3 * MAP.height;
}

/** How canvas units become px of the map: `px = (unit - origin) * scale + inset`. */
export interface MapScale { readonly scale: number; readonly left: number; readonly top: number; readonly insetX: number; readonly insetY: number }

/** Fit a part of the paper into the map, in the middle. */
export function mapScale(shown: Rect): MapScale {
  const [width, height] = [Math.max(1, shown.right - shown.left), Math.max(1, shown.bottom - shown.top)];
  const scale = Math.min((MAP.width - 2 * MAP.margin) / width, (MAP.height - 2 * MAP.margin) / height);
  return { scale, left: shown.left, top: shown.top, insetX: (MAP.width - width * scale) / 2, insetY: (MAP.height - height * scale) / 2 };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A box on the map, px. */
export function onMap(rect: Rect, { scale, left, top, insetX, insetY }: MapScale): { readonly x: number; readonly y: number; readonly w: number; readonly h: number } {
  return {
    x: tenth((rect.left - left) * scale + insetX), y: tenth((rect.top - top) * scale + insetY),
    w: tenth(Math.max(LEAST, (rect.right - rect.left) * scale)), h: tenth(Math.max(LEAST, (rect.bottom - rect.top) * scale)),
  };
}

/** All boxes of one colour as one path. */
export function pathOf(rects: readonly Rect[], scale: MapScale): string {
  return rects.map((rect) => {
    const { x, y, w, h } = onMap(rect, scale);
    return `M${x} ${y}h${w}v${h}h${-w}z`;
  }).join('');
}

/** The place on the paper under a place of the map. */
export function fromMap(x: number, y: number, { scale, left, top, insetX, insetY }: MapScale): { readonly x: number; readonly y: number } {
  return { x: (x - insetX) / scale + left, y: (y - insetY) / scale + top };
}
