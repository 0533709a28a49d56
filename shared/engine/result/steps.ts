/** What a journey waits for, step by step, and how deep its calls go. */
import type { JourneyStepResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import type { Call } from '../types.ts';

type Step = { -readonly [K in keyof JourneyStepResult]: JourneyStepResult[K] };

const COMPUTE = new Set(['compute', 'worker', 'function']);

function callVisits(call: Call, slots: Float64Array, miss: Float64Array): number {
  let visits = (slots[call.from] as number) * call.rate;
  for (const gate of call.gates) visits *= miss[gate] as number;
  return visits;
}

/** Steps of the journeys of one evaluation; what does not depend on the journey is looked up once. */
export class JourneySteps {
  private readonly context: EvaluationContext;
  /** By slot: 1 for own code, 1 for what passes requests on. */
  private readonly compute: Uint8Array;
  private readonly through: Uint8Array;
  private readonly depths: Int32Array;
  /** Calls that somebody waits for, and those of them that are no lookups. */
  private readonly waited: readonly Call[];
  private readonly calls: readonly Call[];

  constructor(context: EvaluationContext) {
    this.context = context;
    const { plan, nodes } = context.compiled;
    const flag = (is: (node: number) => boolean): Uint8Array => Uint8Array.from(plan.slotNode, (node) => (is(node) ? 1 : 0));
    this.compute = flag((node) => COMPUTE.has(nodes[node]?.view.behavior.role ?? ''));
    this.through = flag((node) => nodes[node]?.split !== null);
    this.depths = new Int32Array(plan.slotNode.length);
    this.waited = plan.calls.filter(({ wait }) => wait !== 'async');
    this.calls = this.waited.filter(({ wait }) => wait === 'wait');
  }

  /** Steps a user waits for, in walk order, one for each connection: its trip and the callee's own time, so that they add up. */
  of(journey: number): JourneyStepResult[] {
    const { compiled, flows, stations, visits: all } = this.context;
    const visits = all[journey];
    const own = (slot: number): number => (stations.responseS[slot] as number) - (stations.downstreamS[slot] as number);
    const steps = new Map<number, Step>();
    const add = (edge: number, calls: number, mean: number, group: string | null, hard: boolean): void => {
      let step = steps.get(edge);
      if (step === undefined) {
        const id = compiled.edges[edge]?.view.id;
        if (id === undefined) return;
        steps.set(edge, (step = { edge: id, calls: 0, mean_s: 0, group, hard }));
      }
      step.calls += calls;
      step.mean_s += mean;
      step.hard ||= hard;
    };
    for (const entry of compiled.plan.entries) if (entry.journey === journey && entry.weight > 0) add(entry.edge, entry.weight, entry.weight * (entry.tripS + own(entry.slot)), null, true);
    if (visits) {
      for (const call of this.waited) {
        if (visits.reach[call.from] !== 1) continue;
        const calls = callVisits(call, visits.slots, flows.miss);
        add(call.edge, calls, calls * (call.tripS + own(call.to)), call.group, call.hard);
      }
    }
    return [...steps.values()];
  }

  /** Longest chain of consecutive synchronous hops between compute nodes; splitters in between do not count. */
  depth(journey: number): number {
    const reach = this.context.visits[journey]?.reach;
    if (!reach) return 0;
    const { depths, compute, through } = this;
    depths.fill(0);
    let longest = 0;
    for (const { from, to } of this.calls) {
      if (reach[from] !== 1) continue;
      const here = compute[from] === 1 || through[from] === 1 ? (depths[from] as number) : 0;
      const hop = compute[to] === 1 && (compute[from] === 1 || (through[from] === 1 && here > 0));
      const next = hop ? here + 1 : here;
      if (next > (depths[to] as number)) depths[to] = next;
      longest = Math.max(longest, depths[to] as number);
    }
    return longest;
  }
}
