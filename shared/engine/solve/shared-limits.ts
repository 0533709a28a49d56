/** Limits that a component has beside its own times: throughput of a proxy, open connections, quotas and stated rate limits. */
import type { CappedResource } from '../../contracts/behavior.ts';
import { localCounterLimit } from '../math/token-bucket.ts';
import { resourceRho } from '../math/utilisation.ts';
import type { CompiledDesign, NodeFacts, ResourceState, TrafficResult } from '../types.ts';
import { arrivals, resource, unitResource } from './parts.ts';

function asked(flows: TrafficResult, facts: NodeFacts, per: CappedResource['per']): number {
  if (per === 'kb') return flows.nodeKb[facts.view.index] as number;
  return arrivals(flows, facts.view.index);
}

/** One capped resource with so many units. */
export function cappedState(flows: TrafficResult, facts: NodeFacts, capped: CappedResource, units: number): ResourceState {
  const lambda = arrivals(flows, facts.view.index);
  const rho = resourceRho(asked(flows, facts, capped.per), units * capped.capacity);
  const idleCapacity = capped.per === 'request' ? units * capped.capacity : null;
  return unitResource(capped.per === 'kb' ? 'bandwidth' : capped.per === 'connection' ? 'conn' : 'throughput', rho, lambda, idleCapacity, capped.knee);
}

/** Connections that clients hold open, against those that so many units can hold. */
function addConnections(states: ResourceState[], compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, perUnit: number, units: number): void {
  let open = 0;
  for (const edge of facts.view.in) if (edge.kind === 'ws' && !edge.idleReason) open += edge.params.values.connections * flows.multiple;
  if (open === 0) return;
  const lambda = arrivals(flows, facts.view.index) || compiled.workload.peak_rps;
  states.push(unitResource('conn', resourceRho(open, units * perUnit), lambda));
}

function addQuotas(states: ResourceState[], flows: TrafficResult, facts: NodeFacts, units: number): void {
  const lambda = arrivals(flows, facts.view.index);
  for (const other of facts.others) {
    if (other.kind === 'quota') states.push(resource('quota', resourceRho(lambda, other.limit), lambda, other.limit));
    if (other.kind !== 'token-bucket' || !other.stated) continue;
    // counters of its own in each unit let every unit admit the whole rate
    const rate = other.policy === 'local' ? localCounterLimit(other.rate, units) : other.rate;
    const rho = resourceRho(lambda, rate);
    states.push(other.policy === 'local' && facts.view.behavior.autoscale !== null ? unitResource('quota', rho, lambda, rate) : resource('quota', rho, lambda, rate));
  }
}

/** Add open connections, quotas and stated rate limits. */
export function addOtherLimits(states: ResourceState[], compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, units: number): void {
  if (facts.others.length === 0) return;
  for (const other of facts.others) if (other.kind === 'connections') addConnections(states, compiled, flows, facts, other.per_unit, units);
  addQuotas(states, flows, facts, units);
}

/** Add what limits a component that runs own code beside it; returns the same list. */
export function addSharedLimits(states: ResourceState[], compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, units: number): ResourceState[] {
  for (const capped of facts.capped) states.push(cappedState(flows, facts, capped, units));
  addOtherLimits(states, compiled, flows, facts, units);
  return states;
}
