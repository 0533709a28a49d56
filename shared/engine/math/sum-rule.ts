/**
 * Sums of a smooth function over many whole numbers in a row from its values at eight places: the Gauss rule of such a sum,
 * exact for polynomials up to degree 15. Its places are the zeros of the Gram (discrete Chebyshev) polynomial, found by
 * Newton steps on its recursion. Source: Gautschi, Orthogonal Polynomials, 2004, 1.5.2 and 3.1.
 */

/** Places of one rule. */
export const SUM_POINTS = 8;

/** Where to look among 0 .. `count` - 1 (not whole), in rising order, and how many numbers each place stands for: together `count`. */
export interface SumRule {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

/** Weights of the recursion on (-1/2, 1/2), in which numbers lie 1/count apart: the k-th is k^2 (1 - k^2/count^2) / (4 (4 k^2 - 1)). */
function recursion(count: number): readonly number[] {
  return Array.from({ length: SUM_POINTS }, (_, k) => (k * k * (1 - (k / count) ** 2)) / (4 * (4 * k * k - 1)));
}

/** The rule for so many whole numbers, more than `SUM_POINTS`. */
export function sumRule(count: number): SumRule {
  const b = recursion(count);
  const norm = b.reduce((product, weight, k) => (k === 0 ? product : product * weight), 1);
  const places = new Array<number>(SUM_POINTS);
  const weights = new Array<number>(SUM_POINTS);
  for (let i = 0; i < SUM_POINTS / 2; i++) {
    let x = ((1 - 1 / count) / 2) * Math.cos((Math.PI * (i + 0.75)) / (SUM_POINTS + 0.5));
    let before = 0;
    let slope = 0;
    for (let round = 0; round < 50; round++) {
      let value = x;
      let slopeBefore = 0;
      before = 1;
      slope = 1;
      for (let k = 1; k < SUM_POINTS; k++) {
        const weight = b[k] as number;
        const next = x * value - weight * before;
        const nextSlope = value + x * slope - weight * slopeBefore;
        [before, value, slopeBefore, slope] = [value, next, slope, nextSlope];
      }
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    const last = SUM_POINTS - 1 - i;
    places[i] = (count - 1) / 2 - x * count;
    places[last] = (count - 1) / 2 + x * count;
    weights[i] = weights[last] = (norm * count) / (slope * before);
  }
  return { places, weights };
}
