import { describe, expect, test } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import { design } from '../../../../tests/support/design-builder.ts';
import type { SimulationResult } from '../../../contracts/simulation.ts';
import type { Params } from '../../../model/design.ts';
import { simulate } from '../simulate.ts';

const tier = (rate: number, service: Params, requests: number, seed = 3): SimulationResult => simulate(
  design().client('c').service('a', { instances: 1, vcpu: 1, workers: 1, worker_class: 'sync', cpu_ms: 10, io_ms: 0, ...service }).connect('c', 'a', { network_class: 'in_process' }).workload({ peak_rps: rate }).build(),
  catalog, { requests, seed },
);
const only = (result: SimulationResult) => Object.values(result.journeys)[0] as SimulationResult['journeys'][string];
const load = (result: SimulationResult, name: string): number => result.nodes['a']?.resources.find(({ resource }) => resource === name)?.utilisation ?? 0;

describe('workers that are replaced', () => {
  test('one worker: what waits behind a start is Pollaczek and Khinchine’s, and the formula has it too', () => {
    // 10 ms each, and .5 s more for one request in a thousand
    const result = tier(30, { max_requests: 1000, worker_boot_s: 0.5 }, 120_000);
    const meanS = 0.01 + 0.0005;
    const second = 2 * 0.01 ** 2 + 2 * 0.01 * 0.0005 + 0.5 * 0.0005;
    const known = 10 + (30 * second * 1000) / (2 * (1 - 30 * meanS));
    expect(Math.abs(only(result).mean_ms.value / known - 1)).toBeLessThan(0.1);
    expect(result.comparison[0]?.mean?.agree).toBe(true);
    expect(result.comparison[0]?.mean?.analytic_ms).toBeCloseTo(known, 3);
    expect(load(result, 'cpu')).toBeCloseTo(30 * meanS, 2);
    expect(result.not_modelled.some(({ what }) => what.includes('replaced'))).toBe(false);
    // nobody is turned away, and after the start the same worker count serves
    expect(only(result).failed).toBe(0);
  });

  test('several workers and event loops: the others serve on, and the processor starts the successor', () => {
    for (const [service, rate] of [
      [{ vcpu: 4, workers: 9, io_ms: 40 }, 130], [{ vcpu: 4, workers: 4, worker_class: 'asgi', io_ms: 40 }, 200],
    ] as const) {
      const plain = tier(rate, service, 30_000, 5);
      const replaced = tier(rate, { ...service, max_requests: 1000, worker_boot_s: 2 }, 30_000, 5);
      // 2 s for each thousand requests over four cores
      expect(Math.abs(load(replaced, 'cpu') - load(plain, 'cpu') - (rate * 0.002) / 4)).toBeLessThan(0.02);
      expect(only(replaced).mean_ms.value).toBeGreaterThan(only(plain).mean_ms.value);
      expect(Math.abs(replaced.comparison[0]?.mean?.difference ?? 1)).toBeLessThan(0.15);
      expect(only(replaced).failed).toBe(0);
    }
  });

  test('replaced after every request, a worker serves one request in each start', () => {
    const result = tier(4, { max_requests: 1, worker_boot_s: 0.1 }, 10_000);
    // 10 ms + 100 ms each: a queue at 44 %, of which the requests see the wait
    expect(load(result, 'cpu')).toBeCloseTo(4 * 0.11, 1.7);
    const second = 2 * 0.01 ** 2 + 2 * 0.01 * 0.1 + 0.1 ** 2;
    expect(Math.abs(only(result).mean_ms.value / (10 + (4 * second * 1000) / (2 * (1 - 0.44))) - 1)).toBeLessThan(0.06);
  });
});
