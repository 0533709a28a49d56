/**
 * What a component says about itself: data in a closed vocabulary, interpreted by the engine's stages. The engine
 * contains no component type, so a new component, or a user's own, needs no engine change.
 * Units: seconds, requests per second, bytes only where named, USD, hours.
 */

/** How requests leave a node. `split`: each goes to exactly one out-edge; `fan-out`: all edges are called. */
export type Routing = 'source' | 'split' | 'fan-out' | 'broker' | 'store' | 'sink';

/** The part a node plays, for edge inference and for the definitions that rules use (semantics 4, 11). */
export type NodeRole =
  | 'source' | 'edge' | 'splitter' | 'gateway' | 'compute' | 'worker' | 'function'
  | 'relational' | 'cache' | 'memory-store' | 'key-value' | 'object-store' | 'search' | 'warehouse'
  | 'broker' | 'topic' | 'external' | 'pooler' | 'telemetry' | 'directory' | 'dead-letter' | 'migration' | 'auth' | 'plain' | 'unknown';

/** CPU and waits of one invocation, before the journey's own demands override them. */
export interface Demand {
  readonly cpu_s: number;
  readonly io_s: number;
  /** Squared coefficient of variation of the service time. */
  readonly cs2: number;
}

/** No queue: a pure latency. */
export interface DelayResource { readonly kind: 'delay'; readonly mean_s: number; readonly cs2: number }

/** First come first served station: `units` units of `servers` servers each. */
export interface FcfsResource {
  readonly kind: 'fcfs'; readonly id: string; readonly units: number; readonly servers: number;
  readonly service_s: number; readonly cs2: number; readonly policy: BalancingPolicy;
}

/** Python (or other) worker processes on CPUs (evaluation 5.3). The demand comes from the node and its journeys. */
export interface ProcessServerResource {
  readonly kind: 'process-server'; readonly units: number; readonly vcpu: number; readonly workers: number;
  readonly threads: number; readonly worker_class: 'sync' | 'gthread' | 'gevent' | 'asgi'; readonly connections: number;
  readonly gil: boolean; readonly demand: Demand; readonly memory_gb: number; readonly rss_mb: number;
  /** Workers are replaced after so many requests each, and a new one takes `boot_s` to start; absent when never. */
  readonly recycle?: { readonly requests: number; readonly boot_s: number };
}

/** Background consumers: `units` machines of `concurrency` slots, of which at most `vcpu` compute at a time. */
export interface ConsumerPoolResource {
  readonly kind: 'consumer-pool'; readonly units: number; readonly concurrency: number; readonly vcpu: number;
  readonly demand: Demand; readonly prefetch: number;
  /** Operating system processes of one machine, each with connection pools of its own; one for each slot unless given. */
  readonly processes?: number;
  /** At most one active consumer per partition or message group of the broker it reads. */
  readonly partition_bound: boolean;
}

/** A throughput cap without per-request servers (proxy rps, IOPS, bandwidth). `capacity` is for one unit, per second. */
export interface CappedResource {
  readonly kind: 'capped'; readonly id: string; readonly units: number; readonly capacity: number;
  readonly per: 'request' | 'kb' | 'connection'; readonly latency_s: number; readonly cs2: number; readonly knee: number;
}

/** Balancing over the units of one node, or over the targets of a splitter. */
export type BalancingPolicy = 'round_robin' | 'least_outstanding' | 'ip_hash' | 'random' | 'power_of_two' | 'central';
export interface BalancerResource {
  readonly kind: 'balancer'; readonly policy: BalancingPolicy; readonly latency_s: number;
  /** Declared mode; unset is decided from the targets (semantics 4). */
  readonly mode: 'balance' | 'route' | 'partition' | null; readonly default_mode: 'balance' | 'route' | 'partition' | 'auto';
  readonly sticky: boolean; readonly effective_clients: number;
  /** Health check settings, or null when none is drawn. */
  readonly health_check: { readonly interval_s: number; readonly threshold: number; readonly depth: 'shallow' | 'deep' } | null;
}

