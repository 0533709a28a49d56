/** Which caches their homes cannot do without, and where softness is refused (semantics 4, 7). */
import type { EvaluationContext } from '../context.ts';
import { relationalStation } from '../solve/store-station.ts';
import type { NodeFacts, NodeStation, TrafficResult } from '../types.ts';

/** Largest utilisation of a resource that the load drives. */
export function busiest(station: NodeStation): number {
  let most = 0;
  for (const state of station.resources) if (state.capacity !== null) most = Math.max(most, state.utilisation);
  return most;
}

/** Reads per second that would come through each edge beyond today's if a cache answered nothing. */
function extraReads(context: EvaluationContext, cache: number): Map<number, number> {
  const { compiled, flows } = context;
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

/** Utilisation of a home that also carries `more` reads per second arriving over `edge`. */
function loadedWith(context: EvaluationContext, home: NodeFacts, edge: number, more: number): number {
  const { compiled, flows, stations } = context;
  const { index } = home.view;
  if (home.store) {
    const then: TrafficResult = { ...flows, nodeReads: plus(flows.nodeReads, index, more), edgeReads: plus(flows.edgeReads, edge, more) };
    return busiest(relationalStation(compiled, then, home, home.store));
  }
  const lambda = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
  let most = 0;
  for (const { capacity } of (stations.stations[index] as NodeStation).resources) if (capacity !== null && capacity > 0) most = Math.max(most, (lambda + more) / capacity);
  return most;
}

/** Caches before a home that saturates with a hit ratio of 0. */
export function hardCaches(context: EvaluationContext): Set<number> {
  const { compiled } = context;
  const hard = new Set<number>();
  for (const cache of new Set(compiled.uses.map((use) => use.cache))) {
    const byHome = new Map<number, { edge: number; more: number }>();
    for (const [edge, more] of extraReads(context, cache)) {
      const home = compiled.edges[edge]?.view.to.index as number;
      byHome.set(home, { edge, more: (byHome.get(home)?.more ?? 0) + more });
    }
    for (const [home, { edge, more }] of byHome) if (loadedWith(context, compiled.nodes[home] as NodeFacts, edge, more) >= 1) hard.add(cache);
  }
  return hard;
}

/** Homes of the entities that a journey writes, or reads as strong. */
export function requiredHomes(context: EvaluationContext, journey: number): Set<number> {
  const { compiled } = context;
  const { nodeById, design } = compiled.graph;
  const { writes = [], reads = [] } = compiled.journeys[journey]?.journey ?? {};
  const homes = new Set<number>();
  const add = (entity: string): void => {
    const home = Object.hasOwn(design.entities, entity) ? nodeById.get(design.entities[entity]?.home ?? '') : undefined;
    if (home) homes.add(home.index);
  };
  for (const { entity } of writes) add(entity);
  for (const { entity, requirement } of reads) if ((requirement ?? compiled.entities.get(entity)?.requirement) === 'strong') add(entity);
  return homes;
}

/** Edges into required homes that say soft or fallback and carry something: the softness is refused. */
export function refusedEdges(context: EvaluationContext, required: ReadonlySet<number>, journey: number): number[] {
  const reach = context.visits[journey]?.edgeReach;
  return context.compiled.edges.filter(({ view }) => {
    const { criticality, fallback } = view.params.values;
    return required.has(view.to.index) && (criticality === 'soft' || fallback) && (reach?.[view.index] ?? 0) > 0;
  }).map(({ view }) => view.index);
}
