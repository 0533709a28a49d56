import { LIMITS } from './limits.ts';
import type { Boundary, Design, Layout } from './design.ts';
import { has } from './plain-data.ts';
import type { ProblemList } from './problem-list.ts';

/** A component's box, the gaps between components and a boundary's inner padding, in canvas units (ui 1.5, 3, 3.3). */
const NODE = { w: 184, h: 64 };
const NOTE = { w: 200, h: 64 };
const GAP = { x: 88, y: 48 };
const PADDING = { side: 24, top: 48 };

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

function within(value: number): number {
  return Math.min(Math.max(value, -LIMITS.coordinate), LIMITS.coordinate);
}

/** Bring coordinates and sizes into the drawable area. Changes `layout`. */
export function clampLayout(layout: Layout, problems: ProblemList): void {
  const limit = (place: Record<string, unknown>, key: string, where: string): void => {
    const value = place[key];
    if (typeof value !== 'number') return;
    const next = key === 'w' || key === 'h' ? Math.max(1, within(value)) : within(value);
    if (next === value) return;
    place[key] = next;
    problems.add({ level: 'warning', code: 'place-limited', message: `A position or size of ${value} is outside the drawing; it was read as ${next}.`, where });
  };
  for (const name of ['nodes', 'boundaries', 'notes'] as const) {
    for (const [id, place] of Object.entries(layout[name])) for (const key of ['x', 'y', 'w', 'h']) limit(place, key, `layout.${name}.${id}.${key}`);
  }
  for (const [id, { points }] of Object.entries(layout.edges)) for (const point of points) for (const key of ['x', 'y']) limit(point, key, `layout.edges.${id}`);
}

/** Bottom left of everything that has a place, on the grid; the origin when nothing has. */
function freeCorner(design: Design): { x: number; y: number } {
  let left = Infinity;
  let bottom = -Infinity;
  const { layout } = design;
  const seen = (x: number, y: number, h: number): void => {
    left = Math.min(left, x);
    bottom = Math.max(bottom, y + h);
  };
  for (const [id, place] of Object.entries(layout.nodes)) if (has(design.nodes, id)) seen(place.x, place.y, NODE.h);
  for (const [id, box] of Object.entries(layout.boundaries)) if (has(design.boundaries, id)) seen(box.x, box.y, box.h);
  for (const [id, box] of Object.entries(layout.notes)) if (has(design.notes, id)) seen(box.x, box.y, box.h);
  if (left === Infinity) return { x: 0, y: 0 };
  return { x: Math.floor(left / 8) * 8, y: Math.ceil(bottom / 8) * 8 + GAP.y };
}

function depthOf(boundaries: Readonly<Record<string, Boundary>>, id: string): number {
  let depth = 0;
  for (let at = boundaries[id]?.parent; typeof at === 'string' && has(boundaries, at); at = boundaries[at]?.parent) depth += 1;
  return depth;
}

function around(boxes: readonly Box[], fallback: { x: number; y: number }): Box {
  if (boxes.length === 0) return { ...fallback, w: NODE.w + 2 * PADDING.side, h: NODE.h + PADDING.top + PADDING.side };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, w, h } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + w);
    bottom = Math.max(bottom, y + h);
  }
  return { x: left - PADDING.side, y: top - PADDING.top, w: right - left + 2 * PADDING.side, h: bottom - top + PADDING.top + PADDING.side };
}

function placeBoundaries(design: Design, missing: readonly string[], corner: { x: number; y: number }): void {
  const { boundaries, nodes, layout } = design;
  const inside = new Map<string, Box[]>();
  const add = (id: string | null | undefined, box: Box): void => {
    if (typeof id === 'string') inside.set(id, [...(inside.get(id) ?? []), box]);
  };
  for (const [id, node] of Object.entries(nodes)) {
    const place = layout.nodes[id];
    if (place) add(node.boundary, { x: place.x, y: place.y, w: place.w ?? NODE.w, h: NODE.h });
  }
  const absent = new Set(missing);
  const deepestFirst = Object.keys(boundaries)
    .map((id) => ({ id, depth: depthOf(boundaries, id) }))
    .sort((a, b) => b.depth - a.depth);
  for (const { id } of deepestFirst) {
    if (absent.has(id)) {
      const box = around(inside.get(id) ?? [], corner);
      layout.boundaries[id] = { x: within(box.x), y: within(box.y), w: Math.min(box.w, LIMITS.coordinate), h: Math.min(box.h, LIMITS.coordinate) };
    }
    const box = layout.boundaries[id];
    if (box) add(boundaries[id]?.parent, box);
  }
}

/**
 * Give a place to everything that has none: below the drawing, in a square block on the grid, in document order.
 * Boundaries close around what they hold. Changes `design.layout`.
 */
export function placeMissing(design: Design, problems: ProblemList): void {
  const { layout } = design;
  const nodes = Object.keys(design.nodes).filter((id) => !has(layout.nodes, id));
  const notes = Object.keys(design.notes).filter((id) => !has(layout.notes, id));
  const boundaries = Object.keys(design.boundaries).filter((id) => !has(layout.boundaries, id));
  const count = nodes.length + notes.length;
  if (count + boundaries.length === 0) return;
  const corner = freeCorner(design);
  const columns = Math.max(1, Math.ceil(Math.sqrt(count)));
  const at = (index: number): { x: number; y: number } => ({
    x: within(corner.x + (index % columns) * (NODE.w + GAP.x)),
    y: within(corner.y + Math.floor(index / columns) * (NODE.h + GAP.y)),
  });
  nodes.forEach((id, index) => (layout.nodes[id] = at(index)));
  notes.forEach((id, index) => (layout.notes[id] = { ...at(nodes.length + index), ...NOTE }));
  placeBoundaries(design, boundaries, { x: within(corner.x), y: within(corner.y) });
  const parts = count + boundaries.length;
  problems.add({ level: 'info', code: 'placed', message: parts === 1 ? 'One part had no place and was put below the drawing.' : `${parts} parts had no place and were put below the drawing.`, where: 'layout' });
}
