import type { Design } from '../../../shared/model/design.ts';

/** A component's box on the canvas and the room around it, units of the 8 px grid. */
const WIDTH = 184;
const HEIGHT = 64;
const GAP = 48;
const GRID = 8;

interface Point { readonly x: number; readonly y: number }

function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

/** Rows to try: here, one below, one above, two below … */
function rowAt(index: number): number {
  return index % 2 === 0 ? -index / 2 : (index + 1) / 2;
}

/** A free place on the grid between the given components, or in the next free row below or above it. */
export function placeNear(design: Design, beside: readonly string[]): Point {
  const taken = Object.values(design.layout.nodes);
  const known = beside.flatMap((id) => (Object.hasOwn(design.layout.nodes, id) ? [design.layout.nodes[id] as Point] : []));
  const [first] = known;
  const mean = (of: (point: Point) => number): number => known.reduce((sum, point) => sum + of(point), 0) / known.length;
  const start = first === undefined ? { x: 0, y: 0 } : known.length === 1 ? { x: first.x + WIDTH + GAP, y: first.y } : { x: mean((point) => point.x), y: mean((point) => point.y) };
  const free = (at: Point): boolean => taken.every((other) => Math.abs(other.x - at.x) >= WIDTH + GRID || Math.abs(other.y - at.y) >= HEIGHT + GRID);
  for (let index = 0; index <= 2 * taken.length + 2; index += 1) {
    const at = snapped({ x: start.x, y: start.y + rowAt(index) * (HEIGHT + GAP) });
    if (free(at)) return at;
  }
  return snapped(start);
}
