import { describe, expect, test } from 'vitest';
import { station } from './allen-cunneen.ts';
import { erlangB, erlangC, erlangCExact } from './erlang.ts';
import { sharingWait } from './mg1.ts';
import { mmcExact, mmcP0, mmcResponseQuantile, mmcResponseTail, mmcServiceLevel, waitVariance } from './mmc.ts';
import { mmck, mmckBlocking } from './mmck.ts';
import { cappedLatency, little, MAX_WAIT_RHO, OVERLOAD_RHO, overloadShare, resourceRho, serviceDemand, utilisation, waitingRho } from './utilisation.ts';

/** a^k/k! for k = 0 to n, by multiplication. */
function powers(a: number, n: number): number[] {
  const terms = [1];
  for (let k = 1; k <= n; k++) terms.push(((terms[k - 1] ?? 0) * a) / k);
  return terms;
}

/** Erlang B as its definition says: the last of the truncated Poisson probabilities. */
function blockedOf(c: number, a: number): number {
  const terms = powers(a, c);
  return (terms[c] ?? 0) / terms.reduce((x, y) => x + y, 0);
}

/** Probabilities of 0 to c-1 customers in M/M/c, of all servers busy, and the rest from their sum. */
function waitingOf(c: number, a: number): { empty: number; waiting: number } {
  const terms = powers(a, c);
  const busy = (terms[c] ?? 0) / (1 - a / c);
  const total = terms.slice(0, c).reduce((x, y) => x + y, 0) + busy;
  return { empty: 1 / total, waiting: busy / total };
}

describe('Erlang', () => {
  test.each([[1, 0.3], [1, 4], [2, 2], [3, 2], [10, 5.084], [40, 31], [120, 110], [60, 90]])('%i servers at %f erlangs, by the sums of the definitions', (c, a) => {
    expect(erlangB(c, a) / blockedOf(c, a)).toBeCloseTo(1, 12);
    if (a < c) {
      const { waiting } = waitingOf(c, a);
      for (const found of [erlangCExact(c, a), erlangC(c, a)]) expect(found / waiting).toBeCloseTo(1, 11);
    }
  });

  test('without load, without servers, and beyond all of them', () => {
    expect([erlangB(3, 0), erlangB(1, -1), erlangB(0, 0), erlangB(0, -2), erlangB(0, 5)]).toEqual([0, 0, 1, 1, 1]);
    expect([erlangC(3, 0), erlangC(3, -1), erlangC(0, 0), erlangC(-1, 0), erlangC(0, 2), erlangC(-1, 2)]).toEqual([0, 0, 0, 0, 1, 1]);
    for (const wait of [erlangC, erlangCExact]) expect([wait(2, 2), wait(2, 3), wait(1, 100), wait(3, 2.9999999)].map((p) => p === 1)).toEqual([true, true, true, false]);
    // fewer than one in 10^40 is none
    expect(erlangB(200, 20)).toBe(0);
    expect(erlangB(40, 5)).toBeGreaterThan(0);
  });

  test('from 256 servers on, no wait six deviations below saturation', () => {
    expect(erlangCExact(256, 160)).toBeGreaterThan(0);
    expect(erlangC(256, 160)).toBe(0);
    expect(erlangC(256, 161)).toBe(erlangCExact(256, 161));
    expect(erlangC(255, 100)).toBe(erlangCExact(255, 100));
    expect(erlangC(255, 100)).toBeGreaterThan(0);
    expect(erlangC(400, 280)).toBe(0);
    expect(erlangC(400, 300)).toBe(erlangCExact(400, 300));
  });

  test('part of a server stands between its neighbours at the same utilisation', () => {
    // rho .8: C(2, 1.6) = 32/45 and C(3, 2.4) = 288/445
    expect(erlangC(2.5, 2)).toBeCloseTo((32 / 45 + 288 / 445) / 2, 14);
    expect(erlangC(2.25, 1.8)).toBeCloseTo(0.75 * (32 / 45) + 0.25 * (288 / 445), 14);
    // below one server, between everyone waiting and C(1, .6)
    expect(erlangC(0.5, 0.3)).toBeCloseTo(0.8, 14);
    // C(1, .6) = .6, C(2, 1.2) = 9/20
    expect(erlangC(1.5, 0.9)).toBeCloseTo(0.525, 14);
  });
});

