import type { JourneyTimeline, SimulationResult, Timeline } from '../../../../shared/contracts/simulation.ts';
import { formatCount, formatMs, formatNumber, formatPercent, formatRate } from '../../../../shared/lib/format.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { simulatedSeconds } from '../../evaluation/simulation-text.ts';
import { niceMax } from './chart-geometry.ts';

/** One line of a strip. `rank` 0 is drawn strongest. */
export interface StripLine { readonly id: string; readonly label: string; readonly rank: 0 | 1 | 2; readonly values: readonly (number | null)[] }

/** One of the small pictures that share a time axis. */
export interface StripData {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly StripLine[];
  readonly max: number;
  readonly format: (value: number) => string;
  /** The same beside a line, where the unit stands in the title. */
  readonly brief?: (value: number) => string;
  /** The strongest line is also an area. */
  readonly filled?: boolean;
  /** What stands in place of lines when there are none. */
  readonly nothing?: string;
  /** A 95 % interval across the counted time, with its words. */
  readonly band?: { readonly low: number; readonly high: number; readonly text: string };
  /** What the formula says, with its words. */
  readonly level?: { readonly value: number; readonly text: string };
}

/** A time within the run with a word: warm-up, what is down, a spike. */
export interface Span { readonly from: number; readonly to: number; readonly word: string; readonly kind: 'warmup' | 'down' | 'spike' }

/** Lines of a strip that can still be told apart. */
const MOST_LINES = 3;

/** A timeline without the buckets that a run which ended early never reached. */
export function reached(result: SimulationResult, stoppedAt: number): Timeline {
  const seconds = simulatedSeconds(result, stoppedAt);
  const count = result.timeline.ends_s.filter((end) => end <= seconds * (1 + 1e-9)).length;
  const { timeline } = result;
  if (count >= timeline.ends_s.length) return timeline;
  const cut = <T>(values: readonly T[]): readonly T[] => values.slice(0, count);
  const journey = (one: JourneyTimeline): JourneyTimeline => ({
    arrivals_rps: cut(one.arrivals_rps), answered_rps: cut(one.answered_rps), failed_rps: cut(one.failed_rps),
    mean_ms: cut(one.mean_ms), p50_ms: cut(one.p50_ms), p95_ms: cut(one.p95_ms), p99_ms: cut(one.p99_ms),
  });
  return {
    ends_s: cut(timeline.ends_s), multiple: cut(timeline.multiple), total: journey(timeline.total),
    journeys: Object.fromEntries(Object.entries(timeline.journeys).map(([id, one]) => [id, journey(one)])),
    nodes: Object.fromEntries(Object.entries(timeline.nodes).map(([id, node]) => [id, { backlog: cut(node.backlog), utilisation: cut(node.utilisation), units: node.units && cut(node.units) }])),
  };
}

/** Share of requests that failed, by bucket; null where none ended. */
export function failedShares({ failed_rps, answered_rps }: JourneyTimeline): readonly (number | null)[] {
  return failed_rps.map((failed, i) => {
    const all = failed + (answered_rps[i] ?? 0);
    return all > 0 ? failed / all : null;
  });
}

function highest(lines: readonly StripLine[]): number {
  return Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
}

const rankOf = (index: number): 0 | 1 | 2 => Math.min(2, index) as 0 | 1 | 2;

/** The components with the longest queues, the longest first. */
function backlogLines({ nodes }: Timeline, design: Design): readonly StripLine[] {
  const waiting = Object.entries(nodes).map(([id, { backlog }]) => ({ id, backlog, most: Math.max(0, ...backlog) })).filter(({ most }) => most > 0);
  const longest = waiting.sort((a, b) => b.most - a.most || (a.id < b.id ? -1 : 1)).slice(0, MOST_LINES);
  return longest.map(({ id, backlog }, index) => ({ id, label: design.nodes[id]?.name ?? 'a removed part', rank: rankOf(index), values: backlog }));
}

/** Components whose number of units changed during the run: scaling or failures. */
function unitLines({ nodes }: Timeline, design: Design): readonly StripLine[] {
  const changed = Object.entries(nodes).filter(([, { units }]) => units !== null && units.some((count) => count !== units[0]));
  return changed.slice(0, MOST_LINES).map(([id, { units }], index) => ({ id, label: design.nodes[id]?.name ?? 'a removed part', rank: rankOf(index), values: units ?? [] }));
}

function rateStrip(one: JourneyTimeline): StripData {
  const lines: readonly StripLine[] = [
    { id: 'answered', label: 'answered', rank: 0, values: one.answered_rps },
    { id: 'arrivals', label: 'arrive', rank: 1, values: one.arrivals_rps },
  ];
  return { id: 'rate', title: 'Rate', lines, max: niceMax(highest(lines)), format: formatRate, brief: formatNumber };
}

function errorStrip(one: JourneyTimeline): StripData {
  const lines: readonly StripLine[] = [{ id: 'failed', label: 'fail', rank: 0, values: failedShares(one) }];
  const most = highest(lines);
  return { id: 'errors', title: 'Errors', lines, max: Math.min(1, Math.max(0.01, niceMax(most))), format: formatPercent, filled: true, ...(most === 0 ? { nothing: 'No request failed.' } : {}) };
}

/** What the strips are drawn of. `journey` null: all of them together. `compares`: the formula's answer may stand beside. */
export interface StripInput { readonly result: SimulationResult; readonly timeline: Timeline; readonly design: Design; readonly journey: string | null; readonly compares: boolean; readonly moving: boolean }

function latencyStrip({ result, journey, compares, moving }: StripInput, one: JourneyTimeline): StripData {
  const lines: readonly StripLine[] = [
    { id: 'p99', label: 'p99', rank: 0, values: one.p99_ms },
    { id: 'p95', label: 'p95', rank: 1, values: one.p95_ms },
    { id: 'p50', label: 'p50', rank: 2, values: one.p50_ms },
  ];
  const measured = journey === null || moving ? undefined : result.journeys[journey]?.p99_ms;
  const formula = compares ? result.comparison.find(({ id }) => id === journey)?.p99?.analytic_ms : undefined;
  const { low = null, high = null } = measured ?? {};
  const max = niceMax(Math.max(highest(lines), formula ?? 0));
  return {
    id: 'latency', title: 'Latency', lines, max, format: formatMs,
    ...(low === null || high === null ? {} : { band: { low, high, text: '95 % of p99' } }),
    ...(formula === undefined ? {} : { level: { value: formula, text: `formula ${formatMs(formula)}` } }),
  };
}

/** Rate, latency, backlog and errors over time, and units where their number changes. */
export function stripsOf(input: StripInput): readonly StripData[] {
  const { timeline, design, journey } = input;
  const one = (journey === null ? undefined : timeline.journeys[journey]) ?? timeline.total;
  const backlog = backlogLines(timeline, design);
  const units = unitLines(timeline, design);
  return [
    rateStrip(one), latencyStrip(input, one),
    { id: 'backlog', title: 'Backlog', lines: backlog, max: niceMax(highest(backlog)), format: formatCount, ...(backlog.length === 0 ? { nothing: 'Nothing waits.' } : {}) },
    errorStrip(one),
    ...(units.length === 0 ? [] : [{ id: 'units', title: 'Units', lines: units, max: niceMax(highest(units)), format: (count: number) => formatNumber(count) }]),
  ];
}
