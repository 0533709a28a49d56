import type { Evaluation } from '../contracts/evaluation.ts';
import type { AvailabilityResult } from './availability/types.ts';
import type { ConsistencyResult } from './consistency/types.ts';
import type { CostResult } from './cost/types.ts';
import type { HeadroomResult } from './headroom.ts';
import type { IsolationResult } from './isolation/types.ts';
import type { JourneyVisits } from './traffic.ts';
import type { CompiledDesign, LatencyResult, StationResult, TrafficResult } from './types.ts';

/**
 * What the performance stages hand on. A later stage (availability, isolation, cost, consistency) is a function of this
 * and of the stages named before it, in a folder of its own; it reads results and never solves traffic again, except
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

/** Every stage's result at one load: what facts, rules and scores are made from. */
export interface StageResults {
  readonly context: EvaluationContext;
  readonly availability: AvailabilityResult;
  readonly isolation: IsolationResult;
  readonly cost: CostResult;
  readonly burden: Evaluation['burden'];
  readonly consistency: ConsistencyResult;
}
