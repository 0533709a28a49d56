import { describe, expect, test } from 'vitest';
import { busyAtLeast, coldStartProbability, coldStartShare, lambdaDuration, lambdaVcpu, provisionedEnough, rampColdShare, reachableConcurrency } from './lambda.ts';
import { averageRate, averageUnits, computeCost, crossZoneGb, databaseCost, databaseIopsCost, functionBreakEvenRps, functionCost, HOURS_PER_MONTH, lcuCount, loadBalancerCost, memoryCost, monthlyGb, requestUnitCost, SECONDS_PER_MONTH, tieredCost } from './prices.ts';

/** Poisson probabilities of 0 to n events, from sums of logarithms. */
function poisson(a: number, n: number): number[] {
  let log = -a;
  return Array.from({ length: n + 1 }, (_, k) => {
    if (k > 0) log += Math.log(a / k);
    return Math.exp(log);
  });
}

/** The sum of the cold starts as it is written: over busy counts from the provisioned ones on. */
function cold(lambda: number, durationS: number, keepAliveS: number, provisioned: number, n: number): number {
  let below = 0;
  return poisson(lambda * durationS, n).reduce((total, p, k) => {
    below += p;
    return k >= provisioned && below > 0 ? total + p * Math.exp((-keepAliveS * lambda * p) / below) : total;
  }, 0);
}

describe('functions', () => {
  test('memory buys computing up to one processor', () => {
    expect([lambdaVcpu(1769), lambdaVcpu(884.5)]).toEqual([1, 0.5]);
    expect([lambdaDuration(0.25, 2, 884.5), lambdaDuration(0.25, 2, 1769), lambdaDuration(0.25, 2, 9999)]).toEqual([2.5, 2.25, 2.25]);
    expect(lambdaDuration(1, 0, 0)).toBe(1e6);
  });

  test.each([[0.005, 0.2, 600, 0], [2, 1, 600, 0], [2, 1, 5, 2], [10, 0.5, 60, 9], [300, 1.9, 2, 3], [1000, 0.6, 0.01, 0], [1000, 0.61, 0.1, 600]])('at %f/s for %f s, kept %f s, %i provisioned: cold starts by the sum', (lambda, durationS, keepAliveS, provisioned) => {
    const truth = cold(lambda, durationS, keepAliveS, provisioned, Math.ceil(lambda * durationS * 2 + 60));
    expect(coldStartProbability(lambda, durationS, keepAliveS, provisioned)).toBeCloseTo(truth, 11);
    expect(coldStartProbability(lambda, durationS, keepAliveS, provisioned) / truth).toBeCloseTo(1, 8);
  });

  test.each([[3, 2], [3, 1], [3, 9], [599, 600], [600, 600], [601, 640], [5000, 5000], [5000, 4700]])('a mean of %f busy: at least %i by Poisson', (a, count) => {
    const truth = poisson(a, Math.ceil(a + 20 * Math.sqrt(a) + 40)).slice(count).reduce((total, p) => total + p, 0);
    expect(busyAtLeast(a, count)).toBeCloseTo(truth, 10);
    expect([busyAtLeast(a, 0), busyAtLeast(a, -1)]).toEqual([1, 1]);
  });

  test('without requests the next is cold, unless one environment is kept', () => {
    expect([coldStartProbability(0, 1, 600), coldStartProbability(0, 1, 600, 1), coldStartProbability(0, 1, 600, 0.5), coldStartProbability(-1, 1, 600), coldStartProbability(-1, 1, 600, 3)]).toEqual([1, 0, 1, 1, 0]);
    // no duration: nobody is ever busy, so the one environment is cold with e^{-tau lambda}
    expect(coldStartProbability(0.001, 0, 600)).toBeCloseTo(Math.exp(-0.6), 12);
  });

  test('environments are renewed once in a thousand requests', () => {
    expect(coldStartShare(20, 1, 1e6)).toBeCloseTo(0.001, 9);
    expect(coldStartShare(20, 1, 1e6, 20)).toBeCloseTo(0.001 * busyAtLeast(20, 20), 9);
    expect(coldStartShare(0.001, 1, 600)).toBe(coldStartProbability(0.001, 1, 600));
  });

  test('ramps, and environments enough for nearly all', () => {
    expect([rampColdShare(25, 100), rampColdShare(100, 100), rampColdShare(100, 25), rampColdShare(0, 5), rampColdShare(0, 0), rampColdShare(-5, 0), rampColdShare(-5, -1)]).toEqual([0.75, 0, 0, 1, 0, 0, 0]);
    expect([reachableConcurrency(50, 20), reachableConcurrency(50, 20, 300), reachableConcurrency(50, 0)]).toEqual([2050, 650, 50]);
    expect([provisionedEnough(8, 2), provisionedEnough(0, 2), provisionedEnough(2.5, 2)]).toEqual([28, 0, 12]);
  });
});

