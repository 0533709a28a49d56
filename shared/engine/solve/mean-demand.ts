/** What the mean invocation of own code asks for. */
import type { Numbers } from '../math/lists.ts';
import type { CompiledDesign, NodeFacts, TrafficResult } from '../types.ts';

/** Demand of the mean invocation of a node over all its journeys. */
export interface MeanDemand { readonly lambda: number; readonly cpuS: number; readonly waitS: number; readonly cs2: number }

const NO_SLOTS: readonly number[] = [];

/** S is the mean over classes, Cs2 = sum p (1+cs2) c^2 / S^2 - 1: the variance between classes is included (semantics 5). */
export function meanDemand(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, downstreamS: Numbers): MeanDemand {
  const { plan } = compiled;
  const slots = plan.nodeSlots[facts.view.index] ?? NO_SLOTS;
  let lambda = 0;
  let cpu = 0;
  let second = 0;
  let wait = 0;
  for (const slot of slots) lambda += flows.arrive[slot] as number;
  for (const slot of slots) {
    const share = lambda > 0 ? (flows.arrive[slot] as number) / lambda : 1 / slots.length;
    const c = plan.slotCpuS[slot] as number;
    cpu += share * c;
    second += share * (1 + (plan.slotCs2[slot] as number)) * c * c;
    wait += share * ((plan.slotIoS[slot] as number) + (downstreamS[slot] as number));
  }
  if (slots.length > 0) return { lambda, cpuS: cpu, waitS: wait, cs2: cpu > 0 ? Math.max(0, second / (cpu * cpu) - 1) : 0 };
  const own = facts.process?.demand ?? facts.pool?.demand ?? facts.fn?.demand ?? { cpu_s: 0, io_s: 0, cs2: 1 };
  return { lambda: 0, cpuS: own.cpu_s, waitS: own.io_s, cs2: own.cs2 };
}

/** Mean demands of one load, each found once. */
export class MeanDemands {
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;
  private readonly downstreamS: Numbers;
  private readonly known: (MeanDemand | undefined)[];

  /** `downstreamS` is what each slot waits for others, seconds. */
  constructor(compiled: CompiledDesign, flows: TrafficResult, downstreamS: Numbers) {
    this.compiled = compiled;
    this.flows = flows;
    this.downstreamS = downstreamS;
    this.known = new Array<MeanDemand | undefined>(compiled.nodes.length);
  }

  /** That of one node. */
  of(facts: NodeFacts): MeanDemand {
    const { index } = facts.view;
    return (this.known[index] ??= meanDemand(this.compiled, this.flows, facts, this.downstreamS));
  }
}
