import type { Hazard } from './hazard.ts';
import type { EdgeKind, ParamValue } from '../model/design.ts';
import type { Provenance, Quantity } from '../model/quantity.ts';
import type { AskedPart } from '../model/stages.ts';

/** The six axes in their fixed order, clockwise from the top of the radar. */
export const AXES = ['scalability', 'latency', 'availability', 'isolation', 'consistency', 'cost'] as const;
export type Axis = (typeof AXES)[number];

/** The places that can be the binding one of a node. */
export type ResourceName = 'cpu' | 'slots' | 'io' | 'conn' | 'quota' | 'ops' | 'memory' | 'partitions' | 'bandwidth' | 'throughput' | 'concurrency' | 'apply' | 'lock';

/** One resource of one node under the evaluated load. */
export interface ResourceLoad {
  readonly resource: ResourceName;
  /** Offered load over capacity; at least 1 means saturated (semantics 9.1). */
  readonly utilisation: number;
  /** Largest sustainable arrival rate at this node if only this resource counted, per second; null without a limit. */
  readonly capacity_rps: number | null;
  /** Knee of this resource: .85, or .70 for single writers, broker leaders, Redis shards. */
  readonly knee: number;
}

/** How a number came to be: shown in words, then as a formula, then its inputs. */
export interface Explanation {
  readonly label: string;
  readonly value: Quantity;
  readonly unit?: string;
  readonly formula?: string;
  readonly provenance?: Provenance;
  /** What it links to. */
  readonly target?: { readonly kind: 'node' | 'edge' | 'journey' | 'entity' | 'workload' | 'targets' | 'settings'; readonly id?: string; readonly param?: string };
  readonly inputs?: readonly Explanation[];
}

export interface NodeResult {
  readonly id: string;
  /** False when no journey reaches it: it changes nothing and is priced apart. */
  readonly connected: boolean;
  /** Offered arrivals per second after cache filtering and retries (invocations; messages for brokers). */
  readonly arrival_rps: number;
  readonly reads_rps: number;
  readonly writes_rps: number;
  readonly resources: readonly ResourceLoad[];
  /** Largest utilisation and the resource that has it; null when the node has no limit. */
  readonly utilisation: number | null;
  readonly binding: ResourceName | null;
  /** Smallest capacity over the resources, per second. */
  readonly capacity_rps: number | null;
  readonly saturated: boolean;
  /** Mean wait for a server, seconds. */
  readonly wait_s: Quantity;
  /** Mean response including downstream calls, seconds. */
  readonly response_s: Quantity;
  /** Load multiple at which the binding resource reaches its knee, and at which it reaches 1. */
  readonly headroom: Quantity;
  readonly breaks_at: Quantity;
  /** Units drawn, needed at .85 to carry the load (k), and autoscaled to. */
  readonly units: number;
  readonly units_needed: number | null;
  readonly units_scaled: number;
  /** Memory or cache detail. */
  readonly hit_ratio: number | null;
  /** Broker detail: messages waiting after the peak, delay and time to drain. */
  readonly backlog: { readonly messages: Quantity; readonly delay_s: Quantity; readonly drain_s: Quantity } | null;
  /** Replica lag mean, seconds. */
  readonly lag_s: Quantity | null;
  readonly availability: Quantity;
  readonly full_capacity_availability: Quantity;
  readonly cost_usd_month: number;
  /** Named numbers that rules and cards show, finite. */
  readonly evidence: Readonly<Record<string, number>>;
  readonly not_modelled: readonly string[];
}

export interface EdgeResult {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly kind_inferred: boolean;
  /** Calls or messages per second that travel it. */
  readonly rps: number;
  readonly reads_rps: number;
  readonly writes_rps: number;
  readonly synchronous: boolean;
  /** Network round trip, seconds. */
  readonly rtt_s: number;
  readonly hit_ratio: number | null;
  /** Why it carries nothing, when it does not. */
  readonly idle_reason: string | null;
  /** Utilisation of the edge's own limit (pool, quota). */
  readonly utilisation: number | null;
  readonly journeys: readonly string[];
  /**
   * Named numbers that rules show, finite: `timeout_share` of single attempts that outlast the caller's timeout, `refused` by
   * the edge's own pool or bulkhead. Absent where no such limit is stated. `task_s`: mean work on one message published here, where
   * several kinds of task share the broker. `round_trips`: most that one invocation makes to a store one after the other, if more than
   * one. Where callers try again or a message comes back: see `withRepeats` of the engine.
   */
  readonly evidence: Readonly<Record<string, number>>;
}

/** One step of a journey with what it adds to the user's wait: calls over a connection for each request, and their mean time, seconds. */
export interface JourneyStepResult { readonly edge: string; readonly calls: number; readonly mean_s: number; readonly group: string | null; readonly hard: boolean }

