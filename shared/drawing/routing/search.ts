import { BEND_COST, type Surroundings } from './cost.ts';
import { isHorizontal, moved, simplify, STUB, type Point, type Polyline } from './geometry.ts';
import { createGrid, type Grid } from './grid.ts';
import type { Ends } from './ports.ts';

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

/** How much more the way that is left counts than the way so far: a search that hurries finds almost the same route in a fraction of the time. */
const HASTE = 1.15;

/** Memory of a search, used again by the next one: what a state holds counts only with the present search's stamp. */
const memory = { cost: new Float64Array(0), parent: new Int32Array(0), stamp: new Uint32Array(0), closed: new Uint32Array(0), search: 0, frontier: new Frontier() };

function prepareMemory(states: number): void {
  memory.frontier.clear();
  if (memory.cost.length < states) {
    memory.cost = new Float64Array(states);
    memory.parent = new Int32Array(states);
    memory.stamp = new Uint32Array(states);
    memory.closed = new Uint32Array(states);
    memory.search = 0;
  }
  memory.search = (memory.search + 1) >>> 0;
  if (memory.search === 0) {
    memory.stamp.fill(0);
    memory.closed.fill(0);
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
  private readonly limit: number;

  constructor(grid: Grid, goal: number, limit: number) {
    this.grid = grid;
    this.rows = grid.ys.length;
    this.goal = goal;
    this.limit = limit;
    this.goalX = grid.xs[Math.floor((goal >> 1) / this.rows)]!;
    this.goalY = grid.ys[(goal >> 1) % this.rows]!;
    prepareMemory(grid.xs.length * this.rows * 2);
  }

  /** Number of a grid point with a direction. */
  static state(grid: Grid, point: Point, across: boolean): number {
    return (grid.xs.indexOf(point.x) * grid.ys.length + grid.ys.indexOf(point.y)) * 2 + (across ? 1 : 0);
  }

  /** Points from the start to the goal; null when the grid joins them at no cost below the limit. */
  run(start: number): readonly Point[] | null {
    const { closed, frontier, search } = memory;
    this.visit(start, Math.floor((start >> 1) / this.rows), (start >> 1) % this.rows, 0, -1);
    for (let state = frontier.pop(); state !== undefined; state = frontier.pop()) {
      if (state === this.goal) return this.wayTo(state);
      if (closed[state] === search) continue;
      closed[state] = search;
      this.expand(state);
    }
    return null;
  }

  private visit(state: number, column: number, row: number, cost: number, parent: number): void {
    if (memory.stamp[state] === memory.search && cost >= memory.cost[state]!) return;
    const x = this.grid.xs[column]!;
    const y = this.grid.ys[row]!;
    // bends that a way from here has at least
    const bends = (state & 1) !== (this.goal & 1) ? 1 : ((state & 1) === 1 ? y === this.goalY : x === this.goalX) ? 0 : 2;
    const ahead = Math.abs(x - this.goalX) + Math.abs(y - this.goalY) + bends * BEND_COST;
    const whole = cost + ahead;
    if (whole >= this.limit) return;
    memory.stamp[state] = memory.search;
    memory.cost[state] = cost;
    memory.parent[state] = parent;
    memory.frontier.push(state, cost + ahead * HASTE);
  }

  private expand(state: number): void {
    const { rows, grid: { xs, across, down } } = this;
    const point = state >> 1;
    const column = Math.floor(point / rows);
    const row = point - column * rows;
    const base = memory.cost[state]!;
    const turned = (state & 1) === 1;
    const along = base + (turned ? 0 : BEND_COST);
    const over = base + (turned ? BEND_COST : 0);
    // nothing goes straight back to where it came from
    const from = memory.parent[state]! >> 1;
    // turning on the spot at the goal, to arrive in the direction in which the line must go on
    if (state === (this.goal ^ 1)) this.visit(this.goal, column, row, base + BEND_COST, state);
    if (column + 1 < xs.length && from !== point + rows) this.visit((point + rows) * 2 + 1, column + 1, row, along + across[point]!, state);
    if (column > 0 && from !== point - rows) this.visit((point - rows) * 2 + 1, column - 1, row, along + across[point - rows]!, state);
    if (row + 1 < rows && from !== point + 1) this.visit((point + 1) * 2, column, row + 1, over + down[point]!, state);
    if (row > 0 && from !== point - 1) this.visit((point - 1) * 2, column, row - 1, over + down[point - 1]!, state);
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
 * price of a piece is its length, its bends, crossings, and a high price for running through a component. Null when
 * none costs less than `limit`, which a route that is known already may set. Deterministic.
 */
export function searchRoute(ends: Ends, around: Surroundings, limit: number): Polyline | null {
  const a = moved(ends.from, ends.from.side, STUB);
  const b = moved(ends.to, ends.to.side, STUB);
  const grid = createGrid(a, b, around);
  const goal = Search.state(grid, b, isHorizontal(ends.to.side));
  const points = new Search(grid, goal, limit).run(Search.state(grid, a, isHorizontal(ends.from.side)));
  return points && simplify([{ x: ends.from.x, y: ends.from.y }, ...points, { x: ends.to.x, y: ends.to.y }]);
}
