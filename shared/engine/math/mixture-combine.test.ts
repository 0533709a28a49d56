import { describe, expect, test } from 'vitest';
import { gammaTail } from './gamma.ts';
import { mixtureMean, mixtureVariance } from './mixture.ts';
import type { Branch, Mixture } from './mixture.ts';
import { addMixtures, choose, constant, gammaBranch, mergeBranches, normalise, repeat, shiftBy } from './mixture-combine.ts';
import { maxOfIid, parallelMax } from './mixture-maximum.ts';

function branch(weight: number, shift: number, mean = 0, variance = 0): Branch {
  return { weight, shift, mean, variance };
}

/** Branch by branch to ten digits. */
function expectBranches(mixture: Mixture, expected: readonly Branch[], digits = 10): void {
  expect(mixture).toHaveLength(expected.length);
  mixture.forEach((found, i) => {
    const wanted = expected[i] as Branch;
    for (const field of ['weight', 'shift', 'mean', 'variance'] as const) expect(found[field], `${field} of branch ${i}`).toBeCloseTo(wanted[field], digits);
  });
}

describe('one branch', () => {
  test('a constant and a gamma', () => {
    expect(gammaBranch(2, 3)).toEqual([branch(1, 0, 2, 3)]);
    expect(gammaBranch(2, 3, 4)).toEqual([branch(1, 4, 2, 3)]);
    expect(constant(7)).toEqual([branch(1, 7)]);
  });

  test('a shift moves every branch, and none at all is no new mixture', () => {
    const mixture = [branch(0.3, 1, 2, 3), branch(0.7, 0.5)];
    expect(shiftBy(mixture, 0.25)).toEqual([branch(0.3, 1.25, 2, 3), branch(0.7, 0.75)]);
    expect(shiftBy(mixture, 0)).toBe(mixture);
  });
});

describe('weights', () => {
  test('are scaled to one; what has none is left out; nothing at all takes no time', () => {
    expect(normalise([branch(3, 1), branch(0, 9), branch(-1, 5), branch(1, 2)])).toEqual([branch(0.75, 1), branch(0.25, 2)]);
    expect(normalise([])).toEqual([branch(1, 0)]);
    expect(normalise([branch(0, 4)])).toEqual([branch(1, 0)]);
    const whole = [branch(0.25, 1), branch(0.75, 2)];
    expect(normalise(whole)[0]).toBe(whole[0]);
  });

  test('a choice weighs its outcomes and leaves out what cannot happen; the rest takes no time', () => {
    const slow = [branch(0.5, 3), branch(0.5, 4, 1, 1)];
    expect(choose([{ probability: 0.4, mixture: slow }, { probability: 0, mixture: constant(99) }, { probability: -1, mixture: constant(98) }])).toEqual([branch(0.2, 3), branch(0.2, 4, 1, 1), branch(0.6, 0)]);
    expect(choose([{ probability: 0.5, mixture: constant(1) }, { probability: 0.5, mixture: constant(2) }])).toEqual([branch(0.5, 1), branch(0.5, 2)]);
    expect(choose([])).toEqual([branch(1, 0)]);
    // ten tenths are one, whatever their sum in binary
    expect(choose(Array.from({ length: 10 }, (_, i) => ({ probability: 0.1, mixture: constant(i) })))).toHaveLength(10);
    // odds above one are scaled back
    expect(choose([{ probability: 3, mixture: constant(1) }, { probability: 1, mixture: constant(2) }])).toEqual([branch(0.75, 1), branch(0.25, 2)]);
  });
});

