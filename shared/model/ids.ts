/** Makes ids that are unique within one document. Passed in, so that pure code needs no randomness of its own. */
export type IdGenerator = (prefix: IdPrefix) => string;

/** The kinds of object that carry an id, as the prefix that makes ids readable in a diff. */
export type IdPrefix = 'n' | 'e' | 'b' | 'j' | 'd' | 't' | 'r';

/** Longest id the document accepts, in characters. */
export const MAX_ID_LENGTH = 128;

/** A counter-based generator that skips ids already taken: deterministic, for importers, templates and tests. */
export function createCounterIds(taken: Iterable<string> = []): IdGenerator {
  const used = new Set(taken);
  const next = new Map<IdPrefix, number>();
  return (prefix) => {
    let count = next.get(prefix) ?? 0;
    let id: string;
    do id = `${prefix}${++count}`;
    while (used.has(id));
    next.set(prefix, count);
    used.add(id);
    return id;
  };
}
