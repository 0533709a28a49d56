import type { Design } from '../../shared/model/design.ts';

const COLLECTIONS = ['nodes', 'edges', 'boundaries', 'journeys', 'entities', 'notes', 'acceptedRisks'] as const;
/** Fields that hold the id of another thing. */
const REFERENCES: ReadonlySet<string> = new Set(['id', 'from', 'to', 'entry', 'home', 'edge', 'entity', 'boundary', 'parent', 'deployable_group', 'fronts', 'key']);
/** Fields whose keys are ids. */
const KEYED: ReadonlySet<string> = new Set([...COLLECTIONS, 'demands']);

/** What an id becomes: no longer readable, and the order of ids turned round. */
export const RENAMED = /\bq\d{4}q\b/;

/** The same drawing with other ids in the opposite order, and all records filled in the opposite order. Names stay. */
export function renamed(design: Design): Design {
  const ids = [...new Set(COLLECTIONS.flatMap((name) => Object.keys(design[name])))].sort();
  const map = new Map(ids.map((id, index) => [id, `q${String(9999 - index)}q`]));
  const other = (id: string): string => id.split(',').map((part) => map.get(part.trim()) ?? part).join(',');
  const walk = (value: unknown, field: string, ids: boolean): unknown => {
    if (typeof value === 'string') return REFERENCES.has(field) ? other(value) : value;
    if (Array.isArray(value)) return value.map((member) => walk(member, field, false));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [ids ? other(key) : key, walk(member, key, KEYED.has(key))]));
  };
  const { layout, ...rest } = design;
  const moved = Object.fromEntries(Object.entries(layout).map(([name, record]) => [name, walk(record, name, true)]));
  return { ...(walk(rest, '', false) as Omit<Design, 'layout'>), layout: moved } as Design;
}
