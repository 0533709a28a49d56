import { isHorizontal, obstacleRect, PARALLEL_GAP, simplify, STUB, tabObstacle, type Polyline, type Rect, type RouteBox, type RouteEdge } from './geometry.ts';
import { portSpan, type Ends } from './ports.ts';
import type { SpatialIndex } from './spatial-index.ts';

/** Pieces above which a drawing is left as it is, about 3,000 connections: it would take many seconds, and nobody follows a line through such a tangle. */
const MOST_PIECES = 12_000;

/** Routes that are looked at, and pieces that are held against each other, before the caller may pause. */
const ROUTES_AT_ONCE = 64;
const PIECES_AT_ONCE = 256;

/** How far apart two pieces may be and still be put in order, canvas units. */
const WINDOW = 96;

/** Pieces that share less than this of their way do not run beside each other, canvas units. */
const SHARED = 0.5;

/** A route that may be moved sideways, with what its ends stand on. */
export interface NudgeRoute { readonly edge: RouteEdge; readonly ends: Ends; readonly points: Polyline }

/** What routes stand among. */
export interface NudgeScene { readonly boxes: ReadonlyMap<string, RouteBox>; readonly obstacles: SpatialIndex<RouteBox> }

/** A straight piece of a route, as a number to be found: where it stands across its direction. */
interface Piece {
  readonly edge: string;
  readonly index: number;
  readonly low: number;
  readonly high: number;
  /** Where it stands now, and between what it may stand. */
  readonly at: number;
  least: number;
  most: number;
  /** Which way the route goes on at its low and at its high end: -1 up or left, 1 down or right, 0 into a component. */
  readonly turns: readonly [number, number];
  /** Ports that it begins or ends at: "right gateway 24". Pieces that share one are a bundle. */
  readonly ports: readonly string[];
  to: number;
}

const axisOf = (horizontal: boolean) => horizontal
  ? { along: (point: { x: number; y: number }) => point.x, across: (point: { x: number; y: number }) => point.y }
  : { along: (point: { x: number; y: number }) => point.y, across: (point: { x: number; y: number }) => point.x };

/** What a moving piece must not meet: grown boxes, and more room before its own components, so that a stub stays. */
function wallsAround(scene: NudgeScene, edge: RouteEdge, area: Rect): readonly Rect[] {
  const walls: Rect[] = [];
  for (const box of scene.obstacles.near(area)) {
    const rect = obstacleRect(box);
    const more = box.id === edge.from || box.id === edge.to ? STUB - 12 : 0;
    walls.push({ left: rect.left - more, top: rect.top - more, right: rect.right + more, bottom: rect.bottom + more });
    const tab = tabObstacle(box);
    if (tab) walls.push(tab);
  }
  return walls;
}

/** Narrow the room of a piece to the walls on both sides of it. A wall that it stands in already leaves it where it is. */
function between(piece: Piece, horizontal: boolean, walls: readonly Rect[]): void {
  for (const wall of walls) {
    const [near, far, start, end] = horizontal ? [wall.top, wall.bottom, wall.left, wall.right] : [wall.left, wall.right, wall.top, wall.bottom];
    if (piece.low >= end || piece.high <= start) continue;
    if (far <= piece.at) piece.least = Math.max(piece.least, far);
    else if (near >= piece.at) piece.most = Math.min(piece.most, near);
    else [piece.least, piece.most] = [piece.at, piece.at];
  }
}

/** Keep the neighbours of a piece from turning round: their far ends stay on the same side of it. */
function beforeNeighbours(piece: Piece, far: readonly (number | undefined)[]): void {
  for (const end of far) {
    if (end === undefined || end === piece.at) continue;
    const room = Math.min(PARALLEL_GAP, Math.abs(end - piece.at));
    if (end < piece.at) piece.least = Math.max(piece.least, end + room);
    else piece.most = Math.min(piece.most, end - room);
  }
}

function fixed(piece: Piece): void {
  [piece.least, piece.most] = [piece.at, piece.at];
}

