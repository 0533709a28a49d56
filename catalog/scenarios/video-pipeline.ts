import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { ASIDE, BALANCER, call, CODE, OUTBOX, scale, solve, TAKE, weights, WORKER } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'video-pipeline',
  title: 'Background video pipeline',
  minutes: 45,
  summary: 'Answer an upload at once, make the renditions in the background, lose no job.',
  statement: 'People upload clips. The API must answer at once; a thumbnail and three renditions are made in the background. Half a clip a second at the peak keeps 45 processors busy, and one clip in many fails half way.',
  asked: [
    'Upload by a signed link, then submit the job',
    'Three renditions and a thumbnail for each clip',
    'Status by query or webhook, and cancelling a job',
    'Failed jobs are tried again, clips submitted twice are made once, operators can send a job through again',
  ],
  given: ['Clips of 100 MB, renditions of 20 MB in all, messages of 2 KB', 'Originals are kept for 30 days: 31 TB a month', 'One peak hour a day, five times the average'],
  workload: { peak_rps: 20.5, peak_to_avg: 5, peak_duration_s: 3600, peaks_per_day: 1, payload_in_kb: 2, payload_out_kb: 2, growth_target: 3, eng: 8 },
  targets: { budget_usd_month: 4500, obi_budget: 1.5 },
  settings: { cost_month: 1, weights: weights(0.25, 0.1, 0.15, 0.2, 0.15, 0.15) },
  journeys: [
    { id: 'submit', name: 'Submit a clip', rate_rps: 0.5, op: 'write', p99_target_ms: 300, availability_target: 0.999, done_target_s: 600, done_quantile: 0.95, done_availability_target: 0.995 },
    { id: 'status', name: 'Ask for the status', rate_rps: 20, op: 'read', p99_target_ms: 300, availability_target: 0.999 },
  ],
  entities: [
    { id: 'video', name: 'Video', keys: 500, item_kb: 1, zipf_s: 0.6, requirement: 'bounded', bound_s: 10, initial_rows: 1_000_000, loss_tolerance_s: 0, duplicate_tolerance: 'none' },
    { id: 'rendition', name: 'Clip and renditions', keys: 100_000, item_kb: 30_000, row_bytes: 30_000_000, initial_rows: 0, retention_days: 30, requirement: 'eventual', duplicate_tolerance: 'some' },
  ],
  demands: [
    { title: 'Processor time of a request to the API', value: 4, unit: 'ms', stage: 'entry', field: 'cpu_ms' },
    { title: 'Processor time to make the renditions of one clip', value: 90, unit: 's', stage: 'consumer', field: 'cpu_ms', journeys: ['submit'] },
    { title: 'Waiting for files while doing so', value: 5, unit: 's', stage: 'consumer', field: 'io_ms', journeys: ['submit'] },
  ],
  hazardTargets: [
    { id: 'loss', title: 'Ways to lose a job', hazards: ['dual-write', 'ack-early-loss', 'loss-window'] },
    { id: 'duplicates', title: 'Ways to show a clip twice', hazards: ['duplicates'] },
  ],
  judged: [],
};

const submit = edgeId('uploaders', 'balancer');

/** Clips in, renditions out: the example of the brief as an exercise. */
export const videoPipeline: Scenario = {
  ...brief,
  traps: ['cpu-bound-in-request-path', 'large-payload-in-queue', 'platform-timeout-exceeded', 'celery-prefetch-long-tasks', 'ack-early-loss', 'non-idempotent-consumer', 'missing-dlq', 'visibility-timeout-short', 'spof-stateful-node'],
  rubric: {
    strong: [
      'The API never touches the bytes: signed links to the file store, and the message names the clip',
      'A state for each video, with steps that may run twice, keyed by video and rendition',
      'Tasks of 30 seconds for each rendition instead of one of 90 for the clip, and thumbnails in a queue of their own',
      'Scaling by the age of the queue, a dead-letter queue and a way to send jobs through again',
      'Argues spot against on demand against Lambda with figures: below about 46 % utilisation of the workers Lambda is cheaper',
    ],
    weak: ['Transcodes inside the request', 'Puts the clip itself into the message', 'Acknowledges a job before it is done', 'Names a queue and does not say what happens when it grows'],
  },
  misses: [],
  reference: {
    stated_usd_month: 3577,
    cost_departure: 'Workers that scale are paid for their average of 15 processors at 60 %, and at least two machines, not for 48 all day.',
    notes: ['Clips go straight to the file store by signed links. Only the job passes the API.', 'Workers stop and start with the queue’s age, and an interrupted task is delivered again.'],
    design: solve(brief, {
      nodes: [
        { id: 'uploaders', type: 'client', name: 'People with clips', column: 0, row: 0 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: BALANCER, column: 0, row: 1 },
        { id: 'api', type: 'service', name: 'Video API', params: { ...CODE, instances: 2, vcpu: 2, ...scale(2, 6) }, column: 1, row: 1 },
        { id: 'queue', type: 'rabbitmq', name: 'Job queue', params: { nodes: 3, queue: 'quorum', max_length: 10_000 }, column: 1, row: 2 },
        { id: 'workers', type: 'celery-worker', name: 'Transcoders', column: 1, row: 3, params: { ...WORKER, instances: 7, vcpu: 8, ...scale(2, 24) } },
        { id: 'cache', type: 'redis', name: 'Status cache', params: { memory_gb: 3, replicas_per_shard: 1, ttl_s: 3600 }, column: 2, row: 1 },
        { id: 'database', type: 'rdbms', name: 'Video records', params: { engine: 'postgres', ha: 'multi_az', vcpu: 2, storage_gb: 100, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 2 },
        { id: 'files', type: 'object-store', name: 'Clips and renditions', params: { versioning: true }, column: 2, row: 3 },
      ],
      edges: [
        { from: 'uploaders', to: 'balancer', params: { timeout_ms: 10_000 } },
        { from: 'balancer', to: 'api', params: call(5000) },
        { from: 'api', to: 'queue', params: { ...OUTBOX, payload_kb: 2, task_class: 'transcode', entity: 'video' } },
        { from: 'api', to: 'database', params: { entity: 'video', timeout_ms: 2000 } },
        { from: 'api', to: 'cache', params: { ...ASIDE, entity: 'video' } },
        { from: 'queue', to: 'workers', params: TAKE },
        { from: 'workers', to: 'cache', params: { ...ASIDE, entity: 'video' } },
        { from: 'workers', to: 'files', params: { calls: 4, op: 'write', entity: 'rendition', timeout_ms: 60_000, idempotency_key: true } },
        { from: 'workers', to: 'database', params: { calls: 2, entity: 'video', timeout_ms: 2000, pool_size: 1, max_overflow: 1 } },
      ],
      paths: {
        submit: { entry: submit, writes: [{ entity: 'video' }, { entity: 'rendition' }] },
        status: { entry: submit, reads: [{ entity: 'video' }] },
      },
      homes: { video: 'database', rendition: 'files' },
    }),
  },
};
