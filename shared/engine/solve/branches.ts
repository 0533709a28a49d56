/**
 * Bounded arithmetic on branch mixtures for the inside of the walk, where a thousand sums are made for one evaluation:
 * when there are too many branches they are put into classes by their mean, each with its exact weight, mean and
 * variance. The journey's own mixture uses the finer merging of the mathematics.
 */
import type { Branch, Mixture } from '../math/mixture.ts';

/** Branches kept inside the walk. */
export const INNER_BRANCHES = 12;
const LONG_RUN = 64;

const weights = new Float64Array(INNER_BRANCHES);
const firsts = new Float64Array(INNER_BRANCHES);
const seconds = new Float64Array(INNER_BRANCHES);
const shifts = new Float64Array(INNER_BRANCHES);

/** Classes between two means: narrow near the smallest, so that common fast answers stay apart and rare slow ones remain. */
interface Classes { readonly low: number; readonly scale: number }

function classes(low: number, high: number): Classes {
  weights.fill(0);
  firsts.fill(0);
  seconds.fill(0);
  shifts.fill(Number.MAX_VALUE);
  return { low, scale: high > low ? (INNER_BRANCHES - 1e-9) / Math.sqrt(high - low) : 0 };
}

function put(at: Classes, weight: number, shift: number, mean: number, variance: number): void {
  const total = shift + mean;
  const i = Math.min(INNER_BRANCHES - 1, Math.floor(Math.sqrt(Math.max(0, total - at.low)) * at.scale));
  weights[i] = (weights[i] as number) + weight;
  firsts[i] = (firsts[i] as number) + weight * total;
  seconds[i] = (seconds[i] as number) + weight * (variance + total * total);
  if (shift < (shifts[i] as number)) shifts[i] = shift;
}

function collect(): Branch[] {
  const out: Branch[] = [];
  for (let i = 0; i < INNER_BRANCHES; i++) {
    const weight = weights[i] as number;
    if (!(weight > 0)) continue;
    const total = (firsts[i] as number) / weight;
    const shift = Math.min(shifts[i] as number, total);
    out.push({ weight, shift, mean: total - shift, variance: Math.max(0, (seconds[i] as number) / weight - total * total) });
  }
  return out;
}

function extremes(mixture: Mixture): { low: number; high: number } {
  let low = Number.MAX_VALUE;
  let high = 0;
  for (const { shift, mean } of mixture) {
    if (shift + mean < low) low = shift + mean;
    if (shift + mean > high) high = shift + mean;
  }
  return { low, high };
}

/** At most `INNER_BRANCHES` branches with the same total weight, mean and variance. */
export function compact(mixture: Mixture): Mixture {
  if (mixture.length <= INNER_BRANCHES) return mixture;
  const { low, high } = extremes(mixture);
  const at = classes(low, high);
  for (const { weight, shift, mean, variance } of mixture) put(at, weight, shift, mean, variance);
  return collect();
}

/** Two independent times in sequence. */
export function sum(a: Mixture, b: Mixture): Mixture {
  if (a.length * b.length <= INNER_BRANCHES) {
    const out: Branch[] = [];
    for (const x of a) for (const y of b) out.push({ weight: x.weight * y.weight, shift: x.shift + y.shift, mean: x.mean + y.mean, variance: x.variance + y.variance });
    return out;
  }
  const ofA = extremes(a);
  const ofB = extremes(b);
  const at = classes(ofA.low + ofB.low, ofA.high + ofB.high);
  for (const x of a) for (const y of b) put(at, x.weight * y.weight, x.shift + y.shift, x.mean + y.mean, x.variance + y.variance);
  return collect();
}

/** With this probability the time, otherwise none. */
export function maybe(probability: number, mixture: Mixture): Mixture {
  if (probability >= 1) return mixture;
  if (!(probability > 0)) return [{ weight: 1, shift: 0, mean: 0, variance: 0 }];
  const out: Branch[] = [{ weight: 1 - probability, shift: 0, mean: 0, variance: 0 }];
  for (const { weight, shift, mean, variance } of mixture) out.push({ weight: weight * probability, shift, mean, variance });
  return compact(out);
}

/** Alternatives whose probabilities add up to at most 1; what is missing takes no time. */
export function oneOf(options: readonly { readonly probability: number; readonly mixture: Mixture }[]): Mixture {
  const out: Branch[] = [];
  let total = 0;
  for (const { probability, mixture } of options) {
    if (!(probability > 0)) continue;
    total += probability;
    for (const { weight, shift, mean, variance } of mixture) out.push({ weight: weight * probability, shift, mean, variance });
  }
  if (total < 1 - 1e-12) out.push({ weight: 1 - total, shift: 0, mean: 0, variance: 0 });
  return compact(out);
}

/** A constant on top. */
export function later(mixture: Mixture, seconds: number): Mixture {
  return seconds === 0 ? mixture : mixture.map(({ weight, shift, mean, variance }) => ({ weight, shift: shift + seconds, mean, variance }));
}

function momentsOf(mixture: Mixture): Branch {
  let mean = 0;
  let second = 0;
  let shift = Number.MAX_VALUE;
  for (const branch of mixture) {
    const total = branch.shift + branch.mean;
    mean += branch.weight * total;
    second += branch.weight * (branch.variance + total * total);
    shift = Math.min(shift, branch.shift);
  }
  return { weight: 1, shift, mean: mean - shift, variance: Math.max(0, second - mean * mean) };
}

/** The same call again and again; the fraction is the probability of one more. */
export function times(mixture: Mixture, count: number): Mixture {
  if (count === 1) return mixture;
  const whole = Math.floor(count);
  const rest = count - whole;
  let total: Mixture = [{ weight: 1, shift: 0, mean: 0, variance: 0 }];
  const only = mixture.length === 1 || whole > LONG_RUN ? momentsOf(mixture) : null;
  if (only) total = [{ weight: 1, shift: only.shift * whole, mean: only.mean * whole, variance: only.variance * whole }];
  else {
    let power = mixture;
    for (let left = whole; left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) total = sum(total, power);
      if (left > 1) power = sum(power, power);
    }
  }
  return rest > 1e-12 ? sum(total, maybe(rest, mixture)) : total;
}
