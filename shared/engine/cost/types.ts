/** What the cost stage hands on. */
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { Quantity } from '../../model/quantity.ts';

/** Prices of the whole drawing, of each node and of each journey. */
export interface CostResult {
  readonly cost: Evaluation['cost'];
  /** USD a month of each node's own lines, by id; also of nodes that are not connected. Transfer stands on edges. */
  readonly nodeUsd: ReadonlyMap<string, number>;
  /** Named numbers of single nodes, by index: what they would cost if they ran another way. In no total. */
  readonly evidence: ReadonlyMap<number, Readonly<Record<string, number>>>;
  /** USD per million requests of each journey, in journey order; not applicable without requests. */
  readonly journeyUsd: readonly Quantity[];
}
