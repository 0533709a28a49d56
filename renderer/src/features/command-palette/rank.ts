/** What a line of the palette is found by. */
export interface Findable {
  readonly label: string;
  /** Found, never shown. */
  readonly synonyms: readonly string[];
  /** Heading of its group; found like a synonym. */
  readonly group: string;
  readonly disabledReason: string | null;
}

/** How well a line fits, the best first. */
export const FIT = { prefix: 0, words: 1, synonym: 2, inside: 3, fuzzy: 4 } as const;

/** Scattered letters count as found only when they take up little more than themselves: one letter more for each four. */
const LETTERS_PER_GAP = 4;

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string): readonly string[] => fold(text).split(/[^\p{L}\p{N}%+]+/u).filter((word) => word !== '');
const begins = (query: string, words: readonly string[]): boolean => words.some((word) => word.startsWith(query));

/** Width of the narrowest stretch of `text` that has the letters of `query` in their order, or null. */
function stretch(query: string, text: string): number | null {
  let least: number | null = null;
  for (let start = text.indexOf(query.charAt(0)); start >= 0; start = text.indexOf(query.charAt(0), start + 1)) {
    let at = start;
    for (const letter of query.slice(1)) {
      at = text.indexOf(letter, at + 1);
      if (at < 0) return least;
    }
    least = Math.min(least ?? Number.MAX_SAFE_INTEGER, at - start + 1);
  }
  return least;
}

/** How a line fits a query: one of `FIT`, or null. A query without a word fits everything. */
export function fitOf(query: string, entry: Findable): number | null {
  const asked = fold(query).trim();
  const words = wordsOf(query);
  if (words.length === 0) return FIT.prefix;
  const label = fold(entry.label);
  if (label.startsWith(asked)) return FIT.prefix;
  const own = wordsOf(entry.label);
  if (words.every((word) => begins(word, own))) return FIT.words;
  const all = [...own, ...wordsOf(entry.group), ...entry.synonyms.flatMap(wordsOf)];
  if (words.every((word) => begins(word, all))) return FIT.synonym;
  if (label.includes(asked)) return FIT.inside;
  const letters = words.join('');
  const found = stretch(letters, own.join(''));
  return found !== null && found <= letters.length + Math.floor(letters.length / LETTERS_PER_GAP) ? FIT.fuzzy : null;
}

/** The lines that fit, best first; of those that fit alike the ones that can run, then in the given order. */
export function rank<Entry extends Findable>(query: string, entries: readonly Entry[]): readonly Entry[] {
  return entries
    .flatMap((entry, order) => {
      const fit = fitOf(query, entry);
      return fit === null ? [] : [{ entry, order, fit, off: entry.disabledReason === null ? 0 : 1 }];
    })
    .sort((a, b) => a.fit - b.fit || a.off - b.off || a.order - b.order)
    .map(({ entry }) => entry);
}
