/** Several runs of the same drawing, one after the other, each with a stream of random numbers of its own; intervals over the runs. */
import type { Estimate, JourneyTimeline, SimulatedJourney, SimulatedNode, SimulationProgress, SimulationResult, Timeline } from '../../contracts/simulation.ts';
import { sum } from '../math/numeric.ts';
import type { CompiledDesign } from '../types.ts';
import type { Settled } from './options.ts';
import { Run, type Simulation } from './run.ts';
import { overRuns } from './statistics.ts';
import type { LatencyTimeline } from './timeline.ts';

/** What is counted over time by all runs together. */
interface Counted { readonly total: LatencyTimeline; readonly byJourney: readonly LatencyTimeline[]; readonly width: number }

/** Numbers of several runs, position by position, as far as all of them go. */
function meanEach(lists: readonly (readonly number[])[]): number[] {
  const length = Math.min(...lists.map((list) => list.length));
  return Array.from({ length }, (_, i) => sum(lists.map((list) => list[i] as number)) / lists.length);
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? sum(known) / known.length : null;
}

/** A journey over the runs in which it was answered at all. */
function mergeJourney(runs: readonly SimulatedJourney[]): SimulatedJourney {
  const [first] = runs as [SimulatedJourney];
  const answered = runs.filter(({ requests }) => requests > 0);
  const over = (of: (run: SimulatedJourney) => Estimate): Estimate => overRuns(answered.map((run) => of(run).value));
  const requests = sum(runs.map((run) => run.requests));
  const failed = sum(runs.map((run) => run.failed));
  const done = runs.flatMap((run) => run.done ?? []);
  const [one] = done;
  return {
    id: first.id, name: first.name, requests, failed, error_share: requests + failed > 0 ? failed / (requests + failed) : 0,
    mean_ms: over(({ mean_ms }) => mean_ms), p50_ms: over(({ p50_ms }) => p50_ms), p95_ms: over(({ p95_ms }) => p95_ms), p99_ms: over(({ p99_ms }) => p99_ms),
    done: one ? { quantile: one.quantile, mean_s: overRuns(done.map(({ mean_s }) => mean_s.value)), quantile_s: overRuns(done.map(({ quantile_s }) => quantile_s.value)) } : null,
  };
}

function mergeNode(runs: readonly SimulatedNode[]): SimulatedNode {
  const [first] = runs as [SimulatedNode];
  return {
    id: first.id, refused: sum(runs.map(({ refused }) => refused)), hit_ratio: meanOf(runs.map(({ hit_ratio }) => hit_ratio)), units: meanOf(runs.map(({ units }) => units)),
    resources: first.resources.map(({ resource }, i) => ({ resource, utilisation: meanOf(runs.map(({ resources }) => resources[i]?.utilisation ?? null)) ?? 0 })),
  };
}

function mergeTimeline(runs: readonly Timeline[], { total, byJourney, width }: Counted): Timeline {
  const [first] = runs as [Timeline];
  const all = width * runs.length;
  const journeys = Object.keys(first.journeys).map((id, i): readonly [string, JourneyTimeline] => [id, (byJourney[i] as LatencyTimeline).result(all)]);
  const nodes = Object.keys(first.nodes).map((id) => {
    const own = runs.flatMap((run) => run.nodes[id] ?? []);
    const units = own.flatMap((node) => (node.units ? [node.units] : []));
    return [id, { backlog: meanEach(own.map(({ backlog }) => backlog)), utilisation: meanEach(own.map(({ utilisation }) => utilisation)), units: units.length === own.length ? meanEach(units) : null }] as const;
  });
  return { ends_s: first.ends_s, multiple: first.multiple, total: total.result(all), journeys: Object.fromEntries(journeys), nodes: Object.fromEntries(nodes) };
}

/** Runs one after the other. Stopped within the first, it answers with that one; within a later one, with those before it. */
export class Replications implements Simulation {
  private readonly compiled: CompiledDesign;
  private readonly options: Settled;
  private readonly ended: SimulationResult[] = [];
  private counted: Counted | null = null;
  private current: Run;
  private over = false;

  constructor(compiled: CompiledDesign, options: Settled) {
    this.compiled = compiled;
    this.options = options;
    this.current = new Run(compiled, options);
  }

  get progress(): SimulationProgress {
    const { replications } = this.options;
    const { progress } = this.current;
    const before = this.over ? this.ended.length - 1 : this.ended.length;
    return {
      ...progress, run: before + 1, runs: replications, events: sum(this.ended.slice(0, before).map(({ events }) => events)) + progress.events,
      share: this.over ? 1 : Math.min(1, (before + progress.share) / replications),
    };
  }

  advance(events: number): boolean {
    if (this.over) return false;
    if (this.current.advance(events)) return true;
    const result = this.current.result();
    this.keep(result);
    this.over = this.ended.length === this.options.replications || result.cut_short !== null;
    if (!this.over) this.current = new Run(this.compiled, this.options, this.ended.length);
    return !this.over;
  }

  private keep(result: SimulationResult): void {
    const { total, byJourney, width } = this.current.measured;
    this.ended.push(result);
    if (this.counted === null) {
      this.counted = { total, byJourney, width };
      return;
    }
    this.counted.total.absorb(total);
    this.counted.byJourney.forEach((own, i) => own.absorb(byJourney[i] as LatencyTimeline));
  }

  result(): SimulationResult {
    const { ended, counted, current } = this;
    const [first] = ended;
    if (first === undefined || counted === null) return current.result();
    if (ended.length === 1) return first;
    const cutShort = ended.find(({ cut_short }) => cut_short !== null)?.cut_short ?? null;
    const journeys = Object.keys(first.journeys).map((id) => mergeJourney(ended.flatMap((run) => run.journeys[id] ?? [])));
    return {
      ...first, replications: ended.length, warmup_s: Math.max(...ended.map(({ warmup_s }) => warmup_s)), events: sum(ended.map(({ events }) => events)),
      requests: sum(ended.map(({ requests }) => requests)), cut_short: cutShort, journeys: Object.fromEntries(journeys.map((journey) => [journey.id, journey])),
      nodes: Object.fromEntries(Object.keys(first.nodes).map((id) => [id, mergeNode(ended.flatMap((run) => run.nodes[id] ?? []))])),
      timeline: mergeTimeline(ended.map(({ timeline }) => timeline), counted), comparison: current.compare(journeys, cutShort),
    };
  }
}
