import { isHorizontal, moved, OPPOSITE, OUTWARD, simplify, STUB, type Point, type Polyline, type Port } from './geometry.ts';
import type { Ends } from './ports.ts';

/** How many channels to each side of the middle are tried, 8 apart. */
const CHANNELS = 6;
const CHANNEL_GAP = 8;

/** Signed distance from a port to a point along the port's outward direction. */
function ahead(port: Port, point: Point): number {
  return (point.x - port.x) * OUTWARD[port.side].x + (point.y - port.y) * OUTWARD[port.side].y;
}

/** Ports that face each other with room between them. */
export function facesAcross(ends: Ends): boolean {
  return ends.to.side === OPPOSITE[ends.from.side] && ahead(ends.from, ends.to) > 0;
}

/** Straight, or one step across at a given distance along the way. */
function step(ends: Ends, at: number): Polyline {
  const { from, to } = ends;
  return isHorizontal(from.side)
    ? simplify([from, { x: at, y: from.y }, { x: at, y: to.y }, to].map(({ x, y }) => ({ x, y })))
    : simplify([from, { x: from.x, y: at }, { x: to.x, y: at }, to].map(({ x, y }) => ({ x, y })));
}

/** Routes of at most two bends between facing ports: the middle channel first, then those beside it. */
export function* steps(ends: Ends): Generator<Polyline> {
  const across = isHorizontal(ends.from.side);
  const start = across ? ends.from.x : ends.from.y;
  const end = across ? ends.to.x : ends.to.y;
  if (across ? ends.from.y === ends.to.y : ends.from.x === ends.to.x) {
    yield step(ends, (start + end) / 2);
    return;
  }
  const middle = (start + end) / 2;
  const room = Math.abs(end - start) / 2 - STUB;
  yield step(ends, middle);
  for (let channel = 1; channel <= CHANNELS; channel += 1) {
    if (channel * CHANNEL_GAP > room) return;
    yield step(ends, middle - channel * CHANNEL_GAP);
    yield step(ends, middle + channel * CHANNEL_GAP);
  }
}

/** A route that ignores everything around it: shown while something is dragged, and where no search ends better. */
export function plainRoute(ends: Ends): Polyline {
  if (facesAcross(ends)) {
    for (const points of steps(ends)) return points;
  }
  const a = moved(ends.from, ends.from.side, STUB);
  const b = moved(ends.to, ends.to.side, STUB);
  const from = { x: ends.from.x, y: ends.from.y };
  const to = { x: ends.to.x, y: ends.to.y };
  if (isHorizontal(ends.from.side) !== isHorizontal(ends.to.side)) {
    const corner = isHorizontal(ends.from.side) ? { x: b.x, y: a.y } : { x: a.x, y: b.y };
    const other = isHorizontal(ends.from.side) ? { x: a.x, y: b.y } : { x: b.x, y: a.y };
    return simplify([from, a, ahead(ends.from, corner) >= STUB ? corner : other, b, to]);
  }
  const middle = isHorizontal(ends.from.side)
    ? [{ x: a.x, y: (a.y + b.y) / 2 }, { x: b.x, y: (a.y + b.y) / 2 }]
    : [{ x: (a.x + b.x) / 2, y: a.y }, { x: (a.x + b.x) / 2, y: b.y }];
  return simplify([from, a, ...middle, b, to]);
}

/** A component that calls itself: out to the right, over the top, back in. */
export function loopRoute(ends: Ends): Polyline {
  const { from, to } = ends;
  const right = from.x + STUB + 8;
  const top = to.y - STUB - 20;
  return [{ x: from.x, y: from.y }, { x: right, y: from.y }, { x: right, y: top }, { x: to.x, y: top }, { x: to.x, y: to.y }];
}
