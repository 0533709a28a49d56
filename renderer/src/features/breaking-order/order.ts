import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { MAX_MULTIPLE } from '../../evaluation/load-scale.ts';

/** A break with its place in the order, counted from 1. */
export interface OrderedBreak extends BreakPoint { readonly rank: number }

/** Breaks that the dial can reach, the first to give way first. */
export function orderOf(breaks: readonly BreakPoint[]): readonly OrderedBreak[] {
  return breaks
    .filter((point) => point.multiple <= MAX_MULTIPLE)
    .sort((a, b) => a.multiple - b.multiple || (a.node < b.node ? -1 : 1))
    .map((point, index) => ({ ...point, rank: index + 1 }));
}
