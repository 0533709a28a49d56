/**
 * Response times as mixtures of shifted gamma branches (evaluation 5.10): each probabilistic path (hit or miss, cold or
 * warm, ...) is one branch with a constant part and a gamma part of known mean and variance. Percentiles come from the
 * mixture (`mixture-quantile`) and are never added.
 */
/** One path: weight (share of requests), shift (constant s), mean (s) and variance (s^2) of the gamma part. */
export interface Branch {
  readonly weight: number;
  readonly shift: number;
  readonly mean: number;
  readonly variance: number;
}

/** Branches whose weights sum to 1. */
export type Mixture = readonly Branch[];

/** Mixtures are merged down to this many branches. */
export const MAX_BRANCHES = 32;

/** Mean (s). */
export function mixtureMean(mixture: Mixture): number {
  let mean = 0;
  for (const branch of mixture) mean += branch.weight * (branch.shift + branch.mean);
  return mean;
}

/** Variance (s^2), within and between branches. */
export function mixtureVariance(mixture: Mixture): number {
  const mean = mixtureMean(mixture);
  let variance = 0;
  for (const branch of mixture) {
    const off = branch.shift + branch.mean - mean;
    variance += branch.weight * (branch.variance + off * off);
  }
  return variance;
}
