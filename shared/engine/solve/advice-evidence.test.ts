import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

const cached = (cache: Params, db: Params = {}): DesignBuilder =>
  design().client('c').service('api', { instances: 40 }).redis('cache', cache).rdbms('db', db).chain('c', 'api', 'db').connect('api', 'cache').workload({ peak_rps: 6000 });

const evidence = (drawn: DesignBuilder, id: string): Readonly<Record<string, number>> => evaluate(drawn.build(), catalog).nodes[id]?.evidence ?? {};
const hit = (drawn: DesignBuilder): number | null | undefined => evaluate(drawn.build(), catalog).nodes['cache']?.hit_ratio;

test('what a cache would answer with more memory is what it answers when it has it', () => {
  const found = evidence(cached({ max_items: 10_000, ttl_s: 0 }), 'cache');
  expect(found['hit_ratio_doubled']).toBeCloseTo(hit(cached({ max_items: 20_000, ttl_s: 0 })) ?? 0, 6);
  expect(found['hit_ratio_all_keys']).toBeCloseTo(hit(cached({ max_items: 100_000, ttl_s: 0 })) ?? 0, 6);
});

test('what a cache would answer without expiry is what it answers without', () => {
  expect(evidence(cached({ ttl_s: 3 }), 'cache')['hit_ratio_no_expiry']).toBeCloseTo(hit(cached({ ttl_s: 0 })) ?? 0, 6);
});

test('the memory for all keys holds all keys', () => {
  const all = evidence(cached({ memory_gb: 0.05, ttl_s: 0 }), 'cache')['all_memory_gb'] ?? 0;
  expect(hit(cached({ memory_gb: all * 1.0001, ttl_s: 0 }))).toBeCloseTo(hit(cached({ max_items: 1e6, ttl_s: 0 })) ?? 0, 6);
});

test('a database behind a cold cache is as busy as without the cache', () => {
  const alone = design().client('c').service('api', { instances: 40 }).rdbms('db').chain('c', 'api', 'db').workload({ peak_rps: 6000 });
  const cold = evidence(cached({}), 'cache')['cold_utilisation'];
  expect(cold).toBeCloseTo(evaluate(alone.build(), catalog).nodes['db']?.utilisation ?? 0, 9);
  expect(evidence(cached({}), 'db')['cold_cpu']).toBe(cold);
});

const tier = (algorithm: string, cs2: number): DesignBuilder =>
  design().client('c').balancer('lb', { algorithm }).monolith('api', { instances: 8, cpu_ms: 20, cs2 }).chain('c', 'lb', 'api').workload({ peak_rps: 640 });

test('the wait behind one queue is the wait that the other policy has', () => {
  const other = evidence(tier('least_conn', 4), 'api');
  expect(evidence(tier('round_robin', 4), 'api')['least_outstanding_wait_s']).toBeCloseTo((other['cpu_wait_s'] ?? 0) + (other['slot_wait_s'] ?? 0), 12);
  expect(evidence(tier('round_robin', 1), 'api')['least_outstanding_wait_s']).toBeUndefined();
});

test('a pool of two sizes waits longer than one queue for all its cores', () => {
  const pool = (large: number): Readonly<Record<string, number>> =>
    evidence(design().client('c').balancer('lb').monolith('a', { instances: 1, cpu_ms: 20 }).monolith('b', { instances: 1, vcpu: large, cpu_ms: 20 }).chain('c', 'lb', 'a').connect('lb', 'b').workload({ peak_rps: 160 }), 'lb');
  expect(pool(8)['pool_wait_s']).toBeGreaterThan(pool(8)['pool_least_outstanding_wait_s'] ?? Number.MAX_VALUE);
  expect(pool(2)['pool_wait_s']).toBeUndefined();
});