describe('M/M/c', () => {
  test('one server: all means of M/M/1', () => {
    expect(mmcExact(8, 0.1, 1)).toEqual({ rho: 0.8, pWait: expect.closeTo(0.8, 12) as number, waitS: expect.closeTo(0.4, 12) as number, responseS: expect.closeTo(0.5, 12) as number, queueLength: expect.closeTo(3.2, 12) as number, inSystem: expect.closeTo(4, 12) as number });
  });

  test('three servers, two erlangs: an empty system one time in nine, 8/9 waiting', () => {
    expect(mmcP0(4, 0.5, 3)).toBeCloseTo(1 / 9, 14);
    const { rho, pWait, waitS, responseS, queueLength, inSystem } = mmcExact(4, 0.5, 3);
    [rho, pWait, waitS, responseS, queueLength, inSystem].forEach((value, i) => expect(value).toBeCloseTo([2 / 3, 4 / 9, 2 / 9, 13 / 18, 8 / 9, 26 / 9][i] as number, 13));
    for (const [c, a] of [[1, 0.25], [5, 4.5], [30, 20]] as const) expect(mmcP0(a / 0.2, 0.2, c) / waitingOf(c, a).empty).toBeCloseTo(1, 12);
  });

  test('the wait is none with probability 1 - C, else exponential', () => {
    // C = 4/9, theta = 3/.5 - 4 = 2
    expect(mmcServiceLevel(4, 0.5, 3, 0)).toBeCloseTo(5 / 9, 14);
    expect(mmcServiceLevel(4, 0.5, 3, 1)).toBeCloseTo(1 - (4 / 9) * Math.exp(-2), 14);
    // E[W^2] = 2 C / theta^2, so Var = C (2 - C) / theta^2
    expect(waitVariance(4 / 9, 2)).toBeCloseTo((4 / 9) * (14 / 9) / 4, 14);
    expect(waitVariance(4 / 9, 2, 3)).toBeCloseTo((4 / 9) * (14 / 9) * 2.25, 14);
    expect([waitVariance(0.5, 0), waitVariance(0.5, -1)]).toEqual([0, 0]);
  });

  test('the response is service, or wait and service: the tail by integration over the wait', () => {
    for (const [lambda, S, c] of [[4, 0.5, 3], [1, 1, 2], [3.9, 0.5, 2], [0.5, 1, 1], [0.2, 1, 8], [18, 0.1, 2]] as const) {
      const theta = c / S - lambda;
      const pWait = erlangCExact(c, lambda * S);
      for (const t of [0.05 * S, S, 4 * S]) {
        const steps = 4000;
        let later = pWait * Math.exp(-theta * t);
        for (let i = 0; i < steps; i++) {
          const wait = ((i + 0.5) * t) / steps;
          later += ((pWait * theta * Math.exp(-theta * wait) * t) / steps) * Math.exp(-(t - wait) / S);
        }
        const truth = (1 - pWait) * Math.exp(-t / S) + later;
        expect(mmcResponseTail(lambda, S, c, t)).toBeCloseTo(truth, 6);
      }
    }
    // theta = mu: e^{-t} (1 + C t), C(2, 1) = 1/3
    expect(mmcResponseTail(1, 1, 2, 3)).toBeCloseTo(2 * Math.exp(-3), 14);
    expect(mmcResponseTail(1, 1, 2, 0)).toBe(1);
  });

  test('its quantiles: of an exponential for one server, and nothing for no share', () => {
    for (const q of [1e-6, 0.3, 0.99]) expect(mmcResponseQuantile(8, 0.1, 1, q) / (-Math.log1p(-q) / 2)).toBeCloseTo(1, 9);
    expect([0, -1, Number.NaN].map((q) => mmcResponseQuantile(8, 0.1, 1, q))).toEqual([0, 0, 0]);
    for (const q of [0.2, 0.632, 0.9, 0.9999]) expect(mmcResponseTail(4, 0.5, 3, mmcResponseQuantile(4, 0.5, 3, q))).toBeCloseTo(1 - q, 11);
  });
});

describe('general stations', () => {
  test('a delay makes nobody wait', () => {
    const unhindered = { rho: 0, saturated: false, pWait: 0, waitS: 0, waitVariance: 0 };
    expect(station(0, 3, 2)).toEqual({ ...unhindered, responseS: 3 });
    expect(station(5, 0, 2)).toEqual({ ...unhindered, responseS: 0 });
    expect(station(5, 3, 0)).toEqual({ ...unhindered, responseS: 3, rho: OVERLOAD_RHO, saturated: true });
  });

  test('Allen-Cunneen scales the wait of M/M/c by the mean of the variations, its variance by the square', () => {
    const at = station(4, 0.5, 3, 3, 2);
    expect(at.rho).toBeCloseTo(2 / 3, 14);
    expect(at.saturated).toBe(false);
    expect(at.pWait).toBeCloseTo(4 / 9, 13);
    expect(at.waitS).toBeCloseTo((2 / 9) * 2.5, 13);
    expect(at.waitVariance).toBeCloseTo((4 / 9) * (14 / 9) / 4 * 6.25, 12);
    expect(at.responseS).toBeCloseTo(5 / 9 + 0.5, 13);
  });

  test('is saturated from a utilisation of one on, with the wait of .999', () => {
    expect(station(10, 0.1, 1).saturated).toBe(true);
    expect(station(9.999, 0.1, 1).saturated).toBe(false);
    for (const lambda of [9.99, 9.995, 10, 1e9]) expect(station(lambda, 0.1, 1).waitS).toBeCloseTo(99.9, 7);
  });

  test('one general server: Pollaczek-Khinchine and sharing', () => {
    // .5 of 4/s with scv 3: Wq = 4 (1/64) 4 / (2 (1/2))
    expect(station(4, 0.125, 1, 1, 3)).toMatchObject({ rho: 0.5, waitS: 0.25, responseS: 0.375 });
    expect(station(4, 0.125, 1, 1, 0).waitS).toBe(0.0625);
    expect(0.125 + sharingWait(0.125, 0.75)).toBe(0.5);
    expect(0.125 + sharingWait(0.125, 100)).toBeCloseTo(125, 9);
  });
});

