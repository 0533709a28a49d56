/** The hung-dependency experiment (evaluation 6.6): who runs out of slots when something answers no more, and how soon. */
import type { CascadeResult } from '../../contracts/evaluation.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { heldSlots } from '../math/connections.ts';
import { shareOf } from '../availability/call-table.ts';
import { Worklist } from '../availability/worklist.ts';
import { floats, type Numbers, wholes } from '../math/lists.ts';
import type { CompiledDesign, EdgeFacts, NodeFacts, NodeStation } from '../types.ts';
import type { JourneyLosses } from './loss.ts';
import { UnitsLeft } from './units-left.ts';

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

/** Who waits for whom, at any load. */
interface Waits {
  /** Nodes that wait for somebody, no sources; callees before callers. And where each node stands there; -1 for all others. */
  readonly order: Numbers;
  readonly position: Numbers;
  /** By edge: 1 for a call that holds its caller, and 1 where only a fallback keeps a call from being hard; null without such. */
  readonly holding: Numbers;
  readonly fallback: Numbers | null;
  /** The longest that a call is assumed to hang, seconds. */
  readonly longestS: number;
  /** Nodes that something waits for: all but sources. */
  readonly dependencies: readonly number[];
}

function isSource({ view }: NodeFacts): boolean {
  return view.behavior.routing === 'source';
}

const waitsOf = oncePer(({ nodes, edges, plan, connected }: CompiledDesign): Waits => {
  const holding = wholes(edges.length);
  let fallback: Numbers | null = null;
  const waits = wholes(nodes.length);
  let longestS = NO_TIMEOUT_S;
  for (let i = 0; i < edges.length; i++) {
    const { view } = edges[i] as EdgeFacts;
    const { values } = view.params;
    if (values.fallback && !view.idleReason && values.criticality !== 'soft') (fallback ??= wholes(edges.length))[i] = 1;
    if (!holds(view)) continue;
    holding[i] = 1;
    waits[view.from.index] = 1;
    if (values.timeout_ms !== null) longestS = Math.max(longestS, values.timeout_ms / 1000);
  }
  const position = wholes(nodes.length).fill(-1);
  const awaited = wholes(nodes.length);
  const order = wholes(nodes.length);
  let count = 0;
  for (let at = plan.order.length - 1; at >= 0; at--) {
    const node = plan.order[at] as number;
    const facts = nodes[node] as NodeFacts;
    if (waits[node] === 0 || isSource(facts)) continue;
    position[node] = count;
    order[count++] = node;
    for (const { index, to } of facts.view.out) if (holding[index] === 1) awaited[to.index] = 1;
  }
  const dependencies: number[] = [];
  for (let node = 0; node < nodes.length; node++) if (awaited[node] === 1 && connected[node] && !isSource(nodes[node] as NodeFacts)) dependencies.push(node);
  return { order: order.slice(0, count), position, holding, fallback, longestS, dependencies };
});

/** Calls per second over an edge. */
function rateOver({ flows }: EvaluationContext, { index }: EdgeView): number {
  return (flows.edgeReads[index] as number) + (flows.edgeWrites[index] as number);
}

/** Slots that these calls per second hold once they hang for so long. */
function heldBy({ params: { values: { retries, bulkhead_slots } } }: EdgeView, rate: number, holdS: number): number {
  const asked = heldSlots(rate, holdS, retries + 1);
  return bulkhead_slots === null ? asked : Math.min(asked, bulkhead_slots);
}

/** How long a call holds its caller when the other end hangs, where it hangs for `elseS` without a timeout; seconds. */
function holdS({ params: { values: { timeout_ms } } }: EdgeView, elseS: number): number {
  return timeout_ms === null ? elseS : timeout_ms / 1000;
}

/** Which nodes hang in an experiment, by node: share of the calls to it that do (0 for none), how long each holds its caller when that sets no timeout, and 1 for a broker whose consumers do. */
interface Hung { readonly share: Numbers; readonly holdS: Numbers; readonly behind: Numbers }

/** The same for all experiments at one load; nothing hangs between them. By position: the slots of a node, -1 for one that holds nothing itself, and 1 where something may run out of slots, there or among those who wait through it. */
interface Waiting extends Waits { readonly slots: Numbers; readonly concerned: Numbers; readonly open: Worklist; readonly hung: Hung }

