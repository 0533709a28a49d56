import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstBy, sumOfRest } from './largest.ts';

const items = fc.array(fc.record({ value: fc.integer({ min: 0, max: 9 }), id: fc.nat() }), { maxLength: 40 });

test('the first few are those of the whole sorted list, and the rest adds up as it does there', () => {
  fc.assert(fc.property(items, fc.integer({ min: 1, max: 9 }), (list, count) => {
    const sorted = [...list].sort((a, b) => b.value - a.value);
    expect(firstBy(list, count, (a, b) => b.value - a.value)).toEqual(sorted.slice(0, count));
    expect(sumOfRest(list.map(({ value }) => value / 7), count)).toBe(sorted.slice(count).reduce((sum, { value }) => sum + value / 7, 0));
  }));
});
