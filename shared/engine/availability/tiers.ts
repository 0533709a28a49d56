/** Nodes as tiers of units: what a tier serves with some of its units, or zones, lost (semantics 2, 9.4, 9.5). */
import type { FailureModel } from '../../contracts/behavior.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { EvaluationContext } from '../context.ts';
import { failoverUnavailability } from '../math/availability.ts';
import { betaFactorUnavailability, kOfNUnavailability, unitsNeeded } from '../math/k-of-n.ts';
import { clampShare } from '../math/numeric.ts';
import { conditionalUnavailability, shareServed } from '../math/share-served.ts';
import type { CompiledDesign, NodeFacts, NodeStation } from '../types.ts';
import { standingIn, Standings, type Place, type Standing } from './standings.ts';

/** Unavailability of a zone and of a region [A] (evaluation 6.3, semantics 8). */
export const ZONE_U = 1e-4;
export const REGION_U = 1e-5;

/** Guards `ceil` against rounding noise in capacity / units. */
const ROUNDING = 1 - 1e-12;
/** Roles that no region can take down: clients, services at the edge of the network, other people's services. */
const EVERYWHERE: ReadonlySet<string> = new Set(['source', 'edge', 'external', 'unknown']);

/** One node as a tier. `ratio`: capacity of one unit over the load, at most 1. */
export interface Tier {
  readonly node: number;
  readonly failure: FailureModel;
  readonly units: number;
  readonly lambda: number;
  /** Arrivals per second that one unit carries; null when no unit limits them. */
  readonly unitCapacity: number | null;
  readonly ratio: number;
  readonly needed: number;
  /** Where the units stand. */
  readonly standing: Standing;
  /** Independent read copies inside the node, beside the primary. */
  readonly replicas: number;
  /** All requests come through balancers that check nobody's health: a dead unit keeps getting its share (evaluation 5.4). */
  readonly unchecked: boolean;
}

/** Arrivals per second that one unit carries, by the resources that grow with the units; null when none limits. */
export function smallestUnitCapacity(station: NodeStation): number | null {
  let smallest: number | null = null;
  for (const state of station.resources) {
    if (!state.perUnit || state.capacity === null) continue;
    smallest = smallest === null ? state.capacity : Math.min(smallest, state.capacity);
  }
  return smallest === null ? null : smallest / Math.max(1, station.scaledUnits);
}

/** A health check that is stated and off; a provider's gateway has none to state. */
function checksNobody({ view, balancer, split }: NodeFacts): boolean {
  const stated = view.params.values['health_check'] as { readonly enabled?: unknown } | null | undefined;
  return balancer !== null && split !== null && stated?.enabled === false;
}

/** Every synchronous call into it is dealt by a balancer whose health check is off. */
function uncheckedBy(compiled: CompiledDesign, { view }: NodeFacts): boolean {
  let calls = 0;
  for (const edge of view.in) {
    if (edge.idleReason || !edge.synchronous || (edge.kind !== 'http' && edge.kind !== 'ws')) continue;
    if (!checksNobody(compiled.nodes[edge.from.index] as NodeFacts)) return false;
    calls += 1;
  }
  return calls > 0;
}

/** What tiers are whatever the load. */
const drawnTiers = oncePer((compiled: CompiledDesign) => ({ unchecked: compiled.nodes.map((facts) => uncheckedBy(compiled, facts)), standings: new Standings() }));

/** Where so many units of a node stand. */
function standingOf({ view: { behavior, zones, region } }: NodeFacts, units: number, standings: Standings): Standing {
  return standings.of(behavior.failure.regional ? null : zones, EVERYWHERE.has(behavior.role) ? null : region, units);
}

function tierOf(context: EvaluationContext, facts: NodeFacts, drawn: ReturnType<typeof drawnTiers>): Tier {
  const { index, behavior } = facts.view;
  const { failure } = behavior;
  const station = context.stations.stations[index] as NodeStation;
  const units = Math.max(1, Math.round(failure.redundancy === 'instance' ? station.scaledUnits : failure.units));
  const lambda = (context.flows.nodeReads[index] as number) + (context.flows.nodeWrites[index] as number);
  const unitCapacity = failure.redundancy === 'instance' ? smallestUnitCapacity(station) : null;
  return {
    node: index, failure, units, lambda, unitCapacity,
    ratio: unitCapacity === null || !(lambda > 0) ? 1 : Math.min(1, unitCapacity / lambda),
    needed: unitCapacity === null ? neededBy(failure, units) : Math.min(units, unitsNeeded(lambda * ROUNDING, unitCapacity)),
    standing: standingOf(facts, units, drawn.standings),
    replicas: facts.store?.replicas ?? 0,
    unchecked: drawn.unchecked[index] === true,
  };
}

/** Members that vote: an even member adds no vote. */
function voters(units: number): number {
  return units % 2 === 0 ? units - 1 : units;
}

function neededBy(failure: FailureModel, units: number): number {
  return failure.redundancy === 'quorum' ? (voters(units) + 1) / 2 : 1;
}

