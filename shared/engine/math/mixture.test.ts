import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixtureTail } from '../../../tests/support/mixture-tail.ts';
import { gammaP, gammaQuantile, gammaTail, logGamma } from './gamma.ts';
import { hypoexponentialCdf } from './hypoexponential.ts';
import { mixtureQuantile, mixtureQuantiles } from './mixture-quantile.ts';
import { mixtureMean, mixtureVariance } from './mixture.ts';
import type { Branch, Mixture } from './mixture.ts';
import { addMixtures, choose, constant, gammaBranch, mergeBranches, normalise, repeat } from './mixture-combine.ts';
import { maxOfIid, parallelMax } from './mixture-maximum.ts';

const branch = fc.record({
  weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
  shift: fc.double({ min: 0, max: 0.1, noNaN: true }),
  mean: fc.double({ min: 0.001, max: 2, noNaN: true }),
  scv: fc.double({ min: 0.05, max: 6, noNaN: true }),
});

const mixtures = fc
  .array(branch, { minLength: 1, maxLength: 48 })
  .map((rows): Mixture =>
    normalise(rows.map(({ weight, shift, mean, scv }): Branch => ({ weight, shift, mean, variance: scv * mean * mean }))),
  );

const gammaQ = (a: number, x: number): number => gammaTail(a, a, x);
const mixtureCdf = (mixture: Mixture, t: number): number => 1 - mixtureTail(mixture, t);

/** Truth for a maximum of independent times: bisection on the product of distribution functions. */
function maximumQuantile(parts: readonly Mixture[], q: number): number {
  let low = 0;
  let high = 1e4;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (parts.reduce((acc, part) => acc * mixtureCdf(part, middle), 1) < q) low = middle;
    else high = middle;
  }
  return low;
}

describe('gamma functions', () => {
  it('knows table values', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 14);
    expect(gammaP(1, 2)).toBeCloseTo(1 - Math.exp(-2), 14);
    expect(gammaQuantile(5, 5, 0.95)).toBeCloseTo(9.15352, 5);
    expect(gammaQ(0.5, 40)).toBeCloseTo(3.744097384e-19, 26);
  });

  it('adds to one and does not jump where the method changes', () => {
    for (const a of [0.3, 1, 7, 99.999, 100, 450, 1e6]) {
      for (const f of [0, 1e-9, 0.5, 0.9, 1, 1.1, 3]) expect(gammaP(a, a * f) + gammaQ(a, a * f)).toBeCloseTo(1, 12);
    }
    expect(gammaQ(99.9999999, 105)).toBeCloseTo(gammaQ(100, 105), 8);
  });

  it('treats a variance of nothing as a constant', () => {
    expect(gammaQuantile(3, 0, 0.99)).toBe(3);
    expect(gammaQuantile(3, 1e-7, 0.5)).toBeCloseTo(3, 6);
  });
});

describe('branch mixtures', () => {
  it('inverts the distribution function', () => {
    fc.assert(
      fc.property(mixtures, fc.double({ min: 0.001, max: 0.9999, noNaN: true }), (mixture, q) => {
        const t = mixtureQuantile(mixture, q);
        expect(mixtureCdf(mixture, t * (1 - 1e-9))).toBeLessThanOrEqual(q + 1e-9);
        expect(mixtureCdf(mixture, t * (1 + 1e-9))).toBeGreaterThanOrEqual(q - 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('finds steps of constant branches', () => {
    const steps: Mixture = [
      { weight: 0.9, shift: 1, mean: 0, variance: 0 },
      { weight: 0.1, shift: 7, mean: 0, variance: 0 },
    ];
    const [p50 = 0, p95 = 0] = mixtureQuantiles(steps, [0.5, 0.95]);
    expect(p50).toBeCloseTo(1, 7);
    expect(p95).toBeCloseTo(7, 7);
    expect(mixtureQuantile(constant(3), 0.99)).toBe(3);
  });

  it('merges without changing weight, mean or variance', () => {
    fc.assert(
      fc.property(mixtures, (mixture) => {
        const merged = mergeBranches(mixture, 4);
        expect(merged.length).toBeLessThanOrEqual(4);
        expect(mixtureMean(merged)).toBeCloseTo(mixtureMean(mixture), 10);
        expect(mixtureVariance(merged)).toBeCloseTo(mixtureVariance(mixture), 10);
        expect(merged.every((b) => b.mean >= -1e-12 && b.variance >= 0)).toBe(true);
      }),
    );
  });

  it('adds means and variances in sequence, also for fractional calls', () => {
    fc.assert(
      fc.property(mixtures, mixtures, fc.double({ min: 0, max: 9, noNaN: true }), (a, b, calls) => {
        const both = addMixtures(a, b);
        expect(both.length).toBeLessThanOrEqual(32);
        expect(mixtureMean(both)).toBeCloseTo(mixtureMean(a) + mixtureMean(b), 8);
        expect(mixtureVariance(both)).toBeCloseTo(mixtureVariance(a) + mixtureVariance(b), 8);
        expect(mixtureMean(repeat(a, calls))).toBeCloseTo(calls * mixtureMean(a), 7);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a missing probability no time', () => {
    const half = choose([{ probability: 0.25, mixture: gammaBranch(4, 1) }]);
    expect(mixtureMean(half)).toBeCloseTo(1, 12);
    expect(mixtureCdf(half, 0)).toBeCloseTo(0.75, 12);
  });

  it('takes the maximum of parallel calls within 2 % at p95 and p99', () => {
    const hitMiss: Mixture = [
      { weight: 0.9, shift: 0, mean: 1, variance: 1 },
      { weight: 0.1, shift: 2, mean: 20, variance: 400 },
    ];
    const other = gammaBranch(2, 4, 0.3);
    for (const q of [0.95, 0.99]) {
      const pair = maximumQuantile([hitMiss, other], q);
      expect(Math.abs(mixtureQuantile(parallelMax(hitMiss, other), q) / pair - 1)).toBeLessThan(0.02);
      for (const n of [2, 4, 16, 100]) {
        const truth = maximumQuantile(new Array<Mixture>(n).fill(hitMiss), q);
        expect(Math.abs(mixtureQuantile(maxOfIid(hitMiss, n), q) / truth - 1)).toBeLessThan(0.02);
      }
    }
    expect(mixtureMean(parallelMax(gammaBranch(1, 1), gammaBranch(1, 1)))).toBeCloseTo(1.5, 4);
    expect(parallelMax(gammaBranch(1, 1, 50), gammaBranch(1, 1))).toEqual(gammaBranch(1, 1, 50));
    expect(mixtureMean(maxOfIid(constant(2), 7))).toBeCloseTo(2, 12);
  });

  it('sums exponential stages, equal ones too', () => {
    expect(hypoexponentialCdf([1, 2], 1)).toBeCloseTo(0.39957640089372803, 12);
    expect(hypoexponentialCdf([2, 2, 2], 1.5)).toBeCloseTo(gammaP(3, 3), 10);
    expect(hypoexponentialCdf([1, 1.0200001], 2)).toBeCloseTo(hypoexponentialCdf([1, 1.0199999], 2), 6);
  });
});
