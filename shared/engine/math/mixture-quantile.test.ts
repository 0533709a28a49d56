import { describe, expect, test } from 'vitest';
import { mixtureTail } from '../../../tests/support/mixture-tail.ts';
import { gammaQuantile } from './gamma.ts';
import { mixtureQuantile, mixtureQuantiles, Percentiles } from './mixture-quantile.ts';
import { MAX_BRANCHES, mixtureMean, mixtureVariance } from './mixture.ts';
import type { Branch, Mixture } from './mixture.ts';

function branch(weight: number, shift: number, mean = 0, variance = 0): Branch {
  return { weight, shift, mean, variance };
}

/** The same quantile by plain bisection on the distribution function. */
function bisected(mixture: Mixture, q: number): number {
  let low = 0;
  let high = 1e4;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (mixtureTail(mixture, middle) > 1 - q) low = middle;
    else high = middle;
  }
  return low;
}

describe('moments and tails', () => {
  const mixture = [branch(0.25, 1, 2, 4), branch(0.75, 3)];

  test('mean and variance within and between branches', () => {
    expect(mixtureMean(mixture)).toBe(3);
    expect(mixtureVariance(mixture)).toBe(1);
    expect(mixtureMean([branch(0.5, 0, 2, 1), branch(0.5, 4)])).toBe(3);
    expect(mixtureVariance([branch(0.5, 0, 2, 1), branch(0.5, 4)])).toBe(1.5);
    expect([mixtureMean([]), mixtureVariance([])]).toEqual([0, 0]);
  });

  test('the tail adds what is left of every branch', () => {
    // the exponential part starts at 1 and has mean 2, the constant ends at 3
    for (const [t, tail] of [[0, 1], [0.999, 1], [1, 1], [2, 0.75 + 0.25 * Math.exp(-0.5)], [3, 0.25 / Math.E], [5, 0.25 * Math.exp(-2)]] as const) {
      expect(mixtureTail(mixture, t)).toBeCloseTo(tail, 14);
    }
    expect(mixtureTail([], 3)).toBe(0);
  });
});

describe('quantiles', () => {
  test('of two exponential parts have a closed form', () => {
    // x = e^{-t/2} solves x^2/2 + x/2 = 1 - q
    const both = [branch(0.5, 0, 1, 1), branch(0.5, 0, 2, 4)];
    for (const q of [0.001, 0.05, 0.5, 0.9, 0.99, 0.9999, 1 - 1e-9]) {
      const x = (-1 + Math.sqrt(1 + 8 * (1 - q))) / 2;
      expect(mixtureQuantile(both, q) / (-2 * Math.log(x))).toBeCloseTo(1, q > 0.01 ? 8 : 6);
    }
  });

  test('of one shifted gamma part are its own', () => {
    for (const q of [0.1, 0.5, 0.999]) for (const variance of [1e-8, 0.2, 30]) {
      expect(mixtureQuantile([branch(1, 4, 2, variance)], q)).toBeCloseTo(4 + gammaQuantile(2, variance, q), 7);
    }
    expect(mixtureQuantile([branch(1, 4, 2)], 0.5)).toBe(6);
  });

  test.each([
    ['a hit and a rare slow miss', [branch(0.99, 0.001, 0.001, 1e-7), branch(0.01, 0.02, 2, 9)]],
    ['constants and tails between them', [branch(0.3, 1), branch(0.3, 2, 0.5, 2), branch(0.4, 5)]],
    ['a very rare and very late branch', [branch(1 - 1e-6, 0, 1, 0.5), branch(1e-6, 1000, 500, 1e4)]],
    ['narrow branches far from each other', [branch(0.45, 0, 1, 1e-6), branch(0.55, 0, 100, 1e-4)]],
    ['very skewed', [branch(0.9, 1, 1, 4), branch(0.1, 3, 2, 100)]],
  ] as const)('%s: as bisection finds them', (_name, mixture) => {
    for (const q of [0.02, 0.25, 0.5, 0.75, 0.95, 0.995, 0.99995, 0.9999999]) {
      const truth = bisected(mixture, q);
      expect(Math.abs(mixtureQuantile(mixture, q) / truth - 1), `q ${q}`).toBeLessThan(1e-7);
    }
  });

  test('rise with q and are the same one by one', () => {
    const mixture = [branch(0.3, 1, 1, 3), branch(0.7, 2, 0.1, 0.001)];
    const qs = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    const many = mixtureQuantiles(mixture, qs);
    expect(many).toEqual(qs.map((q) => mixtureQuantile(mixture, q)));
    many.forEach((t, i) => expect(t).toBeGreaterThanOrEqual(many[i - 1] ?? 0));
  });

  test('start at the least time that occurs and end at a share of 1e-12', () => {
    const mixture = [branch(0, 0.5, 1, 1), branch(0.4, 3, 1, 1), branch(0.6, 2, 1, 1), branch(-1, 0.1, 1, 1)];
    expect(mixtureQuantile(mixture, 0)).toBe(2);
    expect(mixtureQuantile(mixture, -0.5)).toBe(2);
    expect(mixtureQuantile(mixture, Number.NaN)).toBe(2);
    expect(mixtureTail(mixture, 2)).toBeCloseTo(1, 14);
    const last = mixtureQuantile([branch(1, 1, 2, 4)], 1);
    expect(last).toBeCloseTo(1 + 2 * 12 * Math.LN10, 3);
    expect(mixtureQuantiles([], [0, 0.5, 1])).toEqual([0, 0, 0]);
    expect(mixtureQuantile([branch(0, 3, 1, 1)], 0.5)).toBe(0);
  });

  test('exactly at a step, the time that enough have reached', () => {
    const steps = [branch(0.5, 1), branch(0.25, 2), branch(0.25, 4)];
    for (const [q, t] of [[0.25, 1], [0.4999, 1], [0.5001, 2], [0.7499, 2], [0.7501, 4], [0.999, 4]] as const) expect(mixtureQuantile(steps, q)).toBeCloseTo(t, 6);
    expect(mixtureQuantile([branch(0.5, 3), branch(0.5, 1, 2)], 0.7)).toBe(3);
  });

  test('thirty-two branches are as many as a mixture keeps', () => {
    expect(MAX_BRANCHES).toBe(32);
  });
});

