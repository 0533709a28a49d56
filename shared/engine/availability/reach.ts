/** Whether a journey reaches the data that it says it reads and writes (semantics 5). */
import type { EvaluationContext } from '../context.ts';

const SYNC = 1;

interface Reached { readonly level: (node: number) => number; readonly edge: (edge: number) => number }

function reachedBy(context: EvaluationContext, journey: number): Reached {
  const { compiled: { plan }, visits } = context;
  const reach = visits[journey];
  const levels = new Map<number, number>();
  reach?.reach.forEach((level, slot) => {
    const node = plan.slotNode[slot] as number;
    if (level > 0) levels.set(node, Math.min(levels.get(node) ?? level, level));
  });
  return { level: (node) => levels.get(node) ?? 0, edge: (edge) => reach?.edgeReach[edge] ?? 0 };
}

/** A read is answered by the home, a cache of the entity, a replica, or a store that is read under the entity's name. */
function reads(context: EvaluationContext, reached: Reached, entity: string, home: number): boolean {
  const { compiled } = context;
  if (reached.level(home) === SYNC) return true;
  if (compiled.uses.some((use) => use.entity === entity && reached.level(use.cache) === SYNC)) return true;
  if (compiled.nodes.some((facts) => facts.replays.includes(home) && reached.level(facts.view.index) === SYNC)) return true;
  return compiled.edges.some(({ view }) => view.params.values.entity === entity && reached.edge(view.index) === SYNC);
}

/** A write arrives at the home; before the answer at a durable store or a confirmed broker if the entity asks for it. */
function writes(context: EvaluationContext, reached: Reached, entity: string, home: number): boolean {
  const { compiled } = context;
  if (reached.level(home) === 0) return false;
  if (compiled.entities.get(entity)?.durable_ack === false) return true;
  if (reached.level(home) === SYNC) return true;
  return compiled.edges.some(({ view }) => {
    if (reached.edge(view.index) !== SYNC) return false;
    if (view.kind === 'publish') return view.params.values.confirm && !view.params.values.outbox;
    return view.kind === 'db' && view.to.behavior.consistency?.durable === true;
  });
}

/** Ids of the entities that are listed and not reached, sorted; an entity without a home in the drawing is one of them. */
export function missingEntities(context: EvaluationContext, journey: number): string[] {
  const { compiled } = context;
  const { journey: drawn } = compiled.journeys[journey] ?? {};
  if (!drawn?.reads?.length && !drawn?.writes?.length) return [];
  const { design, nodeById } = compiled.graph;
  const reached = reachedBy(context, journey);
  const homeOf = (entity: string): number => (Object.hasOwn(design.entities, entity) ? (nodeById.get(design.entities[entity]?.home ?? '')?.index ?? -1) : -1);
  const missing = new Set<string>();
  for (const { entity } of drawn.reads ?? []) if (homeOf(entity) < 0 || !reads(context, reached, entity, homeOf(entity))) missing.add(entity);
  for (const { entity } of drawn.writes ?? []) if (homeOf(entity) < 0 || !writes(context, reached, entity, homeOf(entity))) missing.add(entity);
  return [...missing].sort();
}