describe('prices', () => {
  test('tiers in order, and the last price goes on', () => {
    const open = [{ width: 10, price: 4 }, { width: null, price: 2 }, { width: 5, price: 100 }];
    expect([-5, 0, 10, 12, 1000].map((quantity) => tieredCost(quantity, open))).toEqual([0, 0, 40, 44, 2020]);
    const closed = [{ width: 10, price: 4 }, { width: 5, price: 2 }];
    expect([10, 15, 115].map((quantity) => tieredCost(quantity, closed))).toEqual([40, 50, 250]);
    expect(tieredCost(7, [])).toBe(0);
    expect(tieredCost(7, [{ width: 2, price: 3 }])).toBe(21);
    // a tier of no width is passed through; nothing left costs nothing, whatever the price
    expect(tieredCost(7, [{ width: 0, price: 1e9 }, { width: null, price: 1 }])).toBe(7);
    expect(tieredCost(2, [{ width: 2, price: 1 }, { width: null, price: Number.POSITIVE_INFINITY }])).toBe(2);
  });

  test('load balancers by the largest of four uses', () => {
    const size = { newConnectionsPerS: 25, active: 3000, gbPerHour: 0.5, ruleEvaluationsPerS: 1000 };
    const none = { newConnectionsPerS: 0, active: 0, gbPerHour: 0, ruleEvaluationsPerS: 0 };
    expect([lcuCount({ ...none, newConnectionsPerS: 50 }, size), lcuCount({ ...none, active: 4500 }, size), lcuCount({ ...none, gbPerHour: 2 }, size), lcuCount({ ...none, ruleEvaluationsPerS: 3000 }, size), lcuCount(none, size)]).toEqual([2, 1.5, 4, 3, 0]);
    expect([loadBalancerCost(3, 0.5, 0.25), loadBalancerCost(3, 0.5, 0.25, 10)]).toEqual([912.5, 12.5]);
  });

  test('functions by requests and gigabyte-seconds, less what is free', () => {
    const prices = { requestPerM: 2, gbSecond: [{ width: 1e6, price: 4e-6 }, { width: null, price: 2e-6 }], freeRequests: 1e6, freeGbSeconds: 5e5 };
    // 4 million of .5 s at 1 GB: 2 million GB-s
    expect(functionCost(4e6, 0.5, 1, prices)).toBeCloseTo(8 + 4 + 2, 11);
    expect(functionCost(4e6, 0.5, 1, prices, false)).toBeCloseTo(14, 11);
    expect(functionCost(4e6, 0.5, 1, prices, true)).toBeCloseTo(6 + 4 + 1, 11);
    expect(functionCost(1e5, 0.5, 1, prices, true)).toBe(0);
    expect([functionBreakEvenRps(262.8, 10), functionBreakEvenRps(262.8, 0), functionBreakEvenRps(262.8, -1)]).toEqual([10, null, null]);
  });

  test('computing, memory, requests, traffic', () => {
    expect([HOURS_PER_MONTH, SECONDS_PER_MONTH]).toEqual([730, 2_628_000]);
    expect([computeCost(2, 4, 0.5), computeCost(2, 4, 0.5, 10), memoryCost(3, 2, 0.5), memoryCost(3, 2, 0.5, 10)]).toEqual([2920, 40, 2190, 30]);
    expect(requestUnitCost(3, 5, 1.25, 0.25)).toBe(5);
    expect([averageRate(90, 3), averageRate(90, 0.5), averageRate(90, 1)]).toEqual([30, 90, 90]);
    expect(monthlyGb(100, 5)).toBe(1314);
    expect([averageUnits(2, 10, 0.25), averageUnits(5, 3, 0.25)]).toEqual([4, 5]);
    expect(crossZoneGb(300, 0.25)).toBe(150);
  });

  test('a database is paid for each copy, operations for each of the primary', () => {
    const use = { vcpu: 4, storageGb: 100, standby: false, replicas: 3, extraIops: 200 };
    const prices = { vcpuHour: 0.5, storageGb: 0.25, iops: 0.125 };
    // 4 * .5 * 730 + 25 for a copy
    expect([databaseCost(use, prices), databaseCost({ ...use, standby: true }, prices), databaseCost({ ...use, replicas: 0 }, prices), databaseCost(use, prices, 10)]).toEqual([5940, 7425, 1485, 180]);
    expect([databaseIopsCost(use, prices), databaseIopsCost({ ...use, standby: true }, prices), databaseIopsCost({ ...use, extraIops: -9 }, prices)]).toEqual([25, 50, 0]);
  });
});