/** An in-memory store with keys: a cache when an edge uses it as one. Capacities are per shard. */
export interface CacheResource {
  readonly kind: 'cache'; readonly shards: number; readonly replicas_per_shard: number; readonly ops_per_s: number;
  readonly latency_s: number; readonly memory_gb: number; readonly overhead_bytes: number; readonly max_items: number | null;
  readonly eviction: 'lru' | 'lfu' | 'random' | 'none'; readonly eviction_policy: string; readonly ttl_s: number | null; readonly roles: readonly string[];
}

/** A content delivery cache: a stated hit ratio for the traffic that may be cached. */
export interface EdgeCacheResource { readonly kind: 'edge-cache'; readonly hit_ratio: number; readonly hit_latency_s: number; readonly ttl_s: number }

/** A relational database with replicas and shards (evaluation 5.6). */
export interface ReplicatedStoreResource {
  readonly kind: 'replicated-store'; readonly vcpu: number; readonly max_vcpu: number; readonly memory_gb: number;
  readonly read_cpu_s: number; readonly write_cpu_s: number; readonly iops: number; readonly max_iops: number;
  readonly write_iops: number; readonly read_miss: number; readonly io_s: number; readonly max_connections: number;
  readonly replicas: number; readonly sync_commit: boolean; readonly replica_mode: 'async' | 'sync';
  readonly base_lag_s: number; readonly replay: number; readonly shards: number;
  readonly placement: 'slots' | 'modulo' | 'range' | 'geo'; readonly geo_weights: readonly number[]; readonly lock_s: number | null; readonly storage_gb: number;
  /** Schema changes a year that rewrite a table while nobody may use it; absent where old and new code bear every step. */
  readonly rewrites_per_year?: number;
}

/** A key-value or object store split in partitions by the provider. */
export interface PartitionedStoreResource {
  readonly kind: 'partitioned-store'; readonly partitions: number | null; readonly read_capacity: number; readonly write_capacity: number;
  readonly latency_s: number; readonly write_latency_s: number; readonly cs2: number; readonly storage_gb: number; readonly strong: boolean;
}

/** A log or queue that accepts messages. `capacity` per partition or queue, messages per second. */
export interface MessageBrokerResource {
  readonly kind: 'message-broker'; readonly model: 'queue' | 'log' | 'topic'; readonly nodes: number; readonly partitions: number | null;
  readonly capacity_per_partition: number | null; readonly cluster_capacity: number | null; readonly bandwidth_kb_s: number | null;
  readonly publish_s: number; readonly confirm_s: number; readonly replicated: boolean; readonly default_group: 'shared' | 'per-consumer';
  readonly max_in_flight: number | null; readonly visibility_s: number | null; readonly retention_s: number | null; readonly max_length: number | null;
  /** Messages of one group are handed out one after the other (FIFO queues). */
  readonly keeps_order?: boolean;
}

/** A function that the platform scales (evaluation 5.8). */
export interface FunctionResource {
  readonly kind: 'function'; readonly memory_mb: number; readonly vcpu: number; readonly demand: Demand; readonly init_s: number;
  readonly keep_alive_s: number; readonly provisioned: number; readonly reserved: number; readonly account_limit: number;
  readonly ramp_per_s: number; readonly timeout_s: number;
}

/** A limiter: long-run rate and burst. */
export interface TokenBucketResource {
  readonly kind: 'token-bucket'; readonly rate: number; readonly burst: number; readonly policy: 'local' | 'shared' | 'managed'; readonly stated: boolean;
}

/** A provider's quota, per second. */
export interface QuotaResource { readonly kind: 'quota'; readonly id: string; readonly limit: number }

/** Long-lived connections held by the node. */
export interface ConnectionsResource { readonly kind: 'connections'; readonly units: number; readonly per_unit: number }

export type Resource =
  | DelayResource | FcfsResource | ProcessServerResource | ConsumerPoolResource | CappedResource | BalancerResource | CacheResource
  | EdgeCacheResource | ReplicatedStoreResource | PartitionedStoreResource | MessageBrokerResource | FunctionResource
  | TokenBucketResource | QuotaResource | ConnectionsResource;

