import { describe, expect, test } from 'vitest';
import { station } from './allen-cunneen.ts';
import { amdahlSpeedup } from './amdahl.ts';
import { autoscaleDeficit, fluidBacklog, outageBacklog, partitionsNeeded } from './backlog.ts';
import { connectionsTotal, poolTimeoutShare, slotsNeeded } from './connections.ts';
import { breakerAttempts, budgetedAttempts, callFailure, exhaustedRetries, expectedAttempts, layeredAttempts, retryBudgetLimit } from './retries.ts';
import { availabilityScore, headroomScore, nines, ratioScore } from './score-curves.ts';
import { localCounterLimit, tokenBucketAdmitted, tokenBucketBurstDrop, tokenBucketDropShare } from './token-bucket.ts';
import { extrapolatedUnits, uslPeak, uslScale, uslSummary, uslThroughput } from './usl.ts';

describe('scalability', () => {
  test('Amdahl and the universal law, by hand', () => {
    expect([amdahlSpeedup(1, 0.5), amdahlSpeedup(5, 0.25), amdahlSpeedup(8, 0)]).toEqual([1, 2.5, 8]);
    // 1 + .25 (4) + .05 (20) = 3
    expect(uslThroughput(5, 60, 0.25, 0.05)).toBeCloseTo(100, 11);
    expect(uslThroughput(1, 60, 0.25, 0.05)).toBe(60);
    expect(uslThroughput(0, 60, 0.25, 0.05)).toBe(0);
  });

  test('the peak, the limit and the best point; none where a coefficient is 0', () => {
    expect(uslPeak(0.25, 0.03)).toBe(5);
    expect([uslPeak(0.25, 0), uslPeak(0.25, -1), uslPeak(2, 0.1)]).toEqual([null, null, 0]);
    expect(uslSummary(60, 0.25, 0.03)).toEqual({ peakN: 5, peakX: expect.closeTo(300 / 2.6, 11) as number, limit: 240, optimalN: 4 });
    expect(uslSummary(60, 0.25, 0)).toEqual({ peakN: null, peakX: null, limit: 240, optimalN: 4 });
    expect(uslSummary(60, 0, 0.25)).toEqual({ peakN: 2, peakX: 80, limit: null, optimalN: null });
    expect(uslSummary(60, -0.5, 0)).toEqual({ peakN: null, peakX: null, limit: null, optimalN: null });
    for (const n of [4.9, 5.1]) expect(uslThroughput(n, 1, 0.25, 0.03)).toBeLessThan(uslThroughput(5, 1, 0.25, 0.03));
  });

  test('growth from some units to others', () => {
    expect(uslScale(1, 5, 0.25, 0.05)).toBeCloseTo(5 / 3, 14);
    expect(uslScale(5, 1, 0.25, 0.05)).toBeCloseTo(0.6, 14);
    expect(uslScale(3, 6, 0, 0)).toBe(2);
    expect([uslScale(0, 5, 0, 0), uslScale(5, 0, 0, 0), uslScale(-1, 5, 0, 0), uslScale(5, -1, 0, 0), uslScale(0, 0, 0, 0)]).toEqual([1, 1, 1, 1, 1]);
    // twice as many are taken as they are; 60 from 10 share .2 % beyond 20
    expect([extrapolatedUnits(10, 5), extrapolatedUnits(10, 20), extrapolatedUnits(0.25, 2), extrapolatedUnits(0, 1)]).toEqual([5, 20, 2, 1]);
    expect(extrapolatedUnits(10, 60)).toBeCloseTo((60 / (1 + 0.002 * 59)) * (1 + 0.002 * 19), 11);
    expect(extrapolatedUnits(0.25, 8)).toBeCloseTo((8 / 1.014) * 1.002, 12);
  });
});

