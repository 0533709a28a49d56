/** What one request of a journey touches, and how often. */
import { floats, type Numbers, wholes } from '../math/lists.ts';
import type { Call, CompiledDesign, TrafficResult } from '../types.ts';
import { callColumns, TRAIT } from './call-columns.ts';

/** Visits of every slot and edge for one request of one journey, and which of them it reaches at all. */
export interface JourneyVisits {
  /** Operations per request over each edge. */
  readonly edges: Numbers;
  readonly slots: Numbers;
  /** Reached through synchronous calls only: 1, also asynchronously: 2, not at all: 0. */
  readonly reach: Numbers;
  readonly edgeReach: Numbers;
}

/** Walk one request of each journey with the hit ratios of `flows`. */
export function visitJourneys(compiled: CompiledDesign, flows: TrafficResult): readonly JourneyVisits[] {
  const { plan, edges } = compiled;
  const slots = plan.slotNode.length;
  return compiled.journeys.map((_, journey) => {
    const visits = { edges: floats(edges.length), slots: floats(slots), reach: wholes(slots), edgeReach: wholes(edges.length) };
    walkCalls(compiled, flows, visits, enter(compiled, visits, journey));
    return visits;
  });
}

/** Where a journey comes in. Returns the position of the first call that it may make. */
function enter({ plan }: CompiledDesign, visits: JourneyVisits, journey: number): number {
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
  return low;
}

function walkCalls({ plan }: CompiledDesign, { miss }: TrafficResult, { slots, edges, reach, edgeReach }: JourneyVisits, low: number): void {
  const { from, to, edge, rate, drive, traits } = callColumns(plan.calls);
  for (let i = low; i < from.length; i++) {
    const caller = from[i] as number;
    const reached = reach[caller] as number;
    if (reached === 0) continue;
    const trait = traits[i] as number;
    const over = edge[i] as number;
    const callee = to[i] as number;
    const level = reached === 2 || (trait & TRAIT.async) !== 0 ? 2 : 1;
    if (edgeReach[over] !== 1) edgeReach[over] = level;
    if (reach[callee] !== 1) reach[callee] = level;
    if ((trait & TRAIT.given) !== 0) continue;
    let visited = (slots[caller] as number) * (rate[i] as number);
    if ((trait & TRAIT.gated) !== 0) for (const gate of (plan.calls[i] as Call).gates) visited *= miss[gate] as number;
    edges[over] = (edges[over] as number) + visited;
    slots[callee] = (slots[callee] as number) + visited * (drive[i] as number);
  }
}
