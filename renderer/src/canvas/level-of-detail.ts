/** How much of the drawing is shown at a zoom (ui 3.1). */
export type LevelOfDetail = 'full' | 'compact' | 'overview';

/** Zoom at which a level begins. */
export const FULL_FROM = 0.85;
const COMPACT_FROM = 0.45;

/** A level is left only when the zoom is this far past its limit, so that a hand at the limit sees no flicker. */
const HYSTERESIS = 0.03;

const ORDER: readonly LevelOfDetail[] = ['overview', 'compact', 'full'];

function plainLevel(zoom: number): LevelOfDetail {
  return zoom >= FULL_FROM ? 'full' : zoom >= COMPACT_FROM ? 'compact' : 'overview';
}

/** The level at a zoom, given the level before (null at the start). */
export function levelOfDetail(zoom: number, previous: LevelOfDetail | null): LevelOfDetail {
  const wanted = plainLevel(zoom);
  if (previous === null || wanted === previous) return wanted;
  const closer = ORDER.indexOf(wanted) > ORDER.indexOf(previous);
  const certain = plainLevel(closer ? zoom - HYSTERESIS : zoom + HYSTERESIS);
  if (certain === previous) return previous;
  const rank = (level: LevelOfDetail): number => ORDER.indexOf(level);
  return closer === rank(certain) > rank(previous) ? certain : previous;
}

/** Zoom from which the 8 px grid shows as dots. */
export const DOTS_FROM = 1.5;
