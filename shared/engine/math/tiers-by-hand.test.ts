import { describe, expect, test } from 'vitest';
import { arrivalVariation, balancedStation, evenArrivalFactor, hottestAndRest, ipHashSkew, joinShortestQueueFactor, powerOfDResponse, twoChoicesShare } from './balancing.ts';
import type { BalancedPool } from './balancing.ts';
import { gunicornWorkers, processCapacity, pythonProcess } from './python-process.ts';
import type { PythonProcess } from './python-process.ts';
import { hotRowLock, lagQuantile, mixedVariation, rdbmsStation, replicaLag, staleProbability, tableRewriteS } from './rdbms.ts';
import type { Rdbms } from './rdbms.ts';

describe('balancing, by hand', () => {
  // two servers of 10/s at 6/s each: M/M/1 waits .15 s, M/M/2 has C = .45 and waits .05625 s
  const pool: BalancedPool = { policy: 'random', lambda: 12, serviceS: 0.1, instances: 2, serversPerInstance: 1 };
  const single = { waitS: 0.15, variance: (0.6 * 1.4) / 16 };
  const joined = { waitS: 0.05625, variance: (0.45 * 1.55) / 64 };

  test('at random and by address, each server has its own queue', () => {
    for (const policy of ['random', 'ip_hash'] as const) {
      const at = balancedStation({ ...pool, policy });
      expect([at.rho, at.pWait].map((value) => Math.round(value * 1e12) / 1e12)).toEqual([0.6, 0.6]);
      expect(at.waitS).toBeCloseTo(single.waitS, 13);
      expect(at.waitVariance).toBeCloseTo(single.variance, 13);
      expect(at.responseS).toBeCloseTo(0.25, 13);
    }
    expect(balancedStation({ ...pool, hot: 1.5 }).waitS).toBeCloseTo(0.9, 12);
    expect(balancedStation({ ...pool, hot: 0.5 }).waitS).toBeCloseTo(0.3 * 0.1 / 0.7, 13);
    // Ca2 3 of two streams is 2 at each
    expect(balancedStation({ ...pool, ca2: 3, cs2: 4 }).waitS).toBeCloseTo(single.waitS * 3, 12);
    expect(balancedStation({ ...pool, cs2: 0 }).waitS).toBeCloseTo(single.waitS / 2, 13);
  });

  test('in turn, arrivals come half as varied, and spare more than that', () => {
    const spared = Math.exp((-2 * 0.4 * 0.25) / (3 * 0.6 * 1.5));
    const at = balancedStation({ ...pool, policy: 'round_robin' });
    expect(at.waitS).toBeCloseTo(single.waitS * 0.75 * spared, 13);
    expect(at.waitVariance).toBeCloseTo(single.variance * 0.75 ** 2 * spared ** 2, 13);
    expect(at.responseS).toBeCloseTo(0.1 + at.waitS, 13);
    expect(balancedStation({ ...pool, policy: 'round_robin', ca2: 2, cs2: 3 }).waitS).toBeCloseTo(single.waitS * 2, 12);
    expect(balancedStation({ ...pool, policy: 'round_robin', cs2: 2 }).waitS).toBeCloseTo(single.waitS * 1.25 * Math.exp((-2 * 0.4 * 0.25) / (3 * 0.6 * 2.5)), 12);
  });

  test('to the shortest queue: one common queue and what the choice of servers loses', () => {
    const at = balancedStation({ ...pool, policy: 'least_outstanding' });
    expect(at.waitS).toBeCloseTo(joined.waitS * 1.2, 13);
    expect(at.waitVariance).toBeCloseTo(joined.variance * 1.44, 13);
    expect(balancedStation({ ...pool, policy: 'least_outstanding', ca2: 3, cs2: 2 }).waitS).toBeCloseTo(joined.waitS * 1.2 * 2.5, 12);
    // with two slots each nothing is lost: C(4, 2.4) = 13824/32025... by its sums
    const terms = [1, 2.4, 2.88, 2.304, 1.3824 / 0.4];
    const waiting = (terms[4] ?? 0) / terms.reduce((a, b) => a + b, 0);
    expect(balancedStation({ ...pool, policy: 'least_outstanding', lambda: 24, serversPerInstance: 2 }).waitS).toBeCloseTo((waiting * 0.1) / 1.6, 13);
    expect(balancedStation({ ...pool, policy: 'least_outstanding', lambda: 6, instances: 1 }).waitS).toBeCloseTo(single.waitS, 13);
    // a part of an instance loses nothing
    expect(balancedStation({ ...pool, policy: 'least_outstanding', lambda: 3, instances: 0.5 }).pWait).toBeCloseTo(0.8, 13);
  });

  test('two choices lie between, by the share of the supermarket', () => {
    const share = twoChoicesShare(2, 0.6);
    const queue = 1 + 0.36 + 0.6 ** 6 + 0.6 ** 14 + 0.6 ** 30 + 0.6 ** 62 - 1;
    const alone = queue * (1 + (2.3 + (0.17 * 0.36) / 0.4) / 2);
    expect(share).toBeCloseTo((alone - 0.5625 * 1.2) / (1.5 - 0.5625 * 1.2), 12);
    const at = balancedStation({ ...pool, policy: 'power_of_two' });
    expect(at.waitS).toBeCloseTo(joined.waitS * 1.2 + (single.waitS - joined.waitS * 1.2) * share, 13);
    expect(at.waitVariance).toBeCloseTo(joined.variance * 1.44 + (single.variance - joined.variance * 1.44) * share, 13);
    expect(at.pWait).toBeCloseTo(0.45 + 0.15 * share, 13);
    expect(at.responseS).toBeCloseTo(0.1 + at.waitS, 13);
    expect([at.rho, at.saturated]).toEqual([expect.closeTo(0.6, 12), false]);
    expect(balancedStation({ ...pool, policy: 'power_of_two', lambda: 6, instances: 1 })).toEqual(balancedStation({ ...pool, lambda: 6, instances: 1 }));
    expect(balancedStation({ ...pool, policy: 'power_of_two', lambda: 6, instances: 0.5, ca2: 2 })).toEqual(balancedStation({ ...pool, lambda: 6, instances: 0.5, ca2: 2 }));
    expect([twoChoicesShare(1, 0.5), twoChoicesShare(4, 0)]).toEqual([1, 1]);
  });

  test.each([[2, 0.5, 0.5972], [2, 0.8, 2.2616], [2, 0.98, 25.04], [3, 0.9, 3.6242], [4, 0.7, 0.9499], [4, 0.95, 5.7119], [8, 0.9, 2.2558], [8, 0.98, 7.9953], [12, 0.8, 1.1268]])('two choices of %i servers at %d wait as simulated', (n, rho, waitS) => {
    // eight million requests each, two servers drawn independently, exponential service of 1
    const { responseS } = balancedStation({ policy: 'power_of_two', lambda: rho * n, serviceS: 1, instances: n, serversPerInstance: 1 });
    expect(Math.abs(responseS / (1 + waitS) - 1)).toBeLessThan(0.07);
  });

  test('without instances, any load is too much', () => {
    for (const policy of ['random', 'round_robin', 'least_outstanding', 'power_of_two'] as const) for (const instances of [0, -1]) {
      expect(balancedStation({ ...pool, policy, instances })).toMatchObject({ saturated: true, rho: 1e6, waitS: 0 });
      expect(balancedStation({ ...pool, policy, instances, lambda: 0 })).toMatchObject({ saturated: false, rho: 0, responseS: 0.1 });
    }
  });

  test('the parts', () => {
    expect([joinShortestQueueFactor(4, 0.5), joinShortestQueueFactor(1, 0.5), joinShortestQueueFactor(3, 7)]).toEqual([1.75, 1, expect.closeTo(1.001, 12)]);
    expect([powerOfDResponse(1, 0.75), powerOfDResponse(0, 0.75), powerOfDResponse(2, 0)]).toEqual([4, 4, 1]);
    expect(powerOfDResponse(2, 0.5)).toBe(1 + 2 ** -2 + 2 ** -6 + 2 ** -14 + 2 ** -30);
    expect(powerOfDResponse(3, 0.5)).toBeCloseTo(1 + 2 ** -3 + 2 ** -12 + 2 ** -39, 15);
    expect(powerOfDResponse(1, 4)).toBeCloseTo(1000, 8);
    expect(ipHashSkew(4, 6)).toBeCloseTo(1 + Math.sqrt(Math.log(4)), 14);
    expect([ipHashSkew(1, 6), ipHashSkew(0, 6), ipHashSkew(4, 0), ipHashSkew(2, 1e-9)]).toEqual([1, 1, 4, 2]);
    expect(ipHashSkew(10)).toBeCloseTo(1 + Math.sqrt(0.9 * Math.log(10)), 14);
    expect([arrivalVariation('least_outstanding', 3, 4), arrivalVariation('round_robin', 3, 4), arrivalVariation('random', 3, 4), arrivalVariation('ip_hash', 3, 4), arrivalVariation('power_of_two', 1, 4)]).toEqual([3, 0.75, 1.5, 1.5, 1]);
    expect([evenArrivalFactor(0.5, 1, 4), evenArrivalFactor(0, 0.5, 4), evenArrivalFactor(-1, 0.5, 4)]).toEqual([1, 1, 1]);
    expect(evenArrivalFactor(0.25, 0.5, 1.5)).toBeCloseTo(Math.exp(-0.25), 14);
    expect(evenArrivalFactor(0.5, 0, 0)).toBe(0);
  });

  test('the hottest and the rest', () => {
    const [hottest, rest] = hottestAndRest(0.5, 5);
    expect([hottest, rest]).toEqual([{ share: 0.5, each: 0.5 }, { share: 0.5, each: 0.125 }]);
    expect([hottestAndRest(0.25, 4), hottestAndRest(0.1, 4), hottestAndRest(0.9, 1), hottestAndRest(0.9, 0.5), hottestAndRest(-1, 2)]).toEqual([[{ share: 1, each: 0.25 }], [{ share: 1, each: 0.25 }], [{ share: 1, each: 1 }], [{ share: 1, each: 1 }], [{ share: 1, each: 0.5 }]]);
    expect([hottestAndRest(1, 4), hottestAndRest(3, 4)]).toEqual([[{ share: 1, each: 1 }], [{ share: 1, each: 1 }]]);
  });
});