/** Slots that a node needs when everything it waits for hangs as long as anything can: no experiment asks for more. */
function mostHeld(context: EvaluationContext, { holding, longestS }: Waits, { view: { out } }: NodeFacts): number {
  let most = 0;
  for (const edge of out) if (holding[edge.index] === 1 && !edge.params.values.circuit_breaker) most += heldBy(edge, rateOver(context, edge), holdS(edge, longestS));
  return most;
}

/** Whether the loss of an answer concerns anybody: callers at positions after this one (-1: any). */
function isHeard({ position, holding }: Waits, concerned: Numbers, { view }: NodeFacts, after: number): boolean {
  for (const { index, from } of view.in) {
    const at = position[from.index] as number;
    if (at > after && holding[index] === 1 && concerned[at] === 1) return true;
  }
  return false;
}

function waitingOf(context: EvaluationContext): Waiting {
  const { compiled: { nodes }, stations: { stations } } = context;
  const waits = waitsOf(context.compiled);
  const { order } = waits;
  const slots = floats(order.length);
  const concerned = wholes(order.length);
  // callers first: who passes hung calls on concerns nobody where all its callers have slots enough
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at] as number;
    const facts = nodes[node] as NodeFacts;
    const own = slotsOf(facts, stations[node] as NodeStation);
    slots[at] = own ?? -1;
    concerned[at] = (own === null ? isHeard(waits, concerned, facts, at) : mostHeld(context, waits, facts) >= own) ? 1 : 0;
  }
  const hung = { share: floats(nodes.length), holdS: floats(nodes.length), behind: wholes(nodes.length) };
  return { ...waits, slots, concerned, open: new Worklist(order.length), hung };
}

/** One experiment after the other: which nodes hang, and how much of the calls to them. */
class Experiments {
  private readonly context: EvaluationContext;
  private readonly waiting: Waiting;
  private readonly hanging: number[] = [];
  /** What the last experiment exhausted, and the nodes that serve nobody then, the dependency not among them. */
  exhausted: Exhaustion[] = [];
  readonly dead: number[] = [];
  private at = -1;

  constructor(context: EvaluationContext, waiting: Waiting) {
    this.context = context;
    this.waiting = waiting;
  }

  /** In a circle of calls only those that are still to come hear of it. */
  private hang(node: number, share: number, hangsS: number, behind = false): void {
    const { hung, position, holding, concerned, open } = this.waiting;
    hung.share[node] = share;
    hung.holdS[node] = hangsS;
    hung.behind[node] = behind ? 1 : 0;
    this.hanging.push(node);
    for (const { index, from } of (this.context.compiled.nodes[node] as NodeFacts).view.in) {
      const at = position[from.index] as number;
      if (at > this.at && holding[index] === 1 && concerned[at] === 1) open.add(at);
    }
  }

  /** Let a dependency hang; false when that exhausts nobody. */
  run(dependency: number): boolean {
    const { order, open, hung, slots } = this.waiting;
    this.at = -1;
    this.dead.length = 0;
    this.hang(dependency, 1, NO_TIMEOUT_S);
    for (this.at = open.next(); this.at >= 0; this.at = open.next()) {
      const node = order[this.at] as number;
      if (hung.share[node] !== 0) continue;
      const own = slots[this.at] as number;
      if (own < 0) this.passOn(this.context.compiled.nodes[node] as NodeFacts);
      else this.exhaust(this.context.compiled.nodes[node] as NodeFacts, own);
    }
    for (const node of this.hanging) hung.share[node] = 0;
    this.hanging.length = 0;
    return this.dead.length > 0;
  }

  /** Share of the calls that hang at the other end; 0 when the caller does not notice. */
  private hungBehind({ kind, index, to, params: { values } }: EdgeView): number {
    const { holding, hung: { share, behind } } = this.waiting;
    const hanging = share[to.index] as number;
    // only who waits for an answer notices that the consumer behind a broker hangs
    return hanging === 0 || holding[index] === 0 || values.circuit_breaker || (behind[to.index] === 1 && kind === 'publish' && !values.request_reply) ? 0 : hanging;
  }

