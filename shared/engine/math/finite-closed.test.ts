import { describe, expect, test } from 'vitest';
import { mmcResponseQuantile } from './mmc.ts';
import { mmck, mmckBlocking } from './mmck.ts';
import { mvaClosed } from './mva.ts';

describe('finite waiting room', () => {
  test.each([[0.5, 1, 5], [1, 1, 10], [2, 1, 7], [3, 4, 4], [3.9, 4, 60], [8, 4, 25], [0.01, 2, 3]])('load %f on %i servers with %i places loses as the chain of states says', (a, c, K) => {
    expect(mmckBlocking(a, 1, c, K)).toBeCloseTo(mmck(a, 1, c, K).blocked, 12);
  });

  test('a million places lose nothing below capacity, the excess above it, and one in a million at it', () => {
    expect(mmckBlocking(0.9, 1, 1, 1e6)).toBe(0);
    expect(mmckBlocking(2, 1, 1, 1e6)).toBeCloseTo(0.5, 12);
    expect(mmckBlocking(1, 1, 1, 1e6)).toBeCloseTo(1 / (1e6 + 1), 12);
    expect(mmckBlocking(0, 1, 1, 5)).toBe(0);
    expect(mmckBlocking(3, 1, 0, 0)).toBe(1);
  });
});

describe('closed networks', () => {
  test('with several servers, far beyond saturation: the slowest centre decides', () => {
    // eight servers of 1 s carry 8 a second, the disk of .2 s only 5
    const { X, Q, U } = mvaClosed(60, [1, 0.2], [1, 1], 0, [8, 1]);
    expect(X).toBeCloseTo(5, 6);
    expect(U[1]).toBeCloseTo(1, 6);
    expect((Q[0] ?? 0) + (Q[1] ?? 0)).toBeCloseTo(60, 9);
  });

  test('as many servers as customers is a delay', () => {
    const servers = mvaClosed(5, [0.3, 0.1], [1, 2], 1, [5, 1]);
    const delay = mvaClosed(5, [0.3, 0.1], [1, 2], 1, [-1, 1]);
    expect(servers.X).toBeCloseTo(delay.X, 9);
    expect(servers.responseS).toBeCloseTo(delay.responseS, 9);
    expect(servers.R[1]).toBeCloseTo(delay.R[1] ?? 0, 9);
  });

  test('a thousand servers do not overflow', () => {
    const { X } = mvaClosed(1200, [1], [1], 0, [1000]);
    expect(X).toBeCloseTo(1000, 6);
  });

  test('nobody, or nothing to do, is no work', () => {
    expect(mvaClosed(0, [1], [1], 0, [3]).X).toBe(0);
    expect(mvaClosed(3, [0, 1], [1, 1], 0, [4, 1]).X).toBeCloseTo(1, 9);
  });
});

test('a single server nearly full answers as an exponential does: -ln(1-q)/(mu - lambda)', () => {
  for (const rho of [0.5, 0.99, 0.999, 0.9999]) for (const q of [0.5, 0.9, 0.99, 0.999]) expect(mmcResponseQuantile(rho * 50, 0.02, 1, q) / (-Math.log(1 - q) / (50 * (1 - rho)))).toBeCloseTo(1, 9);
});