describe('the way to a percentile', () => {
  const SHARES = [0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999];
  const mixtures: Readonly<Record<string, Mixture>> = {
    exponential: [branch(1, 0, 1, 1)],
    'nearly normal': [branch(1, 5, 3, 0.09)],
    'very uneven': [branch(1, 0.1, 1, 20)],
    'a hit and a miss': [branch(0.9, 0.001, 0.002, 1e-6), branch(0.1, 0.02, 0.05, 0.0025)],
    'a constant among others': [branch(0.4, 0.3), branch(0.6, 0.1, 0.4, 0.1)],
    'far apart': [branch(0.97, 0.001, 0.001, 1e-8), branch(0.03, 2, 1, 0.2)],
    'three of a kind': [branch(0.3, 0, 1, 0.5), branch(0.3, 0.2, 1.1, 0.6), branch(0.4, 0.1, 0.9, 0.4)],
  };

  /** How often the tail is asked for, for each share. */
  function looks(mixture: Mixture): number[] {
    const percentiles = new Percentiles();
    percentiles.branches.fill(mixture);
    const tail = percentiles.branches.tail.bind(percentiles.branches);
    let count = 0;
    percentiles.branches.tail = (t) => {
      count += 1;
      return tail(t);
    };
    return SHARES.map((share) => {
      count = 0;
      const found = percentiles.at(share);
      expect(Math.abs(found - bisected(mixture, share)), String(share)).toBeLessThan(1e-8 * (1 + found));
      return count;
    });
  }

  test('takes as few looks at the tail as recorded: more of them find the same, later', () => {
    expect(Object.fromEntries(Object.entries(mixtures).map(([name, mixture]) => [name, looks(mixture).join(' ')]))).toMatchInlineSnapshot(`
      {
        "a constant among others": "5 4 1 2 2 3 3",
        "a hit and a miss": "8 9 8 2 2 2 2",
        "exponential": "2 2 2 2 2 2 2",
        "far apart": "17 15 12 16 19 4 7",
        "nearly normal": "2 1 1 1 2 2 2",
        "three of a kind": "4 3 2 2 2 2 2",
        "very uneven": "41 42 20 4 3 3 4",
      }
    `);
  });
});
