import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { design, type DesignBuilder } from '../../tests/support/design-builder.ts';
import { evaluate, sweep } from './evaluate.ts';

interface Template { readonly instances: number; readonly peak: number; readonly items?: number; readonly db?: Record<string, number | boolean>; readonly sync?: boolean }

/** The worked examples of evaluation 12: 90 % reads, two queries for a read and one transaction for a write. */
function template({ instances, peak, items, db = {}, sync = false }: Template): DesignBuilder {
  const process = sync ? { worker_class: 'sync', workers: 2, threads: 1 } : { worker_class: 'gthread', workers: 5, threads: 4 };
  const built = design().client('c').balancer('lb', { algorithm: 'least_outstanding' }).monolith('app', { ...process, instances, vcpu: 2, cpu_ms: 8 }).rdbms('db', { vcpu: 2, iops: 3000, ...db });
  built.connect('c', 'lb').connect('lb', 'app', { network_class: 'cross_zone' });
  built.connect('app', 'db', { op: 'read', queries: 2, network_class: 'cross_zone' }).connect('app', 'db', { op: 'write', network_class: 'cross_zone' });
  if (items) built.redis('redis', { max_items: items, ttl_s: 0 }).connect('app', 'redis', { invalidate: false, network_class: 'same_zone' }).entity('page', 'db', { keys: 100_000, zipf_s: 1 });
  return built.workload({ peak_rps: peak });
}

const TEMPLATES = {
  A: { design: { instances: 3, peak: 400 }, p50: 12.6, p95: 30.8, p99: 41.9, headroom: 1.59375, hit: null, cpu: 0.53, slots: 0.07, db: 0.089 },
  B: { design: { instances: 4, peak: 400, items: 10_000, db: { multi_az: true } }, p50: 10.9, p95: 28.9, p99: 40.2, headroom: 2.125, hit: 0.737, cpu: 0.4, slots: 0.05, db: 0.036 },
  C: { design: { instances: 16, peak: 2000, items: 50_000, db: { vcpu: 4, iops: 6000, multi_az: true, replicas: 1 } }, p50: 10, p95: 28.1, p99: 39.8, headroom: 1.7, hit: 0.918, cpu: 0.5, slots: 0.06, db: 0.042 },
  D: { design: { instances: 3, peak: 400, sync: true }, p50: 12.5, p95: 30.7, p99: 41.8, headroom: 1.19787, hit: null, cpu: 0.53, slots: 0.71, db: 0.089 },
} as const;

describe('worked examples A to D', () => {
  test.each(Object.entries(TEMPLATES))('%s', (_, known) => {
    const result = evaluate(template(known.design).build(), catalog);
    const [journey] = Object.values(result.journeys);
    for (const quantile of ['p50', 'p95', 'p99'] as const) {
      const value = journey?.[`${quantile}_ms`].value ?? 0;
      expect(Math.abs(value / known[quantile] - 1), quantile).toBeLessThan(0.05);
    }
    expect(result.headroom.now.value).toBeCloseTo(known.headroom, 3);
    const load = (node: string, resource: string): number | undefined => result.nodes[node]?.resources.find((other) => other.resource === resource)?.utilisation;
    expect(load('app', 'cpu')).toBeCloseTo(known.cpu, 2);
    expect(load('app', 'slots')).toBeCloseTo(known.slots, 2);
    expect(load('db', 'cpu')).toBeCloseTo(known.db, 3);
    if (known.hit !== null) expect(result.nodes['redis']?.hit_ratio).toBeCloseTo(known.hit, 3);
  });
});

