import type { Quantity, Provenance } from '../model/quantity.ts';
import type { Axis, BreakPoint, CostItem, ResourceName } from './evaluation.ts';
import type { Unit } from './params.ts';

/**
 * Ranges: what the results are when the document's ranges (low, likely, high) are drawn from instead of their likely
 * values. Plain data, finite numbers; the same document, seed and number of runs give the same bytes.
 */

/** How to sample. Everything has a default. */
export interface RangesOptions {
  /** Whole number (1). Two drawings with the same seed share the draws of the inputs that they share. */
  readonly seed?: number;
  /** Runs (200); at least 10. */
  readonly runs?: number;
  /** The load as a multiple of the drawn one (1). */
  readonly multiple?: number;
  /** The day as yyyy-mm-dd, for risks accepted until a date. */
  readonly today?: string | null;
}

/** One range of the document. Its triangular distribution has these three numbers and nothing else. */
export interface UncertainInput {
  /** Unique in the document, the same after a renaming. */
  readonly key: string;
  readonly target: {
    readonly kind: 'node' | 'edge' | 'journey' | 'entity' | 'workload';
    readonly id?: string;
    /** Which step of a journey by its place, or which of its demands by component or stage; left out for a number of its own. */
    readonly part?: { readonly of: 'steps' | 'demands'; readonly at: string };
    readonly param: string;
  };
  /** Owner and field in words, as they stand inside a sentence: "Redis hit ratio". */
  readonly label: string;
  readonly unit: Unit;
  readonly integer: boolean;
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly provenance: Provenance | null;
}

/** A result with one input at its low and at its high end, and all others at their likely values. */
export interface Swing { readonly input: string; readonly low: Quantity; readonly high: Quantity }

/**
 * A result as a range. `likely` is the point result with every input at its likely value, which need not be the median.
 * A saturated or unbounded result counts as the largest; runs without a result are left out.
 */
export interface Spread {
  readonly likely: Quantity;
  readonly p10: Quantity;
  readonly p50: Quantity;
  readonly p90: Quantity;
  /** The input that alone moves it most; null when none moves it. */
  readonly decides: Swing | null;
}

/**
 * An input that alone turns something round: from `value` on, towards its `end`, it is the other way. Null where the value
 * was not searched, which is done for the first input of a list only.
 */
export interface Turning { readonly input: string; readonly end: 'low' | 'high'; readonly value: number | null }

/** A target of a journey: how often it is missed, and the input that alone crosses it. */
export interface TargetOdds { readonly target: number; readonly missed: number; readonly now: boolean; readonly turns: Turning | null }

/** A result between its tenth and its ninetieth percentile, without what decides it. */
export type Ends = Pick<Spread, 'likely' | 'p10' | 'p90'>;

export interface JourneyRanges {
  readonly id: string;
  readonly name: string;
  readonly rate_rps: Ends;
  readonly p50_ms: Ends;
  readonly p95_ms: Ends;
  readonly usd_per_million: Ends;
  readonly p99_ms: Spread;
  readonly availability: Spread;
  readonly done_s: Spread;
  readonly p99_target: TargetOdds;
  readonly availability_target: TargetOdds;
}

/** How often a finding holds. */
export interface FindingOdds {
  readonly key: string;
  readonly rule: string;
  /** As it stands with the likely values, or in the first run that has it. */
  readonly message: string;
  /** Whether it holds with the likely values. */
  readonly now: boolean;
  /** Share of the runs in which it holds, 0 to 1. */
  readonly holds: number;
  /** Every input that alone flips it, the one that goes with it most over all runs first. */
  readonly flips: readonly Turning[];
}

/** How often a place is the first to break. */
export interface FirstBreakOdds { readonly node: string; readonly resource: ResourceName; readonly share: number }

/** What of a component is shown with it, each only where it is not the same in most runs. */
export const NODE_MEASURES = ['utilisation', 'arrival_rps', 'reads_rps', 'writes_rps', 'connections', 'backlog', 'breaks_at', 'availability', 'cost_usd_month'] as const;
export type NodeRanges = Readonly<Partial<Record<(typeof NODE_MEASURES)[number], Ends>>>;

/** Where a place breaks, and in what share of the runs it does at any load. Runs in which it never does count as without limit. */
export interface BreakRanges { readonly node: string; readonly resource: ResourceName; readonly share: number; readonly multiple: Ends }

/** A line of the bill: dollars a month, how much of it, and its share of the total that it counts in; each only where it moves. */
export type CostRanges = Readonly<Partial<Record<'usd_month' | 'quantity' | 'share', Ends>>>;

/** The whole answer. */
export interface RangesResult {
  readonly seed: number;
  readonly runs: number;
  readonly multiple: number;
  readonly distribution: 'triangular';
  readonly inputs: readonly UncertainInput[];
  readonly journeys: Readonly<Record<string, JourneyRanges>>;
  readonly cost_usd_month: Spread;
  /** Load multiple that still fits, relative to the evaluated load, with the autoscaling that is drawn. */
  readonly headroom: Spread;
  /** Multiple of the drawn load at which the first place breaks. */
  readonly first_break: Spread;
  readonly first_breaks: readonly FirstBreakOdds[];
  /** Places whose break moves, by `breakKey`. */
  readonly breaks: Readonly<Record<string, BreakRanges>>;
  /** The load of the whole design, requests per second. */
  readonly total_rps: Ends;
  /** Components with a figure that moves, by id. */
  readonly nodes: Readonly<Record<string, NodeRanges>>;
  /** Rates of connections that move, by id. */
  readonly edges: Readonly<Record<string, Ends>>;
  readonly fixed_usd_month: Ends;
  readonly usage_usd_month: Ends;
  readonly not_connected_usd_month: Ends;
  /** Lines of the bill that move, by `costKey`. */
  readonly cost_items: Readonly<Record<string, CostRanges>>;
  /** Regions, zones and clusters whose loss takes more or less along: the share of importance lost, by id. */
  readonly blast: Readonly<Record<string, Ends>>;
  readonly scores: Readonly<Record<Axis, Spread>>;
  readonly overall: Spread;
  /** By key. Findings that hold with the likely values or in any run. */
  readonly findings: Readonly<Record<string, FindingOdds>>;
}

/** How far it is, in evaluations. `total` may grow when thresholds are searched. */
export interface RangesProgress { readonly done: number; readonly total: number }

/** A place that breaks, as a key. */
export function breakKey({ node, resource }: Pick<BreakPoint, 'node' | 'resource'>): string {
  return `${node}\n${resource}`;
}

/** A line of the bill, as a key: what it belongs to, its price and its words. */
export function costKey({ node, edge, price_key, label, connected }: CostItem): string {
  return [node ?? '', edge ?? '', price_key, label, String(connected)].join('\n');
}
