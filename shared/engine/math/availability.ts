/** Series and parallel availability, MTBF/MTTR, downtime, failover windows and change risk. */
import { clampShare } from './numeric.ts';

/** Hours in a year as used by every yearly number here. */
export const HOURS_PER_YEAR = 8760;
const SECONDS_PER_YEAR = HOURS_PER_YEAR * 3600;

/** All needed: product. 1 for an empty list. */
export function seriesAvailability(parts: readonly number[]): number {
  return parts.reduce((acc, a) => acc * a, 1);
}

/** One suffices: 1 - product of (1-a). 0 for an empty list. */
export function parallelAvailability(parts: readonly number[]): number {
  return 1 - parts.reduce((acc, a) => acc * (1 - a), 1);
}

/** MTBF/(MTBF+MTTR), both in the same unit. */
export function mtbfAvailability(mtbf: number, mttr: number): number {
  return mtbf + mttr > 0 ? mtbf / (mtbf + mttr) : 0;
}

/** (1-A) * 8760 h. */
export function downtimeHoursPerYear(availability: number): number {
  return (1 - availability) * HOURS_PER_YEAR;
}

/** Unavailability of failovers: events per year times the window (s), at most 1. */
export function failoverUnavailability(eventsPerYear: number, windowS: number): number {
  return clampShare((eventsPerYear * windowS) / SECONDS_PER_YEAR);
}

/** Change risk: changes/yr * failure rate * MTTR (h) * exposure / 8760 (exposure = canary share), at most 1. */
export function changeUnavailability(changesPerYear: number, failureRate: number, mttrH: number, exposure: number): number {
  return clampShare((changesPerYear * failureRate * mttrH * exposure) / HOURS_PER_YEAR);
}
