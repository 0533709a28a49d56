import { tokenize, type Join, type Span, type Token } from './tokens.ts';

/** One item of a line, as written. */
export interface TypedItem {
  /** The words without multiplicity, zones and remarks; empty when only a remark stands there. */
  readonly word: string;
  /** Written in quotes: a name, to be taken as it is. */
  readonly quoted: boolean;
  /** `x3`, or null. */
  readonly units: number | null;
  /** `z2`, or null. */
  readonly zones: number | null;
  /** `(kind)`: a type or preset, or null. */
  readonly kind: string | null;
  /** `(new)`: another one, although the name exists. */
  readonly fresh: boolean;
  /** `(both)`: a cache that is called beside its store, each time. */
  readonly both: boolean;
  /** Where the whole item stands, and its words. */
  readonly span: Span;
  readonly wordSpan: Span;
  /** Indices of the items that it hangs on; `start`: whatever the line continues from. */
  readonly after: readonly number[] | 'start';
  readonly join: Join;
}

/** A line as written. */
export interface TypedLine {
  readonly journey: { readonly name: string; readonly span: Span } | null;
  readonly items: readonly TypedItem[];
}

const MULTIPLICITY = /(?:^|\s)[x\u00d7](\d{1,4})\s*$/i;
const ZONES = /(?:^|\s)z(\d{1,2})\s*$/i;

interface Group { readonly tokens: readonly Token[]; readonly lead: 'head' | 'comma' | Join; readonly join: Join | null }

type Remark = Pick<TypedItem, 'kind' | 'fresh' | 'both'>;

function remarkOf(tokens: readonly Token[]): Remark {
  const remarks = tokens.flatMap((token) => (token.type === 'note' ? token.text.split(',').map((part) => part.trim()) : []));
  const is = (word: string) => (text: string): boolean => text.toLowerCase() === word;
  const kind = remarks.find((text) => text !== '' && !is('new')(text) && !is('both')(text)) ?? null;
  return { kind, fresh: remarks.some(is('new')), both: remarks.some(is('both')) };
}

/** Take `x3` and `z2` off the end of the words. What remains is never empty unless it was before: "x3" alone is a name. */
function withoutCounts(text: string): { readonly word: string; readonly units: number | null; readonly zones: number | null } {
  let [word, units, zones] = [text.trimEnd(), null as number | null, null as number | null];
  for (;;) {
    const many = units === null ? MULTIPLICITY.exec(word) : null;
    const far = zones === null && !many ? ZONES.exec(word) : null;
    const found = many ?? far;
    const rest = found ? word.slice(0, found.index).trimEnd() : '';
    if (!found || rest.trim() === '') return { word, units, zones };
    if (many) units = Number(many[1]);
    else zones = Number(found[1]);
    word = rest;
  }
}

function spanOf(tokens: readonly Token[], text: string): Span {
  const [start, end] = [tokens[0]?.span.start ?? 0, tokens.at(-1)?.span.end ?? 0];
  const inside = text.slice(start, end);
  return { start: start + inside.length - inside.trimStart().length, end: end - (inside.length - inside.trimEnd().length) };
}

type Written = Omit<TypedItem, 'after' | 'join'>;

/** Counts may stand before or behind a remark: "api x3 (fastapi)" and "api (fastapi) x3" are the same. */
function readItem(tokens: readonly Token[], text: string): Written | null {
  const quoted = tokens.find((token) => token.type === 'quoted');
  const loose = tokens.map((token) => (token.type === 'text' ? token.text : token.type === 'colon' ? ':' : token.type === 'quoted' ? '\u0001' : ' ')).join('');
  const counted = withoutCounts(loose);
  const word = quoted?.type === 'quoted' ? quoted.text.trim() : counted.word.replace(/\s+/g, ' ').trim();
  const remark = remarkOf(tokens);
  if (word === '' && remark.kind === null) return null;
  const span = spanOf(tokens, text);
  const first = tokens.findIndex((token) => token.type === 'note');
  const words = quoted ? [quoted] : tokens.slice(0, first === -1 ? undefined : first);
  const written = words.length === 0 ? { start: span.start, end: span.start } : spanOf(words, text);
  const bare = quoted ? written : { start: written.start, end: Math.max(written.start, written.start + withoutCounts(text.slice(written.start, written.end)).word.length) };
  return { word, quoted: quoted !== undefined, units: counted.units, zones: counted.zones, ...remark, span, wordSpan: bare };
}

/** Cut the tokens at operators and commas. A comma right before an operator gives the branch that operator. */
function groupsOf(tokens: readonly Token[]): readonly Group[] {
  const groups: Group[] = [];
  let lead: Group['lead'] = 'head';
  let join: Join | null = null;
  let held: Token[] = [];
  const close = (next: 'comma' | Join): void => {
    const written = held.some((token) => token.type !== 'text' || token.text.trim() !== '');
    if (written) groups.push({ tokens: held, lead, join });
    if (written || next !== 'comma') join = next === 'comma' ? null : next;
    // nothing between two operators: an arrow beats a comma before it only in what it draws, and a comma behind it is a slip
    if (written || (next !== 'comma' && lead !== 'comma')) lead = next;
    held = [];
  };
  for (const token of tokens) {
    if (token.type === 'comma') close('comma');
    else if (token.type === 'join') close(token.join);
    else held.push(token);
  }
  close('comma');
  return groups;
}

/** A colon after the first words, before any operator, makes them the name of a journey. */
function journeyOf(tokens: readonly Token[]): { readonly journey: TypedLine['journey']; readonly rest: readonly Token[] } {
  const [first, second] = tokens;
  const named = first && (first.type === 'text' || first.type === 'quoted') && second?.type === 'colon' && first.text.trim() !== '';
  return named ? { journey: { name: first.text.trim().replace(/\s+/g, ' '), span: { start: first.span.start, end: second.span.end } }, rest: tokens.slice(2) } : { journey: null, rest: tokens };
}

/**
 * Read a line. `a > b` hangs b on a. A comma goes back to what the item before it hangs on: in `a > b, c` both hang on
 * a. What follows `>` hangs on the item right before it: in `a > b, c > d` d hangs on c. A list at the very start has
 * nothing to go back to: in `a, b > c` c hangs on both. Any text can be read; what cannot be used is left out.
 */
export function parseLine(text: string): TypedLine {
  const { journey, rest } = journeyOf(tokenize(text));
  const items: TypedItem[] = [];
  let heads: number[] = [];
  for (const { tokens, lead, join } of groupsOf(rest)) {
    const written = readItem(tokens, text);
    if (!written) continue;
    const before = items.at(-1);
    const at = items.length;
    if (!before) items.push({ ...written, after: 'start', join: join ?? 'call' });
    else if (lead === 'comma') items.push({ ...written, after: before.after, join: join ?? before.join });
    else items.push({ ...written, after: heads.length > 1 ? heads : [at - 1], join: join ?? 'call' });
    heads = items.at(-1)?.after === 'start' ? [...heads, at] : [];
  }
  return { journey, items };
}

/** The item in which a place of the line lies, or the one right before it. */
export function itemAt(line: TypedLine, caret: number): number | null {
  const inside = line.items.findIndex(({ span }) => caret >= span.start && caret <= span.end);
  return inside === -1 ? null : inside;
}

/** A name as it must be written to be read as one: in quotes where it holds an operator or would be read as something else. */
export function written(name: string): string {
  const plain = !/[>=,:()"\u2192]/.test(name) && name === name.trim() && parseLine(name).items[0]?.word === name;
  return plain ? name : `"${name.replaceAll('"', '')}"`;
}
