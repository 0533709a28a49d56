import { number, type ParamMeta } from '../../../shared/contracts/params.ts';

/** The provider's service level as a parameter of a managed service: a share of time, 0.5 to 1. */
export function availabilityField(level: number, from: Pick<ParamMeta, 'provenance' | 'source'> = { provenance: 'V', source: 'cloud-sla' }) {
  return number({ ...from, default: level, min: 0.5, max: 1, step: 0.001, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Service level of the provider: a refund threshold, not a measurement.' });
}
