import { describe, expect, test } from 'vitest';
import { changeUnavailability, downtimeHoursPerYear, failoverUnavailability, mtbfAvailability, parallelAvailability, seriesAvailability } from './availability.ts';
import { fanoutTail } from './fanout.ts';
import { betaFactorUnavailability, binomialShare, choose, kOfN, kOfNUnavailability, spareApproximation, unitsNeeded } from './k-of-n.ts';
import { conditionalUnavailability, shareServed } from './share-served.ts';

/** P(i of n up) by going through all subsets of the units. */
function enumerated(n: number, up: number): number[] {
  const shares = new Array<number>(n + 1).fill(0);
  for (let set = 0; set < 2 ** n; set++) {
    let count = 0;
    for (let rest = set; rest > 0; rest >>= 1) count += rest & 1;
    shares[count] = (shares[count] ?? 0) + up ** count * (1 - up) ** (n - count);
  }
  return shares;
}

/** A row of Pascal's triangle times the powers, for many units: by adding one unit at a time. */
function oneByOne(n: number, up: number): number[] {
  let row = [1];
  for (let i = 0; i < n; i++) row = Array.from({ length: i + 2 }, (_, k) => (row[k] ?? 0) * (1 - up) + (row[k - 1] ?? 0) * up);
  return row;
}

