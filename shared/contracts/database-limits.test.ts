import { expect, test } from 'vitest';
import { rdsMaxConnections, workingSetMiss } from './database-limits.ts';

test('connections are bounded by memory, and by 5000', () => {
  expect([9531392 * 100 + 1, 9531392 * 100 - 1, 1e15, -5, 0].map(rdsMaxConnections)).toEqual([100, 99, 5000, 0, 0]);
});

test('what no longer fits is read from disk', () => {
  // three quarters of 8 GiB hold 6
  expect([0, 6, 9, 12, 20].map((hotGb) => workingSetMiss(0.2, hotGb, 8))).toEqual([0.2, 0.2, expect.closeTo(0.6, 14), 1, 1]);
  expect([workingSetMiss(0.2, 3, 0), workingSetMiss(0.2, 0, 0), workingSetMiss(0.2, 3, -1)]).toEqual([1, 0.2, 1]);
});
