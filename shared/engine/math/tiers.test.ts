import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { station } from './allen-cunneen.ts';
import { fluidBacklog } from './backlog.ts';
import { balancedStation, ipHashSkew, powerOfDResponse } from './balancing.ts';
import type { BalancePolicy } from './balancing.ts';
import { poolTimeoutShare, slotsNeeded } from './connections.ts';
import { busyAtLeast, coldStartProbability, coldStartShare, lambdaDuration } from './lambda.ts';
import { functionBreakEvenRps, functionCost, tieredCost } from './prices.ts';
import { pythonProcess } from './python-process.ts';
import type { PythonProcess } from './python-process.ts';
import { rdbmsStation, replicaLag, staleProbability } from './rdbms.ts';
import type { Rdbms } from './rdbms.ts';
import { effectiveShards, geoShares } from './shards.ts';
import { tokenBucketBurstDrop, tokenBucketDropShare } from './token-bucket.ts';
import { mmckBlocking } from './mmck.ts';

const POLICIES: readonly BalancePolicy[] = ['random', 'ip_hash', 'round_robin', 'least_outstanding', 'power_of_two'];

function allFinite(value: object): boolean {
  return Object.values(value).every((item: unknown) => typeof item !== 'number' || Number.isFinite(item));
}

describe('balancing', () => {
  it('reproduces the chart of mean responses at rho .9, n 8', () => {
    const mean = (policy: BalancePolicy): number =>
      balancedStation({ policy, lambda: 7.2, serviceS: 1, instances: 8, serversPerInstance: 1 }).responseS;
    expect(mean('random')).toBeCloseTo(10, 9);
    expect(Math.abs(mean('round_robin') / 5.9 - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean('power_of_two') / 3.3 - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean('least_outstanding') / 2.1 - 1)).toBeLessThan(0.05);
    expect(powerOfDResponse(2, 0.9)).toBeCloseTo(2.6141, 4);
  });

  it('orders the policies at any size and load and stays finite in overload', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 16 }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (n, c, rho) => {
          const at = POLICIES.map((policy) =>
            balancedStation({ policy, lambda: rho * n * c, serviceS: 1, instances: n, serversPerInstance: c }),
          );
          expect(at.every(allFinite)).toBe(true);
          const wait = (policy: BalancePolicy): number => at[POLICIES.indexOf(policy)]?.waitS ?? 0;
          expect(wait('power_of_two')).toBeLessThanOrEqual(wait('random') + 1e-9);
          expect(wait('power_of_two')).toBeGreaterThanOrEqual(Math.min(wait('least_outstanding'), wait('random')) - 1e-9);
          expect(wait('round_robin')).toBeLessThanOrEqual(wait('random') + 1e-9);
        },
      ),
    );
    expect(balancedStation({ policy: 'round_robin', lambda: 1, serviceS: 1, instances: 0, serversPerInstance: 1 }).saturated).toBe(true);
  });

  it('limits the skew of IP hash to n', () => {
    expect(ipHashSkew(1)).toBe(1);
    expect(ipHashSkew(4, 1e9)).toBeCloseTo(1, 3);
    expect(ipHashSkew(50, 0.1)).toBe(50);
  });
});

