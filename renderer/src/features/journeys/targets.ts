import type { JourneyResult } from '../../../../shared/contracts/evaluation.ts';

/** Whether 99 of 100 answers are slower than wanted; a saturated journey always is, one without a result never. */
export function missesP99({ p99_ms, p99_target_ms }: Pick<JourneyResult, 'p99_ms' | 'p99_target_ms'>): boolean {
  return p99_ms.value === null ? p99_ms.state === 'saturated' : p99_ms.value > p99_target_ms;
}

/** Whether fewer requests are answered than wanted; never without a result. */
export function missesAvailability({ availability, availability_target }: Pick<JourneyResult, 'availability' | 'availability_target'>): boolean {
  return availability.value !== null && availability.value < availability_target;
}
