import { describe, expect, test } from 'vitest';
import { station } from './allen-cunneen.ts';
import { evenArrivalFactor, twoChoicesShare } from './balancing.ts';
import { cutAt, meanUntil } from './mixture-cut.ts';
import { processWait } from './process-wait.ts';
import { tierLoads } from './python-process.ts';
import type { PythonProcess } from './python-process.ts';

describe('waiting to compute, by hand', () => {
  // two units of one core and one event loop at .6: M/M/1 waits .15 s, M/M/2 .05625 s with C = .45
  const loops: PythonProcess = { lambda: 12, instances: 2, vcpu: 1, workers: 1, threads: 1, cpuS: 0.1, downstreamS: 0, workerClass: 'async' };

  test('the policy decides between one queue and one for each unit', () => {
    const shortest = 0.05625 * 1.2;
    for (const policy of [undefined, 'least_outstanding'] as const) {
      const at = processWait({ ...loops, policy });
      expect(at.waitS).toBeCloseTo(shortest, 13);
      expect(at.waitVariance).toBeCloseTo(shortest ** 2 * (2 / 0.45 - 1), 13);
    }
    expect(processWait({ ...loops, policy: 'random' }).waitS).toBeCloseTo(0.15, 13);
    expect(processWait({ ...loops, policy: 'random' }).waitVariance).toBeCloseTo(0.15 ** 2 * (2 / 0.6 - 1), 13);
    expect(processWait({ ...loops, policy: 'round_robin' }).waitS).toBeCloseTo(0.15 * 0.75 * evenArrivalFactor(0.6, 0.5, 1), 13);
    const share = twoChoicesShare(2, 0.6);
    const mixed = shortest + (0.15 - shortest) * share;
    const two = processWait({ ...loops, policy: 'power_of_two' });
    expect(two.waitS).toBeCloseTo(mixed, 13);
    expect(two.waitVariance).toBeCloseTo(mixed ** 2 * (2 / (0.45 + 0.15 * share) - 1), 13);
    // arrivals and demands vary more: (3 + 2)/2 for one queue, (2 + 2)/2 for each of two
    expect(processWait({ ...loops, ca2: 3, csCpu: 2 }).waitS).toBeCloseTo(shortest * 2.5, 12);
    expect(processWait({ ...loops, ca2: 3, csCpu: 2, policy: 'random' }).waitS).toBeCloseTo(0.3, 12);
    // one unit is one queue, whatever the policy: even in turn nothing is dealt
    for (const policy of ['random', 'round_robin', 'power_of_two', 'least_outstanding'] as const) expect(processWait({ ...loops, lambda: 6, instances: 1, policy, ca2: 0.5 }).waitS).toBeCloseTo(0.15 * 0.75, 12);
  });

  test('two processes on two cores: an idle one is found, but for those that wait for others', () => {
    const two: PythonProcess = { ...loops, instances: 1, vcpu: 2, workers: 2 };
    expect(processWait(two).waitS).toBeCloseTo(0.05625 * 1.2, 13);
    // .4 s of waiting over .4 + 4 (.1) + .7 (.15) sqrt(4), and of requests over .4 + 4 (.1) (1 - .6)^2
    const blind = 0.4 / 1.01;
    const at = processWait({ ...two, downstreamS: 0.4 });
    const meanS = 0.05625 + blind * (0.15 - 0.05625) + (1 - blind) * 0.01125;
    expect(at.cpuWaitS).toBeCloseTo(meanS, 13);
    expect(at.waitVariance).toBeCloseTo(meanS ** 2 * (2 / (0.45 + 0.55 * (0.4 / 0.464) * 0.15) - 1), 12);
  });

  test('processes of one request each share all cores and pay a part of the choice between units', () => {
    const shared: PythonProcess = { ...loops, lambda: 24, vcpu: 2, workers: 4, connections: 1 };
    const pooled = station(24, 0.1, 4);
    const at = processWait(shared);
    expect(at.cpuWaitS).toBeCloseTo(pooled.waitS * 1.1, 13);
    expect(at.waitVariance - tierLoads(shared).slotWaitVariance).toBeCloseTo((pooled.waitS * 1.1) ** 2 * (2 / pooled.pWait - 1), 12);
    // half a core counts as one where the choice is shared out
    expect(processWait({ ...shared, vcpu: 0.5, lambda: 6 }).cpuWaitS).toBeCloseTo(station(6, 0.1, 1).waitS * 1.2, 12);
  });

  test('the wait for a slot comes on top', () => {
    const slots: PythonProcess = { ...loops, instances: 1, lambda: 6, connections: 2 };
    const at = processWait(slots);
    const slot = station(6, 0.1, 2);
    expect(at.slotWaitS).toBeCloseTo(slot.waitS, 13);
    expect(at.waitS).toBeCloseTo(0.15 + slot.waitS, 13);
    expect(at.waitVariance).toBeCloseTo(0.15 ** 2 * (2 / 0.6 - 1) + slot.waitVariance, 12);
    // the hottest unit is solved alone
    expect(processWait({ ...slots, hot: 1.5 })).toEqual(at);
  });

  test('nobody waits without load, without work, or with a core for every slot', () => {
    const none = { cpuWaitS: 0, slotWaitS: 0, waitS: 0, waitVariance: 0 };
    expect(processWait({ ...loops, lambda: 0 })).toMatchObject(none);
    expect(processWait({ ...loops, cpuS: 0 })).toMatchObject(none);
    const enough: PythonProcess = { ...loops, instances: 1, vcpu: 2, workers: 2, connections: 1 };
    expect(processWait(enough).cpuWaitS).toBe(0);
    expect(processWait({ ...enough, vcpu: 1.9 }).cpuWaitS).toBeGreaterThan(0);
  });
});

