/** What a journey waits for, step by step: for the rules and people that ask, and no part of the answer. */
import type { JourneyStepResult } from '../../contracts/evaluation.ts';
import type { StepFacts } from '../../contracts/rule.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import type { Call, EdgeFacts } from '../types.ts';

type Step = { -readonly [K in keyof JourneyStepResult]: JourneyStepResult[K] };

/** Steps of the journeys of one evaluation; what does not depend on the journey is looked up once. */
class JourneySteps {
  private readonly context: EvaluationContext;
  /** Calls that somebody waits for, with their callers and the seconds of one. */
  private readonly waited: readonly Call[];
  private readonly from: Int32Array;
  private readonly seconds: Float64Array;
  /** By edge: its step in the journey that is being listed. */
  private readonly places: Int32Array;

  constructor(context: EvaluationContext) {
    this.context = context;
    const { plan, edges } = context.compiled;
    this.waited = plan.calls.filter(({ wait }) => wait !== 'async');
    this.from = new Int32Array(this.waited.length);
    this.seconds = new Float64Array(this.waited.length);
    for (let i = 0; i < this.waited.length; i++) {
      const { from, to, tripS } = this.waited[i] as Call;
      this.from[i] = from;
      this.seconds[i] = tripS + this.own(to);
    }
    this.places = new Int32Array(edges.length);
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
  of(journey: number): readonly JourneyStepResult[] {
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
}

const NO_STEPS: readonly JourneyStepResult[] = [];

/** The steps of one evaluation as rules ask for them, by journey and by connection. */
export const stepFacts = oncePer((context: EvaluationContext): StepFacts => {
  const { journeys } = context.compiled;
  const lists = new Map<string, readonly JourneyStepResult[]>();
  const byEdge = new Map<string, ReadonlyMap<string, JourneyStepResult>>();
  let walked: JourneySteps | null = null;
  const of = (id: string): readonly JourneyStepResult[] => {
    const known = lists.get(id);
    if (known !== undefined) return known;
    const index = journeys.findIndex((journey) => journey.id === id);
    const found = index < 0 ? NO_STEPS : (walked ??= new JourneySteps(context)).of(index);
    lists.set(id, found);
    return found;
  };
  const over = (id: string, edge: string): JourneyStepResult | undefined => {
    const known = byEdge.get(id) ?? new Map(of(id).map((step) => [step.edge, step]));
    byEdge.set(id, known);
    return known.get(edge);
  };
  return { of, over };
});
