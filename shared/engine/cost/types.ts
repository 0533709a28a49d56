/** What the cost stage hands on. */
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { Numbers } from '../math/lists.ts';

/** What single nodes would cost if they ran another way, as evidence. By node index. */
export interface NodeAlternatives {
  /** Whether there is another way to run a node. */
  has(node: number): boolean;
  /** Add what is known of a node, if anything. */
  addTo(evidence: Record<string, number>, node: number): void;
}

/** Prices of the whole drawing, of each node and of each journey. */
export interface CostResult {
  readonly cost: Evaluation['cost'];
  /** USD a month of each node's own lines, by index; also of nodes that are not connected. Transfer stands on edges. */
  readonly nodeUsd: Numbers;
  /** In no total. */
  readonly alternatives: NodeAlternatives;
  /** USD per million requests of each journey, in journey order; not applicable without requests. */
  readonly journeyUsd: readonly Quantity[];
}
