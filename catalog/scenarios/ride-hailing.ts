import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { BALANCER, call, CODE, OUTBOX, scale, solve, TAKE, weights, WORKER } from './solution.ts';

/** Shares of the four largest cities, and 46 more that share the rest. */
const CITIES = [0.22, 0.15, 0.12, 0.1, ...Array.from({ length: 46 }, () => 0.41 / 46)];

const brief: ScenarioBrief = {
  id: 'ride-hailing',
  title: 'Ride hailing',
  minutes: 60,
  summary: 'Take 25 000 positions a second, match riders in two seconds, never send two cars.',
  statement: 'Drivers send their position every few seconds, riders ask for a car. A match takes at most two seconds and no driver is given two rides. Trips must survive; positions need not.',
  asked: ['Positions of drivers', 'Ride requests and matching', 'The life of a trip, from offer to payment', 'Time of arrival, and prices that follow demand'],
  given: ['Fifty cities: the largest has 22 % of the traffic, the next 15, 12 and 10 %', 'A position is 150 bytes', 'Maps and payments are bought from others'],
  workload: { peak_rps: 25_700, peak_to_avg: 2.5, payload_in_kb: 0.15, payload_out_kb: 0.3, growth_target: 3, eng: 45, requests_per_connection: 100 },
  targets: { budget_usd_month: 16_000, obi_budget: 5 },
  settings: { cost_month: 12, weights: weights(0.2, 0.15, 0.2, 0.2, 0.15, 0.1) },
  journeys: [
    { id: 'ping', name: 'Send a position', rate_rps: 25_000, op: 'write', p99_target_ms: 200, availability_target: 0.999 },
    { id: 'ride', name: 'Ask for a ride', rate_rps: 500, op: 'write', importance: 2, p99_target_ms: 2000, availability_target: 0.999 },
    { id: 'trip', name: 'Change a trip', rate_rps: 200, op: 'write', p99_target_ms: 500, availability_target: 0.9995 },
  ],
  entities: [
    { id: 'location', name: 'Position', keys: 200_000, item_kb: 0.15, zipf_s: 0.2, requirement: 'bounded', bound_s: 10, rows_per_write: 0, loss_tolerance_s: 60, durable_ack: false, geo_weights: CITIES },
    { id: 'trip', name: 'Trip', keys: 100_000, item_kb: 1, zipf_s: 0.2, requirement: 'strong', row_bytes: 1024, rows_per_write: 0.25, initial_rows: 10_000_000, retention_days: 180, loss_tolerance_s: 0, duplicate_tolerance: 'none', geo_weights: CITIES },
  ],
  demands: [
    { title: 'Processor time of a position', value: 0.5, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['ping'] },
    { title: 'Processor time of a match', value: 25, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['ride'] },
    { title: 'Processor time of a change to a trip', value: 10, unit: 'ms', stage: 'entry', field: 'cpu_ms', journeys: ['trip'] },
  ],
  hazardTargets: [{ id: 'dispatch', title: 'Ways to send two cars or lose a trip', hazards: ['dual-write', 'duplicates', 'loss-window'] }],
  judged: [],
};

const driver = edgeId('drivers', 'front');
const rider = edgeId('riders', 'balancer');
const match = edgeId('trips', 'positions');
const maps = edgeId('trips', 'maps');

