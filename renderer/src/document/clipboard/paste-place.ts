import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import type { Design } from '../../../../shared/model/design.ts';
import type { PaperRect } from './paper-view.ts';

interface Point { readonly x: number; readonly y: number }

/** Distance between a copy and what stands at its place, canvas units. */
export const PASTE_STEP = 24;

const SNAP = 8;
const snap = (value: number): number => Math.round(value / SNAP) * SNAP;

/** The box around all that a fragment draws, canvas units; null when it draws nothing. */
export function boundsOfFragment({ layout, nodes, boundaries, notes }: Design): PaperRect | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const add = (x: number, y: number, w: number, h: number): void => {
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + w), Math.max(bottom, y + h)];
  };
  for (const [id, at] of Object.entries(layout.nodes)) if (Object.hasOwn(nodes, id)) add(at.x, at.y, at.w ?? COMPONENT_WIDTH, COMPONENT_HEIGHT);
  for (const [id, at] of Object.entries(layout.boundaries)) if (Object.hasOwn(boundaries, id)) add(at.x, at.y, at.w, at.h);
  for (const [id, at] of Object.entries(layout.notes)) if (Object.hasOwn(notes, id)) add(at.x, at.y, at.w, at.h);
  return right >= left ? { left, top, right, bottom } : null;
}

const key = (at: Point): string => `${Math.round(at.x)} ${Math.round(at.y)}`;

function corners({ layout }: Design): readonly Point[] {
  return [...Object.values(layout.nodes), ...Object.values(layout.boundaries), ...Object.values(layout.notes)];
}

/** How often a step to the side is tried before things may come to lie on one another. */
const TRIES = 1000;

/** The first of `start`, one step further, two steps further and so on at which no copy lies exactly on anything. */
function stepAside(target: Design, fragment: Design, start: Point): Point {
  const taken = new Set(corners(target).map(key));
  const own = corners(fragment);
  for (let step = 0; step < TRIES; step += 1) {
    const offset = { x: start.x + step * PASTE_STEP, y: start.y + step * PASTE_STEP };
    if (!own.some((at) => taken.has(key({ x: at.x + offset.x, y: at.y + offset.y })))) return offset;
  }
  return start;
}

/** What the place of a paste depends on. */
export interface PasteSituation {
  readonly target: Design;
  readonly fragment: Design;
  /** Whether it was taken from this very drawing. */
  readonly home: boolean;
  /** What can be seen, and where the pointer is over it; canvas units. Null when the canvas is not shown. */
  readonly seen: PaperRect | null;
  readonly pointer: Point | null;
}

/**
 * How far copies go from the places in the fragment. Back in the drawing they were taken from and in sight: to their
 * own places when these are free (after a cut), else a step further for each copy that stands there. Otherwise
 * around the pointer, else the middle of the view.
 */
export function pasteOffset({ target, fragment, home, seen, pointer }: PasteSituation): Point {
  const bounds = boundsOfFragment(fragment);
  if (bounds === null) return { x: 0, y: 0 };
  const middle = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
  const inSight = seen === null || (middle.x >= seen.left && middle.x <= seen.right && middle.y >= seen.top && middle.y <= seen.bottom);
  if (home && inSight) return stepAside(target, fragment, { x: 0, y: 0 });
  const goal = pointer ?? (seen ? { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 } : middle);
  return stepAside(target, fragment, { x: snap(goal.x - middle.x), y: snap(goal.y - middle.y) });
}
