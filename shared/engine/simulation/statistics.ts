/** From observations in their order to estimates: what is cut off at the start, means and quantiles with intervals. */

/** A value with the ends of its 95 % confidence interval; null ends when there are too few observations. */
export interface Estimated { readonly value: number; readonly low: number | null; readonly high: number | null }

/** Batches of the method of batch means. */
const BATCHES = 20;
/** Fewer observations than this in a batch say nothing about a mean. */
const FEWEST_IN_BATCH = 10;

/** Student's t at 97.5 % by degrees of freedom, from one on. */
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045,
] as const;
/** Beyond the table: the normal quantile and the first terms of its expansion (Fisher and Cornish). */
const Z_975 = 1.959964;

function studentT(degrees: number): number {
  return T_975[degrees - 1] ?? Z_975 + (Z_975 ** 3 + Z_975) / (4 * degrees) + (5 * Z_975 ** 5 + 16 * Z_975 ** 3 + 3 * Z_975) / (96 * degrees * degrees);
}

/** The mean of what independent runs found, with the interval of Student's t over them; without one when there is only one run. */
export function overRuns(values: readonly number[]): Estimated {
  const count = values.length;
  const value = count > 0 ? values.reduce((sum, one) => sum + one, 0) / count : 0;
  if (count < 2) return { value, low: null, high: null };
  const half = studentT(count - 1) * Math.sqrt(values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (count - 1) / count);
  return { value, low: Math.max(0, value - half), high: value + half };
}

/** Numbers that are appended one by one. */
export class Series {
  private data = new Float64Array(1024);
  /** How many there are. */
  length = 0;

  /** Append one. */
  add(value: number): void {
    if (this.length === this.data.length) {
      const grown = new Float64Array(this.data.length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.length++] = value;
  }

  /** The one at a place. */
  at(index: number): number {
    return this.data[index] as number;
  }

  /** Those from a place on, in their order; a view, not a copy. */
  from(index: number): Float64Array {
    return this.data.subarray(index, this.length);
  }
}

/**
 * How many observations to cut off at the start, by MSER-5 (White 1997): means of five, and the cut that leaves the
 * smallest standard error, at most half of all.
 */
export function mser5(values: Float64Array): number {
  const groups = Math.floor(values.length / 5);
  if (groups < 20) return 0;
  let sum = 0;
  let squares = 0;
  let best = Number.MAX_VALUE;
  let cut = 0;
  for (let group = groups - 1; group >= 0; group--) {
    let mean = 0;
    for (let i = 0; i < 5; i++) mean += values[group * 5 + i] as number;
    mean /= 5;
    sum += mean;
    squares += mean * mean;
    const count = groups - group;
    if (group > groups / 2) continue;
    const error = (squares - (sum * sum) / count) / (count * count);
    if (error > best) continue;
    best = error;
    cut = group;
  }
  return cut * 5;
}

/** Mean of some numbers; 0 of none. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length > 0 ? sum / values.length : 0;
}

/** The value that a share of sorted numbers does not exceed, between the nearest two; 0 of none. */
function sortedQuantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return 0;
  const place = Math.min(sorted.length - 1, Math.max(0, share * sorted.length - 0.5));
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(sorted.length - 1, below + 1)] as number;
  return low + (high - low) * (place - below);
}

/** An interval from what each of the batches says. */
function withInterval(value: number, values: Float64Array, ofBatch: (batch: Float64Array) => number, fewest: number): Estimated {
  const size = Math.floor(values.length / BATCHES);
  if (size < fewest) return { value, low: null, high: null };
  let squares = 0;
  for (let i = 0; i < BATCHES; i++) squares += (ofBatch(values.subarray(i * size, (i + 1) * size)) - value) ** 2;
  const half = studentT(BATCHES - 1) * Math.sqrt(squares / (BATCHES - 1) / BATCHES);
  return { value, low: Math.max(0, value - half), high: value + half };
}

/** Mean with its interval by batch means. */
export function estimateMean(values: Float64Array): Estimated {
  return withInterval(meanOf(values), values, meanOf, FEWEST_IN_BATCH);
}

/** Quantiles with their intervals by sectioning; a batch must hold ten observations beyond the quantile. */
export function estimateQuantiles(values: Float64Array, shares: readonly number[]): readonly Estimated[] {
  const sorted = values.slice().sort();
  return shares.map((share) => {
    const quantile = (batch: Float64Array): number => sortedQuantile(batch.slice().sort(), share);
    return withInterval(sortedQuantile(sorted, share), values, quantile, FEWEST_IN_BATCH / Math.max(1e-9, 1 - share) / 4);
  });
}
