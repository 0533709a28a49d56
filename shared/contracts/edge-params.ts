import { z } from '../lib/zod.ts';
import { choice, flag, number, numberList, optionalNumber, practice, text, type ParamsSchema } from './params.ts';

const A = { provenance: 'A' as const };

/**
 * Parameters of a connection (semantics 4, 7, 11; evaluation 4). One schema for all kinds: which of them a form
 * shows for a kind is `EDGE_FIELDS`. Synonyms: `queries` = queries_per_call, `mode` = cache_mode.
 */
export const edgeParamsSchema = z.object({
  calls: number({ ...A, default: 1, min: 0, step: 1, label: 'Calls', group: 'capacity', unit: 'count', help: 'Mean calls for each invocation of the caller. Ratios multiply along the path.' }),
  calls_cs2: number({ ...A, default: 0, min: 0, label: 'Variation of calls', group: 'capacity', unit: 'none', help: 'Squared coefficient of variation of the number of calls: 0 always the same, above 1 very uneven.' }),
  probability: number({ ...A, default: 1, min: 0, max: 1, step: 0.05, label: 'Probability', group: 'capacity', unit: 'ratio', help: 'Share of the caller’s invocations that make this call.' }),
  weight: number({ ...A, default: 1, min: 0, label: 'Weight', group: 'capacity', unit: 'none', help: 'Share among the out-going connections of a balancer or router.' }),
  op: choice(['auto', 'read', 'write'], { ...A, default: 'auto', label: 'Operation', group: 'data', help: 'Read, write, or as the journey’s branch says.' }),
  queries: number({ ...A, default: 1, min: 0, label: 'Queries per call', group: 'data', unit: 'count', help: 'Database queries, or transactions, made by each call.' }),
  order: text({ ...A, default: 'seq', label: 'Order', group: 'capacity', help: 'seq: one after another. par:name: calls of one group run together and count as the slowest.' }),
  criticality: choice(['hard', 'soft'], { ...A, default: 'hard', label: 'Criticality', group: 'resilience', help: 'Hard: the caller fails without it. Soft: the answer is only degraded.' }),
  fallback: practice({ ...A, default: false, label: 'Fallback', group: 'resilience', help: 'The caller answers something useful when this call fails. With a timeout it waits no longer than that.', question: 'Does the caller answer without it when this call fails?' }),
  any_of: text({ ...A, label: 'Alternative group', group: 'resilience', help: 'Connections of one group are alternatives: load splits by weight and one suffices.' }),
  request_kb: optionalNumber({ ...A, min: 0, label: 'Request size', group: 'capacity', unit: 'kb', help: 'Bytes sent by each call. Unset: the workload’s payload from a client, else 2 KB.' }),
  response_kb: optionalNumber({ ...A, min: 0, label: 'Response size', group: 'capacity', unit: 'kb', help: 'Bytes returned by each call. Unset: the workload’s payload to a client, else 2 KB.' }),
  pipeline: number({ ...A, default: 1, min: 1, integer: true, label: 'Pipelined operations', group: 'capacity', unit: 'count', help: 'Operations sent in one round trip: latency counts round trips, load counts operations.' }),
  entity: text({ ...A, label: 'Entity', group: 'data', help: 'Which data entity it reads or writes.' }),
  timeout_ms: optionalNumber({ ...A, min: 0, label: 'Timeout', group: 'resilience', unit: 'ms', help: 'How long the caller waits. Unset: none; a hung callee is then assumed to hold the caller for 60 s.' }),
  retries: number({ ...A, default: 0, min: 0, max: 10, integer: true, label: 'Retries', group: 'resilience', unit: 'count', help: 'Further attempts after a failure. Each adds load when the callee is in trouble.' }),
  backoff: choice(['none', 'fixed', 'exp', 'exp_jitter'], { ...A, default: 'none', label: 'Back-off', group: 'resilience', help: 'How attempts are spaced. Without jitter, clients return in waves.' }),
  retry_budget: optionalNumber({ ...A, min: 0, label: 'Retry budget', group: 'resilience', unit: 'ratio', help: 'Largest share of extra attempts, for example 0.1 for 10 %.' }),
  circuit_breaker: practice({ ...A, default: false, label: 'Circuit breaker', group: 'resilience', help: 'Stops calling a dependency that fails or hangs: assumed to open when half of the calls fail, and further attempts then stay away.', question: 'Does a circuit breaker stop calls to a dependency that hangs?' }),
  bulkhead_slots: optionalNumber({ ...A, min: 1, label: 'Bulkhead', group: 'resilience', unit: 'count', help: 'Most slots of the caller that calls to this dependency may hold at once.' }),
  idempotency_key: practice({ ...A, default: false, label: 'Idempotency key', group: 'resilience', help: 'A repeated request has no second effect.', question: 'Does a repeated request have no second effect?' }),
  deferrable: flag({ ...A, default: false, label: 'Can be done later', group: 'delivery', help: 'The user does not need the result in this answer.' }),
  blocking_driver: flag({ ...A, default: false, label: 'Blocking driver', group: 'process', help: 'The call blocks the event loop: the worker serves one request at a time.' }),
  error_rate: number({ ...A, default: 0, min: 0, max: 1, label: 'Error rate', group: 'resilience', unit: 'ratio', help: 'Share of calls that fail for reasons outside this model.' }),
  network_class: choice(['auto', 'in_process', 'same_zone', 'cross_zone', 'cross_region', 'internet'], { ...A, default: 'auto', label: 'Network', group: 'placement', help: 'Round trip of one call. Auto follows where the two ends stand.' }),
  routing: choice(['primary', 'replica', 'router'], { ...A, default: 'router', label: 'Read routing', group: 'data', help: 'Which copy answers reads. Router: replicas when there are any.' }),
  pool_size: number({ default: 5, min: 0, integer: true, provenance: 'V', source: 'sqlalchemy-pool', label: 'Pool size', group: 'data', unit: 'count', help: 'Connections kept by each worker process. 0: a new one for each request.' }),
  max_overflow: number({ default: 10, min: 0, integer: true, provenance: 'V', source: 'sqlalchemy-pool', label: 'Pool overflow', group: 'data', unit: 'count', help: 'Extra connections a process may open when its pool is empty.' }),
  pool_timeout_s: number({ default: 30, min: 0, provenance: 'V', source: 'sqlalchemy-pool', label: 'Pool timeout', group: 'data', unit: 's', help: 'How long a request waits for a connection.' }),
  scatter_fraction: number({ ...A, default: 0, min: 0, max: 1, label: 'Scatter reads', group: 'data', unit: 'ratio', help: 'Share of reads that ask all shards.' }),
  cross_shard_txn_fraction: number({ ...A, default: 0, min: 0, max: 1, label: 'Cross-shard writes', group: 'data', unit: 'ratio', help: 'Share of transactions that span two shards.' }),
  mode: choice(['aside', 'read_through', 'write_through', 'write_behind', 'write_around'], { ...A, default: 'aside', label: 'Cache mode', group: 'data', help: 'Who fills the cache and what a write does to it.' }),
  fronts: text({ ...A, default: 'auto', label: 'Fronts', group: 'data', help: 'Which connections this cache stands before: auto, or connection ids.' }),
  ttl_s: optionalNumber({ ...A, min: 0, label: 'Time to live', group: 'data', unit: 's', help: 'Overrides the cache’s own time to live for this use.' }),
  invalidate: practice({ ...A, default: true, label: 'Delete on write', group: 'data', help: 'A write deletes the cached key.', question: 'Do writes delete the cached key?' }),
  cache_before_commit: flag({ ...A, default: false, label: 'Cache before commit', group: 'data', help: 'The cache is updated before the database has committed.' }),
  single_flight: practice({ ...A, default: false, label: 'Single flight', group: 'data', help: 'Of many misses on one key only one loads it.', question: 'Does only one of many misses on a key load it?' }),
  lease: flag({ ...A, default: false, label: 'Lease', group: 'data', help: 'The cache hands one client the right to fill a key.' }),
  early_refresh: flag({ ...A, default: false, label: 'Early refresh', group: 'data', help: 'Hot keys are renewed before they expire.' }),
  ttl_jitter: practice({ ...A, default: true, label: 'Spread expiry', group: 'data', help: 'Times to live differ by at least 10 %, so keys do not expire together.', question: 'Are times to live spread by a tenth or more?' }),
  bulk_loaded: flag({ ...A, default: false, label: 'Bulk loaded', group: 'data', help: 'Many keys are loaded at the same moment.' }),
  negative_cache: practice({ ...A, default: false, label: 'Negative caching', group: 'data', help: 'Answers for keys that do not exist are cached too.', question: 'Are answers for keys that do not exist cached?' }),
  bloom: flag({ ...A, default: false, label: 'Bloom filter', group: 'data', help: 'Keys that do not exist are refused before the database.' }),
  coalesce: number({ ...A, default: 1, min: 1, label: 'Writes coalesced', group: 'data', unit: 'count', help: 'Write-behind: writes to one key merged into one.' }),
  flush_s: number({ ...A, default: 1, min: 0, label: 'Flush interval', group: 'data', unit: 's', help: 'Write-behind: seconds of writes that a lost cache takes with it.' }),
  confirm: practice({ ...A, default: true, label: 'Publisher confirms', group: 'messaging', help: 'The producer waits until the broker has the message.', question: 'Does the producer wait until the broker has the message?' }),
  outbox: practice({ ...A, default: false, label: 'Transactional outbox', group: 'messaging', help: 'The message is written with the data and sent by a relay.', question: 'Is the message stored in the same transaction as the data?' }),
  payload_kb: number({ ...A, default: 2, min: 0, label: 'Message size', group: 'messaging', unit: 'kb', help: 'Mean size of a message.' }),
  key: text({ ...A, label: 'Message key', group: 'messaging', help: 'Entity whose id chooses the partition.' }),
  task_class: text({ ...A, label: 'Task class', group: 'messaging', help: 'Name of the kind of task published here.' }),
  request_reply: flag({ ...A, default: false, label: 'Waits for a reply', group: 'messaging', help: 'The producer waits for an answer over the broker.' }),
  group: text({ ...A, label: 'Consumer group', group: 'messaging', help: 'Members of one group share the messages; each group gets all of them.' }),
  batch: number({ ...A, default: 1, min: 1, integer: true, label: 'Batch', group: 'messaging', unit: 'count', help: 'Messages taken by one invocation of the consumer.' }),
  per: choice(['message', 'batch'], { ...A, default: 'message', label: 'Calls run per', group: 'messaging', help: 'Whether the consumer’s own calls run for each message or once for a batch.' }),
  batch_window_s: number({ ...A, default: 0, min: 0, label: 'Batch window', group: 'messaging', unit: 's', help: 'Longest wait for a batch to fill.' }),
  ordering: choice(['none', 'key', 'total'], { ...A, default: 'none', label: 'Ordering needed', group: 'messaging', help: 'Whether messages must be handled in order: not at all, for each key, or all of them.' }),
  visibility_s: optionalNumber({ ...A, min: 0, label: 'Visibility timeout', group: 'messaging', unit: 's', help: 'After this time an unacknowledged message is delivered again.' }),
  max_receive: number({ ...A, default: 5, min: 1, integer: true, label: 'Most deliveries', group: 'messaging', unit: 'count', help: 'Deliveries before a message goes to the dead-letter queue.' }),
  poison_share: number({ ...A, default: 0, min: 0, max: 1, step: 0.0001, label: 'Poisonous messages', group: 'messaging', unit: 'ratio', help: 'Share of the messages that fail at every delivery, for example because nobody can read them. Set aside after the most deliveries; without a dead-letter queue they come back until the queue forgets them.' }),
  dlq: practice({ ...A, default: false, label: 'Dead-letter queue', group: 'messaging', help: 'Messages that keep failing are set aside.', question: 'Are messages that keep failing set aside in a dead-letter queue?' }),
  idempotent: practice({ ...A, default: false, label: 'Idempotent consumer', group: 'messaging', help: 'Handling a message twice has no second effect.', question: 'Does handling a message twice have no second effect?' }),
  acks_late: practice({ ...A, default: false, label: 'Acknowledge after work', group: 'messaging', help: 'The message is acknowledged when the task has finished.', question: 'Is a message acknowledged only after its task has finished?' }),
  auto_ack: practice({ ...A, default: false, label: 'Automatic acknowledgement', group: 'messaging', help: 'The broker forgets a message as soon as it has sent it.', question: 'Does the broker forget a message as soon as it has sent it?' }),
  single_active_consumer: flag({ ...A, default: false, label: 'Single active consumer', group: 'messaging', help: 'Only one consumer of the queue works at a time.' }),
  retry_topic: flag({ ...A, default: false, label: 'Retry topic', group: 'messaging', help: 'Failed messages are tried again from another topic, out of order.' }),
  context_propagated: practice({ ...A, default: false, label: 'Trace context', group: 'delivery', help: 'The trace id travels with the call or message.', question: 'Does the trace id travel with this call?' }),
  replicate_mode: choice(['async', 'sync'], { ...A, default: 'async', label: 'Replication', group: 'data', help: 'Whether a write waits for the copy.' }),
  promotable: practice({ ...A, default: true, label: 'Can be promoted', group: 'resilience', help: 'The copy can become the primary.', question: 'Can this copy become the primary?' }),
  connections: number({ ...A, default: 0, min: 0, label: 'Open connections', group: 'capacity', unit: 'count', help: 'Connections that clients hold open.' }),
  geo_policy: choice(['geo', 'failover'], { ...A, default: 'geo', label: 'Between regions', group: 'placement', help: 'geo: each client goes to its region. failover: one region answers while it can.' }),
  geo_weights: numberList({ ...A, default: [], label: 'Weights by region', group: 'placement', help: 'Share of the traffic for each target.' }),
});

