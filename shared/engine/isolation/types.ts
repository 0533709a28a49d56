/** Results of the isolation stage. Indices are node indices of the compiled drawing. */
import type { BlastResult, CascadeResult, CutSet } from '../../contracts/evaluation.ts';

/** Shares of the journeys that hang on a single unit or a single zone, and the nodes that they hang on. */
export interface SpofResult {
  /** By importance. */
  readonly replicaShare: number;
  readonly zoneShare: number;
  readonly replicaNodes: readonly number[];
  readonly zoneNodes: readonly number[];
}

/** Result of the isolation stage. */
export interface IsolationResult {
  /** Worst first. */
  readonly blast: readonly BlastResult[];
  /** Full-outage equivalents per year: sum of f x min(1, D / 300 s) x BR (`outagesOf`). */
  readonly intensity: number;
  /** Dependencies that exhaust a caller when they hang, worst first, and the largest share lost beyond their own journeys. */
  readonly cascades: readonly CascadeResult[];
  readonly worstCascade: number;
  /** Order 1; `solveCuts` gives order 2. */
  readonly cuts: readonly CutSet[];
  readonly spof: SpofResult;
}
