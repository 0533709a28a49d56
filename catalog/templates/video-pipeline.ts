import type { Template } from '../../shared/contracts/catalog.ts';
import { draw, edgeId, type PlacedNode } from './drawing.ts';

const nodes: readonly PlacedNode[] = [
  { id: 'uploaders', type: 'client', name: 'People with clips', column: 0, row: 0 },
  { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: { algorithm: 'least_outstanding', health_check: {} }, column: 0, row: 1 },
  { id: 'api', type: 'service', name: 'Video API', params: { framework: 'fastapi', instances: 2, vcpu: 2, cpu_ms: 4, own_auth: true, own_limits: true, traced: true, canary: 0.25 }, column: 1, row: 1 },
  { id: 'queue', type: 'rabbitmq', name: 'Job queue', params: { nodes: 3, queue: 'quorum', max_length: 10_000 }, column: 1, row: 2 },
  {
    id: 'workers', type: 'celery-worker', name: 'Transcoders', column: 1, row: 3,
    params: { instances: 14, vcpu: 4, task_cpu_s: 90, task_io_s: 5, prefetch_multiplier: 1, acks_late: true, reject_on_worker_lost: true, idempotent: true, traced: true },
  },
  { id: 'files', type: 'object-store', name: 'Clips and renditions', column: 2, row: 3 },
  { id: 'database', type: 'rdbms', name: 'Video records', params: { engine: 'postgres', ha: 'multi_az', vcpu: 2, storage_gb: 100, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 2 },
  { id: 'cache', type: 'redis', name: 'Status cache', params: { memory_gb: 3, replicas_per_shard: 1, ttl_s: 5 }, column: 2, row: 1 },
];

const submit = edgeId('uploaders', 'balancer');

/**
 * Clips are uploaded straight to the file store by signed links; the API takes the job, answers at once, and workers do
 * it. 45 of 56 cores are busy at the peak: the workers are the first to break, at a fifth more load.
 */
export const videoPipelineTemplate: Template = {
  id: 'video-pipeline',
  title: 'Background video pipeline',
  description: 'An API takes jobs and answers at once, a queue holds them, workers turn clips into renditions. Turn the load up and watch the workers fall behind.',
  design: draw({
    name: 'Background video pipeline',
    workload: { peak_rps: 20.5, peak_to_avg: 5, peak_duration_s: 3600, peaks_per_day: 1, payload_in_kb: 2, payload_out_kb: 2, growth_target: 3, eng: 8 },
    targets: { budget_usd_month: 4500, obi_budget: 1.5 },
    settings: { cost_month: 1 },
    nodes,
    edges: [
      { from: 'uploaders', to: 'balancer', params: { timeout_ms: 10_000 } },
      { from: 'balancer', to: 'api', params: { timeout_ms: 5000, context_propagated: true } },
      { from: 'api', to: 'queue', params: { payload_kb: 2, confirm: true, outbox: true, task_class: 'transcode', context_propagated: true, entity: 'video' } },
      { from: 'api', to: 'database', params: { entity: 'video', timeout_ms: 2000 } },
      { from: 'api', to: 'cache', params: { mode: 'aside', entity: 'video', invalidate: true, single_flight: true, ttl_jitter: true, timeout_ms: 200 } },
      { from: 'queue', to: 'workers', params: { idempotent: true, acks_late: true, dlq: true, max_receive: 5, context_propagated: true } },
      { from: 'workers', to: 'files', params: { calls: 4, op: 'write', entity: 'rendition', timeout_ms: 60_000, idempotency_key: true } },
      // a process does one task at a time: with the usual 5 and 10 the next machine would ask for more than the database accepts
      { from: 'workers', to: 'database', params: { calls: 2, op: 'write', entity: 'video', timeout_ms: 2000, pool_size: 1, max_overflow: 1 } },
    ],
    journeys: [
      {
        id: 'submit', name: 'Submit a clip', rate_rps: 0.5, entry: submit, op: 'write', p99_target_ms: 300, availability_target: 0.999,
        done_target_s: 600, done_quantile: 0.95, done_availability_target: 0.995, writes: [{ entity: 'video' }, { entity: 'rendition' }],
      },
      { id: 'status', name: 'Ask for the status', rate_rps: 20, entry: submit, op: 'read', p99_target_ms: 300, availability_target: 0.999, reads: [{ entity: 'video' }] },
    ],
    entities: [
      { id: 'video', name: 'Video', home: 'database', keys: 500, item_kb: 1, zipf_s: 0.6, requirement: 'bounded', bound_s: 10, initial_rows: 1_000_000, loss_tolerance_s: 0, duplicate_tolerance: 'some' },
      { id: 'rendition', name: 'Rendition', home: 'files', keys: 100_000, item_kb: 30_000, row_bytes: 30_000_000, initial_rows: 0, retention_days: 30, requirement: 'eventual', duplicate_tolerance: 'some' },
    ],
  }),
};
