/**
 * Response times as mixtures of shifted gamma branches (evaluation 5.10): each probabilistic path (hit or miss, cold or
 * warm, ...) is one branch with a constant part and a gamma part of known mean and variance. Percentiles come from the
 * mixture and are never added.
 */
import { gammaLaw, upperShare } from './gamma.ts';
import { solveBracketed } from './numeric.ts';

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

/** Weight, shift, mean, shape, scale and ln Gamma(shape) of each branch. */
const FIELDS = 6;

/** Branches of the one mixture whose tail is being asked for, with their gamma constants computed once. */
let laws = new Float64Array(FIELDS * MAX_BRANCHES);

/** What the quantiles of a mixture are looked for with. Its branches are in `laws` until the next one is prepared. */
interface Prepared {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
}

function prepare(mixture: Mixture): Prepared {
  if (mixture.length * FIELDS > laws.length) laws = new Float64Array(mixture.length * FIELDS);
  let count = 0;
  let least = Number.MAX_VALUE;
  for (const { weight, shift, mean, variance } of mixture) {
    if (!(weight > 0)) continue;
    const law = gammaLaw(mean, variance);
    const at = count * FIELDS;
    laws[at] = weight;
    laws[at + 1] = shift;
    laws[at + 2] = law.mean;
    laws[at + 3] = law.shape;
    laws[at + 4] = law.scale;
    laws[at + 5] = law.logGammaShape;
    count += 1;
    least = Math.min(least, shift);
  }
  return { count, mean: mixtureMean(mixture), deviation: Math.sqrt(mixtureVariance(mixture)), least };
}

function tailAt(count: number, t: number): number {
  let tail = 0;
  for (let at = 0; at < count * FIELDS; at += FIELDS) {
    const rest = t - (laws[at + 1] as number);
    const shape = laws[at + 3] as number;
    const later = shape === 0 ? (rest >= (laws[at + 2] as number) ? 0 : 1) : upperShare(shape, rest / (laws[at + 4] as number), laws[at + 5] as number);
    tail += (laws[at] as number) * later;
  }
  return tail;
}

function quantileOf(prepared: Prepared, q: number): number {
  const { count, mean, deviation, least } = prepared;
  if (count === 0) return 0;
  if (!(q > 0)) return least;
  const level = Math.min(q, 1 - 1e-12);
  const goal = Math.log(1 - level);
  const excess = (t: number): number => goal - Math.log(Math.max(tailAt(count, t), 1e-300));
  // Cantelli: the quantile lies within these distances of the mean.
  let high = mean + deviation * Math.sqrt(level / (1 - level)) * (1 + 1e-9);
  let low = Math.max(least, mean - deviation * Math.sqrt((1 - level) / level) * (1 + 1e-9));
  if (!(high > low)) return high;
  const guess = mean + deviation * Math.max(0.2, -0.6 * goal);
  if (guess < high && guess > low) {
    const atGuess = excess(guess);
    if (atGuess >= 0) high = guess;
    else low = guess;
  }
  let atHigh = excess(high);
  let atLow = excess(low);
  for (let round = 0; atHigh < 0 && round < 60; round++) {
    low = high;
    atLow = atHigh;
    high = least + (high - least) * 2 + 1e-12;
    atHigh = excess(high);
  }
  if (atLow >= 0) return low;
  return solveBracketed(excess, { low, high, atLow, atHigh }, 1e-11);
}

/** q-quantile (s) by a bracketed secant on the logarithm of the tail; q in [0, 1). 0 for an empty mixture. */
export function mixtureQuantile(mixture: Mixture, q: number): number {
  return quantileOf(prepare(mixture), q);
}

/** Several quantiles of one mixture (its gamma constants are computed once). */
export function mixtureQuantiles(mixture: Mixture, qs: readonly number[]): number[] {
  const prepared = prepare(mixture);
  return qs.map((q) => quantileOf(prepared, q));
}

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
