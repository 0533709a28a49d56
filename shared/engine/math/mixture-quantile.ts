/**
 * Percentiles of mixtures, by Halley's method on the logarithm of the tail inside a bracket: the density and its slope are
 * by-products of the tail, and a tail that falls exponentially is met in one step. A step that leaves the bracket or does not
 * halve the one before last is a bisection (Press et al. 2007, 9.4).
 */
import type { Mixture } from './mixture.ts';
import { PreparedBranches } from './prepared-branches.ts';

/** A step smaller than this share of the time since the first can end leaves an error of its cube. */
const LAST_STEP = 1e-5;
/** And it is the last one only from where the tail is as close to what is wanted: it may be very steep. */
const CLOSE = 1e-4;
/** Width of the bracket, as a share of the result, where only bisection gets on. */
const NARROW = 1e-11;
const ROUNDS = 200;
/** Rarest share that is asked for. */
const RAREST = 1e-12;
/** Below this shape the cube root of a gamma variable is nowhere near normal. */
const CUBE_ROOT_SHAPE = 0.5;

/** Quantile of the standard normal where `share` lies above, share in (0, 1); error below 5e-4. Abramowitz and Stegun 26.2.23. */
function normalAbove(share: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(share, 1 - share)));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return share < 0.5 ? z : -z;
}

/** Where to begin: the quantile of one gamma variable with the mixture's mean and variance (Wilson and Hilferty 1931). */
function firstGuess(least: number, mean: number, variance: number, rest: number): number {
  const shape = ((mean - least) * (mean - least)) / variance;
  if (shape < CUBE_ROOT_SHAPE) return mean + Math.sqrt(variance) * Math.max(0.2, -0.6 * Math.log(rest));
  const root = 1 - 1 / (9 * shape) + normalAbove(rest) / (3 * Math.sqrt(shape));
  return least + (mean - least) * root * root * root;
}

/** Percentiles of the branches that it was filled with. Not re-entrant. */
export class Percentiles {
  readonly branches = new PreparedBranches();
  private low = 0;
  private high = 0;

  /** Moves the bracket to between two constants, where the tail has no step; true when the quantile is a constant itself (`low`). */
  private atStep(rest: number): boolean {
    const { branches } = this;
    for (let i = 0; i < branches.count; i++) {
      const step = branches.constant(i);
      if (step === null || step < this.low || step > this.high) continue;
      const after = branches.tail(step);
      if (after > rest) this.low = step;
      else if (after + branches.weightAt(step) >= rest) {
        this.low = step;
        return true;
      } else this.high = step;
    }
    return false;
  }

  /** How far from where the tail was last asked for it should be what is wanted, `off` being ln(tail / wanted); not a number where it is flat. */
  private stepFrom(tail: number, off: number): number {
    const { density, slope } = this.branches;
    if (!(density > 0 && tail > 0)) return NaN;
    // of g = ln tail: g' = -rate, g'' = -(slope / tail + rate^2)
    const rate = density / tail;
    return (2 * off * rate) / (2 * rate * rate + off * (slope / tail + rate * rate));
  }

  private search(start: number, rest: number): number {
    const { branches } = this;
    const goal = Math.log(rest);
    const close = CLOSE * Math.min(rest, 1 - rest);
    let t = start > this.low && start < this.high ? start : this.low + (this.high - this.low) / 2;
    let last = this.high - this.low;
    let beforeLast = last;
    for (let round = 0; round < ROUNDS; round++) {
      const tail = branches.tail(t);
      if (tail > rest) this.low = t;
      else this.high = t;
      const width = this.high - this.low;
      const step = this.stepFrom(tail, Math.log(tail) - goal);
      const next = t + step;
      const inside = next > this.low && next < this.high && Math.abs(2 * step) <= beforeLast;
      const settled = Math.abs(step) <= LAST_STEP * (next - branches.least) && Math.abs(tail - rest) <= close;
      // a step too small to move is one from where the tail is met exactly
      if (settled && (inside || next === t)) return next;
      if (!inside && (tail === rest || width <= NARROW * this.high)) return t;
      beforeLast = last;
      last = inside ? Math.abs(step) : width / 2;
      t = inside ? next : this.low + width / 2;
    }
    return t;
  }

  /** The time (s) within which a share `q` ends, q in [0, 1); 0 without branches. */
  at(q: number): number {
    const { branches } = this;
    const { count, least } = branches;
    if (count === 0) return 0;
    if (!(q > 0)) return least;
    const rest = Math.max(1 - q, RAREST);
    const mean = branches.mean();
    const variance = branches.variance(mean);
    const deviation = Math.sqrt(variance);
    // Cantelli: the quantile lies within these distances of the mean.
    this.high = mean + deviation * Math.sqrt((1 - rest) / rest) * (1 + 1e-9);
    this.low = Math.max(least, mean - deviation * Math.sqrt(rest / (1 - rest)) * (1 + 1e-9));
    if (!(this.high > this.low)) return this.high;
    return this.atStep(rest) ? this.low : this.search(firstGuess(least, mean, variance, rest), rest);
  }
}

const shared = new Percentiles();

/** q-quantile (s), q in [0, 1); 0 for an empty mixture. */
export function mixtureQuantile(mixture: Mixture, q: number): number {
  shared.branches.fill(mixture);
  return shared.at(q);
}

/** Several quantiles of one mixture (its gamma constants are computed once). */
export function mixtureQuantiles(mixture: Mixture, qs: readonly number[]): number[] {
  shared.branches.fill(mixture);
  return qs.map((q) => shared.at(q));
}
