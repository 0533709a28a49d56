import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { useEvaluation } from '../../evaluation/evaluation-store.ts';

/** The dial's ends, multiples of the drawn load. */
export const MIN_MULTIPLE = 1;
export const MAX_MULTIPLE = 100;

/** One step of the dial: a hundred of them are a decade, 2.3 % each. */
export const STEPS_PER_DECADE = 100;

/** The multiple a number of steps away, kept on the scale and free of rounding dust at its ends. */
export function steppedMultiple(multiple: number, steps: number): number {
  const next = multiple * 10 ** (steps / STEPS_PER_DECADE);
  return Math.min(MAX_MULTIPLE, Math.max(MIN_MULTIPLE, Number(next.toPrecision(12))));
}

/** Two multiples closer than this share of each other are the same place on the scale. */
const SAME = 1e-6;

/** The multiple of the nearest break above (1) or below (-1) a multiple, or null. Breaks off the scale do not count. */
export function neighbouringBreak(breaks: readonly BreakPoint[], multiple: number, direction: 1 | -1): number | null {
  const places = breaks.map((point) => point.multiple).filter((place) => place >= MIN_MULTIPLE && place <= MAX_MULTIPLE);
  const beyond = places.filter((place) => (direction === 1 ? place > multiple * (1 + SAME) : place < multiple * (1 - SAME)));
  if (beyond.length === 0) return null;
  return direction === 1 ? Math.min(...beyond) : Math.max(...beyond);
}

/** Where stations of the active drawing break. */
export function knownBreaks(): readonly BreakPoint[] {
  const { sweep, base } = useEvaluation.getState();
  return sweep?.breaks ?? base?.breaks ?? [];
}
