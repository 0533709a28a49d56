/** What is left when the zone with the most units is lost: static stability (evaluation 6.6). Nobody scales up at that moment. */
import { smallestUnitCapacity } from '../availability/tiers.ts';
import type { CompiledDesign, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import { arrivals } from './parts.ts';

/** Utilisation that the units left should have at most, and zones over which units are dealt when nothing is said. */
const KNEE = 0.85;
const ZONES = 3;

interface Fleet { readonly units: number; readonly unitCapacity: number; readonly zones: readonly string[] }

/** Interchangeable machines in a zone or several; null for what a provider spreads, and for what nothing limits. */
function fleetOf({ view }: NodeFacts, station: NodeStation): Fleet | null {
  const { failure } = view.behavior;
  const unitCapacity = failure.redundancy === 'instance' && !failure.regional ? smallestUnitCapacity(station) : null;
  return unitCapacity === null ? null : { unitCapacity, units: Math.max(1, Math.round(station.scaledUnits)), zones: view.zones };
}

/** Units of which so many survive as carry the load below the knee: k z / (z - 1), rounded up. Drawn units decide over how many zones they are dealt, scaled ones do not. */
function stableUnits({ node, zones, behavior }: NodeFacts['view'], needed: number): number {
  const z = typeof node.zone_spread === 'number' || behavior.autoscale !== null ? zones.length : Math.min(ZONES, needed + 1);
  return Math.ceil((needed * z) / (z - 1) - 1e-9);
}

function ownEvidence(flows: TrafficResult, facts: NodeFacts, station: NodeStation): Record<string, number> | null {
  const fleet = fleetOf(facts, station);
  const lambda = arrivals(flows, facts.view.index);
  if (!fleet || fleet.zones.length < 2 || !(lambda > 0)) return null;
  const left = fleet.units - Math.ceil(fleet.units / fleet.zones.length);
  if (left <= 0) return null;
  const needed = Math.max(1, Math.ceil(lambda / (KNEE * fleet.unitCapacity) - 1e-9));
  return { zone_loss_utilisation: lambda / (left * fleet.unitCapacity), zone_loss_units: stableUnits(facts.view, needed) };
}

/** The members of a pool as fleets; null unless all of them are and they stand in more than one zone. */
function poolOf(compiled: CompiledDesign, facts: NodeFacts, stations: readonly NodeStation[]): { readonly members: readonly number[]; readonly fleets: readonly Fleet[] } | null {
  const members = [...new Set(facts.view.out.filter(({ idleReason, synchronous }) => !idleReason && synchronous).map(({ to }) => to.index))];
  const fleets = members.map((index) => fleetOf(compiled.nodes[index] as NodeFacts, stations[index] as NodeStation)).filter((fleet) => fleet !== null);
  if (members.length < 2 || fleets.length < members.length || new Set(fleets.flatMap(({ zones }) => zones)).size < 2) return null;
  return { members, fleets };
}

function poolEvidence(flows: TrafficResult, members: readonly number[], fleets: readonly Fleet[]): Record<string, number> | null {
  const byZone = new Map<string, number>();
  for (const { units, unitCapacity, zones } of fleets) {
    zones.forEach((zone, i) => byZone.set(zone, (byZone.get(zone) ?? 0) + unitCapacity * (Math.floor(units / zones.length) + (i < units % zones.length ? 1 : 0))));
  }
  const capacities = [...byZone.values()];
  const left = capacities.reduce((sum, capacity) => sum + capacity, 0) - Math.max(...capacities);
  const lambda = members.reduce((sum, index) => sum + arrivals(flows, index), 0);
  return left > 0 && lambda > 0 ? { pool_zone_loss_utilisation: lambda / left } : null;
}

/**
 * Add to a tier in several zones zone_loss_utilisation (of the units left) and zone_loss_units (how many would stay below
 * the knee); to the splitter before a pool of several nodes pool_zone_loss_utilisation instead, for the pool as a whole.
 */
export function addZoneEvidence(compiled: CompiledDesign, flows: TrafficResult, stations: NodeStation[]): void {
  const pooled = new Set<number>();
  const add = (index: number, more: Record<string, number> | null): void => {
    const station = stations[index];
    if (more && station) stations[index] = { ...station, evidence: { ...station.evidence, ...more } };
  };
  for (const facts of compiled.nodes) {
    const pool = facts.split === 'balance' ? poolOf(compiled, facts, stations) : null;
    if (!pool) continue;
    for (const member of pool.members) pooled.add(member);
    add(facts.view.index, poolEvidence(flows, pool.members, pool.fleets));
  }
  for (const facts of compiled.nodes) {
    const { index } = facts.view;
    if (!pooled.has(index)) add(index, ownEvidence(flows, facts, stations[index] as NodeStation));
  }
}
