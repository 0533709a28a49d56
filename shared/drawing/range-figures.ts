/** Results as ranges in words, to the digits that their width lets know (`lib/known-digits.ts`). */
import type { Ends } from '../contracts/uncertainty.ts';
import { formatAvailability, formatDuration, formatMs, formatMultiple, formatNumber, formatRate, formatUtilisation } from '../lib/format.ts';
import { roundKnown, roundKnownUp } from '../lib/known-digits.ts';
import type { Quantity } from '../model/quantity.ts';

/** How a figure of a range is written, and rounded before that. */
export interface Writing { readonly write: (value: number) => string; readonly round: (value: number, width: number) => number }

const money = (value: number): string => `$${formatNumber(value).replace('G', 'B')}`;
const writing = (write: Writing['write']): Writing => ({ write, round: roundKnown });

/** A unit after a bare number: "20 writes/s". */
export function unitWriting(unit: string): Writing {
  return writing((value) => `${formatNumber(value)}${unit}`);
}

/** From this width on a score is written in fives: of its two digits the second is not known, and tens would make 95 a full 100. */
const COARSE_SCORE = 35.5;

/** A score as a whole number, in fives where it may be nearly anything. */
function roundScore(value: number, width: number): number {
  return width < COARSE_SCORE ? Math.round(value) : Math.round(value / 5) * 5;
}

/** Ways to write a ranged result. */
export const RANGED = {
  ms: writing(formatMs),
  seconds: writing(formatDuration),
  money: writing(money),
  monthly: writing((value) => `${money(value)}/month`),
  multiple: writing(formatMultiple),
  rate: writing((value) => formatRate(value)),
  availability: { write: formatAvailability, round: (value, width) => 1 - roundKnownUp(1 - value, width) },
  utilisation: writing((value) => formatUtilisation(value)),
  score: { write: String, round: roundScore },
} as const satisfies Readonly<Record<string, Writing>>;

/** A result as a range: "38 ms" and "30 to 52". */
export interface RangeText { readonly figure: string; readonly ends: string }

function word({ value, state }: Quantity, width: number, { write, round }: Writing): string {
  if (value !== null) return write(round(value, width));
  return state === 'saturated' ? 'saturated' : state === 'unbounded' ? 'no limit' : '';
}

/** Figure and unit apart: the unit of the likely figure is not said again. */
function parted(text: string): readonly [figure: string, unit: string] {
  const [, mark = '', figure = '', unit = ''] = /^([$]?)([^ /]*)(.*)$/.exec(text) ?? [];
  return [figure, `${mark}${unit}`];
}

/** Width of what is known of a range: an end without a number is left out. */
export function widthOf({ likely, p10, p90 }: Ends): number {
  const values = [likely, p10, p90].flatMap(({ value }) => value ?? []);
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

/** The words of a range; null where both ends read alike, or where there is no result: then the point figure says it all. */
export function rangeText(ends: Ends, style: Writing): RangeText | null {
  const width = widthOf(ends);
  const texts = [ends.likely, ends.p10, ends.p90].map((quantity) => word(quantity, width, style));
  const [figure = '', low = '', high = ''] = texts;
  if (texts.includes('') || low === high) return null;
  const [, unit] = parted(figure);
  const bare = (text: string): string => (unit !== '' && parted(text)[1] === unit ? parted(text)[0] : text);
  const same = bare(low) !== low && bare(high) !== high;
  return { figure, ends: same ? `${bare(low)} to ${bare(high)}` : `${low} to ${high}` };
}

/** The same in one line: "38 ms, 30 to 52"; `fallback` where there is no range. */
export function ranged(ends: Ends | undefined, style: Writing, fallback: string): string {
  const text = ends && rangeText(ends, style);
  return text ? `${text.figure}, ${text.ends}` : fallback;
}

/** The two ends alone, with their unit once: "30 to 52 ms", "$3.5k to 4.4k"; null where there is no range. */
export function endsText(ends: Ends | undefined, style: Writing): string | null {
  const text = ends && rangeText(ends, style);
  if (!text) return null;
  const width = widthOf(ends);
  const [low, high] = [word(ends.p10, width, style), word(ends.p90, width, style)];
  const [figure, unit] = parted(low);
  return parted(high)[1] === unit && !unit.startsWith('$') && unit !== '' ? `${figure} to ${high}` : `${low} to ${unit.startsWith('$') ? parted(high)[0] : high}`;
}
