import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { SimulationOptions, SimulationResult } from '../../contracts/simulation.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import type { Design } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';
import { createSimulation, simulate } from './simulate.ts';

const run = (document: Design, options: SimulationOptions = {}): SimulationResult => simulate(document, catalog, { requests: 20_000, ...options });
const sketch = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db');
const only = (result: SimulationResult) => Object.values(result.journeys)[0] as SimulationResult['journeys'][string];
const mean = (values: readonly (number | null)[]): number => values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / Math.max(1, values.length);

function finite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(finite);
}

describe('a run', () => {
  test('the same seed gives the same bytes, in one piece or in many; another seed does not', () => {
    const whole = stableStringify(run(sketch.build(), { seed: 5 }));
    const pieces = createSimulation(sketch.build(), catalog, { requests: 20_000, seed: 5 });
    while (pieces.advance(777));
    expect(stableStringify(pieces.result())).toBe(whole);
    expect(stableStringify(run(sketch.build(), { seed: 6 }))).not.toBe(whole);
    expect(finite(JSON.parse(whole))).toBe(true);
  });

  test('progress grows to 1, and a run that is stopped has a result', () => {
    const simulation = createSimulation(sketch.build(), catalog, { requests: 20_000 });
    expect(simulation.progress.share).toBe(0);
    simulation.advance(50_000);
    expect(simulation.progress.share).toBeGreaterThan(0.2);
    expect(only(simulation.result()).requests).toBeGreaterThan(1000);
    while (simulation.advance(50_000));
    expect(simulation.progress.share).toBe(1);
  });

  test('agrees with the analytic answer on the three boxes, and says so', () => {
    const result = run(sketch.build(), { requests: 100_000 });
    expect(result.comparison[0]).toMatchObject({ verdict: 'agree' });
    expect(result.nodes['api']?.resources.find(({ resource }) => resource === 'cpu')?.utilisation).toBeCloseTo(0.1, 2);
    expect(result.nodes['db']?.resources.find(({ resource }) => resource === 'cpu')?.utilisation).toBeCloseTo(0.0133, 2);
    expect(result.cut_short).toBeNull();
  });

  test('a drawing without anything, without a client, with an unknown type: no error, no numbers', () => {
    for (const empty of [design(), design().service('a'), design().client('c').node('nonsense', 'x').connect('c', 'x')]) {
      const result = run(empty.build());
      expect(finite(result)).toBe(true);
    }
  });

  test('a run that cannot end in time says why', () => {
    expect(run(sketch.build(), { max_events: 5000 }).cut_short).toContain('5000 events');
    const endless = design().client('c').node('nonsense', 'a').node('nonsense', 'b').node('nonsense', 'd').connect('c', 'a').connect('a', 'b', { calls: 1e5, network_class: 'in_process' }).connect('b', 'd', { calls: 1e5, network_class: 'in_process' });
    expect(run(endless.build(), { requests: 10 }).cut_short).toContain('more calls');
  });
});