describe('finite room', () => {
  test('two servers and two places: the chain by hand', () => {
    // a = 2: weights 1, 2, 2, 2, 2
    const at = mmck(4, 0.5, 2, 4);
    [1, 2, 2, 2, 2].forEach((weight, n) => expect(at.probabilities[n]).toBeCloseTo(weight / 9, 14));
    const truth = { blocked: 2 / 9, inSystem: 20 / 9, queueLength: 2 / 3, throughput: 28 / 9, responseS: 5 / 7, waitS: 3 / 14, utilisation: 7 / 9 } as const;
    for (const [name, value] of Object.entries(truth)) expect(at[name as keyof typeof truth], name).toBeCloseTo(value, 13);
    expect(mmckBlocking(4, 0.5, 2, 4)).toBeCloseTo(2 / 9, 14);
  });

  test('nobody, nothing let in, and a queue that overflows a number', () => {
    expect(mmck(0, 1, 2, 3)).toEqual({ probabilities: [1, 0, 0, 0], blocked: 0, inSystem: 0, queueLength: 0, throughput: 0, responseS: 0, waitS: 0, utilisation: 0 });
    expect(mmckBlocking(0, 1, 2, 3)).toBe(0);
    expect(mmckBlocking(0, 1, 2, 2)).toBe(0);
    const full = mmck(1e3, 1, 1, 400);
    expect(full.blocked).toBeCloseTo(0.999, 12);
    expect(full.inSystem).toBeCloseTo(400 - 1 / 999, 9);
    expect(mmckBlocking(1e3, 1, 1, 400)).toBeCloseTo(0.999, 12);
    // a load so small that the loss is no number any more
    expect(mmckBlocking(1e-200, 1, 1, 9)).toBe(0);
  });

  test('no places beyond the servers is Erlang B, one more is its recursion', () => {
    expect(mmckBlocking(3, 1, 4, 4)).toBe(erlangB(4, 3));
    expect(mmckBlocking(3, 1, 4, 2)).toBe(erlangB(2, 3));
    // 1/p = 1/(p' rho) + 1, and at rho = 1 a place adds one to it
    expect(1 / mmckBlocking(3, 1, 4, 5)).toBeCloseTo(1 / (erlangB(4, 3) * 0.75) + 1, 12);
    expect(1 / mmckBlocking(4, 1, 4, 14)).toBeCloseTo(1 / erlangB(4, 4) + 10, 11);
    expect(1 / mmckBlocking(4 * (1 + 1e-7), 1, 4, 1004)).toBeCloseTo(1 / mmck(4 * (1 + 1e-7), 1, 4, 1004).blocked, 7);
  });
});

describe('utilisation', () => {
  test('demand over capacity, none without demand, a million without capacity', () => {
    expect([resourceRho(3, 4), resourceRho(0, 4), resourceRho(-1, 4), resourceRho(0, 0), resourceRho(1, 0), resourceRho(1, -1), resourceRho(1e9, 1)]).toEqual([0.75, 0, 0, 0, OVERLOAD_RHO, OVERLOAD_RHO, OVERLOAD_RHO]);
    expect(resourceRho(-1, 0)).toBe(0);
    expect(utilisation(10, 0.25, 5)).toBe(0.5);
    expect([-1, 0, 0.5, 0.999, 1, 9].map(waitingRho)).toEqual([0, 0, 0.5, MAX_WAIT_RHO, MAX_WAIT_RHO, MAX_WAIT_RHO]);
  });

  test('what a saturated station cannot serve, and the laws', () => {
    expect([0, 0.5, 1, 2, 4].map(overloadShare)).toEqual([0, 0, 0, 0.5, 0.75]);
    expect([serviceDemand(8, 2), serviceDemand(0, 2), serviceDemand(-1, 2)]).toEqual([0.25, 0, 0]);
    expect(little(8, 0.25)).toBe(2);
    expect(cappedLatency(2, 0.75)).toBe(8);
    expect(cappedLatency(2, 5)).toBeCloseTo(2000, 8);
  });
});
