import type { Problem } from '../lib/result.ts';
import type { z } from '../lib/zod.ts';
import { conformObject } from './conform.ts';
import {
  acceptedRiskSchema,
  boundarySchema,
  DESIGN_VERSION,
  designSchema,
  edgeSchema,
  emptyDesign,
  entitySchema,
  journeySchema,
  layoutSchema,
  nodeSchema,
  noteSchema,
  settingsSchema,
  targetsSchema,
  workloadSchema,
  type Design,
} from './design.ts';
import { LIMITS } from './limits.ts';
import { COLLECTIONS, createIdSpace, identify, liftCollection, reservePlaces, type CollectionName, type Entry, type Identified } from './normalise-ids.ts';
import { clampLayout, placeMissing } from './normalise-layout.ts';
import { cutCycles, resolveReferences } from './normalise-references.ts';
import { normaliseJourneyRanges, normaliseOwnRanges, normaliseParams, normaliseType, UNKNOWN_TYPE, type TypeVocabulary } from './normalise-types.ts';
import { copyPlain, isData, keepUnread, quote, type Data } from './plain-data.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';

export { typeVocabulary, UNKNOWN_TYPE, type TypeVocabulary } from './normalise-types.ts';

/** A design that can be drawn and computed, and every repair that made it so. */
export interface Normalised {
  readonly design: Design;
  /** A problem of level `error` means that the input was refused; the design is then empty. */
  readonly problems: readonly Problem[];
}

const SCHEMAS: Readonly<Record<CollectionName, z.ZodObject>> = {
  nodes: nodeSchema,
  boundaries: boundarySchema,
  notes: noteSchema,
  edges: edgeSchema,
  journeys: journeySchema,
  entities: entitySchema,
  acceptedRisks: acceptedRiskSchema,
};

/** What stands in for a required field that is missing or cannot be read. References have been settled before. */
const DEFAULTS: Readonly<Record<CollectionName, (id: string) => Data>> = {
  nodes: (id) => ({ type: UNKNOWN_TYPE, name: id, params: {} }),
  boundaries: (id) => ({ kind: 'group', name: id }),
  notes: () => ({ text: '' }),
  edges: () => ({ params: {} }),
  journeys: (id) => ({ name: id, rate_rps: 0 }),
  entities: (id) => ({ name: id }),
  acceptedRisks: (id) => ({ key: id, reason: '' }),
};

/** Missing fields that change what the drawing means, and are therefore reported when they are filled in. */
const REPORTED_WHEN_MISSING: ReadonlySet<string> = new Set(['nodes.type', 'boundaries.kind', 'journeys.rate_rps']);

const NAMES = Object.keys(COLLECTIONS) as CollectionName[];

function refusal(code: string, message: string): Normalised {
  return { design: emptyDesign(), problems: [{ level: 'error', code, message }] };
}

/** `Design.zones[]` of earlier files: each zone becomes a boundary (semantics 1.5). */
function liftZones(raw: Data, problems: ProblemList): Entry[] {
  if (!Array.isArray(raw.zones)) return [];
  const zones: unknown[] = raw.zones;
  delete raw.zones;
  const entries: Entry[] = [];
  zones.forEach((zone, index) => {
    if (typeof zone === 'string' && zone !== '') entries.push({ key: zone, value: { name: zone, kind: 'zone' } });
    else if (isData(zone)) entries.push({ key: typeof zone.id === 'string' && zone.id !== '' ? zone.id : null, value: { kind: 'zone', ...zone } });
    else problems.add({ level: 'warning', code: 'not-an-object', message: `A zone that is no object was left out: ${quote(zone)}.`, where: `zones.${index}` });
  });
  problems.add({ level: 'info', code: 'zones', message: `${entries.length} zones were read as boundaries.`, where: 'zones' });
  return entries;
}

function tooMany(entries: Readonly<Record<CollectionName, readonly Entry[]>>): Normalised | null {
  for (const name of NAMES) {
    const limit = name === 'nodes' ? LIMITS.nodes : name === 'edges' ? LIMITS.edges : LIMITS.others;
    const count = entries[name].length;
    if (count > limit) return refusal('too-many', `The drawing has ${count} entries under "${name}"; ${limit} is the most that can be opened.`);
  }
  return null;
}

function conformItems(found: Identified, name: CollectionName, problems: ProblemList): Data {
  const out: Data = {};
  for (const [id, value] of found.items) {
    const defaults = DEFAULTS[name](id);
    for (const field of Object.keys(defaults)) {
      if ((value[field] ?? null) !== null || !REPORTED_WHEN_MISSING.has(`${name}.${field}`)) continue;
      problems.add({ level: 'warning', code: 'field-missing', message: `The ${COLLECTIONS[name].word} "${id}" has no "${field}"; it was read as ${quote(defaults[field])}.`, where: `${name}.${id}` });
    }
    const result = conformObject(SCHEMAS[name], value, `${name}.${id}`, problems, defaults);
    if (result.ok) out[id] = result.value;
  }
  return out;
}

