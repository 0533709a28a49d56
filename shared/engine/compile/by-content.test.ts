import { expect, test } from 'vitest';
import { ByContent } from './by-content.ts';

function kept<T>(table: ByContent<T>, stored: Record<string, unknown>, make: () => T, first?: unknown): T {
  const place = table.at(stored, first);
  return place.made ?? table.keep(place, make());
}

test('finds what was made of equal values, and tells all others apart', () => {
  const table = new ByContent<object>(64);
  const of = (stored: Record<string, unknown>, first?: unknown): object => kept(table, stored, () => ({}), first);
  const different = [
    {}, { a: 1 }, { a: '1' }, { a: true }, { a: null }, { b: 1 }, { a: 1, b: 2 }, { b: 2, a: 1 }, { a: { b: 1 } }, { a: '{"b":1}' }, { a: [1, 2] }, { a: [2, 1] },
  ];
  const made = different.map((stored) => of(stored));
  expect(new Set(made).size).toBe(different.length);
  structuredClone(different).forEach((stored, i) => expect(of(stored)).toBe(made[i]));
  expect(of({ a: 1 }, 'other')).not.toBe(made[1]);
});

test('keeps no more than it may, and goes on after it has started over', () => {
  const table = new ByContent<number>(2);
  let made = 0;
  const get = (a: number): number => kept(table, { a }, () => (made += 1));
  expect([get(1), get(2), get(1), get(3), get(3), get(1)]).toEqual([1, 2, 1, 3, 4, 5]);
});
