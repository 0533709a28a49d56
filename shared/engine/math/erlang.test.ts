import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { station } from './allen-cunneen.ts';
import { erlangB, erlangC, erlangCExact } from './erlang.ts';
import { mmcExact, mmcResponseQuantile, mmcResponseTail } from './mmc.ts';
import { mmck, mmckBlocking } from './mmck.ts';

describe('Erlang and M/M/c', () => {
  it('knows C(3, 2) = 4/9 and B(10, 5.084) = 2 %', () => {
    expect(erlangCExact(3, 2)).toBeCloseTo(4 / 9, 14);
    expect(erlangB(10, 5.084)).toBeCloseTo(0.02, 5);
  });

  it('falls with servers, rises with load, stays a probability', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (c, rho) => {
        const a = rho * c;
        const here = erlangC(c, a);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(1);
        expect(erlangC(c + 1, a)).toBeLessThanOrEqual(here + 1e-15);
        expect(erlangC(c, a * 1.005)).toBeGreaterThanOrEqual(here - 1e-15);
      }),
    );
  });

  it('takes the shortcut only where C is below 1e-9', () => {
    for (const c of [256, 400, 2500, 10000, 100000]) {
      const edge = c * (1 - 6 / Math.sqrt(c));
      expect(erlangCExact(c, edge)).toBeLessThan(1e-9);
      expect(Math.abs(erlangC(c, edge * 0.9999) - erlangCExact(c, edge * 0.9999))).toBeLessThan(1e-9);
    }
  });

  it('is continuous in a fractional number of servers', () => {
    expect(erlangC(3.000001, 2)).toBeCloseTo(erlangC(3, 2), 5);
    expect(erlangC(3.999999, 2)).toBeCloseTo(erlangC(4, 2), 5);
  });

  it('inverts the response tail, also where theta = mu', () => {
    for (const [lambda, S, c] of [
      [0.28, 40, 16],
      [1, 1, 2],
      [0.999999, 1, 2],
      [0.5, 1, 1],
    ] as const) {
      for (const q of [0.1, 0.5, 0.99, 0.9999]) {
        const t = mmcResponseQuantile(lambda, S, c, q);
        expect(mmcResponseTail(lambda, S, c, t)).toBeCloseTo(1 - q, 9);
      }
    }
  });

  it('keeps a station finite at any load and continuous at rho = 1', () => {
    for (const lambda of [0, 1e-9, 9.99, 10, 10.01, 100, 1e9]) {
      const at = station(lambda, 0.1, 1, 4, 2);
      for (const value of [at.rho, at.pWait, at.waitS, at.waitVariance, at.responseS]) expect(Number.isFinite(value)).toBe(true);
      expect(at.saturated).toBe(lambda >= 10);
    }
    expect(station(50, 0.1, 0)).toMatchObject({ saturated: true, waitS: 0 });
    expect(station(11, 0.1, 1).waitS).toBe(station(1000, 0.1, 1).waitS);
  });

  it('reduces to Pollaczek-Khinchine for one server and to M/M/c for scv 1', () => {
    expect(station(0.8, 1, 1, 1, 4).waitS).toBeCloseTo(10, 12);
    expect(station(9, 0.2, 2).waitS).toBeCloseTo(mmcExact(9, 0.2, 2).waitS, 12);
  });

  it('loses the same with the short recursion as with all states, and never overflows', () => {
    for (const [a, c, K] of [
      [2, 1, 5],
      [10, 5, 500],
      [0.1, 2, 9],
      [500, 100, 3000],
    ] as const) {
      const full = mmck(a, 1, c, K);
      expect(mmckBlocking(a, 1, c, K)).toBeCloseTo(full.blocked, 12);
      expect(full.probabilities.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 12);
    }
  });
});