describe('merging', () => {
  test('the lightest joins the neighbour whose mean is nearer', () => {
    const three = [branch(0.5, 10), branch(0.4, 1), branch(0.1, 2)];
    expectBranches(mergeBranches(three, 2), [branch(0.5, 1, 0.2, 0.16), branch(0.5, 10)]);
    // means 1.9, 3 and 9
    expectBranches(mergeBranches([branch(0.7, 0.5, 1.4, 2), branch(0.1, 3, 0, 0), branch(0.2, 0, 9, 9)], 2), [branch(0.8, 0.5, 1.5375, 1.75 + (7 / 64) * 1.21), branch(0.2, 0, 9, 9)]);
    expectBranches(mergeBranches([branch(0.7, 0.5), branch(0.1, 3), branch(0.2, 4)], 2), [branch(0.7, 0.5), branch(0.3, 3, 2 / 3, 2 / 9)]);
  });

  test('neighbours are judged by shift and mean together, and the lower one is taken at equal distance', () => {
    // means 5 (1 + 4), 6 (6 + 0) and 9 (2 + 7)
    expectBranches(mergeBranches([branch(0.2, 6), branch(0.4, 2, 7, 1), branch(0.4, 1, 4, 2)], 2), [branch(0.6, 1, 13 / 3, 4 / 3 + 2 / 9), branch(0.4, 2, 7, 1)]);
    expectBranches(mergeBranches([branch(0.4, 1), branch(0.2, 2), branch(0.4, 3)], 2), [branch(0.6, 1, 1 / 3, 2 / 9), branch(0.4, 3)]);
    // means 2 (2 + 0), 5 (0 + 5) and 7 (7 + 0): by mean alone or by shift alone the first would be nearer
    expectBranches(mergeBranches([branch(0.4, 2), branch(0.2, 0, 5, 0), branch(0.4, 7)], 2), [branch(0.4, 2), branch(0.6, 0, 19 / 3, 8 / 9)]);
  });

  test('the first and the last have one neighbour only', () => {
    expectBranches(mergeBranches([branch(0.1, 1), branch(0.4, 5), branch(0.5, 6)], 2), [branch(0.5, 1, 3.2, 2.56), branch(0.5, 6)]);
    expectBranches(mergeBranches([branch(0.4, 1), branch(0.5, 2), branch(0.1, 9)], 2), [branch(0.4, 1), branch(0.6, 2, 7 / 6, (5 / 36) * 49)]);
  });

  test('of branches as light as each other the one with the lowest mean, then variance, then weight goes first', () => {
    expectBranches(mergeBranches([branch(0.1, 8), branch(0.3, 9), branch(0.1, 1), branch(0.5, 4)], 3), [branch(0.6, 1, 2.5, 1.25), branch(0.1, 8), branch(0.3, 9)]);
    const equal = [branch(0.3, 0, 2, 3), branch(0.2, 0, 2, 1), branch(0.2, 0, 2, 2), branch(0.3, 0, 5, 0)];
    // the order by variance is 1, 2, 3: the two lighter ones meet
    expectBranches(mergeBranches(equal, 3), [branch(0.4, 0, 2, 1.5), branch(0.3, 0, 2, 3), branch(0.3, 0, 5)]);
    expectBranches(mergeBranches([...equal].reverse(), 3), [branch(0.4, 0, 2, 1.5), branch(0.3, 0, 2, 3), branch(0.3, 0, 5)]);
    const alike = [branch(0.4, 0, 2, 1), branch(0.1, 0, 2, 1), branch(0.2, 0, 2, 1), branch(0.3, 0, 6)];
    expectBranches(mergeBranches(alike, 3), [branch(0.3, 0, 2, 1), branch(0.4, 0, 2, 1), branch(0.3, 0, 6)]);
  });

  test('goes on until as few are left as wanted, and never to none', () => {
    const many = Array.from({ length: 12 }, (_, i) => branch(1 / 12, i * i));
    for (const max of [1, 2, 5, 11]) expect(mergeBranches(many, max)).toHaveLength(max);
    expect(mergeBranches(many, 12)).toBe(many);
    expect(mergeBranches(many)).toBe(many);
    for (const max of [1, 0, -3]) expectBranches(mergeBranches(many, max), [branch(1, 0, 506 / 12, mixtureVariance(many))], 8);
    expect(mergeBranches(Array.from({ length: 40 }, (_, i) => branch(1 / 40, i)))).toHaveLength(32);
  });
});

