import type { Behavior, BehaviorContext, ProcessServerResource } from '../../../shared/contracts/behavior.ts';
import { limitFields, tokenBucket, type LimitParams } from './balancing.ts';
import { connectionCapacity, connectionFields } from './connections.ts';
import type { Effective } from './effective.ts';
import { instanceFailure, type DeployParams } from './failure.ts';
import { fleetAutoscale, fleetCosts, fleetEffective, fleetFields, type FleetParams } from './fleet.ts';
import { guardCpuS, mechanismsOf, ownGuardFields, practiceFields } from './practices.ts';
import { processEffective, processFields, processServer, unmodelledProcessSettings, type ProcessParams } from './python-process.ts';

/** All fields of an application that answers requests. Monolith and service differ in their defaults only. */
export function applicationFields(defaults: Parameters<typeof processFields>[0]) {
  return { ...fleetFields({ vcpu: 2 }), ...processFields(defaults), ...connectionFields, ...limitFields, ...practiceFields, ...ownGuardFields };
}

type ApplicationParams = FleetParams & ProcessParams & LimitParams & DeployParams & { readonly conn_per_vcpu: number; readonly own_auth: boolean; readonly auth_ms: number };

/** The process server with the checks that no gateway makes for it (evaluation 5.9). */
function guardedServer(params: ApplicationParams): ProcessServerResource {
  const server = processServer(params);
  const guardS = guardCpuS(params);
  return guardS > 0 ? { ...server, demand: { ...server.demand, cpu_s: server.demand.cpu_s + guardS } } : server;
}

/** Own code that answers requests: a process server on interchangeable instances. */
export function application(params: ApplicationParams, context: BehaviorContext): Behavior {
  return {
    routing: 'fan-out',
    role: 'compute',
    stateful: false,
    resources: [guardedServer(params), connectionCapacity(params), ...tokenBucket(params)],
    failure: instanceFailure(params.unit_availability, params.instances, params),
    costs: fleetCosts(params),
    operations: { technology: 'own code', burden: 'none', deployable: true, mechanisms: mechanismsOf(params) },
    consistency: null,
    autoscale: fleetAutoscale(params),
    source_rate: null,
    not_modelled: unmodelledProcessSettings(params, context),
  };
}

/** What unset settings of an application take from others. */
export function applicationEffective(params: ApplicationParams): Effective {
  return { ...fleetEffective(params), ...processEffective(params) };
}