/** All nodes as tiers under the evaluated load, in node order. */
export function tiersOf(context: EvaluationContext): Tier[] {
  const drawn = drawnTiers(context.compiled);
  return context.compiled.nodes.map((facts) => tierOf(context, facts, drawn));
}

/** Windows in which a standby takes over: stated for self-hosted stores only, and only with a second copy. */
function failoverShare(tier: Tier): number {
  const { failure, units } = tier;
  return units > 1 ? failoverUnavailability(failure.failures_per_year, failure.failover_s) : 0;
}

/** Unavailability of one unit given that its region, and its zone unless it spans several, are up. */
function unitUnavailability(tier: Tier, regional: boolean): number {
  const spans = tier.failure.redundancy === 'service' && tier.standing.places.length > 1;
  const inZone = tier.standing.inZones && !spans;
  const beyondZone = conditionalUnavailability(1 - tier.failure.unit_availability, inZone ? ZONE_U : 0);
  return conditionalUnavailability(beyondZone, regional && tier.standing.inRegions ? REGION_U : 0);
}

/** Expected share served by the `left` units that zones have spared, relative to what all of them serve. */
export function servedBy(tier: Tier, left: number, beta: number, regional: boolean): number {
  if (left <= 0) return 0;
  const u = unitUnavailability(tier, regional);
  switch (tier.failure.redundancy) {
    case 'service': return 1 - u;
    case 'instance':
      return Math.min(tier.unchecked ? (left / tier.units) * (1 - u) : 1, shareServed({ lambda: tier.unitCapacity === null ? 0 : tier.lambda, capacityPerUnit: tier.unitCapacity ?? 1, units: left, unitsTotal: tier.units, unavailability: u, beta }));
    case 'standby': return copiesUp(u, left, 1, tier.units, beta) * (1 - failoverShare(tier));
    case 'quorum': return copiesUp(u, Math.min(left, voters(tier.units)), tier.needed, tier.units, beta) * (1 - failoverShare(tier));
    default: return assertNever(tier.failure.redundancy, 'redundancy');
  }
}

function copiesUp(u: number, left: number, needed: number, units: number, beta: number): number {
  if (units === 1) return 1 - u;
  return (1 - beta * u) * (1 - kOfNUnavailability(left, needed, (1 - beta) * u));
}

/** Share served with exactly `left` units up and nothing else failing, relative to all units. */
export function servedWith(tier: Tier, left: number): number {
  if (left <= 0) return 0;
  switch (tier.failure.redundancy) {
    case 'service': case 'standby': return 1;
    case 'instance': return clampShare(Math.min(tier.unchecked ? left / tier.units : 1, Math.min(1, left * tier.ratio) / Math.min(1, tier.units * tier.ratio)));
    case 'quorum': return Math.min(left, voters(tier.units)) >= tier.needed ? 1 : 0;
    default: return assertNever(tier.failure.redundancy, 'redundancy');
  }
}

/** Probability that at least k of n units are up, with common causes; one number for services. */
export function fullCapacityOf(tier: Tier, beta: number): number {
  const u = clampShare(1 - tier.failure.unit_availability);
  if (tier.failure.redundancy === 'service' || tier.units === 1) return 1 - u;
  const members = tier.failure.redundancy === 'quorum' ? voters(tier.units) : tier.units;
  return clampShare(1 - betaFactorUnavailability(u, members, tier.needed, beta)) * (1 - failoverShare(tier));
}

/** Several like tiers as one pool of units (splitter mode `balance`): means weighted by units. */
export function poolTier(members: readonly Tier[]): Tier {
  const [first] = members;
  if (!first) throw new Error('A pool needs members');
  const units = members.reduce((sum, tier) => sum + unitsInPool(tier), 0);
  const lambda = members.reduce((sum, tier) => sum + tier.lambda, 0);
  const mean = (of: (tier: Tier) => number): number => members.reduce((sum, tier) => sum + of(tier) * unitsInPool(tier), 0) / units;
  const limited = members.every((tier) => tier.unitCapacity !== null);
  const unitCapacity = limited ? mean((tier) => tier.unitCapacity ?? 0) : null;
  const places = members.flatMap((tier) => (tier.failure.redundancy === 'instance' ? tier.standing.places : tier.standing.places.slice(0, 1).map((at): Place => ({ ...at, units: 1 }))));
  return {
    node: -1, failure: { ...first.failure, redundancy: 'instance', unit_availability: mean((tier) => tier.failure.unit_availability), regional: members.every((tier) => tier.failure.regional) },
    units, lambda, unitCapacity, ratio: unitCapacity === null || !(lambda > 0) ? 1 : Math.min(1, unitCapacity / lambda),
    needed: unitCapacity === null ? 1 : Math.min(units, unitsNeeded(lambda * ROUNDING, unitCapacity)),
    standing: standingIn(places), replicas: 0, unchecked: members.every((tier) => tier.unchecked),
  };
}

/** Units that a member brings into a pool: its instances, or itself. */
export function unitsInPool(tier: Tier): number {
  return tier.failure.redundancy === 'instance' ? tier.units : 1;
}