describe('retries', () => {
  test('attempts are the geometric sum', () => {
    expect([expectedAttempts(0.5, 3), expectedAttempts(0, 3), expectedAttempts(1, 3), expectedAttempts(2, 3), expectedAttempts(0.5, 0), expectedAttempts(0.5, -1), expectedAttempts(-1, 3)]).toEqual([1.875, 1, 4, 4, 1, 1, 1]);
    expect(expectedAttempts(1 - 1e-13, 3)).toBe(4);
    expect(expectedAttempts(1 - 1e-6, 3)).toBeCloseTo(4 - 6e-6, 9);
    expect([budgetedAttempts(0.5, 3, null), budgetedAttempts(0.5, 3, 0.5), budgetedAttempts(0.5, 3, 5), budgetedAttempts(0.5, 3, -1)]).toEqual([1.875, 1.5, 1.875, 1]);
    expect([retryBudgetLimit(0.25), retryBudgetLimit(0), retryBudgetLimit(-2)]).toEqual([1.25, 1, 1]);
    expect([layeredAttempts(3, 4), layeredAttempts(3, 0)]).toEqual([81, 1]);
  });

  test('a breaker leaves first attempts, and closes again below one half', () => {
    expect([0, 0.25, 0.5].map((p) => breakerAttempts(p, 1, null))).toEqual([1, 1.25, 1.5]);
    expect([0.75, 1, 2].map((p) => breakerAttempts(p, 1, null))).toEqual([1.375, 1, 1]);
    expect(breakerAttempts(0.75, 3, 0.5)).toBe(1.25);
  });

  test('an attempt fails by overload, by timeout or by error', () => {
    // half is served, a fifth of that is late, a tenth of the rest fails
    expect(callFailure(2, 0.2, 0.1)).toBeCloseTo(0.64, 14);
    expect([callFailure(0.5, 0, 0), callFailure(1, 0, 0), callFailure(4, 0, 0), callFailure(0.5, 0.25, 0), callFailure(0.5, 0, 0.25), callFailure(0.5, 2, 0), callFailure(0.5, 0, 2), callFailure(0.5, -1, -1)]).toEqual([0, 0, 0.75, 0.25, 0.25, 1, 1, 0]);
    expect([exhaustedRetries(0.5, 2), exhaustedRetries(0.5, 0), exhaustedRetries(0.5, -3), exhaustedRetries(2, 2)]).toEqual([0.125, 0.5, 0.5, 1]);
  });

});

describe('connections', () => {
  test('are counted, limited and waited for', () => {
    expect(connectionsTotal(3, 4, 5, 10)).toBe(180);
    expect(connectionsTotal(3, 4, 5, 10, 20)).toBe(200);
    // three connections at two erlangs: C = 4/9, theta = 2
    expect(poolTimeoutShare(station(4, 0.5, 3), 4, 0.5, 3, 1.5)).toBeCloseTo((4 / 9) * Math.exp(-3), 14);
    expect(poolTimeoutShare(station(4, 0.5, 3), 4, 0.5, 3, 0)).toBeCloseTo(4 / 9, 13);
    expect([poolTimeoutShare(station(6, 0.5, 3), 6, 0.5, 3, 30), poolTimeoutShare(station(7, 0.5, 3), 7, 0.5, 3, 30), poolTimeoutShare(station(4, 0, 3), 4, 0, 3, 0), poolTimeoutShare(station(4, -1, 3), 4, -1, 3, 1)]).toEqual([1, 1, 0, 0]);
  });

  test('a hung dependency holds lambda times timeout', () => {
    expect(slotsNeeded(4, 8, 32)).toEqual({ slotsNeeded: 32, exhausted: true, exhaustS: 8 });
    expect(slotsNeeded(4, 8, 33)).toEqual({ slotsNeeded: 32, exhausted: false, exhaustS: 8.25 });
    expect(slotsNeeded(4, 8, 64, 3)).toEqual({ slotsNeeded: 96, exhausted: true, exhaustS: 16 });
    expect(slotsNeeded(0, 8, 0)).toEqual({ slotsNeeded: 0, exhausted: false, exhaustS: null });
  });
});

describe('token buckets', () => {
  /** Loss of a queue of b places by adding its states. */
  const lost = (x: number, b: number): number => x ** b / Array.from({ length: b + 1 }, (_, i) => x ** i).reduce((total, value) => total + value, 0);

  test('drop what a full queue would lose', () => {
    for (const [lambda, rate, bucket] of [[1, 2, 3], [8, 2, 3], [9, 10, 40], [2, 2, 7], [3, 1, 1]] as const) {
      expect(tokenBucketDropShare(lambda, rate, bucket)).toBeCloseTo(lost(lambda / rate, bucket), 13);
    }
    expect(tokenBucketDropShare(2, 2, 7)).toBe(0.125);
    for (const off of [1e-7, -1e-7]) expect(tokenBucketDropShare(2 * (1 + off), 2, 999)).toBeCloseTo(lost(1 + off, 999), 12);
    for (const off of [1e-13, -1e-13]) expect(tokenBucketDropShare(2 * (1 + off), 2, 999)).toBeCloseTo(0.001, 13);
    // less than a token is one
    expect(tokenBucketDropShare(4, 2, 0.2)).toBeCloseTo(2 / 3, 14);
    expect([tokenBucketDropShare(0, 2, 7), tokenBucketDropShare(-1, 2, 7), tokenBucketDropShare(0, 0, 7), tokenBucketDropShare(1, 0, 7), tokenBucketDropShare(1, -1, 7)]).toEqual([0, 0, 0, 1, 1]);
    expect(tokenBucketDropShare(1, 2, 5000)).toBe(0);
  });

  test('admit a rate, a burst, and as often as there are counters', () => {
    expect([tokenBucketAdmitted(5, 8), tokenBucketAdmitted(9, 8)]).toEqual([5, 8]);
    // 100 in half a second at 20/s: ten refilled
    expect([tokenBucketBurstDrop(100, 200, 20, 30), tokenBucketBurstDrop(100, 0, 20, 30), tokenBucketBurstDrop(100, -5, 20, 30), tokenBucketBurstDrop(10, 200, 20, 30)]).toEqual([60, 70, 70, 0]);
    expect([localCounterLimit(50, 4), localCounterLimit(50, 1), localCounterLimit(50, 0)]).toEqual([200, 50, 50]);
  });
});

