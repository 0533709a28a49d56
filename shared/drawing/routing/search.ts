import { BEND_COST, CROSSING_COST, OBSTACLE_COST, TOO_NEAR_COST, type Surroundings } from './cost.ts';
import { isHorizontal, moved, PARALLEL_GAP, simplify, STUB, type Point, type Polyline, type Rect } from './geometry.ts';
import type { Ends } from './ports.ts';
import type { Segment } from './spatial-index.ts';

/** Most lines of the search grid per axis: bounds the work of one route to about a millisecond. */
const MAX_LINES = 44;

/** Further lines beside existing routes. */
const MAX_BESIDE = 32;

/** How far outside of the ends a route may run beside existing ones, canvas units. */
const OUTSIDE = 0;

/** States (grid point and direction) waiting to be visited, cheapest first. Equal ones leave in a fixed order. */
class Frontier {
  private readonly keys: number[] = [];
  private readonly states: number[] = [];

  clear(): void {
    this.keys.length = 0;
    this.states.length = 0;
  }

  push(state: number, key: number): void {
    let at = this.keys.length;
    this.keys.push(key);
    this.states.push(state);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (this.keys[up]! <= key) break;
      this.keys[at] = this.keys[up]!;
      this.states[at] = this.states[up]!;
      at = up;
    }
    this.keys[at] = key;
    this.states[at] = state;
  }

  pop(): number | undefined {
    const first = this.states[0];
    const key = this.keys.pop();
    const state = this.states.pop();
    if (first === undefined || key === undefined || state === undefined || this.keys.length === 0) return first;
    const size = this.keys.length;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && this.keys[down + 1]! < this.keys[down]!) down += 1;
      if (this.keys[down]! >= key) break;
      this.keys[at] = this.keys[down]!;
      this.states[at] = this.states[down]!;
      at = down;
    }
    this.keys[at] = key;
    this.states[at] = state;
    return first;
  }
}

