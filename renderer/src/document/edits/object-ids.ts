import type { Design } from '../../../../shared/model/design.ts';
import type { IdGenerator } from '../../../../shared/model/ids.ts';

/** Eight characters of a random UUID: short enough to read in a diff, and checked against the document. */
const RANDOM_LENGTH = 8;

/** Every id in use. Kinds share one namespace, so that a finding's target or a journey's entry is never ambiguous. */
function takenIds(design: Design): ReadonlySet<string> {
  const parts = [design.nodes, design.edges, design.boundaries, design.journeys, design.entities, design.notes, design.acceptedRisks];
  return new Set(parts.flatMap((part) => Object.keys(part)));
}

/** Ids for objects that a person makes: random, so that two people's edits of one file never meet. */
export function createObjectIds(design: Design, random: () => string = () => crypto.randomUUID()): IdGenerator {
  const used = new Set(takenIds(design));
  return (prefix) => {
    let id: string;
    do id = `${prefix}${random().replaceAll('-', '').slice(0, RANDOM_LENGTH)}`;
    while (used.has(id));
    used.add(id);
    return id;
  };
}
