/** The hung-dependency experiment (evaluation 6.6): who runs out of slots when something answers no more, and how soon. */
import type { CascadeResult } from '../../contracts/evaluation.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { heldSlots } from '../math/connections.ts';
import { NodeLeft } from '../availability/element-values.ts';
import { shareOf } from '../availability/call-table.ts';
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
  readonly order: Int32Array;
  /** By node: calls that hold it. */
  readonly calls: readonly (readonly EdgeView[])[];
  /** Positions in `order` of those that wait for a node: of node i from `callersFrom[i]` to `callersFrom[i + 1]`. */
  readonly callers: Int32Array;
  readonly callersFrom: Int32Array;
  /** Nodes that something waits for: all but sources. */
  readonly dependencies: readonly number[];
  readonly fallbacks: readonly boolean[];
}

const NO_CALLS: readonly EdgeView[] = [];

/** Positions of the callers of each node, ascending. */
function callersOf(order: Int32Array, calls: Waits['calls']): Pick<Waits, 'callers' | 'callersFrom'> {
  const callersFrom = new Int32Array(calls.length + 1);
  for (const node of order) for (const { to } of calls[node] as readonly EdgeView[]) callersFrom[to.index + 1] = (callersFrom[to.index + 1] as number) + 1;
  for (let node = 0; node < calls.length; node++) callersFrom[node + 1] = (callersFrom[node + 1] as number) + (callersFrom[node] as number);
  const next = callersFrom.slice();
  const callers = new Int32Array(callersFrom[calls.length] as number);
  for (let at = 0; at < order.length; at++) {
    for (const { to } of calls[order[at] as number] as readonly EdgeView[]) {
      callers[next[to.index] as number] = at;
      next[to.index] = (next[to.index] as number) + 1;
    }
  }
  return { callers, callersFrom };
}

function isSource({ view }: NodeFacts): boolean {
  return view.behavior.routing === 'source';
}

const waitsOf = oncePer(({ nodes, edges, plan, connected }: CompiledDesign): Waits => {
  const calls = nodes.map(() => NO_CALLS as EdgeView[]);
  // waited for by something that is no source
  const awaited = new Uint8Array(nodes.length);
  for (const { view: { out, index } } of nodes) {
    for (const edge of out) {
      if (!holds(edge)) continue;
      if (calls[index] === NO_CALLS) calls[index] = [];
      calls[index]?.push(edge);
      if (edge.from.behavior.routing !== 'source') awaited[edge.to.index] = 1;
    }
  }
  const order = plan.order.filter((node) => calls[node] !== NO_CALLS && !isSource(nodes[node] as NodeFacts)).reverse();
  const dependencies: number[] = [];
  nodes.forEach((facts, node) => void (connected[node] && awaited[node] === 1 && !isSource(facts) && dependencies.push(node)));
  const fallbacks = edges.map(({ view: { params: { values }, idleReason } }) => !idleReason && values.fallback && values.criticality !== 'soft');
  return { calls, order, ...callersOf(order, calls), dependencies, fallbacks };
});

/** Which nodes hang in an experiment, by node: share of the calls to it that do (0 for none), how long each holds its caller when that sets no timeout, and 1 for a broker whose consumers do. */
interface Hung { readonly share: Float64Array; readonly holdS: Float64Array; readonly behind: Uint8Array }

/** The same for all experiments at one load; nothing hangs between them. */
interface Waiting extends Waits { readonly slots: readonly (number | null)[]; readonly open: Worklist; readonly hung: Hung }

function waitingOf({ compiled, stations: { stations } }: EvaluationContext): Waiting {
  const waits = waitsOf(compiled);
  const { length } = compiled.nodes;
  return {
    ...waits, open: new Worklist(waits.order.length), hung: { share: new Float64Array(length), holdS: new Float64Array(length), behind: new Uint8Array(length) },
    slots: compiled.nodes.map((facts, i) => (waits.calls[i] === NO_CALLS ? null : slotsOf(facts, stations[i] as NodeStation))),
  };
}

const NOBODY: readonly Exhaustion[] = [];

/** One experiment after the other: which nodes hang, and how much of the calls to them. */
class Experiments {
  private readonly context: EvaluationContext;
  private readonly waiting: Waiting;
  private readonly hanging: number[] = [];
  private exhausted: Exhaustion[] | null = null;
  /** Nodes that serve nobody any more, the dependency not among them. */
  private dead: number[] = [];
  private at = -1;

  constructor(context: EvaluationContext, waiting: Waiting) {
    this.context = context;
    this.waiting = waiting;
  }

  /** In a circle of calls only those that are still to come hear of it. */
  private hang(node: number, share: number, holdS: number, behind = false): void {
    const { hung, callers, callersFrom, open } = this.waiting;
    hung.share[node] = share;
    hung.holdS[node] = holdS;
    hung.behind[node] = behind ? 1 : 0;
    this.hanging.push(node);
    for (let k = callersFrom[node] as number; k < (callersFrom[node + 1] as number); k++) if ((callers[k] as number) > this.at) open.add(callers[k] as number);
  }

