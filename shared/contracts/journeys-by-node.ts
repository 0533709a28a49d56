import type { Evaluation } from './evaluation.ts';

type Journeys = Evaluation['journeys'];

/**
 * Ids of the journeys by the components that something says of them, in the order of the results. Components of the same
 * journeys share one list: whoever looks at several can tell by the list alone that nothing is new.
 */
export function journeysBy(journeys: Journeys, nodesOf: (journey: Journeys[string]) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const key in journeys) {
    const journey = journeys[key] as Journeys[string];
    const { id } = journey;
    const alone = [id];
    // each list so far with this journey after it
    const longer = new Map<readonly string[], readonly string[]>();
    for (const node of nodesOf(journey)) {
      const before = found.get(node);
      if (before === undefined) {
        found.set(node, alone);
        continue;
      }
      if (before[before.length - 1] === id) continue;
      let after = longer.get(before);
      if (after === undefined) longer.set(before, (after = [...before, id]));
      found.set(node, after);
    }
  }
  return found;
}

const known = new WeakMap<Journeys, ReadonlyMap<string, readonly string[]>>();

/** Ids of the journeys that touch each component, background work included, in the order of the results. Looked up once for each result. */
export function journeysByNode(journeys: Journeys): ReadonlyMap<string, readonly string[]> {
  const made = known.get(journeys) ?? journeysBy(journeys, ({ nodes }) => nodes);
  known.set(journeys, made);
  return made;
}
