import { describe, expect, test } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import { design } from '../../../../tests/support/design-builder.ts';
import type { SimulationOptions, SimulationResult } from '../../../contracts/simulation.ts';
import type { Params } from '../../../model/design.ts';
import { mmckBlocking } from '../../math/mmck.ts';
import { simulate } from '../simulate.ts';

/** Two consumers of 50 ms each take 40 messages a second at most. */
const queue = (rate: number, broker: Params, options: SimulationOptions = {}): SimulationResult => simulate(
  design().client('c').service('api', { cpu_ms: 1 }).rabbitmq('q', broker).celery('w', { instances: 2, vcpu: 1, concurrency: 1, task_cpu_s: 0.05, task_io_s: 0 }).chain('c', 'api', 'q', 'w').journey('j', { entry: 'c>api', rate_rps: rate, op: 'write' }).build(),
  catalog, { requests: 20_000, seed: 6, ...options },
);
const lost = (result: SimulationResult): number => (result.nodes['w']?.refused ?? 0) / (20_000 * result.replications);
const said = (result: SimulationResult, words: string): boolean => result.not_modelled.some(({ what }) => what.includes(words));

describe('messages that are lost', () => {
  test.each([[36, 5], [60, 20]])('at %i a second and %i places: as many as M/M/2/K turns away, and the rest waits no longer than the queue', (rate, most) => {
    const result = queue(rate, { max_length: most });
    expect(Math.abs(lost(result) - mmckBlocking(rate, 0.05, 2, 2 + most))).toBeLessThan(0.02);
    expect(Math.max(...(result.timeline.nodes['w']?.backlog ?? []))).toBeLessThanOrEqual(most);
    expect(result.journeys['j']?.failed).toBe(0);
    expect(said(result, 'longest queue')).toBe(false);
    expect(result.journeys['j']?.done?.mean_s.value).toBeLessThan((most + 2) / 40 + 0.1);
  });

  test('those that nobody took in time are gone: what more than is served comes', () => {
    const result = queue(60, { message_ttl_s: 2 });
    expect(lost(result)).toBeCloseTo(1 - 40 / 60, 1.3);
    // whoever is served has waited no longer than that
    expect(result.journeys['j']?.done?.mean_s.value).toBeLessThan(2.2);
    expect(result.journeys['j']?.done?.mean_s.value).toBeGreaterThan(1.7);
  });
});

test('numbers of calls that vary make answers uneven, and both sides agree', () => {
  const calls = (cs2: number): SimulationResult => simulate(
    design().client('c').service('api', { instances: 4, cpu_ms: 1 }).node('external-api', 'ext', { latency_ms: 20, cs2: 0.2 }).connect('c', 'api').connect('api', 'ext', { calls: 5, calls_cs2: cs2 }).workload({ peak_rps: 20 }).build(),
    catalog, { requests: 20_000, seed: 6 },
  );
  const [even, uneven] = [calls(0), calls(1)];
  const of = (result: SimulationResult) => Object.values(result.journeys)[0];
  expect(Math.abs((of(uneven)?.mean_ms.value ?? 0) / (of(even)?.mean_ms.value ?? 1) - 1)).toBeLessThan(0.08);
  expect((of(uneven)?.p99_ms.value ?? 0) / (of(even)?.p99_ms.value ?? 1)).toBeGreaterThan(1.6);
  expect(uneven.comparison[0]).toMatchObject({ verdict: 'agree' });
  expect(said(uneven, 'Numbers of calls')).toBe(false);
});
