/** What is left when the zone with the most units is lost: static stability (evaluation 6.6). Nobody scales up at that moment. */
import { smallestUnitCapacity } from '../availability/tiers.ts';
import { awsAvailability } from '../math/k-of-n.ts';
import { clampShare } from '../math/numeric.ts';
import type { CompiledDesign, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import type { EvidenceBook } from './evidence-book.ts';
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

function addOwn(flows: TrafficResult, facts: NodeFacts, book: EvidenceBook): void {
  const { index, zones, behavior: { failure } } = facts.view;
  const lambda = arrivals(flows, index);
  if (zones.length < 2 || !(lambda > 0)) return;
  const fleet = fleetOf(facts, book.stations[index] as NodeStation);
  if (!fleet) return;
  const left = fleet.units - Math.ceil(fleet.units / zones.length);
  if (left <= 0) return;
  const needed = Math.max(1, Math.ceil(lambda / (KNEE * fleet.unitCapacity) - 1e-9));
  const spares = fleet.units - needed;
  const evidence = book.of(index);
  evidence['zone_loss_utilisation'] = lambda / (left * fleet.unitCapacity);
  evidence['zone_loss_units'] = stableUnits(facts.view, needed);
  if (spares >= 0) evidence['aws_availability'] = clampShare(awsAvailability(fleet.units, spares, failure.unit_availability));
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
 * Add to a tier in several zones zone_loss_utilisation (of the units left), zone_loss_units (how many would stay below the knee)
 * and aws_availability (the provider's approximation for its spare units, for comparison); to the splitter before a pool of several nodes pool_zone_loss_utilisation instead, for the pool as a whole.
 */
export function addZoneEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  const pooled = new Set<number>();
  for (const facts of compiled.nodes) {
    const pool = facts.split === 'balance' ? poolOf(compiled, facts, book.stations) : null;
    if (!pool) continue;
    for (const member of pool.members) pooled.add(member);
    book.add(facts.view.index, poolEvidence(flows, pool.members, pool.fleets));
  }
  for (const facts of compiled.nodes) {
    const { index } = facts.view;
    if (!pooled.has(index)) addOwn(flows, facts, book);
  }
}
