/** The boundaries a node stands in. */
import type { Boundary, Design } from '../../model/design.ts';

const DEEPEST = 64;

/** Boundaries around `start`, innermost first; a missing one, or a cycle of parents, ends it. */
export function boundariesAround(design: Design, start: string | null | undefined): readonly Boundary[] {
  const found: Boundary[] = [];
  let id = start;
  while (typeof id === 'string' && found.length < DEEPEST) {
    const boundary: Boundary | undefined = Object.hasOwn(design.boundaries, id) ? design.boundaries[id] : undefined;
    if (!boundary || found.includes(boundary)) break;
    found.push(boundary);
    id = boundary.parent;
  }
  return found;
}
