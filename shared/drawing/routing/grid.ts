import { CROSSING_COST, OBSTACLE_COST, type Surroundings } from './cost.ts';
import { PARALLEL_GAP, type Point, type Rect } from './geometry.ts';
import type { Segment } from './spatial-index.ts';

/** Most lines of the search grid per axis: bounds the work of one route, however crowded its surroundings. */
const MAX_LINES = 44;

/** Further lines beside existing routes. */
const MAX_BESIDE = 32;

/** Lines on which the route may run along one axis: beside every obstacle, through both ends and half way. */
function gridLines(ends: readonly [number, number], nearest: readonly Rect[], horizontal: boolean, beside: readonly number[]): Float64Array {
  const lines = new Set<number>([ends[0], ends[1], (ends[0] + ends[1]) / 2]);
  for (const offset of [0, PARALLEL_GAP, 2 * PARALLEL_GAP]) {
    for (const rect of nearest) {
      if (lines.size >= MAX_LINES) break;
      lines.add((horizontal ? rect.top : rect.left) - offset);
      lines.add((horizontal ? rect.bottom : rect.right) + offset);
    }
  }
  for (const at of beside) {
    if (lines.size >= MAX_LINES + MAX_BESIDE) break;
    lines.add(at - PARALLEL_GAP);
    lines.add(at + PARALLEL_GAP);
  }
  return Float64Array.from(lines).sort();
}

/** Boxes by their distance to the nearest of some points: a route has to get out of its ends, and past what stands half way. */
function nearestFirst(rects: readonly Rect[], points: readonly Point[]): readonly Rect[] {
  const far = ({ left, top, right, bottom }: Rect): number => Math.min(...points.map(({ x, y }) => Math.abs((left + right) / 2 - x) + Math.abs((top + bottom) / 2 - y)));
  return rects.map((rect) => ({ rect, far: far(rect) })).sort((one, other) => one.far - other.far).map(({ rect }) => rect);
}

/** Index of the first number above a limit. */
function firstAbove(sorted: Float64Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where existing lines run between the ends, nearest to their middle first. */
function besides(others: readonly Segment[], horizontal: boolean, one: number, other: number): readonly number[] {
  const [low, high, middle] = [Math.min(one, other), Math.max(one, other), (one + other) / 2];
  const found = new Set<number>();
  for (const line of others) if (line.horizontal === horizontal && line.at > low && line.at < high) found.add(line.at);
  return [...found].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
}

/** Prices of the pieces of one axis. `cell` is the number of the piece that begins at one of `points` on one of `lines`. */
interface Axis { readonly prices: Float64Array; readonly points: Float64Array; readonly lines: Float64Array; cell(point: number, line: number): number }

/** Raise the price of what lies between two places of a stretch, on every line strictly between two others. */
function charge(axis: Axis, from: number, to: number, above: number, below: number, price: number): void {
  const { prices, points, lines } = axis;
  const first = Math.max(0, firstAbove(points, from) - 1);
  for (let line = firstAbove(lines, above); line < lines.length && lines[line]! < below; line += 1) {
    for (let piece = first; piece < points.length && points[piece]! < to; piece += 1) prices[axis.cell(piece, line)]! += price;
  }
}

/** Raise the price of the piece that is cut at a place, on every line strictly between two others. */
function chargeCut(axis: Axis, at: number, above: number, below: number): void {
  const { prices, points, lines } = axis;
  const piece = firstAbove(points, at) - 1;
  if (piece < 0 || piece >= points.length - 1 || points[piece]! === at) return;
  for (let line = firstAbove(lines, above); line < lines.length && lines[line]! < below; line += 1) prices[axis.cell(piece, line)]! += CROSSING_COST;
}

/**
 * The lines on which a route may run, and what each piece of them costs: its length, and the price of what it runs
 * through, across or beside. A grid point is the number `column * rows + row`; `across[point]` is the price of the
 * piece to its right, `down[point]` of the piece below it.
 */
export interface Grid { readonly xs: Float64Array; readonly ys: Float64Array; readonly across: Float64Array; readonly down: Float64Array }

/** The grid between two points, with everything around them priced. */
export function createGrid(a: Point, b: Point, around: Surroundings): Grid {
  const nearest = nearestFirst(around.nearest, [a, b, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }]);
  const xs = gridLines([a.x, b.x], nearest, false, besides(around.others, false, a.x, b.x));
  const ys = gridLines([a.y, b.y], nearest, true, besides(around.others, true, a.y, b.y));
  const rows = ys.length;
  const [across, down] = [new Float64Array(xs.length * rows), new Float64Array(xs.length * rows)];
  for (let column = 0; column < xs.length; column += 1) {
    const width = column + 1 < xs.length ? xs[column + 1]! - xs[column]! : 0;
    for (let row = 0; row < rows; row += 1) {
      across[column * rows + row] = width;
      down[column * rows + row] = row + 1 < rows ? ys[row + 1]! - ys[row]! : 0;
    }
  }
  const acrossAxis: Axis = { prices: across, points: xs, lines: ys, cell: (point, line) => point * rows + line };
  const downAxis: Axis = { prices: down, points: ys, lines: xs, cell: (point, line) => line * rows + point };
  for (const { left, top, right, bottom } of around.obstacles) {
    charge(acrossAxis, left, right, top, bottom, OBSTACLE_COST);
    charge(downAxis, top, bottom, left, right, OBSTACLE_COST);
  }
  for (const { horizontal, at, low, high } of around.others) {
    charge(horizontal ? acrossAxis : downAxis, low, high, at - PARALLEL_GAP, at + PARALLEL_GAP, around.tooNear);
    chargeCut(horizontal ? downAxis : acrossAxis, at, low, high);
  }
  return { xs, ys, across, down };
}
