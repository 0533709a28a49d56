import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { ASIDE, BALANCER, call, CODE, OUTBOX, scale, solve, TAKE, weights } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'file-storage',
  title: 'File storage and sync',
  minutes: 60,
  summary: 'Files on all devices: 100 TB, 3000 metadata requests a second, changes seen within ten seconds.',
  statement: 'People keep files, share them and see changes on all their devices. Metadata is small and must be current; contents are large, never change and cost the most when they leave.',
  asked: ['Upload, download and sync', 'Versions and sharing', 'Equal contents are stored once', 'Devices hear of changes'],
  given: ['A file is 1 MB on average, a chunk 4 MB', '100 TB today, 39 TB more each month', '60 uploads and 200 downloads a second at the peak'],
  workload: { peak_rps: 3260, peak_to_avg: 4, payload_in_kb: 1, payload_out_kb: 2, growth_target: 3, eng: 15 },
  targets: { budget_usd_month: 21_000, obi_budget: 3 },
  settings: { cost_month: 1, weights: weights(0.2, 0.1, 0.2, 0.15, 0.15, 0.2) },
  journeys: [
    { id: 'metadata', name: 'Read and change metadata', rate_rps: 3000, op: 'mixed', read_fraction: 0.9, p99_target_ms: 150, availability_target: 0.999 },
    { id: 'upload', name: 'Start an upload', rate_rps: 60, op: 'write', p99_target_ms: 300, availability_target: 0.999, done_target_s: 10, done_quantile: 0.95 },
    { id: 'download', name: 'Download', rate_rps: 200, op: 'read', p99_target_ms: 1000, availability_target: 0.999 },
  ],
  entities: [
    { id: 'metadata', name: 'Metadata', keys: 5_000_000, item_kb: 0.5, zipf_s: 0.5, requirement: 'read_your_writes', row_bytes: 500, initial_rows: 100_000_000, rows_per_write: 0.1 },
    { id: 'content', name: 'Contents', keys: 1_000_000, item_kb: 1000, zipf_s: 0.7, requirement: 'eventual', row_bytes: 1_000_000, initial_rows: 100_000_000, loss_tolerance_s: 0 },
  ],
  demands: [
    { title: 'Processor time of a metadata request', value: 3, unit: 'ms', stage: 'entry', field: 'cpu_ms' },
    { title: 'Database time of a read', value: 0.3, unit: 'ms', stage: 'read', field: 'cpu_ms' },
    { title: 'Database time of a write', value: 1, unit: 'ms', stage: 'write', field: 'cpu_ms' },
  ],
  hazardTargets: [{ id: 'orphans', title: 'Ways to lose or orphan a file', hazards: ['dual-write', 'loss-window', 'ack-early-loss'] }],
  judged: [{ id: 'durability', title: 'Durability of contents', wanted: '99.999999999 %' }],
};

const entry = edgeId('devices', 'balancer');
const tell = { edge: edgeId('devices', 'notifiers'), push: true, calls: 2 };
const publish = edgeId('api', 'changes');

/** Bytes past the servers, metadata through them, and a bill for leaving. */
export const fileStorage: Scenario = {
  ...brief,
  traps: ['monolithic-persistence', 'sync-worker-starvation', 'service-quota-exceeded', 'dual-write-no-outbox', 'chatty-api'],
  rubric: {
    strong: [
      'Multipart uploads by signed links; the servers never see the bytes',
      'Chunks named by their contents, counted and collected when nobody refers to them',
      'Metadata sharded by user or namespace, and what happens to two changes at once',
      'A tier of its own for the connections that wait for changes',
      'Sees that leaving is the bill: 131 TB a month for 10 000 dollars, and compares a CDN; cheaper tiers for old contents',
    ],
    weak: ['Files in the database', 'Bytes through the API', 'Devices that poll, or wait on sync workers', 'Contents without metadata when one of the two writes fails'],
  },
  misses: [],
  reference: {
    stated_usd_month: 17_800,
    notes: ['An upload is first recorded, then stored under a signed link, then confirmed; what is never confirmed is collected.'],
    design: solve(brief, {
      nodes: [
        { id: 'devices', type: 'client', name: 'Devices', column: 0, row: 1 },
        { id: 'contents', type: 'object-store', name: 'Contents', params: { storage_gb: 139_000, prefixes: 16, versioning: true }, column: 1, row: 0 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: BALANCER, column: 1, row: 1 },
        { id: 'api', type: 'service', name: 'Metadata API', params: { ...CODE, instances: 9, vcpu: 2, rate_limit: {}, ...scale(4, 28) }, column: 2, row: 1 },
        { id: 'cache', type: 'redis', name: 'Metadata in memory', params: { memory_gb: 13, replicas_per_shard: 1, ttl_s: 0 }, column: 3, row: 0 },
        { id: 'database', type: 'rdbms', name: 'Metadata', params: { engine: 'postgres', ha: 'multi_az', vcpu: 8, iops: 4000, storage_gb: 1000, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 3, row: 1 },
        { id: 'changes', type: 'sqs', name: 'Changes', params: { visibility_s: 60 }, column: 2, row: 2 },
        { id: 'notifiers', type: 'service', name: 'Change notifiers', params: { ...CODE, instances: 4, vcpu: 4, cpu_ms: 1, conn_per_vcpu: 15_000, reconnect_jitter_s: 60, ...scale(4, 14) }, column: 2, row: 3 },
      ],
      edges: [
        { from: 'devices', to: 'contents', params: { timeout_ms: 30_000, op: 'read', entity: 'content', response_kb: 1000 } },
        { from: 'devices', to: 'balancer', params: { timeout_ms: 5000 } },
        { from: 'devices', to: 'notifiers', kind: 'ws', params: { connections: 100_000 } },
        { from: 'balancer', to: 'api', params: call(3000) },
        { from: 'api', to: 'cache', params: { ...ASIDE, entity: 'metadata', timeout_ms: 50 } },
        { from: 'api', to: 'database', params: { entity: 'metadata', routing: 'primary', timeout_ms: 500, pool_size: 3, max_overflow: 2 } },
        { from: 'api', to: 'changes', params: { ...OUTBOX, payload_kb: 0.5, task_class: 'change', entity: 'metadata' } },
        { from: 'changes', to: 'notifiers', params: TAKE },
      ],
      paths: {
        metadata: { entry, steps: [{ edge: publish, op: 'write' }, tell], reads: [{ entity: 'metadata' }], writes: [{ entity: 'metadata' }] },
        upload: { entry, steps: [tell], writes: [{ entity: 'metadata' }] },
        download: { entry: edgeId('devices', 'contents'), reads: [{ entity: 'content' }] },
      },
      homes: { metadata: 'database', content: 'contents' },
    }),
  },
};