describe('the three-box sketch', () => {
  const sketch = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').build();

  test('nothing filled in', () => {
    const result = evaluate(sketch, catalog);
    expect(result.nodes['api']?.utilisation).toBeCloseTo(0.1, 6);
    expect(result.nodes['db']?.utilisation).toBeCloseTo(0.0133, 4);
    expect(result.journeys['derived:c>api']?.p99_ms.value).toBeCloseTo(20, 0);
    expect(result.headroom.now.value).toBeCloseTo(8.5, 6);
    expect(result.breaks[0]).toMatchObject({ node: 'api', resource: 'cpu', multiple: 10, rps: 1000 });
  });

  test('what it costs, how it fails and what stays unsaid', () => {
    const result = evaluate(sketch, catalog);
    const journey = result.journeys['derived:c>api'];
    expect(journey?.availability.value).toBeCloseTo(0.99445, 5);
    expect(journey).toMatchObject({ dies_if: ['db', 'api'], hard_nodes: ['api', 'db'], usd_per_million: { state: 'ok' } });
    const crossing = result.cost.items.filter((item) => item.price_key === 'cross_az_gb').reduce((sum, item) => sum + item.usd_month, 0);
    expect(result.cost.usd_month - crossing).toBeCloseTo(445.7, 1);
    expect(result.nodes['api']?.cost_usd_month).toBeCloseTo(140.16, 2);
    expect(result.cuts.map(({ members }) => members)).toEqual([['db'], ['api']]);
    expect(result.blast[0]).toMatchObject({ kind: 'deploy', target: 'api', per_year: 5, share_lost: 1 });
    expect([result.burden.budget, Object.keys(result.entities), result.not_modelled]).toEqual([0.5, ['implicit:db'], []]);
  });

  test('overload is said, not hidden', () => {
    const result = evaluate(sketch, catalog, { multiple: 20 });
    expect(result.nodes['api']?.utilisation).toBeCloseTo(2, 6);
    expect(result.nodes['db']?.utilisation).toBeCloseTo(0.265, 3);
    expect(result.journeys['derived:c>api']).toMatchObject({ p99_ms: { value: null, state: 'saturated' }, served: 0.5 });
    expect(result.breaks[0]?.multiple).toBeCloseTo(10, 6);
  });

  test('the sweep finds the same break', () => {
    const { multiples, hottest, breaks } = sweep(sketch, catalog);
    expect(multiples).toHaveLength(200);
    expect(multiples[0]).toBe(1);
    expect(multiples[199]).toBeCloseTo(100, 9);
    expect(hottest[0]).toBeCloseTo(0.1, 9);
    expect(hottest[199]).toBeCloseTo(10, 9);
    expect(hottest.findIndex((heat) => (heat ?? 0) >= 1)).toBe(multiples.findIndex((multiple) => multiple >= 10));
    expect(breaks[0]?.multiple).toBeCloseTo(10, 9);
  });
});

