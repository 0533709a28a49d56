import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import type { Design } from '../../../../shared/model/design.ts';

/** A box on the paper, canvas units. */
interface Box { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

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

function holds(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

/** The innermost boundary whose drawn box holds a point, or null (ui 3.3). */
export function boundaryAt(design: Design, x: number, y: number): string | null {
  let best: string | null = null;
  let bestDepth = -1;
  for (const [id, box] of Object.entries(design.layout.boundaries)) {
    if (!Object.hasOwn(design.boundaries, id) || !holds(box, x, y)) continue;
    const depth = boundaryDepth(design, id);
    if (depth > bestDepth) [best, bestDepth] = [id, depth];
  }
  return best;
}

/** The boundary in which a component stands when its top left corner is at a point. */
export function boundaryForComponent(design: Design, at: { readonly x: number; readonly y: number; readonly w?: number }): string | null {
  return boundaryAt(design, at.x + (at.w ?? COMPONENT_WIDTH) / 2, at.y + COMPONENT_HEIGHT / 2);
}

/** Boundaries inside a boundary, at any depth. */
export function boundariesInside(design: Design, id: string): readonly string[] {
  const inside = new Set<string>();
  const visit = (parent: string): void => {
    for (const boundary of Object.values(design.boundaries)) {
      if (boundary.parent !== parent || boundary.id === id || inside.has(boundary.id)) continue;
      inside.add(boundary.id);
      visit(boundary.id);
    }
  };
  visit(id);
  return [...inside];
}