/** Resolved parameters of a connection. */
export type EdgeParams = z.output<typeof edgeParamsSchema>;

/** Which fields a form offers for each kind, in order. */
export const EDGE_FIELDS: Readonly<Record<string, readonly (keyof EdgeParams)[]>> = {
  http: ['calls', 'calls_cs2', 'probability', 'weight', 'op', 'order', 'criticality', 'fallback', 'timeout_ms', 'retries', 'backoff', 'retry_budget', 'circuit_breaker', 'bulkhead_slots', 'idempotency_key', 'any_of', 'pipeline', 'request_kb', 'response_kb', 'network_class', 'deferrable', 'blocking_driver', 'error_rate', 'context_propagated', 'entity'],
  db: ['calls', 'queries', 'op', 'entity', 'routing', 'pool_size', 'max_overflow', 'pool_timeout_s', 'probability', 'order', 'criticality', 'fallback', 'timeout_ms', 'retries', 'backoff', 'circuit_breaker', 'bulkhead_slots', 'scatter_fraction', 'cross_shard_txn_fraction', 'pipeline', 'request_kb', 'response_kb', 'network_class', 'blocking_driver', 'any_of', 'error_rate'],
  cache: ['mode', 'fronts', 'entity', 'ttl_s', 'invalidate', 'single_flight', 'lease', 'early_refresh', 'ttl_jitter', 'bulk_loaded', 'negative_cache', 'bloom', 'cache_before_commit', 'coalesce', 'flush_s', 'calls', 'pipeline', 'timeout_ms', 'criticality'],
  publish: ['calls', 'calls_cs2', 'probability', 'payload_kb', 'confirm', 'outbox', 'key', 'task_class', 'request_reply', 'op', 'criticality', 'timeout_ms', 'retries', 'backoff', 'retry_budget', 'error_rate', 'context_propagated', 'entity'],
  consume: ['group', 'batch', 'per', 'batch_window_s', 'ordering', 'idempotent', 'acks_late', 'auto_ack', 'dlq', 'max_receive', 'error_rate', 'poison_share', 'visibility_s', 'single_active_consumer', 'retry_topic', 'weight', 'probability', 'context_propagated'],
  trigger: ['batch', 'per', 'batch_window_s', 'visibility_s', 'max_receive', 'dlq', 'error_rate', 'poison_share', 'idempotent', 'ordering', 'group', 'probability'],
  replicate: ['replicate_mode', 'promotable', 'entity'],
  trace: [], migrate: [], lookup: ['criticality'],
  ws: ['connections', 'calls', 'request_kb', 'response_kb', 'timeout_ms'],
};

/** The schema under its erased type, for code that treats all schemas alike. */
export const erasedEdgeSchema: ParamsSchema = edgeParamsSchema;