describe('what the drawing means', () => {
  test('a splitter conserves the flow, everything else calls all', () => {
    const split = evaluate(design().client('c').kong('g').service('a').service('b').chain('c', 'g', 'a').connect('g', 'b', { weight: 3 })
      .journey('j', { rate_rps: 80, entry: 'c>g' }).build(), catalog);
    expect([split.nodes['a']?.arrival_rps, split.nodes['b']?.arrival_rps]).toEqual([20, 60]);
    const fan = evaluate(design().client('c').service('g').service('a').service('b').chain('c', 'g', 'a').connect('g', 'b', { calls: 2 })
      .journey('j', { rate_rps: 80, entry: 'c>g' }).build(), catalog);
    expect([fan.nodes['a']?.arrival_rps, fan.nodes['b']?.arrival_rps]).toEqual([80, 160]);
  });

  test('one derived journey for each route target, one for a pool', () => {
    const routed = evaluate(design().client('c').kong('g').service('a').service('b').chain('c', 'g', 'a').chain('g', 'b').build(), catalog);
    expect(Object.values(routed.journeys).map(({ name, rate_rps }) => [name, rate_rps])).toEqual([['a', 50], ['b', 50]]);
    const pooled = evaluate(design().client('c').balancer('l').service('a').service('b').chain('c', 'l', 'a').chain('l', 'b').build(), catalog);
    expect(Object.values(pooled.journeys)).toHaveLength(1);
    expect(pooled.nodes['a']?.arrival_rps).toBe(50);
  });

  test('messages: writes publish, one group shares, the worker is outside the answer', () => {
    const drawn = design().client('c').service('api').rabbitmq('q').celery('w1', { task_cpu_s: 0.1, task_io_s: 0 }).celery('w2').rdbms('db');
    drawn.chain('c', 'api', 'q', 'w1', 'db').chain('q', 'w2').workload({ peak_rps: 200 });
    const result = evaluate(drawn.build(), catalog);
    expect(result.edges['api>q']).toMatchObject({ kind: 'publish', synchronous: false });
    expect(result.nodes['q']?.arrival_rps).toBeCloseTo(20, 9);
    expect(result.nodes['w1']?.arrival_rps).toBeCloseTo(10, 9);
    expect(result.nodes['db']?.writes_rps).toBeCloseTo(10, 9);
    const [journey] = Object.values(result.journeys);
    expect(journey?.p99_ms.value).toBeLessThan(100);
    expect(journey?.hard_nodes).not.toContain('w1');
    expect(journey?.done_s.state === 'ok' ? journey.done_s.value : 0).toBeGreaterThan(1);
  });

  test('a consumer that cannot keep up leaves a backlog, one that never can is unbounded', () => {
    const at = (rate: number) => evaluate(design().client('c').service('api').rabbitmq('q').celery('w', { instances: 1, vcpu: 1, concurrency: 1, task_cpu_s: 1, task_io_s: 0 })
      .chain('c', 'api', 'q', 'w').journey('j', { rate_rps: rate, entry: 'c>api', op: 'write' }).build(), catalog);
    expect(at(1.5).nodes['q']?.backlog).toMatchObject({ messages: { value: 1800 }, delay_s: { value: 1800 }, drain_s: { value: 3600 } });
    expect(at(1.5).journeys['j']?.done_s.value).toBeGreaterThan(1800);
    expect(at(4).journeys['j']?.done_s.state).toBe('unbounded');
  });

  test('a cache in series reads through, a reversed arrow is turned, a self-loop is reported', () => {
    const series = evaluate(design().client('c').service('api').redis('r').rdbms('db').chain('c', 'api', 'r', 'db').build(), catalog);
    const hit = series.nodes['r']?.hit_ratio ?? 0;
    expect(hit).toBeGreaterThan(0.05);
    expect(series.nodes['db']?.reads_rps).toBeCloseTo(90 * (1 - hit), 6);
    expect(series.nodes['db']?.writes_rps).toBeCloseTo(10, 6);
    const turned = evaluate(design().client('c').service('api').rdbms('db').chain('c', 'api').connect('db', 'api').connect('api', 'api').build(), catalog);
    expect(turned.nodes['db']?.arrival_rps).toBeCloseTo(100, 9);
    expect(turned.edges['api>api']?.idle_reason).toContain('itself');
    expect(turned.assumptions.map((note) => note.code)).toEqual(expect.arrayContaining(['reversed-arrow', 'idle-edge']));
  });

  test('a cycle is cut at its cheapest back edge and said', () => {
    const result = evaluate(design().client('c').service('a').service('b').chain('c', 'a', 'b', 'a').build(), catalog);
    expect(result.nodes['b']?.arrival_rps).toBe(100);
    expect(result.edges['b>a']?.idle_reason).toContain('cycle');
  });

  test('unknown types pass the traffic and mark the journey', () => {
    const result = evaluate(design().client('c').node('quantum', 'x').rdbms('db').chain('c', 'x', 'db').build(), catalog);
    expect(result.nodes['db']?.arrival_rps).toBe(100);
    expect(Object.values(result.journeys)[0]?.not_modelled).toEqual(['quantum is passed unchanged']);
  });

  test('steps and demands override one journey only', () => {
    const drawn = design().client('c').service('api').rdbms('db').rdbms('log').chain('c', 'api', 'db').chain('api', 'log');
    drawn.journey('light', { rate_rps: 10, entry: 'c>api', steps: [{ edge: 'api>log', calls: 0 }] });
    drawn.journey('heavy', { rate_rps: 10, entry: 'c>api', op: 'read', steps: [{ edge: 'api>db', queries: 5 }], demands: { api: { cpu_ms: 44 } } });
    const result = evaluate(drawn.build(), catalog);
    expect(result.nodes['log']?.arrival_rps).toBe(10);
    expect(result.nodes['db']?.arrival_rps).toBe(60);
    expect(result.nodes['api']?.utilisation).toBeCloseTo((10 * 0.004 + 10 * 0.044) / 4, 9);
    expect(result.journeys['heavy']?.mean_ms.value).toBeGreaterThan(40 + (result.journeys['light']?.mean_ms.value ?? 0));
  });

  test('autoscale: units follow the load, H_auto counts the most', () => {
    const result = evaluate(design().client('c').service('api', { instances: 2, autoscale: { min: 2, max: 20, target: 0.6, lag_s: 60 } }).chain('c', 'api').workload({ peak_rps: 1500 }).build(), catalog);
    expect(result.nodes['api']).toMatchObject({ units: 2, units_scaled: 5 });
    expect(result.nodes['api']?.utilisation).toBeCloseTo(0.6, 6);
    expect(result.headroom.now.value).toBeCloseTo((0.85 * 1000) / 1500, 6);
    // twenty units, of which more than twice the present five are extrapolated: 10 X(20) / X(10)
    const worth = (10 * (20 / (1 + 0.002 * 19))) / (10 / (1 + 0.002 * 9));
    expect(result.headroom.auto.value).toBeCloseTo((0.85 * worth * 500) / 1500, 6);
  });
});
