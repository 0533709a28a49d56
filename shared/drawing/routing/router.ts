import { NO_ROOM_COST, TOO_NEAR_COST } from './cost.ts';
import { boundsOf, obstacleRect, outerRect, PARALLEL_GAP, STUB, tabObstacle, type Polyline, type Rect, type RouteBox, type RouteEdge } from './geometry.ts';
import { heldRoute } from './held.ts';
import { nudge } from './nudge.ts';
import { assignPorts, type Ends } from './ports.ts';
import { routeEdge } from './route.ts';
import { plainRoute, loopRoute } from './shapes.ts';
import { createSpatialIndex, segmentRect, segmentsOf, type Segment } from './spatial-index.ts';

/** How far around the straight way between its ends a route looks for obstacles and other lines, canvas units. */
const REACH = 160;

/** Lines around one route above which they are no longer weighed, only components: nobody follows a line through such a tangle. */
const TANGLED = 600;

/** Routes worth computing once more, above which that is not worth its time. */
const MOST_CONTESTED = 400;

/** Bends from which a route counts as winding: often it went around a line that has found another way since. */
const WINDING = 4;

/** What moving lines apart came to. */
export interface Settled { readonly changed: ReadonlyMap<string, Polyline>; readonly loose: readonly string[] }

/** Keeps the routes of one drawing and recomputes only what a change can have touched. */
export interface Router {
  /** Take over a new state of the drawing. Returns the connections whose routes must be computed again. */
  update(boxes: ReadonlyMap<string, RouteBox>, edges: ReadonlyMap<string, RouteEdge>): readonly string[];
  /** Compute the route of one connection among the present ones. Null when an end is missing. */
  route(edge: string): Polyline | null;
  /** Compute the route of a connection again that `settle` found no room for: it takes a long way round to where there is. */
  reroute(edge: string): Polyline | null;
  /** Those of some routed connections that run too near along another, or wind: worth computing once more, now that all stand. */
  contested(edges: readonly string[]): readonly string[];
  /** Routes without avoidance of some connections, to be shown until the real ones stand. */
  plain(edges: readonly string[]): ReadonlyMap<string, Polyline>;
  /** Routes without avoidance for the connections of boxes that are being dragged. */
  follow(dragged: ReadonlyMap<string, RouteBox>): ReadonlyMap<string, Polyline>;
  /** The route, without avoidance, that one connection would have if it were another one or its ends stood elsewhere. Null when an end is missing. */
  tryOut(edge: RouteEdge, boxes?: ReadonlyMap<string, RouteBox>): Polyline | null;
  /** Move lines apart that run too near beside each other, now that all stand, in small steps. Returns the routes that changed by that, and the connections for which there was no room. */
  settle(): Generator<void, Settled>;
  /** Present routes, as they were found until `settle` moves them apart. */
  readonly routes: ReadonlyMap<string, Polyline>;
}

interface RouterState {
  boxes: ReadonlyMap<string, RouteBox>;
  edges: ReadonlyMap<string, RouteEdge>;
  ends: Map<string, Ends>;
  readonly incident: Map<string, Set<string>>;
  /** As found, among which others find theirs. */
  readonly found: Map<string, Polyline>;
  /** As drawn. */
  readonly routes: Map<string, Polyline>;
  readonly lines: ReturnType<typeof createSpatialIndex<Segment>>;
  readonly pieces: Map<string, number>;
  readonly obstacles: ReturnType<typeof createSpatialIndex<RouteBox>>;
}

function grow(rect: Rect, by: number): Rect {
  return { left: rect.left - by, top: rect.top - by, right: rect.right + by, bottom: rect.bottom + by };
}

function hull(rects: readonly Rect[]): Rect {
  return {
    left: Math.min(...rects.map(({ left }) => left)), top: Math.min(...rects.map(({ top }) => top)),
    right: Math.max(...rects.map(({ right }) => right)), bottom: Math.max(...rects.map(({ bottom }) => bottom)),
  };
}

function sameBox(a: RouteBox | undefined, b: RouteBox | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h && a.plates === b.plates && a.tab === b.tab && a.obstacle === b.obstacle);
}

function sameEnds(a: Ends | undefined, b: Ends | undefined): boolean {
  const same = (one: Ends['from'], other: Ends['from']): boolean => one.side === other.side && one.x === other.x && one.y === other.y;
  return a !== undefined && b !== undefined && same(a.from, b.from) && same(a.to, b.to) && sameBends(a.held, b.held);
}

function sameBends(a: Polyline | undefined, b: Polyline | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((point, index) => point.x === b[index]?.x && point.y === b[index]?.y));
}

/** The route that looks at nothing around it: held where it is, else the shortest. */
function unavoided(edge: RouteEdge, ends: Ends): Polyline {
  if (edge.from === edge.to) return loopRoute(ends);
  return ends.held ? heldRoute(ends, ends.held) : plainRoute(ends);
}

