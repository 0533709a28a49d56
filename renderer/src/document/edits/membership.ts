import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import { WIDTHS, widthForName } from '../../../../shared/drawing/names.ts';
import type { PaperBox } from '../../../../shared/drawing/places.ts';
import { nameWidth } from '../../../../shared/drawing/text-width.ts';
import type { Design } from '../../../../shared/model/design.ts';

/** How deep a boundary is nested, 0 for one that stands on the paper. A cycle of parents ends the count. */
export function boundaryDepth(design: Design, id: string): number {
  const seen = new Set([id]);
  let depth = 0;
  let parent = design.boundaries[id]?.parent ?? null;
  while (parent !== null && !seen.has(parent)) {
    seen.add(parent);
    depth += 1;
    parent = design.boundaries[parent]?.parent ?? null;
  }
  return depth;
}

function holds(box: PaperBox, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

/** Boundaries whose drawn boxes hold a point, the innermost first: by depth, then the smaller one. */
export function boundariesAt(design: Design, x: number, y: number): readonly string[] {
  return Object.entries(design.layout.boundaries)
    .filter(([id, box]) => Object.hasOwn(design.boundaries, id) && holds(box, x, y))
    .map(([id, box]) => ({ id, depth: boundaryDepth(design, id), area: box.w * box.h }))
    .sort((a, b) => b.depth - a.depth || a.area - b.area)
    .map(({ id }) => id);
}

/** The innermost boundary whose drawn box holds a point, or null (ui 3.3). */
export function boundaryAt(design: Design, x: number, y: number): string | null {
  return boundariesAt(design, x, y)[0] ?? null;
}

/** The boundary in which a component stands when its top left corner is at a point. */
export function boundaryForComponent(design: Design, at: { readonly x: number; readonly y: number; readonly w?: number }): string | null {
  return boundaryAt(design, at.x + (at.w ?? COMPONENT_WIDTH) / 2, at.y + COMPONENT_HEIGHT / 2);
}

/** The box of a component as it is drawn: its stored width, else the one that its name asks for. Null when it has no place. */
export function componentBox(design: Design, id: string): PaperBox | null {
  const [node, place] = [design.nodes[id], design.layout.nodes[id]];
  if (!node || !place) return null;
  const stored = place.w !== undefined && place.w >= WIDTHS[0] && place.w <= WIDTHS[2] ? place.w : null;
  return { x: place.x, y: place.y, w: stored ?? widthForName(node.name, nameWidth), h: COMPONENT_HEIGHT };
}

/** The box of anything that stands on the paper, or null when it has no place. */
export function boxOf(design: Design, kind: 'node' | 'boundary' | 'note', id: string): PaperBox | null {
  if (kind === 'node') return componentBox(design, id);
  const box = (kind === 'boundary' ? design.layout.boundaries : design.layout.notes)[id];
  return box ? { x: box.x, y: box.y, w: box.w, h: box.h } : null;
}

/** Boundaries inside a boundary, at any depth. */
export function boundariesInside(design: Design, id: string): readonly string[] {
  const children = new Map<string, string[]>();
  for (const boundary of Object.values(design.boundaries)) if (boundary.parent != null) children.set(boundary.parent, [...(children.get(boundary.parent) ?? []), boundary.id]);
  const inside = new Set([id]);
  for (const each of inside) for (const child of children.get(each) ?? []) inside.add(child);
  inside.delete(id);
  return [...inside];
}

/** What stands directly in a boundary, by kind. */
export interface Contents { readonly node: readonly string[]; readonly boundary: readonly string[]; readonly note: readonly string[] }

/** What stands directly in a boundary. */
export function contentsOf(design: Design, id: string): Contents {
  return {
    node: Object.values(design.nodes).filter((node) => node.boundary === id).map((node) => node.id),
    boundary: Object.values(design.boundaries).filter((child) => child.parent === id && child.id !== id).map((child) => child.id),
    note: Object.values(design.notes).filter((note) => note.boundary === id).map((note) => note.id),
  };
}
