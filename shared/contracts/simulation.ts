/**
 * Discrete-event simulation: the second opinion on the analytic answer (evaluation 11). Plain data, finite numbers; the
 * same design, options and seed give the same bytes. Times in seconds from the start of the run unless a name says `_ms`.
 */

/** How the load moves, as multiples of the drawn load on top of `multiple`. */
export type LoadProfile =
  | { readonly kind: 'constant' }
  /** From one multiple to another, in a straight line between two times (default: the whole run). */
  | { readonly kind: 'ramp'; readonly from: number; readonly to: number; readonly start_s?: number; readonly end_s?: number }
  /** `factor` times the load for a while. */
  | { readonly kind: 'spike'; readonly factor: number; readonly at_s: number; readonly for_s: number }
  /** A wave between two multiples; starts at the low one. */
  | { readonly kind: 'diurnal'; readonly low: number; readonly high: number; readonly period_s: number };

/** Something that stops at a time. `restore_s` null: it does not come back, except a store that has a standby. */
export interface SimulatedFailure {
  readonly at_s: number;
  readonly restore_s: number | null;
  /** A component, or so many of its units; or everything that stands in one zone. */
  readonly target: { readonly kind: 'node'; readonly id: string; readonly units?: number } | { readonly kind: 'zone'; readonly id: string };
}

/** How to simulate. Everything has a default. */
export interface SimulationOptions {
  /** Whole number (1). */
  readonly seed?: number;
  /** Independent runs of that length (1, at most 30), each with numbers of its own; intervals are then over the runs. Other limits are those of each run. */
  readonly replications?: number;
  /** Length of the run; default: as long as `requests` take. */
  readonly duration_s?: number;
  /** Requests that the default length is made for (100 000). */
  readonly requests?: number;
  /** What is cut off at the start: by MSER-5, or a share of the run from 0 to .9. Default MSER-5, at least a tenth. */
  readonly warmup?: 'mser5' | number;
  readonly multiple?: number;
  readonly profile?: LoadProfile;
  readonly failures?: readonly SimulatedFailure[];
  /** Points of the timeline (60, at most 500). */
  readonly buckets?: number;
  /** Most events (20 million); a run that needs more is cut short and says so. */
  readonly max_events?: number;
  /** Caches start empty instead of as a steady load leaves them. */
  readonly cold_caches?: boolean;
}

/**
 * A value and its 95 % confidence interval: by batch means of one run, by Student's t over the means of several. Null ends when
 * there were too few requests for one.
 */
export interface Estimate { readonly value: number; readonly low: number | null; readonly high: number | null }

/** What the simulation measured of one journey, after the warm-up. Latencies are those of answers, without failures. */
export interface SimulatedJourney {
  readonly id: string;
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly error_share: number;
  readonly mean_ms: Estimate;
  readonly p50_ms: Estimate;
  readonly p95_ms: Estimate;
  readonly p99_ms: Estimate;
  /** Until the work that requests leave behind is done: mean, and the journey's done quantile. Null without such work. */
  readonly done: { readonly quantile: number; readonly mean_s: Estimate; readonly quantile_s: Estimate } | null;
}

/** What the simulation measured of one component. */
export interface SimulatedNode {
  readonly id: string;
  /** Share of each resource that was busy, after the warm-up. */
  readonly resources: readonly { readonly resource: string; readonly utilisation: number }[];
  readonly refused: number;
  readonly hit_ratio: number | null;
  /** Units in service at the end. */
  readonly units: number | null;
}

/** One journey, or all of them, over time: one number for each bucket. */
export interface JourneyTimeline {
  readonly arrivals_rps: readonly number[];
  readonly answered_rps: readonly number[];
  readonly failed_rps: readonly number[];
  /** Null where nothing was answered. */
  readonly mean_ms: readonly (number | null)[];
  readonly p50_ms: readonly (number | null)[];
  readonly p95_ms: readonly (number | null)[];
  readonly p99_ms: readonly (number | null)[];
}

/** The run over time. `ends_s` are the ends of the buckets. */
export interface Timeline {
  readonly ends_s: readonly number[];
  readonly multiple: readonly number[];
  readonly total: JourneyTimeline;
  readonly journeys: Readonly<Record<string, JourneyTimeline>>;
  /** By component: tasks or messages that wait at the end of each bucket, its busiest resource within it, its units. */
  readonly nodes: Readonly<Record<string, { readonly backlog: readonly number[]; readonly utilisation: readonly number[]; readonly units: readonly number[] | null }>>;
}

/** One number of both sides. `difference` is (simulated - analytic) / analytic. */
export interface ComparedNumber { readonly analytic_ms: number; readonly simulated_ms: number; readonly difference: number; readonly agree: boolean }

/**
 * Both answers for one journey. `agree`: means within 15 % and p99 within 25 %. `differ`: the analytic answer should not be
 * trusted here. `unclear`: the simulation itself is not sure. `not_comparable`: the analytic side has no such answer.
 */
export interface JourneyComparison {
  readonly id: string;
  readonly name: string;
  readonly verdict: 'agree' | 'differ' | 'unclear' | 'not_comparable';
  readonly mean: ComparedNumber | null;
  readonly p99: ComparedNumber | null;
  readonly note: string;
}

/** The answer of one run. */
export interface SimulationResult {
  readonly seed: number;
  /** Runs that it is made of. With several: counts are those of all, rates, backlogs and utilisations the mean over them, percentiles over time those of all requests. */
  readonly replications: number;
  /** Of each run. */
  readonly duration_s: number;
  /** The longest of the runs. */
  readonly warmup_s: number;
  readonly multiple: number;
  readonly events: number;
  readonly requests: number;
  /** Why the run ended before its time, or null. */
  readonly cut_short: string | null;
  readonly journeys: Readonly<Record<string, SimulatedJourney>>;
  readonly nodes: Readonly<Record<string, SimulatedNode>>;
  readonly timeline: Timeline;
  readonly comparison: readonly JourneyComparison[];
  readonly not_modelled: readonly { readonly what: string; readonly target?: string }[];
  readonly assumptions: readonly string[];
}

/** How far it is: which run of how many, how far that is, events and share of all. */
export interface SimulationProgress { readonly run: number; readonly runs: number; readonly time_s: number; readonly duration_s: number; readonly events: number; readonly share: number }
