/** Nodes as plain data. */
import type { NodeLoad, NodeResult, ResourceLoad } from '../../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import type { EvaluationContext, StageResults } from '../context.ts';
import type { NodeAlternatives } from '../cost/types.ts';
import { waitingAt, type Waiting } from '../solve/waiting.ts';
import type { CompiledDesign, NodeStation, Overrun, ResourceState } from '../types.ts';
import type { HitRatios } from './cache-uses.ts';

const UNBOUNDED = noQuantity('unbounded');
const SATURATED = noQuantity('saturated');

function multipleOf(value: number | null): Quantity {
  return value === null ? UNBOUNDED : quantity(value);
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

/** What waits at a broker after the peak: the deficit of the slowest of its consumers. */
function backlogOf({ compiled, flows, stations }: EvaluationContext, index: number): NodeResult['backlog'] {
  const facts = compiled.nodes[index];
  if (!facts?.broker) return null;
  let worst: Pick<Waiting, 'backlog' | 'delayS' | 'drainS'> = { backlog: 0, delayS: 0, drainS: 0 };
  for (const edge of facts.view.out) {
    const station = stations.stations[edge.to.index];
    if (edge.idleReason || edge.synchronous || !station || station.capacity === null) continue;
    const found = waitingAt(compiled, flows, station, edge.to.index);
    if (found.backlog > worst.backlog) worst = found;
  }
  return { messages: quantity(worst.backlog), delay_s: multipleOf(worst.delayS), drain_s: multipleOf(worst.drainS) };
}

/** The numbers of the station, of a platform limit that is outlasted, and of what it would cost another way. */
function evidenceOf(station: NodeStation, overrun: Overrun | undefined, alternatives: NodeAlternatives, index: number): NodeResult['evidence'] {
  if (!overrun && !alternatives.has(index)) return station.evidence;
  const found: Record<string, number> = { ...station.evidence };
  if (overrun) {
    found['limit_s'] = overrun.limitS;
    found['over_limit_share'] = overrun.share;
    found['within_limit_s'] = overrun.neededS;
  }
  alternatives.addTo(found, index);
  return found;
}

/** How busy a node is, and where. */
export function nodeLoad(station: NodeStation): NodeLoad {
  const binding = bindingOf(station);
  return { resources: station.resources.map(resourceLoad), utilisation: binding?.utilisation ?? null, binding: binding?.resource ?? null };
}

/** One node of the result. */
export function nodeResult(stages: StageResults, hits: HitRatios, index: number): NodeResult {
  const { context } = stages;
  const share = stages.availability.nodes[index];
  const { compiled, flows, stations, headroom } = context;
  const facts = compiled.nodes[index] as CompiledDesign['nodes'][number];
  const station = stations.stations[index] as NodeStation;
  const reads = flows.nodeReads[index] as number;
  const writes = flows.nodeWrites[index] as number;
  const binding = bindingOf(station);
  const capacity = smallestCapacity(station);
  const room = headroom.nodes[index];
  const overrun = context.latency.overruns.get(index);
  const lag = facts.store && (facts.store.replicas > 0 || facts.replays.length > 0) ? multipleOf(station.lagS) : null;
  return {
    id: facts.view.id, connected: compiled.connected[index] ?? false,
    arrival_rps: reads + writes, reads_rps: reads, writes_rps: writes,
    resources: station.resources.map(resourceLoad), utilisation: binding?.utilisation ?? null, binding: binding?.resource ?? null,
    capacity_rps: capacity, saturated: station.saturated,
    wait_s: station.saturated ? SATURATED : quantity(station.waitS),
    response_s: station.saturated ? SATURATED : quantity(meanResponse(context, index)),
    headroom: multipleOf(room?.now ?? null), breaks_at: multipleOf(room?.breaks ?? null),
    units: facts.units,
    units_needed: capacity !== null && capacity > 0 ? Math.max(1, Math.ceil(((reads + writes) / (0.85 * (capacity / station.scaledUnits))) - 1e-9)) : null,
    units_scaled: station.scaledUnits,
    hit_ratio: facts.cache ? hits.ofNode(index) : facts.edgeCache ? facts.edgeCache.hit_ratio : null,
    backlog: backlogOf(context, index), lag_s: lag,
    availability: quantity(share?.served ?? 1), full_capacity_availability: quantity(share?.fullCapacity ?? 1), cost_usd_month: stages.cost.nodeUsd[index] as number,
    evidence: evidenceOf(station, overrun, stages.cost.alternatives, index), not_modelled: facts.view.behavior.not_modelled,
  };
}
