import { describe, expect, test } from 'vitest';
import { hypoexponentialCdf } from './hypoexponential.ts';

/** P(sum of exponential stages <= t) by stepping the chain of stages in small steps of time (fourth order). */
function stepped(rates: readonly number[], t: number, steps = 2000): number {
  const width = t / steps;
  const flow = (state: readonly number[]): number[] => rates.map((rate, i) => (i > 0 ? (rates[i - 1] ?? 0) * (state[i - 1] ?? 0) : 0) - rate * (state[i] ?? 0));
  const along = (state: readonly number[], slope: readonly number[], by: number): number[] => state.map((value, i) => value + by * (slope[i] ?? 0));
  let state: number[] = rates.map((_, i) => (i === 0 ? 1 : 0));
  for (let step = 0; step < steps; step++) {
    const a = flow(state);
    const b = flow(along(state, a, width / 2));
    const c = flow(along(state, b, width / 2));
    const d = flow(along(state, c, width));
    state = state.map((value, i) => value + (width / 6) * ((a[i] ?? 0) + 2 * (b[i] ?? 0) + 2 * (c[i] ?? 0) + (d[i] ?? 0)));
  }
  return 1 - state.reduce((total, value) => total + value, 0);
}

/** n equal stages: Erlang's distribution, 1 - e^-x sum of x^k/k!. */
function erlangCdf(n: number, x: number): number {
  let term = Math.exp(-x);
  let total = 0;
  for (let k = 0; k < n; k++) {
    total += term;
    term *= x / (k + 1);
  }
  return 1 - total;
}

describe('sums of exponential stages', () => {
  test('two rates: 1 - (b e^-at - a e^-bt)/(b - a), in either order', () => {
    for (const [a, b] of [[1, 3], [0.02, 5], [1, 1.03]] as const) for (const t of [0.1, 1, 7]) {
      const truth = 1 - (b * Math.exp(-a * t) - a * Math.exp(-b * t)) / (b - a);
      expect(hypoexponentialCdf([a, b], t)).toBeCloseTo(truth, 11);
      expect(hypoexponentialCdf([b, a], t)).toBeCloseTo(truth, 11);
    }
    expect(hypoexponentialCdf([4], 0.5)).toBeCloseTo(-Math.expm1(-2), 14);
  });

  test.each([1, 2, 3, 8, 20])('%i equal stages are Erlang', (n) => {
    for (const x of [0.01, 0.5, 2, 9, 40]) expect(hypoexponentialCdf(new Array<number>(n).fill(2.5), x / 2.5)).toBeCloseTo(erlangCdf(n, x), 12);
  });

  test.each([
    ['apart', [1, 2, 4]], ['apart, in no order', [4, 0.5, 2, 9]], ['two of them close', [1, 5, 1.001]], ['close, in no order', [3, 1, 7, 3.01, 1.005]], ['at the limit of what is close', [1, 0.98, 2]],
    ['twelve', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((rate) => rate * 0.7)], ['thirteen', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((rate) => rate * 0.7)], ['slow first', [0.1, 30, 30]],
  ])('rates %s: as the chain of stages fills', (_name, rates) => {
    const mean = rates.reduce((total, rate) => total + 1 / rate, 0);
    for (const share of [0.2, 1, 3]) {
      const t = mean * share;
      expect(hypoexponentialCdf(rates, t)).toBeCloseTo(stepped(rates, t), 7);
      expect(hypoexponentialCdf([...rates].reverse(), t)).toBeCloseTo(stepped(rates, t), 7);
    }
  });

  test('the unit of time does not matter', () => {
    for (const rates of [[1, 3], [1, 1.01], [2, 2, 5]]) for (const scale of [1e-6, 1e6]) {
      expect(hypoexponentialCdf(rates.map((rate) => rate * scale), 0.9 / scale)).toBeCloseTo(hypoexponentialCdf(rates, 0.9), 11);
    }
  });

  test('nothing is done at once, everything in the end', () => {
    for (const rates of [[1, 3], [2, 2], [2, 2.001, 9]]) {
      expect([0, -1, Number.NaN].map((t) => hypoexponentialCdf(rates, t))).toEqual([0, 0, 0]);
      expect(hypoexponentialCdf(rates, 60)).toBeCloseTo(1, 12);
      expect(hypoexponentialCdf(rates, 60)).toBeLessThanOrEqual(1);
      expect(hypoexponentialCdf(rates, 1e3)).toBeCloseTo(1, 12);
    }
  });
});
