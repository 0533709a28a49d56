import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import type { Design } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { solveContext } from '../pipeline.ts';
import { solveConsistency } from './consistency.ts';
import { entityStorageGb } from './entity-storage.ts';
import type { HazardKind } from '../../contracts/hazard.ts';

const contextOf = (drawn: Design, multiple = 1) => solveContext(compileDesign(drawn, catalog), multiple);
const of = (drawn: Design, multiple = 1) => solveConsistency(contextOf(drawn, multiple));
const hazard = (result: ReturnType<typeof of>, kind: HazardKind) => result.hazards.filter((found) => found.kind === kind).map((found) => found.data);

const web = (db: Record<string, unknown> = {}) => design().client('c').service('api').rdbms('db', db as never).chain('c', 'api', 'db');
const cached = (edge: Record<string, unknown> = {}, requirement = 'read_your_writes') =>
  web().redis('cache', { ttl_s: 30 }).connect('api', 'cache', edge as never).entity('item', 'db', { requirement: requirement as 'strong', bound_s: 60 });

describe('what readers may rely on', () => {
  test('three boxes: one implicit entity, read from the primary', () => {
    const result = of(web().build());
    expect(result.scored).toEqual([{ entity: 'implicit:db', requirement: 'read_your_writes', score: 100, met: true, value: 0, target: expect.closeTo(0.001, 9) }]);
    expect(result.entities.get('implicit:db')?.paths).toEqual([{ journey: 'derived:c>api', via: 'db', kind: 'primary', staleness_s: { value: 0, state: 'ok' } }]);
    expect(result.fewFacts).toBe(false);
  });

  test('a replica hides a write while its lag lasts; reading the primary shows it', () => {
    const drawn = web({ replicas: 1 }).entity('item', 'db');
    const context = contextOf(drawn.build());
    const lag = context.stations.stations[context.compiled.graph.nodeById.get('db')?.index ?? -1]?.lagS ?? 0;
    const item = solveConsistency(context).entities.get('item');
    expect(lag).toBeGreaterThan(0.1);
    expect(item?.violation.value).toBeCloseTo(Math.exp(-2 / lag), 12);
    expect(item?.staleness_p99_s.value).toBeCloseTo(-lag * Math.log(0.01), 9);
    const primary = design().client('c').service('api').rdbms('db', { replicas: 1 }).connect('c', 'api').connect('api', 'db', { routing: 'primary' }).entity('item', 'db', { requirement: 'strong' });
    expect(of(primary.build()).scored[0]?.score).toBe(100);
    expect(of(web({ replicas: 1 }).entity('item', 'db', { requirement: 'strong' }).build()).scored[0]?.score).toBe(20);
    expect(of(web({ replicas: 1, repl_mode: 'sync' }).entity('item', 'db', { requirement: 'strong' }).build()).scored[0]?.score).toBe(100);
  });

  test('a cache that writes do not reach hides as many writes as it answers reads', () => {
    const context = contextOf(cached({ invalidate: false }).build());
    const item = solveConsistency(context).entities.get('item');
    expect(item?.violation.value).toBeCloseTo(context.flows.hit[0] ?? 0, 9);
    expect(item?.staleness_p99_s.value).toBe(30);
    expect(item?.met).toBe(false);
    expect(of(cached().build()).entities.get('item')).toMatchObject({ violation: { value: 0 }, met: true });
    expect(of(cached({ mode: 'write_around' }).build()).entities.get('item')?.met).toBe(false);
  });

  test('a writer that goes past the cache leaves the old value in it', () => {
    const both = cached().service('admin').connect('c', 'admin').connect('admin', 'db');
    expect(of(both.build()).entities.get('item')?.met).toBe(false);
    const told = both.connect('admin', 'cache');
    expect(of(told.build()).entities.get('item')?.met).toBe(true);
  });

  test('bounded: the time to live against the bound; strong never comes from a cache', () => {
    expect(of(cached({ invalidate: false }, 'bounded').build()).scored[0]).toMatchObject({ value: 30, target: 60, met: true });
    expect(of(cached({ invalidate: false, ttl_s: 600 }, 'bounded').build()).scored[0]).toMatchObject({ value: 600, score: 0, met: false });
    expect(of(cached({ invalidate: false, ttl_s: 60 }, 'bounded').build()).scored[0]?.score).toBeCloseTo(70, 9);
    expect(of(cached({}, 'strong').build()).scored[0]).toMatchObject({ score: 20, met: false });
  });

  test('a content delivery network answers a share of the reads with old data', () => {
    const drawn = design().client('c').node('cdn', 'cdn', { hit_ratio: 0.5 }).service('api').rdbms('db').chain('c', 'cdn', 'api', 'db').entity('page', 'db')
      .journey('view', { rate_rps: 90, entry: 'c', op: 'read', cacheable: 'public' }).journey('own', { rate_rps: 10, entry: 'c', op: 'read' });
    const page = of(drawn.build()).entities.get('page');
    expect(page?.violation.value).toBeCloseTo(0.45, 9);
    expect(page?.paths.map((path) => path.kind).sort()).toEqual(['cdn', 'primary', 'primary']);
  });

  test('a copy kept up in the background is as old as the way to it takes', () => {
    const drawn = (tasks: Record<string, unknown>) => web().rabbitmq('mq').celery('worker', tasks as never).rdbms('view').entity('item', 'db', { requirement: 'bounded', bound_s: 60 })
      .connect('api', 'mq').connect('mq', 'worker').connect('worker', 'view').connect('api', 'view', { op: 'read' });
    const item = of(drawn({ instances: 20, task_cpu_s: 0.1 }).build()).entities.get('item');
    const copy = item?.paths.find((path) => path.via === 'view');
    expect(copy?.kind).toBe('copy');
    expect(copy?.staleness_s.value).toBeGreaterThan(0.3);
    expect(copy?.staleness_s.value).toBeLessThan(5);
    expect(item?.violation.value).toBeGreaterThan(0);
    expect(of(drawn({ instances: 1, task_cpu_s: 10 }).build()).entities.get('item')).toMatchObject({ staleness_p99_s: { value: null, state: 'unbounded' }, met: false });
  });

  test('a reader may ask for more than the entity does', () => {
    const drawn = (requirement: string) => cached({}, 'eventual').journey('pay', { rate_rps: 10, entry: 'c', op: 'read', reads: [{ entity: 'item', requirement }] }).build();
    expect(of(drawn('eventual')).scored).toEqual([]);
    expect(of(drawn('eventual')).fewFacts).toBe(true);
    expect(of(drawn('strong')).scored).toMatchObject([{ entity: 'item', requirement: 'strong', score: 20 }]);
  });

  test('copies both ways are two owners', () => {
    const drawn = design().client('c').service('api').rdbms('a').rdbms('b').chain('c', 'api', 'a').connect('a', 'b', {}, { kind: 'replicate' }).connect('b', 'a', {}, { kind: 'replicate' }).entity('item', 'a', { requirement: 'strong' });
    expect(of(drawn.build()).scored).toMatchObject([{ score: 20, met: false }]);
  });
});

