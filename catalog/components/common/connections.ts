import type { ConnectionsResource } from '../../../shared/contracts/behavior.ts';
import { number } from '../../../shared/contracts/params.ts';

const A = { provenance: 'A' as const };

/** Long-lived connections that a node holds (semantics 4, kind ws). */
export const connectionFields = {
  conn_per_vcpu: number({ ...A, default: 15_000, min: 1, label: 'Connections per vCPU', group: 'capacity', unit: 'count', help: 'Open WebSocket connections that one core can hold.' }),
  reconnect_jitter_s: number({ ...A, default: 1, min: 0, practice: true, question: 'Do clients spread their reconnects over time?', label: 'Reconnects spread over', group: 'resilience', unit: 's', help: 'When an instance is lost its clients come back within this time. Short means a wave.' }),
};

/** Capacity for open connections of one instance, and the number of instances. */
export function connectionCapacity(params: { readonly instances: number; readonly vcpu: number; readonly conn_per_vcpu: number }): ConnectionsResource {
  return { kind: 'connections', units: params.instances, per_unit: params.vcpu * params.conn_per_vcpu };
}
