/** The answer of a run from what was recorded. */
import type { JourneyComparison, SimulatedJourney, SimulatedNode, SimulationResult, Timeline } from '../../contracts/simulation.ts';
import type { CompiledDesign, JourneyLatency, LatencyResult } from '../types.ts';
import type { Autoscaler } from './autoscale.ts';
import { compareJourney } from './compare.ts';
import type { Machine } from './kernel/machine.ts';
import type { Lowered } from './lower/lower.ts';
import { listAssumptions, listMissing } from './not-modelled.ts';
import type { Settled } from './options.ts';
import type { LoadClock } from './profile.ts';
import type { Recorder } from './recorder.ts';
import { estimateMean, estimateQuantiles, mser5, type Estimated, type Series } from './statistics.ts';

const LEAST_WARMUP = 0.1;
const DONE_QUANTILE = 0.95;

/** Everything that the result is made of. */
export interface RunParts {
  readonly compiled: CompiledDesign; readonly options: Settled; readonly machine: Machine; readonly lowered: Lowered; readonly recorder: Recorder;
  readonly autoscaler: Autoscaler; readonly latency: LatencyResult; readonly clock: LoadClock; readonly cutShort: string | null;
}

function firstFrom(times: Series, from: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times.at(middle) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the warm-up ends, seconds: as the slowest journey to settle says, at least a tenth of the run. */
function warmupOf({ options, recorder }: RunParts): number {
  const { warmup, duration_s, profile, failures } = options;
  if (typeof warmup === 'number') return Math.min(0.9, Math.max(0, warmup)) * duration_s;
  // a load that moves has no steady state to wait for
  if (profile.kind !== 'constant' || failures.length > 0) return 0;
  let end = LEAST_WARMUP * duration_s;
  recorder.latencies.forEach((series, journey) => {
    const times = recorder.answeredAt[journey] as Series;
    const cut = mser5(series.from(0));
    if (cut > 0) end = Math.max(end, Math.min(duration_s / 2, times.at(cut)));
  });
  return end;
}

function scaled({ value, low, high }: Estimated, factor: number): Estimated {
  return { value: value * factor, low: low === null ? null : low * factor, high: high === null ? null : high * factor };
}

function doneOf(parts: RunParts, journey: number, warmup: number): SimulatedJourney['done'] {
  const series = parts.recorder.done[journey] as Series;
  if (series.length === 0) return null;
  const starts = parts.recorder.doneStart[journey] as Series;
  const values = series.from(0).filter((_, i) => starts.at(i) >= warmup);
  const quantile = parts.compiled.journeys[journey]?.journey.done_quantile ?? DONE_QUANTILE;
  const [at = { value: 0, low: null, high: null }] = estimateQuantiles(values, [quantile]);
  return { quantile, mean_s: estimateMean(values), quantile_s: at };
}

function journeyOf(parts: RunParts, journey: number, warmup: number): SimulatedJourney {
  const { compiled, recorder } = parts;
  const view = compiled.journeys[journey] as CompiledDesign['journeys'][number];
  const values = (recorder.latencies[journey] as Series).from(firstFrom(recorder.answeredAt[journey] as Series, warmup));
  const failures = recorder.failedAt[journey] as Series;
  const failed = failures.length - firstFrom(failures, warmup);
  const [p50, p95, p99] = estimateQuantiles(values, [0.5, 0.95, 0.99]) as [Estimated, Estimated, Estimated];
  const all = values.length + failed;
  return {
    id: view.id, name: view.journey.name, requests: values.length, failed, error_share: all > 0 ? failed / all : 0,
    mean_ms: scaled(estimateMean(values), 1000), p50_ms: scaled(p50, 1000), p95_ms: scaled(p95, 1000), p99_ms: scaled(p99, 1000), done: doneOf(parts, journey, warmup),
  };
}

function nodeOf({ compiled, machine, lowered, recorder, autoscaler, options }: RunParts, index: number, warmup: number): SimulatedNode {
  const { gauges, caches } = machine;
  const first = Math.min(recorder.busy.length - 1, Math.ceil((warmup / options.duration_s) * options.buckets) - 1);
  const since = recorder.busy[first];
  const last = recorder.busy.at(-1) ?? gauges.busy;
  const seconds = Math.max(1e-9, (recorder.busy.length - 1 - Math.max(-1, first)) * recorder.width);
  const resources = gauges.nodeOf.flatMap((node, resource) => {
    if (node !== index) return [];
    const work = (last[resource] as number) - (since?.[resource] ?? 0);
    return [{ resource: gauges.names[resource] ?? '', utilisation: work / seconds / Math.max(1e-9, gauges.servers[resource] as number) }];
  });
  let lookups = 0;
  let hits = 0;
  compiled.uses.forEach((use, i) => {
    if (use.cache !== index) return;
    lookups += caches.lookups[lowered.uses[i] as number] as number;
    hits += caches.hits[lowered.uses[i] as number] as number;
  });
  const group = lowered.nodes[index]?.groups[0];
  const units = autoscaler.unitsOf(index) ?? (group === undefined ? null : (machine.units.active[group] as number) / (machine.units.each[group] as number));
  return { id: compiled.nodes[index]?.view.id ?? '', resources, refused: gauges.refused[index] as number, hit_ratio: lookups > 0 ? hits / lookups : null, units };
}

function timelineOf({ compiled, recorder, clock, options }: RunParts): Timeline {
  const { width, states } = recorder;
  const ends = Array.from({ length: options.buckets }, (_, i) => (options.duration_s * (i + 1)) / options.buckets);
  const nodes = compiled.nodes.map(({ view }, index) => {
    const units = states.map((state) => state.units[index] as number);
    return [view.id, { backlog: states.map((state) => state.backlog[index] as number), utilisation: states.map((state) => state.utilisation[index] as number), units: units.some((count) => count >= 0) ? units : null }] as const;
  });
  return {
    ends_s: ends, multiple: ends.map((end) => clock.at(end - width / 2)), total: recorder.total.result(width),
    journeys: Object.fromEntries(compiled.journeys.map((view, i) => [view.id, (recorder.byJourney[i] as Recorder['total']).result(width)])),
    nodes: Object.fromEntries(nodes),
  };
}

function whyNot(options: Settled, cutShort: string | null): string | null {
  if (options.profile.kind !== 'constant') return 'The load moves: the analytic side answers a steady load.';
  if (options.failures.length > 0) return 'Parts stop during the run: the analytic side answers the latency without failures.';
  return cutShort;
}

/** The analytic answer beside the simulated one, journey by journey. */
export function compareAll(latency: LatencyResult, options: Settled, journeys: readonly SimulatedJourney[], cutShort: string | null): readonly JourneyComparison[] {
  const why = whyNot(options, cutShort);
  return journeys.map((journey, index) => compareJourney(journey, latency.journeys[index] as JourneyLatency, why));
}

/** Put the answer together. Finite numbers only. */
export function assembleResult(parts: RunParts): SimulationResult {
  const { compiled, options, machine, latency, cutShort, recorder } = parts;
  const warmup = warmupOf(parts);
  const journeys = compiled.journeys.map((_, index) => journeyOf(parts, index, warmup));
  return {
    seed: options.seed, replications: 1, duration_s: options.duration_s, warmup_s: warmup, multiple: options.multiple, events: machine.events,
    requests: recorder.latencies.reduce((sum, series) => sum + series.length, 0), cut_short: cutShort,
    journeys: Object.fromEntries(journeys.map((journey) => [journey.id, journey])),
    nodes: Object.fromEntries(compiled.nodes.map(({ view }, index) => [view.id, nodeOf(parts, index, warmup)])),
    timeline: timelineOf(parts), comparison: compareAll(latency, options, journeys, cutShort), not_modelled: listMissing(compiled), assumptions: listAssumptions(compiled),
  };
}
