import type { Scenario, ScenarioBrief } from '../../shared/contracts/scenario.ts';
import { edgeId } from '../templates/drawing.ts';
import { call, CODE, scale, solve, weights } from './solution.ts';

const brief: ScenarioBrief = {
  id: 'rate-limiter',
  title: 'Rate limiter',
  minutes: 35,
  summary: 'Decide 50 000 times a second within 5 ms whether a request may pass, and never be the outage.',
  statement: 'All gateways ask one service whether a request may pass. The answer may add 5 ms at most, counters are shared, and when the limiter is slow or down requests pass.',
  asked: ['Limits for each key and each address, steady and in bursts', 'Counters shared by all gateways', 'New limits without a restart', 'Refusals with the time to try again'],
  given: ['200 000 keys are active; popularity follows Zipf with exponent 1.1: one key has 13 % of the traffic', 'Fail open: a decision that does not come is a yes'],
  workload: { peak_rps: 50_000, peak_to_avg: 3.3, payload_in_kb: 0.2, payload_out_kb: 0.1, growth_target: 3, eng: 6, requests_per_connection: 10_000, connection_life_s: 3600 },
  targets: { budget_usd_month: 2500, obi_budget: 1 },
  settings: { cost_month: 12, weights: weights(0.2, 0.3, 0.2, 0.15, 0.1, 0.05) },
  journeys: [{ id: 'decide', name: 'Decide', rate_rps: 50_000, op: 'mixed', read_fraction: 0.5, p99_target_ms: 5, availability_target: 0.9999 }],
  entities: [{ id: 'counter', name: 'Counter', keys: 200_000, item_kb: 0.1, zipf_s: 1.1, requirement: 'bounded', bound_s: 1, rows_per_write: 0, loss_tolerance_s: 60, durable_ack: false }],
  demands: [
    { title: 'Processor time of a decision', value: 0.25, unit: 'ms', stage: 'entry', field: 'cpu_ms' },
  ],
  hazardTargets: [],
  judged: [{ id: 'error', title: 'Error of the limits', wanted: 'at most 5 %' }],
};

/** A hot key, a tight deadline, and what happens when it is missed. */
export const rateLimiter: Scenario = {
  ...brief,
  traps: ['local-rate-limit-counter', 'hot-key', 'missing-timeout', 'spof-stateful-node', 'eviction-policy-mismatch'],
  rubric: {
    strong: [
      'Token bucket, sliding window and GCRA with their memory for each key',
      'Derives the hot shard: the first key alone is 13 % of 50 000 operations, on whatever shard it stands',
      'Leases tokens to the limiters and counts locally in between: less exact, far fewer operations',
      'A timeout of two milliseconds, then open',
      'Clocks that differ, and keys spread over shards',
    ],
    weak: ['A counter in each gateway: the limit times the number of gateways', 'No timeout: a limiter that hangs takes the whole API with it', 'A store that evicts counters when memory is short'],
  },
  misses: [],
  reference: {
    stated_usd_month: 1450,
    cost_departure: 'The limiters scale: on average half of the six machines run.',
    notes: ['Limiters lease tokens in lots of ten: one store operation for two decisions on average, more for popular keys.', 'Gateways wait 4 ms, then let the request pass and count that they did.'],
    design: solve(brief, {
      nodes: [
        { id: 'callers', type: 'client', name: 'Callers', params: { kind: 'internal' }, column: 0, row: 0 },
        { id: 'gateways', type: 'custom', name: 'API gateways', params: { instances: 6, availability: 1 }, column: 0, row: 1 },
        { id: 'balancer', type: 'lb-managed', name: 'Network balancer', params: { variant: 'nlb', algorithm: 'least_conn', health_check: {} }, column: 1, row: 1 },
        { id: 'limiter', type: 'service', name: 'Limiter', params: { ...CODE, instances: 6, vcpu: 4, cs2: 0.2, ...scale(4, 18) }, column: 2, row: 1 },
        { id: 'counters', type: 'redis', name: 'Counters', params: { roles: ['rate_limiter'], shards: 3, replicas_per_shard: 1, memory_gb: 6.4, eviction: 'noeviction', persistence: 'none', backup: 'none', ttl_s: 60 }, column: 3, row: 1 },
      ],
      edges: [
        { from: 'callers', to: 'gateways', params: { timeout_ms: 5000, request_kb: 0.2, response_kb: 0.1 } },
        { from: 'gateways', to: 'balancer', params: { timeout_ms: 4, request_kb: 0.2, response_kb: 0.1, fallback: true, circuit_breaker: true } },
        { from: 'balancer', to: 'limiter', params: { ...call(4), request_kb: 0.2, response_kb: 0.1 } },
        { from: 'limiter', to: 'counters', params: { calls: 0.5, entity: 'counter', timeout_ms: 2, fallback: true, circuit_breaker: true, request_kb: 0.1, response_kb: 0.1 } },
      ],
      paths: { decide: { entry: edgeId('callers', 'gateways'), reads: [{ entity: 'counter' }], writes: [{ entity: 'counter' }] } },
      homes: { counter: 'counters' },
    }),
  },
};