describe('load over time', () => {
  const at = (result: SimulationResult, from: number, to: number) => result.timeline.total.arrivals_rps.slice(from, to);

  test('a ramp, a spike and a wave are seen in the arrivals', () => {
    const ramp = run(sketch.build(), { duration_s: 300, buckets: 30, profile: { kind: 'ramp', from: 0, to: 2 } });
    expect(mean(at(ramp, 0, 3))).toBeLessThan(20);
    expect(mean(at(ramp, 27, 30))).toBeGreaterThan(170);
    const spike = run(sketch.build(), { duration_s: 300, buckets: 30, profile: { kind: 'spike', factor: 4, at_s: 100, for_s: 50 } });
    expect(mean(at(spike, 10, 15))).toBeCloseTo(400, -1.7);
    expect(mean(at(spike, 16, 30))).toBeCloseTo(100, -1);
    const wave = run(sketch.build(), { duration_s: 300, buckets: 30, profile: { kind: 'diurnal', low: 0.5, high: 1.5, period_s: 300 } });
    expect(mean(at(wave, 13, 17))).toBeGreaterThan(130);
    expect(wave.comparison[0]?.verdict).toBe('not_comparable');
  });

  test('a queue grows while more comes than its consumers take, and drains after', () => {
    const document = design().client('c', { rps: 10 }).service('api').rabbitmq('q').celery('w', { instances: 2, vcpu: 2, task_cpu_s: 0.2, task_io_s: 0 }).chain('c', 'api', 'q', 'w')
      .journey('j', { entry: 'c>api', rate_rps: 10, op: 'write' }).build();
    const { timeline, journeys } = run(document, { duration_s: 600, buckets: 60, profile: { kind: 'spike', factor: 4, at_s: 100, for_s: 100 } });
    const backlog = timeline.nodes['w']?.backlog ?? [];
    // 40/s against 4 cores / .2 s = 20/s for 100 s: 2000 wait, then 10/s are left over
    expect(Math.max(...backlog)).toBeGreaterThan(1700);
    expect(Math.max(...backlog)).toBeLessThan(2300);
    expect(backlog.indexOf(Math.max(...backlog))).toBe(19);
    expect(backlog.at(-1)).toBeLessThan(20);
    expect(journeys['j']?.done?.mean_s.value).toBeGreaterThan(10);
    expect(journeys['j']?.mean_ms.value).toBeLessThan(100);
  });

  test('scaling follows with its lag', () => {
    const document = design().client('c').service('api', { instances: 2, cpu_ms: 100, autoscale: { enabled: true, min: 2, max: 20, target: 0.6 } }).chain('c', 'api').workload({ peak_rps: 20 }).build();
    const { timeline } = run(document, { duration_s: 3600, buckets: 90, profile: { kind: 'spike', factor: 5, at_s: 400, for_s: 3200 } });
    const units = timeline.nodes['api']?.units ?? [];
    expect(units[9]).toBe(2);
    expect(units.at(-1)).toBeGreaterThanOrEqual(8);
    expect(units.at(-1)).toBeLessThanOrEqual(12);
    const late = timeline.total.p99_ms.slice(80).map((value) => value ?? 0);
    expect(Math.max(...late)).toBeLessThan(Math.max(...timeline.total.p99_ms.map((value) => value ?? 0)) / 5);
  });
});

describe('failures on demand', () => {
  test('one of two instances is lost: some requests fail until it is noticed, and it comes back', () => {
    const document = design().client('c').balancer('lb').service('api', { instances: 2 }).chain('c', 'lb', 'api').build();
    const result = run(document, { duration_s: 300, buckets: 30, failures: [{ at_s: 100, restore_s: 200, target: { kind: 'node', id: 'api', units: 1 } }] });
    const failed = result.timeline.total.failed_rps;
    expect(mean(failed.slice(0, 10))).toBe(0);
    // half of the requests for three checks of ten seconds
    expect(mean(failed.slice(10, 13))).toBeCloseTo(50, -1);
    expect(mean(failed.slice(13))).toBeLessThan(1);
  });

  test('a database with a standby comes back by itself; without one it does not', () => {
    const failures = [{ at_s: 50, restore_s: null, target: { kind: 'node' as const, id: 'db' } }];
    const lost = (params: Record<string, string>) => run(design().client('c').service('api').rdbms('db', params).chain('c', 'api', 'db').build(), { duration_s: 300, buckets: 30, failures }).timeline.total.failed_rps;
    expect(mean(lost({ ha: 'multi_az' }).slice(6, 13))).toBeCloseTo(100, -1.3);
    expect(mean(lost({ ha: 'multi_az' }).slice(16))).toBe(0);
    expect(mean(lost({}).slice(6))).toBeCloseTo(100, -1.3);
  });

  test('losing a zone takes the units in it', () => {
    const document = design().client('c').service('api', { instances: 2 }).chain('c', 'api').build();
    const zones = run(document, { duration_s: 200, buckets: 20, failures: [{ at_s: 50, restore_s: null, target: { kind: 'zone', id: 'z1' } }] });
    expect(mean(zones.timeline.total.failed_rps.slice(5, 8))).toBeCloseTo(50, -1);
    expect(mean(zones.timeline.total.failed_rps.slice(9))).toBe(0);
  });
});

