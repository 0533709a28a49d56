/** Pieces that all stations are put together from. */
import type { ResourceName } from '../../contracts/evaluation.ts';
import { constant } from '../math/mixture-combine.ts';
import type { Mixture } from '../math/mixture.ts';
import { READ, WRITE, type NodeFacts, type NodeStation, type Plan, type ResourceState, type TrafficResult } from '../types.ts';

/** Knees: shared tiers, and single writers, broker leaders and shards of single-threaded stores (rules: station-overload). */
export const KNEE = { shared: 0.85, single: 0.7 } as const;

/** No time at all. */
export const NO_TIME: Mixture = constant(0);

/** Arrivals at a node, reads and writes together, per second. */
export function arrivals(flows: TrafficResult, index: number): number {
  return (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
}

/** One resource. `idleCapacity` is its capacity per second when nothing arrives, null when unknown or not load-driven. */
export function resource(name: ResourceName, rho: number, lambda: number, idleCapacity: number | null = null, knee: number = KNEE.shared, elastic = 1): ResourceState {
  return { resource: name, utilisation: rho, capacity: rho > 0 ? lambda / rho : idleCapacity, knee, perUnit: false, elastic };
}

/** As `resource`, of which each unit of the node has its part. */
export function unitResource(name: ResourceName, rho: number, lambda: number, idleCapacity: number | null = null, knee: number = KNEE.shared): ResourceState {
  return { resource: name, utilisation: rho, capacity: rho > 0 ? lambda / rho : idleCapacity, knee, perUnit: true, elastic: 1 };
}

/** A resource that is full or not whatever the load is: shown, never part of headroom. */
export function fixedResource(name: ResourceName, share: number): ResourceState {
  return { resource: name, utilisation: share, capacity: null, knee: KNEE.shared, perUnit: false, elastic: 1 };
}

/** True when a load-driven resource is asked for more than it has. */
export function isSaturated(resources: readonly ResourceState[]): boolean {
  for (const state of resources) if (state.capacity !== null && state.utilisation >= 1) return true;
  return false;
}

/** Units that the load asks for: clamp(ceil(load / (target x capacity of one)), min, max); the drawn number without autoscale. */
export function scaleUnits(facts: NodeFacts, lambda: number, capacityOfOne: number | null): number {
  const autoscale = facts.view.behavior.autoscale;
  if (!autoscale) return facts.units;
  const least = Math.max(1, autoscale.min);
  const most = Math.max(least, autoscale.max);
  if (capacityOfOne === null || !(capacityOfOne > 0) || !(autoscale.target > 0)) return least;
  return Math.min(most, Math.max(least, Math.ceil(lambda / (autoscale.target * capacityOfOne) - 1e-9)));
}

/** One call to a counter in memory on the same network, seconds [A] (evaluation 5.9). */
const COUNTER_S = 0.0008;

/** Wait for a limit that is counted once for all units, seconds; 0 where the store that counts is drawn and its calls are waited for as such. */
export function sharedCounterS({ others, view }: NodeFacts): number {
  if (others.length === 0 || !others.some((other) => other.kind === 'token-bucket' && other.stated && other.policy === 'shared')) return 0;
  return view.out.some(({ to, idleReason }) => !idleReason && to.behavior.resources.some((one) => one.kind === 'cache' && one.roles.includes('rate_limiter'))) ? 0 : COUNTER_S;
}

const NO_EVIDENCE: NodeStation['evidence'] = Object.freeze({});

/** A station that only passes time. */
export function plainStation(resources: readonly ResourceState[], local: readonly [Mixture, Mixture], waitS: number, waitVariance: number, scaledUnits: number, lagS: number | null, evidence: NodeStation['evidence']): NodeStation {
  return { resources, saturated: isSaturated(resources), waitS, waitVariance, local, demand: null, scaledUnits, lagS, capacity: null, evidence };
}

const NO_TIMES: readonly [Mixture, Mixture] = [NO_TIME, NO_TIME];

/** The load of a node without the times of its answers. */
export function loadOnly(resources: readonly ResourceState[], units: number): NodeStation {
  return plainStation(resources, NO_TIMES, 0, 0, units, null, NO_EVIDENCE);
}

/** Own response of a state of the walk at its station, without its calls; where the slot brings its demand, the wait alone. */
export function localOf(station: NodeStation, plan: Plan, slot: number): Mixture {
  return station.bySlot?.[slot] ?? station.local[plan.slotOp[slot] === WRITE ? WRITE : READ];
}
