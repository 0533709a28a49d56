import type { Axis } from '../../../shared/contracts/evaluation.ts';
import type { FindingOdds, JourneyRanges, RangesResult, Turning, UncertainInput } from '../../../shared/contracts/uncertainty.ts';
import { RANGED, rangeText } from '../../../shared/drawing/range-figures.ts';
import { formatMs, formatUtilisation } from '../../../shared/lib/format.ts';
import { roundKnown } from '../../../shared/lib/known-digits.ts';
import { printValue } from '../forms/units.ts';

/** The input that a key names. */
export function inputOf({ inputs }: RangesResult, key: string | undefined): UncertainInput | undefined {
  return inputs.find((input) => input.key === key);
}

/** A value of an input as its field writes it, to the digits that its own range lets know. */
function inputValue(value: number, { unit, target, low, high }: UncertainInput): string {
  const shown = printValue(roundKnown(value, high - low), { unit, binary: /memory|rss|ram/.test(target.param) });
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
