import fc from 'fast-check';
import type { Design, Params } from '../../shared/model/design.ts';
import { DesignBuilder } from '../support/design-builder.ts';

/** Parameters of the components of a layered drawing, by type: what people set most. */
const PARAMS: Readonly<Record<string, fc.Arbitrary<Params>>> = {
  service: fc.record({ instances: fc.integer({ min: 1, max: 6 }), vcpu: fc.constantFrom(1, 2, 4), cpu_ms: fc.constantFrom(1, 4, 12), io_ms: fc.constantFrom(0, 10), cs2: fc.constantFrom(0.5, 1, 3) }, { requiredKeys: ['instances'] }),
  monolith: fc.record({ instances: fc.integer({ min: 1, max: 6 }), vcpu: fc.constantFrom(2, 4), worker_class: fc.constantFrom('sync', 'gthread', 'gevent'), threads: fc.constantFrom(1, 4), cpu_ms: fc.constantFrom(3, 15) }, { requiredKeys: ['instances'] }),
  lambda: fc.record({ memory_mb: fc.constantFrom(256, 1024), cpu_ms: fc.constantFrom(5, 40), provisioned: fc.constantFrom(0, 5) }, { requiredKeys: [] }),
  rdbms: fc.record({ vcpu: fc.constantFrom(2, 4, 8), ha: fc.constantFrom('single', 'multi_az', 'aurora'), replicas: fc.integer({ min: 0, max: 2 }), shards: fc.constantFrom(1, 1, 4), iops: fc.constantFrom(3000, 9000) }, { requiredKeys: [] }),
  nosql: fc.constant<Params>({}),
  'object-store': fc.constant<Params>({}),
  search: fc.record({ instances: fc.integer({ min: 1, max: 4 }) }, { requiredKeys: [] }),
  redis: fc.record({ ttl_s: fc.constantFrom(0, 30, 600), max_items: fc.constantFrom(100, 20_000, 1e6), shards: fc.constantFrom(1, 2), eviction: fc.constantFrom('allkeys-lru', 'allkeys-lfu', 'noeviction'), replicas_per_shard: fc.constantFrom(0, 1) }, { requiredKeys: [] }),
  'lb-managed': fc.record({ algorithm: fc.constantFrom('round_robin', 'least_outstanding', 'ip_hash', 'power_of_two', 'random') }, { requiredKeys: [] }),
  nginx: fc.record({ instances: fc.integer({ min: 1, max: 3 }), algorithm: fc.constantFrom('round_robin', 'least_conn') }, { requiredKeys: [] }),
  'gateway-kong': fc.record({ instances: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] }),
  'gateway-aws': fc.constant<Params>({}),
  cdn: fc.record({ hit_ratio: fc.constantFrom(0.5, 0.9) }, { requiredKeys: [] }),
  'external-api': fc.record({ latency_ms: fc.constantFrom(50, 300) }, { requiredKeys: [] }),
  rabbitmq: fc.record({ nodes: fc.constantFrom(1, 3), queues: fc.constantFrom(1, 4), max_length: fc.constantFrom(1000, 1e6) }, { requiredKeys: [] }),
  kafka: fc.record({ brokers: fc.constantFrom(3, 5), partitions: fc.constantFrom(3, 12, 48) }, { requiredKeys: [] }),
  sqs: fc.constant<Params>({}),
  sns: fc.constant<Params>({}),
  'celery-worker': fc.record({ instances: fc.integer({ min: 1, max: 6 }), task_cpu_s: fc.constantFrom(0.005, 0.05, 1), task_io_s: fc.constantFrom(0, 0.2), acks_late: fc.boolean() }, { requiredKeys: ['instances'] }),
  'faust-worker': fc.record({ instances: fc.integer({ min: 1, max: 6 }) }, { requiredKeys: ['instances'] }),
};

const CALL = fc.record({ calls: fc.constantFrom(0.5, 1, 2), probability: fc.constantFrom(0.2, 1), order: fc.constantFrom('seq', 'par:a'), timeout_ms: fc.constantFrom(200, 2000), retries: fc.constantFrom(0, 2), retry_budget: fc.constant(0.2), circuit_breaker: fc.boolean(), fallback: fc.boolean() }, { requiredKeys: [] });
const QUERY = fc.record({ queries: fc.constantFrom(1, 3), pool_size: fc.constantFrom(2, 10), scatter_fraction: fc.constantFrom(0, 0.1), cross_shard_txn_fraction: fc.constantFrom(0, 0.2), routing: fc.constantFrom('primary', 'router') }, { requiredKeys: [] });
const CACHE = fc.record({ mode: fc.constantFrom('aside', 'read_through', 'write_through', 'write_behind', 'write_around'), invalidate: fc.boolean(), negative_cache: fc.boolean(), single_flight: fc.boolean() }, { requiredKeys: [] });
const CONSUME = fc.record({ batch: fc.constantFrom(1, 10), batch_window_s: fc.constantFrom(0, 2), idempotent: fc.boolean(), dlq: fc.boolean() }, { requiredKeys: [] });

