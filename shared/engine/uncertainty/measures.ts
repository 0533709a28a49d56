/** What ranges are given for: the numbers of one evaluation, by name, and which findings hold. */
import { AXES, type Evaluation, type ResourceName } from '../../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';

/** A number of a journey. */
export type JourneyMeasure = (typeof JOURNEY_MEASURES)[number];
const JOURNEY_MEASURES = ['p99_ms', 'availability', 'done_s', 'p50_ms', 'p95_ms', 'usd_per_million'] as const;

/** Names under which numbers are held. */
export const COST = 'cost';
export const HEADROOM = 'headroom';
export const FIRST_BREAK = 'first_break';
export const OVERALL = 'overall';
export const TOTAL_RPS = 'total_rps';
export const FIXED = 'fixed';
export const USAGE = 'usage';
export const NOT_CONNECTED = 'not_connected';

/** The name of a journey's number. */
export function ofJourney(id: string, measure: JourneyMeasure | 'rate_rps'): string {
  return `journey\n${id}\n${measure}`;
}

/** The name of a score. */
export function ofScore(axis: string): string {
  return `score\n${axis}`;
}

/** What is kept of one run. */
export interface Measured {
  readonly numbers: ReadonlyMap<string, Quantity>;
  /** Keys of the findings that hold, accepted or not; questions are none. */
  readonly findings: ReadonlySet<string>;
  readonly breaks: { readonly node: string; readonly resource: ResourceName } | null;
}

/** A finding as it was first seen, so that hundreds of runs do not hold its words again and again. */
export interface Seen { readonly key: string; readonly rule: string; readonly message: string }

function holding(evaluation: Evaluation, seen: Map<string, Seen>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { kind, key, rule, message } of evaluation.findings) {
    if (kind !== 'finding') continue;
    const known = seen.get(key) ?? { key, rule, message };
    seen.set(key, known);
    keys.add(known.key);
  }
  return keys;
}

/** Take from an evaluation what ranges are made of; its findings are added to those seen. */
export function measure(evaluation: Evaluation, seen: Map<string, Seen>): Measured {
  const [first] = [...evaluation.breaks].sort((a, b) => a.multiple - b.multiple);
  const numbers = new Map<string, Quantity>([
    [COST, quantity(evaluation.cost.usd_month)],
    [HEADROOM, evaluation.headroom.auto],
    [FIRST_BREAK, first ? quantity(first.multiple) : noQuantity('unbounded')],
    [OVERALL, evaluation.overall],
    [TOTAL_RPS, quantity(evaluation.total_rps)],
    [FIXED, quantity(evaluation.cost.fixed_usd_month)],
    [USAGE, quantity(evaluation.cost.usage_usd_month)],
    [NOT_CONNECTED, quantity(evaluation.cost.not_connected_usd_month)],
    ...AXES.map((axis) => [ofScore(axis), evaluation.scores[axis].score] as const),
  ]);
  for (const [id, journey] of Object.entries(evaluation.journeys)) {
    for (const name of JOURNEY_MEASURES) numbers.set(ofJourney(id, name), journey[name]);
    numbers.set(ofJourney(id, 'rate_rps'), quantity(journey.rate_rps));
  }
  return { numbers, findings: holding(evaluation, seen), breaks: first ? { node: first.node, resource: first.resource } : null };
}

/** A quantity as it is ordered: saturated and unbounded are the largest, null is left out. */
export function orderOf({ value, state }: Quantity): number | null {
  if (value !== null) return value;
  return state === 'saturated' || state === 'unbounded' ? Infinity : null;
}

/** A quantile between order statistics (Hyndman and Fan's type 7); where that lies among the largest, their state. */
function quantileOf(sorted: readonly Quantity[], level: number): Quantity {
  const at = level * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? noQuantity('not_applicable');
  const above = sorted[Math.ceil(at)] ?? below;
  if (below.value === null || above.value === null) return at === Math.floor(at) ? below : above;
  return quantity(below.value + (above.value - below.value) * (at - Math.floor(at)));
}

/** p10, p50 and p90 of one number over all runs. */
export function quantiles(values: readonly Quantity[]): { readonly p10: Quantity; readonly p50: Quantity; readonly p90: Quantity } {
  const sorted = values.filter((value) => orderOf(value) !== null).sort((a, b) => (a.value === null ? Number(b.value !== null) : b.value === null ? -1 : a.value - b.value));
  const some = sorted.length > 0 ? sorted : values.slice(0, 1);
  return { p10: quantileOf(some, 0.1), p50: quantileOf(some, 0.5), p90: quantileOf(some, 0.9) };
}
