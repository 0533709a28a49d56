/** Results of the availability stage. Indices are node, edge and journey indices of the compiled drawing. */

/** One node as a tier of units. */
export interface NodeAvailability {
  /** Share of its load that it serves: zones lost, common causes and lost capacity included (semantics 9.4, 9.5). */
  readonly served: number;
  /** Probability that at least `unitsNeeded` units are up: the "full capacity" number shown beside it. */
  readonly fullCapacity: number;
  /** Units that carry the load below the knee (k), and units there are after autoscaling (n). */
  readonly unitsNeeded: number;
  readonly units: number;
  /** False when the loss of one unit leaves too little: n = 1 or k = n. Always true for regional services. */
  readonly spare: boolean;
  /** False when all units stand in one zone. Always true for regional services. */
  readonly zoneSafe: boolean;
}

/** One journey: availability = structural x performance x changes. */
export interface JourneyAvailability {
  /** Null when the journey enters nowhere. */
  readonly availability: number | null;
  /** Share served given failures of units, zones and regions: the structure function over distinct hard nodes. */
  readonly structural: number;
  /** served x timeouts. */
  readonly performance: number;
  /** Share that neither bad deploys nor locked tables hit; 1 when change risk is off. */
  readonly changes: number;
  /** min(1, capacity/load) of the narrowest hard place (semantics 9.1). */
  readonly served: number;
  /** Product over hard calls of 1 - p^(retries+1), p = answered too late or in error. */
  readonly timeouts: number;
  /** The same path with the full-capacity numbers of its nodes; null like `availability`. */
  readonly fullCapacity: number | null;
  /** Share of the started background work that is done in time (semantics 5); null without an asynchronous part. */
  readonly done: number | null;
  /** Distinct nodes of the synchronous hard path, in node order. */
  readonly hardNodes: readonly number[];
  /** Nodes it waits for softly: their loss only degrades. */
  readonly degraded: readonly number[];
  /** Nodes whose loss alone ends it, most probable first. */
  readonly diesIf: readonly number[];
  /** False when more than 16 nodes are shared between alternatives: the order-2 cut bound is used. */
  readonly exact: boolean;
  /** Entities that it says it reads or writes and does not reach (semantics 5). */
  readonly missing: readonly string[];
}

/** A deployable group that is hard on a journey, with its share of the changes (semantics 9.7). */
export interface ChangeGroup {
  readonly group: string;
  readonly nodes: readonly number[];
  readonly changesPerYear: number;
  /** Share of the traffic that a bad deploy meets before it is stopped. */
  readonly canary: number;
  /** Share of the year during which a bad deploy is being repaired, times the canary share. */
  readonly unavailability: number;
}

/** Result of the availability stage. */
export interface AvailabilityResult {
  readonly nodes: readonly NodeAvailability[];
  readonly journeys: readonly JourneyAvailability[];
  readonly groups: readonly ChangeGroup[];
  /** Caches whose home cannot carry the load without them: hard (semantics 7). */
  readonly hardCaches: readonly number[];
  /** Edges whose soft criticality or fallback is refused: they lead to the home of an entity that must be reached. */
  readonly refused: readonly number[];
}
