import type { Evaluation } from '../../contracts/evaluation.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import type { Design } from '../../model/design.ts';

/** Number of this format, raised when a member changes its meaning. */
export const EVALUATION_FORMAT = 1;

/** A design and its evaluation (null when none was asked for) as JSON with sorted keys: the same input gives the same bytes. */
export function printJson({ design, evaluation }: { readonly design: Design; readonly evaluation: Evaluation | null }): string {
  return stableStringify({ format: 'plumbline-evaluation', version: EVALUATION_FORMAT, design, evaluation });
}
