import type { Assumption, ResourceName } from '../contracts/evaluation.ts';
import type {
  BalancerResource, BalancingPolicy, CacheResource, CappedResource, ConsumerPoolResource, EdgeCacheResource, FunctionResource,
  MessageBrokerResource, ProcessServerResource, ReplicatedStoreResource, Resource,
} from '../contracts/behavior.ts';
import type { EntityValues, SettingsValues, TargetsValues, WorkloadValues } from '../contracts/document-params.ts';
import type { EdgeView, GraphView, JourneyView, NodeView } from '../contracts/graph-view.ts';
import type { DesignEdge, EdgeKind } from '../model/design.ts';
import type { Numbers } from './math/lists.ts';
import type { Mixture } from './math/mixture.ts';

/** Operations as indices: every state of the walk is a node and one of these. */
export const READ = 0;
export const WRITE = 1;
export type Op = typeof READ | typeof WRITE;

/** What a splitter does with its out-edges (semantics 4). */
export type SplitMode = 'balance' | 'route' | 'partition';

/** Facts of a node that the solver stages need beside its view; index = `NodeView.index`. */
export interface NodeFacts {
  readonly view: NodeView;
  readonly process: ProcessServerResource | null;
  readonly pool: ConsumerPoolResource | null;
  readonly store: ReplicatedStoreResource | null;
  readonly cache: CacheResource | null;
  readonly broker: MessageBrokerResource | null;
  readonly fn: FunctionResource | null;
  readonly balancer: BalancerResource | null;
  readonly edgeCache: EdgeCacheResource | null;
  /** Resources of the other kinds, interpreted one by one. */
  readonly others: readonly Resource[];
  readonly capped: readonly CappedResource[];
  /** Interchangeable units drawn: instances, broker nodes, 1 for managed services. */
  readonly units: number;
  /** Share of the units in each zone: same order as `view.zones`. */
  readonly zoneShares: readonly number[];
  /** Null for nodes that call all their out-edges. */
  readonly split: SplitMode | null;
  /** How requests are dealt to the units of this node, and the load of the hottest over the mean. */
  readonly policy: BalancingPolicy;
  readonly hot: number;
  /** A call from here blocks the event loop. */
  readonly blocking: boolean;
  /** Nodes whose writes this one replays (a replica drawn as a box). */
  readonly replays: readonly number[];
  /** Round trip to the copies that a write waits for, and the longest one-way trip to a copy that is sent later, seconds. */
  readonly syncCopyS: number;
  readonly lagTripS: number;
  /** Edges on which this caller limits itself: connection pools and bulkheads. */
  readonly limited: readonly number[];
  /** Popularity of the largest entity at home here, or of the implicit one. */
  readonly popularity: { readonly keys: number; readonly zipfS: number; readonly declared: boolean };
}

/** One entity as one cache keeps it: the unit for which a hit ratio is solved. */
export interface CacheUse {
  readonly cache: number;
  readonly entity: string;
  readonly keys: number;
  readonly itemKb: number;
  readonly zipfS: number;
  /** Share of lookups for keys that do not exist. */
  readonly missing: number;
  readonly ttlS: number | null;
  readonly negative: boolean;
}

/** Edge facts that do not depend on the journey; index = `EdgeView.index`. */
export interface EdgeFacts {
  readonly view: EdgeView;
  /** Round trip, handling and transfer of one call, seconds. */
  readonly tripS: number;
  /** Kilobytes both ways of one call. */
  readonly kb: number;
  /** Read-only or write-only because a replica is drawn beside the source. */
  readonly only: Op | null;
  /** Cache edges before this one, nearest first, each with its cache use. */
  readonly fronts: readonly { readonly edge: number; readonly use: number }[];
  /** This cache edge stands before others and is no call by itself. */
  readonly isFront: boolean;
  /** Cache use of a store that is drawn in series behind its cache, for the edges into the cache; -1 otherwise. */
  readonly seriesUse: number;
  /** Alternatives: edges of one caller with the same key share its calls by weight, one suffices. Null for all others. */
  readonly alternatives: string | null;
  /** Timeout of the caller, null when none is stated. */
  readonly timeoutS: number | null;
}

/** One kind of call that a state of the walk makes. Numbers are fixed; only `gates` depend on the load. */
export interface Call {
  readonly from: number;
  readonly to: number;
  readonly edge: number;
  readonly op: Op;
  /** Operations per drive of the caller: calls x queries x probability x share. */
  readonly rate: number;
  /** Invocations of the callee for each operation, and how many times it makes its own calls. */
  readonly arrive: number;
  readonly drive: number;
  /** Cache uses whose misses this call is. */
  readonly gates: readonly number[];
  /** Cache use whose lookups (or deletes) these are, -1 for none. */
  readonly looksUp: number;
  readonly deletes: number;
  /** `wait`: the caller waits; `lookup`: waited for as part of the call that it fronts; `async`: nobody waits. */
  readonly wait: 'wait' | 'lookup' | 'async';
  /** Round trips one after the other when the call is made, and the probability that it is. */
  readonly trips: number;
  readonly probability: number;
  readonly group: string | null;
  readonly hard: boolean;
  /** Fixed part of the wait for one trip, seconds. */
  readonly tripS: number;
  /** Lookups that precede this call, as positions in `Plan.calls`, nearest cache first. */
  readonly lookups: readonly number[];
  /** Of a partitioning splitter: share of the calls that ask all targets. */
  readonly scatter: number;
  /** Messages go back over the edge, to a client that holds a connection. */
  readonly push: boolean;
  /** Kilobytes both ways. */
  readonly kb: number;
  /** Messages that one invocation takes, and the longest wait for them, seconds. Null without batches. */
  readonly batch: { readonly size: number; readonly windowS: number } | null;
  /** `asked`: a message whose sender waits for an answer over the broker. `given`: that wait, for work that the message brings: no load of its own. */
  readonly reply: 'none' | 'asked' | 'given';
}

