/** What a journey waits for, step by step: for the rules and people that ask, and no part of the answer. */
import type { JourneyStepResult } from '../../contracts/evaluation.ts';
import type { StepFacts } from '../../contracts/rule.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { callColumns, TRAIT, type CallColumns } from '../solve/call-columns.ts';
import type { JourneyVisits } from '../solve/visits.ts';
import type { Call, EdgeFacts, Entry } from '../types.ts';

type Step = { -readonly [K in keyof JourneyStepResult]: JourneyStepResult[K] };

const NO_STEPS: readonly JourneyStepResult[] = [];

/** Positions of the calls over each connection, in walk order: those over connection e stand from `start[e]` up to `start[e + 1]`. */
interface CallsByEdge { readonly start: Numbers; readonly positions: Numbers }

function groupedByEdge(edge: Numbers, edges: number): CallsByEdge {
  const start = wholes(edges + 1);
  for (let i = 0; i < edge.length; i++) start[(edge[i] as number) + 1] = (start[(edge[i] as number) + 1] as number) + 1;
  for (let at = 0; at < edges; at++) start[at + 1] = (start[at + 1] as number) + (start[at] as number);
  const next = start.slice();
  const positions = wholes(edge.length);
  for (let i = 0; i < edge.length; i++) positions[(next[edge[i] as number] = (next[edge[i] as number] as number) + 1) - 1] = i;
  return { start, positions };
}

/** Steps of the journeys of one evaluation. What rules ask of very many journeys is answered without a list of all their steps. */
class JourneySteps {
  private readonly context: EvaluationContext;
  private readonly columns: CallColumns;
  /** By journey: where it enters. */
  private readonly entries: readonly Entry[][];
  /** Connections that bring work for which a sender waits, and no load of their own. */
  private readonly unloaded: readonly number[];
  private byEdge: CallsByEdge | null = null;
  /** By edge: its step in the journey that is being listed. */
  private places: Numbers | null = null;

  constructor(context: EvaluationContext) {
    const { journeys, plan } = context.compiled;
    this.context = context;
    this.columns = callColumns(plan.calls);
    this.entries = journeys.map(() => []);
    for (const entry of plan.entries) if (entry.weight > 0 && entry.edge >= 0) this.entries[entry.journey]?.push(entry);
    this.unloaded = this.withoutLoad();
  }

  private withoutLoad(): number[] {
    const { edge, traits } = this.columns;
    const found: number[] = [];
    for (let i = 0; i < traits.length; i++) if (((traits[i] as number) & TRAIT.given) !== 0) found.push(edge[i] as number);
    return found;
  }

  /** Seconds of one call: its trip and the callee's own time, so that steps add up. */
  private seconds(tripS: number, slot: number): number {
    const { responseS, downstreamS } = this.context.stations;
    return tripS + ((responseS[slot] as number) - (downstreamS[slot] as number));
  }

  private begin(edge: number, group: string | null, hard: boolean): Step {
    return { edge: (this.context.compiled.edges[edge] as EdgeFacts).view.id, calls: 0, mean_s: 0, group, hard };
  }

  private enter(step: Step, { weight, tripS, slot }: Entry): void {
    step.calls += weight;
    step.mean_s += weight * this.seconds(tripS, slot);
  }

  /** Whether somebody waits for the call at a position of the walk. */
  private isWaited({ reach }: JourneyVisits, i: number): boolean {
    return reach[this.columns.from[i] as number] === 1 && ((this.columns.traits[i] as number) & TRAIT.async) === 0;
  }

  private add(step: Step, { slots }: JourneyVisits, i: number): void {
    const { compiled: { plan }, flows: { miss } } = this.context;
    const { from, rate } = this.columns;
    const { gates, hard, to, tripS } = plan.calls[i] as Call;
    let calls = (slots[from[i] as number] as number) * (rate[i] as number);
    for (let gate = 0; gate < gates.length; gate++) calls *= miss[gates[gate] as number] as number;
    step.calls += calls;
    step.mean_s += calls * this.seconds(tripS, to);
    step.hard ||= hard;
  }