/** A part of the document that is one object: what cannot be read of it moves to `unread`. */
function conformPart(raw: Data, key: string, schema: z.ZodObject, problems: ProblemList, defaults: Data = {}): unknown {
  const value = raw[key] ?? {};
  if (!isData(value)) {
    keepUnread(raw, key, value);
    problems.add({ level: 'warning', code: 'not-understood', message: `"${key}" is ${quote(value)}. It is kept in the file and not used.`, where: key });
  }
  const result = conformObject(schema, isData(value) ? value : {}, key, problems, defaults);
  return result.ok ? result.value : defaults;
}

const EMPTY_LAYOUT = (): Data => ({ nodes: {}, boundaries: {}, notes: {}, edges: {} });

function identifyAll(entries: Readonly<Record<CollectionName, readonly Entry[]>>, layout: Data, problems: ProblemList): Record<CollectionName, Identified> {
  const places = createIdSpace();
  const edgeIds = createIdSpace();
  const entityIds = createIdSpace();
  reservePlaces(places, entries);
  const spaces: Partial<Record<CollectionName, typeof places>> = { nodes: places, boundaries: places, notes: places, edges: edgeIds, entities: entityIds };
  const found = Object.fromEntries(NAMES.map((name) => [name, identify(entries[name], name, spaces[name] ?? createIdSpace(), problems)])) as Record<CollectionName, Identified>;
  resolveReferences({ found, places, edgeIds, entityIds, problems }, layout);
  cutCycles(found.boundaries, problems);
  return found;
}

function build(raw: Data, vocabulary: TypeVocabulary | undefined, problems: ProblemList): Normalised {
  const zones = liftZones(raw, problems);
  const entries = Object.fromEntries(NAMES.map((name) => [name, liftCollection(raw, name, problems)])) as Record<CollectionName, Entry[]>;
  entries.boundaries.push(...zones);
  const refused = tooMany(entries);
  if (refused) return refused;
  const layout: Data = isData(raw.layout) ? raw.layout : EMPTY_LAYOUT();
  const found = identifyAll(entries, layout, problems);
  for (const [id, node] of found.nodes.items) {
    normaliseType(id, node, vocabulary, problems);
    normaliseParams(node, 'nodes', id, problems);
  }
  for (const [id, edge] of found.edges.items) normaliseParams(edge, 'edges', id, problems);
  for (const [id, journey] of found.journeys.items) normaliseJourneyRanges(journey, `journeys.${id}`, problems);
  for (const [id, entity] of found.entities.items) normaliseOwnRanges(entity, `entities.${id}`, problems);
  if (isData(raw.workload)) normaliseOwnRanges(raw.workload, 'workload', problems);
  const parts: Data = { layout: conformPart(raw, 'layout', layoutSchema, problems, EMPTY_LAYOUT()) };
  for (const [key, schema] of [['workload', workloadSchema], ['targets', targetsSchema], ['settings', settingsSchema]] as const) parts[key] = conformPart(raw, key, schema, problems);
  const records = Object.fromEntries(NAMES.map((name) => [name, conformItems(found[name], name, problems)]));
  const whole = conformObject(designSchema, { ...raw, ...parts, ...records }, 'document', problems, { version: DESIGN_VERSION });
  if (!whole.ok) return refusal('unreadable', 'The drawing could not be read.');
  const design = whole.value as Design;
  clampLayout(design.layout, problems);
  placeMissing(design, problems);
  return { design, problems: problems.list() };
}

/**
 * Make a design of anything. Never throws and never drops silently: every repair is a problem, what cannot be used
 * is kept under `unread` of its object, unknown keys and unknown types stay, references to what does not exist stay
 * and are reported. Refuses (an `error` and an empty design) what is no object, too large or has too many parts.
 * The result satisfies `designSchema`, and normalising it again gives the same design.
 *
 * @param raw anything, for instance the result of JSON.parse or a structured clone; never changed
 * @param vocabulary the catalogue's types; without it types are left as they are spelt
 */
export function normaliseDesign(raw: unknown, vocabulary?: TypeVocabulary): Normalised {
  const problems = createProblemList();
  if (!isData(raw)) return refusal('not-a-design', 'This is not a drawing: the file holds no object.');
  let copy: Data | null;
  try {
    copy = copyPlain(raw, problems);
  } catch {
    // only a getter or a proxy of the caller can throw here; data from JSON cannot
    return refusal('unreadable', 'The drawing could not be read.');
  }
  if (copy === null) return refusal('too-large', `The file holds more than ${LIMITS.values} values; that is more than can be opened.`);
  return build(copy, vocabulary, problems);
}