describe('Python processes', () => {
  const base: PythonProcess = {
    lambda: 120,
    instances: 1,
    vcpu: 4,
    workers: 4,
    threads: 4,
    cpuS: 0.02,
    downstreamS: 0.04,
    workerClass: 'gthread',
  };

  it('binds on slots or on CPU', () => {
    const sync: PythonProcess = { ...base, workers: 9, threads: 1, cpuS: 0.01, workerClass: 'sync' };
    expect(pythonProcess(sync)).toMatchObject({ binding: 'slots', capacity: 180 });
    expect(pythonProcess({ ...sync, threads: 4, workerClass: 'gthread' })).toMatchObject({ binding: 'cpu', capacity: 400 });
    expect(pythonProcess({ ...sync, threads: 4 }).slots).toBe(9);
  });

  it('answers the simulated case and frees threads without the lock', () => {
    expect(pythonProcess(base).responseS).toBeCloseTo(0.0703929682, 9);
    const one: PythonProcess = { ...base, workers: 1, vcpu: 8, threads: 8, lambda: 40 };
    expect(pythonProcess(one).effectiveCores).toBe(1);
    expect(pythonProcess({ ...one, gil: false }).effectiveCores).toBe(8);
  });

  it('waits for a core as soon as more is let in than there are cores, also without the lock', () => {
    const free: PythonProcess = { ...base, lambda: 160, gil: false, workers: 1, threads: 8 };
    const pooled = station(160, 0.02, 4).waitS;
    expect(pythonProcess({ ...free, policy: 'random' }).cpuWaitS).toBeCloseTo(pooled, 12);
    expect(pythonProcess({ ...free, workerClass: 'async', connections: 100, policy: 'random' }).cpuWaitS).toBeCloseTo(pooled, 12);
    expect(pythonProcess({ ...free, threads: 4 }).cpuWaitS).toBe(0);
    expect(pythonProcess({ ...base, threads: 1, workerClass: 'sync' }).cpuWaitS).toBe(0);
    // an event loop computes one request at a time whether there is a lock or not
    const loop: PythonProcess = { ...base, workerClass: 'async', threads: 1 };
    expect(pythonProcess({ ...loop, gil: false }).cpuWaitS).toBeCloseTo(pythonProcess(loop).cpuWaitS, 12);
  });

  it('stays finite at rho 0, 1 and 10, for every class and policy', () => {
    for (const lambda of [0, 200, 2000, 1e6]) {
      for (const workerClass of ['sync', 'gthread', 'async'] as const) {
        for (const policy of POLICIES) {
          for (const cpuS of [0, 0.02])
            expect(allFinite(pythonProcess({ ...base, lambda, workerClass, policy, cpuS, instances: 3 }))).toBe(true);
        }
      }
    }
    expect(pythonProcess({ ...base, lambda: 200 }).saturated).toBe(true);
  });
});

describe('relational database', () => {
  const base: Rdbms = { readRps: 720, writeRps: 40, vcpu: 2, readCpuS: 0.0002, writeCpuS: 0.00085, iops: 3000 };

  it('answers the worked example', () => {
    const at = rdbmsStation(base);
    expect(at.rhoCpu).toBeCloseTo(0.089, 12);
    expect(at.rhoIo).toBeCloseTo(0.052, 12);
    expect(at.capacityScale).toBeCloseTo(1 / 0.089, 9);
  });

  it('gains reads but never writes from replicas', () => {
    const writes: Rdbms = { ...base, readRps: 0, writeRps: 1000 };
    const alone = rdbmsStation(writes).capacityScale ?? 0;
    expect(rdbmsStation({ ...writes, replicas: 5, replicaReadShare: 1 }).capacityScale).toBeCloseTo(alone, 12);
    const reads = { ...base, writeRps: 0 };
    expect(rdbmsStation({ ...reads, replicas: 2, replicaReadShare: 1 }).capacityScale ?? 0).toBeGreaterThan(
      rdbmsStation(reads).capacityScale ?? 0,
    );
  });

  it('stays finite without load, in overload and without room', () => {
    for (const load of [0, 1, 1e4, 1e7]) {
      expect(allFinite(rdbmsStation({ ...base, readRps: load, writeRps: load, replicas: 1, replicaReadShare: 1 }))).toBe(true);
    }
    expect(rdbmsStation({ ...base, readRps: 0, writeRps: 0 }).capacityScale).toBeNull();
    expect(rdbmsStation({ ...base, iops: 0 }).saturated).toBe(true);
  });

  it('lags behind, boundlessly when replay cannot keep up', () => {
    expect(replicaLag(0, 0.00085).lagS).toBeCloseTo(0.1 + 0.000255, 9);
    expect(replicaLag(5000, 0.00085)).toMatchObject({ lagS: null });
    expect(staleProbability(null, 5)).toBe(1);
    expect(staleProbability(2, 2)).toBeCloseTo(Math.exp(-1), 12);
  });
});

