import type { KeyedStore } from '../keyed-store.ts';
import type { Polyline, RouteBox, RouteEdge } from '../../../../shared/drawing/routing/geometry.ts';
import { routeSteps, type Routed } from '../../../../shared/drawing/routing/route-all.ts';
import { createRouter } from '../../../../shared/drawing/routing/router.ts';

/** Milliseconds of routing at once: in the edit itself, and then in each frame until all routes stand. */
const FIRST_BUDGET_MS = 12;
const FRAME_BUDGET_MS = 6;

/** Gives the page its frames and the time; replaced in tests. */
export interface Frames { now(): number; request(run: () => void): number; cancel(id: number): void }

const browserFrames: Frames = { now: () => performance.now(), request: (run) => requestAnimationFrame(run), cancel: (id) => cancelAnimationFrame(id) };

/** Computes routes in slices, so that a large drawing never holds a frame. */
export interface RouteQueue {
  update(boxes: ReadonlyMap<string, RouteBox>, edges: ReadonlyMap<string, RouteEdge>): void;
  /** Show routes without avoidance for what is being dragged. */
  follow(dragged: ReadonlyMap<string, RouteBox>): void;
  /** Show another route of one connection until `release`. */
  show(edge: string, points: Polyline): void;
  /** The route, without avoidance, that one connection would have if it were another one. */
  tryOut(edge: RouteEdge): Polyline | null;
  /** Return to the routes that stood before the drag, except those computed since. */
  release(): void;
  stop(): void;
}

/** A queue that publishes into `store` and calls `onSettled` when every route stands. */
export function createRouteQueue(store: KeyedStore<Polyline>, onSettled: () => void, frames: Frames = browserFrames): RouteQueue {
  const router = createRouter();
  const followed = new Set<string>();
  /** Connections whose first route does not stand yet, and what is left to do for all. */
  const open = new Set<string>();
  let steps: Generator<Routed> | null = null;
  let frame: number | null = null;

  const publish = (edge: string, points: Polyline | null): void => {
    if (points) store.set(edge, points);
    else store.delete(edge);
  };
  const work = (budget: number): void => {
    const until = frames.now() + budget;
    while (steps) {
      const step = steps.next();
      if (step.done) steps = null;
      else for (const [edge, points] of step.value) publish(edge, points);
      if (frames.now() > until) break;
    }
    frame = steps ? frames.request(() => work(FRAME_BUDGET_MS)) : null;
    if (frame === null) onSettled();
  };
  const show = (edge: string, points: Polyline): void => {
    followed.add(edge);
    store.set(edge, points);
  };
  return {
    show,
    tryOut: (edge) => router.tryOut(edge),
    update: (boxes, edges) => {
      const dirty = router.update(boxes, edges);
      for (const id of [...store.values.keys()]) if (!edges.has(id)) store.delete(id);
      if (dirty.length === 0) return;
      for (const id of [...open]) if (!edges.has(id)) open.delete(id);
      for (const id of dirty) open.add(id);
      steps = routeSteps(router, open);
      for (const [id, points] of router.plain(dirty)) if (!store.get(id)) store.set(id, points);
      if (frame !== null) frames.cancel(frame);
      work(FIRST_BUDGET_MS);
    },
    follow: (dragged) => {
      for (const [id, points] of router.follow(dragged)) show(id, points);
    },
    release: () => {
      for (const id of followed) publish(id, router.routes.get(id) ?? store.get(id) ?? null);
      followed.clear();
    },
    stop: () => {
      if (frame !== null) frames.cancel(frame);
      frame = null;
    },
  };
}