function forget(state: RouterState, edge: string): void {
  state.routes.delete(edge);
  state.found.delete(edge);
  for (let index = 0; index < (state.pieces.get(edge) ?? 0); index += 1) state.lines.delete(`${edge} ${index}`);
  state.pieces.delete(edge);
}

function remember(state: RouterState, edge: string, points: Polyline): void {
  draw(state, edge, points);
  state.found.set(edge, points);
}

/** Take over where a connection is drawn: what others find their way around. */
function draw(state: RouterState, edge: string, points: Polyline): void {
  for (let index = 0; index < (state.pieces.get(edge) ?? 0); index += 1) state.lines.delete(`${edge} ${index}`);
  state.routes.set(edge, points);
  const segments = segmentsOf(edge, points);
  segments.forEach((segment, index) => state.lines.set(`${edge} ${index}`, segmentRect(segment, 0), segment));
  state.pieces.set(edge, segments.length);
}

/** Boxes that differ between two states, as the areas that they took or take. */
function changedAreas(state: RouterState, boxes: ReadonlyMap<string, RouteBox>): readonly Rect[] {
  const areas: Rect[] = [];
  for (const [id, box] of boxes) {
    const before = state.boxes.get(id);
    if (sameBox(before, box)) continue;
    if (before?.obstacle) areas.push(grow(obstacleRect(before), 2 * STUB));
    if (box.obstacle) areas.push(obstacleRect(box));
    if (box.obstacle) state.obstacles.set(id, obstacleRect(box), box);
  }
  for (const [id, before] of state.boxes) {
    if (boxes.has(id)) continue;
    if (before.obstacle) areas.push(grow(obstacleRect(before), 2 * STUB));
    state.obstacles.delete(id);
  }
  return areas;
}

function update(state: RouterState, boxes: ReadonlyMap<string, RouteBox>, edges: ReadonlyMap<string, RouteEdge>): readonly string[] {
  const areas = changedAreas(state, boxes);
  if (areas.length === 0 && edges === state.edges) {
    state.boxes = boxes;
    return [];
  }
  const ends = assignPorts(boxes, edges.values());
  const dirty = new Set<string>();
  for (const [id, end] of ends) if (!sameEnds(state.ends.get(id), end) || !state.routes.has(id)) dirty.add(id);
  for (const area of areas) for (const segment of state.lines.near(area)) if (ends.has(segment.edge)) dirty.add(segment.edge);
  for (const id of [...state.routes.keys()]) if (!ends.has(id) || dirty.has(id)) forget(state, id);
  if (edges !== state.edges) {
    state.incident.clear();
    for (const edge of edges.values()) {
      for (const box of [edge.from, edge.to]) {
        const set = state.incident.get(box) ?? new Set();
        state.incident.set(box, set.add(edge.id));
      }
    }
  }
  Object.assign(state, { boxes, edges, ends });
  // held ones stand already; then short ones: they have the least freedom, long ones find their way around them
  const length = (id: string): number => {
    const end = ends.get(id);
    if (end?.held) return -1;
    return end ? Math.abs(end.from.x - end.to.x) + Math.abs(end.from.y - end.to.y) : 0;
  };
  return [...dirty].sort((a, b) => length(a) - length(b) || (a < b ? -1 : 1));
}

/** A component's own grown box, or only its border where the other end stands so near that nothing would fit. */
function obstaclesAround(state: RouterState, edge: RouteEdge, area: Rect): readonly Rect[] {
  const from = state.boxes.get(edge.from);
  const to = state.boxes.get(edge.to);
  const a = from && outerRect(from);
  const b = to && outerRect(to);
  const apart = a && b ? Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom) : 0;
  const rects: Rect[] = [];
  for (const box of state.obstacles.near(area)) {
    rects.push((box === from || box === to) && apart < 2 * STUB ? outerRect(box) : obstacleRect(box));
    const tab = tabObstacle(box);
    if (tab) rects.push(tab);
  }
  return rects;
}

function route(state: RouterState, id: string, tooNear: number): Polyline | null {
  const edge = state.edges.get(id);
  const ends = state.ends.get(id);
  if (!edge || !ends) return null;
  if (ends.held) {
    const held = unavoided(edge, ends);
    remember(state, id, held);
    return held;
  }
  const area = grow(boundsOf([ends.from, ends.to]), REACH);
  // a way around an obstacle may leave the area: what stands and runs there must be known as well
  const nearest = obstaclesAround(state, edge, area);
  const whole = grow(hull([area, ...nearest]), 2 * PARALLEL_GAP);
  const near = state.lines.near(whole);
  const others = near.length > TANGLED ? [] : near.filter((segment) => segment.edge !== id);
  const points = routeEdge(ends, { nearest, obstacles: obstaclesAround(state, edge, whole), others, tooNear }, edge.from === edge.to);
  remember(state, id, points);
  return points;
}

