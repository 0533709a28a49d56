import type { Axis } from '../../../shared/contracts/evaluation.ts';
import type { FindingOdds, JourneyRanges, RangesResult, Spread, Turning, UncertainInput } from '../../../shared/contracts/uncertainty.ts';
import { formatAvailability, formatMs, formatMultiple, formatNumber, formatUtilisation } from '../../../shared/lib/format.ts';
import type { Quantity } from '../../../shared/model/quantity.ts';
import { printValue } from '../forms/units.ts';

/** A ranged figure is known to two significant digits at most. */
const DIGITS = 2;

/** A number to as many digits as a range lets know. */
export function known(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** Ways to write a ranged result. */
export const RANGED = {
  ms: (value: number) => formatMs(known(value)),
  money: (value: number) => `$${formatNumber(value, DIGITS).replace('G', 'B')}`,
  monthly: (value: number) => `$${formatNumber(value, DIGITS).replace('G', 'B')}/month`,
  multiple: (value: number) => formatMultiple(known(value)),
  availability: formatAvailability,
  score: (value: number) => String(Math.round(value)),
} as const;

/** A result as a range: "38 ms" and "30 to 52". */
export interface RangeText { readonly figure: string; readonly ends: string }

function word(quantity: Quantity, write: (value: number) => string): string {
  if (quantity.value !== null) return write(quantity.value);
  return quantity.state === 'saturated' ? 'saturated' : quantity.state === 'unbounded' ? 'no limit' : '';
}

/** Figure and unit apart: the unit of the likely figure is not said again. */
function parted(text: string): readonly [figure: string, unit: string] {
  const [, mark = '', figure = '', unit = ''] = /^([$]?)([^ /]*)(.*)$/.exec(text) ?? [];
  return [figure, `${mark}${unit}`];
}

/** The words of a range; null where both ends read alike, or where there is no result: then the point figure says it all. */
export function rangeText(spread: Spread, write: (value: number) => string): RangeText | null {
  const texts = [spread.likely, spread.p10, spread.p90].map((quantity) => word(quantity, write));
  const [figure = '', low = '', high = ''] = texts;
  if (texts.includes('') || low === high) return null;
  const [, unit] = parted(figure);
  const bare = (text: string): string => (unit !== '' && parted(text)[1] === unit ? parted(text)[0] : text);
  const same = bare(low) !== low && bare(high) !== high;
  return { figure, ends: same ? `${bare(low)} to ${bare(high)}` : `${low} to ${high}` };
}

/** The same in one line: "38 ms, 30 to 52"; `fallback` where there is no range. */
export function ranged(spread: Spread | undefined, write: (value: number) => string, fallback: string): string {
  const text = spread && rangeText(spread, write);
  return text ? `${text.figure}, ${text.ends}` : fallback;
}

/** The input that a key names. */
export function inputOf({ inputs }: RangesResult, key: string | undefined): UncertainInput | undefined {
  return inputs.find((input) => input.key === key);
}

/** A value of an input as its field writes it, to two digits. */
function inputValue(value: number, { unit, target }: UncertainInput): string {
  const shown = printValue(known(value), { unit, binary: /memory|rss|ram/.test(target.param) });
  return shown.unit === '' ? shown.text : `${shown.text} ${shown.unit}`;
}

function turnText(turn: Turning, input: UncertainInput): string {
  return turn.value === null ? `towards its ${turn.end} end` : `${turn.end === 'low' ? 'below' : 'above'} ${inputValue(turn.value, input)}`;
}

/** "p99 is 38 ms, between 30 and 52. Redis hit ratio decides: below 71 % the target of 50 ms is missed." Null without a range. */
export function p99Sentence({ p99_ms, p99_target }: JourneyRanges, result: RangesResult): string | null {
  const text = rangeText(p99_ms, RANGED.ms);
  if (!text) return null;
  const opening = `p99 is ${text.figure}, between ${text.ends.replace(' to ', ' and ')}.`;
  const turning = inputOf(result, p99_target.turns?.input);
  if (p99_target.turns && turning) return `${opening} ${turning.label} decides: ${turnText(p99_target.turns, turning)} the target of ${formatMs(p99_target.target)} is ${p99_target.now ? 'met' : 'missed'}.`;
  const decides = inputOf(result, p99_ms.decides?.input);
  return decides ? `${opening} ${decides.label} moves it most.` : opening;
}

/** "52 to 61, Redis hit ratio moves it most"; null where the score is the same in most runs. */
export function scoreRangeText(axis: Axis, result: RangesResult): string | null {
  const spread = result.scores[axis];
  const text = rangeText(spread, RANGED.score);
  const decides = inputOf(result, spread.decides?.input);
  return text && `${text.ends}${decides ? `, ${decides.label} moves it most` : ''}`;
}

/** Whole percent, never 0 or 100 for what is neither. */
function share(part: number): string {
  return part >= 0.995 && part < 1 ? 'over 99 %' : part > 0 && part < 0.005 ? 'under 1 %' : formatUtilisation(part);
}

function decider(odds: FindingOdds, result: RangesResult): string {
  const [turn] = odds.flips;
  const input = inputOf(result, turn?.input);
  return turn && input ? `; ${input.label} decides, ${turnText(turn, input)} it ${odds.now ? 'is gone' : 'holds'}` : '';
}

/** "holds in 62 % of runs; Redis hit ratio decides, above 71 % it is gone"; null where all of these hold in every run, or none is known. */
export function oddsText(keys: readonly string[], result: RangesResult): string | null {
  const known = keys.flatMap((key) => result.findings[key] ?? []).sort((a, b) => b.holds - a.holds);
  const [first] = known;
  if (!first || known.length < keys.length || first.holds === 1) return null;
  return `holds in ${known.length > 1 ? 'at least ' : ''}${share(first.holds)} of runs${decider(first, result)}`;
}

/** Findings that do not hold with the likely values and do in some runs, the most frequent first. */
export function possibleFindings(result: RangesResult): readonly { readonly odds: FindingOdds; readonly text: string }[] {
  const possible = Object.values(result.findings).filter(({ now, holds }) => !now && holds > 0);
  return possible.sort((a, b) => b.holds - a.holds || (a.key < b.key ? -1 : 1)).map((odds) => ({ odds, text: `holds in ${share(odds.holds)} of runs${decider(odds, result)}` }));
}