describe('limits between caller and callee', () => {
  const slow = (params: Record<string, number | string | boolean>) => design().client('c').service('api', { cpu_ms: 1 }).node('external-api', 'ext', { latency_ms: 200 }).connect('c', 'api').connect('api', 'ext', { op: 'read', ...params })
    .journey('j', { entry: 'c>api', rate_rps: 50, op: 'read' }).build();

  test('a timeout cuts the wait and fails; retries after it raise the calls', () => {
    const plain = run(slow({}));
    const timed = run(slow({ timeout_ms: 200 }));
    expect(timed.journeys['j']?.error_share).toBeGreaterThan(0.2);
    expect(timed.journeys['j']?.p99_ms.value).toBeLessThan(plain.journeys['j']?.p99_ms.value ?? 0);
    const retried = run(slow({ timeout_ms: 200, retries: 2 }));
    expect(retried.journeys['j']?.error_share).toBeCloseTo((timed.journeys['j']?.error_share ?? 0) ** 3, 1);
    expect(retried.journeys['j']?.mean_ms.value).toBeGreaterThan(timed.journeys['j']?.mean_ms.value ?? 0);
  });

  test('errors are retried, and a soft call that fails costs nothing but its time', () => {
    expect(only(run(slow({ error_rate: 0.2 }))).error_share).toBeCloseTo(0.2, 1);
    expect(only(run(slow({ error_rate: 0.2, retries: 1 }))).error_share).toBeCloseTo(0.04, 1);
    expect(only(run(slow({ error_rate: 0.2, criticality: 'soft' }))).error_share).toBe(0);
  });

  test('a breaker stops the calls to a dead dependency, so that callers fail fast', () => {
    const failures = [{ at_s: 20, restore_s: null, target: { kind: 'node' as const, id: 'ext' } }];
    const broken = run(slow({ circuit_breaker: true, retries: 2, backoff: 'fixed' }), { duration_s: 100, failures });
    const retrying = run(slow({ retries: 2, backoff: 'fixed' }), { duration_s: 100, failures });
    expect(broken.events).toBeLessThan(retrying.events);
    expect(broken.timeline.total.failed_rps.at(-1)).toBeGreaterThan(30);
  });

  test('a pool of one connection makes requests wait, a bulkhead refuses them', () => {
    const pooled = (pool: number) => only(run(design().client('c').service('api', { instances: 1, workers: 1, cpu_ms: 0.1 }).rdbms('db', { read_cpu_ms: 5 }).connect('c', 'api').connect('api', 'db', { pool_size: pool, max_overflow: 0 }).workload({ peak_rps: 120 }).build()));
    expect(pooled(1).mean_ms.value).toBeGreaterThan(1.3 * pooled(50).mean_ms.value);
    expect(only(run(slow({ bulkhead_slots: 2 }))).error_share).toBeGreaterThan(0.3);
  });

  test('a stated rate limit lets its rate through', () => {
    const limited = run(design().client('c').kong('gw', { rate_limit: { rps: 60, burst: 10, policy: 'shared' } }).service('api').chain('c', 'gw', 'api').build());
    expect(only(limited).error_share).toBeCloseTo(0.4, 1);
  });
});

describe('parts', () => {
  test('a cache hits as the analytic answer says, warm from the start, and behind a cold one the store sees more', () => {
    const document = design().client('c').service('api').redis('r', { max_items: 5000, ttl_s: 0 }).rdbms('db').connect('c', 'api').connect('api', 'r').connect('api', 'db').entity('e', 'db', { keys: 50_000, zipf_s: 1 }).build();
    const { nodes } = evaluate(document, catalog);
    const warm = run(document, { requests: 60_000 });
    expect(warm.nodes['r']?.hit_ratio).toBeCloseTo(nodes['r']?.hit_ratio ?? 0, 1.5);
    expect(run(document, { cold_caches: true, requests: 5000 }).nodes['r']?.hit_ratio).toBeLessThan((warm.nodes['r']?.hit_ratio ?? 0) - 0.05);
  });

  test('a function starts cold as often as the analytic answer says', () => {
    const document = design().client('c').node('lambda', 'f', { cpu_ms: 100, io_ms: 100 }).connect('c', 'f').workload({ peak_rps: 0.02 }).build();
    const result = run(document, { requests: 40_000 });
    expect(result.comparison[0]?.mean?.agree).toBe(true);
  });

  test('a fan-out in parallel waits for the slowest, one in sequence for all', () => {
    const fan = (order: string) => only(run(design().client('c').service('api', { cpu_ms: 1 }).node('custom', 'a', { latency_ms: 100, cs2: 0 }).node('custom', 'b', { latency_ms: 50, cs2: 0 }).connect('c', 'api').connect('api', 'a', { order }).connect('api', 'b', { order }).build())).mean_ms.value;
    expect(fan('seq') - fan('par:x')).toBeCloseTo(50, -1);
  });

  test('what the drawing asks for and the simulation lacks is listed', () => {
    const result = run(design().client('c').service('api').redis('r').rdbms('db', { replicas: 1 }).connect('c', 'api').connect('api', 'r', { single_flight: true }).connect('api', 'db').build(), { requests: 100 });
    expect(result.not_modelled.map(({ what }) => what)).toEqual(expect.arrayContaining(['How far replicas are behind', 'One load for many misses of a key']));
  });
});
