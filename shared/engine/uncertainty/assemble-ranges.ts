/** From the runs to the answer: quantiles, what decides each number, how often findings hold and what turns them. */
import { AXES, type Axis, type JourneyResult } from '../../contracts/evaluation.ts';
import type { Ends, FindingOdds, FirstBreakOdds, JourneyRanges, RangesResult, Spread, Swing, TargetOdds, Turning } from '../../contracts/uncertainty.ts';
import { noQuantity, type Quantity } from '../../model/quantity.ts';
import { compareText } from '../rules/order.ts';
import { COST, FIRST_BREAK, FIXED, HEADROOM, NOT_CONNECTED, ofJourney, ofScore, orderOf, OVERALL, quantiles, TOTAL_RPS, USAGE, type JourneyMeasure, type Measured } from './measures.ts';
import type { Sampled, Sampler, Steps, Verdict } from './sampler.ts';

const NONE = noQuantity('not_applicable');

function numberOf({ numbers }: Measured, name: string): Quantity {
  return numbers.get(name) ?? NONE;
}

/** How far one input alone moves a number; a result that is lost or without a limit at one end moves it without limit. */
function reach(values: readonly Quantity[]): number {
  const orders = values.map(orderOf);
  const finite = orders.filter((order) => order !== null && Number.isFinite(order)) as number[];
  if (finite.length === 0) return 0;
  return finite.length < orders.length ? Infinity : Math.max(...finite) - Math.min(...finite);
}

/** Share of the finer differences that are left out: the noise of arithmetic decides nothing. */
const NOISE = 1e-9;

function decidesOf({ inputs, likely, alone }: Sampled, name: string): Swing | null {
  let found: Swing | null = null;
  let most = NOISE * Math.abs(numberOf(likely, name).value ?? 0);
  alone.forEach(({ low, high }, i) => {
    const [from, to] = [numberOf(low, name), numberOf(high, name)];
    const size = reach([from, numberOf(likely, name), to]);
    if (!(size > most)) return;
    most = size;
    found = { input: inputs[i]?.key ?? '', low: from, high: to };
  });
  return found;
}

function spreadOf(sampled: Sampled, name: string): Spread {
  return { likely: numberOf(sampled.likely, name), ...quantiles(sampled.runs.map((run) => numberOf(run, name))), decides: decidesOf(sampled, name) };
}

function endsOf(sampled: Sampled, name: string): Ends {
  const { p10, p90 } = quantiles(sampled.runs.map((run) => numberOf(run, name)));
  return { likely: numberOf(sampled.likely, name), p10, p90 };
}

/** How strongly a verdict goes with an input over all runs: distance of the mean draws on its two sides. */
function strength(draws: Float64Array, verdicts: readonly boolean[]): number {
  const sum = { yes: 0, no: 0 };
  let count = 0;
  verdicts.forEach((verdict, run) => {
    sum[verdict ? 'yes' : 'no'] += draws[run] as number;
    if (verdict) count += 1;
  });
  return count === 0 || count === verdicts.length ? 0 : Math.abs(sum.yes / count - sum.no / (verdicts.length - count));
}

interface Odds { readonly now: boolean; readonly share: number; readonly turns: readonly Turning[] }

/** How often a verdict is yes, and every input that alone turns it, the one that goes with it most first. */
function* oddsOf(sampler: Sampler, { inputs, likely, runs, draws, alone }: Sampled, verdict: Verdict): Steps<Odds> {
  const now = verdict(likely);
  const verdicts = runs.map(verdict);
  const turning = inputs.flatMap((input, i) => {
    const end = verdict((alone[i] as Sampled['alone'][number]).low) !== now ? 'low' : verdict((alone[i] as Sampled['alone'][number]).high) !== now ? 'high' : null;
    return end === null ? [] : [{ i, end, key: input.key, strength: strength(draws[i] as Float64Array, verdicts) } as const];
  });
  turning.sort((a, b) => b.strength - a.strength || compareText(a.key, b.key));
  const turns: Turning[] = [];
  for (const [rank, { i, end, key }] of turning.entries()) turns.push({ input: key, end, value: rank === 0 ? yield* sampler.turning(i, end, verdict, now) : null });
  return { now, share: verdicts.filter(Boolean).length / verdicts.length, turns };
}

