import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import type { DesignEdge } from '../../shared/model/design.ts';
import { edgeId, type Drawing, type PlacedNode } from '../templates/drawing.ts';
import { ASIDE, BALANCER, call, CODE, scale, solve, TAKE, weights, WORKER } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'notification-system',
  title: 'Notification system',
  minutes: 45,
  summary: 'Twenty million messages a day by push, e-mail and SMS; a login code may not wait for a campaign.',
  statement: 'Services hand in notifications. Login codes must leave within ten seconds, campaigns within half an hour. Providers limit the rate and fail; nothing may be lost and hardly anything sent twice.',
  asked: ['Push, e-mail and SMS', 'Transactional messages and marketing', 'Templates and the users’ preferences', 'No duplicates, and another provider when one fails'],
  given: ['2000 a second at the peak: 200 transactional, 1800 marketing; a campaign brings 10 000 at once', 'Each provider takes 500 calls a second in 250 ms and is up 99.5 % of the time; two for each channel', '20 million a day'],
  workload: { peak_rps: 2000, peak_to_avg: 8.6, payload_in_kb: 2, payload_out_kb: 0.2, growth_target: 3, eng: 10, burst: { factor: 5, duration_s: 100 } },
  targets: { budget_usd_month: 6000, obi_budget: 2 },
  settings: { cost_month: 12, weights: weights(0.2, 0.1, 0.2, 0.25, 0.15, 0.1) },
  journeys: [
    { id: 'transactional', name: 'Transactional', rate_rps: 200, op: 'write', importance: 2, p99_target_ms: 200, availability_target: 0.999, done_target_s: 10, done_quantile: 0.95 },
    { id: 'marketing', name: 'Marketing', rate_rps: 1800, op: 'write', p99_target_ms: 200, availability_target: 0.999, done_target_s: 1800, done_quantile: 0.95 },
  ],
  entities: [
    { id: 'preference', name: 'Preference', keys: 5_000_000, item_kb: 0.5, zipf_s: 0.6, requirement: 'bounded', bound_s: 300, initial_rows: 20_000_000, rows_per_write: 0 },
    { id: 'notification', name: 'Notification', keys: 5_000_000, item_kb: 0.3, zipf_s: 0.6, requirement: 'eventual', row_bytes: 300, initial_rows: 0, retention_days: 30, loss_tolerance_s: 0, duplicate_tolerance: 'none' },
  ],
  demands: [
    { title: 'Processor time to accept a notification', value: 2, unit: 'ms', stage: 'entry', field: 'cpu_ms' },
    { title: 'Processor time to render one', value: 4, unit: 'ms', stage: 'consumer', field: 'cpu_ms' },
  ],
  hazardTargets: [
    { id: 'loss', title: 'Ways to lose a notification', hazards: ['dual-write', 'ack-early-loss', 'loss-window'] },
    { id: 'duplicates', title: 'Ways to send one twice', hazards: ['duplicates'] },
  ],
  judged: [],
};

const CHANNELS = ['push', 'email', 'sms'] as const;
const TITLES = { push: 'Push', email: 'E-mail', sms: 'SMS' } as const;

const providers: readonly PlacedNode[] = CHANNELS.flatMap((channel, row) => [1, 2].map((n) => ({
  id: `${channel}${n}`, type: 'external-api', name: `${TITLES[channel]} provider ${n}`, params: { latency_ms: 250, quota_rps: 500, availability: 0.995 }, column: 4, row: 2 + row * 2 + n,
})));

/** A worker sends a third of its messages by each channel, through either of two providers. */
function sending(worker: string): Drawing['edges'] {
  return CHANNELS.flatMap((channel) => [1, 2].map((n): Omit<DesignEdge, 'id'> => ({
    from: worker, to: `${channel}${n}`,
    params: { probability: 1 / 3, any_of: channel, timeout_ms: 4000, circuit_breaker: true, idempotency_key: true, retries: 2, backoff: 'exp_jitter', retry_budget: 0.1 },
  })));
}

const entry = edgeId('services', 'balancer');
const lookUp = edgeId('api', 'database');
const urgent = edgeId('accepted', 'urgent');
const bulk = edgeId('accepted', 'bulk');

