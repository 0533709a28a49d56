import { MAX_ID_LENGTH } from './ids.ts';
import { has, isData, keepUnread, quote, type Data } from './plain-data.ts';
import type { ProblemList } from './problem-list.ts';
import { isStageKey } from './stages.ts';

/** The records of a document, with the word that messages use and the prefix of ids made up for them. */
export const COLLECTIONS = {
  nodes: { word: 'component', prefix: 'n' },
  boundaries: { word: 'boundary', prefix: 'b' },
  notes: { word: 'note', prefix: 't' },
  edges: { word: 'connection', prefix: 'e' },
  journeys: { word: 'journey', prefix: 'j' },
  entities: { word: 'data entity', prefix: 'd' },
  acceptedRisks: { word: 'accepted risk', prefix: 'r' },
} as const;

/** Name of a record of the document. */
export type CollectionName = keyof typeof COLLECTIONS;

/** One object of a collection before it has its final id. `key` is null when it came from a list without an id. */
export interface Entry {
  readonly key: string | null;
  readonly value: Data;
}

function idText(raw: unknown): string | null {
  if (typeof raw === 'string' && raw !== '') return raw;
  return typeof raw === 'number' ? String(raw) : null;
}

/** Names that every object inherits; as an id one of them would be found in a record where it is not. */
function isInherited(id: string): boolean {
  return id in Object.prototype;
}

function isUsable(id: string): boolean {
  return id.length <= MAX_ID_LENGTH && !isInherited(id) && !isStageKey(id);
}

/** Ids that must differ from one another: components, boundaries and notes share one space, each other kind its own. */
export interface IdSpace {
  /** Mark ids that the file mentions, so that no made-up id meets one of them by accident. */
  reserve(raw: unknown): void;
  /** The id for an object: its own when it can be used and is free, else one made from it. */
  claim(raw: string | null, prefix: string): string;
  /** An id for something that the file mentions and does not contain: stays what it is when it can. */
  absent(raw: unknown, prefix: string): string;
}

/** An empty space. */
export function createIdSpace(): IdSpace {
  const taken = new Set<string>();
  const reserved = new Set<string>();
  const counters = new Map<string, number>();
  const absent = new Map<string, string>();
  const fresh = (base: string, first: number, join: string): string => {
    let count = counters.get(base + join) ?? first;
    let id: string;
    do id = `${base}${join}${count++}`;
    while (taken.has(id) || reserved.has(id));
    counters.set(base + join, count);
    taken.add(id);
    return id;
  };
  const made = (raw: string | null, prefix: string): string => (raw === null ? fresh(prefix, 1, '') : fresh(raw.slice(0, 100), 2, '-'));
  return {
    reserve: (raw) => {
      const text = idText(raw);
      if (text !== null) reserved.add(text);
    },
    claim: (raw, prefix) => {
      if (raw === null || !isUsable(raw) || taken.has(raw)) return made(raw, prefix);
      taken.add(raw);
      return raw;
    },
    absent: (raw, prefix) => {
      const text = idText(raw);
      if (text !== null && isUsable(text)) return text;
      if (text === null) return fresh(prefix, 1, '-');
      const known = absent.get(text) ?? made(text, prefix);
      absent.set(text, known);
      return known;
    },
  };
}

/** The objects of `raw[name]`, which may be a record (the format) or a list (hand-written files, older specs). */
export function liftCollection(raw: Data, name: CollectionName, problems: ProblemList): Entry[] {
  const source = raw[name];
  if (source === undefined || source === null) return [];
  const pairs: readonly (readonly [string | null, unknown])[] = Array.isArray(source)
    ? source.map((item: unknown) => [isData(item) ? idText(item.id) : null, item] as const)
    : isData(source)
      ? Object.entries(source)
      : [];
  if (!Array.isArray(source) && !isData(source)) {
    keepUnread(raw, name, source);
    problems.add({ level: 'warning', code: 'not-a-collection', message: `"${name}" is ${quote(source)} and holds nothing that can be read. It is kept in the file.`, where: name });
  }
  const entries: Entry[] = [];
  for (const [key, value] of pairs) {
    if (isData(value)) entries.push({ key: key === '' ? null : key, value });
    else problems.add({ level: 'warning', code: 'not-an-object', message: `A ${COLLECTIONS[name].word} that is no object was left out: ${quote(value)}.`, where: `${name}.${key ?? ''}` });
  }
  return entries;
}

/** Objects under their final ids, and the way from every id that the file used to the final one. */
export interface Identified {
  readonly items: readonly (readonly [string, Data])[];
  readonly byRaw: ReadonlyMap<string, string>;
}

/** Give every entry its id. A second holder of an id gets another one; references stay with the first. */
export function identify(entries: readonly Entry[], name: CollectionName, space: IdSpace, problems: ProblemList): Identified {
  const { word, prefix } = COLLECTIONS[name];
  const items: [string, Data][] = [];
  const byRaw = new Map<string, string>();
  const inner: [string, string][] = [];
  for (const { key, value } of entries) {
    const raw = key ?? idText(value.id);
    const id = space.claim(raw, prefix);
    const own = idText(value.id);
    if (raw === null) problems.add({ level: 'info', code: 'id-made', message: `A ${word} had no id; it is now "${id}".`, where: `${name}.${id}` });
    else if (id !== raw) problems.add({ level: 'warning', code: 'id-changed', message: `The id ${quote(raw)} of a ${word} cannot be used or is used twice; it is now "${id}".`, where: `${name}.${id}` });
    if (own !== null && raw !== null && own !== raw) {
      inner.push([own, id]);
      problems.add({ level: 'info', code: 'id-mismatch', message: `A ${word} under "${id}" called itself ${quote(own)}; "${id}" is kept.`, where: `${name}.${id}` });
    }
    if (raw !== null && !byRaw.has(raw)) byRaw.set(raw, id);
    items.push([id, { ...value, id }]);
  }
  for (const [own, id] of inner) if (!byRaw.has(own)) byRaw.set(own, id);
  return { items, byRaw };
}

/** The final id for a reference, looked up in the given collections from left to right; null when it is in none. */
export function lookUp(raw: unknown, ...targets: readonly Identified[]): string | null {
  const text = idText(raw);
  if (text === null) return null;
  for (const target of targets) {
    const id = target.byRaw.get(text);
    if (id !== undefined) return id;
  }
  return null;
}

/** Reserve every id and every reference of the file in the space that components, boundaries and notes share. */
export function reservePlaces(space: IdSpace, entries: Readonly<Record<CollectionName, readonly Entry[]>>): void {
  for (const name of ['nodes', 'boundaries', 'notes'] as const) for (const { key, value } of entries[name]) for (const id of [key, value.id]) space.reserve(id);
  const keys = { nodes: ['boundary'], boundaries: ['parent'], notes: ['boundary'], edges: ['from', 'to'], journeys: ['entry'], entities: ['home'] } as const;
  for (const [name, fields] of Object.entries(keys)) {
    for (const { value } of entries[name as CollectionName]) for (const field of fields) if (has(value, field)) space.reserve(value[field]);
  }
}
