/** A place in the radar's drawing, px. */
export interface Spot { readonly x: number; readonly y: number }

export const RADAR = { width: 240, height: 208, radius: 72, centre: { x: 120, y: 104 } } as const;

const round = (value: number): number => Math.round(value * 100) / 100;

/** Where a score stands on an axis: `index` counts `count` axes clockwise from the top, `score` is held in 0 to 100. */
export function spotOf(index: number, score: number, count = 6): Spot {
  const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
  const reach = (RADAR.radius * Math.min(100, Math.max(0, score))) / 100;
  return { x: round(RADAR.centre.x + reach * Math.cos(angle)), y: round(RADAR.centre.y + reach * Math.sin(angle)) };
}

/** The ring of one score over all axes, as points of a polygon. */
export function ringOf(score: number, count = 6): string {
  return Array.from({ length: count }, (_unused, index) => spotOf(index, score, count)).map(({ x, y }) => `${x},${y}`).join(' ');
}

/** Low and high end of a score; null where it is the same in most runs. */
export type ScoreEnds = readonly [low: number, high: number] | null;

/** The stretch of each axis between its low and its high end, as lines; an axis without a range has none. */
export function whiskersOf(ends: readonly ScoreEnds[]): string {
  return ends.map((end, index) => {
    if (end === null || end[0] === end[1]) return '';
    const [low, high] = [spotOf(index, end[0], ends.length), spotOf(index, end[1], ends.length)];
    return `M${low.x} ${low.y}L${high.x} ${high.y}`;
  }).join('');
}

/**
 * The shape of the scores: a line for each two neighbours that both have one, and the area between them and the middle.
 * An axis without a score is a gap, never zero.
 */
export function shapeOf(scores: readonly (number | null)[]): { readonly lines: string; readonly area: string; readonly dots: readonly Spot[] } {
  const spots = scores.map((score, index) => (score === null ? null : spotOf(index, score, scores.length)));
  let lines = '';
  let area = '';
  spots.forEach((from, index) => {
    const to = spots[(index + 1) % spots.length];
    if (!from || !to) return;
    lines += `M${from.x} ${from.y}L${to.x} ${to.y}`;
    area += `M${RADAR.centre.x} ${RADAR.centre.y}L${from.x} ${from.y}L${to.x} ${to.y}Z`;
  });
  return { lines, area, dots: spots.filter((spot) => spot !== null) };
}