export interface JourneyResult {
  readonly id: string;
  readonly name: string;
  readonly derived: boolean;
  readonly rate_rps: number;
  readonly share: number;
  readonly importance: number;
  readonly mean_ms: Quantity;
  readonly p50_ms: Quantity;
  readonly p95_ms: Quantity;
  readonly p99_ms: Quantity;
  readonly p99_target_ms: number;
  /** Share of requests answered within capacity and timeouts. */
  readonly served: number;
  readonly availability: Quantity;
  /** Hours of a year that are not available. */
  readonly downtime_h_year: Quantity;
  readonly availability_target: number;
  /** Asynchronous part: time until done at done_quantile, seconds. */
  readonly done_s: Quantity;
  readonly done_target_s: number | null;
  readonly done_availability: Quantity;
  readonly done_availability_target: number | null;
  readonly usd_per_million: Quantity;
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  readonly hard_nodes: readonly string[];
  /** Nodes whose loss alone ends the journey, most probable first. */
  readonly dies_if: readonly string[];
  /** Components that it reaches whose own figures it replaces: stated for one, or for a stage that this drawing has there. */
  readonly asks: readonly AskedPart[];
  /** Longest chain of synchronous hops between compute nodes. */
  readonly depth: number;
  readonly not_modelled: readonly string[];
}

/** What one failure unit takes with it. */
export interface BlastResult {
  readonly unit: string;
  readonly kind: 'instance' | 'node' | 'zone' | 'region' | 'cluster' | 'external' | 'deploy' | 'shard';
  readonly target: string;
  readonly per_year: number;
  readonly duration_s: number;
  /** Share of importance lost, relative to the state without failures. */
  readonly share_lost: number;
  readonly journeys: readonly string[];
}

/** A dependency that hangs instead of failing (evaluation 6.6). */
export interface CascadeResult {
  readonly dependency: string;
  readonly exhausted: readonly { readonly node: string; readonly edge: string; readonly seconds: number; readonly need: number; readonly slots: number }[];
  /** Share of importance lost beyond the journeys that need it. */
  readonly extra_share: number;
}

/** Something that is lost as a whole: a component, one unit of it, or a place. `id` of the component or the place; `nodes` of a place are the components that lose units with it. */
export interface CutUnit { readonly kind: 'node' | 'instance' | 'zone' | 'region' | 'cluster'; readonly id: string; readonly nodes?: readonly string[] }

/** Units whose loss together, and no fewer of them, ends the journeys. `members` are the ids of the units, all components without `units`. */
export interface CutSet { readonly members: readonly string[]; readonly units?: readonly CutUnit[]; readonly probability: number; readonly journeys: readonly string[] }

export interface CostItem {
  readonly node: string | null;
  readonly edge?: string;
  readonly label: string;
  readonly price_key: string;
  readonly quantity: number;
  readonly unit: string;
  readonly usd_month: number;
  readonly kind: 'fixed' | 'usage';
  readonly connected: boolean;
}

export interface EntityResult {
  readonly id: string;
  readonly requirement: string;
  /** Rows today: stated, or as many as it has keys; null for an implicit entity. */
  readonly rows: number | null;
  /** Seconds that a change of its table made all at once keeps it locked; null for an implicit entity, and where it is not at home in a relational database. */
  readonly rewrite_s: number | null;
  /** Rows at the workload's growth_months, at today's rate of writes; null for an implicit entity. */
  readonly grown_rows: number | null;
  readonly staleness_p99_s: Quantity;
  readonly violation: Quantity;
  readonly met: boolean | null;
  readonly paths: readonly { readonly journey: string; readonly via: string; readonly kind: string; readonly staleness_s: Quantity }[];
}

/** Penalty that a structural finding subtracts. */
export interface Penalty { readonly rule: string; readonly axis: Axis; readonly points: number }

export interface AxisScore {
  readonly axis: Axis;
  /** 0 to 100, 70 = target met; value null when not applicable or when a rule failed. */
  readonly score: Quantity;
  readonly weight: number;
  readonly note: string | null;
  readonly penalties: readonly Penalty[];
}

/** The trees behind the scores of one evaluation. They are asked for by axis and are no part of it: few are ever looked at. */
export type Explanations<Asked extends Axis = Axis> = Readonly<Record<Asked, Explanation>>;

/** A place that reaches 100 % as the load grows, in the order in which they do. */
export interface BreakPoint { readonly node: string; readonly resource: ResourceName; readonly multiple: number; readonly rps: number }

export type Severity = 'critical' | 'major' | 'minor';

