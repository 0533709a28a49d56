/** The hung-dependency experiment (evaluation 6.6): who runs out of slots when something answers no more, and how soon. */
import type { CascadeResult } from '../../contracts/evaluation.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { NodeLeft } from '../availability/element-values.ts';
import { shareOf } from '../availability/structure.ts';
import { Worklist } from '../availability/worklist.ts';
import type { CompiledDesign, NodeFacts, NodeStation } from '../types.ts';
import type { JourneyLosses } from './loss.ts';

/** How long a call without a timeout is assumed to hang, seconds. */
const NO_TIMEOUT_S = 60;

type Exhaustion = CascadeResult['exhausted'][number];

/** Requests that a node can hold at once; null when nothing limits them. */
function slotsOf(facts: NodeFacts, station: NodeStation): number | null {
  if (facts.fn) return facts.fn.reserved > 0 ? facts.fn.reserved : facts.fn.account_limit;
  const slots = station.evidence['slots'] ?? station.evidence['consumers'];
  return slots !== undefined && slots > 0 ? slots : null;
}

/** Messages over it are answered over the broker, and somebody waits for that. */
function answers({ kind, from }: EdgeView): boolean {
  return (kind === 'consume' || kind === 'trigger') && from.in.some((edge) => edge.kind === 'publish' && !edge.idleReason && edge.params.values.request_reply);
}

/** A call that the caller waits for and that holds one of its slots. */
function holds(edge: EdgeView): boolean {
  return !edge.idleReason && (edge.synchronous || answers(edge) || (edge.kind === 'publish' && !edge.params.values.outbox)) && edge.kind !== 'lookup';
}

/** Who waits for whom, at any load: callees before callers, nodes that call nobody left out. */
interface Waits {
  readonly order: readonly number[];
  readonly calls: readonly (readonly EdgeView[])[];
  /** By node: positions in `order` of those that wait for it. */
  readonly callers: readonly (readonly number[])[];
  /** Nodes that something waits for: all but sources. */
  readonly dependencies: readonly number[];
}

/** The same for all experiments at one load. */
interface Waiting extends Waits { readonly slots: readonly (number | null)[]; readonly open: Worklist }

const waitsOf = oncePer(({ nodes, plan, connected }: CompiledDesign): Waits => {
  const calls = nodes.map(({ view }) => view.out.filter(holds));
  const order = [...plan.order].reverse().filter((node) => (calls[node]?.length ?? 0) > 0 && nodes[node]?.view.behavior.routing !== 'source');
  const callers = nodes.map((): number[] => []);
  order.forEach((node, at) => calls[node]?.forEach((edge) => callers[edge.to.index]?.push(at)));
  const awaited = nodes.filter(({ view }) => connected[view.index] && view.behavior.routing !== 'source' && view.in.some((edge) => holds(edge) && edge.from.behavior.routing !== 'source'));
  return { calls, order, callers, dependencies: awaited.map(({ view }) => view.index) };
});

function waitingOf({ compiled, stations: { stations } }: EvaluationContext): Waiting {
  const waits = waitsOf(compiled);
  return { ...waits, open: new Worklist(waits.order.length), slots: compiled.nodes.map((facts, i) => slotsOf(facts, stations[i] as NodeStation)) };
}

/** One experiment: which nodes hang, and how much of the calls to them. */
class Experiment {
  readonly exhausted: Exhaustion[] = [];
  /** Share of the calls to a node that hang, and how long each holds its caller when that sets no timeout. */
  private readonly hung = new Map<number, { share: number; holdS: number; behind: boolean }>();
  private readonly context: EvaluationContext;
  private readonly waiting: Waiting;
  private readonly done: number[] = [];
  private at = -1;

  constructor(context: EvaluationContext, waiting: Waiting, dependency: number) {
    this.context = context;
    this.waiting = waiting;
    this.hang(dependency, 1, NO_TIMEOUT_S);
  }

  /** In a circle of calls only those that are still to come hear of it. */
  private hang(node: number, share: number, holdS: number, behind = false): void {
    this.hung.set(node, { share, holdS, behind });
    for (const at of this.waiting.callers[node] ?? []) if (at > this.at) this.waiting.open.add(at);
  }

  /** Nodes that serve nobody any more, the dependency not among them. */
  run(): number[] {
    const { order, open } = this.waiting;
    for (this.at = open.next(); this.at >= 0; this.at = open.next()) {
      const node = order[this.at] as number;
      if (this.hung.has(node)) continue;
      const calls = this.waiting.calls[node] ?? [];
      const slots = this.waiting.slots[node] ?? null;
      if (slots === null) this.passOn(node, calls);
      else this.exhaust(node, calls, slots);
    }
    return this.done;
  }

  private rate(edge: EdgeView): number {
    return (this.context.flows.edgeReads[edge.index] as number) + (this.context.flows.edgeWrites[edge.index] as number);
  }

  private hanging(edge: EdgeView): { readonly share: number; readonly holdS: number } | null {
    const state = this.hung.get(edge.to.index);
    // only who waits for an answer notices that the consumer behind a broker hangs
    if (!state || edge.params.values.circuit_breaker || (state.behind && edge.kind === 'publish' && !edge.params.values.request_reply)) return null;
    const { timeout_ms } = edge.params.values;
    return { share: state.share, holdS: timeout_ms === null ? state.holdS : timeout_ms / 1000 };
  }