describe('in sequence', () => {
  test('every pair adds its shifts, means and variances', () => {
    const a = [branch(0.5, 1, 2, 3), branch(0.5, 4), branch(0, 77)];
    expect(addMixtures(a, [branch(0.2, 10, 20, 30), branch(0.8, 5)])).toEqual([branch(0.1, 11, 22, 33), branch(0.4, 6, 2, 3), branch(0.1, 14, 20, 30), branch(0.4, 9)]);
    expect(addMixtures(a, a, 2)).toHaveLength(2);
  });

  test('one call after the other: a single branch is scaled, two outcomes count as a binomial', () => {
    expect(repeat(gammaBranch(0.1, 0.7, 0.3), 1000)).toEqual([branch(1, 300, 100, 700)]);
    expect(repeat(constant(2), 0)).toEqual([branch(1, 0)]);
    expect(repeat(constant(2), -1)).toEqual([branch(1, 0)]);
    expect(repeat(constant(2), Number.NaN)).toEqual([branch(1, 0)]);
    expect(repeat(constant(2), 3 + 1e-13)).toEqual([branch(1, 6)]);
    const coin = [branch(0.5, 0), branch(0.5, 1)];
    const tossed = repeat(coin, 5);
    const times = new Map<number, number>();
    for (const { shift, weight } of tossed) times.set(shift, (times.get(shift) ?? 0) + weight);
    [1, 5, 10, 10, 5, 1].forEach((ways, heads) => expect(times.get(heads)).toBeCloseTo(ways / 32, 12));
    expect(repeat(coin, 5, 4)).toHaveLength(4);
  });

  test('a part of a call is the probability of one more', () => {
    expect(repeat(constant(2), 1.25)).toEqual([branch(0.25, 4), branch(0.75, 2)]);
    expect(repeat(gammaBranch(2, 5, 1), 0.5)).toEqual([branch(0.5, 1, 2, 5), branch(0.5, 0)]);
  });

  test('beyond a thousand calls only mean and variance of the outcomes are kept', () => {
    const coin = [branch(0.5, 1), branch(0.5, 3)];
    expectBranches(repeat(coin, 1001), [branch(1, 1001, 1001, 1001)]);
    const thousand = repeat(coin, 1000);
    expect(thousand).toHaveLength(32);
    expect(mixtureMean(thousand)).toBeCloseTo(2000, 6);
    expect(mixtureVariance(thousand)).toBeCloseTo(1000, 6);
  });
});

/** Mean, variance and third central moment from a distribution function on [low, high] by the trapezoidal rule. */
function momentsOf(cdf: (t: number) => number, low: number, high: number, steps = 40_000): { mean: number; variance: number; third: number } {
  const width = (high - low) / steps;
  let first = 0;
  let second = 0;
  let third = 0;
  for (let i = 0; i <= steps; i++) {
    const t = i * width;
    const tail = (1 - cdf(low + t)) * width * (i === 0 || i === steps ? 0.5 : 1);
    first += tail;
    second += 2 * t * tail;
    third += 3 * t * t * tail;
  }
  return { mean: low + first, variance: second - first * first, third: third - 3 * first * second + 2 * first ** 3 };
}

const exponential = (mean: number, t: number): number => (t > 0 ? -Math.expm1(-t / mean) : 0);

function expectMoments(mixture: Mixture, truth: { mean: number; variance: number; third: number }, close = 2e-4): void {
  const [only] = mixture as [Branch];
  expect(mixture).toHaveLength(1);
  expect(Math.abs(mixtureMean(mixture) / truth.mean - 1)).toBeLessThan(close);
  expect(Math.abs(only.variance / truth.variance - 1)).toBeLessThan(close * 5);
  // a gamma part has third moment 2 var^2 / mean
  expect(Math.abs((2 * only.variance ** 2) / only.mean / truth.third - 1)).toBeLessThan(close * 25);
}

