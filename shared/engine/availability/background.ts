/** The asynchronous part: what is started is done in time unless a consumer is down for longer than the slack (semantics 5). */
import { journeyParams } from '../../contracts/document-params.ts';
import type { EvaluationContext } from '../context.ts';
import { resolve } from '../resolve.ts';
import { waitingAt } from '../solve/waiting.ts';
import type { JourneyLatency } from '../types.ts';
import type { JourneyStructure } from './structures.ts';

/** Nodes of the hard asynchronous path that are not on the synchronous one, `hardNodes` (by node, 1 for those on it). */
function backgroundNodes(context: EvaluationContext, structure: JourneyStructure, journey: number, hardNodes: Uint8Array): number[] {
  const { plan } = context.compiled;
  const { hard, calls: { later, behind, from, to } } = structure.hardness;
  const level = new Uint8Array(plan.slotNode.length);
  for (const entry of plan.entries) if (entry.journey === journey && entry.weight > 0) level[entry.slot] = 1;
  const nodes = new Set<number>();
  for (let i = 0; i < from.length; i++) {
    const at = level[from[i] as number] as number;
    if (at === 0 || (later[i] === 0 && (at === 2 ? behind : hard)[i] === 0)) continue;
    const slot = to[i] as number;
    const next = at === 2 || later[i] === 1 ? 2 : 1;
    level[slot] = level[slot] === 1 ? 1 : next;
    const node = plan.slotNode[slot] as number;
    if (next === 2 && hardNodes[node] === 0) nodes.add(node);
  }
  return [...nodes].sort((a, b) => a - b);
}

/** A_done = A(to publish) x product over n of (1 - U_n e^(-slack/MTTR_n)) (1 - share a full queue turns away); null when nothing runs in the background. */
export function doneAvailability(context: EvaluationContext, structure: JourneyStructure, journey: number, facts: { toPublish: number; hardNodes: Uint8Array; served: readonly number[] }): number | null {
  const { done } = context.latency.journeys[journey] as JourneyLatency;
  const nodes = backgroundNodes(context, structure, journey, facts.hardNodes);
  if (done === null && nodes.length === 0) return null;
  const target = resolve(journeyParams, context.compiled.journeys[journey]?.journey ?? {}).values.done_target_s;
  const normal = done?.quantileS ?? null;
  const slackS = target === null || normal === null || done?.unbounded ? 0 : Math.max(0, target - normal);
  let result = facts.toPublish;
  for (const node of nodes) {
    const repairS = context.compiled.nodes[node]?.view.behavior.failure.outage_s ?? 0;
    const waited = slackS > 0 ? (repairS > 0 ? Math.exp(-slackS / repairS) : 0) : 1;
    const station = context.stations.stations[node];
    const lost = station ? waitingAt(context.compiled, context.flows, station, node).lost : 0;
    result *= (1 - (1 - (facts.served[node] as number)) * waited) * (1 - lost);
  }
  return result;
}