/** How and how often the node's units fail (semantics 2, 9, 10). */
export interface FailureModel {
  /** Availability of one unit (instances), or of the whole managed service. */
  readonly unit_availability: number;
  /** Number of interchangeable units: instances, brokers, primary plus standbys. */
  readonly units: number;
  /** instance: k of n units; service: one number for the whole; quorum: majority of units; standby: primary with failover. */
  readonly redundancy: 'instance' | 'service' | 'quorum' | 'standby';
  /** Untouched by the loss of one zone, and never a single point of failure. */
  readonly regional: boolean;
  readonly failures_per_year: number;
  /** Seconds without service per failure, after which a standby serves. */
  readonly outage_s: number;
  /** Failover windows counted in availability: self-hosted stores only (semantics 9.5). */
  readonly failover_s: number;
  /** For a bad deploy of own code: changes per year if the node states it, else null (semantics 9.7). */
  readonly deploys_per_year: number | null;
  readonly canary: number;
  readonly own_code: boolean;
}

/**
 * One price line. `price` is a key of the price book; quantity is per month. Telemetry bears no load: it is paid for what
 * reports to it, a request through several parts once (a trace) or `each` time it passes one (log lines). `pages`: the factor counts the pages of a write, which a journey may state itself.
 */
export interface CostLine {
  readonly label: string; readonly price: string;
  readonly quantity:
    | { readonly per: 'hours'; readonly units: number }
    | { readonly per: 'gb_month'; readonly gb: number; readonly copies: number }
    | { readonly per: 'count'; readonly count: number }
    | { readonly per: 'request'; readonly factor: number; readonly of: 'all' | 'read' | 'write'; readonly observed?: 'once' | 'each'; readonly pages?: boolean }
    | { readonly per: 'gb_out'; readonly factor: number }
    | { readonly per: 'gb_second'; readonly memory_gb: number }
    | { readonly per: 'lcu' };
  /** Scaled by the autoscaled average instead of the drawn count. */
  readonly autoscaled?: boolean;
  readonly pricing_multiplier?: number;
}

/** What running it asks of people (evaluation 7.4). */
export interface OperationalFacts {
  /** Technology name: distinct ones are counted once. */
  readonly technology: string;
  readonly burden: 'serverless' | 'managed-cluster' | 'self-hosted-stateless' | 'self-hosted-stateful' | 'none';
  readonly deployable: boolean;
  readonly mechanisms: readonly string[];
}

/** What it promises about data. */
export interface ConsistencyFacts {
  readonly durable: boolean;
  readonly replication: 'none' | 'sync' | 'async' | 'quorum';
  readonly read_default: 'strong' | 'eventual';
  readonly staleness_s: number;
  /** Seconds of writes lost when the primary is lost. */
  readonly loss_window_s: number;
  readonly backup_interval_s: number | null;
}

/** Autoscaling of the node's units. */
export interface Autoscale { readonly min: number; readonly max: number; readonly target: number; readonly lag_s: number }

/** Everything the engine knows about one node. */
export interface Behavior {
  readonly routing: Routing;
  readonly role: NodeRole;
  readonly stateful: boolean;
  /** Zonal units the spread rule deals over zones. */
  readonly resources: readonly Resource[];
  readonly failure: FailureModel;
  readonly costs: readonly CostLine[];
  readonly operations: OperationalFacts;
  readonly consistency: ConsistencyFacts | null;
  readonly autoscale: Autoscale | null;
  /** Code inside its callers: reached without a network, and standing where they stand. */
  readonly in_process?: boolean;
  /** Rate that a source injects by itself (scheduler), null = its journeys decide. */
  readonly source_rate: number | null;
  /** A source that is so many users at the peak, each of whom waits for the answer and thinks before asking again. */
  readonly population?: { readonly users: number; readonly think_s: number } | null;
  /** What this component cannot be asked yet; copied to the result's `not_modelled`. */
  readonly not_modelled: readonly string[];
}

/** A small deterministic context handed to `behavior`. */
export interface BehaviorContext {
  readonly stated: (key: string) => boolean;
  readonly managed: boolean;
  /** Sum of keys x item size of the entities at home here, bytes. */
  readonly hot_set_bytes: number;
}
