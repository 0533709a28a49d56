/** What a journey waits for, step by step, and how deep its calls go. */
import type { JourneyStepResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import type { Call, EdgeFacts } from '../types.ts';

type Step = { -readonly [K in keyof JourneyStepResult]: JourneyStepResult[K] };

const COMPUTE = new Set(['compute', 'worker', 'function']);

/** Steps of the journeys of one evaluation; what does not depend on the journey is looked up once. */
export class JourneySteps {
  private readonly context: EvaluationContext;
  /** By slot: 1 for own code, 1 for what passes requests on. */
  private readonly compute: Uint8Array;
  private readonly through: Uint8Array;
  private readonly depths: Int32Array;
  /** Calls that somebody waits for, with their callers and the seconds of one, and those of them that are no lookups. */
  private readonly waited: readonly Call[];
  private readonly from: Int32Array;
  private readonly seconds: Float64Array;
  private readonly calls: readonly Call[];
  /** By edge: its step in the journey that is being listed. */
  private readonly places: Int32Array;

  constructor(context: EvaluationContext) {
    this.context = context;
    const { plan, nodes, edges } = context.compiled;
    const { slotNode, calls } = plan;
    this.compute = new Uint8Array(slotNode.length);
    this.through = new Uint8Array(slotNode.length);
    for (let slot = 0; slot < slotNode.length; slot++) {
      const node = nodes[slotNode[slot] as number];
      if (COMPUTE.has(node?.view.behavior.role ?? '')) this.compute[slot] = 1;
      if (node?.split !== null) this.through[slot] = 1;
    }
    this.depths = new Int32Array(slotNode.length);
    this.waited = calls.filter(({ wait }) => wait !== 'async');
    this.from = new Int32Array(this.waited.length);
    this.seconds = new Float64Array(this.waited.length);
    for (let i = 0; i < this.waited.length; i++) {
      const { from, to, tripS } = this.waited[i] as Call;
      this.from[i] = from;
      this.seconds[i] = tripS + this.own(to);
    }
    this.calls = this.waited.filter(({ wait }) => wait === 'wait');
    this.places = new Int32Array(edges.length).fill(-1);
  }

  private own(slot: number): number {
    const { responseS, downstreamS } = this.context.stations;
    return (responseS[slot] as number) - (downstreamS[slot] as number);
  }

  private add(steps: Step[], edge: number, calls: number, mean: number, group: string | null, hard: boolean): void {
    const at = this.places[edge];
    if (at === undefined) return;
    const step = steps[at];
    if (step === undefined) {
      this.places[edge] = steps.length;
      steps.push({ edge: (this.context.compiled.edges[edge] as EdgeFacts).view.id, calls: 0 + calls, mean_s: 0 + mean, group, hard });
    } else {
      step.calls += calls;
      step.mean_s += mean;
      step.hard ||= hard;
    }
  }

  /** Steps a user waits for, in walk order, one for each connection: its trip and the callee's own time, so that they add up. */
  of(journey: number): JourneyStepResult[] {
    const { compiled, flows: { miss }, visits } = this.context;
    const walked = visits[journey];
    const steps: Step[] = [];
    this.places.fill(-1);
    for (const entry of compiled.plan.entries) if (entry.journey === journey && entry.weight > 0) this.add(steps, entry.edge, entry.weight, entry.weight * (entry.tripS + this.own(entry.slot)), null, true);
    if (!walked) return steps;
    const { reach, slots } = walked;
    const { from, seconds, waited } = this;
    for (let i = 0; i < from.length; i++) {
      const caller = from[i] as number;
      if (reach[caller] !== 1) continue;
      const { edge, rate, gates, group, hard } = waited[i] as Call;
      let calls = (slots[caller] as number) * rate;
      for (let gate = 0; gate < gates.length; gate++) calls *= miss[gates[gate] as number] as number;
      this.add(steps, edge, calls, calls * (seconds[i] as number), group, hard);
    }
    return steps;
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
