import { describe, expect, test } from 'vitest';
import { mixtureTail } from '../../../tests/support/mixture-tail.ts';
import { cutAt, meanUntil } from './mixture-cut.ts';
import { mixtureQuantile } from './mixture-quantile.ts';
import { mixtureMean } from './mixture.ts';

describe('times that end at a limit', () => {
  const exponential = [{ weight: 1, shift: 0, mean: 1, variance: 1 }];

  test('an exponential time: E[min(T, t)] = 1 - e^-t, and e^-t of it ends at the limit', () => {
    for (const limit of [0.2, 1, 3]) {
      const cut = cutAt(exponential, limit);
      expect(mixtureMean(cut)).toBeCloseTo(-Math.expm1(-limit), 7);
      expect(meanUntil(1, limit)).toBeCloseTo(-Math.expm1(-limit), 12);
      expect(mixtureTail(cut, limit * (1 - 1e-9))).toBeGreaterThanOrEqual(Math.exp(-limit) - 1e-9);
      expect(cut.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 7);
    }
  });

  test('the quantiles below the limit stay, those above are the limit', () => {
    // P(T > 2) = .135: p50 = ln 2, p99 = 2
    const cut = cutAt(exponential, 2);
    expect(mixtureQuantile(cut, 0.99)).toBeCloseTo(2, 6);
    expect(mixtureQuantile(cut, 0.5)).toBeCloseTo(Math.LN2, 1);
  });

  test('what is never late stays as it is, what always is takes exactly the limit', () => {
    const quick = [{ weight: 0.5, shift: 0.1, mean: 0.01, variance: 1e-6 }, { weight: 0.5, shift: 0.2, mean: 0, variance: 0 }];
    expect(cutAt(quick, 5)).toEqual(quick);
    expect(cutAt(quick, 0.05)).toEqual([{ weight: 1, shift: 0.05, mean: 0, variance: 0 }]);
    expect(cutAt(quick, 0.15)).toEqual([quick[0], { weight: 0.5, shift: 0.15, mean: 0, variance: 0 }]);
  });
});
