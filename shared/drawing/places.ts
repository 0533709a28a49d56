import type { Layout } from '../model/design.ts';
import { NOTE, noteHeight } from './note-figures.ts';

/** A box on the paper, canvas units. */
export interface PaperBox { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

/** Where a part without a readable place stands: a grid, since nothing may be drawn at a non-finite number. */
const FALLBACK = { columns: 6, dx: 272, dy: 112 } as const;

function finite(value: number | undefined, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** The stored top left corner of a part, or that of its place in the grid; `index` counts the parts of its kind. */
export function placeOf(box: { readonly x: number; readonly y: number } | undefined, index: number): { readonly x: number; readonly y: number } {
  return {
    x: finite(box?.x, (index % FALLBACK.columns) * FALLBACK.dx),
    y: finite(box?.y, Math.floor(index / FALLBACK.columns) * FALLBACK.dy),
  };
}

/** The box of a boundary, at least large enough to be gripped; null for one that is not drawn. */
export function boundaryBox(layout: Layout, id: string): PaperBox | null {
  const box = layout.boundaries[id];
  if (!box) return null;
  return { ...placeOf(box, 0), w: Math.max(48, finite(box.w, 240)), h: Math.max(48, finite(box.h, 160)) };
}

/** The box of a note: 120 to 600 wide, and at least as high as its text needs, from 64 to 240 (ui 3.1). */
export function noteBox(layout: Layout, id: string, index: number, text = ''): PaperBox {
  const box = layout.notes[id];
  const w = Math.min(600, Math.max(120, finite(box?.w, NOTE.w)));
  return { ...placeOf(box, index), w, h: Math.min(NOTE.most, Math.max(noteHeight(text, w), finite(box?.h, NOTE.least))) };
}
