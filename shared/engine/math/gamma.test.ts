import { describe, expect, test } from 'vitest';
import { gammaLaw, gammaP, gammaQuantile, gammaTail, lawTail, logGamma } from './gamma.ts';

/** The upper incomplete gamma is the tail of a gamma law of scale 1. */
const gammaQ = (a: number, x: number): number => gammaTail(a, a, x);

/** Natural logarithm of n! by plain addition. */
function logFactorial(n: number): number {
  let total = 0;
  for (let i = 2; i <= n; i++) total += Math.log(i);
  return total;
}

/** Q(n, x) of a whole n: the probability of fewer than n events of a Poisson stream, from sums of logarithms. */
function fewerEvents(n: number, x: number): number {
  let total = 0;
  let log = -x;
  for (let k = 1; k <= n; k++) {
    total += Math.exp(log);
    log += Math.log(x / k);
  }
  return total;
}

/** P(n, x) of a whole n: n events or more. */
function moreEvents(n: number, x: number): number {
  let total = 0;
  let term = Math.exp(n * Math.log(x) - x - logFactorial(n));
  for (let k = n; term > total * 1e-18; k++) {
    total += term;
    term *= x / (k + 1);
  }
  return total;
}

const relative = (value: number, truth: number): number => Math.abs(value / truth - 1);

describe('the logarithm of gamma', () => {
  test('is the factorial of whole numbers, on both sides of where the expansion starts', () => {
    for (const n of [1, 2, 3, 9, 10, 11, 12, 40, 170]) expect(Math.abs(logGamma(n) - logFactorial(n - 1))).toBeLessThan(2e-15 * Math.max(1, logFactorial(n - 1)));
  });

  test('follows Gamma(x + 1) = x Gamma(x) and the reflection', () => {
    for (const x of [1e-6, 0.02, 0.7, 3.3, 9.5, 9.9999, 25.25, 1e4]) expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 10);
    for (const x of [0.1, 0.25, 0.4]) expect(logGamma(x) + logGamma(1 - x)).toBeCloseTo(Math.log(Math.PI / Math.sin(Math.PI * x)), 13);
  });
});

describe('incomplete gamma', () => {
  test.each([1, 2, 5, 17, 60, 99, 100, 101, 400, 2500])('shape %i counts the events of a Poisson stream, far into both tails', (n) => {
    const root = Math.sqrt(n);
    for (const off of [-16, -10, -6, -2, -0.1, 0, 0.1, 1, 3, 8, 12, 15, 20]) {
      const x = n + off * root;
      if (x <= 0) continue;
      const above = fewerEvents(n, x);
      const below = moreEvents(n, x);
      expect(Math.abs(gammaQ(n, x) - above)).toBeLessThan(2e-14 * n + 1e-12);
      expect(Math.abs(gammaP(n, x) - below)).toBeLessThan(2e-14 * n + 1e-12);
      // the tail on its own side keeps its digits, nine down to 1e-16 and two where there is next to nothing
      const close = Math.abs(off) <= 8 ? 1e-9 : 0.02;
      if (off > 0) expect(relative(gammaQ(n, x), above)).toBeLessThan(close);
      if (off < 0) expect(relative(gammaP(n, x), below)).toBeLessThan(close);
    }
  });

  test('exactly at the top of the density, and where series and fraction meet', () => {
    for (const n of [100, 400]) {
      expect(gammaQ(n, n - 1)).toBeCloseTo(fewerEvents(n, n - 1), 11);
      expect(gammaP(n, n - 1)).toBeCloseTo(moreEvents(n, n - 1), 11);
    }
    for (const n of [1, 7]) {
      expect(gammaQ(n, n + 1)).toBeCloseTo(fewerEvents(n, n + 1), 13);
      expect(gammaP(n, n + 1)).toBeCloseTo(moreEvents(n, n + 1), 13);
    }
  });

  test('half a shape is the error function', () => {
    // erf and erfc at .5, 1 and 2 (Abramowitz and Stegun, table 7.1)
    for (const [x, erf, erfc] of [[0.5, 0.5204998778130465, 0.4795001221869535], [1, 0.8427007929497149, 0.15729920705028513], [2, 0.9953222650189527, 0.004677734981047266]] as const) {
      expect(gammaP(0.5, x * x)).toBeCloseTo(erf, 13);
      expect(relative(gammaQ(0.5, x * x), erfc)).toBeLessThan(1e-12);
    }
  });

  test('nothing lies below 0', () => {
    for (const a of [0.5, 3, 100, 1e5]) for (const x of [0, -1, -1e9]) {
      expect(gammaQ(a, x)).toBe(1);
      expect(gammaP(a, x)).toBe(0);
    }
  });
});