/** Where a journey enters the walk. */
export interface Entry {
  readonly journey: number;
  readonly slot: number;
  /** Share of the journey's requests on this branch, and calls each of them makes; their product is `weight`. */
  readonly share: number;
  readonly times: number;
  readonly weight: number;
  readonly edge: number;
  readonly op: Op;
  readonly tripS: number;
  /** Kilobytes both ways of one call. */
  readonly kb: number;
  /** False: the client does without the answer (soft, or a fallback). */
  readonly hard: boolean;
  /** Entries of one group are alternatives: each request takes one of them. */
  readonly group: string | null;
}

/** What one operation of a journey asks of a relational store where the journey says so itself; null parts are the store's own. */
export interface StoredDemand { readonly cpuS: number | null; readonly cs2: number; readonly writeIops: number | null }

/**
 * The walk of all journeys, compiled once: states ("slots") and the calls between them in topological order of the
 * caller. A load multiple only changes what flows through it.
 */
export interface Plan {
  readonly slotNode: Numbers;
  readonly slotOp: Numbers;
  readonly slotSplit: readonly boolean[];
  /** Demand of one invocation in this slot (own CPU and waits). */
  readonly slotCpuS: Numbers;
  readonly slotIoS: Numbers;
  readonly slotCs2: Numbers;
  /** Work at a relational store that a journey states itself; null for the store's own, and for all other components. */
  readonly slotStored: readonly (StoredDemand | null)[];
  /** The same list for two states of a drawing only when all that decides who calls whom is the same: what is derived from a walk is kept by it. */
  readonly calls: readonly Call[];
  /** Calls of slot s: positions firstCall[s] to endCall[s]-1. */
  readonly firstCall: Numbers;
  readonly endCall: Numbers;
  readonly nodeSlots: readonly (readonly number[])[];
  /** Node indices so that callers come before callees. */
  readonly order: Numbers;
  readonly entries: readonly Entry[];
}

/** Where the solver's messages come from while the drawing is compiled. */
export interface CompileNotes {
  readonly assumptions: Assumption[];
  readonly notModelled: { what: string; target?: string }[];
}

/** An edge of the document that carries nothing because an end is missing or is a boundary without one entry. */
export interface IdleEdge { readonly edge: DesignEdge; readonly kind: EdgeKind; readonly reason: string }

/** One closed population at its operating point (evaluation 5.2). Seconds, requests per second. */
export interface SettledPopulation {
  /** Its client. */
  readonly node: number;
  readonly users: number;
  readonly thinkS: number;
  readonly rate: number;
  /** Mean answer to a user who is alone, and to one of all: users / rate - think time. */
  readonly aloneS: number;
  readonly responseS: number;
  /** The narrowest place decides the rate, not the users. */
  readonly limited: boolean;
  readonly journeys: readonly number[];
}

/** The drawing with everything that does not depend on the load: the input of every later stage. */
export interface CompiledDesign {
  readonly graph: GraphView;
  readonly workload: WorkloadValues;
  readonly targets: TargetsValues;
  readonly settings: SettingsValues;
  readonly entities: ReadonlyMap<string, EntityValues>;
  readonly nodes: readonly NodeFacts[];
  readonly edges: readonly EdgeFacts[];
  readonly journeys: readonly JourneyView[];
  readonly uses: readonly CacheUse[];
  readonly plan: Plan;
  readonly idle: readonly IdleEdge[];
  /** True when hit ratios change with the load (a time to live): headroom is then searched, not scaled. */
  readonly loadDependent: boolean;
  readonly connected: readonly boolean[];
  /** Edges whose callers try again, by index. */
  readonly retrying: readonly number[];
  /** A surge to check apart from the steady scores (semantics 8). */
  readonly burst: { readonly factor: number; readonly duration_s: number } | null;
  readonly notes: CompileNotes;
  /** Users that wait for their answers: what they send at one position of the dial. Absent while not settled, or without any. */
  readonly populations?: readonly SettledPopulation[];
}

