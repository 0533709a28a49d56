import type { Design } from '../../../../shared/model/design.ts';

/** Things named by kind, as the session's selection holds them. */
export interface ObjectSet {
  readonly node?: readonly string[];
  readonly edge?: readonly string[];
  readonly boundary?: readonly string[];
  readonly note?: readonly string[];
}

function removeEdge(draft: Design, id: string): void {
  delete draft.edges[id];
  delete draft.layout.edges[id];
  for (const journey of Object.values(draft.journeys)) {
    if (journey.steps?.some((step) => step.edge === id)) journey.steps = journey.steps.filter((step) => step.edge !== id);
  }
}

/** A journey cannot start anywhere else, and data cannot live nowhere: both go with the thing that they name. */
function removeMeaning(draft: Design, gone: ReadonlySet<string>): void {
  for (const [id, journey] of Object.entries(draft.journeys)) {
    if (gone.has(journey.entry)) delete draft.journeys[id];
  }
  const entities = Object.values(draft.entities).filter((entity) => gone.has(entity.home)).map((entity) => entity.id);
  for (const id of entities) delete draft.entities[id];
  for (const journey of Object.values(draft.journeys)) {
    if (journey.reads?.some((read) => entities.includes(read.entity))) journey.reads = journey.reads.filter((read) => !entities.includes(read.entity));
    if (journey.writes?.some((write) => entities.includes(write.entity))) journey.writes = journey.writes.filter((write) => !entities.includes(write.entity));
    for (const stage of Object.keys(journey.demands ?? {})) {
      if (gone.has(stage)) delete journey.demands?.[stage];
    }
  }
}

/** Ungroup: what stood inside a removed boundary moves to the one around it. */
function removeBoundary(draft: Design, id: string): void {
  const parent = draft.boundaries[id]?.parent ?? null;
  delete draft.boundaries[id];
  delete draft.layout.boundaries[id];
  for (const node of Object.values(draft.nodes)) if (node.boundary === id) node.boundary = parent;
  for (const note of Object.values(draft.notes)) if (note.boundary === id) note.boundary = parent;
  for (const boundary of Object.values(draft.boundaries)) if (boundary.parent === id) boundary.parent = parent;
}

/**
 * Remove things and all that would be left pointing at nothing: connections of a removed component, journeys that
 * enter through it and entities at home in it. A removed boundary leaves its contents in place.
 */
export function removeObjects(draft: Design, objects: ObjectSet): void {
  const gone = new Set([...(objects.node ?? []), ...(objects.boundary ?? [])]);
  const edges = new Set(objects.edge ?? []);
  for (const edge of Object.values(draft.edges)) if (gone.has(edge.from) || gone.has(edge.to)) edges.add(edge.id);
  for (const id of edges) removeEdge(draft, id);
  for (const id of objects.node ?? []) {
    delete draft.nodes[id];
    delete draft.layout.nodes[id];
  }
  for (const id of objects.note ?? []) {
    delete draft.notes[id];
    delete draft.layout.notes[id];
  }
  for (const id of objects.boundary ?? []) removeBoundary(draft, id);
  removeMeaning(draft, new Set([...gone, ...edges]));
}
