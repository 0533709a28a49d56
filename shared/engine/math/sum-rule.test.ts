import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SUM_POINTS, sumRule } from './sum-rule.ts';
import { zipf } from './zipf.ts';

/** Sum of ((k - middle) / half)^degree over 0 .. count - 1, and by the rule. */
function power(count: number, degree: number): readonly [number, number] {
  const half = (count - 1) / 2;
  const { places, weights } = sumRule(count);
  let exact = 0;
  for (let k = 0; k < count; k++) exact += ((k - half) / half) ** degree;
  return [exact, places.reduce((total, place, i) => total + (weights[i] as number) * ((place - half) / half) ** degree, 0)];
}

describe('the rule for sums', () => {
  test('is exact up to degree 15, and not at 16', () => {
    for (const count of [SUM_POINTS + 1, 10, 11, 13, 40, 1000, 30_001]) {
      for (let degree = 0; degree < 2 * SUM_POINTS; degree++) {
        const [exact, found] = power(count, degree);
        expect(Math.abs(found - exact) / count).toBeLessThan(1e-13);
      }
      const [exact, found] = power(count, 2 * SUM_POINTS);
      expect(Math.abs(found - exact) / count).toBeGreaterThan(1e-9);
    }
  });

  test('looks inside, in rising order, and gives every place a weight', () => {
    fc.assert(fc.property(fc.oneof(fc.integer({ min: SUM_POINTS + 1, max: 500 }), fc.double({ min: 1e3, max: 1e15, noNaN: true }).map(Math.round)), (count) => {
      const { places, weights } = sumRule(count);
      expect(places).toHaveLength(SUM_POINTS);
      places.forEach((place, i) => expect(place).toBeGreaterThan(i === 0 ? 0 : (places[i - 1] as number)));
      expect(places[SUM_POINTS - 1]).toBeLessThan(count - 1);
      weights.forEach((weight) => expect(weight).toBeGreaterThan(0));
      expect(weights.reduce((a, b) => a + b, 0) / count).toBeCloseTo(1, 13);
    }));
  });
});

describe('the list for smooth sums', () => {
  test('agrees with the sum key by key', () => {
    for (const s of [0, 0.4, 1, 1.3, 2.5]) for (const n of [1, 8, 9, 16, 17, 20, 30, 1000, 40_000]) {
      const { harmonic, smooth: { p, count, size } } = zipf(n, s);
      expect(count.reduce((a, b) => a + b, 0) / n).toBeCloseTo(1, 13);
      for (const t of [1, 100, 1e4, 1e6]) for (const f of [(x: number) => -Math.expm1(-x * t), (x: number) => (x * x * t) / (1 + x * t)]) {
        let exact = 0;
        for (let i = n; i > 0; i--) exact += f(i ** -s / harmonic);
        let found = 0;
        for (let i = size - 1; i >= 0; i--) found += (count[i] as number) * f(p[i] as number);
        expect(Math.abs(found - exact) / exact).toBeLessThan(1e-9);
      }
    }
  });
});
