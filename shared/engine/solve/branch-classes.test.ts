import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addInClasses, FIELDS, INNER_BRANCHES, putInClasses } from './branch-classes.ts';

const ROOM = 64;
const positive = fc.double({ min: 0.001, max: 3, noNaN: true });
const branch = fc.tuple(positive, fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }), positive);
const few = fc.array(branch, { minLength: 1, maxLength: INNER_BRANCHES });
const many = fc.array(branch, { minLength: INNER_BRANCHES + 1, maxLength: 40 });

/** A list with these branches one after the other, and room behind them. */
function listOf(branches: readonly (readonly number[])[]): Float64Array {
  const list = new Float64Array((branches.length + ROOM) * FIELDS);
  branches.forEach((numbers, i) => list.set(numbers, i * FIELDS));
  return list;
}

/** Weight, mean and variance of all of so many branches, and their least shift. */
function moments(list: Float64Array, from: number, count: number): readonly [number, number, number, number] {
  let [weight, first, second, least] = [0, 0, 0, Infinity];
  for (let at = from * FIELDS; at < (from + count) * FIELDS; at += FIELDS) {
    const [own, shift, mean, variance] = list.subarray(at, at + FIELDS) as unknown as [number, number, number, number];
    weight += own;
    first += own * (shift + mean);
    second += own * (variance + (shift + mean) ** 2);
    least = Math.min(least, shift);
  }
  return [weight, first / weight, second / weight - (first / weight) ** 2, least];
}

describe('branches in classes', () => {
  it('keep their weight, mean, variance and least shift, in the order of their means', () => {
    fc.assert(fc.property(many, (branches) => {
      const list = listOf(branches);
      const before = moments(list, 0, branches.length);
      const count = putInClasses(list, 0, branches.length, 0);
      expect(count).toBeLessThanOrEqual(INNER_BRANCHES);
      moments(list, 0, count).forEach((value, i) => expect(value).toBeCloseTo(before[i] as number, 9));
      for (let at = FIELDS; at < count * FIELDS; at += FIELDS) expect((list[at + 1] as number) + (list[at + 2] as number)).toBeGreaterThan((list[at - 3] as number) + (list[at - 2] as number));
    }));
  });

  it('add means and variances of independent times', () => {
    fc.assert(fc.property(few, few, (a, b) => {
      const list = listOf([...a, ...b]);
      const [one, other] = [moments(list, 0, a.length), moments(list, a.length, b.length)];
      const into = a.length + b.length;
      const [weight, mean, variance, least] = moments(list, into, addInClasses(list, 0, a.length, a.length, b.length, into));
      expect(weight).toBeCloseTo(one[0] * other[0], 9);
      expect(mean).toBeCloseTo(one[1] + other[1], 9);
      expect(variance).toBeCloseTo(one[2] + other[2], 8);
      expect(least).toBeCloseTo(one[3] + other[3], 12);
    }));
  });

  it('are one where all have the same mean, and nothing is left of what was put before', () => {
    const list = listOf(Array.from({ length: 20 }, (_, i) => [0.05, i / 20, 1 - i / 20, 0.1]));
    for (let again = 0; again < 2; again++) {
      expect(putInClasses(list, 0, 20, 20)).toBe(1);
      [1, 0, 1, 0.1].forEach((value, i) => expect(list[20 * FIELDS + i]).toBeCloseTo(value, 12));
    }
  });
});