  /** Balancers and proxies hold nothing themselves: their callers wait through them. */
  private passOn(node: number, edges: readonly EdgeView[]): void {
    let all = 0;
    let share = 0;
    let holdS = 0;
    for (const edge of edges) {
      const rate = this.rate(edge);
      all += rate;
      const state = this.hanging(edge);
      if (!state) continue;
      share += rate * state.share;
      holdS = Math.max(holdS, state.holdS);
    }
    if (all > 0 && share > 0) this.hang(node, Math.min(1, share / all), holdS, this.context.compiled.nodes[node]?.broker != null);
  }

  /** need = calls x time held x attempts, at most the bulkhead; at the number of slots the caller is exhausted. */
  private exhaust(node: number, edges: readonly EdgeView[], slots: number): void {
    let need = 0;
    let rate = 0;
    let worst: { edge: EdgeView; need: number } | null = null;
    for (const edge of edges) {
      const state = this.hanging(edge);
      if (!state) continue;
      const { retries, bulkhead_slots } = edge.params.values;
      const calls = this.rate(edge) * state.share;
      const asked = calls * state.holdS * (retries + 1);
      const held = bulkhead_slots === null ? asked : Math.min(asked, bulkhead_slots);
      need += held;
      rate += calls;
      if (held > 0 && (!worst || held > worst.need)) worst = { edge, need: held };
    }
    if (!worst || need < slots || !(rate > 0)) return;
    this.hang(node, 1, NO_TIMEOUT_S);
    this.done.push(node);
    this.exhausted.push({ node: worst.edge.from.id, edge: worst.edge.id, seconds: slots / rate, need, slots });
  }
}

/**
 * Share of each journey that waits for a node over calls that only a fallback keeps from being hard. A fallback answers when a
 * call fails; while it hangs the caller waits like any other, and a journey that has one is no worse off for it.
 */
class FallbackWaits {
  private readonly context: EvaluationContext;
  private readonly fallback: readonly boolean[];
  private readonly byNode = new Map<number, ReadonlyMap<number, number>>();

  constructor(context: EvaluationContext) {
    this.context = context;
    this.fallback = context.compiled.edges.map(({ view: { params: { values }, idleReason } }) => !idleReason && values.fallback && values.criticality !== 'soft');
  }

  /** By journey index; journeys without such a call on the way are absent. */
  of(node: number): ReadonlyMap<number, number> {
    const known = this.byNode.get(node) ?? (this.fallback.includes(true) ? this.solve(node) : new Map<number, number>());
    this.byNode.set(node, known);
    return known;
  }

  private solve(node: number): Map<number, number> {
    const { plan, journeys } = this.context.compiled;
    const found = new Map<number, number>();
    journeys.forEach((_, journey) => {
      const share = new Float64Array(plan.slotNode.length);
      const softened = new Uint8Array(plan.slotNode.length);
      for (const entry of plan.entries) {
        if (entry.journey !== journey || !(entry.weight > 0)) continue;
        share[entry.slot] = Math.min(1, (share[entry.slot] as number) + entry.share);
        if (this.fallback[entry.edge] === true) softened[entry.slot] = 1;
      }
      for (const call of plan.calls) {
        const from = share[call.from] as number;
        const soft = this.fallback[call.edge] === true;
        if (from === 0 || call.wait === 'async' || !(call.hard || soft)) continue;
        share[call.to] = Math.min(1, (share[call.to] as number) + from * shareOf(call));
        if (soft || softened[call.from] === 1) softened[call.to] = 1;
      }
      let waits = 0;
      for (const slot of plan.nodeSlots[node] ?? []) if (softened[slot] === 1) waits += share[slot] as number;
      if (waits > 0) found.set(journey, Math.min(1, waits));
    });
    return found;
  }
}

/** cascade(d) = share of importance lost beyond the journeys that need d, for every dependency that exhausts a caller; worst first. */
export function cascades(context: EvaluationContext, losses: JourneyLosses): CascadeResult[] {
  const results: CascadeResult[] = [];
  const waiting = waitingOf(context);
  const fallbacks = new FallbackWaits(context);
  for (const dependency of waiting.dependencies) {
    const experiment = new Experiment(context, waiting, dependency);
    const dead = experiment.run();
    if (dead.length === 0) continue;
    const own = losses.of(new NodeLeft(dependency, 0));
    const lost = losses.of(new Map([dependency, ...dead].map((node) => [node, 0])));
    const extra = new Map<number, number>();
    for (const [journey, share] of lost) {
      const more = share - Math.max(own.get(journey) ?? 0, fallbacks.of(dependency).get(journey) ?? 0);
      if (more > 0) extra.set(journey, more);
    }
    results.push({ dependency: context.compiled.nodes[dependency]?.view.id ?? '', exhausted: experiment.exhausted, extra_share: losses.share(extra, losses.importance) });
  }
  return results.sort((a, b) => b.extra_share - a.extra_share || b.exhausted.length - a.exhausted.length || (a.dependency < b.dependency ? -1 : 1));
}
