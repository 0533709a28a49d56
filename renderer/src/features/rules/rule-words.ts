import { AXES, type Axis, type Severity } from '../../../../shared/contracts/evaluation.ts';
import { keyWords } from '../../../../shared/contracts/finding-evidence.ts';
import { SEVERITIES } from '../../../../shared/contracts/open-findings.ts';
import type { Rule } from '../../../../shared/contracts/rule.ts';
import { formatBytes, formatDuration, formatMoney, formatMs, formatNumber, formatPercent, formatRate } from '../../../../shared/lib/format.ts';

/** A text with a capital letter. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Items as a person lists them: "A, B and C". */
export function listOf(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

/** A part of a sentence; `open` is what each drawing fills in. */
export interface Piece { readonly text: string; readonly open: boolean }

/** Keys of targets and figures that are words of the code. */
const WORDS: Readonly<Record<string, string>> = { node: 'component', edge: 'connection', cs2: 'squared variation', rps: 'rate', bytesPerS: 'bytes', vcpu: 'so many' };

const wordsOf = (key: string): string => (Object.hasOwn(WORDS, key) ? (WORDS[key] ?? key) : keyWords(key).replace(/\bv?cpu\b/g, (unit) => unit.replace('cpu', 'CPU')));

/** The condition that a message states: its first sentence, with words in place of what each drawing fills in. */
function conditionOf(template: string): readonly Piece[] {
  const first = /^(.*?)[.](?=\s+[A-Z0-9{]|$)/s.exec(template)?.[1] ?? template;
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of first.matchAll(/\{(\w+)(?::\w+)?\}/g)) {
    pieces.push({ text: first.slice(at, found.index), open: false }, { text: wordsOf(found[1] ?? ''), open: true });
    at = found.index + found[0].length;
  }
  return [...pieces, { text: first.slice(at), open: false }].filter(({ text }) => text !== '');
}

/** The cases in which a rule speaks, each once and as a sentence without its full stop. */
export function conditionsOf(rule: Rule): readonly { readonly id: string; readonly pieces: readonly Piece[] }[] {
  const all = Object.entries(rule.messages).map(([id, template]) => ({ id, pieces: conditionOf(template) }));
  return [...new Map(all.map((condition) => [condition.pieces.map(({ text }) => text).join(''), condition])).values()];
}

/** Units at the end of a key: "leastGainMs", "lead_s". */
const UNITS: readonly (readonly [RegExp, (value: number) => string])[] = [
  [/PerS$/, (value) => `${formatBytes(value)}/s`],
  [/(?:Ms|_ms)$/, formatMs],
  [/(?:[a-z]S|_s)$/, formatDuration],
  [/(?:Usd|_usd)$/, formatMoney],
  [/(?:Rps|_rps|^rps)$/, (value) => formatRate(value)],
  [/(?:Kb|_kb)$/, (value) => formatBytes(value * 1e3)],
  [/(?:Mb|_mb)$/, (value) => formatBytes(value * 1e6)],
  [/(?:Gb|_gb)$/, (value) => formatBytes(value * 1e9)],
];

/** A threshold's figure in the unit that its key names. Below one it is a share of something. */
export function thresholdFigure(key: string, value: number): string {
  const write = UNITS.find(([unit]) => unit.test(key))?.[1];
  if (write && value !== 0) return write(value);
  return value > 0 && value < 1 ? formatPercent(value) : formatNumber(value);
}

/** The thresholds of a rule: what each is called and how large it is. */
export function thresholdsOf(rule: Rule): readonly { readonly key: string; readonly name: string; readonly figure: string }[] {
  return Object.entries(rule.options).map(([key, value]) => ({ key, name: capital(wordsOf(key)), figure: thresholdFigure(key, value) }));
}

/** The title of an axis. */
export function axisTitle(axis: Axis): string {
  return capital(axis);
}

/** How grave it is, and what it does to the scores. */
export function weightOf({ meta }: Rule): string {
  const severities = SEVERITIES.filter((severity: Severity) => meta.severity.includes(severity));
  const lowered = AXES.filter((axis) => meta.penalises.includes(axis));
  const scores = lowered.length > 0 ? `It lowers the ${lowered.length === 1 ? 'score' : 'scores'} of ${listOf(lowered)}.` : 'It explains figures and lowers no score by itself.';
  return `${capital(listOf(severities, 'or'))}. ${scores}`;
}