describe('Python processes, by hand', () => {
  const base: PythonProcess = { lambda: 30, instances: 2, vcpu: 4, workers: 3, threads: 5, cpuS: 0.05, downstreamS: 0.2, workerClass: 'gthread' };

  test('what gives out first', () => {
    // 6 cores of .05 s carry 120/s, 30 slots of .25 s as well: the processor counts
    expect(processCapacity(base)).toEqual({ effectiveCores: 3, slots: 15, cpuCapacity: expect.closeTo(120, 10) as number, slotCapacity: 120, capacity: expect.closeTo(120, 10) as number, binding: 'cpu' });
    expect(processCapacity({ ...base, threads: 4 })).toMatchObject({ slotCapacity: 96, capacity: 96, binding: 'slots' });
    expect(processCapacity({ ...base, threads: 4, hot: 1.5 })).toMatchObject({ cpuCapacity: expect.closeTo(80, 10) as number, slotCapacity: 64 });
    expect(processCapacity({ ...base, workerClass: 'sync' })).toMatchObject({ slots: 3, slotCapacity: 24 });
    expect(processCapacity({ ...base, workerClass: 'async' })).toMatchObject({ slots: 3000, effectiveCores: 3 });
    expect(processCapacity({ ...base, workerClass: 'async', connections: 7 }).slots).toBe(21);
    expect(processCapacity({ ...base, threads: 0 }).slots).toBe(3);
    expect(processCapacity({ ...base, gil: false, vcpu: 64 }).effectiveCores).toBe(15);
    expect(processCapacity({ ...base, gil: true, vcpu: 2 }).effectiveCores).toBe(2);
    expect(processCapacity({ ...base, cpuS: 0 })).toMatchObject({ cpuCapacity: null, slotCapacity: 150, capacity: 150, binding: 'slots' });
    expect(processCapacity({ ...base, cpuS: 0, downstreamS: 0 })).toMatchObject({ cpuCapacity: null, slotCapacity: null, capacity: null, binding: 'cpu' });
    expect(gunicornWorkers(4)).toBe(9);
  });

  test('one worker of one thread is M/M/1 for the slot, and needs no core beside it', () => {
    const one: PythonProcess = { ...base, instances: 1, lambda: 2, vcpu: 1, workers: 1, threads: 9, workerClass: 'sync' };
    const at = pythonProcess(one);
    // rho .5 of .25 s; holding varies by (.0025 + .04)/.0625 = .68
    expect(at.rhoSlots).toBeCloseTo(0.5, 14);
    expect(at.rhoCpu).toBeCloseTo(0.1, 14);
    expect(at.slotWaitS).toBeCloseTo(0.25 * 0.84, 13);
    expect(at.slotWaitVariance).toBeCloseTo((0.5 * 1.5) / 4 * 0.84 ** 2, 12);
    expect(at.cpuWaitS).toBe(0);
    expect(at.localS).toBeCloseTo(0.26, 13);
    expect(at.localVariance).toBeCloseTo(0.0025 + 0.21 ** 2, 13);
    expect(at.responseS).toBeCloseTo(0.46, 13);
    expect(at.saturated).toBe(false);
    expect(pythonProcess({ ...one, csCpu: 4, csDownstream: 3 }).slotWaitS).toBeCloseTo(0.25 * (1 + (0.01 + 0.12) / 0.0625) / 2, 12);
    expect(pythonProcess({ ...one, csCpu: 4 }).localVariance).toBeCloseTo(0.01 + (0.25 * (1 + 0.05 / 0.0625) / 2) ** 2, 12);
    expect(pythonProcess({ ...one, lambda: 4 })).toMatchObject({ saturated: true });
    expect(pythonProcess({ ...one, lambda: 21, workers: 40, vcpu: 1 }).saturated).toBe(true);
    expect(pythonProcess({ ...one, cpuS: 0, downstreamS: 0 })).toMatchObject({ rhoSlots: 0, slotWaitS: 0, responseS: 0 });
  });

  test('slots of several instances are one queue, or one each', () => {
    // 2 instances of one slot held .1 s at 12/s together
    const slots: PythonProcess = { ...base, lambda: 12, vcpu: 1, workers: 1, workerClass: 'sync', cpuS: 0, downstreamS: 0.1 };
    expect(pythonProcess(slots).slotWaitS).toBeCloseTo(0.05625, 13);
    expect(pythonProcess({ ...slots, policy: 'least_outstanding' }).slotWaitS).toBeCloseTo(0.05625, 13);
    expect(pythonProcess({ ...slots, policy: 'random' }).slotWaitS).toBeCloseTo(0.15, 13);
    expect(pythonProcess({ ...slots, policy: 'random', hot: 1.5 }).slotWaitS).toBeCloseTo(0.9, 12);
    // 18/s on two: a = 1.8, C = 81/95
    expect(pythonProcess({ ...slots, hot: 1.5 }).slotWaitS).toBeCloseTo((81 / 95 * 0.1) / 0.2, 12);
    expect(pythonProcess({ ...slots, ca2: 3 }).slotWaitS).toBeCloseTo(0.1125, 12);
  });

  test('threads under one lock wait by the mean of pooled and split', () => {
    // one process on one core at .6: both are .075 s
    const locked: PythonProcess = { ...base, instances: 1, lambda: 12, vcpu: 1, workers: 1, threads: 500, downstreamS: 0 };
    expect(pythonProcess(locked).cpuWaitS).toBeCloseTo(0.075, 13);
    // two processes on two cores: M/M/2 with C = .45 waits .028125 s
    expect(pythonProcess({ ...locked, lambda: 24, vcpu: 2, workers: 2 }).cpuWaitS).toBeCloseTo(Math.sqrt(0.075 * 0.028125), 13);
    expect(pythonProcess({ ...locked, lambda: 24, vcpu: 2, workers: 2, gil: false }).cpuWaitS).toBeCloseTo(0.028125, 13);
  });
});

