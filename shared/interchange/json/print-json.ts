import type { ExplainedEvaluation } from '../../contracts/explained.ts';
import type { RangesResult } from '../../contracts/uncertainty.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import type { Design } from '../../model/design.ts';

/** Number of this format, raised when a member changes its meaning. */
export const EVALUATION_FORMAT = 1;

/**
 * A design, its evaluation (null when none was asked for) and the ranges of its results (null when they were not computed) as
 * JSON with sorted keys: the same input gives the same bytes.
 */
export function printJson({ design, evaluation, ranges = null }: { readonly design: Design; readonly evaluation: ExplainedEvaluation | null; readonly ranges?: RangesResult | null }): string {
  return stableStringify({ format: 'plumbline-evaluation', version: EVALUATION_FORMAT, design, evaluation, ranges });
}
