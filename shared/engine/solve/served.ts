/** Share of a journey's requests that are answered: the narrowest hard place decides (semantics 9.1). */
import type { CompiledDesign, StationResult, TrafficResult } from '../types.ts';
import { visitJourney } from './visits.ts';

/** Share that the narrowest node serves: capacity over first attempts, so that retries do not count twice. */
function narrowest(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, hard: Uint8Array): number {
  let served = 1;
  for (let slot = 0; slot < hard.length; slot++) {
    if (hard[slot] !== 1) continue;
    const index = compiled.plan.slotNode[slot] as number;
    const all = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
    const ofFirst = flows.retries && all > 0 ? (flows.first[index] as number) / all : 1;
    for (const { capacity, utilisation } of stations.stations[index]?.resources ?? []) {
      if (capacity !== null && utilisation * ofFirst > 1) served = Math.min(served, 1 / (utilisation * ofFirst));
    }
  }
  return served;
}

/**
 * min over hard nodes min(1, capacity / first attempts), times for every hard call that all attempts outlast the timeout,
 * or find no connection, with the probability that the request makes the call.
 */
export function servedShare(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, timeouts: Float64Array, journey: number): number {
  const { plan, edges } = compiled;
  const hard = new Uint8Array(plan.slotNode.length);
  for (const entry of plan.entries) if (entry.journey === journey && entry.weight > 0) hard[entry.slot] = 1;
  const failing: number[] = [];
  for (let i = 0; i < plan.calls.length; i++) {
    const call = plan.calls[i] as (typeof plan.calls)[number];
    if (hard[call.from] !== 1 || !call.hard || call.wait === 'async' || !(call.drive > 0)) continue;
    hard[call.to] = 1;
    if ((timeouts[call.edge] as number) > 0 || (stations.pools[call.edge]?.refused ?? 0) > 0) failing.push(call.edge);
  }
  let served = narrowest(compiled, flows, stations, hard);
  if (failing.length === 0) return served;
  const visits = visitJourney(compiled, flows, journey);
  for (const edge of new Set(failing)) {
    const refused = stations.pools[edge]?.refused ?? 0;
    const attempt = 1 - (1 - (timeouts[edge] as number)) * (1 - refused);
    const lost = attempt ** ((edges[edge]?.view.params.values.retries ?? 0) + 1);
    served *= 1 - Math.min(1, visits.edges[edge] as number) * lost;
  }
  return served;
}
