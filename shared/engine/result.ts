/** The last stage: what the other stages found, as the plain data of `Evaluation`. */
import type { EdgeResult, JourneyResult, JourneyStepResult, NodeResult, ResourceLoad } from '../contracts/evaluation.ts';
import type { PriceBook } from '../contracts/catalog.ts';
import { AXES, type Axis, type AxisScore, type Evaluation } from '../contracts/evaluation.ts';
import { journeyParams } from '../contracts/document-params.ts';
import { noQuantity, quantity, type Quantity } from '../model/quantity.ts';
import { fluidBacklog } from './math/backlog.ts';
import { breakPoints } from './headroom.ts';
import { resolve } from './resolve.ts';
import type { EvaluationContext } from './context.ts';
import type { Call, CompiledDesign, JourneyLatency, NodeStation, ResourceState } from './types.ts';

const NOT_MODELLED = noQuantity('not_modelled');
const NOT_APPLICABLE = noQuantity('not_applicable');

/** Stages that this version does not have yet, in words for the result. */
const MISSING_STAGES = ['Availability', 'Failures that spread', 'Cost', 'Consistency', 'Scores', 'Findings'] as const;

function multipleOf(value: number | null): Quantity {
  return value === null ? noQuantity('unbounded') : quantity(value);
}

function resourceLoad(state: ResourceState): ResourceLoad {
  return { resource: state.resource, utilisation: state.utilisation, capacity_rps: state.capacity, knee: state.knee };
}

/** Resource with the largest load-driven utilisation. */
function bindingOf(station: NodeStation): ResourceState | null {
  let binding: ResourceState | null = null;
  for (const state of station.resources) if (state.capacity !== null && (binding === null || state.utilisation > binding.utilisation)) binding = state;
  return binding;
}

function smallestCapacity(station: NodeStation): number | null {
  let smallest: number | null = null;
  for (const { capacity } of station.resources) if (capacity !== null && (smallest === null || capacity < smallest)) smallest = capacity;
  return smallest;
}

/** Mean response over the states of a node, weighted by what arrives. */
function meanResponse(context: EvaluationContext, index: number): number {
  const { compiled, flows, stations } = context;
  let total = 0;
  let weighted = 0;
  for (const slot of compiled.plan.nodeSlots[index] ?? []) {
    total += flows.arrive[slot] as number;
    weighted += (flows.arrive[slot] as number) * (stations.responseS[slot] as number);
  }
  return total > 0 ? weighted / total : 0;
}

/** Share of the lookups of these cache uses that need nothing behind; null without lookups. */
function hitRatio({ flows }: EvaluationContext, uses: Iterable<number>): number | null {
  let lookups = 0;
  let behind = 0;
  for (const use of uses) {
    lookups += flows.lookups[use] as number;
    behind += (flows.lookups[use] as number) * (flows.miss[use] as number);
  }
  return lookups > 0 ? 1 - behind / lookups : null;
}

/** Cache uses by node, and by the edge into the cache. */
interface UseIndex { readonly ofNode: ReadonlyMap<number, readonly number[]>; readonly ofEdge: ReadonlyMap<number, ReadonlySet<number>> }

function indexUses(compiled: CompiledDesign): UseIndex {
  const ofNode = new Map<number, number[]>();
  const ofEdge = new Map<number, Set<number>>();
  const add = (edge: number, use: number): void => void ofEdge.set(edge, (ofEdge.get(edge) ?? new Set<number>()).add(use));
  compiled.uses.forEach(({ cache }, use) => void ofNode.set(cache, [...(ofNode.get(cache) ?? []), use]));
  compiled.edges.forEach((facts, index) => {
    if (facts.seriesUse >= 0) add(index, facts.seriesUse);
    for (const front of facts.fronts) add(front.edge, front.use);
  });
  return { ofNode, ofEdge };
}

/** What waits at a broker after the peak: the deficit of the slowest of its consumers. */
function backlogOf(context: EvaluationContext, index: number): NodeResult['backlog'] {
  const { compiled, flows, stations } = context;
  const { peak_duration_s: peakS, peak_to_avg } = compiled.workload;
  const facts = compiled.nodes[index];
  if (!facts?.broker) return null;
  let worst = { backlog: 0, delayS: 0 as number | null, drainS: 0 as number | null };
  for (const edge of facts.view.out) {
    const capacity = stations.stations[edge.to.index]?.capacity ?? null;
    if (edge.idleReason || edge.synchronous || capacity === null) continue;
    const lambda = (flows.nodeReads[edge.to.index] as number) + (flows.nodeWrites[edge.to.index] as number);
    const found = fluidBacklog({ lambdaPeak: lambda, capacity, peakS, lambdaAfter: lambda / peak_to_avg });
    if (found.backlog > worst.backlog) worst = found;
  }
  return { messages: quantity(worst.backlog), delay_s: multipleOf(worst.delayS), drain_s: multipleOf(worst.drainS) };
}

