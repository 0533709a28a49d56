/** The run over time, bucket by bucket. */
import type { JourneyTimeline } from '../../contracts/simulation.ts';

/** Classes of latencies: sixteen for each doubling from a microsecond on. */
const PER_OCTAVE = 16;
const OCTAVES = 40;
const CLASSES = PER_OCTAVE * OCTAVES;
const SMALLEST_S = 1e-6;

/** Counts and latencies of one journey, or of all, by bucket. */
export class LatencyTimeline {
  private readonly arrivals: Float64Array;
  private readonly answers: Float64Array;
  private readonly failures: Float64Array;
  private readonly sums: Float64Array;
  private readonly classes: Uint32Array;
  private readonly buckets: number;

  constructor(buckets: number) {
    this.buckets = buckets;
    this.arrivals = new Float64Array(buckets);
    this.answers = new Float64Array(buckets);
    this.failures = new Float64Array(buckets);
    this.sums = new Float64Array(buckets);
    this.classes = new Uint32Array(buckets * CLASSES);
  }

  /** A request came. */
  arrive(bucket: number): void {
    this.arrivals[bucket] = (this.arrivals[bucket] as number) + 1;
  }

  /** A request failed. */
  fail(bucket: number): void {
    this.failures[bucket] = (this.failures[bucket] as number) + 1;
  }

  /** A request was answered after so many seconds. */
  answer(bucket: number, latency: number): void {
    this.answers[bucket] = (this.answers[bucket] as number) + 1;
    this.sums[bucket] = (this.sums[bucket] as number) + latency;
    const place = latency > SMALLEST_S ? Math.min(CLASSES - 1, Math.floor(Math.log2(latency / SMALLEST_S) * PER_OCTAVE)) : 0;
    const at = bucket * CLASSES + place;
    this.classes[at] = (this.classes[at] as number) + 1;
  }

  private quantile(bucket: number, share: number): number | null {
    const total = this.answers[bucket] as number;
    if (total === 0) return null;
    let below = 0;
    for (let place = 0; place < CLASSES; place++) {
      const count = this.classes[bucket * CLASSES + place] as number;
      if (below + count < share * total) {
        below += count;
        continue;
      }
      const within = count > 0 ? (share * total - below) / count : 0;
      return SMALLEST_S * 2 ** ((place + within) / PER_OCTAVE) * 1000;
    }
    return null;
  }

  /** Take in what another run of the same length counted. */
  absorb(other: LatencyTimeline): void {
    const add = (own: Float64Array | Uint32Array, more: Float64Array | Uint32Array): void => more.forEach((count, i) => void (own[i] = (own[i] as number) + count));
    add(this.arrivals, other.arrivals);
    add(this.answers, other.answers);
    add(this.failures, other.failures);
    add(this.sums, other.sums);
    add(this.classes, other.classes);
  }

  /** The numbers to show; `width` is the length of a bucket in seconds, of all runs together. */
  result(width: number): JourneyTimeline {
    const perSecond = (counts: Float64Array): number[] => Array.from(counts, (count) => count / width);
    const buckets = Array.from({ length: this.buckets }, (_, i) => i);
    return {
      arrivals_rps: perSecond(this.arrivals), answered_rps: perSecond(this.answers), failed_rps: perSecond(this.failures),
      mean_ms: buckets.map((i) => ((this.answers[i] as number) > 0 ? ((this.sums[i] as number) / (this.answers[i] as number)) * 1000 : null)),
      p50_ms: buckets.map((i) => this.quantile(i, 0.5)), p95_ms: buckets.map((i) => this.quantile(i, 0.95)), p99_ms: buckets.map((i) => this.quantile(i, 0.99)),
    };
  }
}
