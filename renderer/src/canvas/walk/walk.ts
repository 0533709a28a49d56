/** A direction on the paper. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** A thing that can be walked to: its key and the middle of its box, canvas units. */
export interface Stop { readonly key: string; readonly x: number; readonly y: number }

/** How far `to` lies in a direction (`along`) and beside it (`aside`). */
function lie(from: Stop, to: Stop, direction: Direction): { readonly along: number; readonly aside: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (direction === 'right') return { along: dx, aside: Math.abs(dy) };
  if (direction === 'left') return { along: -dx, aside: Math.abs(dy) };
  return { along: direction === 'down' ? dy : -dy, aside: Math.abs(dx) };
}

/** Things in one and the same place are walked through by their keys: the later one is right of and below the earlier. */
function inCone(from: Stop, to: Stop, direction: Direction): boolean {
  const { along, aside } = lie(from, to, direction);
  if (along === 0 && aside === 0) return direction === 'right' || direction === 'down' ? to.key > from.key : to.key < from.key;
  return along > 0 && aside <= along;
}

/** Which of two things in the cone comes first: the nearer one, then the straighter one, then by key. */
function before(from: Stop, a: Stop, b: Stop, direction: Direction): boolean {
  const far = (to: Stop): number => (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
  const [near, other] = [far(a), far(b)];
  if (near !== other) return near < other;
  const [straight, bent] = [lie(from, a, direction).aside, lie(from, b, direction).aside];
  if (straight !== bent) return straight < bent;
  if (near !== 0) return a.key < b.key;
  // one and the same place: the next key in this direction
  return direction === 'right' || direction === 'down' ? a.key < b.key : a.key > b.key;
}

function nearest(from: Stop, stops: Iterable<Stop>, direction: Direction): Stop | null {
  let best: Stop | null = null;
  for (const stop of stops) {
    if (stop.key === from.key || !inCone(from, stop, direction)) continue;
    if (best === null || before(from, stop, best, direction)) best = stop;
  }
  return best;
}

/**
 * Where an arrow leads: to the nearest connected thing within the cone of 90 degrees, else to the nearest of all in it.
 * Null when nothing lies there. Every step goes strictly in its direction, so that the same arrow comes to an end.
 */
export function neighbour(from: Stop, stops: readonly Stop[], direction: Direction, connected: ReadonlySet<string>): string | null {
  const first = nearest(from, stops.filter((stop) => connected.has(stop.key)), direction);
  return (first ?? nearest(from, stops, direction))?.key ?? null;
}

/** The thing at the top left: the least of x and y together, the higher one of two. Null in an empty drawing. */
export function topLeft(stops: readonly Stop[]): string | null {
  let best: Stop | null = null;
  for (const stop of stops) {
    const sum = stop.x + stop.y;
    const least = best === null ? Infinity : best.x + best.y;
    if (best === null || sum < least || (sum === least && (stop.y < best.y || (stop.y === best.y && stop.key < best.key)))) best = stop;
  }
  return best?.key ?? null;
}