function nodeResult(context: EvaluationContext, uses: UseIndex, index: number): NodeResult {
  const { compiled, flows, stations, headroom } = context;
  const facts = compiled.nodes[index] as CompiledDesign['nodes'][number];
  const station = stations.stations[index] as NodeStation;
  const reads = flows.nodeReads[index] as number;
  const writes = flows.nodeWrites[index] as number;
  const binding = bindingOf(station);
  const capacity = smallestCapacity(station);
  const room = headroom.nodes[index];
  const lag = facts.store && (facts.store.replicas > 0 || facts.replays.length > 0) ? (station.lagS === null ? noQuantity('unbounded') : quantity(station.lagS)) : null;
  return {
    id: facts.view.id, connected: compiled.connected[index] ?? false,
    arrival_rps: reads + writes, reads_rps: reads, writes_rps: writes,
    resources: station.resources.map(resourceLoad), utilisation: binding?.utilisation ?? null, binding: binding?.resource ?? null,
    capacity_rps: capacity, saturated: station.saturated,
    wait_s: station.saturated ? noQuantity('saturated') : quantity(station.waitS),
    response_s: station.saturated ? noQuantity('saturated') : quantity(meanResponse(context, index)),
    headroom: multipleOf(room?.now ?? null), breaks_at: multipleOf(room?.breaks ?? null),
    units: facts.units,
    units_needed: capacity !== null && capacity > 0 ? Math.max(1, Math.ceil(((reads + writes) / (0.85 * (capacity / station.scaledUnits))) - 1e-9)) : null,
    units_scaled: station.scaledUnits,
    hit_ratio: facts.cache ? hitRatio(context, uses.ofNode.get(index) ?? []) : facts.edgeCache ? facts.edgeCache.hit_ratio : null,
    backlog: backlogOf(context, index), lag_s: lag,
    availability: NOT_MODELLED, full_capacity_availability: NOT_MODELLED, cost_usd_month: 0,
    evidence: station.evidence, not_modelled: facts.view.behavior.not_modelled,
  };
}

function edgeJourneys(context: EvaluationContext, index: number): string[] {
  return context.compiled.journeys.filter((_, j) => (context.visits[j]?.edgeReach[index] ?? 0) > 0).map((journey) => journey.id);
}

/** Busy connections of the caller's pools over their size; null where no pool is used. */
function poolUtilisation(context: EvaluationContext, index: number): number | null {
  const { compiled, flows, stations } = context;
  const edge = compiled.edges[index]?.view;
  if (!edge || edge.kind !== 'db' || edge.idleReason || edge.to.behavior.role !== 'relational') return null;
  const caller = compiled.nodes[edge.from.index];
  const processes = caller?.process ? caller.process.units * caller.process.workers : caller?.pool ? caller.pool.units * caller.pool.concurrency : 0;
  const size = processes * (edge.params.values.pool_size + edge.params.values.max_overflow);
  if (!(size > 0)) return null;
  const local = stations.stations[edge.to.index]?.evidence ?? {};
  return ((flows.edgeReads[index] as number) * (local['read_s'] ?? 0) + (flows.edgeWrites[index] as number) * (local['write_s'] ?? 0)) / size;
}

function edgeResult(context: EvaluationContext, uses: UseIndex, index: number): EdgeResult {
  const { compiled, flows } = context;
  const facts = compiled.edges[index] as CompiledDesign['edges'][number];
  const { view } = facts;
  const reads = flows.edgeReads[index] as number;
  const writes = flows.edgeWrites[index] as number;
  const cached = view.kind === 'cache' ? hitRatio(context, uses.ofEdge.get(index) ?? []) : null;
  return {
    id: view.id, kind: view.kind, kind_inferred: view.kindInferred, rps: reads + writes, reads_rps: reads, writes_rps: writes, synchronous: view.synchronous,
    rtt_s: view.rtt_s, hit_ratio: cached, idle_reason: view.idleReason, utilisation: poolUtilisation(context, index), journeys: edgeJourneys(context, index),
  };
}

