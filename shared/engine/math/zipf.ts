/**
 * Zipf popularity p_i = i^-s / H as a short list of (probability, how many keys) pairs: the first 256 ranks one by one,
 * the rest in log-spaced buckets of 3 %. Each bucket stands for its keys by two points that carry its exact mean and
 * variance, so sums over keys agree with the key-by-key sum to about 1e-9 while every cache and shard formula is O(buckets).
 * For what is smooth in p a list of a sixth of the length is as good: 8 ranks, then buckets up to 2.2 times as far, of eight places each.
 */
import { NumberMemo } from './memo.ts';
import { wholeAtLeast } from './numeric.ts';
import { SUM_POINTS, sumRule } from './sum-rule.ts';

/** Ranks listed one by one, and the width of the buckets after them; then those of the list for smooth functions. */
const HEAD = 256;
const RATIO = 1.03;
const SMOOTH_HEAD = 8;
const SMOOTH_RATIO = 2.2;
/** From this rank on sums are integrals with corrections. */
const SMOOTH_FROM = 1000;
const DIRECT_WIDTH = 24;
const MAX_KEYS = 1e15;

/** p[i] is the probability of each of count[i] keys (not whole where they stand for others), for i < size, most popular first. */
export interface KeyList {
  readonly size: number;
  readonly p: Float64Array;
  readonly count: Float64Array;
}

/** Popularity of n keys. */
export interface Popularity extends KeyList {
  readonly n: number;
  readonly s: number;
  /** Generalised harmonic number H(n, s). */
  readonly harmonic: number;
  /** A shorter list for sums of what is smooth in p. */
  readonly smooth: KeyList;
  /** Probability of the most popular key. */
  readonly top1: number;
  /** Sum of p^2 over all keys. */
  readonly sumSquares: number;
}

/** Sum of i^-s for whole i from a to b, a >= 1000: Euler-Maclaurin with two correction terms (error below 1e-18). */
function tailSum(a: number, b: number, s: number): number {
  const fa = Math.pow(a, -s);
  const fb = Math.pow(b, -s);
  const ratio = Math.log(b / a);
  const power = 1 - s;
  const integral = a * fa * (Math.abs(power * ratio) < 1e-9 ? ratio : Math.expm1(power * ratio) / power);
  const first = (-s * (fb / b - fa / a)) / 12;
  const third = (-s * (s + 1) * (s + 2) * (fb / (b * b * b) - fa / (a * a * a))) / 720;
  return integral + (fa + fb) / 2 + first - third;
}

function powerSum(a: number, b: number, s: number): number {
  if (b < a) return 0;
  if (a < SMOOTH_FROM || b - a < DIRECT_WIDTH) {
    const end = Math.min(b, Math.max(SMOOTH_FROM - 1, a + DIRECT_WIDTH));
    let total = 0;
    for (let i = end; i >= a; i--) total += Math.pow(i, -s);
    return end < b ? total + tailSum(end + 1, b, s) : total;
  }
  return tailSum(a, b, s);
}

/** H(n, s) = sum_{i=1..n} i^-s, to about 1e-14 relative for any n. */
export function generalizedHarmonic(n: number, s: number): number {
  return powerSum(1, wholeAtLeast(n, 1), s);
}

/** Two points with the mean and variance of i^-s over the ranks a..b, half the keys each. */
function pushBucket(p: number[], count: number[], a: number, b: number, s: number): void {
  const width = b - a + 1;
  const mean = powerSum(a, b, s) / width;
  const variance = Math.max(0, powerSum(a, b, 2 * s) / width - mean * mean);
  const spread = Math.min(Math.sqrt(variance), mean);
  p.push(mean + spread, mean - spread);
  count.push(width / 2, width / 2);
}

/** The ranks a to b one by one, or by the places of a rule. */
function pushSmooth(p: number[], count: number[], a: number, b: number, s: number): void {
  const keys = b - a + 1;
  const rule = keys > SUM_POINTS ? sumRule(keys) : null;
  for (let i = 0; i < (rule ? SUM_POINTS : keys); i++) {
    p.push(Math.pow(a + (rule ? (rule.places[i] as number) : i), -s));
    count.push(rule ? (rule.weights[i] as number) : 1);
  }
}

/** Ranks up to `head` one by one, and then in buckets that grow by `ratio`. */
function listed(n: number, s: number, harmonic: number, head: number, ratio: number, pushRanks: typeof pushBucket): KeyList {
  const p: number[] = [];
  const count: number[] = [];
  for (let i = 1; i <= Math.min(n, head); i++) {
    p.push(Math.pow(i, -s));
    count.push(1);
  }
  for (let a = head + 1; a <= n;) {
    const b = Math.min(n, Math.max(a, Math.floor(a * ratio)));
    pushRanks(p, count, a, b, s);
    a = b + 1;
  }
  return { size: p.length, p: Float64Array.from(p, (weight) => weight / harmonic), count: Float64Array.from(count) };
}

function build(n: number, s: number): Popularity {
  const harmonic = generalizedHarmonic(n, s);
  const even: KeyList | null = s === 0 ? { size: 1, p: Float64Array.of(1 / harmonic), count: Float64Array.of(n) } : null;
  return {
    n, s, harmonic, top1: 1 / harmonic, sumSquares: generalizedHarmonic(n, 2 * s) / (harmonic * harmonic),
    ...(even ?? listed(n, s, harmonic, HEAD, RATIO, pushBucket)), smooth: even ?? listed(n, s, harmonic, SMOOTH_HEAD, SMOOTH_RATIO, pushSmooth),
  };
}

const memo = new NumberMemo<Popularity>(2, 64);

/** Keys that are counted for n: whole ones, one at least. */
export function keyCount(n: number): number {
  return Math.min(wholeAtLeast(n, 1), MAX_KEYS);
}

/** Popularity of n keys (rounded, >= 1) with exponent s (>= 0); memoised. s = 0 is uniform. */
export function zipf(n: number, s: number): Popularity {
  const keys = keyCount(n);
  const exponent = s > 0 ? s : 0;
  const key = [keys, exponent];
  return memo.get(key) ?? memo.set(key, build(keys, exponent));
}

/** Share of requests that go to the c most popular keys (c may be fractional; clamped to 0..n). */
export function topShare(popularity: Popularity, c: number): number {
  if (!(c > 0)) return 0;
  if (c >= popularity.n) return 1;
  const whole = Math.floor(c);
  const rest = (c - whole) * Math.pow(whole + 1, -popularity.s);
  return Math.min(1, (powerSum(1, whole, popularity.s) + rest) / popularity.harmonic);
}