/** Lines on which the route may run along one axis: beside every obstacle, through both ends and half way. */
function gridLines(ends: readonly [number, number], spans: readonly (readonly [number, number])[], beside: readonly number[]): Float64Array {
  const lines = new Set<number>([ends[0], ends[1], (ends[0] + ends[1]) / 2]);
  for (const offset of [0, PARALLEL_GAP, 2 * PARALLEL_GAP]) {
    for (const [low, high] of spans) {
      if (lines.size >= MAX_LINES) break;
      lines.add(low - offset);
      lines.add(high + offset);
    }
  }
  for (const at of beside) {
    if (lines.size >= MAX_LINES + MAX_BESIDE) break;
    lines.add(at - PARALLEL_GAP);
    lines.add(at + PARALLEL_GAP);
  }
  return Float64Array.from(lines).sort();
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

/** Index of the first line that stands beyond a limit. */
function firstBeyond(sorted: readonly Segment[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.at > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What lies across one axis of the grid, flat: one row after another is priced against all of it. */
interface Crossed {
  /** Which piece of the axis each line cuts, and between what it reaches across. */
  readonly piece: Int16Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly count: number;
}

/** Lines that run along a direction, by where they stand, for finding those near one. */
function alongside(others: readonly Segment[], horizontal: boolean, lines: Float64Array): readonly Segment[] {
  const [first, last] = [lines[0]! - PARALLEL_GAP, lines.at(-1)! + PARALLEL_GAP];
  return others.filter((other) => other.horizontal === horizontal && other.at > first && other.at < last).sort((a, b) => a.at - b.at);
}

/** Lines that cut the axis whose grid points are given. */
function crossing(others: readonly Segment[], horizontal: boolean, points: Float64Array): Crossed {
  const piece = new Int16Array(others.length);
  const low = new Float64Array(others.length);
  const high = new Float64Array(others.length);
  let count = 0;
  for (const other of others) {
    if (other.horizontal === horizontal) continue;
    const at = firstAbove(points, other.at) - 1;
    if (at < 0 || at >= points.length - 1 || points[at]! === other.at) continue;
    piece[count] = at;
    low[count] = other.low;
    high[count] = other.high;
    count += 1;
  }
  return { piece, low, high, count };
}

/** The lines on which a route may run, and what each piece of them costs beyond its length. Prices are found on demand. */
class Grid {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  private readonly rows: (Float64Array | undefined)[] = [];
  private readonly columns: (Float64Array | undefined)[] = [];
  private readonly around: Surroundings;
  private readonly cut: readonly [rows: Crossed, columns: Crossed];
  private readonly beside: readonly [rows: readonly Segment[], columns: readonly Segment[]];

  constructor(a: Point, b: Point, around: Surroundings) {
    const distance = (rect: Rect): number => Math.abs((rect.left + rect.right - a.x - b.x) / 2) + Math.abs((rect.top + rect.bottom - a.y - b.y) / 2);
    const nearest = around.nearest.map((rect) => ({ rect, far: distance(rect) })).sort((one, other) => one.far - other.far);
    this.around = around;
    this.xs = gridLines([a.x, b.x], nearest.map(({ rect }) => [rect.left, rect.right]), this.besides(false, a.x, b.x));
    this.ys = gridLines([a.y, b.y], nearest.map(({ rect }) => [rect.top, rect.bottom]), this.besides(true, a.y, b.y));
    const { others } = around;
    this.cut = [crossing(others, true, this.xs), crossing(others, false, this.ys)];
    this.beside = [alongside(others, true, this.ys), alongside(others, false, this.xs)];
  }

  /** Price of the piece to the right of, or below, a grid point. */
  price(column: number, row: number, across: 0 | 1): number {
    return across ? (this.rows[row] ??= this.pricesOf(this.ys[row]!, true))[column]! : (this.columns[column] ??= this.pricesOf(this.xs[column]!, false))[row]!;
  }

  /** Where existing lines run between the ends, nearest to their middle first. */
  private besides(horizontal: boolean, one: number, other: number): readonly number[] {
    const [low, high, middle] = [Math.min(one, other) - OUTSIDE, Math.max(one, other) + OUTSIDE, (one + other) / 2];
    const found = new Set<number>();
    for (const line of this.around.others) if (line.horizontal === horizontal && line.at > low && line.at < high) found.add(line.at);
    return [...found].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
  }

  private pricesOf(at: number, horizontal: boolean): Float64Array {
    const points = horizontal ? this.xs : this.ys;
    const prices = new Float64Array(points.length);
    const add = (low: number, high: number, price: number): void => {
      for (let piece = Math.max(0, firstAbove(points, low) - 1); piece < points.length && points[piece]! < high; piece += 1) prices[piece]! += price;
    };
    for (const rect of this.around.obstacles) {
      if (horizontal) {
        if (rect.top < at && rect.bottom > at) add(rect.left, rect.right, OBSTACLE_COST);
      } else if (rect.left < at && rect.right > at) add(rect.top, rect.bottom, OBSTACLE_COST);
    }
    const beside = this.beside[horizontal ? 0 : 1];
    for (let index = firstBeyond(beside, at - PARALLEL_GAP); index < beside.length; index += 1) {
      const other = beside[index]!;
      if (other.at >= at + PARALLEL_GAP) break;
      add(other.low, other.high, TOO_NEAR_COST);
    }
    const { piece, low, high, count } = this.cut[horizontal ? 0 : 1];
    for (let index = 0; index < count; index += 1) if (low[index]! < at && high[index]! > at) prices[piece[index]!]! += CROSSING_COST;
    return prices;
  }
}

/** Memory of a search, used again by the next one: what a state holds counts only with the present search's stamp. */
const memory = { cost: new Float64Array(0), parent: new Int32Array(0), stamp: new Uint32Array(0), search: 0, frontier: new Frontier() };

function prepareMemory(states: number): void {
  memory.frontier.clear();
  if (memory.cost.length < states) {
    memory.cost = new Float64Array(states);
    memory.parent = new Int32Array(states);
    memory.stamp = new Uint32Array(states);
    memory.search = 0;
  }
  memory.search = (memory.search + 1) >>> 0;
  if (memory.search === 0) {
    memory.stamp.fill(0);
    memory.search = 1;
  }
}

/** One search over a grid. A state is a grid point and whether it was reached along its row (1) or its column (0). */
class Search {
  private readonly grid: Grid;
  private readonly rows: number;
  private readonly goal: number;
  private readonly goalX: number;
  private readonly goalY: number;

  constructor(grid: Grid, goal: number) {
    this.grid = grid;
    this.rows = grid.ys.length;
    this.goal = goal;
    this.goalX = grid.xs[Math.floor((goal >> 1) / this.rows)]!;
    this.goalY = grid.ys[(goal >> 1) % this.rows]!;
    prepareMemory(grid.xs.length * this.rows * 2);
  }

  /** Number of a grid point with a direction. */
  static state(grid: Grid, point: Point, across: boolean): number {
    return (grid.xs.indexOf(point.x) * grid.ys.length + grid.ys.indexOf(point.y)) * 2 + (across ? 1 : 0);
  }

  /** Points from the start to the goal; null when the grid does not join them. */
  run(start: number): readonly Point[] | null {
    const column = Math.floor((start >> 1) / this.rows);
    this.visit(start, column, (start >> 1) % this.rows, 0, -1);
    for (let state = memory.frontier.pop(); state !== undefined; state = memory.frontier.pop()) {
      if (state === this.goal) return this.wayTo(state);
      this.expand(state);
    }
    return null;
  }

  /** Bends that a way from here has at least. */
  private bendsLeft(state: number, x: number, y: number): number {
    if ((state & 1) !== (this.goal & 1)) return 1;
    return ((state & 1) === 1 ? y === this.goalY : x === this.goalX) ? 0 : 2;
  }

  private visit(state: number, column: number, row: number, cost: number, parent: number): void {
    if (memory.stamp[state] === memory.search && cost >= memory.cost[state]!) return;
    memory.stamp[state] = memory.search;
    memory.cost[state] = cost;
    memory.parent[state] = parent;
    const x = this.grid.xs[column]!;
    const y = this.grid.ys[row]!;
    memory.frontier.push(state, cost + Math.abs(x - this.goalX) + Math.abs(y - this.goalY) + this.bendsLeft(state, x, y) * BEND_COST);
  }

  private expand(state: number): void {
    const { xs, ys } = this.grid;
    const point = state >> 1;
    const column = Math.floor(point / this.rows);
    const row = point - column * this.rows;
    const base = memory.cost[state]!;
    const across = base + ((state & 1) === 1 ? 0 : BEND_COST);
    const along = base + ((state & 1) === 1 ? BEND_COST : 0);
    // turning on the spot at the goal, to arrive in the direction in which the line must go on
    if (state === (this.goal ^ 1)) this.visit(this.goal, column, row, base + BEND_COST, state);
    if (column + 1 < xs.length) this.visit((point + this.rows) * 2 + 1, column + 1, row, across + xs[column + 1]! - xs[column]! + this.grid.price(column, row, 1), state);
    if (column > 0) this.visit((point - this.rows) * 2 + 1, column - 1, row, across + xs[column]! - xs[column - 1]! + this.grid.price(column - 1, row, 1), state);
    if (row + 1 < ys.length) this.visit((point + 1) * 2, column, row + 1, along + ys[row + 1]! - ys[row]! + this.grid.price(column, row, 0), state);
    if (row > 0) this.visit((point - 1) * 2, column, row - 1, along + ys[row]! - ys[row - 1]! + this.grid.price(column, row - 1, 0), state);
  }

  private wayTo(goal: number): readonly Point[] {
    const points: Point[] = [];
    for (let state = goal; state >= 0; state = memory.parent[state]!) {
      const point = state >> 1;
      points.push({ x: this.grid.xs[Math.floor(point / this.rows)]!, y: this.grid.ys[point % this.rows]! });
    }
    return points.reverse();
  }
}

/**
 * The cheapest orthogonal route between two ports around obstacles: A* over the lines that can matter, where the
 * price of a piece is its length, its bends, crossings, and a high price for running through a component. Always
 * finds a route. Deterministic.
 */
export function searchRoute(ends: Ends, around: Surroundings): Polyline {
  const a = moved(ends.from, ends.from.side, STUB);
  const b = moved(ends.to, ends.to.side, STUB);
  const grid = new Grid(a, b, around);
  const goal = Search.state(grid, b, isHorizontal(ends.to.side));
  const points = new Search(grid, goal).run(Search.state(grid, a, isHorizontal(ends.from.side))) ?? [a, { x: a.x, y: b.y }, b];
  return simplify([{ x: ends.from.x, y: ends.from.y }, ...points, { x: ends.to.x, y: ends.to.y }]);
}
