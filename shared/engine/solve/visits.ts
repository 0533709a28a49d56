/** What one request of a journey touches, and how often. */
import type { CompiledDesign, Plan, TrafficResult } from '../types.ts';

/** Visits of every slot and edge for one request of one journey, and which of them it reaches at all. */
export interface JourneyVisits {
  /** Operations per request over each edge. */
  readonly edges: Float64Array;
  readonly slots: Float64Array;
  /** Reached through synchronous calls only: 1, also asynchronously: 2, not at all: 0. */
  readonly reach: Uint8Array;
  readonly edgeReach: Uint8Array;
}

/** Walk one request of one journey with the hit ratios of `flows`. */
export function visitJourney(compiled: CompiledDesign, flows: TrafficResult, journey: number): JourneyVisits {
  const { plan, edges } = compiled;
  const visits = { edges: new Float64Array(edges.length), slots: new Float64Array(plan.slotNode.length), reach: new Uint8Array(plan.slotNode.length), edgeReach: new Uint8Array(edges.length) };
  let low = plan.calls.length;
  for (const entry of plan.entries) {
    if (entry.journey !== journey || entry.weight === 0) continue;
    visits.slots[entry.slot] = (visits.slots[entry.slot] as number) + entry.weight;
    visits.reach[entry.slot] = 1;
    low = Math.min(low, plan.firstCall[entry.slot] as number);
    if (entry.edge < 0) continue;
    visits.edges[entry.edge] = (visits.edges[entry.edge] as number) + entry.weight;
    visits.edgeReach[entry.edge] = 1;
  }
  walkCalls(plan, flows, visits, low);
  return visits;
}

function walkCalls(plan: Plan, flows: TrafficResult, visits: JourneyVisits, low: number): void {
  const drive = visits.slots;
  for (let i = low; i < plan.calls.length; i++) {
    const call = plan.calls[i] as Plan['calls'][number];
    const from = visits.reach[call.from] as number;
    if (from === 0) continue;
    const level = from === 2 || call.wait === 'async' ? 2 : 1;
    visits.edgeReach[call.edge] = visits.edgeReach[call.edge] === 1 ? 1 : level;
    visits.reach[call.to] = visits.reach[call.to] === 1 ? 1 : level;
    if (call.reply === 'given') continue;
    let rate = (drive[call.from] as number) * call.rate;
    for (const gate of call.gates) rate *= flows.miss[gate] as number;
    visits.edges[call.edge] = (visits.edges[call.edge] as number) + rate;
    drive[call.to] = (drive[call.to] as number) + rate * call.drive;
  }
}
