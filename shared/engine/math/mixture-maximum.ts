/** The slowest of several times: parallel groups and scatters, one gamma branch for each combination of branches. */
import { gammaLaw, lawTail } from './gamma.ts';
import type { GammaLaw } from './gamma.ts';
import { mergeBranches, normalise } from './mixture-combine.ts';
import { MAX_BRANCHES } from './mixture.ts';
import type { Branch, Mixture } from './mixture.ts';
import { clampShare, gaussLegendre } from './numeric.ts';
import { PreparedBranches } from './prepared-branches.ts';

/** Branches of each side that are told apart. */
export const PARALLEL_BRANCHES = 8;
const RULE = gaussLegendre(24);

/** Times after the start of a maximum at which its distribution is read, and what it is there: of the one that is being fitted. */
const times = new Float64Array(RULE.nodes.length);
const reached = new Float64Array(RULE.nodes.length);

/** Numbers of one branch in a flat list: weight, shift, mean, variance. */
const WEIGHT = 0;
const SHIFT = 1;
const MEAN = 2;
const VARIANCE = 3;
const FIELDS = 4;

function write(out: Float64Array, shift: number, mean: number, variance: number): void {
  out[SHIFT] = shift;
  out[MEAN] = mean;
  out[VARIANCE] = variance;
}

/** Fills `times` up to `span`: nodes are squeezed towards the start (x^2), where the tail changes fastest. */
function spreadTimes(span: number): void {
  for (let j = 0; j < times.length; j++) {
    const node = RULE.nodes[j] as number;
    times[j] = span * node * node;
  }
}

/**
 * One branch with the mean, variance and (when it is right-skewed) third moment of a maximum, from the quadrature of its
 * tail 1 - `reached` on [low, high]; it cannot lie before `from`. Writes shift, mean and variance.
 */
function fitMaximum(from: number, low: number, high: number, out: Float64Array): void {
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
  write(out, shift, low + first - shift, variance);
}

/** The first time a branch can take: its shift, or all of a constant. */
function startOf(shift: number, mean: number, constant: boolean): number {
  return shift + (constant ? mean : 0);
}

/** Before this a branch has ended with a probability of 1e-9 at most: its start, or six deviations below its mean. */
function onset(shift: number, mean: number, variance: number, constant: boolean): number {
  return Math.max(startOf(shift, mean, constant), shift + mean - 6 * Math.sqrt(variance));
}

function reach(shift: number, mean: number, variance: number): number {
  return shift + mean + 12 * Math.sqrt(variance);
}

/** The two branches that are being compared. */
const pair = new PreparedBranches();

/** Writes the later of two independent branches, which begin at these places of a flat list, as one branch. */
export function laterBranch(list: Float64Array, a: number, b: number, out: Float64Array): void {
  const shiftA = list[a + SHIFT] as number;
  const meanA = list[a + MEAN] as number;
  const varianceA = list[a + VARIANCE] as number;
  const shiftB = list[b + SHIFT] as number;
  const meanB = list[b + MEAN] as number;
  const varianceB = list[b + VARIANCE] as number;
  const highA = reach(shiftA, meanA, varianceA);
  const highB = reach(shiftB, meanB, varianceB);
  out[WEIGHT] = (list[a] as number) * (list[b] as number);
  if (shiftA >= highB) return write(out, shiftA, meanA, varianceA);
  if (shiftB >= highA) return write(out, shiftB, meanB, varianceB);
  pair.clear();
  pair.add(1, shiftA, meanA, varianceA);
  pair.add(1, shiftB, meanB, varianceB);
  const constantA = pair.constant(0) !== null;
  const constantB = pair.constant(1) !== null;
  const low = Math.max(onset(shiftA, meanA, varianceA, constantA), onset(shiftB, meanB, varianceB, constantB));
  const high = Math.max(highA, highB);
  if (!(high > low)) return write(out, low, 0, 0);
  spreadTimes(high - low);
  for (let j = 0; j < times.length; j++) {
    const t = low + (times[j] as number);
    reached[j] = (1 - pair.later(0, t)) * (1 - pair.later(1, t));
  }
  fitMaximum(Math.max(startOf(shiftA, meanA, constantA), startOf(shiftB, meanB, constantB)), low, high, out);
}

const compared = new Float64Array(2 * FIELDS);
const found = new Float64Array(FIELDS);

function put(at: number, { weight, shift, mean, variance }: Branch): void {
  compared[at + WEIGHT] = weight;
  write(compared.subarray(at), shift, mean, variance);
}

function foundBranch(weight: number): Branch {
  return { weight, shift: found[SHIFT] as number, mean: found[MEAN] as number, variance: found[VARIANCE] as number };
}

function maxPair(a: Branch, b: Branch): Branch {
  put(0, a);
  put(FIELDS, b);
  laterBranch(compared, 0, FIELDS, found);
  return foundBranch(found[WEIGHT] as number);
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
  const constant = law.shape === 0;
  const low = onset(last.shift, last.mean, last.variance, constant);
  const high = Math.max(...upTo.map(({ shift, mean, variance }) => reach(shift, mean, variance)), low + (reach(last.shift, last.mean, last.variance) - low) * (1 + Math.log(n) / 12));
  if (!(high > low)) return { ...last, weight };
  const lowerCdf = cdfOf(lower);
  const others = lower.length === 0 || n - own <= 0 ? 0 : n - own;
  spreadTimes(high - low);
  for (let j = 0; j < times.length; j++) {
    const t = low + (times[j] as number);
    reached[j] = Math.pow(clampShare(1 - lawTail(law, t - last.shift)), own) * (others > 0 ? Math.pow(lowerCdf(t), others) : 1);
  }
  fitMaximum(startOf(last.shift, last.mean, constant), low, high, found);
  return foundBranch(weight);
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
