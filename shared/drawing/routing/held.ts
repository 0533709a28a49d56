import { isHorizontal, moved, outerRect, simplify, STUB, type Point, type Polyline, type Port, type Rect, type RouteBox, type Side } from './geometry.ts';

/** Least distance between a component and the first held piece beside it, canvas units. */
const NEAR = 8;

/** Distance between the lines on which held pieces come to stand, canvas units. */
const GRID = 8;

/** Bends of a held route: at least one, consecutive ones differ in exactly one coordinate. Its ends are not among them. */
export type HeldBends = Polyline;

/** Bends as a file may hold them, made rectangular. */
function rectangular(points: Polyline): HeldBends {
  const out: Point[] = [];
  for (const { x, y } of points) {
    const last = out.at(-1);
    if (last && last.x !== x && last.y !== y) out.push({ x, y: last.y });
    out.push({ x, y });
  }
  return settled(out);
}

/** The first held piece as one end sees it: where it begins, and its other end; a single bend has none. */
interface FirstPiece { readonly near: Point; readonly far: Point | null }

/** How far a coordinate lies beyond a side, along its outward direction. */
function beyond(rect: Rect, side: Side, at: Point): number {
  if (side === 'right') return at.x - rect.right;
  if (side === 'left') return rect.left - at.x;
  return side === 'bottom' ? at.y - rect.bottom : rect.top - at.y;
}

/** Whether the first piece runs across the direction in which a line leaves through a side. */
function runsAcross({ near, far }: FirstPiece, side: Side): boolean {
  return far === null || (isHorizontal(side) ? near.x === far.x : near.y === far.y);
}

/** Whether a line that leaves through a side gets to the first piece without turning back. */
function reaches(rect: Rect, side: Side, piece: FirstPiece): boolean {
  return runsAcross(piece, side) ? beyond(rect, side, piece.near) >= NEAR : beyond(rect, side, piece.far ?? piece.near) >= STUB;
}

const ALL_SIDES: readonly Side[] = ['right', 'left', 'bottom', 'top'];

/** The side through which one end leaves; the usual one wherever it can. Null when the piece lies inside the component. */
function sideFor(box: RouteBox, usual: Side, piece: FirstPiece): Side | null {
  const rect = outerRect(box);
  const across = ALL_SIDES.filter((side) => runsAcross(piece, side));
  return [usual, ...across, ...ALL_SIDES].find((side) => reaches(rect, side, piece)) ?? null;
}

/** A held route ready to be joined to its ends: sides, and the bends that are left. */
export interface HeldPlan { readonly bends: HeldBends; readonly leaves: Side; readonly enters: Side }

/**
 * How a connection takes up its held bends: those that a component stands on now are let go. Null when none is left,
 * so that the route is no longer held. `usual` are the sides without held bends.
 */
export function planHeld(from: RouteBox, to: RouteBox, held: Polyline, usual: readonly [Side, Side]): HeldPlan | null {
  let bends = rectangular(held);
  let leaves: Side | null = null;
  while (leaves === null) {
    const near = bends[0];
    if (!near) return null;
    leaves = sideFor(from, usual[0], { near, far: bends[1] ?? null });
    if (leaves === null) bends = bends.slice(1);
  }
  let enters: Side | null = null;
  while (enters === null) {
    const near = bends.at(-1);
    if (!near) return null;
    enters = sideFor(to, usual[1], { near, far: bends.at(-2) ?? null });
    if (enters === null) bends = bends.slice(0, -1);
  }
  const [only] = bends;
  // the last bend that is left may have been reached along a piece that is gone
  if (bends.length === 1 && only) leaves = sideFor(from, usual[0], { near: only, far: null });
  return leaves === null ? null : { bends, leaves, enters };
}

/** The way from a port to the first held piece, which it then follows to its far end. */
function join(port: Port, piece: FirstPiece): readonly Point[] {
  const start = { x: port.x, y: port.y };
  const { near, far } = piece;
  const horizontal = isHorizontal(port.side);
  if (runsAcross(piece, port.side)) return [start, horizontal ? { x: near.x, y: port.y } : { x: port.x, y: near.y }];
  const distance = (point: Point): number => Math.abs(horizontal ? point.x - port.x : point.y - port.y);
  const ahead = beyond({ left: port.x, right: port.x, top: port.y, bottom: port.y }, port.side, near);
  const room = distance(far ?? near);
  const stub = moved(start, port.side, ahead >= NEAR && ahead <= room ? ahead : Math.min(STUB, room / 2));
  return [start, stub, horizontal ? { x: stub.x, y: near.y } : { x: near.x, y: stub.y }];
}

/** The route from port to port over held bends. Every piece is horizontal or vertical, and both ends stand on their ports. */
export function heldRoute(ends: { readonly from: Port; readonly to: Port }, bends: HeldBends): Polyline {
  const first = bends[0] ?? ends.from;
  const last = bends.at(-1) ?? ends.to;
  const head = join(ends.from, { near: first, far: bends[1] ?? null });
  const tail = join(ends.to, { near: last, far: bends.at(-2) ?? null });
  // a single bend between a horizontal and a vertical end is a point to pass; otherwise a channel to run in
  const turns = isHorizontal(ends.from.side) !== isHorizontal(ends.to.side);
  const middle = bends.length > 2 ? bends.slice(1, -1) : bends.length === 1 && turns ? [first] : [];
  return settled([...head, ...middle.map(({ x, y }) => ({ x, y })), ...[...tail].reverse()]);
}

/** Simplified until nothing is left to drop: a piece that turns straight back leaves another one of no length. */
function settled(points: Polyline): Polyline {
  const next = simplify(points);
  return next.length === points.length ? next : settled(next);
}

/** Bends without the corners of the straight stubs at both ends: those follow the components. */
function withoutStubs(route: Polyline): HeldBends {
  const length = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  let bends = route.slice(1, -1);
  if (bends.length > 2 && length(route[0]!, route[1]!) <= STUB) bends = bends.slice(1);
  if (bends.length > 2 && length(route.at(-1)!, route.at(-2)!) <= STUB) bends = bends.slice(0, -1);
  return bends;
}

/**
 * The bends to hold after the piece number `index` of a route was pulled sideways to the coordinate `at` (x of a
 * vertical piece, y of a horizontal one). A piece at an end leaves a stub there. On the grid of 8.
 */
export function pullSegment(route: Polyline, index: number, at: number): HeldBends {
  const [a, b] = [route[index], route[index + 1]];
  if (!a || !b) return withoutStubs(route);
  const horizontal = a.y === b.y;
  const to = Math.round(at / GRID) * GRID;
  const onLine = ({ x, y }: Point): Point => (horizontal ? { x, y: to } : { x: to, y });
  const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  const stub = Math.min(STUB, length / 3) / (length || 1);
  const between = (p: Point, q: Point): Point => ({ x: p.x + (q.x - p.x) * stub, y: p.y + (q.y - p.y) * stub });
  const [first, last] = [index === 0, index === route.length - 2];
  const start = first ? between(a, b) : a;
  const end = last ? between(b, a) : b;
  const pulled = [...route.slice(0, index + (first ? 1 : 0)), ...(first ? [start] : []), onLine(start), onLine(end), ...(last ? [end] : []), ...route.slice(index + (last ? 1 : 2))];
  return withoutStubs(settled(pulled));
}
