import { describe, expect, test } from 'vitest';
import { clamp, clampShare, gaussLegendre, solveBracketed, sum, wholeAtLeast } from './numeric.ts';
import type { Bracket } from './numeric.ts';

describe('limits', () => {
  test('clamp keeps what is inside, takes the nearer end of the rest, and the lower one for what is no number', () => {
    expect([-1, 2, 3, 5, 6].map((x) => clamp(x, 2, 5))).toEqual([2, 2, 3, 5, 5]);
    expect(clamp(Number.NaN, 2, 5)).toBe(2);
    expect([-0.1, 0, 0.4, 1, 1.1, Number.NaN].map(clampShare)).toEqual([0, 0, 0.4, 1, 1, 0]);
  });

  test('whole numbers are rounded and never below the least', () => {
    expect([0, 2.4, 2.5, 3, 7.49].map((x) => wholeAtLeast(x, 3))).toEqual([3, 3, 3, 3, 7]);
    expect(wholeAtLeast(Number.NaN, 3)).toBe(3);
    expect(wholeAtLeast(1.2, 0.5)).toBe(1);
    // what is asked for at least need not be whole: a count below it gives way
    expect(wholeAtLeast(0.4, 0.5)).toBe(0.5);
  });

  test('the sum of nothing is 0', () => {
    expect(sum([])).toBe(0);
    expect(sum([0.5, 2, -4])).toBe(-1.5);
  });
});

/** The root found and every x that was tried on the way. */
function traced(f: (x: number) => number, low: number, high: number, relative?: number, rounds?: number): { root: number; tried: number[] } {
  const tried: number[] = [];
  const bracket: Bracket = { low, high, atLow: f(low), atHigh: f(high) };
  const root = solveBracketed((x) => (tried.push(x), f(x)), bracket, relative, rounds);
  return { root, tried };
}

const square = (x: number): number => x * x - 2;
/** The same mirrored at 1.5, so that the other end of the bracket stays. */
const mirrored = (x: number): number => 2 - (3 - x) ** 2;

