import type { Axis } from '../../../shared/contracts/evaluation.ts';

/** The axes in words. */
export const AXIS_TITLES: Readonly<Record<Axis, string>> = {
  scalability: 'Scalability',
  latency: 'Latency',
  availability: 'Availability',
  isolation: 'Isolation',
  consistency: 'Consistency',
  cost: 'Cost',
};

/** The score that means "target met" (semantics 10). */
export const TARGET = 70;

/** A score as it is written: a whole number from 0 to 100. */
export function wholeScore(score: number): number {
  return Math.round(Math.min(100, Math.max(0, score)));
}
