/** What one request of each journey asks of every node and edge: the basis on which shared costs are divided. */
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { callColumns, TRAIT } from '../solve/call-columns.ts';
import type { Call, CompiledDesign, Plan } from '../types.ts';

/** Load of one request of one journey. */
export interface JourneyLoad {
  /** Invocations of each node by operation: index `2 * node + op`. Sources count the requests they send. */
  readonly arrivals: Numbers;
  /** Seconds of own demand (CPU and waits) at each node. */
  readonly demandS: Numbers;
  /** Operations over each edge. */
  readonly edges: Numbers;
  /** Requests of the journey per second at the evaluated load. */
  readonly rate: number;
}

/** The walk in flat arrays beside `callColumns`; the same for all journeys. */
const tableOf = oncePer(({ calls, slotNode, slotOp, slotCpuS, slotIoS }: Plan) => {
  const table = {
    arrive: floats(calls.length),
    /** Where arrivals are counted: `2 * node + op`. */
    to: wholes(calls.length),
    /** Callers in walk order, and where the calls of each begin: those of one state stand together. */
    callers: [] as number[],
    firsts: [] as number[],
    /** States with a demand of their own, and its seconds. */
    workers: [] as number[],
    workS: [] as number[],
  };
  let last = -1;
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i] as Call;
    if (call.from !== last) {
      table.callers.push(call.from);
      table.firsts.push(i);
      last = call.from;
    }
    table.arrive[i] = call.arrive;
    table.to[i] = 2 * (slotNode[call.to] as number) + (slotOp[call.to] as number);
  }
  table.firsts.push(calls.length);
  for (let slot = 0; slot < slotNode.length; slot++) {
    const ownS = (slotCpuS[slot] as number) + (slotIoS[slot] as number);
    if (ownS === 0) continue;
    table.workers.push(slot);
    table.workS.push(ownS);
  }
  return table;
});

/** What comes in where the journey starts. Sources count the requests they send. */
function addEntries({ plan, edges }: CompiledDesign, journey: number, arrivals: Numbers): void {
  const arrive = (node: number, op: number, count: number): void => void (arrivals[2 * node + op] = (arrivals[2 * node + op] as number) + count);
  for (const entry of plan.entries) {
    if (entry.journey !== journey) continue;
    arrive(plan.slotNode[entry.slot] as number, plan.slotOp[entry.slot] as number, entry.weight);
    const source = entry.edge < 0 ? undefined : edges[entry.edge]?.view.from;
    if (source) arrive(source.index, entry.op, entry.weight);
  }
}

/** Invocations over the calls of the walk, past the caches before them. */
function addCalls(plan: Plan, slots: Numbers, miss: Numbers, arrivals: Numbers): void {
  const { callers, firsts, arrive, to } = tableOf(plan);
  const { rate, traits } = callColumns(plan.calls);
  for (let caller = 0; caller < callers.length; caller++) {
    const visited = slots[callers[caller] as number] as number;
    if (visited === 0) continue;
    const end = firsts[caller + 1] as number;
    for (let i = firsts[caller] as number; i < end; i++) {
      let count = visited * (rate[i] as number) * (arrive[i] as number);
      if (((traits[i] as number) & TRAIT.gated) !== 0) for (const gate of (plan.calls[i] as Call).gates) count *= miss[gate] as number;
      arrivals[to[i] as number] = (arrivals[to[i] as number] as number) + count;
    }
  }
}

/** Own demand of the states that are visited. */
function addDemand(plan: Plan, slots: Numbers, demandS: Numbers): void {
  const { workers, workS } = tableOf(plan);
  for (let i = 0; i < workers.length; i++) {
    const slot = workers[i] as number;
    const visited = slots[slot] as number;
    if (visited === 0) continue;
    const node = plan.slotNode[slot] as number;
    demandS[node] = (demandS[node] as number) + visited * (workS[i] as number);
  }
}

function loadOf(context: EvaluationContext, journey: number): JourneyLoad {
  const { compiled, flows, visits, multiple } = context;
  const { plan, nodes, edges } = compiled;
  const arrivals = floats(2 * nodes.length);
  const demandS = floats(nodes.length);
  addEntries(compiled, journey, arrivals);
  const slots = visits[journey]?.slots;
  if (slots) {
    addCalls(plan, slots, flows.miss, arrivals);
    addDemand(plan, slots, demandS);
  }
  return { arrivals, demandS, edges: visits[journey]?.edges ?? floats(edges.length), rate: (compiled.journeys[journey]?.rate_rps ?? 0) * multiple };
}

/** Nodes that report to each node that something reports to. */
const reportersOf = oncePer(({ graph }: CompiledDesign): ReadonlyMap<number, ReadonlySet<number>> => {
  const reporters = new Map<number, Set<number>>();
  for (const { kind, idleReason, from, to } of graph.edges) {
    if (kind !== 'trace' || idleReason) continue;
    const known = reporters.get(to.index);
    if (known) known.add(from.index);
    else reporters.set(to.index, new Set([from.index]));
  }
  return reporters;
});

/**
 * Requests per second of each journey that pass nodes which report to this one: telemetry bears no load of its own.
 * One that passes several counts once, or `each` time. Null for a node to which nothing reports.
 */
export function observedRequests(context: EvaluationContext, loads: readonly JourneyLoad[], node: number, counted: 'once' | 'each'): Numbers | null {
  const reporters = reportersOf(context.compiled).get(node);
  if (!reporters) return null;
  return loads.map(({ arrivals, rate }) => {
    let passing = 0;
    for (const from of reporters) {
      const here = (arrivals[2 * from] as number) + (arrivals[2 * from + 1] as number);
      passing = counted === 'each' ? passing + here : Math.max(passing, here);
    }
    return rate * passing;
  });
}

/** Loads of all journeys, in journey order. */
export function journeyLoads(context: EvaluationContext): readonly JourneyLoad[] {
  return context.compiled.journeys.map((_, journey) => loadOf(context, journey));
}
