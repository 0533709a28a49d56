import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { BALANCER, call, CODE, OUTBOX, scale, solve, TAKE, TWELVE_FACTOR, weights } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'payment-ledger',
  title: 'Payment ledger',
  minutes: 60,
  summary: 'Five hundred transfers a second, always balanced, kept for seven years, up 99.99 %.',
  statement: 'A ledger books transfers in double entry and answers balances. Nothing may be lost or booked twice, an account is always current, and seven years are kept. The load is small; being right is the problem.',
  asked: ['Double-entry postings, balances, holds', 'Transfers that may be sent twice and are booked once', 'Statements, reconciliation, audit'],
  given: ['500 transfers of two to four postings and 1500 balance reads a second', '1200 bytes for each transfer, five I/O operations', '12 thousand million rows a year, kept for seven'],
  workload: { peak_rps: 2000, peak_to_avg: 4.2, payload_in_kb: 1.2, payload_out_kb: 1, growth_target: 4, eng: 20 },
  targets: { budget_usd_month: 13_000, obi_budget: 4, rpo_s: 0, rto_s: 60 },
  settings: { cost_month: 12, weights: weights(0.1, 0.1, 0.25, 0.15, 0.3, 0.1) },
  journeys: [
    { id: 'transfer', name: 'Transfer', rate_rps: 500, op: 'write', importance: 2, p99_target_ms: 400, availability_target: 0.9999 },
    { id: 'balance', name: 'Read a balance', rate_rps: 1500, op: 'read', p99_target_ms: 100, availability_target: 0.9999 },
  ],
  entities: [
    { id: 'ledger', name: 'Ledger', keys: 5_000_000, item_kb: 0.4, zipf_s: 0.5, requirement: 'strong', row_bytes: 400, rows_per_write: 3, initial_rows: 0, retention_days: 30, loss_tolerance_s: 0, duplicate_tolerance: 'none', money: true },
    { id: 'statement', name: 'Statement', keys: 5_000_000, item_kb: 1.2, zipf_s: 0.5, requirement: 'bounded', bound_s: 60, row_bytes: 1200, initial_rows: 15_000_000_000, loss_tolerance_s: 60 },
  ],
  demands: [
    { title: 'Processor time of a transfer', value: 8, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['transfer'] },
    { title: 'Database time of a transaction', value: 2, unit: 'ms', stage: 'write', field: 'cpu_ms', journeys: ['transfer'] },
    { title: 'I/O operations of a transaction', value: 5, unit: 'count', stage: 'write', field: 'write_iops', journeys: ['transfer'] },
  ],
  hazardTargets: [
    { id: 'loss', title: 'Ways to lose a transfer', hazards: ['dual-write', 'ack-early-loss', 'loss-window', 'rpo', 'write-behind-loss'] },
    { id: 'duplicates', title: 'Ways to book one twice', hazards: ['duplicates'] },
  ],
  judged: [{ id: 'rto', title: 'Back after a disaster', wanted: 'within 60 s' }],
};

const entry = edgeId('services', 'balancer');

/** Correct before fast: money, history, and a target that one region cannot meet. */
export const paymentLedger: Scenario = {
  ...brief,
  traps: ['dual-write-no-outbox', 'cache-write-policy-hazard', 'replica-staleness', 'cross-shard-operations', 'non-idempotent-consumer', 'hot-key', 'no-backup-rpo', 'big-bang-migration'],
  rubric: {
    strong: [
      'An append-only journal; balances derived and checked by a constraint',
      'A unique index on the idempotency key',
      'Sees that performance is not the problem: 2500 I/O operations and a seventh of eight processors',
      'Sub-ledgers for hot accounts, and holds with a saga where accounts lie on two shards',
      'Says what no loss costs: a synchronous copy, one millisecond on each write',
      'A daily reconciliation, partitions by time, an archive, and expand and contract on twelve thousand million rows',
    ],
    weak: ['Balances from a replica or a cache', 'Transfers across shards without a word on atomicity', 'Promises 99.99 % from one region without an argument', 'Alters the table in one go'],
  },
  misses: [
    { target: 'availability:transfer', why: 'On service levels no single-region path through a balancer and machines of one’s own exceeds 99.965 %. The design argues with measured figures, or with a second region and its cost.' },
    { target: 'availability:balance', why: 'The same path, and balances are read from the primary: a replica could answer more often, and wrongly.' },
  ],
  reference: {
    stated_usd_month: 9500,
    cost_departure: 'Aurora takes the place of sixteen processors in two zones with two replicas, and postings older than a month are in the archive.',
    notes: ['The key of a transfer is a unique index of the journal. Postings older than 30 days move to the archive and stay readable there.'],
    design: solve(brief, {
      nodes: [
        { id: 'services', type: 'client', name: 'Payment services', params: { kind: 'internal' }, column: 0, row: 0 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: BALANCER, column: 0, row: 1 },
        { id: 'api', type: 'service', name: 'Ledger API', params: { ...CODE, canary: 0.05, instances: 6, vcpu: 4, rate_limit: {}, ...scale(3, 24) }, column: 1, row: 1 },
        { id: 'ledger', type: 'rdbms', name: 'Journal and balances', params: { engine: 'postgres', ha: 'aurora', vcpu: 16, replicas: 0, storage_gb: 1000, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 1 },
        { id: 'log', type: 'kafka', name: 'Postings', params: { brokers: 3, partitions: 24, message_kb: 1.2, storage_gb: 1000 }, column: 1, row: 2 },
        { id: 'archiver', type: 'faust-worker', name: 'Statements and archive', params: { instances: 2, vcpu: 4, cpu_ms: 2, ...TWELVE_FACTOR, idempotent: true, traced: true, ...scale(2, 8) }, column: 1, row: 3 },
        { id: 'archive', type: 'object-store', name: 'Archive', params: { storage_gb: 20_000, versioning: true }, column: 2, row: 3 },
      ],
      edges: [
        { from: 'services', to: 'balancer', params: { timeout_ms: 5000, idempotency_key: true, retries: 1, backoff: 'exp_jitter', retry_budget: 0.1 } },
        { from: 'balancer', to: 'api', params: { ...call(3000), idempotency_key: true } },
        { from: 'api', to: 'ledger', params: { entity: 'ledger', routing: 'primary', timeout_ms: 1000, pool_size: 5, max_overflow: 5, idempotency_key: true } },
        { from: 'api', to: 'log', params: { ...OUTBOX, payload_kb: 1.2, key: 'ledger', task_class: 'posting', entity: 'statement' } },
        { from: 'api', to: 'archive', params: { op: 'read', entity: 'statement', timeout_ms: 1000 } },
        { from: 'log', to: 'archiver', params: { ...TAKE, ordering: 'key', batch: 50, per: 'batch', batch_window_s: 1 } },
        { from: 'archiver', to: 'archive', params: { op: 'write', entity: 'statement', timeout_ms: 5000, idempotency_key: true } },
      ],
      paths: {
        transfer: { entry, writes: [{ entity: 'ledger' }, { entity: 'statement' }] },
        balance: { entry, steps: [{ edge: edgeId('api', 'archive'), calls: 0 }], reads: [{ entity: 'ledger' }] },
      },
      moreJourneys: [{ id: 'statements', name: 'Read a statement', rate_rps: 5, importance: 0, op: 'read', entry, steps: [{ edge: edgeId('api', 'ledger'), calls: 0 }, { edge: edgeId('api', 'archive') }], p99_target_ms: 1000, availability_target: 0.999, reads: [{ entity: 'statement' }] }],
      homes: { ledger: 'ledger', statement: 'archive' },
    }),
  },
};
