import { BOUNDARY } from '../../../../shared/drawing/boundary-figures.ts';
import type { PaperBox } from '../../../../shared/drawing/places.ts';
import type { Boundary, Design } from '../../../../shared/model/design.ts';
import { boxOf } from './membership.ts';
import { kindsAround, nestingProblem } from './nesting.ts';

interface Rect { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Space kept free around a new note or boundary, and the grid of places that are tried, canvas units. */
const GAP = 24;
const STEP = 48;
const RINGS = 24;

const snap = (value: number): number => Math.round(value / BOUNDARY.step) * BOUNDARY.step;

function apart(box: PaperBox, other: PaperBox, gap: number): boolean {
  return box.x + box.w + gap <= other.x || other.x + other.w + gap <= box.x || box.y + box.h + gap <= other.y || other.y + other.h + gap <= box.y;
}

function fitsInto(box: PaperBox, outer: PaperBox): boolean {
  return box.x >= outer.x + BOUNDARY.side && box.y >= outer.y + BOUNDARY.top && box.x + box.w + BOUNDARY.side <= outer.x + outer.w && box.y + box.h + BOUNDARY.side <= outer.y + outer.h;
}

/** Steps away from the middle, the nearest first. */
const OFFSETS = Array.from({ length: (2 * RINGS + 1) ** 2 }, (_unused, index) => ({ x: ((index % (2 * RINGS + 1)) - RINGS) * STEP, y: (Math.floor(index / (2 * RINGS + 1)) - RINGS) * STEP }))
  .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));

/**
 * Where a new note (`kind` null) or boundary of a size goes when nobody pointed at a place: as near to the middle of what
 * is seen as it stands on nothing, and wholly inside or outside of each boundary. Beneath everything when there is no such place.
 */
export function freeBox(design: Design, size: { readonly w: number; readonly h: number }, kind: Boundary['kind'] | null, seen: Rect | null): PaperBox {
  const things = (['node', 'note'] as const).flatMap((each) => Object.keys(each === 'node' ? design.nodes : design.notes).flatMap((id) => boxOf(design, each, id) ?? []));
  const outer = Object.keys(design.boundaries).flatMap((id) => {
    const box = boxOf(design, 'boundary', id);
    return box ? [{ box, allowed: kind === null || nestingProblem([kind], kindsAround(design, id)) === null }] : [];
  });
  const middle = seen ? { x: (seen.left + seen.right - size.w) / 2, y: (seen.top + seen.bottom - size.h) / 2 } : { x: 0, y: 0 };
  const places = OFFSETS.map(({ x, y }): PaperBox => ({ x: snap(middle.x + x), y: snap(middle.y + y), ...size }));
  const free = (box: PaperBox): boolean => things.every((other) => apart(box, other, GAP)) && outer.every(({ box: other, allowed }) => apart(box, other, GAP) || (allowed && fitsInto(box, other)));
  const all = [...things, ...outer.map(({ box }) => box)];
  return places.find(free) ?? { x: snap(middle.x), y: snap(Math.max(...all.map((box) => box.y + box.h)) + GAP), ...size };
}