describe('relational database, by hand', () => {
  // 100 reads of 2 ms and 100 writes of 6 ms on one core: rho .8, M/M/1 of 4 ms
  const db: Rdbms = { readRps: 100, writeRps: 100, vcpu: 1, readCpuS: 0.002, writeCpuS: 0.006, iops: 1000 };
  const near = (value: number): number => expect.closeTo(value, 12) as number;

  test('without replicas the replica is the primary', () => {
    const io = 0.001 / 0.78;
    const truth = { rhoCpu: near(0.8), rhoIo: near(0.22), rhoReplica: 0, saturated: false, cpuWaitS: near(0.016), cpuWaitVariance: near((0.8 * 1.2) / 2500), ioLatencyS: near(io), replicaWaitS: near(0.016), replicaWaitVariance: near((0.8 * 1.2) / 2500), readS: near(0.018 + 0.1 * io), writeS: near(0.022 + io), replicaReadS: near(0.018 + 0.1 * io), capacityScale: near(1.25) } as const;
    expect(rdbmsStation(db)).toMatchObject(truth);
    expect(rdbmsStation({ ...db, replicas: 0, replicaReadShare: 1 })).toMatchObject(truth);
    expect(rdbmsStation({ ...db, ca2: 3, cs2: 2 }).cpuWaitS).toBeCloseTo(0.04, 12);
    expect(rdbmsStation({ ...db, syncRttS: 0.5 }).writeS).toBeCloseTo(0.522 + io, 12);
    expect(rdbmsStation({ ...db, readMiss: 0.5, writeIops: 3, ioS: 0.01 })).toMatchObject({ rhoIo: near(0.35), readS: near(0.018 + 0.005 / 0.65), writeS: near(0.022 + 0.01 / 0.65) });
  });

  test('two replicas with half the reads, each replaying all writes', () => {
    const split: Rdbms = { ...db, replicas: 2, replicaReadShare: 0.5 };
    const at = rdbmsStation(split);
    // primary: 50 of 2 ms and 100 of 6 ms: 150 of 14/3 ms; replica: 25 of 2 ms and 100 of 1.8 ms
    expect(at.rhoCpu).toBeCloseTo(0.7, 12);
    expect(at.cpuWaitS).toBeCloseTo((0.7 * 14) / 3000 / 0.3, 12);
    expect(at.rhoReplica).toBeCloseTo(0.23, 12);
    expect(at.replicaWaitS).toBeCloseTo((0.23 * 0.002) / 0.77, 12);
    expect(at.replicaReadS).toBeCloseTo((0.23 * 0.002) / 0.77 + 0.002 + 0.1 * at.ioLatencyS, 12);
    expect(at.rhoIo).toBeCloseTo(0.215, 12);
    expect(at.rhoReplicaIo).toBeCloseTo(0.2125, 12);
    expect(at.capacityScale).toBeCloseTo(1 / 0.7, 12);
    expect(rdbmsStation({ ...split, ca2: 3, cs2: 2 }).replicaWaitS).toBeCloseTo((2.5 * 0.23 * 0.002) / 0.77, 12);
    expect(rdbmsStation({ ...split, replicaReadShare: 7 }).rhoCpu).toBeCloseTo(0.6, 12);
    expect(rdbmsStation({ ...split, replicaReadShare: undefined }).rhoCpu).toBeCloseTo(0.8, 12);
    // reads that cost nothing: nothing is replayed in units of them
    expect(rdbmsStation({ ...split, readCpuS: 0 }).rhoReplica).toBe(0);
  });

  test('mixed: lengths of both kinds vary the demand, and the replica reads from its own disk', () => {
    const at = rdbmsStation({ ...db, replicas: 2, replicaReadShare: 0.5, mixed: true });
    // primary: 2 (50 4 + 100 36) 150 / (100 + 600)^2 - 1 in squared ms
    const primary = (2 * 3800 * 150) / 490_000 - 1;
    expect(at.cpuWaitS).toBeCloseTo(((0.7 * 14) / 3000 / 0.3) * (1 + primary) / 2, 12);
    const replica = (2 * (25 * 4 + 100 * 3.24) * 125) / 230 ** 2 - 1;
    expect(at.replicaWaitS).toBeCloseTo(((0.23 * 0.23) / 125 / 0.77) * (1 + replica) / 2, 12);
    expect(at.replicaIoS).toBeCloseTo(0.001 / (1 - 0.2125), 12);
    expect(at.replicaReadS).toBeCloseTo(at.replicaWaitS + 0.002 + 0.1 * at.replicaIoS, 12);
    expect(rdbmsStation({ ...db, replicas: 1, readRps: 0, writeRps: 0, mixed: true })).toMatchObject({ rhoCpu: 0, rhoReplica: 0, capacityScale: null, cpuWaitS: 0, replicaReadS: near(0.0021), replicaIoS: 0.001 });
    // reads that vary by 3 and writes that do not: (50 4 (4) + 100 36) 150 / 700^2 - 1
    const own = rdbmsStation({ ...db, replicas: 2, replicaReadShare: 0.5, mixed: true, cs2: 9, readCs2: 3, writeCs2: 0 });
    expect(own.cpuWaitS).toBeCloseTo(((0.7 * 14) / 3000 / 0.3) * (4400 * 150) / 490_000 / 2, 12);
    expect(own.replicaWaitS).toBeCloseTo(((0.23 * 0.23) / 125 / 0.77) * ((25 * 16 + 100 * 3.24) * 125) / 230 ** 2 / 2, 12);
    const alike = rdbmsStation({ ...db, replicas: 2, replicaReadShare: 0.5, mixed: true, cs2: 3 });
    expect(alike.cpuWaitS).toBeCloseTo(((0.7 * 14) / 3000 / 0.3) * (4 * 3800 * 150) / 490_000 / 2, 12);
    expect(alike.replicaWaitS).toBeCloseTo(((0.23 * 0.23) / 125 / 0.77) * (4 * (25 * 4 + 100 * 3.24) * 125) / 230 ** 2 / 2, 12);
    expect([mixedVariation([]), mixedVariation([], 3), mixedVariation([{ rps: 4, serviceS: 2 }], 3), mixedVariation([{ rps: 4, serviceS: 2 }], 0)]).toEqual([1, 3, 3, 0]);
  });

  test('is saturated from one on, by processor, disk or replica', () => {
    expect(rdbmsStation({ ...db, readRps: 200 }).saturated).toBe(true);
    expect(rdbmsStation({ ...db, readRps: 199 }).saturated).toBe(false);
    expect(rdbmsStation({ ...db, iops: 220 }).saturated).toBe(true);
    expect(rdbmsStation({ ...db, replicas: 1, replicaReadShare: 1, readRps: 450 })).toMatchObject({ saturated: true, rhoCpu: near(0.6), capacityScale: near(1 / 1.08) });
    expect(rdbmsStation({ ...db, readRps: 0, writeRps: 0 })).toMatchObject({ saturated: false, capacityScale: null, cpuWaitS: 0, readS: near(0.0021) });
  });

  test('the lag of a replica is an M/M/1 of its replay', () => {
    // 2.5 ms a write: 400/s
    expect(replicaLag(300, 0.005, 0.5, 0.25)).toEqual({ lagS: near(0.26), growthPerS: 0 });
    expect(replicaLag(400, 0.005, 0.5)).toEqual({ lagS: null, growthPerS: 0 });
    expect(replicaLag(450, 0.005, 0.5)).toEqual({ lagS: null, growthPerS: 50 });
    expect([replicaLag(300, 0, 0.5, 0.25), replicaLag(300, -1, 0.5, 0.25)]).toEqual([{ lagS: 0.25, growthPerS: 0 }, { lagS: 0.25, growthPerS: 0 }]);
    expect(replicaLag(0, 0.01).lagS).toBeCloseTo(0.103, 12);
    expect([staleProbability(2, 0), staleProbability(2, -9), staleProbability(0, 1), staleProbability(0, 0), staleProbability(-1, 1)]).toEqual([1, 1, 0, 0, 0]);
    expect(staleProbability(4, 2)).toBeCloseTo(Math.exp(-0.5), 14);
    expect(lagQuantile(null, 0.5)).toBeNull();
    expect(lagQuantile(3, 0.75)).toBeCloseTo(6 * Math.LN2, 13);
  });

  test('the hottest row is locked, and a table that is rewritten', () => {
    expect([tableRewriteS(3e6, 1000), tableRewriteS(-1, 1000), tableRewriteS(3e6, -1)].map((seconds) => seconds + 0)).toEqual([60, 0, 0]);
    const lock = hotRowLock(200, 0.25, 0.01);
    expect([lock.rho, lock.waitS, lock.saturated]).toEqual([0.5, near(0.01), false]);
  });
});
