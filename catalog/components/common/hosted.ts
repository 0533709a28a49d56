import type { Behavior, CostLine, FailureModel, OperationalFacts } from '../../../shared/contracts/behavior.ts';
import { choice, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { derived, type Effective } from './effective.ts';
import { FAILURES_PER_YEAR, instanceFailure, serviceFailure } from './failure.ts';
import { GB_PER_VCPU, selfHostedStoreCosts } from './pricing.ts';

const A = { provenance: 'A' as const };

/** Service level of a single machine (evaluation 6.1). */
const OWN_MACHINE = 0.995;

/** Fields of a helper service that is bought from a provider or run by the team. `sla` is the provider's service level. */
export function hostingFields(facts: { readonly sla: string; readonly storage_gb: number }) {
  return {
    hosting: choice(['provider', 'own'], { ...A, default: 'provider', label: 'Run by', group: 'placement', help: 'A provider, paid by use, or your own machines that someone must look after.', options: { provider: 'A provider', own: 'Your team' } }),
    instances: number({ ...A, default: 2, min: 1, integer: true, step: 1, label: 'Instances', group: 'capacity', unit: 'count', help: 'Machines, when your team runs it.' }),
    vcpu: number({ ...A, default: 2, min: 0.25, step: 1, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Processor cores of each machine, when your team runs it.' }),
    storage_gb: number({ ...A, default: facts.storage_gb, min: 1, step: 10, label: 'Storage per machine', group: 'data', unit: 'gb', help: 'Disk of each machine, when your team runs it.' }),
    availability: optionalNumber({ provenance: 'V', source: 'cloud-sla', min: 0.5, max: 0.999999999, label: 'Availability', group: 'resilience', unit: 'ratio', help: `Unset: service level ${facts.sla} of a provider; 99.5 % for each machine of your own.` }),
  };
}

/** Resolved hosting parameters. */
export interface HostingParams {
  readonly hosting: 'provider' | 'own';
  readonly instances: number;
  readonly vcpu: number;
  readonly storage_gb: number;
  readonly availability: number | null;
}

/** True when a provider runs it: neither the parameter nor the node says otherwise. */
export function isProvided(params: HostingParams, managed: boolean): boolean {
  return managed && params.hosting === 'provider';
}

/** A regional service with one number, or interchangeable machines. */
export function hostedFailure(params: HostingParams, provided: boolean, sla: number): FailureModel {
  if (provided) return serviceFailure({ availability: params.availability ?? sla, units: 1, regional: true, perYear: FAILURES_PER_YEAR.regionalManaged });
  return instanceFailure(params.availability ?? OWN_MACHINE, params.instances);
}

/** What the provider's meter says, or machines and volumes. */
export function hostedCosts(params: HostingParams, provided: boolean, metered: readonly CostLine[]): CostLine[] {
  if (provided) return [...metered];
  return selfHostedStoreCosts(params.instances, params.vcpu, GB_PER_VCPU * params.vcpu, params.storage_gb);
}

/** What it asks of people: next to nothing from a provider, a cluster with data when it is your own. */
export function hostedOperations(technology: string, provided: boolean, own: OperationalFacts['burden'] = 'self-hosted-stateful'): OperationalFacts {
  return { technology, burden: provided ? 'serverless' : own, deployable: false, mechanisms: [] };
}

/** What a helper beside the requests is: what it is called, its provider's service level and meter, and what is not computed. */
export interface HelperFacts {
  readonly role: Behavior['role'];
  readonly technology: string;
  readonly managed: boolean;
  readonly sla: number;
  readonly metered: readonly CostLine[];
  readonly not_modelled?: readonly string[];
}

/** A helper that is asked or told beside the requests and bears none of their load. */
export function hostedHelper(params: HostingParams, { role, technology, managed, sla, metered, not_modelled = [] }: HelperFacts): Behavior {
  const provided = isProvided(params, managed);
  return {
    routing: 'sink',
    role,
    stateful: false,
    resources: [],
    failure: hostedFailure(params, provided, sla),
    costs: hostedCosts(params, provided, metered),
    operations: hostedOperations(technology, provided),
    consistency: null,
    autoscale: null,
    source_rate: null,
    not_modelled,
  };
}

/** What the unset availability is. */
export function hostedEffective(params: HostingParams, sla: number): Effective {
  const own = params.hosting === 'own';
  return derived('availability', params.availability, own ? OWN_MACHINE : sla, own ? 'service level of a single machine' : 'service level of a provider');
}
