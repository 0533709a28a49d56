/** What a change does, computed: the difference of two evaluations, the most telling first. Never written by hand. */
import { AXES, type Axis, type Evaluation } from '../contracts/evaluation.ts';
import { formatAvailability, formatDelta, formatMonthly, formatMs, formatMultiple, formatNumber } from '../lib/format.ts';
import type { Quantity } from '../model/quantity.ts';

/** One difference. `text` says it in full: "availability 35 to 69", "+$148/month". */
export interface Delta {
  readonly kind: 'score' | 'availability' | 'cost' | 'latency' | 'findings' | 'headroom' | 'burden';
  readonly label: string;
  readonly axis?: Axis;
  /** Id of the journey whose number it is. */
  readonly journey?: string;
  /** Null when there is no number on that side (no budget, no limit). */
  readonly before: number | null;
  readonly after: number | null;
  readonly unit: 'points' | 'share' | 'usd_month' | 'ms' | 'count' | 'multiple' | 'none';
  /** Null when neither side is better by itself. */
  readonly better: boolean | null;
  readonly text: string;
}

/** Changes smaller than what is shown are none: half a point, half a dollar, one percent of a time or of a headroom. Nor are those that read the same on both sides. */
const POINTS = 0.5;
const DOLLARS = 0.5;
const RELATIVE = 0.01;
const SHARE = 1e-7;
const BURDEN = 0.005;

/** Differences of scores that come before everything else. */
const LEADING_SCORES = 2;

function rises(before: number | null, after: number | null): boolean | null {
  return before === null || after === null ? null : after > before;
}

function shownPoints(value: number | null): string {
  return value === null ? 'not scored' : String(Math.round(value));
}

function scoreDeltas(before: Evaluation, after: Evaluation): Delta[] {
  const deltas = AXES.flatMap((axis): Delta[] => {
    const [from, to] = [before.scores[axis].score.value, after.scores[axis].score.value];
    const [shownFrom, shownTo] = [shownPoints(from), shownPoints(to)];
    if (shownFrom === shownTo || (from !== null && to !== null && Math.abs(to - from) < POINTS)) return [];
    return [{ kind: 'score', label: axis, axis, before: from, after: to, unit: 'points', better: rises(from, to), text: `${axis} ${shownFrom} to ${shownTo}` }];
  });
  const size = ({ before: from, after: to }: Delta): number => Math.abs((to ?? 0) - (from ?? 0));
  return deltas.sort((a, b) => size(b) - size(a));
}

function costDelta(before: Evaluation, after: Evaluation): Delta[] {
  const [from, to] = [before.cost.usd_month, after.cost.usd_month];
  if (Math.abs(to - from) < DOLLARS) return [];
  return [{ kind: 'cost', label: 'Cost', before: from, after: to, unit: 'usd_month', better: to < from, text: formatDelta(to - from, formatMonthly) }];
}

/** Findings that count: neither accepted nor explained by another one. */
export function openFindings({ findings }: Evaluation): number {
  return findings.filter(({ kind, accepted, caused_by }) => kind === 'finding' && caused_by === null && (accepted === null || accepted.stale)).length;
}

function findingsDelta(before: Evaluation, after: Evaluation): Delta[] {
  const [from, to] = [openFindings(before), openFindings(after)];
  if (from === to) return [];
  const size = Math.abs(to - from);
  return [{ kind: 'findings', label: 'Findings', before: from, after: to, unit: 'count', better: to < from, text: `${size} finding${size === 1 ? '' : 's'} ${to < from ? 'fewer' : 'more'}` }];
}

interface Changed { readonly id: string; readonly name: string; readonly from: number; readonly to: number; readonly size: number }

/** The journey, drawn or derived on both sides, whose quantity changed most; ties by id. */
function mostChanged(before: Evaluation, after: Evaluation, of: (journey: Evaluation['journeys'][string]) => Quantity, size: (from: number, to: number) => number): Changed | null {
  let found: Changed | null = null;
  for (const [id, journey] of Object.entries(before.journeys)) {
    const other = after.journeys[id];
    const from = of(journey).value;
    const to = other ? of(other).value : null;
    if (from === null || to === null) continue;
    const change = { id, name: journey.name, from, to, size: size(from, to) };
    if (found === null || change.size > found.size) found = change;
  }
  return found;
}

function availabilityDelta(before: Evaluation, after: Evaluation): Delta[] {
  const found = mostChanged(before, after, (journey) => journey.availability, (from, to) => Math.abs(to - from));
  if (found === null || found.size < SHARE) return [];
  const [from, to] = [formatAvailability(found.from), formatAvailability(found.to)];
  if (from === to) return [];
  return [{ kind: 'availability', label: found.name, journey: found.id, before: found.from, after: found.to, unit: 'share', better: found.to > found.from, text: `${found.name} available ${from.replace(' %', '')} to ${to}` }];
}

function latencyDelta(before: Evaluation, after: Evaluation): Delta[] {
  const found = mostChanged(before, after, (journey) => journey.p99_ms, (from, to) => Math.abs(to - from) / Math.max(from, to, 1e-9));
  if (found === null || found.size < RELATIVE) return [];
  return [{ kind: 'latency', label: found.name, journey: found.id, before: found.from, after: found.to, unit: 'ms', better: found.to < found.from, text: `p99 ${formatDelta(found.to - found.from, formatMs)}` }];
}

function shownLimit({ value }: Quantity): string {
  return value === null ? 'no limit' : formatMultiple(value);
}

function headroomDelta(before: Evaluation, after: Evaluation): Delta[] {
  const [from, to] = [before.headroom.auto, after.headroom.auto];
  const same = from.value === to.value || (from.value !== null && to.value !== null && Math.abs(to.value - from.value) < RELATIVE * Math.max(from.value, to.value));
  if (same) return [];
  const [shownFrom, shownTo] = [shownLimit(from), shownLimit(to)];
  if (shownFrom === shownTo) return [];
  const better = from.value === null || to.value === null ? to.state === 'unbounded' : to.value > from.value;
  return [{ kind: 'headroom', label: 'Headroom', before: from.value, after: to.value, unit: 'multiple', better, text: `headroom ${shownFrom} to ${shownTo}` }];
}

function burdenDelta(before: Evaluation, after: Evaluation): Delta[] {
  const [from, to] = [before.burden.index, after.burden.index];
  if (Math.abs(to - from) < BURDEN) return [];
  return [{ kind: 'burden', label: 'Operational burden', before: from, after: to, unit: 'none', better: to < from, text: `burden ${formatDelta(to - from, formatNumber)}` }];
}

/** All differences: the two largest of the scores, dollars, findings, availability, p99, headroom, the rest. */
export function deltasOf(before: Evaluation, after: Evaluation): readonly Delta[] {
  const scores = scoreDeltas(before, after);
  return [
    ...scores.slice(0, LEADING_SCORES).sort((a, b) => AXES.indexOf(a.label as Axis) - AXES.indexOf(b.label as Axis)),
    ...costDelta(before, after), ...findingsDelta(before, after), ...availabilityDelta(before, after), ...latencyDelta(before, after), ...headroomDelta(before, after),
    ...scores.slice(LEADING_SCORES), ...burdenDelta(before, after),
  ];
}
