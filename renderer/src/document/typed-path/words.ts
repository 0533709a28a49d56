import { plain, PARTS, resolvePart, searchParts, suggestPart, type Part } from '../parts.ts';
import { resolveParams } from '../../../../shared/contracts/params.ts';

/** What a word was taken for. */
export interface FoundPart {
  readonly part: Part;
  /** `exact`: the whole text is its title or a keyword; `head`: only a part of the text is. */
  readonly how: 'exact' | 'head';
  /** Other parts that the word may mean, best first. */
  readonly others: readonly Part[];
}

/** A box with numbers of its own, for whatever has no type. */
const PLAIN_BOX = 'custom';

/** The part that stands for what the catalogue does not know. */
export function plainPart(): Part {
  const part = resolvePart(PLAIN_BOX);
  if (!part) throw new Error('The catalogue has no plain box');
  return part;
}

/** Words that name a job and no product: alone they decide nothing, and start as the catalogue's plain one. */
const OPEN_WORDS: ReadonlySet<string> = new Set(['worker']);

/** Lower case without accents and outer punctuation; `#` and `+` are part of names. */
function normal(text: string): string {
  return plain(text.replace(/#/g, ' sharp ').replace(/\+/g, ' plus '));
}

function buildIndex(): ReadonlyMap<string, readonly Part[]> {
  const index = new Map<string, Part[]>();
  const add = (word: string, part: Part): void => {
    for (const key of new Set([normal(word), normal(word).replaceAll(' ', '')])) {
      const parts = index.get(key);
      if (!parts) index.set(key, [part]);
      else if (!parts.includes(part)) parts.push(part);
    }
  };
  for (const part of PARTS) add(part.title, part);
  for (const part of PARTS) for (const word of part.keywords) add(word, part);
  index.delete('');
  return index;
}

const INDEX = buildIndex();

function lookUp(words: string): readonly Part[] {
  const found = INDEX.get(words) ?? INDEX.get(words.replaceAll(' ', ''));
  if (found) return found;
  return words.length > 3 && words.endsWith('s') ? (INDEX.get(words.slice(0, -1)) ?? []) : [];
}

/** Parts of which a text is the title or a keyword, titles first; one `s` at its end more is the same word. */
export function exactParts(text: string): readonly Part[] {
  return lookUp(normal(text));
}

const own = new Map<string, boolean>();

/** Whether a part is own code: several of it are several different things, each with a name of its own. */
export function isOwnCode({ component }: Part): boolean {
  let known = own.get(component.type);
  if (known === undefined) {
    const { values } = resolveParams(component.params, {});
    known = component.behavior(values, { stated: () => false, managed: false, hot_set_bytes: 0 }).failure.own_code;
    own.set(component.type, known);
  }
  return known;
}

/** The longest run of words at one end that names a part. */
function partAtEnd(words: readonly string[], end: 'first' | 'last'): Part | null {
  for (let length = words.length - 1; length > 0; length -= 1) {
    const [part] = lookUp((end === 'first' ? words.slice(0, length) : words.slice(-length)).join(' '));
    if (part) return part;
  }
  return null;
}

/**
 * "Users API" is a service: the last word says what it is, and own code stays own code. "Postgres replica" is PostgreSQL,
 * and so is "Postgres database": the first word says which one.
 */
function partOfPhrase(words: readonly string[]): Part | null {
  const [head, lead] = [partAtEnd(words, 'last'), partAtEnd(words, 'first')];
  if (!head || !lead) return head ?? lead;
  if (lead.component === head.component) return lead;
  return !isOwnCode(head) && lead.component.silhouette === head.component.silhouette ? lead : head;
}

/** A word that decides nothing, alone or as the last of several, unless what stands before it names the product. */
function openPart(words: readonly string[]): FoundPart | null {
  const last = words.at(-1)?.replace(/s$/, '') ?? '';
  if (!OPEN_WORDS.has(last)) return null;
  const plainOne = lookUp(last)[0] ?? plainPart();
  const others = searchParts(last).filter((part) => part.preset === null);
  const whole = words.length > 1 ? lookUp(words.join(' '))[0] : undefined;
  const named = whole ?? partAtEnd([...words], 'first');
  if (named && others.some((part) => part.component === named.component)) return { part: named, how: 'exact', others: [plainOne] };
  return { part: plainOne, how: words.length === 1 ? 'exact' : 'head', others };
}

/** What a text names in the catalogue: by its whole, else by its last or first words. Null when nothing fits. */
export function findPart(text: string): FoundPart | null {
  const words = normal(text).split(' ').filter(Boolean);
  const open = openPart(words);
  if (open) return open;
  const [exact, ...others] = lookUp(words.join(' '));
  if (exact) return { part: exact, how: 'exact', others };
  const named = words.filter((word, index) => index === 0 || !/^\d+$/.test(word));
  const [bare] = named.length < words.length ? lookUp(named.join(' ')) : lookUp(words.join(' ').replace(/ ?\d+$/, ''));
  const part = bare ?? partOfPhrase(named);
  return part ? { part, how: 'head', others: [] } : null;
}

/** The part that `(kind)` forces: what it names, else what a search finds first. Null when nothing does. */
export function forcedPart(kind: string): Part | null {
  return exactParts(kind)[0] ?? resolvePart(kind) ?? searchParts(kind)[0] ?? null;
}

/** Words that are written in capitals. */
const CAPITALS: ReadonlySet<string> = new Set(['ai', 'alb', 'api', 'bff', 'cdn', 'db', 'dlq', 'dns', 'elb', 'etl', 'http', 'idp', 'jwt', 'lb', 'llm', 'ml', 'mq', 'nlb', 'pg', 'rds', 's3', 'sms', 'sns', 'sql', 'sqs', 'sso', 'ui', 'waf']);

/** A typed name in sentence case, as names stand on the paper: "users api" becomes "Users API". Capitals that were typed stay. */
export function sentenceCase(text: string): string {
  if (/\p{Lu}/u.test(text)) return text;
  const words = text.split(' ').map((word) => (CAPITALS.has(word) ? word.toUpperCase() : word));
  const [first = '', ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}

/** The name of a new component: the part's own title where that was typed, the typed words otherwise. */
export function nameFor(word: string, part: Part): string {
  if (word === '') return part.title;
  return normal(word) === normal(part.title) ? part.title : sentenceCase(word);
}

/** Whether two texts are the same words. */
export function sameWords(a: string, b: string): boolean {
  return normal(a) !== '' ? normal(a) === normal(b) : a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Whether a text holds these words, next to each other. */
export function holdsWords(text: string, words: string): boolean {
  return normal(words) !== '' && ` ${normal(text)} `.includes(` ${normal(words)} `);
}

const near = new Map<string, Part | null>();
/** Words remembered with what they probably meant; a line being typed asks for the same one several times. */
const REMEMBERED = 100;

/** The part that a mistyped word probably meant, or null. */
export function nearestPart(word: string): Part | null {
  let known = near.get(word);
  if (known === undefined) {
    if (near.size >= REMEMBERED) near.clear();
    near.set(word, (known = suggestPart(word)));
  }
  return known;
}
