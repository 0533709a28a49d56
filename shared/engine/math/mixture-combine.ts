/** Building mixtures: calls in sequence, choices, repeats, parallel groups, and merging to a bounded number of branches. */
import { gammaLaw, lawTail } from './gamma.ts';
import type { GammaLaw } from './gamma.ts';
import { MAX_BRANCHES } from './mixture.ts';
import type { Branch, Mixture } from './mixture.ts';
import { clampShare, gaussLegendre } from './numeric.ts';

const PARALLEL_BRANCHES = 8;
const RULE = gaussLegendre(24);
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

/** Where a maximum can lie at all (`from` on), and where it does but for next to nothing. */
interface Extent {
  readonly from: number;
  readonly low: number;
  readonly high: number;
}

/** Times after the start of a maximum at which its distribution is read, and what it is there: of the one that is being fitted. */
const times = new Float64Array(RULE.nodes.length);
const reached = new Float64Array(RULE.nodes.length);

/** Fills `times`: nodes are squeezed towards the start (x^2), where the tail changes fastest. */
function spreadTimes({ low, high }: Extent): void {
  const span = high - low;
  for (let j = 0; j < times.length; j++) {
    const node = RULE.nodes[j] as number;
    times[j] = span * node * node;
  }
}

/**
 * One branch with the mean, variance and (when it is right-skewed) third moment of a maximum, from the quadrature of its
 * tail 1 - `reached` on [low, high].
 */
function fitMaximum(weight: number, { from, low, high }: Extent): Branch {
  const span = high - low;
  let first = 0;
  let second = 0;
  let third = 0;
  for (let j = 0; j < times.length; j++) {
    const t = times[j] as number;
    const mass = (RULE.weights[j] as number) * 2 * span * (RULE.nodes[j] as number) * (1 - (reached[j] as number));
    first += mass;
    second += 2 * t * mass;
    third += 3 * t * t * mass;
  }
  const variance = Math.max(0, second - first * first);
  const skew = third - 3 * first * second + 2 * first ** 3;
  // A gamma has scale skew/(2 var) and shape 4 var^3/skew^2: what its mean leaves over is the shift.
  const shift = skew > 0 ? Math.max(from, low + first - (2 * variance * variance) / skew) : from;
  return { weight, shift, mean: low + first - shift, variance };
}

/** The first time a branch can take: its shift, or all of a constant. */
function startOf(branch: Branch, law: GammaLaw): number {
  return branch.shift + (law.shape === 0 ? branch.mean : 0);
}

/** Before this a branch has ended with a probability of 1e-9 at most: its start, or six deviations below its mean. */
function onset(branch: Branch, law: GammaLaw): number {
  return Math.max(startOf(branch, law), branch.shift + branch.mean - 6 * Math.sqrt(branch.variance));
}

function reach(branch: Branch): number {
  return branch.shift + branch.mean + 12 * Math.sqrt(branch.variance);
}

function maxPair(a: Branch, b: Branch): Branch {
  const weight = a.weight * b.weight;
  const highA = reach(a);
  const highB = reach(b);
  if (a.shift >= highB) return { ...a, weight };
  if (b.shift >= highA) return { ...b, weight };
  const lawA = gammaLaw(a.mean, a.variance);
  const lawB = gammaLaw(b.mean, b.variance);
  const low = Math.max(onset(a, lawA), onset(b, lawB));
  const high = Math.max(highA, highB);
  if (!(high > low)) return { weight, shift: low, mean: 0, variance: 0 };
  const from = Math.max(startOf(a, lawA), startOf(b, lawB));
  const extent = { from, low, high };
  spreadTimes(extent);
  for (let j = 0; j < times.length; j++) {
    const t = low + (times[j] as number);
    reached[j] = clampShare(1 - lawTail(lawA, t - a.shift)) * clampShare(1 - lawTail(lawB, t - b.shift));
  }
  return fitMaximum(weight, extent);
}

/** Maximum of two independent times (parallel calls), pair by pair with exact mean and variance of each pair's maximum. */
export function parallelMax(a: Mixture, b: Mixture, max = MAX_BRANCHES): Mixture {
  const left = mergeBranches(a, PARALLEL_BRANCHES);
  const right = mergeBranches(b, PARALLEL_BRANCHES);
  return mergeBranches(normalise(left.flatMap((x) => right.map((y) => maxPair(x, y)))), max);
}

function cdfOf(branches: Mixture): (t: number) => number {
  const laws = branches.map((branch) => gammaLaw(branch.mean, branch.variance));
  const total = branches.reduce((acc, branch) => acc + branch.weight, 0);
  return (t) => {
    let tail = 0;
    branches.forEach((branch, i) => {
      tail += branch.weight * lawTail(laws[i] as GammaLaw, t - branch.shift);
    });
    return clampShare(1 - tail / total);
  };
}

/** The slowest of n copies given that its slowest branch is the last of `upTo`, drawn `own` times on average. */
function slowest(upTo: Mixture, weight: number, own: number, n: number): Branch {
  const last = upTo[upTo.length - 1] as Branch;
  const lower = upTo.slice(0, -1);
  const law = gammaLaw(last.mean, last.variance);
  const low = onset(last, law);
  const high = Math.max(...upTo.map(reach), low + (reach(last) - low) * (1 + Math.log(n) / 12));
  if (!(high > low)) return { ...last, weight };
  const lowerCdf = cdfOf(lower);
  const others = lower.length === 0 || n - own <= 0 ? 0 : n - own;
  const extent = { from: startOf(last, law), low, high };
  spreadTimes(extent);
  for (let j = 0; j < times.length; j++) {
    const t = low + (times[j] as number);
    reached[j] = Math.pow(clampShare(1 - lawTail(law, t - last.shift)), own) * (others > 0 ? Math.pow(lowerCdf(t), others) : 1);
  }
  return fitMaximum(weight, extent);
}

/**
 * Maximum of n independent copies (scatter read, fan-out). Split by the slowest branch that occurs, P = W_j^n - W_{j-1}^n
 * with W the cumulative weights by mean; within it F_j^k times the lower branches' F^(n-k) at the mean count k.
 */
export function maxOfIid(mixture: Mixture, n: number, max = MAX_BRANCHES): Mixture {
  if (!(n > 1)) return mixture;
  const few = mergeBranches(normalise(mixture), PARALLEL_BRANCHES);
  const sorted = [...few].sort((a, b) => a.shift + a.mean - b.shift - b.mean);
  const out: Branch[] = [];
  let below = 0;
  sorted.forEach((branch, i) => {
    const upTo = Math.min(1, below + branch.weight);
    const share = Math.pow(upTo, n) - Math.pow(below, n);
    if (share > 0) {
      const own = Math.min(n, Math.max(1, (n * branch.weight * Math.pow(upTo, n - 1)) / share));
      out.push(slowest(sorted.slice(0, i + 1), share, own, n));
    }
    below = upTo;
  });
  return mergeBranches(normalise(out), max);
}