describe('functions, queues, limits, prices', () => {
  it('starts cold rarely when busy and always when idle', () => {
    expect(coldStartProbability(0.005, 0.2, 600)).toBeCloseTo(0.0507338168, 9);
    expect(coldStartProbability(0, 1, 600)).toBe(1);
    expect(coldStartProbability(2000, 1, 600)).toBeGreaterThanOrEqual(0);
    expect(coldStartProbability(10, 0.5, 600, 30)).toBeLessThan(1e-9);
    expect(coldStartShare(100, 0.2, 600)).toBeGreaterThanOrEqual(0.001);
    expect(coldStartShare(100, 0.2, 600, 60)).toBeLessThan(1e-9);
    expect(busyAtLeast(900, 900)).toBeCloseTo(0.5, 1);
    expect(lambdaDuration(0.1, 0.2, 1769 * 4)).toBeCloseTo(0.3, 12);
  });

  it('drains a backlog or says that it never does', () => {
    const surge = { lambdaPeak: 0.5, capacity: 40 / 90, peakS: 3600, lambdaAfter: 0.1 };
    expect(fluidBacklog(surge).backlog).toBeCloseTo(200, 9);
    expect(fluidBacklog({ ...surge, lambdaAfter: 0.5 }).drainS).toBeNull();
    expect(fluidBacklog({ ...surge, lambdaPeak: 0.1 })).toEqual({ backlog: 0, delayS: 0, drainS: 0 });
  });

  it('runs out of slots and of connections', () => {
    expect(slotsNeeded(50, 30, 64)).toEqual({ slotsNeeded: 1500, exhausted: true, exhaustS: 1.28 });
    expect(slotsNeeded(0, 30, 64)).toMatchObject({ exhausted: false, exhaustS: null });
    expect(poolTimeoutShare(station(100, 1, 10), 100, 1, 10, 30)).toBe(1);
    expect(poolTimeoutShare(station(10, 0.01, 15), 10, 0.01, 15, 30)).toBeLessThan(1e-9);
  });

  it('drops what a token bucket cannot hold, as M/M/1/b does', () => {
    for (const [lambda, bucket] of [
      [5, 3],
      [10, 7],
      [30, 12],
    ] as const) {
      expect(tokenBucketDropShare(lambda, 10, bucket)).toBeCloseTo(mmckBlocking(lambda, 0.1, 1, bucket), 10);
    }
    expect(tokenBucketDropShare(1e6, 1, 5000)).toBeCloseTo(1 - 1e-6, 9);
    expect(tokenBucketBurstDrop(1000, 500, 100, 200)).toBe(600);
  });

  it('walks price tiers continuously and finds the break-even', () => {
    const tiers = [
      { width: 10, price: 3 },
      { width: 20, price: 2 },
      { width: null, price: 1 },
    ];
    expect([0, 10, 15, 30, 40].map((q) => tieredCost(q, tiers))).toEqual([0, 30, 40, 70, 80]);
    const prices = { requestPerM: 0.2, gbSecond: [{ width: null, price: 1.66667e-5 }], freeRequests: 0, freeGbSeconds: 0 };
    const perM = functionCost(1e6, 0.1, 0.5, prices);
    expect(perM).toBeCloseTo(1.0333, 3);
    expect(functionBreakEvenRps(70.08, perM)).toBeCloseTo(26, 0);
  });

  it('shares geography', () => {
    expect(geoShares(null, 2)[0]).toBeCloseTo(0.625, 12);
    expect(geoShares([1, 1], 3)).toEqual([0.5, 0.5, 0]);
    expect(effectiveShards(0.25)).toBe(4);
  });
});
