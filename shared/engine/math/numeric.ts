/**
 * Small numeric helpers shared by the formulas: clamping, bracketed root finding, Gauss-Legendre nodes.
 * Everything here is pure and deterministic.
 */

/** Limits `x` to [low, high]; NaN becomes `low`. */
export function clamp(x: number, low: number, high: number): number {
  if (!(x > low)) return low;
  return x < high ? x : high;
}

/** Limits a probability to [0, 1]; NaN becomes 0. */
export function clampShare(x: number): number {
  return clamp(x, 0, 1);
}

/** Rounds to a whole number of at least `least`; NaN becomes `least`. Used for counts that arrive as plain numbers. */
export function wholeAtLeast(x: number, least: number): number {
  const rounded = Math.round(x);
  return rounded >= least ? rounded : least;
}

/** A pair of x values with the function values there, of opposite sign (or zero). */
export interface Bracket {
  low: number;
  high: number;
  atLow: number;
  atHigh: number;
}

/** Steps after which only halving goes on. */
const SECANTS = 60;

/**
 * Root of a continuous function inside a bracket by the Illinois variant of regula falsi: superlinear on smooth
 * functions; every eighth step and all from the sixtieth on halve the bracket, for step functions make the secant crawl.
 * Source: Dowell and Jarratt 1971. `relative` is the tolerance on x. Returns the best x; never throws.
 */
export function solveBracketed(f: (x: number) => number, bracket: Bracket, relative = 1e-12, rounds = 100): number {
  let { low, high, atLow, atHigh } = bracket;
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  let side = 0;
  for (let round = 0; round < rounds; round++) {
    const width = high - low;
    if (width <= relative * Math.abs(high)) break;
    let x = high - (atHigh * width) / (atHigh - atLow);
    if (round % 8 === 7 || round >= SECANTS || !(x > low && x < high)) x = low + width / 2;
    const value = f(x);
    if (value === 0) return x;
    const step = Math.min(x - low, high - x);
    if (value > 0 === atHigh > 0) {
      high = x;
      atHigh = value;
      if (side === 1) atLow /= 2;
      side = 1;
    } else {
      low = x;
      atLow = value;
      if (side === -1) atHigh /= 2;
      side = -1;
    }
    if (Math.abs(value) < 1e-15 || step === 0) return x;
  }
  return low + (high - low) / 2;
}

/** Nodes on (0, 1) and weights summing to 1. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss-Legendre rule with `count` points on (0, 1), by Newton steps on the Legendre recursion.
 * Source: Abramowitz and Stegun 25.4.29.
 */
export function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let round = 0; round < 50; round++) {
      let previous = 1;
      let value = x;
      for (let k = 2; k <= count; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * previous) / k;
        previous = value;
        value = next;
      }
      slope = (count * (x * value - previous)) / (x * x - 1);
      const delta = value / slope;
      x -= delta;
      if (Math.abs(delta) < 1e-16) break;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Sum of a list; 0 for an empty one. */
export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
