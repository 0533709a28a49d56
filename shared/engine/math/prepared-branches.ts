/**
 * Gamma branches with their constants computed once, for many questions about their tails (percentiles, maxima). All lie in
 * one array of numbers, so that nothing is allocated. Where a tail is known to be all or nothing without an incomplete
 * gamma function, none is computed: a gamma variable X of shape a and scale 1 has P(X > a + sqrt(2as) + s) <= e^-s and
 * P(X < a - sqrt(2as)) <= e^-s (it is sub-gamma: Boucheron, Lugosi and Massart 2013, 2.4).
 */
import { CONSTANT_SCV, densityTimes, LARGE_SHAPE, largeDensityTimes, largeUpperShare, logGamma, upperShareFrom } from './gamma.ts';
import type { Mixture } from './mixture.ts';

/** Weight, shift, end of a constant (the mean of any other), variance, shape (0 for a constant), scale, ln Gamma(shape), until when all is left, from when nothing is. */
const FIELDS = 9;
const ROOM = 32;
/** e to the minus this counts as nothing, beside one (below its last digit) and beside the rarest share that is asked for (1e-12). */
const NOTHING = 42;

/** A gamma variable with this mean (s) and variance (s^2) takes longer than this with a probability of e^-`rarity` at most, seconds. */
export function lastBefore(mean: number, variance: number, rarity: number): number {
  return mean + Math.sqrt(2 * rarity * variance) + (rarity * variance) / mean;
}

/** Branches of one mixture, or two that are compared. Not re-entrant: filled, asked, and cleared for the next. */
export class PreparedBranches {
  /** How many. */
  count = 0;
  /** The earliest shift, seconds. */
  least = Number.MAX_VALUE;
  /** Weighted density of all branches at the time that `tail` was last asked for, per second, and how fast it rises there. */
  density = 0;
  slope = 0;
  private data = new Float64Array(FIELDS * ROOM);

  /** Forget all branches. */
  clear(): void {
    this.count = 0;
    this.least = Number.MAX_VALUE;
  }

  /** One more branch: its weight, constant part (s), and mean (s) and variance (s^2) of its gamma part. */
  add(weight: number, shift: number, mean: number, variance: number): void {
    const at = this.count * FIELDS;
    if (at === this.data.length) {
      const larger = new Float64Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    const { data } = this;
    const random = mean > 0 && variance > CONSTANT_SCV * mean * mean;
    const shape = random ? (mean * mean) / variance : 0;
    const end = shift + Math.max(0, mean);
    data[at] = weight;
    data[at + 1] = shift;
    data[at + 2] = end;
    data[at + 3] = random ? variance : 0;
    data[at + 4] = shape;
    data[at + 5] = random ? variance / mean : 0;
    data[at + 6] = random && shape < LARGE_SHAPE ? logGamma(shape) : 0;
    data[at + 7] = random ? Math.max(shift, end - Math.sqrt(2 * NOTHING * variance)) : end;
    data[at + 8] = random ? shift + lastBefore(mean, variance, NOTHING) : end;
    this.count += 1;
    if (shift < this.least) this.least = shift;
  }

  /** All branches of a mixture that have a weight. */
  fill(mixture: Mixture): this {
    this.clear();
    for (const { weight, shift, mean, variance } of mixture) if (weight > 0) this.add(weight, shift, mean, variance);
    return this;
  }

  /** Mean, seconds. */
  mean(): number {
    let mean = 0;
    for (let at = 0; at < this.count * FIELDS; at += FIELDS) mean += (this.data[at] as number) * (this.data[at + 2] as number);
    return mean;
  }

  /** Variance around this mean, seconds squared, within and between branches. */
  variance(mean: number): number {
    let variance = 0;
    for (let at = 0; at < this.count * FIELDS; at += FIELDS) {
      const off = (this.data[at + 2] as number) - mean;
      variance += (this.data[at] as number) * ((this.data[at + 3] as number) + off * off);
    }
    return variance;
  }

  /** The constant of branch `i`, seconds; null where it is none. */
  constant(i: number): number | null {
    return this.data[i * FIELDS + 4] === 0 ? (this.data[i * FIELDS + 2] as number) : null;
  }

  /** Weight of all branches that are exactly this constant. */
  weightAt(constant: number): number {
    let weight = 0;
    for (let at = 0; at < this.count * FIELDS; at += FIELDS) if (this.data[at + 4] === 0 && this.data[at + 2] === constant) weight += this.data[at] as number;
    return weight;
  }

  /** P(T > t) of branch `i` alone. */
  later(i: number, t: number): number {
    const { data } = this;
    const at = i * FIELDS;
    if (t >= (data[at + 8] as number)) return 0;
    if (t <= (data[at + 7] as number)) return 1;
    const shape = data[at + 4] as number;
    const x = (t - (data[at + 1] as number)) / (data[at + 5] as number);
    return shape >= LARGE_SHAPE ? largeUpperShare(shape, x) : upperShareFrom(shape, x, densityTimes(shape, x, data[at + 6] as number));
  }

  /** P(T > t) of all by their weights; leaves in `density` how fast it falls, and in `slope` how that changes: both come with the tail. */
  tail(t: number): number {
    const { data } = this;
    let tail = 0;
    let density = 0;
    let slope = 0;
    for (let at = 0; at < this.count * FIELDS; at += FIELDS) {
      if (t >= (data[at + 8] as number)) continue;
      const weight = data[at] as number;
      if (t <= (data[at + 7] as number)) {
        tail += weight;
        continue;
      }
      const shape = data[at + 4] as number;
      const rest = t - (data[at + 1] as number);
      const x = rest / (data[at + 5] as number);
      const large = shape >= LARGE_SHAPE;
      const times = large ? largeDensityTimes(shape, x) : densityTimes(shape, x, data[at + 6] as number);
      tail += weight * (large ? largeUpperShare(shape, x) : upperShareFrom(shape, x, times));
      const here = (weight * times) / rest;
      density += here;
      slope += here * ((shape - 1) / rest - 1 / (data[at + 5] as number));
    }
    this.density = density;
    this.slope = slope;
    return tail;
  }
}
