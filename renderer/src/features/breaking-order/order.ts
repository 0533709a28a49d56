import type { BreakPoint, ResourceName } from '../../../../shared/contracts/evaluation.ts';
import { MAX_MULTIPLE } from '../../evaluation/load-scale.ts';

/** Resources in words. */
export const RESOURCE_WORDS: Readonly<Record<ResourceName, string>> = {
  cpu: 'CPU',
  slots: 'worker slots',
  io: 'disk operations',
  conn: 'connections',
  quota: 'quota',
  ops: 'operations',
  memory: 'memory',
  partitions: 'partitions',
  bandwidth: 'bandwidth',
  throughput: 'throughput',
  concurrency: 'concurrency',
  apply: 'replica apply',
  lock: 'locks',
};

/** A break with its place in the order, counted from 1. */
export interface OrderedBreak extends BreakPoint { readonly rank: number }

/** Breaks that the dial can reach, the first to give way first. */
export function orderOf(breaks: readonly BreakPoint[]): readonly OrderedBreak[] {
  return breaks
    .filter((point) => point.multiple <= MAX_MULTIPLE)
    .sort((a, b) => a.multiple - b.multiple || (a.node < b.node ? -1 : 1))
    .map((point, index) => ({ ...point, rank: index + 1 }));
}
