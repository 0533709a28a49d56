import { expect, test } from 'vitest';
import { sortFew } from './sort-few.ts';

test('short and long lists are sorted as the built-in sort does, equals staying in their order', () => {
  let seed = 7;
  const next = (): number => (seed = (seed * 16807) % 2147483647);
  for (let length = 0; length < 30; length++) {
    const list = Array.from({ length }, (_, index) => ({ rank: next() % 5, index }));
    const byRank = (a: { readonly rank: number }, b: { readonly rank: number }): number => a.rank - b.rank;
    expect(sortFew([...list], byRank)).toEqual([...list].sort(byRank));
  }
});