  /** Steps a user waits for, in walk order, one for each connection. */
  of(journey: number): readonly JourneyStepResult[] {
    const { compiled, visits } = this.context;
    const { columns: { edge } } = this;
    const places = (this.places ??= wholes(compiled.edges.length)).fill(-1);
    const steps: Step[] = [];
    const stepOver = (over: number, group: string | null, hard: boolean): Step => {
      const at = places[over] as number;
      if (at >= 0) return steps[at] as Step;
      places[over] = steps.length;
      const made = this.begin(over, group, hard);
      steps.push(made);
      return made;
    };
    for (const entry of this.entries[journey] ?? []) this.enter(stepOver(entry.edge, null, true), entry);
    const walked = visits[journey] as JourneyVisits;
    for (let i = 0; i < edge.length; i++) {
      if (!this.isWaited(walked, i)) continue;
      const { group, hard } = compiled.plan.calls[i] as Call;
      this.add(stepOver(edge[i] as number, group, hard), walked, i);
    }
    return steps;
  }

  /** The step over one connection. */
  over(journey: number, edge: number): JourneyStepResult | undefined {
    const { compiled, visits } = this.context;
    const { start, positions } = (this.byEdge ??= groupedByEdge(this.columns.edge, compiled.edges.length));
    const walked = visits[journey] as JourneyVisits;
    let step: Step | undefined;
    for (const entry of this.entries[journey] ?? []) if (entry.edge === edge) this.enter((step ??= this.begin(edge, null, true)), entry);
    for (let at = start[edge] as number; at < (start[edge + 1] as number); at++) {
      const i = positions[at] as number;
      if (!this.isWaited(walked, i)) continue;
      const { group, hard } = compiled.plan.calls[i] as Call;
      this.add((step ??= this.begin(edge, group, hard)), walked, i);
    }
    return step;
  }

  private overEach(journey: number, edges: Iterable<number>): JourneyStepResult[] {
    const found: JourneyStepResult[] = [];
    for (const edge of edges) {
      const step = this.over(journey, edge);
      if (step !== undefined) found.push(step);
    }
    return found;
  }

  /** The steps at which it enters. */
  first(journey: number): readonly JourneyStepResult[] {
    return this.overEach(journey, new Set((this.entries[journey] ?? []).map(({ edge }) => edge)));
  }

  /** Steps of more than so many calls, in no order: mostly none. What travels a connection is never less than what somebody waits for there. */
  above(journey: number, calls: number): readonly JourneyStepResult[] {
    const { edges } = this.context.visits[journey] as JourneyVisits;
    const likely = new Set(this.unloaded);
    for (let edge = 0; edge < edges.length; edge++) if ((edges[edge] as number) > calls) likely.add(edge);
    return likely.size === 0 ? NO_STEPS : this.overEach(journey, likely).filter((step) => step.calls > calls);
  }

  /** Whether there is more than one. */
  several(journey: number): boolean {
    const { columns: { edge }, context: { visits } } = this;
    const walked = visits[journey] as JourneyVisits;
    let only = -1;
    for (const entry of this.entries[journey] ?? []) {
      if (only >= 0 && entry.edge !== only) return true;
      only = entry.edge;
    }
    for (let i = 0; i < edge.length; i++) {
      if (edge[i] === only || !this.isWaited(walked, i)) continue;
      if (only >= 0) return true;
      only = edge[i] as number;
    }
    return false;
  }
}

/** The steps of one evaluation as rules ask for them, by journey and by connection. */
export const stepFacts = oncePer((context: EvaluationContext): StepFacts => {
  const { graph, journeys } = context.compiled;
  const lists = new Map<string, readonly JourneyStepResult[]>();
  const places = new Map(journeys.map(({ id }, index) => [id, index]));
  const steps = new JourneySteps(context);
  const of = (id: string): readonly JourneyStepResult[] => {
    const known = lists.get(id);
    if (known !== undefined) return known;
    const journey = places.get(id);
    const found = journey === undefined ? NO_STEPS : steps.of(journey);
    lists.set(id, found);
    return found;
  };
  const over = (id: string, edge: string): JourneyStepResult | undefined => {
    const journey = places.get(id);
    const index = graph.edgeById.get(edge)?.index;
    return journey === undefined || index === undefined ? undefined : steps.over(journey, index);
  };
  const first = (id: string): readonly JourneyStepResult[] => {
    const journey = places.get(id);
    return journey === undefined ? NO_STEPS : steps.first(journey);
  };
  const above = (id: string, calls: number): readonly JourneyStepResult[] => {
    const journey = places.get(id);
    return journey === undefined ? NO_STEPS : steps.above(journey, calls);
  };
  const several = (id: string): boolean => {
    const journey = places.get(id);
    return journey !== undefined && steps.several(journey);
  };
  return { of, over, first, above, several };
});
