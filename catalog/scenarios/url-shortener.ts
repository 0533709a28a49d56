import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { ASIDE, BALANCER, call, CODE, scale, solve, TAKE, weights, WORKER } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'url-shortener',
  title: 'URL shortener',
  minutes: 35,
  summary: 'Redirect 2000 times a second in 50 ms, create links, count clicks.',
  statement: 'Short links are made by people and by programs, and followed a hundred times as often. A link, once followed, must lead where its owner said; its count may lag by a minute.',
  asked: ['Create a short link, with an alias or an expiry if wanted', 'Redirect with 301 or 302', 'Clicks for each link, eventually', 'Stop abuse: random codes and mass creation'],
  given: ['A redirect is 600 bytes, a record 500', '220 million new links a year: 110 GB', 'A million links are active, popularity follows Zipf with exponent 1'],
  workload: { peak_rps: 2020, peak_to_avg: 2.9, payload_in_kb: 0.5, payload_out_kb: 0.6, growth_target: 4, eng: 5 },
  targets: { budget_usd_month: 1500, obi_budget: 1 },
  settings: { cost_month: 12, weights: weights(0.2, 0.25, 0.25, 0.1, 0.05, 0.15) },
  journeys: [
    { id: 'redirect', name: 'Redirect', rate_rps: 2000, op: 'read', p99_target_ms: 50, availability_target: 0.9995 },
    { id: 'create', name: 'Create', rate_rps: 20, op: 'write', p99_target_ms: 200, availability_target: 0.999 },
  ],
  entities: [
    { id: 'mapping', name: 'Link', keys: 1_000_000, item_kb: 0.5, zipf_s: 1, requirement: 'read_your_writes', row_bytes: 500, initial_rows: 220_000_000, public_ids: true },
    { id: 'clicks', name: 'Clicks', keys: 1_000_000, item_kb: 0.1, zipf_s: 1, requirement: 'bounded', bound_s: 60, row_bytes: 100, rows_per_write: 0, initial_rows: 1_000_000, loss_tolerance_s: 60, durable_ack: false },
  ],
  demands: [
    { title: 'Processor time of a redirect', value: 1.5, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['redirect'] },
    { title: 'Processor time to create a link', value: 6, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['create'] },
    { title: 'Database time of a read', value: 0.2, unit: 'ms', stage: 'read', field: 'cpu_ms' },
    { title: 'Database time of a write', value: 0.85, unit: 'ms', stage: 'write', field: 'cpu_ms' },
  ],
  hazardTargets: [],
  judged: [],
};

const entry = edgeId('browsers', 'balancer');
const click = edgeId('api', 'clicks');
const store = edgeId('counter', 'counts');
const counts = edgeId('api', 'counts');

/** Many small reads of a skewed table: caching, and what it may not cost. */
export const urlShortener: Scenario = {
  ...brief,
  traps: ['cache-penetration', 'hot-key', 'microservices-too-early', 'hot-shard', 'no-rate-limiting'],
  rubric: {
    strong: [
      'Counts the key space: 62 to the power of 7 is 3.5 trillion codes',
      'Codes from blocks of numbers or at random, never one counter that names the next shard',
      'Estimates the hit ratio from the skew, and what the database bears when the cache is cold',
      'Keeps answers for codes that do not exist',
      'Counts clicks beside the redirect and adds them up before they reach a row',
      'Weighs 301 against 302: fewer requests against counts',
    ],
    weak: ['Writes each click to the row of its link', 'Several services for two operations', 'A CDN in front without its bill: 700 requests a second cost 1800 dollars a month', 'No answer to somebody trying random codes'],
  },
  misses: [],
  reference: {
    stated_usd_month: 1152,
    cost_departure: 'The click counts travel: a queue for 217 dollars, a worker and a table that the stated figure leaves out.',
    notes: ['Each process sends ten clicks in one message; the worker adds a thousand up and changes the counts of twenty links on average.'],
    design: solve(brief, {
      nodes: [
        { id: 'browsers', type: 'client', name: 'Browsers', column: 0, row: 1 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: BALANCER, column: 0, row: 2 },
        { id: 'api', type: 'service', name: 'Link API', params: { ...CODE, instances: 3, vcpu: 2, rate_limit: {}, ...scale(3, 12) }, column: 1, row: 2 },
        { id: 'cache', type: 'redis', name: 'Links in memory', params: { memory_gb: 6.4, replicas_per_shard: 1, ttl_s: 3600 }, column: 2, row: 1 },
        { id: 'database', type: 'rdbms', name: 'Links', params: { engine: 'postgres', ha: 'multi_az', replicas: 1, vcpu: 2, storage_gb: 300, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 2 },
        { id: 'clicks', type: 'sqs', name: 'Clicks', params: { visibility_s: 300 }, column: 1, row: 3 },
        { id: 'counter', type: 'celery-worker', name: 'Click counter', params: { ...WORKER, instances: 2, vcpu: 1, task_cpu_s: 0.005, task_io_s: 0, ...scale(2, 6) }, column: 1, row: 4 },
        { id: 'counts', type: 'nosql', name: 'Counts', params: { engine: 'dynamodb', item_kb: 0.1, storage_gb: 5, backup: 'pitr' }, column: 2, row: 3 },
      ],
      edges: [
        { from: 'browsers', to: 'balancer', params: { timeout_ms: 5000 } },
        { from: 'balancer', to: 'api', params: call(2000) },
        { from: 'api', to: 'cache', params: { ...ASIDE, entity: 'mapping', negative_cache: true, timeout_ms: 20 } },
        { from: 'api', to: 'database', params: { entity: 'mapping', timeout_ms: 500, pool_size: 5, max_overflow: 5 } },
        { from: 'api', to: 'clicks', params: { calls: 0.1, payload_kb: 1, criticality: 'soft', confirm: true, task_class: 'click', entity: 'clicks', context_propagated: true } },
        { from: 'clicks', to: 'counter', params: { ...TAKE, batch: 100, per: 'batch', batch_window_s: 5 } },
        { from: 'counter', to: 'counts', params: { op: 'write', queries: 20, pipeline: 20, entity: 'clicks', timeout_ms: 2000, idempotency_key: true } },
        { from: 'api', to: 'counts', params: { op: 'read', entity: 'clicks', timeout_ms: 500 } },
      ],
      paths: {
        redirect: { entry, steps: [{ edge: click }, { edge: store, op: 'write' }, { edge: counts, calls: 0 }], reads: [{ entity: 'mapping' }], writes: [{ entity: 'clicks' }] },
        create: { entry, steps: [{ edge: click, calls: 0 }, { edge: counts, calls: 0 }], writes: [{ entity: 'mapping' }] },
      },
      homes: { mapping: 'database', clicks: 'counts' },
      moreJourneys: [{ id: 'statistics', name: 'Look at the clicks', rate_rps: 1, importance: 0, op: 'read', entry, steps: [{ edge: edgeId('api', 'cache'), calls: 0 }, { edge: edgeId('api', 'database'), calls: 0 }, { edge: click, calls: 0 }], p99_target_ms: 500, availability_target: 0.999, reads: [{ entity: 'clicks' }] }],
    }),
  },
};
