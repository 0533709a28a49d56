import type { HeadroomResult } from './headroom.ts';
import type { JourneyVisits } from './traffic.ts';
import type { CompiledDesign, LatencyResult, StationResult, TrafficResult } from './types.ts';

/**
 * What the stages hand on. A later stage (availability, cascade, cost, consistency, scores, rules) is a function of this
 * and of the stages named before it, in a file of its own; it reads results and never solves traffic again, except
 * through `runTraffic` with other options.
 */
export interface EvaluationContext {
  readonly multiple: number;
  readonly compiled: CompiledDesign;
  readonly flows: TrafficResult;
  readonly stations: StationResult;
  readonly latency: LatencyResult;
  readonly headroom: HeadroomResult;
  /** Visits of one request of each journey, in journey order. */
  readonly visits: readonly JourneyVisits[];
}