describe('the later of two', () => {
  test('of two exponential times: mean 3/2, variance 5/4, third moment 9/4, told as a gamma from 1/9 on', () => {
    expectBranches(parallelMax(gammaBranch(1, 1), gammaBranch(1, 1)), [branch(1, 1 / 9, 25 / 18, 5 / 4)], 2);
    expectMoments(parallelMax(gammaBranch(1, 1), gammaBranch(1, 1)), { mean: 1.5, variance: 1.25, third: 2.25 });
  });

  test.each([[0.5, 1, 0.2, 2], [0.2, 2, 0.5, 1], [3, 1, 0, 4], [0, 4, 3, 1]])('starting at %f with mean %f and at %f with mean %f', (shiftA, meanA, shiftB, meanB) => {
    const found = parallelMax(gammaBranch(meanA, meanA * meanA, shiftA), gammaBranch(meanB, meanB * meanB, shiftB));
    expectMoments(found, momentsOf((t) => exponential(meanA, t - shiftA) * exponential(meanB, t - shiftB), Math.max(shiftA, shiftB), 80), 1e-3);
  });

  test('with a constant: nothing ends before it', () => {
    for (const pair of [[constant(1), gammaBranch(1, 1)], [gammaBranch(1, 1), constant(1)], [[branch(1, 0.25, 0.75)], gammaBranch(1, 1)], [gammaBranch(1, 1), [branch(1, 0.25, 0.75)]]] as const) {
      const [only] = parallelMax(pair[0], pair[1]) as [Branch];
      // E max(1, E) = 1 + e^-1
      expect(only.shift).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(only.shift + only.mean).toBeCloseTo(1 + Math.exp(-1), 5);
    }
    expect(parallelMax(constant(2), [branch(1, 1, 2)])).toEqual([branch(1, 3)]);
    expect(parallelMax([branch(1, 1, 2)], constant(2))).toEqual([branch(1, 3)]);
    expect(parallelMax(constant(3), constant(3))).toEqual([branch(1, 3)]);
    expect(parallelMax([branch(1, 1, 2)], [branch(1, 1.5, 1.5)])).toEqual([branch(1, 3)]);
  });

  test('what starts when the other has surely ended is the answer, untouched', () => {
    const late = gammaBranch(1, 1, 13);
    expect(parallelMax(late, gammaBranch(1, 1))).toEqual(late);
    expect(parallelMax(gammaBranch(1, 1), late)).toEqual(late);
    // one that reaches exactly to its start
    const start = gammaBranch(2, 4, 3);
    expect(parallelMax(start, constant(3))).toEqual(start);
    expect(parallelMax(constant(3), start)).toEqual(start);
    const weighed = parallelMax([branch(0.5, 100), branch(0.5, 50)], [branch(0.2, 1), branch(0.8, 70)]);
    expect(weighed).toEqual([branch(0.1, 100), branch(0.4, 100), branch(0.1, 50), branch(0.4, 70)]);
  });

  test.each([[10, 1, 9.9, 0.04], [10, 0.01, 10, 0.01], [4, 1, 3, 2], [0.002, 1e-10, 0.0019, 1e-8], [50, 9, 10, 30]])('of narrow times far from their start: mean %f and variance %f, mean %f and variance %f', (meanA, varianceA, meanB, varianceB) => {
    const found = parallelMax(gammaBranch(meanA, varianceA), gammaBranch(meanB, varianceB));
    const cdf = (t: number): number => (1 - gammaTail(meanA, varianceA, t)) * (1 - gammaTail(meanB, varianceB, t));
    const { mean, variance } = momentsOf(cdf, 0, 2.5 * Math.max(meanA, meanB), 4000);
    expect(Math.abs(mixtureMean(found) / mean - 1)).toBeLessThan(5e-4);
    expect(Math.abs(mixtureVariance(found) / variance - 1)).toBeLessThan(0.03);
  });

  test('compares no more than eight branches of each and returns no more than wanted', () => {
    const many = Array.from({ length: 20 }, (_, i) => branch(0.05, i));
    expect(parallelMax(many, constant(100))).toHaveLength(8);
    expect(parallelMax(many, many)).toHaveLength(32);
    expect(parallelMax(many, many, 3)).toHaveLength(3);
  });
});

