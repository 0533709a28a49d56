import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { BALANCER, call, CODE, scale, solve, TAKE, weights, WORKER } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'leaderboard',
  title: 'Leaderboard',
  minutes: 35,
  summary: 'Ten million players, the first hundred and my own rank in 50 ms, two seconds old at most.',
  statement: 'Players send scores and look at boards: of the day, the week and all time, and those of their friends. A score once accepted is never lost, and a board is never more than two seconds old.',
  asked: ['Send a score', 'The first hundred', 'My rank and the five on either side', 'Boards by day, by week, of all time, and of friends'],
  given: ['5000 scores and 10 000 reads a second, answers of 4 KB', '10 million players: about a gigabyte for each board in memory'],
  workload: { peak_rps: 15_000, peak_to_avg: 3.3, payload_in_kb: 0.3, payload_out_kb: 4, growth_target: 3, eng: 5, requests_per_connection: 100 },
  targets: { budget_usd_month: 2500, obi_budget: 1 },
  settings: { cost_month: 12, weights: weights(0.2, 0.3, 0.15, 0.1, 0.15, 0.1) },
  journeys: [
    { id: 'read', name: 'Read a board', rate_rps: 10_000, op: 'read', p99_target_ms: 50, availability_target: 0.999 },
    { id: 'update', name: 'Send a score', rate_rps: 5000, op: 'write', p99_target_ms: 100, availability_target: 0.999 },
  ],
  entities: [
    { id: 'board', name: 'Board', keys: 3, item_kb: 1_000_000, zipf_s: 0, requirement: 'bounded', bound_s: 2, rows_per_write: 0, loss_tolerance_s: 60, durable_ack: false },
    { id: 'score', name: 'Score', keys: 10_000_000, item_kb: 0.1, zipf_s: 0.5, requirement: 'eventual', row_bytes: 100, rows_per_write: 0, initial_rows: 10_000_000, loss_tolerance_s: 0, duplicate_tolerance: 'none' },
  ],
  demands: [
    { title: 'Processor time of a request', value: 1, unit: 'ms', stage: 'entry', field: 'cpu_ms' },
  ],
  hazardTargets: [{ id: 'loss', title: 'Ways to lose a score', hazards: ['dual-write', 'ack-early-loss', 'loss-window'] }],
  judged: [],
};

const entry = edgeId('players', 'balancer');

/** One sorted set cannot be split: what a hot key is when it is the product. */
export const leaderboard: Scenario = {
  ...brief,
  traps: ['hot-key', 'cache-write-policy-hazard', 'spof-stateful-node', 'eviction-policy-mismatch', 'monolithic-persistence'],
  rubric: {
    strong: [
      'Counts the operations: 15 000 requests of two each are 38 % of one shard',
      'Knows what adding to a sorted set and asking for a rank cost: the logarithm of ten million',
      'A durable log of scores, and how long a board takes to be built from it',
      'Boards split and merged, or ranks from buckets, when one set is not enough',
      'The first hundred kept for a second; a new key for a new day',
    ],
    weak: ['Counts rows above a score in SQL for every rank', 'Memory as the only copy of the scores', 'Shards a board without saying how the parts are merged'],
  },
  misses: [
    { target: 'budget', why: 'What the answers weigh was left out when the budget was set. Only smaller answers help: the rank alone, or the first hundred from a CDN.' },
    { target: 'growth', why: 'Three sorted sets cannot be spread evenly over three shards. The next step is ranks from buckets, which is another design.' },
    { target: 'availability:update', why: 'The queue is in the path and promises 99.9 %. Storing each score in a database first costs more than the whole budget.' },
  ],
  reference: {
    stated_usd_month: 1700,
    cost_departure: 'The stated figure leaves out what the answers weigh: 4 KB for 10 000 reads a second are 32 TB a month. Compressed they still cost 1270 dollars.',
    notes: ['Scores are in the queue before the answer goes out; boards are built from the log when they are lost.', 'Answers of 4 KB are compressed to 1.2.', 'Three boards fall on three shards by chance, so that the busiest carries about three quarters: the finding of a hot shard is right, and is the task itself. Names chosen so that each board has a shard of its own help, until one board alone is too much.'],
    design: solve(brief, {
      nodes: [
        { id: 'players', type: 'client', name: 'Players', column: 0, row: 0 },
        { id: 'balancer', type: 'lb-managed', name: 'Load balancer', params: BALANCER, column: 0, row: 1 },
        { id: 'api', type: 'service', name: 'Score API', params: { ...CODE, instances: 12, vcpu: 2, rate_limit: {}, ...scale(4, 36) }, column: 1, row: 1 },
        { id: 'boards', type: 'redis', name: 'Boards', params: { roles: ['leaderboard'], shards: 3, replicas_per_shard: 1, memory_gb: 6.4, eviction: 'noeviction', persistence: 'aof', backup: 'daily', ttl_s: 0 }, column: 2, row: 1 },
        { id: 'scores', type: 'sqs', name: 'Scores', params: { batched: true, visibility_s: 300 }, column: 1, row: 2 },
        { id: 'writer', type: 'celery-worker', name: 'Score writer', params: { ...WORKER, instances: 2, vcpu: 2, task_cpu_s: 0.005, task_io_s: 0, ...scale(2, 8) }, column: 1, row: 3 },
        { id: 'database', type: 'rdbms', name: 'Score log', params: { engine: 'postgres', ha: 'multi_az', vcpu: 2, storage_gb: 100, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 2, row: 3 },
      ],
      edges: [
        { from: 'players', to: 'balancer', params: { timeout_ms: 5000, response_kb: 1.2 } },
        { from: 'balancer', to: 'api', params: { ...call(2000), response_kb: 1.2 } },
        { from: 'api', to: 'boards', params: { op: 'read', queries: 2, pipeline: 2, entity: 'board', timeout_ms: 100, request_kb: 0.1, response_kb: 0.5 } },
        { from: 'api', to: 'scores', params: { payload_kb: 0.3, confirm: true, task_class: 'score', entity: 'score', context_propagated: true } },
        { from: 'scores', to: 'writer', params: { ...TAKE, batch: 50, per: 'batch', batch_window_s: 1 } },
        { from: 'writer', to: 'boards', params: { calls: 100, pipeline: 100, op: 'write', entity: 'board', timeout_ms: 500, request_kb: 0.1, response_kb: 0.05 } },
        { from: 'writer', to: 'database', params: { op: 'write', entity: 'score', timeout_ms: 2000, pool_size: 1, max_overflow: 1 } },
      ],
      paths: {
        read: { entry, reads: [{ entity: 'board' }] },
        update: { entry, writes: [{ entity: 'board' }, { entity: 'score' }] },
      },
      homes: { board: 'boards', score: 'database' },
    }),
  },
};
