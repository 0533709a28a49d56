import { apart, GAP, hullOf, shifted, snap, snapDown, snapUp, type Rect } from './geometry.ts';

/** A thing of a block, where the layout put it. */
export interface Piece { readonly key: string; readonly rect: Rect }

/** What a block must respect. `allowed` is asked with the smallest box around what was placed: a larger one is never allowed when a smaller is not. */
export interface Surroundings {
  readonly obstacles: readonly Rect[];
  readonly allowed: (hull: Rect) => boolean;
}

type Offset = { readonly x: number; readonly y: number };

/** How far a whole block goes aside before its pieces are moved one by one: steps of one gap, so many in each direction. */
const STEP = 48;
const STEPS = 8;

const OFFSETS: readonly Offset[] = (() => {
  const all: Offset[] = [];
  for (let x = -STEPS; x <= STEPS; x += 1) for (let y = -STEPS; y <= STEPS; y += 1) all.push({ x: x * STEP, y: y * STEP });
  return all.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y) || b.y - a.y || b.x - a.x);
})();

function free(rect: Rect, obstacles: readonly Rect[]): boolean {
  return obstacles.every((obstacle) => apart(rect, obstacle));
}

function union(a: Rect | null, b: Rect): Rect {
  return a === null ? b : (hullOf([a, b]) ?? b);
}

/** The whole block a little aside, so that nothing of it meets anything; null when that is not enough. */
function together(pieces: readonly Piece[], hull: Rect, base: Offset, { obstacles, allowed }: Surroundings): Offset | null {
  for (const step of OFFSETS) {
    const offset = { x: base.x + step.x, y: base.y + step.y };
    if (!allowed(shifted(hull, offset))) continue;
    if (pieces.every(({ rect }) => free(shifted(rect, offset), obstacles))) return offset;
  }
  return null;
}

function lines(wanted: number, size: number, gap: number, spans: readonly (readonly [number, number])[]): number[] {
  return [...new Set([wanted, ...spans.flatMap(([start, end]) => [snapUp(end + gap), snapDown(start - gap - size)])])]
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || b - a);
}

/** The free place nearest to the wanted one: above or below it if there is any, else anywhere. */
function nearest(wanted: Rect, obstacles: readonly Rect[], allowed: (rect: Rect) => boolean): Rect | null {
  const ys = lines(wanted.y, wanted.h, GAP.y, obstacles.map(({ y, h }) => [y, y + h]));
  const at = (x: number): Rect | null => {
    for (const y of ys) {
      const rect = { ...wanted, x, y };
      if (allowed(rect) && free(rect, obstacles)) return rect;
    }
    return null;
  };
  const straight = at(wanted.x);
  if (straight) return straight;
  let best: { rect: Rect; way: number } | null = null;
  for (const x of lines(wanted.x, wanted.w, GAP.x, obstacles.map(({ x: left, w }) => [left, left + w]))) {
    const across = Math.abs(x - wanted.x);
    if (best !== null && across >= best.way) break;
    const rect = at(x);
    const way = rect === null ? Infinity : across + Math.abs(rect.y - wanted.y);
    if (rect !== null && (best === null || way < best.way)) best = { rect, way };
  }
  return best?.rect ?? null;
}

/** Pieces that meet nothing stay, the others go to the nearest free place; null when one finds none. */
function oneByOne(pieces: readonly Piece[], base: Offset, { obstacles, allowed }: Surroundings): Map<string, Rect> | null {
  const placed = new Map<string, Rect>();
  let hull: Rect | null = null;
  const put = (key: string, rect: Rect): void => {
    placed.set(key, rect);
    hull = union(hull, rect);
  };
  const late: Piece[] = [];
  for (const { key, rect } of pieces) {
    const wanted = shifted(rect, base);
    if (free(wanted, obstacles) && allowed(union(hull, wanted))) put(key, wanted);
    else late.push({ key, rect: wanted });
  }
  for (const { key, rect } of late) {
    const found = nearest(rect, [...obstacles, ...placed.values()], (candidate) => allowed(union(hull, candidate)));
    if (found === null) return null;
    put(key, found);
  }
  return placed;
}

/**
 * Set a block near a centre (its top left corner at the origin without one): where it meets nothing, else a little
 * aside, else with the pieces that meet something pushed off. Places are on the grid. Null when there is no room.
 */
export function settle(pieces: readonly Piece[], centre: { readonly x: number; readonly y: number } | null, surroundings: Surroundings): ReadonlyMap<string, Rect> | null {
  const hull = hullOf(pieces.map(({ rect }) => rect));
  if (hull === null) return new Map();
  const base = centre === null ? { x: -hull.x, y: -hull.y } : { x: snap(centre.x - hull.x - hull.w / 2), y: snap(centre.y - hull.y - hull.h / 2) };
  const offset = together(pieces, hull, base, surroundings);
  if (offset !== null) return new Map(pieces.map(({ key, rect }) => [key, shifted(rect, offset)]));
  const ordered = [...pieces].sort((a, b) => a.rect.x - b.rect.x || a.rect.y - b.rect.y || (a.key < b.key ? -1 : 1));
  return oneByOne(ordered, base, surroundings);
}
