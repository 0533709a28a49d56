import type { BreakPoint } from '../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../shared/model/design.ts';
import { likely } from '../../../shared/model/quantity.ts';

/** The dial's ends. */
export const MIN_MULTIPLE = 1;
export const MAX_MULTIPLE = 100;
/** Steps of a key or wheel in one decade: 2.3 % each. */
const STEPS_PER_DECADE = 100;

/** Hold a multiple in the dial's range; a number that is not finite becomes 1x. */
export function clampMultiple(multiple: number): number {
  return Number.isFinite(multiple) ? Math.min(MAX_MULTIPLE, Math.max(MIN_MULTIPLE, multiple)) : MIN_MULTIPLE;
}

/** Where a multiple stands on the log ruler, 0 to 1. */
export function positionOf(multiple: number): number {
  return Math.log10(clampMultiple(multiple)) / Math.log10(MAX_MULTIPLE);
}

/** The multiple at a place on the ruler; places beyond the ends count as the ends. */
export function multipleAt(position: number): number {
  return clampMultiple(10 ** (Math.min(1, Math.max(0, position)) * Math.log10(MAX_MULTIPLE)));
}

/** Go `steps` dial steps up or down; from between two steps the first one goes to the neighbour. */
export function stepMultiple(multiple: number, steps: number): number {
  const exact = Math.log10(clampMultiple(multiple)) * STEPS_PER_DECADE;
  const from = steps > 0 ? Math.floor(exact + 1e-6) : Math.ceil(exact - 1e-6);
  return clampMultiple(10 ** ((from + steps) / STEPS_PER_DECADE));
}

/** The multiple of the next place that breaks above `multiple`, or null. */
export function nextBreak(breaks: readonly BreakPoint[], multiple: number): number | null {
  const above = breaks.map((place) => place.multiple).filter((at) => at > multiple * 1.0005 && at <= MAX_MULTIPLE);
  return above.length > 0 ? Math.min(...above) : null;
}

/** The multiple of the next place that breaks below `multiple`, or null. */
export function previousBreak(breaks: readonly BreakPoint[], multiple: number): number | null {
  const below = breaks.map((place) => place.multiple).filter((at) => at < multiple / 1.0005 && at >= MIN_MULTIPLE);
  return below.length > 0 ? Math.max(...below) : null;
}

function isStated(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether anything loads the drawing: a peak rate, a drawn journey with a rate, or a source with its own. */
export function hasWorkload(design: Design): boolean {
  if (likely(design.workload.peak_rps ?? 0) > 0) return true;
  if (Object.keys(design.journeys).length > 0) return true;
  return Object.values(design.nodes).some((node) => isStated(node.params['rps']) || isStated(node.params['rate_rps']));
}
