/** What the homes behind a cache would carry if it answered nothing: decides soft or hard (semantics 7) and shows as evidence. */
import type { ResourceName } from '../../contracts/evaluation.ts';
import type { CompiledDesign, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import { relationalStation } from './store-station.ts';

/** One home with all reads of the cache coming through: the load-driven resources and the largest of them. */
export interface ColdHome {
  readonly home: number;
  readonly utilisation: number;
  readonly resources: readonly { readonly resource: ResourceName; readonly utilisation: number }[];
}

/** Reads per second that would come through each edge beyond today's if a cache answered nothing. */
function extraReads(compiled: CompiledDesign, flows: TrafficResult, cache: number): Map<number, number> {
  const extra = new Map<number, number>();
  for (const call of compiled.plan.calls) {
    if (!call.gates.some((use) => compiled.uses[use]?.cache === cache)) continue;
    const asked = (flows.drive[call.from] as number) * call.rate;
    let now = asked;
    let then = asked;
    for (const use of call.gates) {
      const miss = flows.miss[use] as number;
      now *= miss;
      if (compiled.uses[use]?.cache !== cache) then *= miss;
    }
    if (then > now) extra.set(call.edge, (extra.get(call.edge) ?? 0) + then - now);
  }
  return extra;
}

function plus(rates: Float64Array, index: number, more: number): Float64Array {
  const copy = Float64Array.from(rates);
  copy[index] = (copy[index] as number) + more;
  return copy;
}

/** Load-driven resources of a home that also carries `more` reads per second arriving over `edge`. */
function loadedWith(compiled: CompiledDesign, flows: TrafficResult, station: NodeStation, home: NodeFacts, edge: number, more: number): ColdHome['resources'] {
  const { index } = home.view;
  if (home.store) {
    const then: TrafficResult = { ...flows, nodeReads: plus(flows.nodeReads, index, more), edgeReads: plus(flows.edgeReads, edge, more) };
    return relationalStation(compiled, then, home, home.store).resources.filter((state) => state.capacity !== null);
  }
  const lambda = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
  return station.resources.flatMap(({ resource, capacity }) => (capacity !== null && capacity > 0 ? [{ resource, utilisation: (lambda + more) / capacity }] : []));
}

/** Homes that a cache takes reads from, with a hit ratio of 0. Utilisations are shares, 1 = all that the home can carry. */
export function coldHomes(compiled: CompiledDesign, flows: TrafficResult, stations: readonly NodeStation[], cache: number): readonly ColdHome[] {
  const byHome = new Map<number, { readonly edge: number; readonly more: number }>();
  for (const [edge, more] of extraReads(compiled, flows, cache)) {
    const home = compiled.edges[edge]?.view.to.index as number;
    byHome.set(home, { edge, more: (byHome.get(home)?.more ?? 0) + more });
  }
  return [...byHome].map(([home, { edge, more }]) => {
    const resources = loadedWith(compiled, flows, stations[home] as NodeStation, compiled.nodes[home] as NodeFacts, edge, more);
    return { home, resources, utilisation: resources.reduce((most, state) => Math.max(most, state.utilisation), 0) };
  });
}
