import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { station } from './allen-cunneen.ts';
import { evenArrivalFactor, hottestAndRest, joinShortestQueueFactor } from './balancing.ts';
import { processWait } from './process-wait.ts';
import { pythonProcess } from './python-process.ts';
import type { PythonProcess } from './python-process.ts';
import { mixedVariation, rdbmsStation } from './rdbms.ts';

const tier: PythonProcess = { lambda: 60, instances: 1, vcpu: 1, workers: 1, threads: 1, cpuS: 0.01, downstreamS: 0, workerClass: 'async', policy: 'round_robin' };

describe('the wait of a tier', () => {
  it('is M/M/1 for one loop, one shortest queue for a process per core, and one queue for very many processes', () => {
    const one = processWait(tier);
    expect(one.waitS).toBeCloseTo(0.015, 12);
    // M/M/1: the variance of the wait is rho (2 - rho) / (mu - lambda)^2
    expect(one.waitVariance).toBeCloseTo((0.6 * 1.4) / 40 ** 2, 12);
    const four = { ...tier, lambda: 300, vcpu: 4, workers: 4 };
    expect(processWait(four).waitS).toBeCloseTo(station(300, 0.01, 4).waitS * joinShortestQueueFactor(4, 0.75), 12);
    expect(processWait({ ...four, workers: 400 }).waitS).toBeCloseTo(station(300, 0.01, 4).waitS, 9);
  });

  it('is composed as in the worked examples for sync workers and threads', () => {
    for (const workerClass of ['sync', 'gthread'] as const) {
      const threads: PythonProcess = { ...tier, vcpu: 2, workers: 5, threads: 4, lambda: 133, downstreamS: 0.002, workerClass };
      const { cpuWaitS, slotWaitS } = pythonProcess(threads);
      expect(processWait(threads)).toMatchObject({ cpuWaitS, slotWaitS, waitS: cpuWaitS + slotWaitS, waitVariance: (cpuWaitS + slotWaitS) ** 2 });
    }
  });

  // n, cores, processes, waits for others over computing, rho, simulated response in ms (60 000 to 120 000 requests)
  it.each([
    [1, 2, 5, 0, 0.75, 21.5], [1, 8, 8, 1, 0.85, 32.7], [1, 8, 8, 5, 0.4, 63.2], [1, 4, 4, 1, 0.75, 30], [1, 8, 18, 1, 0.6, 20.4],
    [2, 2, 5, 0, 0.4, 10.85], [2, 1, 1, 0, 0.4, 13.79], [4, 2, 3, 1, 0.6, 23.32],
  ])('comes close to its simulation: %i units, %i cores, %i loops, waits %i times the computing, rho %f', (instances, vcpu, workers, waiting, rho, simulatedMs) => {
    const downstreamS = waiting * 0.01;
    const { waitS } = processWait({ ...tier, instances, vcpu, workers, downstreamS, lambda: (rho * instances * vcpu) / 0.01 });
    expect(Math.abs(((waitS + 0.01 + downstreamS) * 1000) / simulatedMs - 1)).toBeLessThan(0.08);
  });

  it('is finite, grows with the load and falls with the processes, for any tier', () => {
    const drawn = fc.record({
      instances: fc.integer({ min: 1, max: 9 }), vcpu: fc.constantFrom(0.5, 1, 2, 8), workers: fc.integer({ min: 1, max: 20 }), threads: fc.integer({ min: 1, max: 8 }), cpuS: fc.constantFrom(0, 0.001, 0.2),
      downstreamS: fc.constantFrom(0, 0.001, 1), workerClass: fc.constantFrom('sync', 'gthread', 'async'), policy: fc.constantFrom('random', 'round_robin', 'least_outstanding', 'power_of_two'), gil: fc.boolean(),
    });
    fc.assert(fc.property(drawn, fc.double({ min: 0, max: 2000, noNaN: true }), (input, lambda) => {
      const low = processWait({ ...input, lambda } as PythonProcess);
      const high = processWait({ ...input, lambda: lambda * 1.01 } as PythonProcess);
      for (const value of [low.waitS, low.waitVariance, high.waitS]) expect(Number.isFinite(value) && value >= 0).toBe(true);
      // to the nanosecond: almost without load the waits are differences of nearly equal numbers
      expect(high.cpuWaitS).toBeGreaterThanOrEqual(low.cpuWaitS * (1 - 1e-9) - 1e-9);
    }));
  });
});

describe('parts of it', () => {
  it('even arrivals: nothing to spare from random on, everything when nobody meets another', () => {
    expect(evenArrivalFactor(0.5, 1, 1)).toBe(1);
    expect(evenArrivalFactor(0.5, 2, 1)).toBe(1);
    expect(evenArrivalFactor(0.5, 0, 1)).toBeCloseTo(Math.exp(-2 / 3), 12);
    expect(evenArrivalFactor(0.01, 0, 1)).toBeLessThan(1e-20);
  });

  it('the hottest unit and the others carry the whole load', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 50 }), (hottest, units) => {
      const groups = hottestAndRest(hottest, units);
      expect(groups.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(groups[0]?.each).toBeGreaterThanOrEqual((groups[1]?.each ?? 0) - 1e-12);
    }));
    expect(hottestAndRest(0.4, 4)).toEqual([{ share: 0.4, each: 0.4 }, { share: 0.6, each: expect.closeTo(0.2, 12) as number }]);
  });

  it('reads and writes of one database: long and short ones vary more than either', () => {
    expect(mixedVariation([{ rps: 9, serviceS: 0.2 }, { rps: 1, serviceS: 0.2 }])).toBeCloseTo(1, 12);
    // 9 of 1 and 1 of 10: mean 1.9, second moment 2 (9 + 100) / 10
    expect(mixedVariation([{ rps: 9, serviceS: 1 }, { rps: 1, serviceS: 10 }])).toBeCloseTo(21.8 / 3.61 - 1, 12);
    const db = { readRps: 0, writeRps: 3000, vcpu: 4, readCpuS: 0.0002, writeCpuS: 0.0008, iops: 10_000, replicas: 2, replicaReadShare: 1 };
    const mixed = rdbmsStation({ ...db, readRps: 1000, mixed: true });
    expect(mixed.cpuWaitS).toBeCloseTo(station(3000, 0.0008, 4).waitS, 12);
    expect(mixed.rhoReplicaIo).toBeCloseTo((3000 * 2.1 + 50) / 10_000, 12);
    expect(mixed.replicaIoS).toBeCloseTo(0.001 / (1 - mixed.rhoReplicaIo), 12);
  });
});
