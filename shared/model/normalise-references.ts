import { COLLECTIONS, lookUp, type CollectionName, type Identified, type IdSpace } from './normalise-ids.ts';
import { has, isData, keepUnread, quote, type Data } from './plain-data.ts';
import type { ProblemList } from './problem-list.ts';
import { isStageKey } from './stages.ts';

/** What references are resolved with. */
export interface References {
  readonly found: Readonly<Record<CollectionName, Identified>>;
  readonly places: IdSpace;
  readonly edgeIds: IdSpace;
  readonly entityIds: IdSpace;
  readonly problems: ProblemList;
}

/** A reference that may be absent: what it names must exist, else it is unset and kept under `unread`. */
function optionalReference(refs: References, name: CollectionName, id: string, value: Data, field: string): void {
  if (!has(value, field) || value[field] === null) return;
  const target = lookUp(value[field], refs.found.boundaries);
  if (target !== null) {
    value[field] = target;
    return;
  }
  refs.problems.add({ level: 'warning', code: 'boundary-missing', message: `The ${COLLECTIONS[name].word} "${id}" lies in ${quote(value[field])}, which is not in the drawing. It now lies in none.`, where: `${name}.${id}.${field}` });
  keepUnread(value, field, value[field]);
  value[field] = null;
}

/** A reference that is required: when what it names does not exist it stays and is reported. */
function requiredReference(refs: References, name: CollectionName, id: string, value: Data, field: string, targets: readonly Identified[]): void {
  const target = lookUp(value[field], ...targets);
  const raw = value[field];
  value[field] = target ?? refs.places.absent(raw, 'unattached');
  if (target !== null) return;
  const what = raw === undefined || raw === null ? 'nothing' : quote(raw);
  const message = `The ${COLLECTIONS[name].word} "${id}" has ${what} as its "${field}", which is not in the drawing. It is kept and carries nothing.`;
  refs.problems.add({ level: 'warning', code: 'unattached', message, where: `${name}.${id}.${field}` });
}

function renameKeys(record: Data, rename: (key: string) => string): Data {
  const out: Data = {};
  for (const [key, value] of Object.entries(record)) {
    let name = rename(key);
    while (has(out, name)) name = `${name}-2`;
    out[name] = value;
  }
  return out;
}

function listReferences(list: unknown, field: string, resolve: (raw: unknown) => string, where: string, problems: ProblemList, exists: (id: string) => boolean): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((item: unknown, index) => {
    if (!isData(item) || item[field] === undefined) return item;
    const id = resolve(item[field]);
    if (!exists(id)) problems.add({ level: 'warning', code: 'reference-missing', message: `An entry of ${where} names ${quote(item[field])}, which is not in the drawing. The entry is kept and does nothing.`, where: `${where}.${index}` });
    return { ...item, [field]: id };
  });
}

function resolveJourney(refs: References, id: string, journey: Data): void {
  const { found, problems } = refs;
  requiredReference(refs, 'journeys', id, journey, 'entry', [found.nodes, found.boundaries, found.edges]);
  const edges = new Set(found.edges.items.map(([edge]) => edge));
  const entities = new Set(found.entities.items.map(([entity]) => entity));
  const edge = (raw: unknown): string => lookUp(raw, found.edges) ?? refs.edgeIds.absent(raw, 'missing');
  const entity = (raw: unknown): string => lookUp(raw, found.entities) ?? refs.entityIds.absent(raw, 'missing');
  if (has(journey, 'steps')) journey.steps = listReferences(journey.steps, 'edge', edge, `journeys.${id}.steps`, problems, (name) => edges.has(name));
  for (const field of ['reads', 'writes']) {
    if (has(journey, field)) journey[field] = listReferences(journey[field], 'entity', entity, `journeys.${id}.${field}`, problems, (name) => entities.has(name));
  }
  if (isData(journey.demands)) journey.demands = renameKeys(journey.demands, (key) => isStageKey(key) ? key : lookUp(key, found.nodes) ?? refs.places.absent(key, 'unattached'));
}

function resolveLayout(refs: References, layout: Data): void {
  const targets = { nodes: refs.places, boundaries: refs.places, notes: refs.places, edges: refs.edgeIds } as const;
  for (const name of ['nodes', 'boundaries', 'notes', 'edges'] as const) {
    const places = layout[name];
    if (isData(places)) layout[name] = renameKeys(places, (key) => lookUp(key, refs.found[name]) ?? targets[name].absent(key, 'unattached'));
  }
}

/** Point every reference of the document at final ids. Changes the identified objects and `layout` in place. */
export function resolveReferences(refs: References, layout: Data): void {
  const { found } = refs;
  for (const [id, node] of found.nodes.items) optionalReference(refs, 'nodes', id, node, 'boundary');
  for (const [id, boundary] of found.boundaries.items) optionalReference(refs, 'boundaries', id, boundary, 'parent');
  for (const [id, note] of found.notes.items) optionalReference(refs, 'notes', id, note, 'boundary');
  for (const [id, edge] of found.edges.items) {
    for (const field of ['from', 'to']) requiredReference(refs, 'edges', id, edge, field, [found.nodes, found.boundaries, found.edges]);
    if (isData(edge.params) && typeof edge.params.entity === 'string') {
      const entity = lookUp(edge.params.entity, found.entities);
      if (entity !== null && entity !== edge.params.entity) edge.params = { ...edge.params, entity };
    }
  }
  for (const [id, journey] of found.journeys.items) resolveJourney(refs, id, journey);
  for (const [id, entity] of found.entities.items) requiredReference(refs, 'entities', id, entity, 'home', [found.nodes]);
  resolveLayout(refs, layout);
}

/** Cut boundaries that contain themselves, through any number of others. Changes the boundaries in place. */
export function cutCycles(boundaries: Identified, problems: ProblemList): void {
  const byId = new Map(boundaries.items);
  const settled = new Set<string>();
  for (const [start] of boundaries.items) {
    const path = new Set<string>();
    let id: string | null = start;
    while (id !== null && !settled.has(id)) {
      path.add(id);
      const boundary: Data | undefined = byId.get(id);
      const parent: unknown = boundary?.parent;
      if (boundary === undefined || typeof parent !== 'string') break;
      if (path.has(parent)) {
        problems.add({ level: 'warning', code: 'boundary-cycle', message: `The boundary "${id}" contains itself, through "${parent}". It now lies in none.`, where: `boundaries.${id}.parent` });
        keepUnread(boundary, 'parent', parent);
        boundary.parent = null;
        break;
      }
      id = parent;
    }
    for (const seen of path) settled.add(seen);
  }
}
