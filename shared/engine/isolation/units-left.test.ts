import { expect, test } from 'vitest';
import { UnitsLeft } from './units-left.ts';

test('nothing left is not the same as nothing lost, and all are whole again after a clear', () => {
  const left = new UnitsLeft(4);
  left.set(2, 0);
  left.set(1, 3);
  expect([0, 1, 2, 3].map((node) => left.get(node))).toEqual([undefined, 3, 0, undefined]);
  expect([left.keys(), left.size]).toEqual([[2, 1], 2]);
  left.clear();
  expect([left.get(1), left.get(2), left.size]).toEqual([undefined, undefined, 0]);
});
