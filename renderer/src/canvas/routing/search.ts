import { BEND_COST, priceOf, type Surroundings } from './cost.ts';
import { isHorizontal, moved, PARALLEL_GAP, simplify, STUB, type Point, type Polyline, type Rect } from './geometry.ts';
import type { Ends } from './ports.ts';

/** Most lines of the search grid per axis: bounds the work of one route to a few milliseconds. */
const MAX_LINES = 44;

/** Larger than any number of lines: makes one number of a column and a row. */
const GRID = 128;

interface State { readonly column: number; readonly row: number; readonly across: boolean; readonly cost: number; readonly estimate: number; readonly parent: State | null }

/** A binary heap ordered by estimate; equal estimates leave in order of their cost, which keeps results stable. */
function createHeap(): { push(state: State): void; pop(): State | undefined } {
  const heap: State[] = [];
  const before = (a: State, b: State): boolean => a.estimate < b.estimate || (a.estimate === b.estimate && a.cost > b.cost);
  const swap = (i: number, j: number): void => void ([heap[i], heap[j]] = [heap[j]!, heap[i]!]);
  return {
    push: (state) => {
      heap.push(state);
      for (let i = heap.length - 1; i > 0; ) {
        const up = (i - 1) >> 1;
        if (!before(heap[i]!, heap[up]!)) return;
        swap(i, up);
        i = up;
      }
    },
    pop: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let i = 0; ; ) {
        const left = 2 * i + 1;
        const right = left + 1;
        let least = i;
        if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
        if (right < heap.length && before(heap[right]!, heap[least]!)) least = right;
        if (least === i) return first;
        swap(i, least);
        i = least;
      }
    },
  };
}

/** Lines on which the route may run along one axis: beside every obstacle, through both ends and half way. */
function gridLines(ends: readonly [number, number], spans: readonly (readonly [number, number])[], beside: readonly number[]): readonly number[] {
  const lines = new Set<number>([ends[0], ends[1], (ends[0] + ends[1]) / 2]);
  for (const offset of [0, PARALLEL_GAP, 2 * PARALLEL_GAP]) {
    for (const [low, high] of spans) {
      if (lines.size >= MAX_LINES) break;
      lines.add(low - offset);
      lines.add(high + offset);
    }
  }
  for (const at of beside) {
    if (lines.size >= MAX_LINES + 16) break;
    lines.add(at - PARALLEL_GAP);
    lines.add(at + PARALLEL_GAP);
  }
  return [...lines].sort((a, b) => a - b);
}

/** What lies on one grid line, so that the price of a piece of it is looked up among few things. */
interface GridLine {
  /** Stretches inside obstacles. */
  readonly blocked: readonly (readonly [number, number])[];
  /** Stretches beside lines that run too near in the same direction. */
  readonly beside: readonly (readonly [number, number])[];
  /** Where lines cross. */
  readonly crossed: readonly number[];
}

interface Grid { readonly xs: readonly number[]; readonly ys: readonly number[]; readonly columns: readonly GridLine[]; readonly rows: readonly GridLine[] }

function lineAt(at: number, horizontal: boolean, around: Surroundings): GridLine {
  const blocked = around.obstacles.filter((rect) => (horizontal ? rect.top < at && rect.bottom > at : rect.left < at && rect.right > at));
  const beside: (readonly [number, number])[] = [];
  const crossed: number[] = [];
  for (const other of around.others) {
    if (other.horizontal === horizontal) {
      if (Math.abs(other.at - at) < PARALLEL_GAP) beside.push([other.low, other.high]);
    } else if (other.low < at && other.high > at) crossed.push(other.at);
  }
  return { blocked: blocked.map((rect) => (horizontal ? [rect.left, rect.right] : [rect.top, rect.bottom])), beside, crossed };
}

/** Price of the piece of a grid line between two of its points; the same sum as for any other piece. */
function priceOn(line: GridLine, low: number, high: number): number {
  let [obstacles, crossings, tooNear] = [0, 0, 0];
  for (const [from, to] of line.blocked) if (from < high && to > low) obstacles += 1;
  for (const [from, to] of line.beside) if (from < high && to > low) tooNear += 1;
  for (const at of line.crossed) if (at > low && at < high) crossings += 1;
  return priceOf({ obstacles, crossings, tooNear });
}

