/** What the homes behind a cache would carry if it answered nothing: decides soft or hard (semantics 7) and shows as evidence. */
import type { ResourceName } from '../../contracts/evaluation.ts';
import type { CacheUse, Call, CompiledDesign, NodeFacts, NodeStation, Plan, TrafficResult } from '../types.ts';
import { relationalResources } from './store-station.ts';

/** One home with all reads of the cache coming through: the load-driven resources and the largest of them. */
export interface ColdHome {
  readonly home: number;
  readonly utilisation: number;
  readonly resources: readonly { readonly resource: ResourceName; readonly utilisation: number }[];
}

const gated = new WeakMap<Plan['calls'], ReadonlyMap<number, readonly Call[]>>();

/** Calls that are the misses of each cache, in walk order; made once for a drawing. */
function gatedCalls({ plan, uses }: CompiledDesign): ReadonlyMap<number, readonly Call[]> {
  const known = gated.get(plan.calls);
  if (known) return known;
  const found = new Map<number, Call[]>();
  for (const call of plan.calls) {
    for (const use of call.gates) {
      const { cache } = uses[use] as CacheUse;
      const list = found.get(cache);
      if (!list) found.set(cache, [call]);
      // two entities of one cache before one call
      else if (list[list.length - 1] !== call) list.push(call);
    }
  }
  gated.set(plan.calls, found);
  return found;
}

/** Reads per second that would come through each edge beyond today's if a cache answered nothing. */
function extraReads(compiled: CompiledDesign, flows: TrafficResult, cache: number): Map<number, number> {
  const extra = new Map<number, number>();
  for (const call of gatedCalls(compiled).get(cache) ?? []) {
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

/** Load-driven resources of a home that also carries `more` reads per second arriving over `edge`. */
export function loadedWith(compiled: CompiledDesign, flows: TrafficResult, station: NodeStation, home: NodeFacts, edge: number, more: number): ColdHome['resources'] {
  const { index } = home.view;
  const { store } = home;
  if (store) return relationalResources(compiled, flows, home, store, { edge, rps: more }).filter((state) => state.capacity !== null);
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