/** Two loads that must not meet: a flood that may be lost and a trickle that may not. */
export const rideHailing: Scenario = {
  ...brief,
  traps: ['monolithic-persistence', 'hot-shard', 'deep-sync-chain', 'sync-third-party', 'retry-storm', 'cross-shard-operations'],
  rubric: {
    strong: [
      'Keeps only the last position, in memory, with an expiry: 25 000 writes a second are twenty times what a database processor takes',
      'Splits the world into cells and the cells of a stadium again',
      'Gives a driver away with compare and set, in one place',
      'Cells by city, so that one failure takes the share of its largest city at most',
      'Answers without maps when they are slow, and keeps only trips for good',
    ],
    weak: ['Positions in the relational database', 'A chain of calls: request, match, price, arrival, payment', 'Matches across the border of two shards without a word'],
  },
  misses: [],
  reference: {
    stated_usd_month: 11_300,
    cost_departure: 'Both services scale, so that their average is paid; a queue takes the place of a log of three brokers, and positions need three pairs of nodes, not six large ones.',
    notes: ['A driver is claimed by compare and set on the trip’s row; the position in memory is only a hint.', 'Payment follows the trip through a queue, and maps have a fallback: the straight line.'],
    design: solve(brief, {
      nodes: [
        { id: 'drivers', type: 'client', name: 'Drivers', column: 0, row: 0 },
        { id: 'front', type: 'lb-managed', name: 'Driver balancer', params: { variant: 'nlb', algorithm: 'least_conn', health_check: {} }, column: 1, row: 0 },
        { id: 'location', type: 'service', name: 'Location service', params: { ...CODE, instances: 6, vcpu: 4, rate_limit: {}, ...scale(4, 18) }, column: 2, row: 0 },
        { id: 'positions', type: 'redis', name: 'Last positions', params: { roles: ['store'], shards: 3, replicas_per_shard: 1, memory_gb: 13, eviction: 'noeviction', persistence: 'none', backup: 'none', ttl_s: 60 }, column: 3, row: 0 },
        { id: 'riders', type: 'client', name: 'Riders', column: 0, row: 1 },
        { id: 'balancer', type: 'lb-managed', name: 'Rider balancer', params: BALANCER, column: 1, row: 1 },
        { id: 'trips', type: 'service', name: 'Trip service', params: { ...CODE, canary: 0.05, instances: 8, vcpu: 4, rate_limit: {}, ...scale(4, 24) }, column: 2, row: 1 },
        { id: 'maps', type: 'external-api', name: 'Maps', params: { latency_ms: 150, availability: 0.999 }, column: 3, row: 1 },
        { id: 'events', type: 'sqs', name: 'Trips to pay', params: { visibility_s: 120 }, column: 2, row: 2 },
        { id: 'payments', type: 'celery-worker', name: 'Payment workers', params: { ...WORKER, instances: 2, vcpu: 2, concurrency: 60, task_cpu_s: 0.005, task_io_s: 0, ...scale(2, 6) }, column: 2, row: 3 },
        { id: 'database', type: 'rdbms', name: 'Trips by city', params: { engine: 'postgres', ha: 'aurora', vcpu: 4, shards: 2, placement: 'geo', geo_weights: [0.5, 0.5], storage_gb: 500, backup: 'pitr', migration_strategy: 'expand_contract' }, column: 3, row: 2 },
        { id: 'provider', type: 'external-api', name: 'Payment provider', params: { latency_ms: 300, cs2: 0.8 }, column: 3, row: 3 },
      ],
      edges: [
        { from: 'drivers', to: 'front', params: { timeout_ms: 2000, request_kb: 0.15, response_kb: 0.1 } },
        { from: 'front', to: 'location', params: { ...call(1000), request_kb: 0.15, response_kb: 0.1 } },
        { from: 'location', to: 'positions', params: { entity: 'location', op: 'write', timeout_ms: 100, request_kb: 0.15, response_kb: 0.05 } },
        { from: 'riders', to: 'balancer', params: { timeout_ms: 10_000 } },
        { from: 'balancer', to: 'trips', params: call(5000) },
        { from: 'trips', to: 'positions', params: { calls: 2, op: 'read', entity: 'location', timeout_ms: 100, response_kb: 8 } },
        { from: 'trips', to: 'maps', params: { timeout_ms: 1000, fallback: true, circuit_breaker: true, context_propagated: true } },
        { from: 'trips', to: 'events', params: { ...OUTBOX, payload_kb: 1, probability: 0.3, task_class: 'payment', entity: 'trip' } },
        { from: 'trips', to: 'database', params: { entity: 'trip', queries: 2, timeout_ms: 1000, pool_size: 3, max_overflow: 2 } },
        { from: 'events', to: 'payments', params: TAKE },
        { from: 'payments', to: 'database', params: { op: 'write', entity: 'trip', timeout_ms: 1000, pool_size: 1, max_overflow: 0 } },
        { from: 'payments', to: 'provider', params: { timeout_ms: 3000, idempotency_key: true, circuit_breaker: true, retries: 2, backoff: 'exp_jitter', retry_budget: 0.1 } },
      ],
      paths: {
        ping: { entry: driver, writes: [{ entity: 'location' }] },
        ride: { entry: rider, steps: [{ edge: match, op: 'read' }], reads: [{ entity: 'location' }], writes: [{ entity: 'trip' }] },
        trip: { entry: rider, steps: [{ edge: match, calls: 0 }, { edge: maps, calls: 0 }], writes: [{ entity: 'trip' }] },
      },
      homes: { location: 'positions', trip: 'database' },
    }),
  },
};
