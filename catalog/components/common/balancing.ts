import type { BalancerResource, BalancingPolicy, TokenBucketResource } from '../../../shared/contracts/behavior.ts';
import { choice, flag, group, number, optionalNumber } from '../../../shared/contracts/params.ts';

const A = { provenance: 'A' as const };

/** Choosing a target, checking it, and what kind of splitter it is. Shared by balancers, proxies and gateways. */
export const balancingFields = {
  algorithm: choice(['round_robin', 'least_conn', 'least_outstanding', 'ip_hash', 'random', 'power_of_two'], {
    ...A, default: 'round_robin', label: 'Algorithm', group: 'capacity',
    help: 'How a target is chosen. Round robin ignores what is still running, least connections follows it, IP hash ties a client to one target. Eight targets 90 % busy answer in 10 service times at random, 5.9 in turn, 3.3 with the best of two, 2.1 with least outstanding.',
    options: { round_robin: 'Round robin', least_conn: 'Least connections', least_outstanding: 'Least outstanding', ip_hash: 'IP hash', random: 'Random', power_of_two: 'Best of two' },
  }),
  mode: choice(['auto', 'balance', 'route', 'partition'], {
    ...A, default: 'auto', label: 'Targets are', group: 'capacity',
    help: 'One pool of equal units, different things chosen by route, or owners of a share of the keys each. Auto decides from what is drawn behind it.',
    options: { auto: 'Auto', balance: 'One pool', route: 'Different routes', partition: 'Partitions' },
  }),
  effective_clients: number({ ...A, default: 20, min: 1, label: 'Distinct client addresses', group: 'capacity', unit: 'count', help: 'Effective number of addresses behind IP hash. Company networks and mobile carriers hide many users behind few addresses.' }),
  health_check: group({
    enabled: flag({ ...A, default: true, label: 'Enabled', group: 'resilience', help: 'Off: a dead target keeps getting its share of the requests.' }),
    interval_s: number({ ...A, default: 10, min: 1, label: 'Interval', group: 'resilience', unit: 's', help: 'Seconds between two checks.' }),
    threshold: number({ ...A, default: 3, min: 1, integer: true, label: 'Failures until out', group: 'resilience', unit: 'count', help: 'Failed checks in a row before a target gets no more requests.' }),
    depth: choice(['shallow', 'deep'], { ...A, default: 'shallow', label: 'Depth', group: 'resilience', help: 'Shallow asks the process only. Deep also tries its dependencies and can take all targets out at once.', options: { shallow: 'Shallow', deep: 'Deep' } }),
  }, { ...A, practice: true, question: 'Does it stop sending requests to a target that fails its health check?', label: 'Health check', group: 'resilience', help: 'Dead targets are taken out. Unset: assumed every 10 s, out after three failures, shallow.' }),
};

/** Resolved balancing parameters. */
export interface BalancingParams {
  readonly algorithm: 'round_robin' | 'least_conn' | 'least_outstanding' | 'ip_hash' | 'random' | 'power_of_two';
  readonly mode: 'auto' | 'balance' | 'route' | 'partition';
  readonly effective_clients: number;
  readonly health_check: { readonly enabled: boolean; readonly interval_s: number; readonly threshold: number; readonly depth: 'shallow' | 'deep' } | null;
}

const ASSUMED_HEALTH_CHECK = { interval_s: 10, threshold: 3, depth: 'shallow' } as const;

/** One name for one policy: least connections is least outstanding requests. */
export function balancingPolicy(algorithm: BalancingParams['algorithm']): BalancingPolicy {
  return algorithm === 'least_conn' ? 'least_outstanding' : algorithm;
}

/** The balancer as data. `latency_s` only where no other resource of the node carries the latency. */
export function balancer(params: BalancingParams, facts: { readonly latency_s: number; readonly default_mode: BalancerResource['default_mode']; readonly sticky?: 'none' | 'cookie' | 'ip' }): BalancerResource {
  const check = params.health_check ?? { enabled: true, ...ASSUMED_HEALTH_CHECK };
  const policy = facts.sticky === 'ip' ? 'ip_hash' : balancingPolicy(params.algorithm);
  return {
    kind: 'balancer',
    policy,
    latency_s: facts.latency_s,
    mode: params.mode === 'auto' ? null : params.mode,
    default_mode: facts.default_mode,
    sticky: policy === 'ip_hash' || facts.sticky === 'cookie',
    effective_clients: params.effective_clients,
    health_check: check.enabled ? { interval_s: check.interval_s, threshold: check.threshold, depth: check.depth } : null,
  };
}

/** A limit on requests. Shared by gateways, proxies and services that limit by themselves. */
export const limitFields = {
  rate_limit: group({
    enabled: flag({ ...A, default: true, label: 'Enabled', group: 'resilience', help: 'Off: no limit here.' }),
    rps: optionalNumber({ ...A, min: 0.001, label: 'Rate', group: 'resilience', unit: 'rps', help: 'Requests per second let through in the long run. Unset: a limit exists but its size is not stated, and nothing is cut.' }),
    burst: optionalNumber({ ...A, min: 1, label: 'Burst', group: 'resilience', unit: 'count', help: 'Requests that may come at once. Unset: one second of the rate.' }),
    policy: choice(['local', 'shared'], { ...A, default: 'local', label: 'Counter', group: 'resilience', help: 'Local: each instance counts alone, so the true limit is up to the number of instances times as high. Shared: one counter, and 0.8 ms for the call to it unless the store that counts is drawn as a rate limiter.', options: { local: 'Per instance', shared: 'Shared' } }),
    contractual: flag({ ...A, default: false, label: 'Promised to customers', group: 'resilience', help: 'The limit is part of a contract and must be exact.' }),
  }, { ...A, practice: true, question: 'Is there a limit on requests per client here?', label: 'Rate limit', group: 'resilience', help: 'Requests over the limit are refused instead of using up everything behind. Unset: not stated, nothing is cut.' }),
};

/** Resolved limit parameters. */
export interface LimitParams {
  readonly rate_limit: { readonly enabled: boolean; readonly rps: number | null; readonly burst: number | null; readonly policy: 'local' | 'shared' } | null;
}

/** The token bucket, when a rate is stated. */
export function tokenBucket(params: LimitParams): TokenBucketResource[] {
  const limit = params.rate_limit;
  if (limit === null || !limit.enabled || limit.rps === null) return [];
  return [{ kind: 'token-bucket', rate: limit.rps, burst: limit.burst ?? Math.max(1, limit.rps), policy: limit.policy, stated: true }];
}
