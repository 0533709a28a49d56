import { COMPONENT_HEIGHT } from '../../../../shared/drawing/component-facts.ts';
import { rectsOverlap, type Point, type Rect } from '../../../../shared/drawing/routing/geometry.ts';

/** Space between components of a tidy drawing (ui 1.5), canvas units. */
export const GAP = { across: 88, down: 48 } as const;

/** The grid of places that are tried, canvas units: half a column and half a row, both on the 8 px grid. */
const STEP = { x: 136, y: 56 } as const;
/** Rings of places around the wished one before the search goes beneath everything. */
const RINGS = 14;
/** Rows above and below that are tried in the column right of a component. */
const ROWS = 4;
const SNAP = 8;

const snap = (value: number): number => Math.round(value / SNAP) * SNAP;

/** What a place for a new component depends on, canvas units. */
export interface PlaceWish {
  /** Boxes of what stands there already. */
  readonly taken: readonly Rect[];
  /** Width of the new component. */
  readonly width: number;
  /** What can be seen. */
  readonly view: Rect;
  /** The component that it should stand right of, or null. */
  readonly beside: Rect | null;
}

function boxAt(at: Point, width: number): Rect {
  return { left: at.x, top: at.y, right: at.x + width, bottom: at.y + COMPONENT_HEIGHT };
}

function isFree(at: Point, { taken, width }: PlaceWish): boolean {
  const box = boxAt(at, width);
  const room = { left: box.left - GAP.across, top: box.top - GAP.down, right: box.right + GAP.across, bottom: box.bottom + GAP.down };
  return taken.every((other) => !rectsOverlap(room, other));
}

function isSeen(at: Point, { view, width }: PlaceWish): boolean {
  const box = boxAt(at, width);
  return box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;
}

/** The column right of a component: its own row, then below, above, two below and so on. */
function besidePlaces(beside: Rect): readonly Point[] {
  const x = snap(beside.right + GAP.across);
  const rows = Array.from({ length: ROWS }, (_unused, index) => [index + 1, -index - 1]).flat();
  return [0, ...rows].map((row) => ({ x: x < beside.right + GAP.across ? x + SNAP : x, y: snap(beside.top) + row * 2 * STEP.y }));
}

/** Places around a point, the nearest first; of equally near ones the one further right, then the lower one. */
function aroundPlaces(middle: Point): readonly Point[] {
  const places: { readonly at: Point; readonly far: number }[] = [];
  for (let column = -RINGS; column <= RINGS; column += 1) {
    for (let row = -RINGS; row <= RINGS; row += 1) {
      const [dx, dy] = [column * STEP.x, row * STEP.y];
      places.push({ at: { x: middle.x + dx, y: middle.y + dy }, far: Math.hypot(dx, dy) });
    }
  }
  return places.sort((a, b) => a.far - b.far || b.at.x - a.at.x || b.at.y - a.at.y).map(({ at }) => at);
}

/**
 * Where a new component's top left corner goes when nobody pointed at a place: right of `beside`, else as near to the
 * middle of the view as the gaps to everything else allow. Places in view come first; `seen` is false when there was none.
 */
export function freePlace(wish: PlaceWish): { readonly at: Point; readonly seen: boolean } {
  const { view, width, taken, beside } = wish;
  const middle = { x: snap((view.left + view.right - width) / 2), y: snap((view.top + view.bottom - COMPONENT_HEIGHT) / 2) };
  const near = beside ? besidePlaces(beside).filter((at) => isFree(at, wish)) : [];
  const around = aroundPlaces(middle);
  const inView = near.find((at) => isSeen(at, wish)) ?? around.find((at) => isSeen(at, wish) && isFree(at, wish));
  if (inView) return { at: inView, seen: true };
  const anywhere = near[0] ?? around.find((at) => isFree(at, wish));
  return { at: anywhere ?? { x: middle.x, y: snap(Math.max(...taken.map((rect) => rect.bottom)) + GAP.down + SNAP) }, seen: false };
}
