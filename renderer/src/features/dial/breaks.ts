import type { BreakPoint, Evaluation, Sweep } from '../../../../shared/contracts/evaluation.ts';

const NONE: readonly BreakPoint[] = [];

/** Where stations reach 100 %, as multiples of the drawn load: from the sweep that the strip shows, until it is there from the answer at 1x. */
export function breaksOf({ sweep, base }: { readonly sweep: Sweep | null; readonly base: Evaluation | null }): readonly BreakPoint[] {
  return sweep?.breaks ?? base?.breaks ?? NONE;
}