/** A finding or a question as the panel shows it. */
export interface Finding {
  /** rule + targets + message id: stable across edits that do not touch it. */
  readonly key: string;
  readonly rule: string;
  readonly kind: 'finding' | 'question';
  readonly severity: Severity | null;
  readonly axes: readonly Axis[];
  readonly message: string;
  readonly messageId: string;
  readonly targets: readonly { readonly kind: 'node' | 'edge' | 'journey' | 'boundary' | 'entity'; readonly id: string }[];
  readonly data: Readonly<Record<string, number | string>>;
  readonly journeys: readonly string[];
  /** Share of the traffic that is affected, 0 to 1. */
  readonly traffic_share: number;
  readonly fixes: readonly { readonly id: string; readonly title: string }[];
  /** Rules whose findings on the same element are explained by this one. */
  readonly causes: readonly string[];
  /** Key of the finding that explains this one. */
  readonly caused_by: string | null;
  readonly accepted: { readonly reason: string; readonly owner?: string; readonly stale: boolean } | null;
  /** False when it only explains although its rule penalises. */
  readonly subtracts?: boolean;
  /** Parameter that an answer sets on all listed targets, and the values of yes and no. "Does not matter" accepts the question's key. */
  readonly question?: { readonly text: string; readonly param: string; readonly targets: readonly { readonly kind: 'node' | 'edge'; readonly id: string }[]; readonly yes: ParamValue; readonly no: ParamValue };
}

/** A rule that threw: its axes show no score rather than a flattering one. */
export interface RuleFailure { readonly rule: string; readonly error: string }

/** Something the drawing says that carries nothing or was read in a certain way. */
export interface Assumption { readonly code: string; readonly message: string; readonly target?: { readonly kind: 'node' | 'edge' | 'boundary' | 'journey'; readonly id: string } }

/** The whole answer for one drawing at one load multiple. Plain data, finite numbers, deterministic. */
export interface Evaluation {
  readonly multiple: number;
  readonly total_rps: number;
  readonly nodes: Readonly<Record<string, NodeResult>>;
  readonly edges: Readonly<Record<string, EdgeResult>>;
  readonly journeys: Readonly<Record<string, JourneyResult>>;
  readonly entities: Readonly<Record<string, EntityResult>>;
  /** Ways in which data is lost, doubled or mixed up, by kind. */
  readonly hazards: readonly Hazard[];
  readonly headroom: { readonly now: Quantity; readonly auto: Quantity; readonly elastic: Quantity };
  readonly breaks: readonly BreakPoint[];
  readonly blast: readonly BlastResult[];
  readonly cascades: readonly CascadeResult[];
  readonly cuts: readonly CutSet[];
  readonly cost: {
    readonly items: readonly CostItem[];
    readonly usd_month: number; readonly fixed_usd_month: number; readonly usage_usd_month: number;
    readonly not_connected_usd_month: number; readonly usd_per_million: Quantity;
    /** USD a month that 1,000 more requests per second at the peak add, in the same mix and on the machines drawn; not applicable without requests. */
    readonly usd_per_1k_rps: Quantity;
    /** USD a month for storage over the gigabytes of data kept, each once whatever its copies; not applicable without a store. */
    readonly usd_per_gb: Quantity;
    readonly price_book: { readonly id: string; readonly date: string; readonly region: string };
    readonly unpriced: readonly string[];
  };
  /** Full-time equivalents with their lines, and how often a year somebody is called: failures that do not heal by themselves. */
  readonly burden: { readonly index: number; readonly budget: number; readonly lines: readonly { readonly label: string; readonly value: number }[]; readonly pages_year: number };
  readonly scores: Readonly<Record<Axis, AxisScore>>;
  readonly overall: Quantity;
  readonly findings: readonly Finding[];
  readonly rule_failures: readonly RuleFailure[];
  readonly rules_run: number;
  readonly rules_not_applicable: number;
  readonly assumptions: readonly Assumption[];
  readonly not_modelled: readonly { readonly what: string; readonly target?: string }[];
}

/** What a bar and its heat are drawn from. */
export type NodeLoad = Pick<NodeResult, 'utilisation' | 'binding' | 'resources'>;
/** What a line's width and heat are drawn from. */
export type EdgeLoad = Pick<EdgeResult, 'kind' | 'rps' | 'utilisation'>;

/** What the load alone decides, for every frame while the dial moves: the same numbers as in the whole answer. */
export interface LoadFigures {
  readonly multiple: number;
  readonly nodes: Readonly<Record<string, NodeLoad>>;
  readonly edges: Readonly<Record<string, EdgeLoad>>;
}

/** The dial's strip: the hottest utilisation at each multiple and where stations break. */
export interface Sweep {
  readonly multiples: readonly number[];
  readonly hottest: readonly (number | null)[];
  readonly breaks: readonly BreakPoint[];
}
