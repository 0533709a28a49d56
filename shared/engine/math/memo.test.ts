import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberMemo } from './memo.ts';

test('remembers what it was given, and never answers for other numbers', () => {
  const key = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }), fc.constantFrom(0, 1, 1e-300, 1e300));
  fc.assert(fc.property(fc.array(key, { minLength: 1, maxLength: 200 }), (keys) => {
    const memo = new NumberMemo<string>(3, 16);
    const stored = new Map<string, string>();
    for (const numbers of keys) {
      const name = numbers.map((number) => number + 0).join();
      const known = memo.get(numbers);
      if (known !== undefined) expect(known).toBe(stored.get(name));
      stored.set(name, name);
      expect(memo.set(numbers, name)).toBe(name);
      expect(memo.get(numbers)).toBe(name);
    }
  }), { numRuns: 100, seed: 5 });
});

test('the newest stay when it is full', () => {
  const memo = new NumberMemo<number>(1, 64);
  for (let i = 0; i < 1000; i++) memo.set([i], i);
  expect(memo.get([999])).toBe(999);
  expect(Array.from({ length: 1000 }, (_, i) => memo.get([i])).filter((value) => value !== undefined).length).toBeLessThanOrEqual(64);
});
