import type { Polyline, RouteBox, RouteEdge } from './geometry.ts';
import { createRouter } from './router.ts';

/** Every route of a drawing at once, by connection id: each in turn, then once more those that later ones came too near to. */
export function routeAll(boxes: ReadonlyMap<string, RouteBox>, edges: ReadonlyMap<string, RouteEdge>): ReadonlyMap<string, Polyline> {
  const router = createRouter();
  const routed = router.update(boxes, edges);
  for (const id of routed) router.route(id);
  for (const id of router.contested(routed)) router.route(id);
  return router.routes;
}
