/** Everything that is measured while the machine runs. */
import type { Machine } from './kernel/machine.ts';
import { NONE } from './kernel/tasks.ts';
import type { SimNode } from './lower/parts.ts';
import { Series } from './statistics.ts';
import { LatencyTimeline } from './timeline.ts';

/** State of all nodes at the end of one bucket. */
interface NodeState { readonly backlog: number[]; readonly utilisation: number[]; readonly units: number[] }

/** Observations of one run, by journey and by bucket. */
export class Recorder {
  readonly latencies: readonly Series[];
  /** When each of them was answered: where the warm-up ends is a time. */
  readonly answeredAt: readonly Series[];
  readonly failedAt: readonly Series[];
  readonly done: readonly Series[];
  readonly doneStart: readonly Series[];
  readonly total: LatencyTimeline;
  readonly byJourney: readonly LatencyTimeline[];
  readonly states: NodeState[] = [];
  /** Work done by each resource up to the end of each bucket. */
  readonly busy: Float64Array[] = [];
  readonly width: number;
  private readonly buckets: number;

  constructor(journeys: number, buckets: number, duration: number) {
    const series = (): Series[] => Array.from({ length: journeys }, () => new Series());
    this.latencies = series();
    this.answeredAt = series();
    this.failedAt = series();
    this.done = series();
    this.doneStart = series();
    this.buckets = buckets;
    this.width = duration / buckets;
    this.total = new LatencyTimeline(buckets);
    this.byJourney = Array.from({ length: journeys }, () => new LatencyTimeline(buckets));
  }

  private bucket(time: number): number {
    return Math.min(this.buckets - 1, Math.floor(time / this.width));
  }

  /** A request came. */
  arrive(journey: number, now: number): void {
    const bucket = this.bucket(now);
    this.total.arrive(bucket);
    this.byJourney[journey]?.arrive(bucket);
  }

  /** A request was answered or failed. */
  answer(journey: number, start: number, now: number, failed: boolean): void {
    const bucket = this.bucket(now);
    const own = this.byJourney[journey];
    if (failed) {
      this.failedAt[journey]?.add(now);
      this.total.fail(bucket);
      own?.fail(bucket);
      return;
    }
    this.latencies[journey]?.add(now - start);
    this.answeredAt[journey]?.add(now);
    this.total.answer(bucket, now - start);
    own?.answer(bucket, now - start);
  }

  /** All the work of a request is done. */
  finish(journey: number, start: number, now: number): void {
    this.done[journey]?.add(now - start);
    this.doneStart[journey]?.add(start);
  }

  /** The end of a bucket: what waits and what was busy. */
  sample(machine: Machine, nodes: readonly SimNode[]): void {
    const { gauges, units } = machine;
    const before = this.busy.at(-1);
    const busy = gauges.busy.slice();
    const utilisation = nodes.map(() => 0);
    gauges.nodeOf.forEach((node, resource) => {
      const work = (busy[resource] as number) - (before?.[resource] ?? 0);
      utilisation[node] = Math.max(utilisation[node] ?? 0, work / this.width / Math.max(1e-9, gauges.servers[resource] as number));
    });
    this.busy.push(busy);
    this.states.push({
      backlog: Array.from(gauges.waiting), utilisation,
      units: nodes.map((node) => {
        const group = node.groups[0];
        return group === undefined || node.pooled ? NONE : (units.active[group] as number) / (units.each[group] as number);
      }),
    });
  }
}