/** Steps a user waits for, in walk order, one for each connection: its trip and the callee's own time, so that they add up. */
function stepsOf(context: EvaluationContext, journey: number): JourneyStepResult[] {
  const { compiled, flows, stations } = context;
  const visits = context.visits[journey];
  const own = (slot: number): number => (stations.responseS[slot] as number) - (stations.downstreamS[slot] as number);
  const steps = new Map<number, { edge: string; calls: number; mean_s: number; group: string | null; hard: boolean }>();
  const add = (edge: number, calls: number, mean: number, group: string | null, hard: boolean): void => {
    const id = compiled.edges[edge]?.view.id;
    if (id === undefined) return;
    const step = steps.get(edge) ?? { edge: id, calls: 0, mean_s: 0, group, hard };
    steps.set(edge, { ...step, calls: step.calls + calls, mean_s: step.mean_s + mean, hard: step.hard || hard });
  };
  for (const entry of compiled.plan.entries) if (entry.journey === journey && entry.weight > 0) add(entry.edge, entry.weight, entry.weight * (entry.tripS + own(entry.slot)), null, true);
  for (const call of compiled.plan.calls) {
    if (visits?.reach[call.from] !== 1 || call.wait === 'async') continue;
    const calls = callVisits(call, visits.slots, flows.miss);
    add(call.edge, calls, calls * (call.tripS + own(call.to)), call.group, call.hard);
  }
  return [...steps.values()];
}

function callVisits(call: Call, slots: Float64Array, miss: Float64Array): number {
  let visits = (slots[call.from] as number) * call.rate;
  for (const gate of call.gates) visits *= miss[gate] as number;
  return visits;
}

const COMPUTE = new Set(['compute', 'worker', 'function']);

/** Longest chain of consecutive synchronous hops between compute nodes; splitters in between do not count. */
function depthOf(context: EvaluationContext, journey: number): number {
  const { plan, nodes } = context.compiled;
  const reach = context.visits[journey]?.reach;
  const depth = new Int32Array(plan.slotNode.length);
  let longest = 0;
  const isCompute = (slot: number): boolean => COMPUTE.has(nodes[plan.slotNode[slot] as number]?.view.behavior.role ?? '');
  for (const call of plan.calls) {
    if (reach?.[call.from] !== 1 || call.wait !== 'wait') continue;
    const through = nodes[plan.slotNode[call.from] as number]?.split !== null;
    const here = isCompute(call.from) || through ? (depth[call.from] as number) : 0;
    const next = here + (isCompute(call.to) && isCompute(call.from) ? 1 : isCompute(call.to) && through && here > 0 ? 1 : 0);
    depth[call.to] = Math.max(depth[call.to] as number, next);
    longest = Math.max(longest, depth[call.to] as number);
  }
  return longest;
}

interface Reached { readonly nodes: string[]; readonly edges: string[]; readonly hard: string[]; readonly served: number }

/** What a journey touches, the synchronous hard part of it, and the share its narrowest place serves (semantics 9.1). */
function reachOf(context: EvaluationContext, journey: number): Reached {
  const { compiled, stations } = context;
  const { plan, nodes, edges } = compiled;
  const visits = context.visits[journey];
  const touched = new Set<number>();
  const hard = new Set<number>();
  const hardSlots = new Uint8Array(plan.slotNode.length);
  for (const entry of plan.entries) if (entry.journey === journey && entry.weight > 0) hardSlots[entry.slot] = 1;
  for (const call of plan.calls) if (hardSlots[call.from] === 1 && call.hard && call.wait !== 'async' && call.drive > 0) hardSlots[call.to] = 1;
  for (const entry of plan.entries) {
    const source = entry.journey === journey ? edges[entry.edge]?.view.from : undefined;
    if (source) touched.add(source.index);
  }
  visits?.reach.forEach((level, slot) => void (level > 0 && touched.add(plan.slotNode[slot] as number)));
  let served = 1;
  hardSlots.forEach((isHard, slot) => {
    if (isHard !== 1) return;
    const index = plan.slotNode[slot] as number;
    hard.add(index);
    const station = stations.stations[index];
    const busiest = Math.max(0, ...(station?.resources ?? []).filter((state) => state.capacity !== null).map((state) => state.utilisation));
    if (busiest > 1) served = Math.min(served, 1 / busiest);
  });
  const ids = (set: Set<number>): string[] => [...set].sort((a, b) => a - b).map((index) => nodes[index]?.view.id ?? '');
  return { nodes: ids(touched), edges: edges.filter((_, i) => (visits?.edgeReach[i] ?? 0) > 0).map((edge) => edge.view.id), hard: ids(hard), served };
}