describe('hazards', () => {
  const messages = (publish: Record<string, unknown> = {}, consume: Record<string, unknown> = {}, worker: Record<string, unknown> = {}) =>
    web().rabbitmq('mq').celery('worker', worker as never).connect('api', 'mq', publish as never).connect('mq', 'worker', consume as never).workload({ peak_to_avg: 1, peak_rps: 100 }).build();

  test('10 writes a second to a database and to a broker of 99.9 %: 864 lost a day, none with an outbox', () => {
    expect(hazard(of(messages()), 'dual-write')).toEqual([{ lost_per_day: expect.closeTo(864, 6), writes_per_s: expect.closeTo(10, 9), unavailability: expect.closeTo(0.001, 12) }]);
    expect(hazard(of(messages({ outbox: true })), 'dual-write')).toEqual([]);
  });

  test('a task acknowledged early is lost with its worker, one acknowledged late is done again unless that has no effect', () => {
    expect(hazard(of(messages()), 'ack-early-loss')).toEqual([{ per_day: expect.closeTo(8.64, 9), probability: 1e-5 }]);
    const late = of(messages({}, {}, { acks_late: true }));
    expect(hazard(late, 'ack-early-loss')).toEqual([]);
    expect(hazard(late, 'duplicates')).toEqual([{ per_day: expect.closeTo(8.64, 6), probability: expect.closeTo(1e-5, 9) }]);
    expect(hazard(of(messages({}, { idempotent: true }, { acks_late: true })), 'duplicates')).toEqual([]);
  });

  test('order is at risk with several consumers, not with one', () => {
    const [total] = hazard(of(messages({}, { ordering: 'total' })), 'reorder');
    expect(total?.['probability']).toBeGreaterThan(0.99);
    const [key] = hazard(of(messages({}, { ordering: 'key' })), 'reorder');
    expect(key?.['probability']).toBeLessThan(0.1);
    expect(hazard(of(messages({}, { ordering: 'total' }, { instances: 1, concurrency: 1 })), 'reorder')).toEqual([]);
    expect(hazard(of(messages({}, { ordering: 'total', single_active_consumer: true })), 'reorder')).toEqual([]);
  });

  test('write-behind loses what it has not flushed', () => {
    const [lost] = hazard(of(cached({ mode: 'write_behind', flush_s: 3 }).build()), 'write-behind-loss');
    expect(lost).toMatchObject({ window_s: 3, writes_per_failure: expect.closeTo(10, 9) });
  });

  test('seconds of writes that go with a single database, none with a standby', () => {
    expect(hazard(of(web().targets({ rpo_s: 60 }).build()), 'rpo')).toEqual([{ window_s: 300, target_s: 60 }]);
    expect(hazard(of(web({ ha: 'multi_az' }).targets({ rpo_s: 60 }).build()), 'rpo')).toEqual([]);
    expect(hazard(of(web().entity('item', 'db', { loss_tolerance_s: 600 }).build()), 'loss-window')).toEqual([]);
  });
});

