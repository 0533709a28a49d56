import type { ScenarioTarget, TargetResult, TargetState } from '../../../../shared/contracts/scenario.ts';
import type { RangesResult } from '../../../../shared/contracts/uncertainty.ts';
import { endsText, RANGED } from '../../../../shared/drawing/range-figures.ts';
import { formatAvailability, formatCount, formatDuration, formatMonthly, formatMs, formatMultiple, formatNumber, formatPercent, NO_FIGURE } from '../../../../shared/lib/format.ts';

/** What a state is called: a colour is never the only sign. */
export const STATE_WORDS: Readonly<Record<TargetState, string>> = { met: 'Met', missed: 'Missed', unknown: 'Not drawn yet', judge: 'Judge it yourself' };

function figure({ id, unit }: ScenarioTarget, value: number): string {
  switch (unit) {
    case 'ms': return formatMs(value);
    case 's': return formatDuration(value);
    case 'ratio': return id === 'deploy' ? formatPercent(value) : formatAvailability(value);
    case 'usd_month': return formatMonthly(value);
    case 'fte': return formatNumber(value, 2);
    case 'times': return formatMultiple(value);
    default: return formatCount(value);
  }
}

/** A target's own figure: "50 ms", "99.95 %". Nothing for what is met by having none of it. */
export function wantedText(target: ScenarioTarget): string {
  if (typeof target.wanted === 'string') return target.wanted;
  return target.unit === 'count' ? '' : figure(target, target.wanted);
}

/** What the drawing reaches: "29 ms", an en dash without a figure. */
export function reachedText(result: TargetResult): string {
  if (result.unit === 'count') return result.id.startsWith('entity:') || result.value === null ? '' : figure(result, result.value.value ?? 0);
  if (result.value === null) return NO_FIGURE;
  if (result.value.value === null) return result.value.state === 'unbounded' ? 'no end' : 'saturated';
  return figure(result, result.value.value);
}

/** The range of what a target measures, where the same drawing is known as ranges. A journey is the scenario's by its id, else by its name. */
function endsOf({ id, title }: ScenarioTarget, { journeys, cost_usd_month, headroom, multiple }: RangesResult): string | null {
  if (id === 'budget') return endsText(cost_usd_month, RANGED.monthly);
  if (id === 'growth') return multiple === 1 ? endsText(headroom, RANGED.multiple) : null;
  const [measure = '', wanted = ''] = id.split(':');
  const name = title.split(':')[0]?.trim().toLowerCase();
  const journey = journeys[wanted] ?? Object.values(journeys).find((other) => other.name.trim().toLowerCase() === name);
  if (measure === 'p99') return endsText(journey?.p99_ms, RANGED.ms);
  if (measure === 'availability') return endsText(journey?.availability, RANGED.availability);
  return measure === 'done' ? endsText(journey?.done_s, RANGED.seconds) : null;
}

/** The same where inputs are uncertain: "19 to 52 ms", else as it is. */
export function rangedText(result: TargetResult, ranges: RangesResult | null): string {
  return (ranges === null || result.value === null ? null : endsOf(result, ranges)) ?? reachedText(result);
}

/** "8 met, 2 missed": what is visible when the card is closed, too. */
export function summaryText(results: readonly TargetResult[]): string {
  const count = (state: TargetState): number => results.filter((result) => result.state === state).length;
  const [met, missed, open] = [count('met'), count('missed'), count('unknown')];
  return [`${met} met`, `${missed} missed`, ...(open > 0 ? [`${open} not drawn yet`] : [])].join(', ');
}

/** Names that the line of what is missed holds. */
const NAMED = 2;

/** Which targets are missed, the first by name: "Missed: Cost, Redirect p99 and 2 more". Empty when none is. */
export function missedText(missed: readonly TargetResult[]): string {
  if (missed.length === 0) return '';
  const names = missed.slice(0, NAMED).map(({ title }) => title.replace(': ', ' '));
  const rest = missed.length - names.length;
  return `Missed: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
