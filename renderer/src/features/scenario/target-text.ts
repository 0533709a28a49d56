import type { ScenarioTarget, TargetResult, TargetState } from '../../../../shared/contracts/scenario.ts';
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

/** "8 met, 2 missed": what is visible when the card is closed, too. */
export function summaryText(results: readonly TargetResult[]): string {
  const count = (state: TargetState): number => results.filter((result) => result.state === state).length;
  const [met, missed, open] = [count('met'), count('missed'), count('unknown')];
  return [`${met} met`, `${missed} missed`, ...(open > 0 ? [`${open} not drawn yet`] : [])].join(', ');
}
