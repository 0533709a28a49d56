/**
 * Stage 2: what flows where. Offered, uncapped load (semantics 9.1), with the further attempts of callers that try again.
 * Everything is proportional to `multiple` except cache hit ratios and retries.
 */
import { propagate, type TrafficOptions } from './solve/propagate.ts';
import { settleRetries } from './solve/retries.ts';
import type { CompiledDesign, TrafficResult } from './types.ts';

export type { TrafficOptions } from './solve/propagate.ts';
export { visitJourneys, type JourneyVisits } from './solve/visits.ts';

/** Run the walk at one load. Rates per second; lookups and hit ratios per cache use; retries at their fixed point. */
export function runTraffic(compiled: CompiledDesign, options: TrafficOptions): TrafficResult {
  if (compiled.retrying.length === 0 || options.attempts) return propagate(compiled, options);
  return settleRetries(compiled, options);
}