function contested(state: RouterState, edges: readonly string[]): readonly string[] {
  const again = edges.filter((id) => {
    const points = state.found.get(id);
    if (!points || state.ends.get(id)?.held) return false;
    if (points.length - 2 >= WINDING) return true;
    return segmentsOf(id, points).some((one) => state.lines.near(segmentRect(one, PARALLEL_GAP - 1)).some((other) =>
      other.edge !== id && other.horizontal === one.horizontal && Math.abs(other.at - one.at) < PARALLEL_GAP && other.low < one.high && other.high > one.low));
  });
  return again.length > MOST_CONTESTED ? [] : again;
}

function plain(state: RouterState, ids: readonly string[]): ReadonlyMap<string, Polyline> {
  const out = new Map<string, Polyline>();
  for (const id of ids) {
    const edge = state.edges.get(id);
    const ends = state.ends.get(id);
    if (edge && ends) out.set(id, unavoided(edge, ends));
  }
  return out;
}

/** Ports near some boxes, where boxes and connections may differ from those of the drawing. */
function portsNear(state: RouterState, near: ReadonlySet<string>, boxes: ReadonlyMap<string, RouteBox>, changed: ReadonlyMap<string, RouteEdge>): ReadonlyMap<string, Ends> {
  const edges = new Map(changed);
  for (const id of near) {
    for (const edge of state.incident.get(id) ?? []) {
      const found = state.edges.get(edge);
      if (found && !edges.has(edge)) edges.set(edge, found);
    }
  }
  const standing = new Map<string, RouteBox>();
  for (const { from, to } of edges.values()) {
    for (const end of [from, to]) {
      const box = boxes.get(end) ?? state.boxes.get(end);
      if (box) standing.set(end, box);
    }
  }
  return assignPorts(standing, edges.values());
}

function tryOut(state: RouterState, edge: RouteEdge, boxes: ReadonlyMap<string, RouteBox>): Polyline | null {
  const ends = portsNear(state, new Set([edge.from, edge.to]), boxes, new Map([[edge.id, edge]])).get(edge.id);
  return ends ? unavoided(edge, ends) : null;
}

/** Held bends go along when both ends are dragged by the same way. */
function carried(state: RouterState, edge: RouteEdge, dragged: ReadonlyMap<string, RouteBox>): RouteEdge {
  const [from, to, a, b] = [dragged.get(edge.from), dragged.get(edge.to), state.boxes.get(edge.from), state.boxes.get(edge.to)];
  if (!edge.held || !from || !to || !a || !b) return edge;
  const [dx, dy] = [from.x - a.x, from.y - a.y];
  if (dx !== to.x - b.x || dy !== to.y - b.y) return edge;
  return { ...edge, held: edge.held.map(({ x, y }) => ({ x: x + dx, y: y + dy })) };
}

function follow(state: RouterState, dragged: ReadonlyMap<string, RouteBox>): ReadonlyMap<string, Polyline> {
  const touched = new Set<string>();
  const near = new Set<string>(dragged.keys());
  for (const id of dragged.keys()) {
    for (const edge of state.incident.get(id) ?? []) {
      touched.add(edge);
      const found = state.edges.get(edge);
      if (found) near.add(found.from).add(found.to);
    }
  }
  const edges = new Map([...touched].flatMap((id) => {
    const edge = state.edges.get(id);
    return edge ? [[id, carried(state, edge, dragged)] as const] : [];
  }));
  const out = new Map<string, Polyline>();
  for (const [id, ends] of portsNear(state, near, dragged, edges)) {
    const edge = edges.get(id);
    if (edge) out.set(id, unavoided(edge, ends));
  }
  return out;
}

function* settle(state: RouterState): Generator<void, Settled> {
  const routes = [...state.edges.values()].flatMap((edge) => {
    const [ends, points] = [state.ends.get(edge.id), state.found.get(edge.id)];
    return ends && points ? [{ edge, ends, points }] : [];
  });
  const changed = new Map<string, Polyline>();
  const nudged = yield* nudge(routes, state);
  for (const { edge, points } of nudged.routes) {
    if (sameBends(state.routes.get(edge.id), points)) continue;
    changed.set(edge.id, points);
    draw(state, edge.id, points);
  }
  return { changed, loose: [...nudged.loose] };
}

/** A router for one drawing. */
export function createRouter(): Router {
  const state: RouterState = {
    boxes: new Map(), edges: new Map(), ends: new Map(), incident: new Map(), found: new Map(), routes: new Map(),
    lines: createSpatialIndex<Segment>(), pieces: new Map(), obstacles: createSpatialIndex<RouteBox>(),
  };
  return {
    update: (boxes, edges) => update(state, boxes, edges),
    route: (edge) => route(state, edge, TOO_NEAR_COST),
    reroute: (edge) => route(state, edge, NO_ROOM_COST),
    contested: (edges) => contested(state, edges),
    settle: () => settle(state),
    plain: (edges) => plain(state, edges),
    follow: (dragged) => follow(state, dragged),
    tryOut: (edge, boxes) => tryOut(state, edge, boxes ?? new Map()),
    routes: state.routes,
  };
}
