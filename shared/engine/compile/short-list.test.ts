import { expect, test } from 'vitest';
import { withOneMore } from './short-list.ts';

test('adds one after another, to nothing first', () => {
  let list: number[] | null = null;
  for (let i = 0; i < 6; i++) {
    list = withOneMore(list, i);
    expect(list).toEqual(Array.from({ length: i + 1 }, (_, k) => k));
  }
});
