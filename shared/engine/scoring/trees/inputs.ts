import type { StepFacts } from '../../../contracts/rule.ts';
import type { ScoreInputs } from '../inputs.ts';
import type { FieldLeaves } from './fields.ts';

/** What a tree is made of besides the numbers of the score. */
export interface TreeInputs extends ScoreInputs {
  readonly fields: FieldLeaves;
  readonly steps: StepFacts;
}
