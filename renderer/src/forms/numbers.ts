import type { ParamField } from '../../../shared/contracts/params.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import { isOpenRange, isRange, type Range } from '../../../shared/model/quantity.ts';
import { parseValue, printValue, shownUnit, type Measure } from './units.ts';

/** How an edit turns a target's stored value into its next one; several targets may differ. */
export type Change = (stored: unknown) => unknown;

/** The unit in which a field's values are stored and written. Memory counts 1024. */
export function measureOf(field: ParamField): Measure {
  return { unit: field.unit ?? 'none', binary: /memory|rss|ram/.test(field.key) };
}

/** The figure in force for a stored value. Null means none. */
export function figureOf(stored: unknown, field: ParamField): number | null {
  if (typeof stored === 'number') return stored;
  if (isRange(stored)) return stored.likely;
  return typeof field.default === 'number' ? field.default : null;
}

function written(value: number, field: ParamField): string {
  const shown = printValue(value, measureOf(field));
  return shown.unit === '' ? shown.text : `${shown.text} ${shown.unit}`;
}

/** Why a figure cannot stand in a field, as a sentence, or null. */
export function refusal(value: number, field: ParamField): string | null {
  const { min, max } = field;
  const below = min !== undefined && value < min;
  const above = max !== undefined && value > max;
  if ((below || above) && min !== undefined && max !== undefined) return `Use a value from ${written(min, field)} to ${written(max, field)}.`;
  if (below) return `Use at least ${written(min, field)}.`;
  if (above) return `Use at most ${written(max, field)}.`;
  return field.integer === true && !Number.isInteger(value) ? 'Use a whole number.' : null;
}

/** The first refusal of a figure or of a range's three, or null. */
export function refusalOf(value: number | Range, field: ParamField): string | null {
  const figures = typeof value === 'number' ? [value] : [value.low, value.likely, value.high];
  return figures.map((figure) => refusal(figure, field)).find((sentence) => sentence !== null) ?? null;
}

const RELATIVE = /^\s*([+*/-])\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/;

/** Read `+2`, `*2`, `-10%` as a change of each value. Null when the text is no such thing. */
export function relativeChange(text: string): ((value: number) => number) | null {
  const found = RELATIVE.exec(text.replace('−', '-').replace('×', '*'));
  if (!found) return null;
  const [, sign = '', digits = '', percent = ''] = found;
  const amount = Number(digits);
  const by = (value: number): number => (percent === '%' ? (Math.abs(value) * amount) / 100 : amount);
  if (sign === '*') return (value) => value * (percent === '%' ? amount / 100 : amount);
  if (sign === '/') return amount === 0 || percent === '%' ? null : (value) => value / amount;
  return (value) => value + (sign === '+' ? by(value) : -by(value));
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** Hold a figure in a field's limits, whole where it must be. */
export function clampTo(value: number, field: ParamField): number {
  const whole = field.integer === true ? Math.round(value) : tidy(value);
  return Math.min(field.max ?? Number.MAX_VALUE, Math.max(field.min ?? -Number.MAX_VALUE, whole));
}

/** Declared steps are for usual values: a figure of this many steps or more takes larger ones. */
const DECLARED_STEPS = 1000;

/** Key step of a field near a figure: the declared one, else a tenth of its leading digit's place. */
export function stepSize(value: number, field: ParamField): number {
  const magnitude = value === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(value)) + 1e-9) - 1);
  if (field.step !== undefined) return Math.abs(value) < field.step * DECLARED_STEPS ? field.step : magnitude;
  if (field.integer === true) return Math.max(1, magnitude);
  if (field.unit === 'ratio') return 0.01;
  return magnitude === 0 ? 1 : magnitude;
}

/** Move a stored value by `steps` key steps; a range moves as a whole. */
export function stepValue(stored: unknown, field: ParamField, steps: number): number | Range {
  const from = figureOf(stored, field) ?? field.min ?? 0;
  const by = stepSize(from, field) * steps;
  if (!isOpenRange(stored)) return clampTo(from + by, field);
  return { ...stored, low: clampTo(stored.low + by, field), likely: clampTo(stored.likely + by, field), high: clampTo(stored.high + by, field) };
}

/** What is known of the targets when a text is typed. */
interface Typing {
  readonly field: ParamField;
  /** Several targets: `+2` changes each. */
  readonly many: boolean;
  readonly allowsRange: boolean;
  /** The figure on show, for the unit of a bare number. */
  readonly shown: number | null;
}

function fit(value: number | Range, { field, allowsRange }: Typing): Result<number | Range, string> {
  if (typeof value !== 'number' && !allowsRange) return err('This value cannot be a range.');
  const whole = typeof value !== 'number' && field.integer === true ? { ...value, likely: Math.round(value.likely) } : value;
  const sentence = refusalOf(whole, field);
  return sentence === null ? ok(whole) : err(sentence);
}

/** Turn typed text into a change of the stored values: empty resets, `+2` on many is relative. Refusals are sentences. */
export function typedChange(text: string, typing: Typing): Result<Change, string> {
  const { field } = typing;
  const clean = text.trim().toLowerCase();
  if (clean === '' || (field.nullable === true && ['none', 'unset', 'no limit', '–'].includes(clean))) return ok(() => undefined);
  const relative = typing.many ? relativeChange(text) : null;
  if (relative) {
    return ok((stored) => {
      const figure = figureOf(stored, field);
      return figure === null ? stored : clampTo(relative(figure), field);
    });
  }
  const measure = measureOf(field);
  const parsed = parseValue(text, measure, shownUnit(typing.shown, measure));
  if (!parsed.ok) return parsed;
  const fitted = fit(parsed.value, typing);
  return fitted.ok ? ok(() => fitted.value) : fitted;
}

/** A range around a figure to begin with: a fifth to each side, inside the limits. */
export function rangeAround(value: number, field: ParamField): Range {
  return { low: Math.min(value, clampTo(value - Math.abs(value) / 5, field)), likely: value, high: Math.max(value, clampTo(value + Math.abs(value) / 5, field)), provenance: 'U' };
}
