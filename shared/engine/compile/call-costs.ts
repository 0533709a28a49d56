/** What one call carries, and how long its sender waits beside the trip. */
import type { WorkloadValues } from '../../contracts/document-params.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import type { PointStep } from '../../model/point-journey.ts';
import type { EdgeFacts, NodeFacts } from '../types.ts';

/** Of a small message, one way. */
export const DEFAULT_KB = 2;

/** What calls depend on beside their connections. */
export interface CallCosts { readonly nodes: readonly NodeFacts[]; readonly workload: WorkloadValues }

/** Kilobytes that the caller sends. */
export function requestSize({ kind, params, from }: EdgeView, workload: WorkloadValues): number {
  const { request_kb, payload_kb } = params.values;
  if (kind === 'publish' || kind === 'consume' || kind === 'trigger') return payload_kb;
  return request_kb ?? (from.behavior.routing === 'source' ? workload.payload_in_kb : DEFAULT_KB);
}

/** Kilobytes that come back. */
export function responseSize({ kind, params, from }: EdgeView, workload: WorkloadValues): number {
  const { response_kb, payload_kb, request_reply } = params.values;
  if (kind === 'publish') return request_reply ? (response_kb ?? payload_kb) : 0;
  if (kind === 'consume' || kind === 'trigger') return 0;
  return response_kb ?? (from.behavior.routing === 'source' ? workload.payload_out_kb : DEFAULT_KB);
}

/** Kilobytes both ways of one call, where a step may answer with more or less. */
export function bothWays({ view, kb }: EdgeFacts, step: PointStep | null | undefined, { workload }: CallCosts): number {
  return step?.response_kb === undefined ? kb : requestSize(view, workload) + step.response_kb;
}

/** Kilobytes of a message that goes back by itself. */
export function wayBack({ view, kb }: EdgeFacts, step: PointStep | null | undefined, { workload }: CallCosts): number {
  return step?.response_kb ?? kb - requestSize(view, workload);
}

/** Seconds until a broker has confirmed a message, where its publisher waits for that. */
export function confirmTime({ view: { kind, to, params } }: EdgeFacts, { nodes }: CallCosts): number {
  return kind === 'publish' && params.values.confirm ? (nodes[to.index]?.broker?.confirm_s ?? 0) : 0;
}
