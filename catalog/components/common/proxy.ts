import type { BalancerResource, Behavior } from '../../../shared/contracts/behavior.ts';
import { balancer, tokenBucket, type BalancingParams, type LimitParams } from './balancing.ts';
import { connectionCapacity } from './connections.ts';
import { instanceFailure } from './failure.ts';
import { fleetAutoscale, fleetCosts, type FleetParams } from './fleet.ts';
import { mechanismsOf } from './practices.ts';

/** Resolved parameters of a proxy that runs on machines of the team. */
export type ProxyParams = FleetParams & BalancingParams & LimitParams & { readonly conn_per_vcpu: number; readonly latency_ms: number };

/** What a proxy is called, how many requests one core passes on per second, and how it chooses between unlike targets. */
export interface ProxyFacts {
  readonly role: Behavior['role'];
  readonly technology: string;
  readonly rps_per_vcpu: number;
  readonly default_mode: BalancerResource['default_mode'];
}

/** A fleet without state of its own that passes each request on to one target. All of its latency stands in the capped resource. */
export function proxyBehavior(params: ProxyParams, { role, technology, rps_per_vcpu, default_mode }: ProxyFacts): Behavior {
  return {
    routing: 'split',
    role,
    stateful: false,
    resources: [
      { kind: 'capped', id: 'proxy', units: params.instances, capacity: params.vcpu * rps_per_vcpu, per: 'request', latency_s: params.latency_ms / 1000, cs2: 1, knee: 0.85 },
      balancer(params, { latency_s: 0, default_mode }),
      connectionCapacity(params),
      ...tokenBucket(params),
    ],
    failure: instanceFailure(params.unit_availability, params.instances),
    costs: fleetCosts(params),
    operations: { technology, burden: 'self-hosted-stateless', deployable: false, mechanisms: mechanismsOf(params) },
    consistency: null,
    autoscale: fleetAutoscale(params),
    source_rate: null,
    not_modelled: [],
  };
}
