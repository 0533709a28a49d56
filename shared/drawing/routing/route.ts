import { measure, type Surroundings } from './cost.ts';
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
  const simple = simpleRoute(ends, around);
  if (simple.clean) return simple.points;
  return searchRoute(ends, around, simple.cost) ?? simple.points;
}

/** A route, what it costs, and whether it is good enough to look no further. */
interface Candidate { readonly points: Polyline; readonly cost: number; readonly clean: boolean }

/** The best of the routes with few bends. One that turns back on itself costs more than any search. */
function simpleRoute(ends: Ends, around: Surroundings): Candidate {
  if (!facesAcross(ends)) {
    const points = plainRoute(ends);
    const { cost, conflicts } = measure(withoutStubs(points), around);
    const back = doublesBack(points);
    return { points, cost: back ? Infinity : cost, clean: !back && conflicts.obstacles + conflicts.crossings + conflicts.tooNear === 0 };
  }
  let best: Candidate | null = null;
  for (const points of steps(ends)) {
    const { cost, conflicts } = measure(withoutStubs(points), around);
    if (conflicts.obstacles + conflicts.crossings + conflicts.tooNear === 0) return { points, cost, clean: true };
    const clean = conflicts.obstacles + conflicts.tooNear === 0 && conflicts.crossings <= CROSSINGS_TOLERATED;
    if (best === null || cost < best.cost) best = { points, cost, clean };
  }
  return best ?? { points: plainRoute(ends), cost: Infinity, clean: false };
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

/** A route that turns straight back on itself would hide one of its own pieces. */
function doublesBack(points: Polyline): boolean {
  for (let index = 2; index < points.length; index += 1) {
    const [a, b, c] = [points[index - 2]!, points[index - 1]!, points[index]!];
    if ((b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0) return true;
  }
  return false;
}
