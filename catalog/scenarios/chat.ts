import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { call, CODE, OUTBOX, scale, solve, TAKE, TWELVE_FACTOR, weights } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'chat',
  title: 'Chat',
  minutes: 45,
  summary: 'Half a million open connections, 8000 messages a second, none lost, each in order.',
  statement: 'People write to each other and in groups of up to 200. Half a million phones hold a connection at the peak; a message reaches three of them on average, within half a second, once, and in the order of its conversation.',
  asked: ['Conversations of two and groups of up to 200', 'Presence, delivery and read receipts', 'History on every device', 'A push notification for those who are offline'],
  given: ['8000 messages come in a second, 24 000 go out, 2000 reads of history', 'A message is 300 bytes, with its envelope 400', '2 TB of history a month', 'One processor holds 15 000 open connections'],
  workload: { peak_rps: 10_000, peak_to_avg: 3.2, payload_in_kb: 0.4, payload_out_kb: 0.4, growth_target: 3, eng: 25, requests_per_connection: 1000, connection_life_s: 3600 },
  targets: { budget_usd_month: 19_000, obi_budget: 4 },
  settings: { cost_month: 12, weights: weights(0.2, 0.2, 0.2, 0.15, 0.15, 0.1) },
  journeys: [
    { id: 'send', name: 'Send a message', rate_rps: 8000, op: 'write', p99_target_ms: 500, availability_target: 0.999, done_target_s: 0.5, done_quantile: 0.99 },
    { id: 'history', name: 'Read history', rate_rps: 2000, op: 'read', p99_target_ms: 300, availability_target: 0.9995 },
  ],
  entities: [
    { id: 'message', name: 'Message', keys: 5_000_000, item_kb: 0.4, zipf_s: 0.6, requirement: 'read_your_writes', row_bytes: 300, initial_rows: 0, ordering: 'key', loss_tolerance_s: 0, duplicate_tolerance: 'none' },
    { id: 'presence', name: 'Presence', keys: 500_000, item_kb: 0.2, zipf_s: 0.3, requirement: 'bounded', bound_s: 30, rows_per_write: 0, loss_tolerance_s: 60, durable_ack: false },
  ],
  demands: [
    { title: 'Processor time of a message, and of a read of history', value: 0.8, unit: 'ms', stage: 'entry', field: 'cpu_ms' },
    { title: 'Processor time to deliver a message', value: 0.8, unit: 'ms', stage: 'consumer', field: 'cpu_ms', journeys: ['send'] },
  ],
  hazardTargets: [
    { id: 'loss', title: 'Ways to lose a message', hazards: ['dual-write', 'ack-early-loss', 'loss-window'] },
    { id: 'duplicates', title: 'Ways to deliver one twice', hazards: ['duplicates'] },
    { id: 'order', title: 'Ways to mix up a conversation', hazards: ['reorder'] },
  ],
  judged: [],
};

const line = edgeId('phones', 'balancer');

/** Connections as state, order by conversation, and a storm of reconnects. */
export const chat: Scenario = {
  ...brief,
  traps: ['sticky-sessions', 'ordering-lost', 'non-idempotent-consumer', 'local-state-behind-lb', 'retry-storm', 'spof-stateful-node'],
  rubric: {
    strong: [
      'A budget of connections: how many a processor and its memory hold, and where those of a lost machine go',
      'A sequence number for each conversation, given by the server, and receipts that may be repeated',
      'A registry of who is connected where, and push for those who are not',
      'Clients that come back spread over a minute',
      'Weighs the cost of storing history: expiry and cheaper tiers',
    ],
    weak: ['Assumes that a balancer finds the right machine', 'Order by the clock of the phone', 'Polling', 'A relational database for 8000 messages a second without a figure'],
  },
  misses: [],
  reference: {
    stated_usd_month: 15_300,
    notes: ['Gateways keep nothing but the connection. Who is connected where stands in the registry.', 'A message is stored once, before its sender is answered, and the stream of changes delivers it. The log is keyed by conversation; phones drop a sequence number that they have seen.'],
    design: solve(brief, {
      nodes: [
        { id: 'phones', type: 'client', name: 'Phones', column: 0, row: 0 },
        { id: 'balancer', type: 'lb-managed', name: 'Network balancer', params: { variant: 'nlb', algorithm: 'least_conn', health_check: {} }, column: 0, row: 1 },
        { id: 'gateways', type: 'service', name: 'Connection gateways', params: { ...CODE, instances: 14, vcpu: 4, conn_per_vcpu: 15_000, reconnect_jitter_s: 60, canary: 0.05, rate_limit: {}, ...scale(14, 42) }, column: 1, row: 1 },
        { id: 'presence', type: 'redis', name: 'Who is connected where', params: { roles: ['store'], shards: 3, replicas_per_shard: 1, memory_gb: 6.4, eviction: 'noeviction', persistence: 'aof', backup: 'none', ttl_s: 30 }, column: 2, row: 1 },
        { id: 'log', type: 'kafka', name: 'Changes', params: { brokers: 3, partitions: 192, message_kb: 0.4, storage_gb: 700, retention_days: 3 }, column: 2, row: 3 },
        { id: 'delivery', type: 'faust-worker', name: 'Delivery', params: { instances: 6, vcpu: 4, task_scv: 1, ...TWELVE_FACTOR, idempotent: true, traced: true, ...scale(3, 18) }, column: 1, row: 3 },
        { id: 'history', type: 'nosql', name: 'History', params: { engine: 'dynamodb', item_kb: 0.4, consistency: 'strong', storage_gb: 6000, backup: 'daily' }, column: 2, row: 2 },
        { id: 'push', type: 'sns', name: 'Push to those offline', column: 3, row: 2 },
      ],
      edges: [
        { from: 'phones', to: 'balancer', kind: 'ws', params: { connections: 500_000, timeout_ms: 10_000 } },
        { from: 'balancer', to: 'gateways', kind: 'ws', params: { connections: 500_000, ...call(5000) } },
        { from: 'gateways', to: 'presence', params: { entity: 'presence', timeout_ms: 50, criticality: 'soft', request_kb: 0.2, response_kb: 0.2 } },
        { from: 'gateways', to: 'history', params: { entity: 'message', response_kb: 2, timeout_ms: 500, idempotency_key: true } },
        { from: 'gateways', to: 'log', params: { ...OUTBOX, payload_kb: 0.4, key: 'message', task_class: 'message', entity: 'message' } },
        { from: 'log', to: 'delivery', params: { ...TAKE, ordering: 'key' } },
        { from: 'delivery', to: 'presence', params: { calls: 3, pipeline: 3, op: 'read', entity: 'presence', timeout_ms: 50, request_kb: 0.1, response_kb: 0.2 } },
        { from: 'delivery', to: 'push', params: { probability: 0.05, criticality: 'soft', payload_kb: 0.4, task_class: 'push', confirm: true, context_propagated: true } },
      ],
      paths: {
        send: { entry: line, steps: [{ edge: edgeId('balancer', 'gateways'), push: true, calls: 3 }, { edge: edgeId('balancer', 'gateways') }, { edge: edgeId('delivery', 'presence'), op: 'read' }], writes: [{ entity: 'message' }] },
        history: { entry: line, reads: [{ entity: 'message' }, { entity: 'presence' }] },
      },
      homes: { message: 'history', presence: 'presence' },
    }),
  },
};
