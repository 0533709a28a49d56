import { conflictsOf, measure, type Surroundings } from './cost.ts';
import { facesAcross, loopRoute, plainRoute, steps } from './shapes.ts';
import { searchRoute } from './search.ts';
import { STUB, type Point, type Polyline } from './geometry.ts';
import type { Ends } from './ports.ts';

/** Crossings that a simple route may have before a longer way around is looked for. */
const CROSSINGS_TOLERATED = 2;

/**
 * The route of one connection. Routes of at most two bends are tried first, which settles most of them; only where
 * each of those runs into a component or along another line is the grid searched.
 */
export function routeEdge(ends: Ends, around: Surroundings, loop = false): Polyline {
  if (loop) return loopRoute(ends);
  let best: { readonly points: Polyline; readonly cost: number; readonly clean: boolean } | null = null;
  if (facesAcross(ends)) {
    for (const points of steps(ends)) {
      const { cost, conflicts } = measure(withoutStubs(points), around);
      if (conflicts.obstacles + conflicts.crossings + conflicts.tooNear === 0) return points;
      const clean = conflicts.obstacles + conflicts.tooNear === 0 && conflicts.crossings <= CROSSINGS_TOLERATED;
      if (best === null || cost < best.cost) best = { points, cost, clean };
    }
  } else {
    const points = plainRoute(ends);
    const middle = withoutStubs(points);
    const clean = middle.every((point, index) => index === 0 || sum(conflictsOf(middle[index - 1]!, point, around)) === 0);
    if (clean && !doublesBack(points)) return points;
  }
  if (best?.clean) return best.points;
  const searched = searchRoute(ends, around);
  return best !== null && best.cost <= measure(withoutStubs(searched), around).cost ? best.points : searched;
}

/** The part of a route that may conflict: within the stubs it stands before its own components. */
function withoutStubs(points: Polyline): Polyline {
  const trim = (end: Point, next: Point): Point => {
    const length = Math.abs(next.x - end.x) + Math.abs(next.y - end.y);
    const share = Math.min(STUB, points.length === 2 ? length / 2 : length) / length;
    return { x: end.x + (next.x - end.x) * share, y: end.y + (next.y - end.y) * share };
  };
  const first = points[0]!;
  const last = points.at(-1)!;
  return [trim(first, points[1]!), ...points.slice(1, -1), trim(last, points.at(-2)!)];
}

function sum(conflicts: { readonly obstacles: number; readonly crossings: number; readonly tooNear: number }): number {
  return conflicts.obstacles + conflicts.crossings + conflicts.tooNear;
}

/** A route that turns straight back on itself would hide one of its own pieces. */
function doublesBack(points: Polyline): boolean {
  for (let index = 2; index < points.length; index += 1) {
    const [a, b, c] = [points[index - 2]!, points[index - 1]!, points[index]!];
    if ((b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0) return true;
  }
  return false;
}
