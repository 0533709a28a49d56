/** What a journey waits for, step by step, and how deep its calls go. */
import type { JourneyStepResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import type { Call } from '../types.ts';

/** Steps a user waits for, in walk order, one for each connection: its trip and the callee's own time, so that they add up. */
export function stepsOf(context: EvaluationContext, journey: number): JourneyStepResult[] {
  const { compiled, flows, stations } = context;
  const visits = context.visits[journey];
  const own = (slot: number): number => (stations.responseS[slot] as number) - (stations.downstreamS[slot] as number);
  const steps = new Map<number, { edge: string; calls: number; mean_s: number; group: string | null; hard: boolean }>();
  const add = (edge: number, calls: number, mean: number, group: string | null, hard: boolean): void => {
    const id = compiled.edges[edge]?.view.id;
    if (id === undefined) return;
    const step = steps.get(edge) ?? { edge: id, calls: 0, mean_s: 0, group, hard };
    steps.set(edge, { ...step, calls: step.calls + calls, mean_s: step.mean_s + mean, hard: step.hard || hard });
  };
  for (const entry of compiled.plan.entries) if (entry.journey === journey && entry.weight > 0) add(entry.edge, entry.weight, entry.weight * (entry.tripS + own(entry.slot)), null, true);
  for (const call of compiled.plan.calls) {
    if (visits?.reach[call.from] !== 1 || call.wait === 'async') continue;
    const calls = callVisits(call, visits.slots, flows.miss);
    add(call.edge, calls, calls * (call.tripS + own(call.to)), call.group, call.hard);
  }
  return [...steps.values()];
}

function callVisits(call: Call, slots: Float64Array, miss: Float64Array): number {
  let visits = (slots[call.from] as number) * call.rate;
  for (const gate of call.gates) visits *= miss[gate] as number;
  return visits;
}

const COMPUTE = new Set(['compute', 'worker', 'function']);

/** Longest chain of consecutive synchronous hops between compute nodes; splitters in between do not count. */
export function depthOf(context: EvaluationContext, journey: number): number {
  const { plan, nodes } = context.compiled;
  const reach = context.visits[journey]?.reach;
  const depth = new Int32Array(plan.slotNode.length);
  let longest = 0;
  const isCompute = (slot: number): boolean => COMPUTE.has(nodes[plan.slotNode[slot] as number]?.view.behavior.role ?? '');
  for (const call of plan.calls) {
    if (reach?.[call.from] !== 1 || call.wait !== 'wait') continue;
    const through = nodes[plan.slotNode[call.from] as number]?.split !== null;
    const here = isCompute(call.from) || through ? (depth[call.from] as number) : 0;
    const next = here + (isCompute(call.to) && isCompute(call.from) ? 1 : isCompute(call.to) && through && here > 0 ? 1 : 0);
    depth[call.to] = Math.max(depth[call.to] as number, next);
    longest = Math.max(longest, depth[call.to] as number);
  }
  return longest;
}
