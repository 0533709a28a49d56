import type { Template } from '../../shared/contracts/catalog.ts';
import type { Design, Params } from '../../shared/model/design.ts';
import { draw, edgeId, type PlacedNode } from './drawing.ts';

/** What the four worked examples differ in (evaluation 12). */
interface WebExample {
  readonly name: string;
  readonly rate_rps: number;
  readonly budget_usd_month: number;
  readonly app: Params;
  readonly database: Params;
  readonly cache?: Params;
}

const THREADS: Params = { worker_class: 'gthread', workers: 5, threads: 4 };
const ARTICLES = { id: 'article', name: 'Article', home: 'database', keys: 100_000, zipf_s: 1, rows_per_write: 0 };

function nodesOf({ app, database, cache }: WebExample): PlacedNode[] {
  const nodes: PlacedNode[] = [
    { id: 'visitors', type: 'client', name: 'Visitors', column: 0, row: 0 },
    { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: { algorithm: 'least_outstanding' }, column: 0, row: 1 },
    { id: 'app', type: 'monolith', name: 'Web application', params: { framework: 'flask', cpu_ms: 8, vcpu: 2, ...app }, column: 1, row: 1 },
    { id: 'database', type: 'rdbms', name: 'Database', params: { storage_gb: 200, ...database }, column: 2, row: 1 },
  ];
  if (cache) nodes.push({ id: 'cache', type: 'redis', name: 'Cache', params: { ttl_s: 0, replicas_per_shard: 1, ...cache }, column: 2, row: 0 });
  return nodes;
}

/** 90 % reads of two queries each, 10 % writes of one transaction; answers of 20 KB. Calls cross zones, the cache is near. */
function webDesign(example: WebExample): Design {
  const query = edgeId('app', 'database');
  return draw({
    name: example.name,
    workload: { peak_rps: example.rate_rps, peak_to_avg: 3, read_fraction: 0.9, payload_out_kb: 20, growth_target: 3 },
    targets: { budget_usd_month: example.budget_usd_month },
    settings: { change_risk: false },
    nodes: nodesOf(example),
    edges: [
      { from: 'visitors', to: 'balancer' },
      { from: 'balancer', to: 'app', params: { network_class: 'cross_zone' } },
      { from: 'app', to: 'database', params: { network_class: 'cross_zone' } },
      ...(example.cache ? [{ from: 'app', to: 'cache', params: { mode: 'write_through', network_class: 'same_zone' } }] : []),
    ],
    journeys: [{
      id: 'use', name: 'Read and edit articles', rate_rps: example.rate_rps, entry: edgeId('visitors', 'balancer'), op: 'mixed', p99_target_ms: 300, availability_target: 0.999,
      steps: [{ edge: query, op: 'read', queries: 2 }, { edge: query, op: 'write', queries: 1 }],
      reads: [{ entity: 'article' }], writes: [{ entity: 'article' }],
    }],
    entities: [ARTICLES],
  });
}

/** A: three instances and one database in one zone. The database's availability is the problem, not the traffic. */
export const monolithTemplate: Template = {
  id: 'monolith-one-database',
  title: 'Monolith on one database',
  description: 'Three instances behind a balancer, one database in one zone. It is fast and cheap, and one machine takes all of it down.',
  design: webDesign({ name: 'Monolith on one database', rate_rps: 400, budget_usd_month: 2000, app: { instances: 3, ...THREADS }, database: { vcpu: 2, iops: 3000 } }),
};

/** B: a cache, a standby database and a fourth instance. */
export const cachedMonolithTemplate: Template = {
  id: 'monolith-cache-standby',
  title: 'Monolith with a cache and a standby database',
  description: 'The same with Redis, a database in two zones and a fourth instance. The standby makes the difference; the cache stands before an idle database.',
  design: webDesign({
    name: 'Monolith with a cache and a standby database', rate_rps: 400, budget_usd_month: 2000, app: { instances: 4, ...THREADS }, database: { vcpu: 2, iops: 3000, ha: 'multi_az' },
    cache: { memory_gb: 3.1, max_items: 10_000 },
  }),
};

/** C: five times the load on sixteen instances, with a read replica and half of the keys in the cache. */
export const scaledMonolithTemplate: Template = {
  id: 'monolith-five-times-the-load',
  title: 'Monolith at five times the load',
  description: 'Sixteen instances, a read replica and a larger cache carry 2000 requests a second. Most of the bill is what the answers weigh.',
  design: webDesign({
    name: 'Monolith at five times the load', rate_rps: 2000, budget_usd_month: 6000, app: { instances: 16, ...THREADS }, database: { vcpu: 4, iops: 6000, ha: 'multi_az', replicas: 1 },
    cache: { memory_gb: 6.4, max_items: 50_000 },
  }),
};

/** D: as A with two sync workers: the same machines, and no spare one. */
export const fewWorkersTemplate: Template = {
  id: 'monolith-too-few-workers',
  title: 'Monolith with too few workers',
  description: 'The first design with two sync workers on each machine. Each request still takes as long, but all three machines are needed all the time.',
  design: webDesign({ name: 'Monolith with too few workers', rate_rps: 400, budget_usd_month: 2000, app: { instances: 3, worker_class: 'sync', workers: 2, threads: 1 }, database: { vcpu: 2, iops: 3000 } }),
};
