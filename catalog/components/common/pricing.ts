import type { CostLine } from '../../../shared/contracts/behavior.ts';
import type { PriceKey } from '../../prices/price-book.ts';

type Quantity = CostLine['quantity'];
type LineOptions = Pick<CostLine, 'autoscaled' | 'pricing_multiplier'>;

/** One price line whose key is checked when it compiles. */
export function costLine(label: string, price: PriceKey, quantity: Quantity, options: LineOptions = {}): CostLine {
  return { label, price, quantity, ...options };
}

/** GB of memory that one priced vCPU of the m5 families brings. */
export const GB_PER_VCPU = 4;

/**
 * vCPUs to pay for so that the machine has both: m5 machines hold 4 GB per vCPU, so more memory means a larger one.
 * A memory-heavy family would be somewhat cheaper.
 */
export function pricedVcpu(vcpu: number, memoryGb: number): number {
  return Math.max(vcpu, memoryGb / GB_PER_VCPU);
}

/** Own machines for a store: instances and gp3 volumes, `copies` of both. */
export function selfHostedStoreCosts(copies: number, vcpu: number, memoryGb: number, storageGb: number): CostLine[] {
  return [
    costLine('Machines', 'ec2_vcpu_h', { per: 'hours', units: copies * pricedVcpu(vcpu, memoryGb) }),
    costLine('Volumes', 'ebs_gp3_gb', { per: 'gb_month', gb: storageGb, copies }),
  ];
}