describe('k of n', () => {
  test('ways to choose', () => {
    expect([0, 1, 2, 5, 6, 7].map((k) => choose(6, k))).toEqual([1, 6, 15, 6, 1, 0]);
    expect([choose(6, -1), choose(0, 0), choose(0, 1), choose(50, 25), choose(60, 57)]).toEqual([0, 1, 0, 126410606437752, 34220]);
  });

  test.each([[1, 0.3], [4, 0.9], [11, 0.5]])('%i units up with %f: all subsets', (n, up) => {
    const shares = enumerated(n, up);
    shares.forEach((share, i) => expect(binomialShare(n, i, up, 1 - up)).toBeCloseTo(share, 13));
    for (let k = -1; k <= n + 1; k++) {
      const atLeast = shares.slice(Math.max(0, k)).reduce((total, share) => total + share, 0);
      expect(kOfN(n, k, up)).toBeCloseTo(atLeast, 13);
      expect(kOfNUnavailability(n, k, 1 - up)).toBeCloseTo(1 - atLeast, 13);
    }
  });

  test.each([[60, 0.7], [61, 0.7], [300, 0.995]])('%i units up with %f: one added at a time, also where logarithms take over', (n, up) => {
    const shares = oneByOne(n, up);
    for (const i of [0, 1, 5, 30, n - 4, n - 1, n]) {
      const share = shares[i] ?? 0;
      if (share > 1e-290) expect(binomialShare(n, i, up, 1 - up) / share).toBeCloseTo(1, 9);
    }
    const k = Math.floor(n * up);
    expect(kOfN(n, k, up)).toBeCloseTo(shares.slice(k).reduce((total, share) => total + share, 0), 11);
    expect(kOfNUnavailability(n, k, 1 - up)).toBeCloseTo(shares.slice(0, k).reduce((total, share) => total + share, 0), 11);
  });

  test('two thousand units, where no number holds the ways to choose', () => {
    // half of an even number or more: one half and half of the middle term, 1/sqrt(pi n/2) (1 - 1/(4 n))
    expect(kOfN(2000, 1000, 0.5)).toBeCloseTo(0.5 + (0.5 / Math.sqrt(1000 * Math.PI)) * (1 - 1 / 8000), 8);
    expect(kOfNUnavailability(2000, 1001, 0.5)).toBeCloseTo(0.5 + (0.5 / Math.sqrt(1000 * Math.PI)) * (1 - 1 / 8000), 8);
  });

  test('units that never or always work', () => {
    expect([0, 1, 5].map((i) => binomialShare(5, i, 0, 1))).toEqual([1, 0, 0]);
    expect([0, 4, 5].map((i) => binomialShare(5, i, 1, 0))).toEqual([0, 0, 1]);
    expect([0, 1, 70].map((i) => binomialShare(70, i, 0, 1))).toEqual([1, 0, 0]);
    expect([0, 69, 70].map((i) => binomialShare(70, i, 1, 0))).toEqual([0, 0, 1]);
    // rounding below 0 counts as 0
    expect([0, 5].map((i) => binomialShare(5, i, -1e-17, 1))).toEqual([1, 0]);
    expect([0, 5].map((i) => binomialShare(5, i, 1, -1e-17))).toEqual([0, 1]);
    expect([kOfN(3, 0, 0), kOfN(3, 3, 1), kOfN(3, 4, 1), kOfN(3, 1, 0)]).toEqual([1, 1, 0, 0]);
    expect([kOfNUnavailability(3, 4, 0), kOfNUnavailability(3, 3, 0), kOfNUnavailability(3, 0, 1), kOfNUnavailability(3, 1, 1)]).toEqual([1, 0, 0, 1]);
  });

  test('a common cause, spares by rule of thumb, units below the knee', () => {
    // .1 of .2 fails together, two of three at .18: 3 (.18^2) (.82) + .18^3
    const independent = 3 * 0.18 ** 2 * 0.82 + 0.18 ** 3;
    expect(betaFactorUnavailability(0.2, 3, 2, 0.1)).toBeCloseTo(1 - 0.98 * (1 - independent), 14);
    expect(betaFactorUnavailability(0.2, 3, 2, 0)).toBeCloseTo(3 * 0.04 * 0.8 + 0.008, 14);
    const { approx, exact } = spareApproximation(5, 1, 0.9);
    expect(approx).toBeCloseTo(1 - 10 * 0.01, 14);
    expect(exact).toBeCloseTo(0.9 ** 5 + 5 * 0.9 ** 4 * 0.1, 14);
    expect([unitsNeeded(850, 100), unitsNeeded(851, 100), unitsNeeded(851, 100, 1), unitsNeeded(1, 100), unitsNeeded(0, 0), unitsNeeded(-5, 100)]).toEqual([10, 11, 9, 1, 1, 1]);
    expect([unitsNeeded(1, 0), unitsNeeded(1, -2)]).toEqual([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });
});

describe('share served', () => {
  test.each([[3, 3, 2, 0.1, 0.05], [4, 4, 1.5, 0.02, 0.2], [6, 6, 9, 0.3, 0], [2, 3, 2.5, 0.01, 0.05], [5, 5, 0.7, 0.2, 1]])('%i units left of %i under a load of %f: every number of survivors by its probability', (units, unitsTotal, lambda, u, beta) => {
    const shares = enumerated(units, 1 - (1 - beta) * u);
    const served = shares.reduce((total, share, i) => total + share * Math.min(1, i / lambda), 0);
    const truth = ((1 - beta * u) * served) / Math.min(1, unitsTotal / lambda);
    expect(shareServed({ lambda, capacityPerUnit: 1, units, unitsTotal, unavailability: u, beta })).toBeCloseTo(truth, 13);
  });

  test('a hundred units: one added at a time', () => {
    const served = oneByOne(100, 1 - 0.95 * 0.08).reduce((total, share, i) => total + share * Math.min(1, i / 95), 0);
    expect(shareServed({ lambda: 190, capacityPerUnit: 2, units: 100, unavailability: 0.08 })).toBeCloseTo((1 - 0.05 * 0.08) * served, 12);
  });

  test('one unit, none, and none needed', () => {
    const tier = { lambda: 5, capacityPerUnit: 1, units: 1, unavailability: 0.1 };
    expect(shareServed(tier)).toBe(0.9);
    expect(shareServed({ ...tier, units: 0 })).toBe(0);
    expect(shareServed({ ...tier, units: 0, unitsTotal: 3 })).toBe(0);
    expect(shareServed({ ...tier, units: 3, unitsTotal: 0 })).toBe(0);
    expect(shareServed({ ...tier, units: 1.5 })).toBeGreaterThan(0);
    // without load, any one of two suffices: u2 = beta u + ((1-beta) u)^2 together
    expect(shareServed({ ...tier, lambda: 0, units: 2, beta: 0.5 })).toBeCloseTo(0.95 * (1 - 0.05 ** 2), 14);
    expect(shareServed({ ...tier, lambda: -1, units: 2, beta: 0.5 })).toBeCloseTo(0.95 * (1 - 0.05 ** 2), 14);
    expect(shareServed({ ...tier, capacityPerUnit: 0, units: 2 })).toBe(0);
    expect(shareServed({ ...tier, units: 2, unavailability: 0 })).toBe(1);
    expect(shareServed({ ...tier, units: 2, unavailability: 1, beta: 0 })).toBe(0);
    expect(shareServed({ ...tier, units: 2, unavailability: 7, beta: 0 })).toBe(0);
    expect(shareServed({ ...tier, lambda: 0, units: 2, beta: 0 })).toBeCloseTo(0.99, 14);
  });

  test('what is left of the unavailability when the zone is up', () => {
    expect(conditionalUnavailability(0.19, 0.1)).toBeCloseTo(0.1, 14);
    expect([conditionalUnavailability(0.1, 0.2), conditionalUnavailability(0.1, 1), conditionalUnavailability(2, 1.5), conditionalUnavailability(1, 0.5)]).toEqual([0, 0, 0, 1]);
  });
});

describe('availability', () => {
  test('in series, in parallel, over time', () => {
    expect([seriesAvailability([]), seriesAvailability([0.5, 0.5, 0.75]), parallelAvailability([]), parallelAvailability([0.5, 0.75])]).toEqual([1, 0.1875, 0, 0.875]);
    expect([mtbfAvailability(99, 1), mtbfAvailability(0, 5), mtbfAvailability(0, 0), mtbfAvailability(3, 1), mtbfAvailability(-3, 1)]).toEqual([0.99, 0, 0, 0.75, 0]);
    expect(downtimeHoursPerYear(0.5)).toBe(4380);
    // a year has 31,536,000 s
    expect(failoverUnavailability(1000, 3153.6)).toBeCloseTo(0.1, 14);
    expect([failoverUnavailability(1e9, 1e9), failoverUnavailability(0, 60), failoverUnavailability(-1, 60)]).toEqual([1, 0, 0]);
    expect(changeUnavailability(876, 0.5, 4, 0.25)).toBeCloseTo(0.05, 14);
    expect(changeUnavailability(1e6, 1, 10, 1)).toBe(1);
  });

  test('one slow of n', () => {
    expect(fanoutTail(0.01, 100)).toBeCloseTo(1 - 0.99 ** 100, 13);
    expect(fanoutTail(1e-15, 10) / 1e-14).toBeCloseTo(1, 9);
    expect([fanoutTail(1, 5), fanoutTail(1, 0), fanoutTail(2, 5), fanoutTail(2, 0), fanoutTail(0, 5)].map((value) => value + 0)).toEqual([1, 0, 1, 0, 0]);
  });
});
