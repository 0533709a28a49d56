import { PARALLEL_GAP, segmentHitsRect, type Point, type Polyline, type Rect } from './geometry.ts';
import type { Segment } from './spatial-index.ts';

/** Price of a bend, of a crossing, and of what should not happen, in canvas units of length (ui 3.4). */
export const BEND_COST = 40;
export const CROSSING_COST = 25;
export const OBSTACLE_COST = 1e6;
export const TOO_NEAR_COST = 160;

/** What running too near beside another line costs once all lines stand, and there is no room to move them apart: a long way round is better. */
export const NO_ROOM_COST = 1600;

/** What is around a route while it is searched. */
export interface Surroundings {
  /** Those of the obstacles beside which the route may run. */
  readonly nearest: readonly Rect[];
  /** Grown boxes of components that the route must go around. */
  readonly obstacles: readonly Rect[];
  /** Pieces of the routes that exist already. */
  readonly others: readonly Segment[];
  /** Price of running too near beside one of them. */
  readonly tooNear: number;
}

/** What one straight piece costs beyond its length. */
export interface Conflicts { readonly obstacles: number; readonly crossings: number; readonly tooNear: number }

/** Count what a straight piece from `a` to `b` runs into. */
function conflictsOf(a: Point, b: Point, around: Surroundings): Conflicts {
  let [obstacles, crossings, tooNear] = [0, 0, 0];
  if (a.x === b.x && a.y === b.y) return { obstacles, crossings, tooNear };
  for (const rect of around.obstacles) if (segmentHitsRect(a, b, rect)) obstacles += 1;
  const horizontal = a.y === b.y;
  const at = horizontal ? a.y : a.x;
  const low = horizontal ? Math.min(a.x, b.x) : Math.min(a.y, b.y);
  const high = horizontal ? Math.max(a.x, b.x) : Math.max(a.y, b.y);
  for (const other of around.others) {
    if (other.horizontal === horizontal) {
      if (Math.abs(other.at - at) < PARALLEL_GAP && other.low < high && other.high > low) tooNear += 1;
    } else if (other.at > low && other.at < high && other.low < at && other.high > at) crossings += 1;
  }
  return { obstacles, crossings, tooNear };
}

/** Cost of conflicts, canvas units; `tooNear` is the price of running too near beside a line. */
function priceOf(conflicts: Conflicts, tooNear: number): number {
  return conflicts.obstacles * OBSTACLE_COST + conflicts.crossings * CROSSING_COST + conflicts.tooNear * tooNear;
}

/** Cost and conflicts of a whole route. */
export function measure(points: Polyline, around: Surroundings): { readonly cost: number; readonly conflicts: Conflicts } {
  let [cost, obstacles, crossings, tooNear] = [0, 0, 0, 0];
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const found = conflictsOf(a, b, around);
    cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + priceOf(found, around.tooNear) + (index > 1 ? BEND_COST : 0);
    obstacles += found.obstacles;
    crossings += found.crossings;
    tooNear += found.tooNear;
  }
  return { cost, conflicts: { obstacles, crossings, tooNear } };
}
