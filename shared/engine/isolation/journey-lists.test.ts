import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JourneyLists } from './journey-lists.ts';

test('lists hold the ids of what was added, and equal ones are one list', () => {
  const journeys = Array.from({ length: 12 }, (_, j) => ({ id: `j${j}` }));
  const members = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }).map((taken) => taken.flatMap((is, j) => (is ? [j] : [])));
  fc.assert(fc.property(fc.array(members, { maxLength: 80 }), (all) => {
    const lists = new JourneyLists(journeys);
    const made = new Map<string, readonly string[]>();
    for (const one of all) {
      lists.open();
      for (const journey of one) lists.add(journey);
      const list = lists.close();
      expect(list).toEqual(one.map((journey) => `j${journey}`));
      expect(made.get(list.join()) ?? list).toBe(list);
      made.set(list.join(), list);
    }
  }), { seed: 3 });
});

test('different lists of one key are told apart', () => {
  const lists = new JourneyLists(Array.from({ length: 64 }, (_, j) => ({ id: `j${j}` })));
  const of = (...journeys: number[]): readonly string[] => {
    lists.open();
    for (const journey of journeys) lists.add(journey);
    return lists.close();
  };
  // 31 x 1 + 2 is 33, the key of position 32 alone
  expect(of(0, 1)).toEqual(['j0', 'j1']);
  expect(of(32)).toEqual(['j32']);
  expect(of(33)).toEqual(['j33']);
  expect([of(0, 1), of(32), of(33)].map((list) => list.length)).toEqual([2, 1, 1]);
  expect(of(32)).toBe(of(32));
});