/** The pieces of one route that run in one direction, each with its room. */
function piecesOf({ edge, ends, points }: NudgeRoute, horizontal: boolean, scene: NudgeScene): readonly Piece[] {
  const { along, across } = axisOf(horizontal);
  const out: Piece[] = [];
  for (let index = 0; index + 1 < points.length; index += 1) {
    const [a, b] = [points[index]!, points[index + 1]!];
    if ((a.y === b.y) !== horizontal) continue;
    const [first, last] = [index === 0, index === points.length - 2];
    const at = across(a);
    const [before, after] = [points[index - 1], points[index + 2]];
    const forward = along(a) < along(b);
    const turn = (point: typeof before): number => (point ? Math.sign(across(point) - at) : 0);
    const ports = [...(first ? [`${ends.from.side} ${edge.from} ${at}`] : []), ...(last ? [`${ends.to.side} ${edge.to} ${at}`] : [])];
    const piece: Piece = {
      edge: edge.id, index, at, to: at, least: -Infinity, most: Infinity, ports,
      low: Math.min(along(a), along(b)), high: Math.max(along(a), along(b)),
      turns: forward ? [turn(before), turn(after)] : [turn(after), turn(before)],
    };
    out.push(piece);
    if (ends.held || edge.from === edge.to) {
      fixed(piece);
      continue;
    }
    beforeNeighbours(piece, [before && across(before), after && across(after)]);
    const reach = WINDOW;
    const area = horizontal ? { left: piece.low, right: piece.high, top: at - reach, bottom: at + reach } : { left: at - reach, right: at + reach, top: piece.low, bottom: piece.high };
    const own = new Set([...(first ? [edge.from] : []), ...(last ? [edge.to] : [])]);
    between(piece, horizontal, wallsAround({ ...scene, obstacles: without(scene.obstacles, own) }, edge, area));
    for (const [end, port] of [[first, ends.from], [last, ends.to]] as const) {
      if (!end) continue;
      const box = scene.boxes.get(port === ends.from ? edge.from : edge.to);
      if (!box || isHorizontal(port.side) !== horizontal) fixed(piece);
      else {
        const [least, most] = portSpan(box, port.side);
        [piece.least, piece.most] = [Math.max(piece.least, Math.min(least, at)), Math.min(piece.most, Math.max(most, at))];
      }
    }
    piece.least = Math.max(piece.least, at - reach);
    piece.most = Math.min(piece.most, at + reach);
  }
  return out;
}

/** An index that leaves some boxes out. */
function without(index: SpatialIndex<RouteBox>, ids: ReadonlySet<string>): SpatialIndex<RouteBox> {
  return ids.size === 0 ? index : { ...index, near: (rect) => index.near(rect).filter((box) => !ids.has(box.id)) };
}

/** Whether two pieces run beside each other, and are no bundle that leaves or enters one port together. */
function besideEach(a: Piece, b: Piece): boolean {
  return Math.min(a.high, b.high) - Math.max(a.low, b.low) > SHARED && !a.ports.some((port) => b.ports.includes(port));
}

/** Below zero when one piece belongs before another on nearly the same line: where an end turns away, it must not cross the other. */
function order(a: Piece, b: Piece): number {
  if (Math.abs(a.at - b.at) >= PARALLEL_GAP / 2 || !besideEach(a, b)) return a.at - b.at;
  const low = a.low === b.low ? a.turns[0] - b.turns[0] : a.low > b.low ? a.turns[0] : -b.turns[0];
  const high = a.high === b.high ? a.turns[1] - b.turns[1] : a.high < b.high ? a.turns[1] : -b.turns[1];
  return low + high || a.at - b.at || (a.edge < b.edge ? -1 : a.edge > b.edge ? 1 : a.index - b.index);
}

/** Sorted across their direction; pieces on nearly one line by how they turn away from each other. */
function inOrder(pieces: readonly Piece[]): readonly Piece[] {
  const sorted = [...pieces].sort((a, b) => a.at - b.at || a.low - b.low || (a.edge < b.edge ? -1 : a.edge > b.edge ? 1 : a.index - b.index));
  for (let index = 1; index < sorted.length; index += 1) {
    const piece = sorted[index]!;
    let to = index;
    while (to > 0 && Math.abs(sorted[to - 1]!.at - piece.at) < PARALLEL_GAP / 2 && order(piece, sorted[to - 1]!) < 0) {
      sorted[to] = sorted[to - 1]!;
      to -= 1;
    }
    sorted[to] = piece;
  }
  return sorted;
}

/** Two pieces by their numbers in order, and the least distance between them. */
interface Apart { readonly before: number; readonly after: number; readonly gap: number }

function* distances(sorted: readonly Piece[]): Generator<void, readonly Apart[]> {
  const out: Apart[] = [];
  for (let after = 1; after < sorted.length; after += 1) {
    if (after % PIECES_AT_ONCE === 0) yield;
    for (let before = after - 1; before >= 0; before -= 1) {
      const [a, b] = [sorted[before]!, sorted[after]!];
      if (b.at - a.at > WINDOW) break;
      if (a.edge === b.edge) out.push({ before, after, gap: Math.min(PARALLEL_GAP, b.at - a.at) });
      else if (besideEach(a, b)) out.push({ before, after, gap: PARALLEL_GAP });
    }
  }
  return out;
}

/** Pieces in order with the distances between them, and the least and most place of each that walls and distances allow. */
interface Ranges { readonly sorted: readonly Piece[]; readonly before: readonly (readonly Apart[])[]; readonly after: readonly (readonly Apart[])[]; readonly least: Float64Array; readonly most: Float64Array }

/** Find what each piece may take. Those marked in `loose` have no say. */
function narrow({ sorted, before, after, least, most }: Ranges, loose: Uint8Array): void {
  for (let index = 0; index < sorted.length; index += 1) {
    least[index] = sorted[index]!.least;
    if (loose[index] === 0) for (const pair of before[index]!) if (loose[pair.before] === 0) least[index] = Math.max(least[index]!, least[pair.before]! + pair.gap);
  }
  for (let index = sorted.length - 1; index >= 0; index -= 1) {
    most[index] = sorted[index]!.most;
    if (loose[index] === 0) for (const pair of after[index]!) if (loose[pair.after] === 0) most[index] = Math.min(most[index]!, most[pair.after]! - pair.gap);
  }
}