describe('backlogs', () => {
  const surge = { lambdaPeak: 30, capacity: 20, peakS: 60, lambdaAfter: 5 };

  test('pile up at the difference and drain at what is spare', () => {
    expect(fluidBacklog(surge)).toEqual({ backlog: 600, delayS: 30, drainS: 40 });
    expect(fluidBacklog({ ...surge, lambdaPeak: 20 })).toEqual({ backlog: 0, delayS: 0, drainS: 0 });
    expect(fluidBacklog({ ...surge, lambdaPeak: 20, lambdaAfter: 25 })).toEqual({ backlog: 0, delayS: 0, drainS: 0 });
    expect(fluidBacklog({ ...surge, capacity: 0, lambdaAfter: 0 })).toEqual({ backlog: 1800, delayS: null, drainS: null });
    for (const lambdaAfter of [20, 25, 20 - 1e-9]) expect(fluidBacklog({ ...surge, lambdaAfter }).drainS).toBeNull();
    expect(fluidBacklog({ ...surge, lambdaAfter: 20 - 1e-7 }).drainS).toBeCloseTo(6e9, -4);
    // a thousandth spare of very little is still spare
    expect(fluidBacklog({ lambdaPeak: 2e-3, capacity: 1e-3, peakS: 1000, lambdaAfter: 0.999e-3 }).drainS).toBeCloseTo(1e6, -1);
  });

  test('grow while capacity starts and while nobody consumes', () => {
    expect([autoscaleDeficit(30, 20, 90), autoscaleDeficit(20, 30, 90)]).toEqual([900, 0]);
    expect([outageBacklog(3, 120), outageBacklog(3, -5)]).toEqual([360, 0]);
    // the largest of what a partition carries, what a consumer takes, and the consumers; exact divisions are not rounded up
    expect([partitionsNeeded(900, 100, 50, 3), partitionsNeeded(900, 20, 50, 3), partitionsNeeded(900, 100, 50, 30), partitionsNeeded(901, 100, null, 1), partitionsNeeded(0.3, 0.1, 0, 1)]).toEqual([18, 45, 30, 10, 3]);
    expect([partitionsNeeded(900, 0, null, 0), partitionsNeeded(900, -1, -5, 2), partitionsNeeded(0, 10, 10, 0)]).toEqual([1, 2, 1]);
  });
});

describe('score curves', () => {
  test('a ratio: 70 on the target, 100 at best, 0 at worst, logarithmic between', () => {
    // a quarter is best, 16 times is worst
    expect([25, 50, 100, 400, 1600].map((x) => ratioScore(x, 100, 0.25, 16))).toEqual([100, 85, 70, 35, 0]);
    expect([0, -3, Number.NaN].map((x) => ratioScore(x, 100, 0.25, 16))).toEqual([100, 100, 100]);
    expect([1, 1e9].map((x) => ratioScore(x, 100, 0.25, 16))).toEqual([100, 0]);
    expect([ratioScore(5, 0, 0.25, 16), ratioScore(5, -1, 0.25, 16), ratioScore(0, 0, 0.25, 16)]).toEqual([0, 0, 100]);
  });

  test('nines: 30 more for one more, all lost one and a half below', () => {
    expect([nines(0.9), nines(0.999), nines(0), nines(-5), nines(1), nines(2)].map((n) => Math.round(n * 1e9) / 1e9 + 0)).toEqual([1, 3, 0, 0, 9, 9]);
    expect(availabilityScore(0.99, 0.99)).toBe(70);
    for (const [availability, target, score] of [[0.999, 0.99, 100], [0.9999, 0.99, 100], [0.99, 0.999, 70 / 3], [0.9, 0.999, 0], [1 - 0.001 * Math.sqrt(10), 0.999, 140 / 3], [1 - 0.001 / Math.sqrt(10), 0.999, 85]] as const) expect(availabilityScore(availability, target)).toBeCloseTo(score, 9);
  });

  test('headroom: square below one, then logarithmic to the growth and 30 for each doubling beyond', () => {
    expect([0.25, 0.5, 1, 2, 4, 6, 8, 100].map((h) => headroomScore(h, 4))).toEqual([35 / 16, 8.75, 35, 52.5, 70, 70 + 30 * Math.log2(1.5), 100, 100]);
    expect([headroomScore(0, 4), headroomScore(-1, 4), headroomScore(Number.NaN, 4), headroomScore(null, 4)]).toEqual([0, 0, 0, 100]);
    // a growth of at least a quarter is expected
    expect(headroomScore(1.25, 0)).toBe(70);
    expect(headroomScore(Math.sqrt(1.25), 1)).toBeCloseTo(52.5, 12);
  });
});
