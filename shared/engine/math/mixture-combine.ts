/** Building mixtures: calls in sequence, choices, repeats, and merging to a bounded number of branches. */
import { MAX_BRANCHES } from './mixture.ts';
import type { Branch, Mixture } from './mixture.ts';

const MAX_REPEAT = 1000;

/** A constant time (s). */
export function constant(shift: number): Mixture {
  return [{ weight: 1, shift, mean: 0, variance: 0 }];
}

/** One gamma branch of this mean (s) and variance (s^2) after a constant shift (s). */
export function gammaBranch(mean: number, variance: number, shift = 0): Mixture {
  return [{ weight: 1, shift, mean, variance }];
}

/** Drops branches without weight and scales the weights to sum to 1; an empty mixture becomes the constant 0. */
export function normalise(mixture: Mixture): Mixture {
  const kept = mixture.filter((branch) => branch.weight > 0);
  const total = kept.reduce((acc, branch) => acc + branch.weight, 0);
  if (!(total > 0)) return constant(0);
  return total === 1 ? kept : kept.map((branch) => ({ ...branch, weight: branch.weight / total }));
}

/** Two branches as one with the same weight, mean and variance; the earlier shift is kept. */
function mergePair(a: Branch, b: Branch): Branch {
  const weight = a.weight + b.weight;
  const x = a.weight / weight;
  const y = b.weight / weight;
  const shift = Math.min(a.shift, b.shift);
  const total = x * (a.shift + a.mean) + y * (b.shift + b.mean);
  const gap = a.shift + a.mean - b.shift - b.mean;
  return { weight, shift, mean: total - shift, variance: x * a.variance + y * b.variance + x * y * gap * gap };
}

/**
 * At most `max` branches: the lightest branch joins the neighbour (by mean) it changes least, again and again.
 * Total weight, mean and variance stay exactly the same. The result is sorted by mean when anything was merged.
 */
export function mergeBranches(mixture: Mixture, max = MAX_BRANCHES): Mixture {
  if (mixture.length <= max) return mixture;
  const sorted = [...mixture].sort((a, b) => a.shift + a.mean - b.shift - b.mean || a.variance - b.variance || a.weight - b.weight);
  while (sorted.length > Math.max(1, max)) {
    let lightest = 0;
    sorted.forEach((branch, i) => {
      if (branch.weight < (sorted[lightest]?.weight ?? 0)) lightest = i;
    });
    const at = sorted[lightest] as Branch;
    const before = sorted[lightest - 1];
    const after = sorted[lightest + 1];
    const down = after === undefined || (before !== undefined && distance(before, at) <= distance(at, after));
    const first = down ? lightest - 1 : lightest;
    sorted.splice(first, 2, mergePair(sorted[first] as Branch, sorted[first + 1] as Branch));
  }
  return sorted;
}

function distance(a: Branch, b: Branch): number {
  return Math.abs(a.shift + a.mean - b.shift - b.mean);
}

/** Sum of two independent times (calls in sequence): branch by branch, shifts, means and variances add. */
export function addMixtures(a: Mixture, b: Mixture, max = MAX_BRANCHES): Mixture {
  const out: Branch[] = [];
  for (const x of a) {
    for (const y of b) {
      const weight = x.weight * y.weight;
      if (weight > 0) out.push({ weight, shift: x.shift + y.shift, mean: x.mean + y.mean, variance: x.variance + y.variance });
    }
  }
  return mergeBranches(out, max);
}

/** One of several outcomes with its probability. */
export interface Choice {
  probability: number;
  mixture: Mixture;
}

/** A choice between outcomes; missing probability (sum below 1) takes no time. */
export function choose(choices: readonly Choice[], max = MAX_BRANCHES): Mixture {
  const out: Branch[] = [];
  let total = 0;
  for (const { probability, mixture } of choices) {
    if (!(probability > 0)) continue;
    total += probability;
    for (const branch of mixture) out.push({ ...branch, weight: branch.weight * probability });
  }
  if (total < 1 - 1e-12) out.push({ weight: 1 - total, shift: 0, mean: 0, variance: 0 });
  return mergeBranches(normalise(out), max);
}

/** Adds a constant (s) to every branch. */
export function shiftBy(mixture: Mixture, shift: number): Mixture {
  return shift === 0 ? mixture : mixture.map((branch) => ({ ...branch, shift: branch.shift + shift }));
}

/**
 * Sum of `times` independent calls, one after the other. The fractional part is the probability of one more call.
 * A single branch is scaled directly; several branches are added by doubling, merged to `max` as they grow.
 */
export function repeat(mixture: Mixture, times: number, max = MAX_BRANCHES): Mixture {
  if (!(times > 0)) return constant(0);
  const whole = Math.floor(times);
  const rest = times - whole;
  let result = sumOfIid(mixture, whole, max);
  if (rest > 1e-12) result = addMixtures(result, choose([{ probability: rest, mixture }], max), max);
  return result;
}

function sumOfIid(mixture: Mixture, whole: number, max: number): Mixture {
  const only = mixture.length === 1 || whole > MAX_REPEAT ? mergeBranches(mixture, 1)[0] : undefined;
  if (only !== undefined) return [{ weight: 1, shift: only.shift * whole, mean: only.mean * whole, variance: only.variance * whole }];
  let result = constant(0);
  let power = mixture;
  for (let left = whole; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = addMixtures(result, power, max);
    if (left > 1) power = addMixtures(power, power, max);
  }
  return result;
}
