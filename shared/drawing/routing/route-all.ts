import type { Polyline, RouteBox, RouteEdge } from './geometry.ts';
import { createRouter, type Router, type Settled } from './router.ts';

/** How often lines are moved apart, and those that found no room sent another way. */
const ROUNDS = 5;

/** Lines without room above which they stay: nobody follows one line through such a tangle, and it would take long. */
const MOST_LOOSE = 48;

/** Connections whose route was computed: null where an end is missing. */
export type Routed = ReadonlyMap<string, Polyline | null>;

const NOTHING: Routed = new Map();

/** Moving lines apart, with a pause after each of its steps. */
function* settled(router: Router): Generator<Routed, Settled> {
  const steps = router.settle();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    yield NOTHING;
  }
}

/**
 * Everything that routing some connections takes, in small steps: each in turn, once more those that later ones came too
 * near to, then all moved apart, and those that found no room sent another way. Yields what each step has changed, so
 * that a caller may pause after any. `open` loses each connection whose first route stands.
 */
export function* routeSteps(router: Router, open: Set<string>): Generator<Routed> {
  const ids = [...open];
  const touched = new Set(ids);
  for (const id of ids) {
    open.delete(id);
    yield new Map([[id, router.route(id)]]);
  }
  for (const id of router.contested(ids)) yield new Map([[id, router.route(id)]]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { changed, loose } = yield* settled(router);
    yield changed;
    const again = loose.filter((id) => touched.has(id));
    if (again.length === 0 || loose.length > MOST_LOOSE) return;
    for (const id of again) yield new Map([[id, router.reroute(id)]]);
  }
  yield (yield* settled(router)).changed;
}

/** Every route of a drawing at once, by connection id. */
export function routeAll(boxes: ReadonlyMap<string, RouteBox>, edges: ReadonlyMap<string, RouteEdge>): ReadonlyMap<string, Polyline> {
  const router = createRouter();
  const steps = routeSteps(router, new Set(router.update(boxes, edges)));
  while (!steps.next().done);
  return router.routes;
}