describe('gamma laws', () => {
  test('shape is mean squared over variance, scale variance over mean', () => {
    expect(gammaLaw(6, 12)).toEqual({ mean: 6, shape: 3, scale: 2, logGammaShape: expect.closeTo(Math.LN2, 14) as number });
    expect(gammaTail(6, 12, 6)).toBeCloseTo(fewerEvents(3, 3), 13);
    // from a shape of 100 on no logarithm is needed
    expect(gammaLaw(10, 1)).toEqual({ mean: 10, shape: 100, scale: 0.1, logGammaShape: 0 });
    expect(gammaLaw(10, 1.02).logGammaShape).toBeGreaterThan(300);
  });

  test('is a constant at a squared variation of 1e-12 and below, whatever the unit', () => {
    for (const mean of [1e-3, 1, 1e3]) {
      expect(gammaLaw(mean, 0.5e-12 * mean * mean)).toEqual({ mean, shape: 0, scale: 0, logGammaShape: 0 });
      expect(gammaLaw(mean, 2e-12 * mean * mean).shape).toBeCloseTo(5e11, -1);
    }
    expect(gammaLaw(1, 1e-12).shape).toBe(0);
    expect(gammaLaw(0, 1)).toEqual({ mean: 0, shape: 0, scale: 0, logGammaShape: 0 });
    expect(gammaLaw(-2, 1).mean).toBe(0);
  });

  test('a constant is passed exactly at its time', () => {
    expect([2.999, 3, 3.001].map((t) => gammaTail(3, 0, t))).toEqual([1, 0, 0]);
    expect(lawTail(gammaLaw(0, 0), -1e-9)).toBe(1);
    expect(lawTail(gammaLaw(0, 0), 0)).toBe(0);
  });
});

describe('quantiles', () => {
  test.each([1e-14, 1e-9, 0.001, 0.0099, 0.01, 0.0101, 0.3, 0.9, 0.999, 1 - 1e-9])('of an exponential time are -ln(1 - q), to nine digits at q = %f', (q) => {
    for (const mean of [1e-3, 1, 50]) expect(relative(gammaQuantile(mean, mean * mean, q), -mean * Math.log1p(-q))).toBeLessThan(1e-9);
  });

  test('invert the distribution, for very skewed and for narrow times', () => {
    for (const variance of [1e-6, 0.01, 0.3, 4]) for (const q of [0.2, 0.5, 0.95, 0.9999]) {
      expect(gammaTail(1, variance, gammaQuantile(1, variance, q))).toBeCloseTo(1 - q, 9);
    }
    expect(gammaTail(1, 400, gammaQuantile(1, 400, 0.9999))).toBeCloseTo(1e-4, 12);
    for (const variance of [1e-6, 0.01, 0.3, 4]) {
      const t = gammaQuantile(1, variance, 0.002);
      expect(gammaP(1 / variance, t / variance)).toBeCloseTo(0.002, 9);
    }
  });

  test('start at 0 and end at a share of 1e-12 above', () => {
    expect(gammaQuantile(2, 4, 0)).toBe(0);
    expect(gammaQuantile(2, 4, -1)).toBe(0);
    expect(gammaQuantile(2, 4, 1)).toBeCloseTo(2 * 12 * Math.LN10, 3);
    expect(gammaQuantile(5, 0, 0)).toBe(5);
  });
});
