import { expect, it } from 'vitest';
import { zeros } from './lists.ts';

it('makes lists of zeros of their own', () => {
  const [one, other] = [zeros(3), zeros(3)];
  one[1] = 0.5;
  expect(one).toEqual([0, 0.5, 0]);
  expect(other).toEqual([0, 0, 0]);
  expect(zeros(0)).toEqual([]);
});