function* targetOdds(sampler: Sampler, sampled: Sampled, target: number, missed: Verdict): Steps<TargetOdds> {
  const { now, share, turns } = yield* oddsOf(sampler, sampled, missed);
  return { target, missed: share, now, turns: turns[0] ?? null };
}

function* journeyRanges(sampler: Sampler, sampled: Sampled, { id, name, p99_target_ms, availability_target }: JourneyResult): Steps<JourneyRanges> {
  const of = (measure: JourneyMeasure): string => ofJourney(id, measure);
  const order = (run: Measured, measure: JourneyMeasure): number | null => orderOf(numberOf(run, of(measure)));
  return {
    id, name, rate_rps: endsOf(sampled, ofJourney(id, 'rate_rps')), p50_ms: endsOf(sampled, of('p50_ms')), p95_ms: endsOf(sampled, of('p95_ms')), usd_per_million: endsOf(sampled, of('usd_per_million')),
    p99_ms: spreadOf(sampled, of('p99_ms')), availability: spreadOf(sampled, of('availability')), done_s: spreadOf(sampled, of('done_s')),
    p99_target: yield* targetOdds(sampler, sampled, p99_target_ms, (run) => (order(run, 'p99_ms') ?? 0) > p99_target_ms),
    availability_target: yield* targetOdds(sampler, sampled, availability_target, (run) => (order(run, 'availability') ?? 1) < availability_target),
  };
}

function* findingOdds(sampler: Sampler, sampled: Sampled): Steps<Record<string, FindingOdds>> {
  const found: Record<string, FindingOdds> = {};
  for (const finding of [...sampled.seen].sort((a, b) => compareText(a.key, b.key))) {
    const { now, share, turns } = yield* oddsOf(sampler, sampled, ({ findings }) => findings.has(finding.key));
    found[finding.key] = { ...finding, now, holds: share, flips: turns };
  }
  return found;
}

function firstBreaks({ runs }: Sampled): FirstBreakOdds[] {
  const places = new Map<string, { readonly place: NonNullable<Measured['breaks']>; count: number }>();
  for (const { breaks } of runs) {
    if (breaks === null) continue;
    const key = `${breaks.node}\n${breaks.resource}`;
    const known = places.get(key);
    if (known) known.count += 1;
    else places.set(key, { place: breaks, count: 1 });
  }
  return [...places.values()].sort((a, b) => b.count - a.count || compareText(a.place.node, b.place.node) || compareText(a.place.resource, b.place.resource)).map(({ place, count }) => ({ ...place, share: count / runs.length }));
}

/** What the answer repeats of the question. */
interface Asked { readonly seed: number; readonly runs: number; readonly multiple: number }

/** The answer; thresholds are searched on the way, which takes further evaluations. */
export function* assembleRanges(sampler: Sampler, sampled: Sampled, { seed, runs, multiple }: Asked): Steps<RangesResult> {
  const byJourney: Record<string, JourneyRanges> = {};
  for (const journey of [...sampled.journeys].sort((a, b) => compareText(a.id, b.id))) byJourney[journey.id] = yield* journeyRanges(sampler, sampled, journey);
  return {
    seed, runs, multiple, distribution: 'triangular', inputs: sampled.inputs, journeys: byJourney,
    cost_usd_month: spreadOf(sampled, COST), headroom: spreadOf(sampled, HEADROOM), first_break: spreadOf(sampled, FIRST_BREAK), first_breaks: firstBreaks(sampled),
    ...sampled.many, total_rps: endsOf(sampled, TOTAL_RPS), fixed_usd_month: endsOf(sampled, FIXED), usage_usd_month: endsOf(sampled, USAGE), not_connected_usd_month: endsOf(sampled, NOT_CONNECTED),
    scores: Object.fromEntries(AXES.map((axis) => [axis, spreadOf(sampled, ofScore(axis))])) as Record<Axis, Spread>,
    overall: spreadOf(sampled, OVERALL), findings: yield* findingOdds(sampler, sampled),
  };
}
