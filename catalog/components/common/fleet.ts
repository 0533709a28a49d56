import type { Autoscale, CostLine } from '../../../shared/contracts/behavior.ts';
import { choice, group, number, optionalNumber } from '../../../shared/contracts/params.ts';
import { derived, type Effective } from './effective.ts';
import { costLine, GB_PER_VCPU, pricedVcpu } from './pricing.ts';

const A = { provenance: 'A' as const };

/** Share of the on-demand price (semantics 10). */
const PRICE_SHARE = { on_demand: 1, reserved: 0.63, spot: 0.35 } as const;

/** Seconds from the decision to scale until a new unit serves (evaluation 5.11). */
const SCALE_LAG_S = { ec2: 180, fargate: 60 } as const;

/** Machines that run interchangeable units: number, size, scaling, price. Shared by proxies, services and workers. */
export function fleetFields(defaults: { readonly vcpu: number }) {
  return {
    instances: number({ ...A, default: 2, min: 1, integer: true, step: 1, label: 'Instances', group: 'capacity', unit: 'count', help: 'Machines or containers running. One spare beyond what the peak needs survives the loss of one.' }),
    vcpu: number({ ...A, default: defaults.vcpu, min: 0.25, step: 1, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Processor cores of each instance.' }),
    mem_gb: optionalNumber({ ...A, min: 0.1, label: 'Memory', group: 'capacity', unit: 'gb', help: 'Memory of each instance. Unset: 4 GB per vCPU. More than that is priced as a larger machine.' }),
    autoscale: group({
      min: number({ ...A, default: 2, min: 1, integer: true, label: 'Fewest', group: 'capacity', unit: 'count', help: 'Instances kept at the lowest load.' }),
      max: number({ ...A, default: 10, min: 1, integer: true, label: 'Most', group: 'capacity', unit: 'count', help: 'Instances at most. Headroom is counted up to here.' }),
      target: number({ ...A, default: 0.6, min: 0.05, max: 0.95, step: 0.05, label: 'Target use', group: 'capacity', unit: 'ratio', help: 'Utilisation that scaling aims at.' }),
      lag_s: optionalNumber({ ...A, min: 0, label: 'Lag', group: 'capacity', unit: 's', help: 'Seconds until a new instance serves. Unset: 180 s on virtual machines, 60 s on Fargate.' }),
    }, { ...A, label: 'Autoscaling', group: 'capacity', help: 'Instances follow the load between two limits; the drawn number is then only the picture. Unset: fixed.' }),
    unit_availability: number({ default: 0.995, min: 0.5, max: 0.999999999, step: 0.001, provenance: 'V', source: 'cloud-sla', label: 'Availability of one', group: 'resilience', unit: 'ratio', help: 'Share of time one instance works. The default is the service level for a single instance: a refund threshold, not a measurement.' }),
    host: choice(['ec2', 'fargate'], { ...A, default: 'ec2', label: 'Runs on', group: 'placement', help: 'Virtual machines, or containers without machines. Changes the price and how fast it scales.', options: { ec2: 'Virtual machines', fargate: 'Fargate containers' } }),
    pricing: choice(['on_demand', 'reserved', 'spot'], { ...A, default: 'on_demand', label: 'Pricing', group: 'cost', help: 'Reserved pays 63 % and spot 35 % of the on-demand price. Spot machines can be taken away at two minutes’ notice.', options: { on_demand: 'On demand', reserved: 'Reserved', spot: 'Spot' } }),
  };
}

/** Resolved fleet parameters, as every component with `fleetFields` has them. */
export interface FleetParams {
  readonly instances: number;
  readonly vcpu: number;
  readonly mem_gb: number | null;
  readonly autoscale: { readonly min: number; readonly max: number; readonly target: number; readonly lag_s: number | null } | null;
  readonly unit_availability: number;
  readonly host: 'ec2' | 'fargate';
  readonly pricing: 'on_demand' | 'reserved' | 'spot';
}

/** Memory of one instance, GB. */
export function memoryGb(params: Pick<FleetParams, 'vcpu' | 'mem_gb'>): number {
  return params.mem_gb ?? GB_PER_VCPU * params.vcpu;
}

/** Scaling limits in order, or null for a fixed number of instances. */
export function fleetAutoscale(params: FleetParams): Autoscale | null {
  if (params.autoscale === null) return null;
  const { min, max, target, lag_s } = params.autoscale;
  return { min, max: Math.max(min, max), target, lag_s: lag_s ?? SCALE_LAG_S[params.host] };
}

/** What the machines cost: vCPU hours (memory included up to 4 GB each), or Fargate's vCPU and memory hours. */
export function fleetCosts(params: FleetParams): CostLine[] {
  const options = { autoscaled: params.autoscale !== null, pricing_multiplier: PRICE_SHARE[params.pricing] };
  const memory = memoryGb(params);
  if (params.host === 'fargate') {
    return [
      costLine('Fargate vCPUs', 'fargate_vcpu_h', { per: 'hours', units: params.instances * params.vcpu }, options),
      costLine('Fargate memory', 'fargate_gb_h', { per: 'hours', units: params.instances * memory }, options),
    ];
  }
  return [costLine('Instances', 'ec2_vcpu_h', { per: 'hours', units: params.instances * pricedVcpu(params.vcpu, memory) }, options)];
}

/** What unset fleet settings take from others. */
export function fleetEffective(params: FleetParams): Effective {
  return derived('mem_gb', params.mem_gb, memoryGb(params), `${GB_PER_VCPU} GB for each vCPU`);
}