function part(...types: readonly string[]): fc.Arbitrary<{ readonly type: string; readonly params: Params }> {
  return fc.constantFrom(...types).chain((type) => (PARAMS[type] ?? fc.constant<Params>({})).map((params) => ({ type, params })));
}

const APPS = ['service', 'service', 'monolith', 'lambda'] as const;

const tier = (types: readonly string[]) => fc.record({
  app: part(...types), call: CALL,
  store: fc.option(part('rdbms', 'rdbms', 'nosql', 'object-store', 'search'), { freq: 4 }), query: QUERY,
  cache: fc.option(fc.record({ redis: part('redis'), edge: CACHE }), { freq: 1 }),
});

/**
 * Which part must be there, which may not, and what the applications may be. `deploys`: every application states how often it
 * is deployed; where none does, all share the changes of a year, and one more of them makes the others change less (semantics 9.7).
 */
interface LayeredOptions { readonly queue?: boolean; readonly caches?: boolean; readonly timeouts?: boolean; readonly deploys?: boolean; readonly types?: readonly string[] }

/** What is drawn of a random system, for tests that add to it. */
export interface Layered {
  readonly design: Design;
  /** Ids by layer; the worker and its store exist only behind a queue. */
  readonly apps: readonly string[];
  readonly stores: readonly string[];
  readonly queue: boolean;
}

/**
 * A system as people draw them: a front, one to three applications that call each other, each with a store and perhaps a
 * cache, a third party, and work behind a broker. Two journeys with rates of their own.
 */
export function layeredDesign({ queue = false, caches = true, timeouts = true, deploys = false, types = APPS }: LayeredOptions = {}): fc.Arbitrary<Layered> {
  return fc.record({
    front: fc.option(part('lb-managed', 'nginx', 'gateway-kong', 'gateway-aws', 'cdn')), tiers: fc.array(tier(types), { minLength: 1, maxLength: 3 }),
    external: fc.option(fc.record({ api: part('external-api'), call: CALL })),
    behind: fc.option(fc.record({ broker: part('rabbitmq', 'kafka', 'sqs', 'sns'), worker: part('celery-worker', 'faust-worker', 'lambda'), consume: CONSUME, publish: fc.record({ outbox: fc.boolean(), confirm: fc.boolean() }, { requiredKeys: [] }) }), { nil: null, freq: queue ? 1e9 : 2 }),
    rate: fc.constantFrom(2, 20, 80), reads: fc.constantFrom(0, 0.5, 0.9, 1), entity: fc.record({ keys: fc.constantFrom(1000, 1e5), zipf_s: fc.constantFrom(0.6, 0.9, 1.1), public_ids: fc.boolean(), requirement: fc.constantFrom('eventual', 'bounded', 'strong') }),
  }).map(({ front, tiers, external, behind, rate, reads, entity }) => {
    const built = new DesignBuilder('Layered');
    const patient = (call: Params): Params => (timeouts ? call : Object.fromEntries(Object.entries(call).filter(([key]) => key !== 'timeout_ms' && key !== 'retries')));
    const apps = tiers.map((_, i) => `s${i}`);
    const stores: string[] = [];
    built.client('c');
    const first = front ? 'front' : 's0';
    if (front) built.node(front.type, 'front', front.params).connect('front', 's0');
    built.connect('c', first, {}, { id: 'entry' });
    tiers.forEach(({ app, call, store, query, cache }, i) => {
      built.node(app.type, `s${i}`, deploys ? { ...app.params, deploys_per_year: 20 } : app.params);
      if (i > 0) built.connect(`s${i - 1}`, `s${i}`, patient(call));
      if (!store) return;
      built.node(store.type, `d${i}`, store.params).connect(`s${i}`, `d${i}`, query);
      stores.push(`d${i}`);
      if (cache && caches) built.node('redis', `r${i}`, { roles: ['cache'], ...cache.redis.params }).connect(`s${i}`, `r${i}`, cache.edge);
    });
    if (external) built.node('external-api', 'x', external.api.params).connect('s0', 'x', patient(external.call));
    if (behind) {
      built.node(behind.broker.type, 'q', behind.broker.params).node(behind.worker.type, 'w', behind.worker.params).rdbms('wd');
      built.connect('s0', 'q', behind.publish).connect('q', 'w', behind.consume).connect('w', 'wd');
    }
    if (stores[0] !== undefined) built.entity('e', stores[0], entity);
    built.journey('j', { rate_rps: rate, entry: 'entry', op: 'mixed', read_fraction: reads, p99_target_ms: 300 });
    built.journey('k', { rate_rps: rate / 4, entry: 'entry', op: 'write', importance: 2 });
    return { design: built.targets({ budget_usd_month: 5000 }).build(), apps, stores, queue: behind !== null };
  });
}
