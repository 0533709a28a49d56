import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { SimulationOptions, SimulationResult } from '../../contracts/simulation.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import { mmcExact } from '../math/mmc.ts';
import { jumped, Random } from './kernel/random.ts';
import { createSimulation, simulate } from './simulate.ts';
import { overRuns } from './statistics.ts';

/** One queue at 70 %: 10 ms of work for each of 70 requests a second. */
const queue = design().client('c').node('custom', 'q', { capacity_rps: 100, latency_ms: 10, cs2: 1 }).connect('c', 'q', { network_class: 'in_process' }).workload({ peak_rps: 70 }).build();
const run = (options: SimulationOptions = {}): SimulationResult => simulate(queue, catalog, { requests: 5000, ...options });
const only = (result: SimulationResult) => Object.values(result.journeys)[0] as SimulationResult['journeys'][string];

describe('several runs', () => {
  test('streams of a seed lie far apart on it', () => {
    const take = (stream: number, count: number): number[] => {
      const random = new Random(9, stream);
      return Array.from({ length: count }, () => random.uniform());
    };
    const [a, b, c] = [take(0, 2000), take(1, 2000), take(2, 2000)];
    expect(new Set([...a, ...b, ...c]).size).toBe(6000);
    const correlation = (x: readonly number[], y: readonly number[]): number => (x.reduce((sum, value, i) => sum + (value - 0.5) * ((y[i] ?? 0) - 0.5), 0) * 12) / x.length;
    for (const [x, y] of [[a, b], [a, c], [b, c]] as const) expect(Math.abs(correlation(x, y))).toBeLessThan(0.08);
    // the 2^64th power of the generator's matrix over two elements, computed apart
    expect([...jumped(Int32Array.of(1, 2, 3, 4))]).toEqual([-1451863546, 2038079848, 1533207345, 44816753]);
  });

  test('the same seed gives the same bytes in pieces of any size; the first of several is the single run', () => {
    const whole = stableStringify(run({ replications: 4, seed: 5 }));
    const pieces = createSimulation(queue, catalog, { requests: 5000, replications: 4, seed: 5 });
    const shares: number[] = [];
    while (pieces.advance(777)) shares.push(pieces.progress.share);
    expect(stableStringify(pieces.result())).toBe(whole);
    expect(shares).toEqual([...shares].sort((x, y) => x - y));
    expect(pieces.progress).toMatchObject({ run: 4, runs: 4, share: 1 });
    const stopped = createSimulation(queue, catalog, { requests: 5000, replications: 4, seed: 5 });
    while (stopped.progress.run === 1) stopped.advance(777);
    expect(stableStringify(stopped.result())).toBe(stableStringify(run({ seed: 5 })));
  });

  test('counts add up, and the mean lies between those of the runs', () => {
    const several = run({ replications: 3, seed: 8 });
    const single = run({ seed: 8 });
    expect(several.replications).toBe(3);
    expect(several.requests).toBeGreaterThan(2.8 * single.requests);
    expect(several.duration_s).toBe(single.duration_s);
    expect(several.timeline.total.arrivals_rps).toHaveLength(single.timeline.total.arrivals_rps.length);
    const rates = several.timeline.total.arrivals_rps;
    expect(rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toBeCloseTo(70, -0.5);
    expect(several.nodes['q']?.resources[0]?.utilisation).toBeCloseTo(0.7, 1);
  });

  test('nineteen of twenty intervals hold the truth', () => {
    const truth = mmcExact(70, 0.01, 1);
    let held = 0;
    for (let seed = 0; seed < 20; seed++) {
      const { mean_ms: { low, high } } = only(simulate(queue, catalog, { requests: 2500, replications: 4, seed }));
      held += low !== null && high !== null && low <= truth.responseS * 1000 && truth.responseS * 1000 <= high ? 1 : 0;
    }
    expect(held).toBeGreaterThanOrEqual(16);
  });

  test('Student’s interval over runs', () => {
    expect(overRuns([])).toEqual({ value: 0, low: null, high: null });
    expect(overRuns([3])).toEqual({ value: 3, low: null, high: null });
    // s = 1, half = 4.303 / sqrt 3
    expect(overRuns([9, 10, 11]).high).toBeCloseTo(10 + 4.303 / Math.sqrt(3), 9);
    expect(overRuns(Array.from({ length: 40 }, (_, i) => i % 2)).high).toBeCloseTo(0.5 + 2.0227 * Math.sqrt(0.25 / 39), 4);
  });
});