/** Pieces that have no room: marked, and in the order in which they were taken out. */
interface Loose { readonly loose: Uint8Array; readonly taken: readonly number[] }

/** How often those without room are taken out before the rest is left as it is. */
const ROUNDS = 16;

/** Take out the pieces that have the least room, one of each throng at a time, until the others have enough. */
function* looseOf(ranges: Ranges): Generator<void, Loose> {
  const { sorted, before, after, least, most } = ranges;
  const loose = new Uint8Array(sorted.length);
  const taken: number[] = [];
  const take = (index: number): void => {
    loose[index] = 1;
    taken.push(index);
  };
  const short = (index: number): number => least[index]! - most[index]!;
  narrow(ranges, loose);
  for (let round = 0; round < ROUNDS; round += 1) {
    yield;
    const without = sorted.map((_piece, index) => index).filter((index) => loose[index] === 0 && short(index) > 1e-6);
    if (without.length === 0) break;
    const throng = new Set<number>();
    const length = (index: number): number => sorted[index]!.high - sorted[index]!.low;
    without.sort((a, b) => short(b) - short(a) || length(a) - length(b) || a - b);
    for (const index of without) {
      const near = [...before[index]!.map((pair) => pair.before), ...after[index]!.map((pair) => pair.after)];
      if (throng.has(index)) continue;
      take(index);
      for (const other of near) throng.add(other);
    }
    narrow(ranges, loose);
  }
  for (let index = 0; index < sorted.length; index += 1) if (loose[index] === 0 && short(index) > 1e-6) take(index);
  narrow(ranges, loose);
  return { loose, taken };
}

/**
 * Move pieces apart that run nearer than 8 to each other, as little as that takes: each gets a least and a most place
 * from the walls and from the pieces before and behind it, and stands as near to its old place as those allow.
 * What has no room stays where it is. Returns the connections of those.
 */
function* separate(pieces: readonly Piece[]): Generator<void, ReadonlySet<string>> {
  const sorted = inOrder(pieces);
  const before: Apart[][] = sorted.map(() => []);
  const after: Apart[][] = sorted.map(() => []);
  for (const pair of yield* distances(sorted)) {
    before[pair.after]!.push(pair);
    after[pair.before]!.push(pair);
  }
  const ranges = { sorted, before, after, least: new Float64Array(sorted.length), most: new Float64Array(sorted.length) };
  const { loose, taken } = yield* looseOf(ranges);
  sorted.forEach((piece, index) => {
    if (loose[index] === 1) return;
    let to = piece.at;
    for (const pair of before[index]!) if (loose[pair.before] === 0) to = Math.max(to, sorted[pair.before]!.to + pair.gap);
    piece.to = Math.max(Math.min(to, ranges.most[index]!), ranges.least[index]!);
  });
  return new Set(taken.map((index) => sorted[index]!.edge));
}

function movedPieces(route: NudgeRoute, pieces: readonly Piece[], horizontal: boolean): NudgeRoute {
  const points = route.points.map(({ x, y }) => ({ x, y }));
  for (const { index, to } of pieces) {
    for (const end of [points[index]!, points[index + 1]!]) {
      if (horizontal) end.y = to;
      else end.x = to;
    }
  }
  return { ...route, points };
}

/** Routes that were moved apart, and the connections of which a piece found no room. */
export interface Nudged { readonly routes: readonly NudgeRoute[]; readonly loose: ReadonlySet<string> }

/** The pieces of all routes that run in one direction, route by route. */
function* piecesOfAll(routes: readonly NudgeRoute[], horizontal: boolean, scene: NudgeScene): Generator<void, readonly (readonly Piece[])[]> {
  const out: (readonly Piece[])[] = [];
  for (const route of routes) {
    if (out.length % ROUTES_AT_ONCE === ROUTES_AT_ONCE - 1) yield;
    out.push(piecesOf(route, horizontal, scene));
  }
  return out;
}

/**
 * Routes whose pieces run at least 8 apart where the components leave room for that. Those that need not move are returned as
 * they are. In small steps, after any of which the caller may pause; nothing is changed before the last.
 */
export function* nudge(routes: readonly NudgeRoute[], scene: NudgeScene): Generator<void, Nudged> {
  if (routes.reduce((sum, { points }) => sum + points.length - 1, 0) > MOST_PIECES) return { routes, loose: new Set() };
  let now = routes;
  let loose: ReadonlySet<string> = new Set();
  for (const horizontal of [false, true, false, true]) {
    const byRoute = yield* piecesOfAll(now, horizontal, scene);
    loose = new Set([...(horizontal ? loose : []), ...(yield* separate(byRoute.flat()))]);
    now = now.map((route, index) => {
      const pieces = byRoute[index]!;
      return pieces.every(({ at, to }) => at === to) ? route : movedPieces(route, pieces, horizontal);
    });
  }
  return { routes: now.map((route, index) => (route === routes[index] ? route : { ...route, points: simplify(route.points) })), loose };
}