describe('cut times, by integration', () => {
  /** Share, mean and variance of an Erlang time of four stages (rate 2) between two times. */
  function between(from: number, to: number): { share: number; mean: number; variance: number } {
    const steps = 20_000;
    const width = (to - from) / steps;
    const sums = [0, 0, 0];
    for (let i = 0; i < steps; i++) {
      const t = from + (i + 0.5) * width;
      const density = ((16 * t ** 3) / 6) * Math.exp(-2 * t) * width;
      [1, t, t * t].forEach((power, k) => (sums[k] = (sums[k] ?? 0) + power * density));
    }
    const [share = 0, first = 0, second = 0] = sums;
    return { share, mean: first / share, variance: second / share - (first / share) ** 2 };
  }

  test.each([1, 1e-3, 1e3])('four pieces with their own shares, means and variances, and the rest at the limit; in units of %f', (unit) => {
    const cut = cutAt([{ weight: 0.5, shift: 0.5 * unit, mean: 2 * unit, variance: unit * unit }], 2.5 * unit);
    expect(cut).toHaveLength(5);
    [0, 0.5, 1, 1.5].forEach((from, i) => {
      const { share, mean, variance } = between(from, from + 0.5);
      const piece = cut[i];
      expect(piece?.weight).toBeCloseTo(0.5 * share, 8);
      expect(((piece?.shift ?? 0) + (piece?.mean ?? 0)) / unit).toBeCloseTo(0.5 + mean, 6);
      // the last ends in one time, so that none of it lies beyond the limit
      expect((piece?.variance ?? 0) / unit ** 2).toBeCloseTo(i === 3 ? 0 : variance, 6);
      if (i < 3) expect((piece?.shift ?? 0) / unit).toBeCloseTo(0.5 + from, 12);
      else expect(piece?.mean).toBe(0);
    });
    expect(cut[4]).toEqual({ weight: expect.closeTo(0.5 * (1 - between(0, 2).share), 8) as number, shift: 2.5 * unit, mean: 0, variance: 0 });
  });

  test('pieces that hardly occur are left out, and so is a limit that is hardly reached', () => {
    // mean 10, deviation 1: nothing before a quarter of 9.9
    expect(cutAt([{ weight: 1, shift: 0, mean: 10, variance: 1 }], 9.9)).toHaveLength(4);
    const exponential = [{ weight: 1, shift: 0, mean: 1, variance: 1 }];
    expect(cutAt(exponential, 9.22)).toEqual(exponential);
    expect(cutAt(exponential, 9.2)).toHaveLength(5);
    expect(cutAt([], 3)).toEqual([]);
  });

  test('a constant is late as a whole or not at all', () => {
    const constant = { weight: 1, shift: 1, mean: 2, variance: 0 };
    const end = [{ weight: 1, shift: 2.5, mean: 0, variance: 0 }];
    expect(cutAt([constant], 2.5)).toEqual(end);
    for (const limit of [3, 3.5]) expect(cutAt([constant], limit)).toEqual([constant]);
    const nearly = { ...constant, variance: 1e-12 };
    expect(cutAt([nearly], 2.5)).toEqual(end);
    expect(cutAt([nearly], 3)).toEqual([nearly]);
    // in small units a variance of 1e-12 is no constant
    expect(cutAt([{ weight: 1, shift: 0, mean: 1e-6, variance: 1e-12 }], 1e-6)).toHaveLength(5);
    expect(cutAt([{ weight: 1, shift: 1, mean: 0, variance: 1 }], 3)).toEqual([{ weight: 1, shift: 1, mean: 0, variance: 1 }]);
    expect(cutAt([{ weight: 1, shift: 4, mean: 1, variance: 1 }], 2.5)).toEqual(end);
    expect(cutAt([{ weight: 1, shift: 2.5, mean: 1, variance: 1 }], 2.5)).toEqual(end);
  });

  test('how long one holds its place that gives up', () => {
    expect(meanUntil(3, 3 * Math.LN2)).toBeCloseTo(1.5, 14);
    expect([meanUntil(0, 5), meanUntil(5, 0), meanUntil(-1, 5), meanUntil(5, -1)]).toEqual([0, 0, 0, 0]);
    expect(meanUntil(0.25, 1e9)).toBe(0.25);
  });
});
