import type { Unit } from '../../../shared/contracts/params.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { Range } from '../../../shared/model/quantity.ts';

/** One way to write a stored unit: `scale` stored units make one of it. */
interface Step {
  readonly scale: number;
  readonly label: string;
  readonly words: readonly string[];
}

/** How the values of a stored unit are written, largest first. */
interface Family {
  readonly steps: readonly Step[];
  /** Labels that are part of the figure ("20k") instead of a unit of their own. */
  readonly suffix: string | null;
}

const TIME: readonly (readonly [seconds: number, label: string, words: readonly string[]])[] = [
  [365 * 86400, 'years', ['y', 'year', 'years', 'yr']],
  [86400, 'days', ['d', 'day', 'days']],
  [3600, 'h', ['h', 'hour', 'hours', 'hr']],
  [60, 'min', ['min', 'm', 'minute', 'minutes']],
  [1, 's', ['s', 'sec', 'second', 'seconds']],
  [1e-3, 'ms', ['ms', 'millisecond', 'milliseconds']],
  [1e-6, 'µs', ['us', 'µs', 'μs', 'microseconds']],
];

function time(stored: number): Family {
  return { suffix: null, steps: TIME.map(([seconds, label, words]) => ({ scale: divide(seconds, stored), label, words })) };
}

/** Division that keeps powers of ten exact. */
function divide(a: number, b: number): number {
  return Number((a / b).toPrecision(15));
}

function size(power: number, base: 1000 | 1024): Family {
  const names = ['PB', 'TB', 'GB', 'MB', 'KB', 'B'];
  const steps = names.map((label, index) => ({
    scale: base ** (5 - index - power),
    label,
    words: [label.toLowerCase(), ...(label === 'B' ? ['byte', 'bytes'] : [label[0]?.toLowerCase() ?? '', `${label[0]?.toLowerCase() ?? ''}ib`])],
  }));
  return { suffix: null, steps };
}

function magnitude(suffix: string, words: readonly string[]): Family {
  const step = (scale: number, label: string): Step => ({ scale, label, words: label === '' ? words : [label.toLowerCase(), ...words.map((word) => `${label.toLowerCase()} ${word}`), ...words.map((word) => `${label.toLowerCase()}${word}`)] });
  return { suffix, steps: [step(1e9, 'G'), step(1e6, 'M'), step(1e3, 'k'), step(1, '')] };
}

function single(label: string, scale: number, words: readonly string[]): Family {
  return { suffix: null, steps: [{ scale, label, words }] };
}

const FAMILIES: Readonly<Record<Unit, Family>> = {
  ms: time(1e-3),
  s: time(1),
  days: { suffix: null, steps: time(86400).steps.filter((step) => step.scale >= 1 / 25) },
  // a year is typed, and twenty-five months are not 2.08 of it
  months: { suffix: null, steps: [{ scale: 1, label: 'months', words: ['month', 'months', 'mo'] }, { scale: 12, label: 'years', words: ['y', 'year', 'years', 'yr'] }] },
  bytes: size(0, 1000),
  kb: size(1, 1000),
  mb: size(2, 1024),
  gb: size(3, 1000),
  mb_s: { suffix: null, steps: [{ scale: 1000, label: 'GB/s', words: ['gb/s', 'g'] }, { scale: 1, label: 'MB/s', words: ['mb/s', 'm'] }, { scale: 1e-3, label: 'kB/s', words: ['kb/s', 'k'] }] },
  rps: magnitude('rps', ['rps', '/s', 'req/s', 'r/s']),
  ops: magnitude('ops/s', ['ops/s', 'ops', '/s']),
  iops: magnitude('IOPS', ['iops', '/s']),
  count: magnitude('', []),
  none: magnitude('', ['x']),
  times: magnitude('x', ['x', 'times']),
  fte: magnitude('FTE', ['fte', 'ftes', 'people']),
  ratio: single('%', 0.01, ['%', 'percent']),
  per_day: magnitude('/day', ['/day', '/d', 'per day', 'a day']),
  per_year: magnitude('/year', ['/year', '/y', 'per year', 'a year']),
  usd_month: magnitude('$/month', ['$/month', '/month', '$', 'usd', 'a month']),
  usd_hour: magnitude('$/h', ['$/h', '/h', '$', 'usd', 'an hour']),
  vcpu: magnitude('vCPU', ['vcpu', 'vcpus', 'cpu', 'cpus', 'cores']),
};
const BINARY_GB = size(3, 1024);

/** What a value is stored in. `binary`: memory counts 1024, network and storage 1000 (semantics 1). */
export interface Measure {
  readonly unit: Unit;
  readonly binary?: boolean;
}

/** A value as a field shows it: the figure and the unit beside it. */
export interface Shown {
  readonly text: string;
  readonly unit: string;
}

function familyOf(measure: Measure): Family {
  return measure.unit === 'gb' && measure.binary ? BINARY_GB : FAMILIES[measure.unit];
}