/** What flows at one load multiple. Per slot, per node and per edge, per second. */
export interface TrafficResult {
  readonly multiple: number;
  readonly arrive: Numbers;
  readonly drive: Numbers;
  readonly nodeReads: Numbers;
  readonly nodeWrites: Numbers;
  readonly nodeKb: Numbers;
  /** Operations reaching each store through edges that only replicas may answer. */
  readonly edgeReads: Numbers;
  readonly edgeWrites: Numbers;
  /** Per cache use: lookups, deletes, hit ratio of existing keys, share that goes on behind. */
  readonly lookups: Numbers;
  readonly deletes: Numbers;
  readonly hit: Numbers;
  readonly miss: Numbers;
  /** Kilobytes per second over each edge, both ways. */
  readonly edgeKb: Numbers;
  /** Arrivals of each node if nobody tried again: what `served` is measured against. */
  readonly first: Numbers;
  /** What retries do to the load; null when nobody tries again. */
  readonly retries: RetryResult | null;
}

/** Where retries settle. Per edge. */
export interface RetryResult {
  /** Mean attempts for each call. */
  readonly attempts: Numbers;
  /** Probability that one attempt fails, and the part of it that is a timeout. */
  readonly failing: Numbers;
  readonly timeout: Numbers;
  /** False: no fixed point within 50 rounds, the callees count as saturated. */
  readonly settled: boolean;
  /** 1: once overloaded, the retries over this edge keep its callee overloaded at a load it carries otherwise. */
  readonly metastable: Numbers;
}

/** The connections, or the slots of a bulkhead, that the units of a caller have for one edge. */
export interface PoolState {
  /** Busy ones over all, offered. */
  readonly utilisation: number;
  /** Wait for one, seconds, and its variance. */
  readonly waitS: number;
  readonly waitVariance: number;
  /** Share of the calls that wait longer than the pool's own timeout, or that a full bulkhead refuses. */
  readonly refused: number;
}

/** One resource under load, before it is copied to the result. */
export interface ResourceState {
  readonly resource: ResourceName;
  readonly utilisation: number;
  /** Arrivals per second at utilisation 1; null when the load does not drive it. */
  readonly capacity: number | null;
  readonly knee: number;
  /** Utilisation shrinks with the number of units of the node. */
  readonly perUnit: boolean;
  /** How far one vertical upgrade to the largest size raises the capacity; 1 when it cannot. */
  readonly elastic: number;
}

/** One node under load. */
export interface NodeStation {
  readonly resources: readonly ResourceState[];
  readonly saturated: boolean;
  /** Mean and variance of the wait for a server. */
  readonly waitS: number;
  readonly waitVariance: number;
  /** Own response of a read and of a write without downstream calls. Where `demand` is set it is the wait alone. */
  readonly local: readonly [Mixture, Mixture];
  /** By slot, in place of `local`, where journeys ask for different work of one store. */
  readonly bySlot?: Readonly<Record<number, Mixture>>;
  /** Null: `local` is all. Else the slots' own demand is added, its CPU part times `cpuScale`. */
  readonly demand: { readonly cpuScale: number } | null;
  /** Units after autoscaling. */
  readonly scaledUnits: number;
  readonly lagS: number | null;
  /** Consumer capacity per second (messages), for brokers and consumers. */
  readonly capacity: number | null;
  readonly evidence: Readonly<Record<string, number>>;
}

/** What is already solved below a node. */
export interface Below {
  readonly stations: readonly (NodeStation | undefined)[];
  readonly responseS: Numbers;
  readonly downstreamS: Numbers;
  readonly pools: readonly (PoolState | null)[];
}

/** All nodes under load, with the mean times of every slot. */
export interface StationResult {
  readonly stations: readonly NodeStation[];
  /** The same before evidence was added: what callers are solved with. */
  readonly bare: readonly NodeStation[];
  /** Mean response of a slot including its synchronous calls, and the part spent downstream. */
  readonly responseS: Numbers;
  readonly downstreamS: Numbers;
  /** Connection pools and bulkheads by edge index; null where none limits. */
  readonly pools: readonly (PoolState | null)[];
}

/** Distributions per journey, in seconds. */
export interface JourneyLatency {
  readonly saturated: boolean;
  /** Largest stated timeout among the callers of saturated nodes, null when none is stated. */
  readonly timeoutS: number | null;
  readonly meanS: number;
  readonly p50S: number;
  readonly p95S: number;
  readonly p99S: number;
  /** Time until done: null without an asynchronous part, `unbounded` when a consumer never catches up. */
  readonly done: { readonly quantileS: number | null; readonly unbounded: boolean } | null;
}

/** A platform that ends what runs too long: seconds allowed, and the share of the requests that should keep to it. */
export interface PlatformLimit { readonly limitS: number; readonly quantile: number }

/** A limit that too many requests outlast: their share, and the seconds that would be enough. */
export interface Overrun extends PlatformLimit { readonly share: number; readonly neededS: number }

/** Result of the latency stage: by journey index, by edge the share of single attempts that outlast the timeout, by node the limits that are outlasted. */
export interface LatencyResult { readonly journeys: readonly JourneyLatency[]; readonly timeouts: Numbers; readonly overruns: ReadonlyMap<number, Overrun> }
