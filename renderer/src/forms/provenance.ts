import { catalog } from '../../../catalog/index.ts';
import type { ParamField } from '../../../shared/contracts/params.ts';
import { isRange, type Provenance } from '../../../shared/model/quantity.ts';
import { MIXED } from './bags.ts';
import { measureOf } from './numbers.ts';
import { printValue } from './units.ts';

const WORDS: Readonly<Record<Provenance, string>> = {
  V: 'Read in the source',
  M: 'Published value',
  D: 'Derived from other values',
  A: 'Assumed',
  U: 'Yours',
  X: 'Measured by you',
};

/** A default as the form writes it. */
export function defaultText(field: ParamField): string {
  const { default: value } = field;
  if (field.practice === true) return 'not stated';
  if (typeof value === 'number') {
    const shown = printValue(value, measureOf(field));
    return shown.unit === '' ? shown.text : `${shown.text} ${shown.unit}`;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && value !== '') return choiceText(field, value);
  if (Array.isArray(value) && value.length > 0) return value.map((item) => choiceText(field, String(item))).join(', ');
  return field.nullable === true || field.kind === 'group' ? 'unset' : 'none';
}

/** An option of a choice in words: its own text, or the key with spaces. */
export function choiceText(field: ParamField, value: string): string {
  const words = field.options?.[value];
  if (words !== undefined) return words;
  const spaced = value.replaceAll('_', ' ');
  return `${spaced[0]?.toUpperCase() ?? ''}${spaced.slice(1)}`;
}

/** Where the value in force comes from. */
export interface Origin {
  readonly letter: Provenance;
  readonly words: string;
  /** Title and year of the source of the default. */
  readonly source: string | null;
  readonly url: string | null;
  /** What a reset returns to, null while the default is in force. */
  readonly reset: string | null;
}

function sourceOf(field: ParamField): { readonly text: string; readonly url: string | null } | null {
  if (field.source === undefined) return null;
  const source = catalog.sources.get(field.source);
  if (!source) return { text: field.source, url: null };
  const year = source.year === undefined ? '' : `, ${source.year}`;
  return { text: `${source.author === undefined ? '' : `${source.author}, `}${source.title}${year}`, url: source.url ?? null };
}

/** The origin of a stored value, or of the default where nothing is stored. */
export function originOf(field: ParamField, stored: unknown): Origin {
  const source = sourceOf(field);
  const about = { source: source?.text ?? null, url: source?.url ?? null };
  if (stored === undefined) {
    const words = field.practice === true ? `Not stated. Counted as ${field.default === true ? 'yes' : 'no'} until you say.` : WORDS[field.provenance];
    return { letter: field.provenance, words, ...about, reset: null };
  }
  const letter: Provenance = isRange(stored) && stored.provenance === 'X' ? 'X' : 'U';
  const words = stored === MIXED ? 'Different values' : WORDS[letter];
  const from = source === null ? '' : ` (${source.text})`;
  return { letter, words, ...about, reset: `Reset to ${defaultText(field)}${from}` };
}

/** Whether a value counts as assumed: nobody stated it, and the default is nobody's either. */
export function isAssumed(field: ParamField, stored: unknown): boolean {
  return stored === undefined && field.provenance === 'A';
}
