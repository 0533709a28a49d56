/** What asking many at once does to the slow answers (Dean and Barroso, "The Tail at Scale"). */
import type { Call, CompiledDesign, TrafficResult } from '../types.ts';
import type { EvidenceBook } from './evidence-book.ts';

/** Share of the answers of one part that are slow, by definition of its p99. */
const SLOW = 0.01;

/** Parallel calls of one state: all of them, those that are waited for, and ln of the share of requests that meet no slow one. */
interface Group { members: number; calls: number; lnFast: number }

/** Waited for to the end: what may be left out after a timeout never holds up the others. */
function isAwaited({ edges }: CompiledDesign, call: Call): boolean {
  const facts = edges[call.edge];
  return facts === undefined || facts.timeoutS === null || !facts.view.params.values.fallback;
}

/**
 * Add to nodes that make calls in a parallel group parallel_calls (how many it waits for, in the group that is slow most often) and
 * parallel_slow_share (requests of the node that meet a slow answer in it, when each part is slow once in a hundred times).
 */
export function addFanOutEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  const { plan } = compiled;
  const groups = new Map<number, Map<string, Group>>();
  for (const call of plan.calls) {
    if (call.group === null || call.wait !== 'wait') continue;
    const ofSlot = groups.get(call.from) ?? new Map<string, Group>();
    const group = ofSlot.get(call.group) ?? { members: 0, calls: 0, lnFast: 0 };
    groups.set(call.from, ofSlot.set(call.group, group));
    group.members += 1;
    if (!isAwaited(compiled, call)) continue;
    let made = Math.min(1, call.probability);
    for (const gate of call.gates) made *= flows.miss[gate] as number;
    group.calls += 1;
    group.lnFast += Math.log1p(-SLOW * made);
  }
  const worst = new Map<number, Group>();
  for (const [slot, ofSlot] of groups) {
    const node = plan.slotNode[slot] as number;
    for (const group of ofSlot.values()) if (group.members > 1 && group.lnFast <= (worst.get(node)?.lnFast ?? 0)) worst.set(node, group);
  }
  for (const [node, { calls, lnFast }] of worst) {
    const evidence = book.of(node);
    evidence['parallel_calls'] = calls;
    evidence['parallel_slow_share'] = -Math.expm1(lnFast);
  }
}
