/**
 * What all journeys together ask of every place, and what one request of each pays where every use has its price. What a request
 * does is proportional to how often its journey comes in, so that one walk forward and one back answer for all journeys.
 */
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers } from '../math/lists.ts';
import { callColumns, TRAIT } from '../solve/call-columns.ts';
import type { Call, CompiledDesign, EdgeFacts, Entry, Plan } from '../types.ts';

/** A number for each use of each place: how much of it there is, or what it costs. */
export interface PlaceUse {
  /** Invocations of each node by operation: index `2 * node + op`. Sources count the requests they send. */
  readonly arrivals: Numbers;
  /** Seconds of own demand (CPU and waits) at each node. */
  readonly demandS: Numbers;
  /** Operations over each edge. */
  readonly edges: Numbers;
}

/** No use of anything. */
export function noUse({ nodes, edges }: CompiledDesign): PlaceUse {
  return { arrivals: floats(2 * nodes.length), demandS: floats(nodes.length), edges: floats(edges.length) };
}

/** Where the invocations of a slot are counted. */
function arrivalsOf({ slotNode, slotOp }: Plan, slot: number): number {
  return 2 * (slotNode[slot] as number) + (slotOp[slot] as number);
}

/** The node that sends the requests of an entry; -1 without one. */
export function sourceOf({ edges }: CompiledDesign, { edge }: Entry): number {
  return edge < 0 ? -1 : (edges[edge] as EdgeFacts).view.from.index;
}

function ownS({ slotCpuS, slotIoS }: Plan, slot: number): number {
  return (slotCpuS[slot] as number) + (slotIoS[slot] as number);
}

/** Operations of each call for one drive of its caller, past the caches before it. */
function operations({ plan: { calls } }: CompiledDesign, miss: Numbers): Numbers {
  const { rate, traits } = callColumns(calls);
  const found = rate.slice();
  for (let i = 0; i < found.length; i++) {
    if (((traits[i] as number) & TRAIT.gated) === 0) continue;
    for (const gate of (calls[i] as Call).gates) found[i] = (found[i] as number) * (miss[gate] as number);
  }
  return found;
}

function add(to: Numbers, at: number, amount: number): void {
  to[at] = (to[at] as number) + amount;
}

/** Both walks over one drawing under one load. */
export class JourneyUse {
  /** What all journeys together ask of each place, per second. */
  readonly total: PlaceUse;
  private readonly compiled: CompiledDesign;
  private readonly operations: Numbers;

  /** `rates`: requests per second by journey. */
  constructor({ compiled, flows }: EvaluationContext, rates: Numbers) {
    this.compiled = compiled;
    this.operations = operations(compiled, flows.miss);
    this.total = noUse(compiled);
    this.addDemand(this.walk(rates));
  }

  /** Counts what comes in and every call. Returns how many times each slot makes its calls. */
  private walk(rates: Numbers): Numbers {
    const { compiled, operations, total: { arrivals, edges } } = this;
    const { plan } = compiled;
    const slots = floats(plan.slotNode.length);
    for (const entry of plan.entries) {
      const requests = (rates[entry.journey] as number) * entry.weight;
      const source = sourceOf(compiled, entry);
      add(slots, entry.slot, requests);
      add(arrivals, arrivalsOf(plan, entry.slot), requests);
      if (source < 0) continue;
      add(arrivals, 2 * source + entry.op, requests);
      add(edges, entry.edge, requests);
    }
    const { from, to, edge, arrive, drive, traits } = callColumns(plan.calls);
    for (let i = 0; i < from.length; i++) {
      const made = (slots[from[i] as number] as number) * (operations[i] as number);
      if (made === 0) continue;
      const callee = to[i] as number;
      if (((traits[i] as number) & TRAIT.given) === 0) add(edges, edge[i] as number, made);
      add(arrivals, arrivalsOf(plan, callee), made * (arrive[i] as number));
      add(slots, callee, made * (drive[i] as number));
    }
    return slots;
  }

  private addDemand(slots: Numbers): void {
    const { compiled: { plan }, total: { demandS } } = this;
    for (let slot = 0; slot < slots.length; slot++) add(demandS, plan.slotNode[slot] as number, (slots[slot] as number) * ownS(plan, slot));
  }

  /** What one request of each journey costs, by journey, where each use of a place costs this much. */
  costOfOne(prices: PlaceUse, journeys: number): Numbers {
    const { compiled } = this;
    const { plan } = compiled;
    const slots = this.costOfSlots(prices);
    const paid = floats(journeys);
    for (const entry of plan.entries) {
      const source = sourceOf(compiled, entry);
      const sending = source < 0 ? 0 : (prices.arrivals[2 * source + entry.op] as number) + (prices.edges[entry.edge] as number);
      add(paid, entry.journey, entry.weight * (sending + (prices.arrivals[arrivalsOf(plan, entry.slot)] as number) + (slots[entry.slot] as number)));
    }
    return paid;
  }

  /** What a slot costs each time that it makes its calls: its own demand, and what it calls. From the last call to the first, because callers come before callees. */
  private costOfSlots({ arrivals, demandS, edges }: PlaceUse): Numbers {
    const { compiled: { plan }, operations } = this;
    const slots = floats(plan.slotNode.length);
    for (let slot = 0; slot < slots.length; slot++) slots[slot] = (demandS[plan.slotNode[slot] as number] as number) * ownS(plan, slot);
    const { from, to, edge, arrive, drive, traits } = callColumns(plan.calls);
    for (let i = from.length - 1; i >= 0; i--) {
      const callee = to[i] as number;
      const travel = ((traits[i] as number) & TRAIT.given) === 0 ? (edges[edge[i] as number] as number) : 0;
      const one = travel + (arrivals[arrivalsOf(plan, callee)] as number) * (arrive[i] as number) + (slots[callee] as number) * (drive[i] as number);
      add(slots, from[i] as number, one * (operations[i] as number));
    }
    return slots;
  }
}
