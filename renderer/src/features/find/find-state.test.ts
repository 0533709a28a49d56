import { describe, expect, it } from 'vitest';
import { nextHit } from './find-state.ts';

describe('walking the hits', () => {
  it('goes round both ways, begins at either end, and survives a list that became shorter', () => {
    expect([nextHit(3, null, 1), nextHit(3, 0, 1), nextHit(3, 2, 1)]).toEqual([0, 1, 0]);
    expect([nextHit(3, null, -1), nextHit(3, 0, -1)]).toEqual([2, 2]);
    expect([nextHit(0, null, 1), nextHit(2, 5, 1), nextHit(2, 5, -1)]).toEqual([null, 0, 1]);
  });
});