function gridFor(a: Point, b: Point, around: Surroundings): Grid {
  const distance = (rect: Rect): number => Math.abs((rect.left + rect.right - a.x - b.x) / 2) + Math.abs((rect.top + rect.bottom - a.y - b.y) / 2);
  const nearest = [...around.obstacles].sort((one, other) => distance(one) - distance(other));
  const beside = (horizontal: boolean, one: number, other: number): readonly number[] =>
    around.others.filter((line) => line.horizontal === horizontal && line.at > Math.min(one, other) && line.at < Math.max(one, other)).map((line) => line.at);
  const xs = gridLines([a.x, b.x], nearest.map((rect) => [rect.left, rect.right]), beside(false, a.x, b.x));
  const ys = gridLines([a.y, b.y], nearest.map((rect) => [rect.top, rect.bottom]), beside(true, a.y, b.y));
  return { xs, ys, columns: xs.map((x) => lineAt(x, false, around)), rows: ys.map((y) => lineAt(y, true, around)) };
}

/** Walk back from the goal. */
function unwind(grid: Grid, goal: State): readonly Point[] {
  const points: Point[] = [];
  for (let state: State | null = goal; state !== null; state = state.parent) points.push({ x: grid.xs[state.column]!, y: grid.ys[state.row]! });
  return points.reverse();
}

/** The four neighbours of a grid point, with the price of going there. */
function expand(grid: Grid, state: State, goal: Point, prices: Map<number, number>): readonly State[] {
  const out: State[] = [];
  const from = { x: grid.xs[state.column]!, y: grid.ys[state.row]! };
  for (const [dc, dr] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
    const column = state.column + dc;
    const row = state.row + dr;
    const x = grid.xs[column];
    const y = grid.ys[row];
    if (x === undefined || y === undefined) continue;
    const across = dr === 0;
    const key = ((Math.min(column, state.column) * GRID + Math.min(row, state.row)) << 1) | (across ? 1 : 0);
    let price = prices.get(key);
    if (price === undefined) {
      price = across ? priceOn(grid.rows[row]!, Math.min(x, from.x), Math.max(x, from.x)) : priceOn(grid.columns[column]!, Math.min(y, from.y), Math.max(y, from.y));
      prices.set(key, price);
    }
    const cost = state.cost + Math.abs(x - from.x) + Math.abs(y - from.y) + price + (across === state.across ? 0 : BEND_COST);
    out.push({ column, row, across, cost, estimate: cost + Math.abs(goal.x - x) + Math.abs(goal.y - y), parent: state });
  }
  return out;
}

/**
 * The cheapest orthogonal route between two ports around obstacles: A* over the lines that can matter, where the
 * price of a piece is its length, its bends, crossings, and a high price for running through a component. Always
 * finds a route. Deterministic.
 */
export function searchRoute(ends: Ends, around: Surroundings): Polyline {
  const a = moved(ends.from, ends.from.side, STUB);
  const b = moved(ends.to, ends.to.side, STUB);
  const grid = gridFor(a, b, around);
  const goalAcross = isHorizontal(ends.to.side);
  const start: State = { column: grid.xs.indexOf(a.x), row: grid.ys.indexOf(a.y), across: isHorizontal(ends.from.side), cost: 0, estimate: 0, parent: null };
  const [goalColumn, goalRow] = [grid.xs.indexOf(b.x), grid.ys.indexOf(b.y)];
  const heap = createHeap();
  const best = new Map<number, number>();
  const prices = new Map<number, number>();
  heap.push(start);
  for (let state = heap.pop(); state !== undefined; state = heap.pop()) {
    if (state.column === goalColumn && state.row === goalRow && state.across === goalAcross) return finish(ends, unwind(grid, state));
    if (state.column === goalColumn && state.row === goalRow) {
      heap.push({ ...state, across: goalAcross, cost: state.cost + BEND_COST, estimate: state.cost + BEND_COST });
      continue;
    }
    for (const next of expand(grid, state, b, prices)) {
      const key = ((next.column * GRID + next.row) << 1) | (next.across ? 1 : 0);
      if (next.cost >= (best.get(key) ?? Infinity)) continue;
      best.set(key, next.cost);
      heap.push(next);
    }
  }
  return finish(ends, [a, { x: a.x, y: b.y }, b]);
}

function finish(ends: Ends, points: readonly Point[]): Polyline {
  return simplify([{ x: ends.from.x, y: ends.from.y }, ...points, { x: ends.to.x, y: ends.to.y }]);
}