/** Priorities that share providers, quotas, and effects that cannot be taken back. */
export const notificationSystem: Scenario = {
  ...brief,
  traps: ['single-queue-bottleneck', 'unbounded-queue', 'retry-storm', 'non-idempotent-consumer', 'missing-dlq', 'sync-third-party', 'visibility-timeout-short'],
  rubric: {
    strong: [
      'A queue for each priority and channel, so that a campaign cannot delay a login code',
      'Derives the campaign: a million messages at 1000 a second take 17 minutes; 250 sends are in hand at once',
      'A token bucket at the provider’s quota, a breaker, and the second provider',
      'A key for each notification that is remembered, and an outbox at the sender',
      'Batches: ten messages in a call cut the bill for the queue from 1400 to 150 dollars',
    ],
    weak: ['One queue for everything', 'Tries a provider that refuses again at once', 'Waits for the provider inside the request', 'A queue whose messages come back before the work is done'],
  },
  misses: [{ target: 'growth', why: 'Six providers of 500 calls a second carry 1.5 times the peak. The quotas are given: at three times the load campaigns are spread over more hours, or quotas are bought.' }],
  reference: {
    stated_usd_month: 4700,
    cost_departure: 'The stream of a table fills the queues in batches of ten, so the 1400 dollars for the queue are gone, and messages leave through providers that bill by themselves.',
    notes: ['A notification is stored before its sender is answered; the stream of changes feeds both queues in batches of ten. A key in the sent table stops the second sending.'],
    design: solve(brief, {
      nodes: [
        { id: 'services', type: 'client', name: 'Services that notify', params: { kind: 'internal' }, column: 0, row: 1 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: BALANCER, column: 1, row: 1 },
        { id: 'api', type: 'service', name: 'Notification API', params: { ...CODE, instances: 6, vcpu: 2, rate_limit: { rps: 12_000, burst: 20_000, policy: 'shared' }, ...scale(6, 24) }, column: 2, row: 1 },
        { id: 'urgent', type: 'sqs', name: 'Transactional', params: { visibility_s: 120, batched: true }, column: 3, row: 3 },
        { id: 'bulk', type: 'sqs', name: 'Marketing', params: { visibility_s: 120, batched: true }, column: 5, row: 1 },
        { id: 'codes', type: 'celery-worker', name: 'Code senders', params: { ...WORKER, instances: 2, vcpu: 2, concurrency: 100, task_io_s: 0, ...scale(2, 6) }, column: 3, row: 5 },
        { id: 'campaigns', type: 'celery-worker', name: 'Campaign senders', params: { ...WORKER, instances: 6, vcpu: 2, concurrency: 150, task_io_s: 0, ...scale(2, 18) }, column: 5, row: 5 },
        { id: 'cache', type: 'redis', name: 'Preferences in memory', params: { memory_gb: 6.4, replicas_per_shard: 1, ttl_s: 3600 }, column: 2, row: 0 },
        { id: 'database', type: 'rdbms', name: 'Preferences', params: { engine: 'postgres', ha: 'multi_az', vcpu: 2, replicas: 1, storage_gb: 500, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 2 },
        { id: 'accepted', type: 'nosql', name: 'Accepted', params: { engine: 'dynamodb', item_kb: 0.3, consistency: 'strong', storage_gb: 200, backup: 'pitr' }, column: 3, row: 1 },
        { id: 'sent', type: 'nosql', name: 'Sent', params: { engine: 'dynamodb', item_kb: 0.1, consistency: 'strong', storage_gb: 200, backup: 'pitr' }, column: 4, row: 2 },
        ...providers,
      ],
      edges: [
        { from: 'services', to: 'balancer', params: { timeout_ms: 5000, idempotency_key: true } },
        { from: 'balancer', to: 'api', params: call(2000) },
        { from: 'api', to: 'cache', params: { ...ASIDE, entity: 'preference', timeout_ms: 50 } },
        { from: 'api', to: 'database', params: { op: 'read', entity: 'preference', timeout_ms: 500, pool_size: 3, max_overflow: 2 } },
        { from: 'api', to: 'accepted', params: { op: 'write', entity: 'notification', timeout_ms: 500, idempotency_key: true } },
        { from: 'accepted', to: 'urgent', kind: 'replicate', params: { entity: 'notification' } },
        { from: 'accepted', to: 'bulk', kind: 'replicate', params: { entity: 'notification' } },
        { from: 'urgent', to: 'codes', params: TAKE },
        { from: 'bulk', to: 'campaigns', params: TAKE },
        { from: 'codes', to: 'sent', params: { op: 'write', timeout_ms: 500, idempotency_key: true } },
        { from: 'campaigns', to: 'sent', params: { op: 'write', timeout_ms: 500, idempotency_key: true } },
        ...sending('codes'),
        ...sending('campaigns'),
      ],
      paths: {
        transactional: { entry, steps: [{ edge: bulk, calls: 0 }, { edge: lookUp, op: 'read' }], reads: [{ entity: 'preference' }], writes: [{ entity: 'notification' }] },
        marketing: { entry, steps: [{ edge: urgent, calls: 0 }, { edge: lookUp, op: 'read' }], reads: [{ entity: 'preference' }], writes: [{ entity: 'notification' }] },
      },
      homes: { preference: 'database', notification: 'accepted' },
    }),
  },
};