describe('the slowest of n alike', () => {
  test.each([2, 3, 10, 100, 1000])('of %i exponential times: harmonic mean, sum of 1/i^2, twice the sum of 1/i^3', (n) => {
    const sums = [1, 2, 3].map((power) => Array.from({ length: n }, (_, i) => (i + 1) ** -power).reduce((a, b) => a + b)) as [number, number, number];
    const found = maxOfIid(gammaBranch(2, 4, 5), n);
    const [only] = found as [Branch];
    expect(Math.abs(mixtureMean(found) / (5 + 2 * sums[0]) - 1)).toBeLessThan(1e-3);
    expect(Math.abs(only.variance / (4 * sums[1]) - 1)).toBeLessThan(0.02);
    expect(Math.abs((2 * only.variance ** 2) / only.mean / (8 * 2 * sums[2]) - 1)).toBeLessThan(0.1);
  });

  test('of constants: the probability that none is slower', () => {
    const mixture = [branch(0.1, 7), branch(0.6, 1), branch(0.3, 2, 1)];
    expectBranches(maxOfIid(mixture, 3), [branch(0.216, 1), branch(0.729 - 0.216, 2, 1), branch(1 - 0.729, 7)], 12);
    expect(maxOfIid(mixture, 1)).toBe(mixture);
    expect(maxOfIid(mixture, 0.5)).toBe(mixture);
    expect(maxOfIid(mixture, Number.NaN)).toBe(mixture);
    expect(maxOfIid(mixture, 3, 2)).toHaveLength(2);
    expectBranches(maxOfIid(constant(4), 9), [branch(1, 4)], 12);
    // a branch that hardly ever happens takes no part
    expect(maxOfIid([branch(1, 1), branch(1e-20, 2)], 2)).toEqual([branch(1, 1)]);
  });

  test.each([[2, 0, 5, 0, 1], [4, 3, 5, 1, 2], [20, 0.5, 2, 2.2, 0.1], [1.5, 0, 6, 1, 3]])('of %f copies of two outcomes: split by the slower one that occurs, drawn its mean number of times', (n, shiftSlow, meanSlow, shiftQuick, meanQuick) => {
    const quick = branch(0.8, shiftQuick, meanQuick, meanQuick * meanQuick);
    const slow = branch(0.2, shiftSlow, meanSlow, meanSlow * meanSlow);
    const found = maxOfIid([slow, quick], n);
    const none = 0.8 ** n;
    const drawn = (n * 0.2) / (1 - none);
    const cdfQuick = (t: number): number => exponential(meanQuick, t - shiftQuick);
    const cdfSlow = (t: number): number => exponential(meanSlow, t - shiftSlow);
    const truths = [
      { weight: none, ...momentsOf((t) => cdfQuick(t) ** n, shiftQuick, shiftQuick + 40 * meanQuick) },
      { weight: 1 - none, ...momentsOf((t) => cdfSlow(t) ** drawn * cdfQuick(t) ** (n - drawn), shiftSlow, shiftSlow + 40 * meanSlow) },
    ];
    expect(found).toHaveLength(2);
    truths.forEach(({ weight, mean, variance }, i) => {
      const { weight: share, ...rest } = found[i] as Branch;
      expect(share).toBeCloseTo(weight, 12);
      expect(Math.abs((rest.shift + rest.mean) / mean - 1)).toBeLessThan(3e-3);
      expect(Math.abs(rest.variance / variance - 1)).toBeLessThan(0.03);
    });
    // and close to the slowest of n drawn one by one
    const exact = momentsOf((t) => (0.8 * cdfQuick(t) + 0.2 * cdfSlow(t)) ** n, 0, 40 * meanSlow);
    expect(Math.abs(mixtureMean(found) / exact.mean - 1)).toBeLessThan(0.05);
  });

  test('the lower ones count by their own weights', () => {
    const lower = [branch(0.3, 0, 1, 1), branch(0.5, 1, 2, 4)];
    const found = maxOfIid([...lower, branch(0.2, 0, 4, 16)], 2);
    const drawn = (2 * 0.2) / (1 - 0.64);
    const cdfLower = (t: number): number => (0.3 * exponential(1, t) + 0.5 * exponential(2, t - 1)) / 0.8;
    const truth = momentsOf((t) => exponential(4, t) ** drawn * cdfLower(t) ** (2 - drawn), 0, 160);
    const last = found[2] as Branch;
    expect(last.weight).toBeCloseTo(0.36, 12);
    expect(Math.abs((last.shift + last.mean) / truth.mean - 1)).toBeLessThan(2e-3);
    expect(Math.abs(last.variance / truth.variance - 1)).toBeLessThan(0.02);
  });
});