  /** What is exhausted when a dependency hangs, and the nodes that serve nobody then. */
  run(dependency: number): { readonly exhausted: readonly Exhaustion[]; readonly dead: readonly number[] } {
    const { order, open, hung } = this.waiting;
    this.at = -1;
    this.exhausted = null;
    this.dead = [];
    this.hang(dependency, 1, NO_TIMEOUT_S);
    for (this.at = open.next(); this.at >= 0; this.at = open.next()) {
      const node = order[this.at] as number;
      if (hung.share[node] !== 0) continue;
      const calls = this.waiting.calls[node] as readonly EdgeView[];
      const slots = this.waiting.slots[node] ?? null;
      if (slots === null) this.passOn(node, calls);
      else this.exhaust(node, calls, slots);
    }
    for (const node of this.hanging) hung.share[node] = 0;
    this.hanging.length = 0;
    return { exhausted: this.exhausted ?? NOBODY, dead: this.dead };
  }

  private rate({ index }: EdgeView): number {
    return (this.context.flows.edgeReads[index] as number) + (this.context.flows.edgeWrites[index] as number);
  }

  /** Share of the calls that hang at the other end; 0 when the caller does not notice. */
  private hungBehind({ kind, to, params: { values } }: EdgeView): number {
    const { share, behind } = this.waiting.hung;
    const hanging = share[to.index] as number;
    // only who waits for an answer notices that the consumer behind a broker hangs
    return hanging === 0 || values.circuit_breaker || (behind[to.index] === 1 && kind === 'publish' && !values.request_reply) ? 0 : hanging;
  }

  private holdS({ to, params: { values: { timeout_ms } } }: EdgeView): number {
    return timeout_ms === null ? (this.waiting.hung.holdS[to.index] as number) : timeout_ms / 1000;
  }

  /** Balancers and proxies hold nothing themselves: their callers wait through them. */
  private passOn(node: number, edges: readonly EdgeView[]): void {
    let all = 0;
    let share = 0;
    let holdS = 0;
    for (const edge of edges) {
      const rate = this.rate(edge);
      all += rate;
      const hanging = this.hungBehind(edge);
      if (hanging === 0) continue;
      share += rate * hanging;
      holdS = Math.max(holdS, this.holdS(edge));
    }
    if (all > 0 && share > 0) this.hang(node, Math.min(1, share / all), holdS, this.context.compiled.nodes[node]?.broker != null);
  }

  /** need = calls x time held x attempts, at most the bulkhead; at the number of slots the caller is exhausted. */
  private exhaust(node: number, edges: readonly EdgeView[], slots: number): void {
    let need = 0;
    let rate = 0;
    let worst: EdgeView | null = null;
    let most = 0;
    for (const edge of edges) {
      const hanging = this.hungBehind(edge);
      if (hanging === 0) continue;
      const { retries, bulkhead_slots } = edge.params.values;
      const calls = this.rate(edge) * hanging;
      const asked = heldSlots(calls, this.holdS(edge), retries + 1);
      const held = bulkhead_slots === null ? asked : Math.min(asked, bulkhead_slots);
      need += held;
      rate += calls;
      if (held > most) {
        worst = edge;
        most = held;
      }
    }
    if (!worst || need < slots || !(rate > 0)) return;
    this.hang(node, 1, NO_TIMEOUT_S);
    this.dead.push(node);
    (this.exhausted ??= []).push({ node: worst.from.id, edge: worst.id, seconds: slots / rate, need, slots });
  }
}

/**
 * Share of each journey that waits for a node over calls that only a fallback keeps from being hard. A fallback answers when a
 * call fails; while it hangs the caller waits like any other, and a journey that has one is no worse off for it.
 */
class FallbackWaits {
  private readonly context: EvaluationContext;
  private readonly fallback: readonly boolean[];
  private readonly any: boolean;
  private readonly byNode = new Map<number, ReadonlyMap<number, number>>();

  /** `fallback`: by edge, whether only a fallback keeps it from being hard. */
  constructor(context: EvaluationContext, fallback: readonly boolean[]) {
    this.context = context;
    this.fallback = fallback;
    this.any = fallback.includes(true);
  }

  /** By journey index; journeys without such a call on the way are absent. */
  of(node: number): ReadonlyMap<number, number> {
    const known = this.byNode.get(node) ?? (this.any ? this.solve(node) : new Map<number, number>());
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
  const fallbacks = new FallbackWaits(context, waiting.fallbacks);
  const experiments = new Experiments(context, waiting);
  for (const dependency of waiting.dependencies) {
    const { exhausted, dead } = experiments.run(dependency);
    if (dead.length === 0) continue;
    const own = losses.of(new NodeLeft(dependency, 0));
    const lost = losses.of(new Map([dependency, ...dead].map((node) => [node, 0])));
    const extra = new Map<number, number>();
    for (const [journey, share] of lost) {
      const more = share - Math.max(own.get(journey) ?? 0, fallbacks.of(dependency).get(journey) ?? 0);
      if (more > 0) extra.set(journey, more);
    }
    results.push({ dependency: context.compiled.nodes[dependency]?.view.id ?? '', exhausted, extra_share: losses.share(extra, losses.importance) });
  }
  return results.sort((a, b) => b.extra_share - a.extra_share || b.exhausted.length - a.exhausted.length || (a.dependency < b.dependency ? -1 : 1));
}
