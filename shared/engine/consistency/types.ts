/** What the consistency stage hands on. */
import type { EntityResult } from '../../contracts/evaluation.ts';
import type { Hazard } from '../../contracts/hazard.ts';

/** Requirements that are scored: `eventual` asks for nothing. */
export type ScoredRequirement = 'bounded' | 'read_your_writes' | 'strong';

/** Score of one entity before penalties. `value`: seconds, share of unseen own writes, or 1 for strong; null = no bound. */
export interface ScoredEntity {
  readonly entity: string;
  readonly requirement: ScoredRequirement;
  readonly score: number;
  readonly met: boolean;
  readonly value: number | null;
  readonly target: number;
}

/** Result of the consistency stage. */
export interface ConsistencyResult {
  /** By entity id; `implicit:<store id>` while no entity is declared. */
  readonly entities: ReadonlyMap<string, EntityResult>;
  /** Entities whose requirement can be judged: the axis is the mean of their scores, less penalties. */
  readonly scored: readonly ScoredEntity[];
  readonly hazards: readonly Hazard[];
  /** Nothing can be judged: the axis is 100 less penalties, marked so. */
  readonly fewFacts: boolean;
}
