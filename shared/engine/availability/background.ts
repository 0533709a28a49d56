/** The asynchronous part: what is started is done in time unless a consumer is down for longer than the slack (semantics 5). */
import { journeyParams } from '../../contracts/document-params.ts';
import type { EvaluationContext } from '../context.ts';
import { resolve } from '../resolve.ts';
import { waitingAt } from '../solve/waiting.ts';
import type { JourneyLatency } from '../types.ts';
import { hasBit, type Bits } from './bits.ts';

/** A_done = A(to publish) x product over n of (1 - U_n e^(-slack/MTTR_n)) (1 - share a full queue turns away); null when nothing runs in the background. `later`: nodes of the hard asynchronous path; those of the synchronous one, `hardNodes`, do not count again. */
export function doneAvailability(context: EvaluationContext, journey: number, facts: { toPublish: number; later: readonly number[]; hardNodes: Bits; served: readonly number[] }): number | null {
  const { done } = context.latency.journeys[journey] as JourneyLatency;
  const nodes = facts.later.filter((node) => !hasBit(facts.hardNodes, node));
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