describe('bracketed roots', () => {
  test('takes the steps of the Illinois rule, worked out by hand for the root of two', () => {
    // secants at 4/3 and 7/5; the upper end stayed twice, so its value counts half: 37/26; then the plain secant again
    const { tried, root } = traced(square, 1, 2, 0, 4);
    const last = 37 / 26 - (17 / 676) * (3 / 130) / (17 / 676 + 1 / 25);
    [4 / 3, 7 / 5, 37 / 26, last].forEach((x, i) => expect(tried[i]).toBeCloseTo(x, 14));
    // x^2 < 2 at the fourth step as well, so the root lies above it
    expect(root).toBeCloseTo((last + 37 / 26) / 2, 14);
  });

  test('halves the value at the lower end where that one stays', () => {
    const { tried, root } = traced(mirrored, 1, 2, 0, 4);
    const last = 41 / 26 + (17 / 676) * (3 / 130) / (17 / 676 + 1 / 25);
    [5 / 3, 8 / 5, 41 / 26, last].forEach((x, i) => expect(tried[i]).toBeCloseTo(x, 14));
    expect(root).toBeCloseTo((last + 41 / 26) / 2, 14);
  });

  test('the middle of the bracket is the answer when no step is allowed', () => {
    expect(traced(square, 1, 2, 0, 0)).toEqual({ root: 1.5, tried: [] });
    expect(traced(square, 1, 2, 0, 1).root).toBeCloseTo((4 / 3 + 2) / 2, 14);
  });

  test('ends with a root exactly there, at either end or on the way', () => {
    expect(traced((x) => x - 1, 1, 3)).toEqual({ root: 1, tried: [] });
    expect(traced((x) => x - 3, 1, 3)).toEqual({ root: 3, tried: [] });
    expect(traced((x) => x - 2, 1, 4)).toEqual({ root: 2, tried: [2] });
    // both ends below: the root is at the end with value 0, whichever sign the other has
    expect(traced((x) => (x === 3 ? 0 : -1), 1, 3).root).toBe(3);
  });

  test('a value of rounding only is a root', () => {
    expect(traced((x) => 1e-16 * square(x), 1, 2)).toEqual({ root: 2 - 2 / 3, tried: [2 - 2 / 3] });
    expect(traced((x) => 1e-14 * square(x), 1, 2).tried.length).toBeGreaterThan(1);
  });

  test('ends as soon as the bracket is as narrow as wanted, in parts of the upper end', () => {
    for (const scale of [1e-3, 1, 1e3]) {
      const { root, tried } = traced((x) => square(x / scale), scale, 2 * scale, 0.5);
      expect(tried).toEqual([]);
      expect(root).toBe(1.5 * scale);
    }
    expect(traced(square, 1, 2, 0.4).tried).toHaveLength(1);
    expect(traced((x) => -square(-x), -2, -1, 0.999).tried).toHaveLength(1);
  });

  test.each([
    ['a parabola', square, 1, 2, Math.SQRT2, 9],
    ['its mirror image', mirrored, 1, 2, 3 - Math.SQRT2, 9],
    ['a falling line bent', (x: number): number => 1 / x - 0.2, 1, 100, 5, 13],
    ['a steep exponential', (x: number): number => Math.expm1(40 * (x - 0.9)), 0, 1, 0.9, 21],
    ['a flat start', (x: number): number => x ** 9 - 1e-3, 0, 10, 1e-3 ** (1 / 9), 47],
    ['a step', (x: number): number => (x < 0.3 ? -1 : 1), 0, 1, 0.3, 48],
    ['a high step', (x: number): number => (x < 0.3 ? -1e-6 : 1e6), 0, 1, 0.3, 100],
    ['a falling step', (x: number): number => (x < 0.7 ? 1e6 : -1e-6), 0, 1, 0.7, 100],
  ])('%s is solved to twelve digits in few steps', (_name, f, low, high, truth, steps) => {
    const { root, tried } = traced(f, low, high);
    expect(Math.abs(root / truth - 1)).toBeLessThan(3e-12);
    expect(tried.length).toBeLessThanOrEqual(steps);
    expect(tried.every((x) => x > low && x < high)).toBe(true);
  });

  test('with no tolerance it ends between two neighbouring numbers', () => {
    const { root, tried } = traced((x) => (x < 0.3 ? -1 : 1), 0, 1, 0, 500);
    expect(Math.abs(root - 0.3)).toBeLessThanOrEqual(2 ** -54);
    expect(tried.length).toBeLessThan(70);
  });
});

describe('Gauss-Legendre', () => {
  test.each([
    [1, [0.5], [1]],
    [2, [(1 - Math.sqrt(1 / 3)) / 2, (1 + Math.sqrt(1 / 3)) / 2], [0.5, 0.5]],
    [3, [(1 - Math.sqrt(0.6)) / 2, 0.5, (1 + Math.sqrt(0.6)) / 2], [5 / 18, 8 / 18, 5 / 18]],
  ])('%i points stand where the tables say, lowest first', (count, nodes, weights) => {
    const rule = gaussLegendre(count);
    expect(rule.nodes).toHaveLength(count);
    nodes.forEach((node, i) => expect(rule.nodes[i]).toBeCloseTo(node, 15));
    weights.forEach((weight, i) => expect(rule.weights[i]).toBeCloseTo(weight, 15));
  });

  test('n points integrate every power up to 2n - 1 and not the next', () => {
    for (const count of [4, 7, 24]) {
      const { nodes, weights } = gaussLegendre(count);
      const integral = (power: number): number => nodes.reduce((total, node, i) => total + (weights[i] ?? 0) * node ** power, 0);
      for (let power = 0; power < 2 * count; power++) expect(integral(power) * (power + 1)).toBeCloseTo(1, 12);
    }
    const { nodes, weights } = gaussLegendre(4);
    expect(Math.abs(nodes.reduce((total, node, i) => total + (weights[i] ?? 0) * node ** 8, 0) * 9 - 1)).toBeGreaterThan(1e-6);
  });
});
