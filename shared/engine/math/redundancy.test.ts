import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeUnavailability, downtimeHoursPerYear, parallelAvailability, seriesAvailability } from './availability.ts';
import { betaFactorUnavailability, kOfN, kOfNUnavailability, unitsNeeded } from './k-of-n.ts';
import { expectedAttempts } from './retries.ts';
import { availabilityScore, headroomScore, nines, ratioScore } from './score-curves.ts';
import { conditionalUnavailability, shareServed } from './share-served.ts';

const share = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

describe('k of n', () => {
  it('knows two of three at .9 and keeps tiny unavailabilities exact', () => {
    expect(kOfN(3, 2, 0.9)).toBeCloseTo(0.972, 14);
    expect(kOfNUnavailability(4, 1, 1e-6)).toBeCloseTo(1e-24, 34);
    expect(betaFactorUnavailability(0.005, 3, 2, 0.05)).toBeCloseTo(0.0003174562879608711, 15);
    expect(kOfN(500, 1, 0.5)).toBeCloseTo(1, 12);
    expect(kOfNUnavailability(1000, 990, 0.001)).toBeLessThan(1e-6);
  });

  it('counts units below the knee', () => {
    expect(unitsNeeded(400, 250)).toBe(2);
    expect(unitsNeeded(0, 250)).toBe(1);
  });
});

describe('share served', () => {
  it('is a share, grows with units and with capacity, never falls when a unit is added', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), share(0, 0.3), share(0, 1), share(0.01, 200), (units, u, beta, lambda) => {
        const tier = { lambda, capacityPerUnit: 1, units, unavailability: u, beta };
        const served = shareServed(tier);
        expect(served).toBeGreaterThanOrEqual(0);
        expect(served).toBeLessThanOrEqual(1);
        expect(shareServed({ ...tier, units: units + 1 })).toBeGreaterThanOrEqual(served - 1e-12);
      }),
    );
  });

  it('does not punish the second instance near full load', () => {
    const one = shareServed({ lambda: 0.92, capacityPerUnit: 1, units: 1, unavailability: 0.005 });
    const two = shareServed({ lambda: 0.92, capacityPerUnit: 1, units: 2, unavailability: 0.005 });
    expect(one).toBeCloseTo(0.995, 12);
    expect(two).toBeGreaterThan(0.999);
  });

  it('loses what a lost zone carried', () => {
    const tier = { lambda: 3, capacityPerUnit: 1, units: 2, unitsTotal: 3, unavailability: 0 };
    expect(shareServed(tier)).toBeCloseTo(2 / 3, 12);
    expect(shareServed({ ...tier, units: 0 })).toBe(0);
    expect(shareServed({ ...tier, lambda: 0 })).toBe(1);
    expect(conditionalUnavailability(0.005, 0.0001)).toBeCloseTo(0.0049 / 0.9999, 12);
  });
});

describe('availability and change', () => {
  it('multiplies, combines and converts', () => {
    expect(seriesAvailability([0.9, 0.9])).toBeCloseTo(0.81, 12);
    expect(parallelAvailability([0.9, 0.9])).toBeCloseTo(0.99, 12);
    expect(downtimeHoursPerYear(0.999)).toBeCloseTo(8.76, 9);
    expect(changeUnavailability(100, 0.05, 0.5, 1)).toBeCloseTo(2.5 / 8760, 12);
  });
});

describe('retries', () => {
  it('counts attempts', () => {
    expect(expectedAttempts(0.1, 3)).toBeCloseTo(1.111, 12);
    expect(expectedAttempts(1, 3)).toBe(4);
  });
});

describe('score curves', () => {
  it('puts 70 on the requirement and is monotone and bounded', () => {
    expect(ratioScore(300, 300, 0.25, 4)).toBe(70);
    expect(ratioScore(75, 300, 0.25, 4)).toBeCloseTo(100, 9);
    expect(ratioScore(1200, 300, 0.25, 4)).toBeCloseTo(0, 9);
    expect(availabilityScore(0.999, 0.999)).toBeCloseTo(70, 9);
    expect(headroomScore(3, 3)).toBe(70);
    expect(headroomScore(null, 3)).toBe(100);
    expect(nines(1)).toBe(9);
    fc.assert(
      fc.property(share(0.01, 20), share(1.25, 10), (h, growth) => {
        const here = headroomScore(h, growth);
        expect(headroomScore(h * 1.01, growth)).toBeGreaterThanOrEqual(here - 1e-9);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(100);
      }),
    );
  });
});
