import fc from 'fast-check';
import type { Design, Params } from '../../shared/model/design.ts';
import { DesignBuilder } from './design-builder.ts';

const TYPES = ['client', 'gateway-kong', 'lb-managed', 'nginx', 'monolith', 'service', 'redis', 'rdbms', 'rabbitmq', 'celery-worker', 'nonsense'] as const;

const paramsOf: Readonly<Record<string, fc.Arbitrary<Params>>> = {
  service: fc.record({ instances: fc.integer({ min: 1, max: 9 }), cpu_ms: fc.constantFrom(0, 1, 20, 200) }, { requiredKeys: [] }),
  monolith: fc.record({ worker_class: fc.constantFrom('sync', 'gthread', 'asgi'), threads: fc.integer({ min: 1, max: 8 }) }, { requiredKeys: [] }),
  redis: fc.record({ ttl_s: fc.constantFrom(0, 1, 300), max_items: fc.constantFrom(1, 1000, 1e6), shards: fc.integer({ min: 1, max: 4 }) }, { requiredKeys: [] }),
  rdbms: fc.record({ replicas: fc.integer({ min: 0, max: 3 }), multi_az: fc.boolean(), shards: fc.integer({ min: 1, max: 4 }) }, { requiredKeys: [] }),
  'lb-managed': fc.record({ algorithm: fc.constantFrom('round_robin', 'least_outstanding', 'ip_hash', 'power_of_two') }, { requiredKeys: [] }),
  'celery-worker': fc.record({ task_cpu_s: fc.constantFrom(0, 0.01, 5) }, { requiredKeys: [] }),
};

const edgeParams = fc.record({
  calls: fc.constantFrom(0, 0.5, 1, 3), op: fc.constantFrom('auto', 'read', 'write'), order: fc.constantFrom('seq', 'par:a'), probability: fc.constantFrom(0, 0.3, 1),
  mode: fc.constantFrom('aside', 'write_through', 'write_behind', 'write_around'), invalidate: fc.boolean(), batch: fc.constantFrom(1, 10), outbox: fc.boolean(),
}, { requiredKeys: [] });

/** Any drawing of up to `size` components, connected at random: cycles, self-loops and odd directions included. */
export function randomDesign(size = 9): fc.Arbitrary<Design> {
  const node = fc.constantFrom(...TYPES).chain((type) => (paramsOf[type] ?? fc.constant<Params>({})).map((params) => ({ type, params })));
  return fc.tuple(fc.array(node, { minLength: 1, maxLength: size }), fc.array(fc.tuple(fc.nat(), fc.nat(), edgeParams), { maxLength: 2 * size }), fc.constantFrom(0, 1, 100, 5000)).map(([nodes, edges, peak]) => {
    const builder = new DesignBuilder();
    builder.client('n0');
    nodes.forEach(({ type, params }, i) => void builder.node(type, `n${i + 1}`, params));
    builder.connect('n0', 'n1', {}, { id: 'e0' });
    edges.forEach(([from, to, params], i) => void builder.connect(`n${from % (nodes.length + 1)}`, `n${to % (nodes.length + 1)}`, params, { id: `e${i + 1}` }));
    return builder.workload({ peak_rps: peak }).build();
  });
}
