/** What one request of each journey asks of every node and edge: the basis on which shared costs are divided. */
import type { EvaluationContext } from '../context.ts';

/** Load of one request of one journey. */
export interface JourneyLoad {
  /** Invocations of each node by operation: index `2 * node + op`. Sources count the requests they send. */
  readonly arrivals: Float64Array;
  /** Seconds of own demand (CPU and waits) at each node. */
  readonly demandS: Float64Array;
  /** Operations over each edge. */
  readonly edges: Float64Array;
  /** Requests of the journey per second at the evaluated load. */
  readonly rate: number;
}

function loadOf(context: EvaluationContext, journey: number): JourneyLoad {
  const { compiled, flows, visits, multiple } = context;
  const { plan, nodes, edges } = compiled;
  const arrivals = new Float64Array(2 * nodes.length);
  const demandS = new Float64Array(nodes.length);
  const slots = visits[journey]?.slots ?? new Float64Array(plan.slotNode.length);
  const arrive = (node: number, op: number, count: number): void => void (arrivals[2 * node + op] = (arrivals[2 * node + op] as number) + count);
  for (const entry of plan.entries) {
    if (entry.journey !== journey) continue;
    arrive(plan.slotNode[entry.slot] as number, plan.slotOp[entry.slot] as number, entry.weight);
    const source = edges[entry.edge]?.view.from;
    if (source) arrive(source.index, entry.op, entry.weight);
  }
  for (const call of plan.calls) {
    let count = (slots[call.from] as number) * call.rate * call.arrive;
    if (count === 0) continue;
    for (const gate of call.gates) count *= flows.miss[gate] as number;
    arrive(plan.slotNode[call.to] as number, plan.slotOp[call.to] as number, count);
  }
  for (let slot = 0; slot < slots.length; slot++) {
    const node = plan.slotNode[slot] as number;
    demandS[node] = (demandS[node] as number) + (slots[slot] as number) * ((plan.slotCpuS[slot] as number) + (plan.slotIoS[slot] as number));
  }
  return { arrivals, demandS, edges: visits[journey]?.edges ?? new Float64Array(edges.length), rate: (compiled.journeys[journey]?.rate_rps ?? 0) * multiple };
}

/**
 * Requests per second of each journey that pass nodes which report to this one: telemetry bears no load of its own.
 * One that passes several counts once, or `each` time. Null for a node to which nothing reports.
 */
export function observedRequests(context: EvaluationContext, loads: readonly JourneyLoad[], node: number, counted: 'once' | 'each'): Float64Array | null {
  const reporters = [...new Set((context.compiled.nodes[node]?.view.in ?? []).filter((edge) => edge.kind === 'trace' && !edge.idleReason).map((edge) => edge.from.index))];
  if (reporters.length === 0) return null;
  return Float64Array.from(loads, ({ arrivals, rate }) => {
    const passing = reporters.map((from) => (arrivals[2 * from] as number) + (arrivals[2 * from + 1] as number));
    return rate * passing.reduce((sum, count) => (counted === 'each' ? sum + count : Math.max(sum, count)), 0);
  });
}

/** Loads of all journeys, in journey order. */
export function journeyLoads(context: EvaluationContext): readonly JourneyLoad[] {
  return context.compiled.journeys.map((_, journey) => loadOf(context, journey));
}
