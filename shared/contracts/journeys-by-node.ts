import type { Evaluation } from './evaluation.ts';

const known = new WeakMap<Evaluation['journeys'], ReadonlyMap<string, readonly string[]>>();

/** Ids of the journeys that touch each component, background work included, in the order of the results. Looked up once for each result. */
export function journeysByNode(journeys: Evaluation['journeys']): ReadonlyMap<string, readonly string[]> {
  const made = known.get(journeys);
  if (made !== undefined) return made;
  const found = new Map<string, string[]>();
  for (const { id, nodes } of Object.values(journeys)) {
    for (const node of nodes) {
      const list = found.get(node);
      if (list === undefined) found.set(node, [id]);
      else if (list[list.length - 1] !== id) list.push(id);
    }
  }
  known.set(journeys, found);
  return found;
}
