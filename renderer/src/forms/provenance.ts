import { catalog } from '../../../catalog/index.ts';
import type { ParamField } from '../../../shared/contracts/params.ts';
import { isRange, type Provenance } from '../../../shared/model/quantity.ts';
import { MIXED } from './bags.ts';
import { effectiveReason, type Effective } from './effective.ts';
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
  return field.practice === true ? 'not stated' : assumedText(field);
}

function assumedText(field: ParamField): string {
  const { default: value } = field;
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
  /** The value that counts while nothing is stored and how it comes about: "5 = 2 x vCPUs + 1". */
  readonly reason: string | null;
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

function unstatedWords(field: ParamField): string {
  if (field.practice !== true) return WORDS[field.provenance];
  return field.kind === 'group' ? 'Not stated.' : `Not stated. Counted as ${assumedText(field)} until you say.`;
}

/** The origin of a stored value, or of what counts where nothing is stored. */
export function originOf(field: ParamField, stored: unknown, effective?: Effective): Origin {
  const source = sourceOf(field);
  const about = { source: source?.text ?? null, url: source?.url ?? null };
  if (stored === undefined) {
    const reason = effective === undefined ? null : effectiveReason(field, effective);
    return { letter: field.provenance, words: unstatedWords(field), reason, ...about, reset: null };
  }
  const own = isRange(stored) ? stored.provenance : undefined;
  const letter: Provenance = own === 'X' || own === 'A' ? own : 'U';
  const words = stored === MIXED ? 'Different values' : WORDS[letter];
  const from = source === null ? '' : ` (${source.text})`;
  const target = effective !== undefined && field.nullable === true ? effectiveReason(field, effective) : `${defaultText(field)}${from}`;
  return { letter, words, reason: null, ...about, reset: `Reset to ${target}` };
}

/** Whether a value counts as assumed: nobody stated it, and the default is nobody's either; or it stands there as an assumption. */
export function isAssumed(field: ParamField, stored: unknown): boolean {
  return (stored === undefined && field.provenance === 'A') || (isRange(stored) && stored.provenance === 'A');
}