function timeOf(latency: JourneyLatency, seconds: number): Quantity {
  if (latency.saturated) return { value: latency.timeoutS === null ? null : latency.timeoutS * 1000, state: 'saturated' };
  return quantity(seconds * 1000);
}

function journeyResult(context: EvaluationContext, index: number): JourneyResult {
  const { compiled, latency, multiple } = context;
  const view = compiled.journeys[index] as CompiledDesign['journeys'][number];
  const values = resolve(journeyParams, view.journey).values;
  const time = latency.journeys[index] as JourneyLatency;
  const starts = compiled.plan.entries.some((entry) => entry.journey === index);
  const reached = reachOf(context, index);
  const shown = (seconds: number): Quantity => (starts ? timeOf(time, seconds) : NOT_APPLICABLE);
  const unknown = reached.nodes.filter((id) => compiled.graph.nodeById.get(id)?.known === false);
  const done = time.done === null ? NOT_APPLICABLE : time.done.unbounded ? noQuantity('unbounded') : quantity(time.done.quantileS ?? 0);
  return {
    id: view.id, name: view.journey.name, derived: view.derived, rate_rps: view.rate_rps * multiple, share: view.share, importance: view.importance,
    mean_ms: shown(time.meanS), p50_ms: shown(time.p50S), p95_ms: shown(time.p95S), p99_ms: shown(time.p99S), p99_target_ms: values.p99_target_ms,
    served: starts ? reached.served : 0, availability: NOT_MODELLED, availability_target: values.availability_target,
    done_s: done, done_target_s: values.done_target_s, done_availability: NOT_MODELLED, done_availability_target: values.done_availability_target,
    usd_per_million: NOT_MODELLED, nodes: reached.nodes, edges: reached.edges, hard_nodes: reached.hard, steps: stepsOf(context, index), dies_if: [],
    depth: depthOf(context, index), not_modelled: unknown.map((id) => `${compiled.graph.nodeById.get(id)?.node.type ?? id} is passed unchanged`),
  };
}

function scoreOf(axis: Axis): AxisScore {
  return { axis, score: NOT_MODELLED, weight: 0, note: 'Not scored yet', explanation: { label: axis, value: NOT_MODELLED }, penalties: [] };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Record<string, T> {
  const out: Record<string, T> = {};
  // defineProperty keeps an id such as `__proto__` as data
  for (const item of items) Object.defineProperty(out, item.id, { value: item, enumerable: true, configurable: true, writable: true });
  return out;
}

function notPriced(book: PriceBook): Evaluation['cost'] {
  return {
    items: [], usd_month: 0, fixed_usd_month: 0, usage_usd_month: 0, not_connected_usd_month: 0, usd_per_million: NOT_MODELLED,
    price_book: { id: book.id, date: book.date, region: book.region }, unpriced: [],
  };
}

/** Put the result together. Plain data, finite numbers only, records in id order. */
export function assembleEvaluation(context: EvaluationContext, book: PriceBook): Evaluation {
  const { compiled, headroom, multiple } = context;
  const uses = indexUses(compiled);
  const idle = compiled.idle.map(({ edge, kind, reason }): EdgeResult => ({
    id: edge.id, kind, kind_inferred: edge.kind === undefined, rps: 0, reads_rps: 0, writes_rps: 0, synchronous: false, rtt_s: 0, hit_ratio: null,
    idle_reason: reason, utilisation: null, journeys: [],
  }));
  return {
    multiple,
    total_rps: compiled.journeys.reduce((sum, journey) => sum + journey.rate_rps, 0) * multiple,
    nodes: byId(compiled.nodes.map((_, index) => nodeResult(context, uses, index))),
    edges: byId([...compiled.edges.map((_, index) => edgeResult(context, uses, index)), ...idle]),
    journeys: byId(compiled.journeys.map((_, index) => journeyResult(context, index))),
    entities: {},
    headroom: { now: headroom.now, auto: headroom.auto, elastic: headroom.elastic },
    breaks: breakPoints(compiled, headroom, multiple),
    blast: [], cascades: [], cuts: [], cost: notPriced(book), burden: { index: 0, budget: null, lines: [] },
    scores: Object.fromEntries(AXES.map((axis) => [axis, scoreOf(axis)])) as Record<Axis, AxisScore>,
    overall: NOT_MODELLED, findings: [], rule_failures: [], rules_run: 0, rules_not_applicable: 0,
    assumptions: compiled.notes.assumptions,
    not_modelled: [...MISSING_STAGES.map((what) => ({ what })), ...compiled.notes.notModelled],
  };
}
