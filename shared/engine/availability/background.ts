/** The asynchronous part: what is started is done in time unless a consumer is down for longer than the slack (semantics 5). */
import { journeyParams } from '../../contracts/document-params.ts';
import type { EvaluationContext } from '../context.ts';
import { resolve } from '../resolve.ts';
import type { EdgeFacts, JourneyLatency } from '../types.ts';
import { isHardCall } from './structure.ts';
import type { JourneyStructure } from './structures.ts';

/** Nodes of the hard asynchronous path that are not on the synchronous one. */
function backgroundNodes(context: EvaluationContext, structure: JourneyStructure, journey: number, hardNodes: ReadonlySet<number>): number[] {
  const { plan, edges } = context.compiled;
  const level = new Uint8Array(plan.slotNode.length);
  for (const entry of plan.entries) if (entry.journey === journey && entry.weight > 0) level[entry.slot] = 1;
  const nodes = new Set<number>();
  for (const call of plan.calls) {
    const from = level[call.from] as number;
    if (from === 0) continue;
    const facts = edges[call.edge] as EdgeFacts;
    const outbox = facts.view.kind === 'publish' && facts.view.params.values.outbox;
    const later = call.wait === 'async' && (call.hard || outbox);
    if (!later && !(from === 2 ? call.hard && !facts.isFront : isHardCall(context.compiled, structure.hardness, call))) continue;
    const next = from === 2 || later ? 2 : 1;
    level[call.to] = level[call.to] === 1 ? 1 : next;
    const node = plan.slotNode[call.to] as number;
    if (next === 2 && !hardNodes.has(node)) nodes.add(node);
  }
  return [...nodes].sort((a, b) => a - b);
}

/** A_done = A(to publish) x product over n of (1 - U_n e^(-slack/MTTR_n)); null when nothing runs in the background. */
export function doneAvailability(context: EvaluationContext, structure: JourneyStructure, journey: number, facts: { toPublish: number; hardNodes: ReadonlySet<number>; served: readonly number[] }): number | null {
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
    result *= 1 - (1 - (facts.served[node] as number)) * waited;
  }
  return result;
}
