/** Which caches their homes cannot do without, and where softness is refused (semantics 4, 7). */
import type { EvaluationContext } from '../context.ts';
import { coldHomes } from '../solve/cold-cache.ts';
import type { NodeStation } from '../types.ts';

/** Largest utilisation of a resource that the load drives. */
export function busiest(station: NodeStation): number {
  let most = 0;
  for (const state of station.resources) if (state.capacity !== null) most = Math.max(most, state.utilisation);
  return most;
}

/** Caches before a home that saturates with a hit ratio of 0. */
export function hardCaches({ compiled, flows, stations }: EvaluationContext): Set<number> {
  const hard = new Set<number>();
  for (const cache of new Set(compiled.uses.map((use) => use.cache))) {
    const known = stations.stations[cache]?.evidence['cold_utilisation'];
    if (known === undefined ? coldHomes(compiled, flows, stations.stations, cache).some(({ utilisation }) => utilisation >= 1) : known >= 1) hard.add(cache);
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
  if (required.size === 0) return [];
  const reach = context.visits[journey]?.edgeReach;
  return context.compiled.edges.filter(({ view }) => {
    const { criticality, fallback } = view.params.values;
    return required.has(view.to.index) && (criticality === 'soft' || fallback) && (reach?.[view.index] ?? 0) > 0;
  }).map(({ view }) => view.index);
}
