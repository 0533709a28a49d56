import { expect, test } from 'vitest';
import { ByContent } from './by-content.ts';

test('finds what was made of equal values, and tells all others apart', () => {
  const table = new ByContent<object>(64);
  const of = (stored: Record<string, unknown>, first: unknown = null): object => table.find(stored, first, null) ?? table.keep(stored, first, null, {});
  const different = [
    {}, { a: 1 }, { a: '1' }, { a: true }, { a: null }, { b: 1 }, { a: 1, b: 2 }, { b: 2, a: 1 }, { a: { b: 1 } }, { a: '{"b":1}' }, { a: [1, 2] }, { a: [2, 1] },
  ];
  const made = different.map((stored) => of(stored));
  expect(new Set(made).size).toBe(different.length);
  expect(structuredClone(different).map((stored) => of(stored))).toEqual(made);
  structuredClone(different).forEach((stored, i) => expect(of(stored)).toBe(made[i]));
  expect(of({ a: 1 }, 'other')).not.toBe(made[1]);
});

test('keeps no more than it may, and goes on after it has started over', () => {
  const table = new ByContent<number>(2);
  let made = 0;
  const get = (a: number): number => table.find({ a }, null, null) ?? table.keep({ a }, null, null, (made += 1));
  expect([get(1), get(2), get(1), get(3), get(3), get(1)]).toEqual([1, 2, 1, 3, 3, 4]);
});
