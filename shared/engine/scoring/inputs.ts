import type { Quantity } from '../../model/quantity.ts';
import type { Facts } from '../../contracts/rule.ts';
import type { AvailabilityResult } from '../availability/types.ts';
import type { ConsistencyResult } from '../consistency/consistency.ts';
import type { HeadroomResult } from '../headroom.ts';
import type { IsolationResult } from '../isolation/types.ts';
import type { CompiledDesign } from '../types.ts';

/** The parts of an evaluation that the axes are computed from. */
export type ScoreFacts = Pick<Facts['evaluation'], 'nodes' | 'journeys' | 'headroom' | 'cost' | 'burden'>;

/** Everything that the six axes look at. */
export interface ScoreInputs {
  readonly compiled: CompiledDesign;
  readonly room: HeadroomResult;
  readonly facts: ScoreFacts;
  readonly isolation: IsolationResult;
  readonly consistency: ConsistencyResult;
  readonly availability: AvailabilityResult;
}

/** One axis before penalties: 0 to 100, or the reason why there is none. How it comes about is in `trees/`. */
export interface AxisDraft {
  readonly score: Quantity;
  readonly note: string | null;
}