/** Shortest digits that read back as the same number to twelve figures. */
function digits(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function stepFor(value: number, family: Family): Step | undefined {
  const magnitudeOf = Math.abs(value);
  const unitStep = family.steps.find((step) => step.scale === 1) ?? family.steps.at(-1);
  if (magnitudeOf === 0) return unitStep;
  const usable = family.suffix === null ? family.steps : family.steps.filter((step) => step.scale >= 1);
  return usable.find((step) => Number((magnitudeOf / step.scale).toPrecision(12)) >= 1) ?? usable.at(-1);
}

/** Print a stored number in the largest unit that keeps 1 to 999: 1500 ms is "1.5" "s", 20000 rps is "20k" "rps". A k is used only where it shortens. */
export function printValue(value: number, measure: Measure): Shown {
  const family = familyOf(measure);
  const step = stepFor(value, family);
  if (!step) return { text: digits(value), unit: '' };
  const text = digits(value / step.scale);
  if (family.suffix === null) return { text, unit: step.label };
  const scaled = `${text}${step.label}`;
  const full = digits(value);
  // 2048 reads better than 2.048k, 20k better than 20000
  return { text: text.includes('e') || full.length < scaled.length ? full : scaled, unit: family.suffix };
}

/** The unit that a bare typed figure is read in: the one that the field shows. */
export function shownUnit(value: number | null, measure: Measure): string {
  return printValue(value ?? 0, measure).unit;
}

function scaleOf(word: string, family: Family, shown: string): number | null {
  const known = (text: string): Step | undefined => family.steps.find((step) => step.label.toLowerCase() === text || step.words.includes(text));
  if (word !== '') return known(word)?.scale ?? (family.suffix !== null && family.suffix.toLowerCase() === word ? 1 : null);
  return family.suffix === null ? (known(shown.toLowerCase())?.scale ?? 1) : 1;
}

const NUMBER = /[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?:e[+-]?\d+)?/iy;

interface Token {
  readonly figure: number;
  readonly word: string;
}

function figureOf(text: string): number {
  const grouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:e|$)/i.test(text);
  return Number(grouped ? text.replaceAll(',', '') : text.replace(',', '.'));
}

/** Split "10 15 20 ms" or "1.5s..2s" into figures with their unit words. Null when something else is in it. */
function tokens(text: string): readonly Token[] | null {
  const out: Token[] = [];
  let at = 0;
  while (at < text.length) {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text);
    if (!found) return null;
    at = NUMBER.lastIndex;
    const rest = /^[^\d.+±-]*/.exec(text.slice(at))?.[0] ?? '';
    at += rest.length;
    out.push({ figure: figureOf(found[0]), word: rest.trim().toLowerCase() });
  }
  return out;
}

type Parsed = Result<number | Range, string>;

function numbers(text: string, measure: Measure, shown: string): Result<readonly number[], string> {
  const parts = tokens(text);
  if (!parts || parts.length === 0) return err('Type a number.');
  const family = familyOf(measure);
  const last = parts.at(-1)?.word ?? '';
  const values: number[] = [];
  for (const part of parts) {
    const word = part.word === '' ? last : part.word;
    const scale = scaleOf(word, family, shown);
    if (scale === null) return err(`"${word}" is not a unit of this value.`);
    const value = Number((part.figure * scale).toPrecision(15));
    if (!Number.isFinite(value)) return err('This number is too large.');
    values.push(value);
  }
  return ok(values);
}

function toRange(low: number, likely: number, high: number): Parsed {
  if (!(low <= likely && likely <= high)) return err('Low must be at most likely, and likely at most high.');
  return ok({ low, likely, high, provenance: 'U' });
}

function halves(text: string, separator: RegExp): readonly [string, string] | null {
  const found = separator.exec(text);
  return found ? [text.slice(0, found.index).trim(), text.slice(found.index + found[0].length).trim()] : null;
}

function trailingUnit(text: string): string {
  return /[a-zµμ%$/ ]+$/i.exec(text)?.[0].trim() ?? '';
}

/** Parse one end that may lack its unit, borrowing the other's. */
function end(text: string, borrowed: string, measure: Measure, shown: string): Result<number, string> {
  const parsed = numbers(trailingUnit(text) === '' ? `${text}${borrowed}` : text, measure, shown);
  if (!parsed.ok) return parsed;
  const [value] = parsed.value;
  return parsed.value.length === 1 && value !== undefined ? ok(value) : err('Type one number on each side.');
}

function parseSpan(text: string, measure: Measure, shown: string): Parsed | null {
  const around = halves(text, /±|\+\/?-/);
  const span = around ?? halves(text, /\.\.+|…|\bto\b/);
  if (!span) return null;
  const relative = around !== null && span[1].endsWith('%') && measure.unit !== 'ratio';
  const first = end(span[0], relative ? '' : trailingUnit(span[1]), measure, shown);
  if (!first.ok) return first;
  const second = relative ? percentOf(first.value, span[1]) : end(span[1], trailingUnit(span[0]), measure, shown);
  if (!second.ok) return second;
  const exact = (value: number): number => Number(value.toPrecision(12));
  if (around) return toRange(exact(first.value - second.value), first.value, exact(first.value + second.value));
  return toRange(first.value, exact((first.value + second.value) / 2), second.value);
}

function percentOf(value: number, text: string): Result<number, string> {
  const share = Number(text.slice(0, -1).trim().replace(',', '.'));
  return Number.isFinite(share) ? ok((Math.abs(value) * share) / 100) : err('Type a number.');
}

/**
 * Read what a person typed: "250ms", "1.5 s", "20k", "2 GB", "99.9%", "$74", or a range as "10..20", "10 15 20",
 * "15±5". A bare figure is in `shown`, the unit that the field displays. The answer is in the stored unit;
 * a refusal is a sentence.
 */
export function parseValue(input: string, measure: Measure, shown = shownUnit(null, measure)): Parsed {
  const text = input.trim().replace(/[$]\s*(?=[\d.,])/, '').replace(/−/g, '-');
  if (text === '') return err('Type a number.');
  const span = parseSpan(text, measure, shown);
  if (span) return span;
  const parsed = numbers(text, measure, shown);
  if (!parsed.ok) return parsed;
  const [first, second, third] = parsed.value;
  if (first === undefined) return err('Type a number.');
  if (parsed.value.length === 1) return ok(first);
  if (parsed.value.length === 3 && second !== undefined && third !== undefined) return toRange(first, second, third);
  return err('Type one number, or three for a range: low, likely, high.');
}