  private holdS(edge: EdgeView): number {
    return holdS(edge, this.waiting.hung.holdS[edge.to.index] as number);
  }

  /** Balancers and proxies hold nothing themselves: their callers wait through them. */
  private passOn({ view: { index, out }, broker }: NodeFacts): void {
    let all = 0;
    let share = 0;
    let longestS = 0;
    for (const edge of out) {
      if (this.waiting.holding[edge.index] === 0) continue;
      const rate = rateOver(this.context, edge);
      all += rate;
      const hanging = this.hungBehind(edge);
      if (hanging === 0) continue;
      share += rate * hanging;
      longestS = Math.max(longestS, this.holdS(edge));
    }
    if (all > 0 && share > 0) this.hang(index, Math.min(1, share / all), longestS, broker != null);
  }

  private exhaust({ view: { index, out } }: NodeFacts, slots: number): void {
    let need = 0;
    let rate = 0;
    let worst: EdgeView | null = null;
    let most = 0;
    for (const edge of out) {
      const hanging = this.hungBehind(edge);
      if (hanging === 0) continue;
      const calls = rateOver(this.context, edge) * hanging;
      const held = heldBy(edge, calls, this.holdS(edge));
      need += held;
      rate += calls;
      if (held > most) {
        worst = edge;
        most = held;
      }
    }
    if (!worst || need < slots || !(rate > 0)) return;
    this.hang(index, 1, NO_TIMEOUT_S);
    this.dead.push(index);
    if (this.dead.length === 1) this.exhausted = [];
    this.exhausted.push({ node: worst.from.id, edge: worst.id, seconds: slots / rate, need, slots });
  }
}

/**
 * Share of each journey that waits for a node over calls that only a fallback keeps from being hard. A fallback answers when a
 * call fails; while it hangs the caller waits like any other, and a journey that has one is no worse off for it.
 * By journey index.
 */
function fallbackWaits({ compiled: { plan, journeys } }: EvaluationContext, fallback: Numbers, node: number): Numbers {
  const found = floats(journeys.length);
  for (let journey = 0; journey < journeys.length; journey++) {
    const share = floats(plan.slotNode.length);
    const softened = wholes(plan.slotNode.length);
    for (const entry of plan.entries) {
      if (entry.journey !== journey || !(entry.weight > 0)) continue;
      share[entry.slot] = Math.min(1, (share[entry.slot] as number) + entry.share);
      if (entry.edge >= 0 && fallback[entry.edge] === 1) softened[entry.slot] = 1;
    }
    for (const call of plan.calls) {
      const from = share[call.from] as number;
      const soft = fallback[call.edge] === 1;
      if (from === 0 || call.wait === 'async' || !(call.hard || soft)) continue;
      share[call.to] = Math.min(1, (share[call.to] as number) + from * shareOf(call));
      if (soft || softened[call.from] === 1) softened[call.to] = 1;
    }
    let waits = 0;
    for (const slot of plan.nodeSlots[node] ?? []) if (softened[slot] === 1) waits += share[slot] as number;
    found[journey] = Math.min(1, waits);
  }
  return found;
}

/** cascade(d) = share of importance lost beyond the journeys that need d, for every dependency that exhausts a caller; worst first. */
export function cascades(context: EvaluationContext, losses: JourneyLosses): CascadeResult[] {
  const { compiled } = context;
  const waiting = waitingOf(context);
  const { concerned, dependencies, fallback } = waiting;
  const results: CascadeResult[] = [];
  const experiments = new Experiments(context, waiting);
  const left = new UnitsLeft(compiled.nodes.length);
  for (const dependency of dependencies) {
    const facts = compiled.nodes[dependency] as NodeFacts;
    if (!isHeard(waiting, concerned, facts, -1)) continue;
    if (!experiments.run(dependency)) continue;
    const { exhausted, dead } = experiments;
    left.clear();
    left.set(dependency, 0);
    for (const node of dead) left.set(node, 0);
    const anyway = fallback && fallbackWaits(context, fallback, dependency);
    results.push({ dependency: facts.view.id, exhausted, extra_share: losses.beyond(dependency, left, anyway) });
  }
  return results.sort((a, b) => b.extra_share - a.extra_share || b.exhausted.length - a.exhausted.length || (a.dependency < b.dependency ? -1 : 1));
}