describe('properties', () => {
  const withEntities = (drawn: Design, requirement: 'strong' | 'bounded' | 'read_your_writes'): Design => {
    const stores = Object.values(drawn.nodes).filter((node) => node.type === 'rdbms');
    return { ...drawn, entities: Object.fromEntries(stores.map((node, i) => [`e${i}`, { id: `e${i}`, name: `e${i}`, home: node.id, requirement }])) };
  };
  const finite = (value: unknown): boolean => (typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'object' || value === null || Object.values(value).every(finite));

  test('numbers are finite, scores lie between 0 and 100, shares between 0 and 1, at any load and in any order', () => {
    fc.assert(fc.property(randomDesign(), fc.constantFrom('strong' as const, 'bounded' as const, 'read_your_writes' as const), fc.constantFrom(0, 1, 50), (random, requirement, multiple) => {
      const drawn = withEntities(random, requirement);
      const result = of(drawn, multiple);
      expect(finite([...result.entities.values()]) && finite(result.scored) && finite(result.hazards)).toBe(true);
      for (const { score } of result.scored) expect(score >= 0 && score <= 100).toBe(true);
      for (const { violation } of result.entities.values()) if (violation.value !== null) expect(violation.value >= 0 && violation.value <= 1 + 1e-12).toBe(true);
      const reversed = <T,>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).reverse());
      expect(of({ ...drawn, nodes: reversed(drawn.nodes), edges: reversed(drawn.edges), entities: reversed(drawn.entities) }, multiple)).toEqual(result);
    }), { numRuns: 120, seed: 11 });
  });

  test('a cache told about writes never raises the score, one not told never raises it either', () => {
    const plain = of(web().entity('item', 'db').build()).scored[0]?.score ?? 0;
    for (const edge of [{}, { invalidate: false }, { mode: 'write_through' }, { mode: 'write_behind' }, { mode: 'write_around' }]) expect(of(cached(edge).build()).scored[0]?.score ?? 0).toBeLessThanOrEqual(plain);
  });

  test('storage: home and copies hold the rows, implicit entities none', () => {
    expect(entityStorageGb(contextOf(web().build())).size).toBe(0);
    const drawn = web().rdbms('copy').connect('db', 'copy', {}, { kind: 'replicate' }).entity('item', 'db', { initial_rows: 1e9, row_bytes: 100, rows_per_write: 0 });
    expect([...entityStorageGb(contextOf(drawn.build()))].sort()).toEqual([['copy', 100], ['db', 100]]);
  });
});
