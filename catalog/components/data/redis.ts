import type { CacheResource, ConsistencyFacts, CostLine, FailureModel, MessageBrokerResource, NodeRole } from '../../../shared/contracts/behavior.ts';
import { defineComponent } from '../../../shared/contracts/component.ts';
import { choice, number, optionalNumber, practice, subset } from '../../../shared/contracts/params.ts';
import { z } from '../../../shared/lib/zod.ts';
import { acceptOnly } from '../common/accepts.ts';
import { derived } from '../common/effective.ts';
import { FAILOVER_S, FAILURES_PER_YEAR, SELF_HOSTED_STORE, selfHostedFailure, serviceFailure } from '../common/failure.ts';
import { notModelled } from '../common/not-modelled.ts';
import { costLine, selfHostedStoreCosts } from '../common/pricing.ts';
import { EVERYTHING_LOST_S } from '../common/stores.ts';

const A = { provenance: 'A' as const };

const ROLES = ['cache', 'session', 'broker', 'rate_limiter', 'leaderboard', 'pubsub', 'store'] as const;
const EVICTIONS = ['auto', 'noeviction', 'allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'] as const;
/** Roles whose content can be built again from elsewhere. */
const DISPOSABLE: readonly string[] = ['cache', 'pubsub'];

const params = z.object({
  roles: subset(ROLES, { ...A, default: ['cache'], label: 'Used as', group: 'data', help: 'What it holds. Roles with different needs in one instance share its fate: cached items push out sessions, one slow command blocks all.', options: { cache: 'Cache', session: 'Session store', broker: 'Task broker', rate_limiter: 'Rate limiter', leaderboard: 'Leaderboard', pubsub: 'Publish and subscribe', store: 'Primary store' } }),
  ops_per_s: number({ ...A, source: 'redis-benchmarks', default: 80_000, min: 1, step: 1000, label: 'Operations per shard', group: 'capacity', unit: 'ops', help: 'Commands run on one thread. Published: 72 000 to 79 000 a second without pipelining, over 400 000 with 16 commands a trip.' }),
  shards: number({ ...A, default: 1, min: 1, max: 1000, integer: true, step: 1, label: 'Shards', group: 'capacity', unit: 'count', help: 'Parts that the keys are spread over. A single hot key does not split.' }),
  memory_gb: number({ ...A, default: 6.4, min: 0.05, step: 1, label: 'Memory per node', group: 'capacity', unit: 'gb', help: 'Memory of each node. With the size of an item it decides how much fits and so the hit ratio.' }),
  latency_ms: number({ ...A, source: 'redis-latency', default: 0.3, min: 0, label: 'Latency', group: 'capacity', unit: 'ms', help: 'Time of one command without load and without the network.' }),
  vcpu: number({ ...A, default: 2, min: 1, integer: true, label: 'vCPUs', group: 'capacity', unit: 'vcpu', help: 'Cores of each node, for the price of one you run yourself. Commands use a single core.' }),
  max_items: optionalNumber({ ...A, min: 1, label: 'Most items', group: 'data', unit: 'count', help: 'Items that fit, instead of what the memory would hold.' }),
  ttl_s: number({ ...A, default: 300, min: 0, step: 60, label: 'Time to live', group: 'data', unit: 's', help: 'Seconds until a key expires. Longer hits more often and is staler. 0: keys do not expire.' }),
  eviction: choice(EVICTIONS, { ...A, source: 'redis-eviction', default: 'auto', label: 'Eviction', group: 'data', help: 'What goes when memory is full. Auto: least recently used for a cache, nothing for anything else.', options: { auto: 'By role', noeviction: 'Nothing, writes fail', 'allkeys-lru': 'Least recently used', 'allkeys-lfu': 'Least often used', 'allkeys-random': 'Random', 'volatile-lru': 'Expiring, least recent', 'volatile-lfu': 'Expiring, least often', 'volatile-random': 'Expiring, random', 'volatile-ttl': 'Expiring soonest' } }),
  maxmemory_set: practice({ ...A, default: true, label: 'Memory limit set', group: 'data', help: 'maxmemory is configured. Without it Redis grows until the machine kills it.', question: 'Is a memory limit (maxmemory) configured?' }),
  maxmemory_samples: number({ provenance: 'V', source: 'redis-eviction', default: 5, min: 1, integer: true, label: 'Eviction samples', group: 'data', unit: 'count', help: 'Keys compared at each eviction: five come close to true least recently used.' }),
  overhead_bytes: number({ ...A, default: 90, min: 0, label: 'Overhead per key', group: 'data', unit: 'count', help: 'Bytes that each key takes beside its value.' }),
  replicas_per_shard: number({ ...A, default: 1, min: 0, max: 5, integer: true, step: 1, label: 'Replicas per shard', group: 'resilience', unit: 'count', help: 'Copies that take over when the primary is lost. Copying is asynchronous: the last writes may be missing.' }),
  persistence: choice(['auto', 'none', 'aof'], { ...A, default: 'auto', label: 'Persistence', group: 'resilience', help: 'Append-only file: at most about a second is lost in a restart. Auto: on when it holds state.', options: { auto: 'By role', none: 'None', aof: 'Append-only file' } }),
  backup: choice(['none', 'daily'], { ...A, default: 'daily', practice: true, question: 'Is it backed up every day?', label: 'Backup', group: 'resilience', help: 'A daily snapshot. It matters only where Redis is the only home of the data.', options: { none: 'None', daily: 'Daily' } }),
  availability: optionalNumber({ provenance: 'V', source: 'aws-elasticache-sla', min: 0.5, max: 0.999999999, label: 'Availability', group: 'resilience', unit: 'ratio', help: 'Unset: service level 99.99 % with a replica, 99.5 % without; run by yourself 99 % for each copy.' }),
});

type RedisParams = z.output<typeof params>;

function roleOf(roles: RedisParams['roles']): NodeRole {
  if (roles.includes('cache')) return 'cache';
  return roles.includes('broker') || roles.includes('pubsub') ? 'broker' : 'memory-store';
}

function evictionOf({ roles, eviction }: RedisParams): string {
  if (eviction !== 'auto') return eviction;
  return roles.every((role) => role === 'cache') ? 'allkeys-lru' : 'noeviction';
}

/** Expiring keys are assumed to be all keys: a shortest-time-first order is first in, first out, modelled as random. */
function evictionModel(policy: string): CacheResource['eviction'] {
  if (policy === 'noeviction') return 'none';
  if (policy.endsWith('lru')) return 'lru';
  return policy.endsWith('lfu') ? 'lfu' : 'random';
}

function persistent({ roles, persistence }: RedisParams): boolean {
  return persistence === 'aof' || (persistence === 'auto' && roles.some((role) => !DISPOSABLE.includes(role)));
}

function cacheOf(p: RedisParams): CacheResource {
  const policy = evictionOf(p);
  return {
    kind: 'cache', shards: p.shards, replicas_per_shard: p.replicas_per_shard, ops_per_s: p.ops_per_s, latency_s: p.latency_ms / 1000,
    memory_gb: p.memory_gb, overhead_bytes: p.overhead_bytes, max_items: p.max_items, eviction: evictionModel(policy), eviction_policy: policy,
    ttl_s: p.ttl_s === 0 ? null : p.ttl_s, roles: p.roles,
  };
}

/** A message is pushed and taken: two operations. Unacknowledged tasks come back after an hour (Celery on Redis). */
function brokerOf(p: RedisParams): MessageBrokerResource[] {
  if (!p.roles.includes('broker') && !p.roles.includes('pubsub')) return [];
  const topic = !p.roles.includes('broker');
  return [{
    kind: 'message-broker', model: topic ? 'topic' : 'queue', nodes: p.shards, partitions: p.shards, capacity_per_partition: p.ops_per_s / 2,
    cluster_capacity: null, bandwidth_kb_s: 125_000 * p.shards, publish_s: p.latency_ms / 1000, confirm_s: 0, replicated: p.replicas_per_shard > 0,
    default_group: topic ? 'per-consumer' : 'shared', max_in_flight: null, visibility_s: topic ? null : 3600, retention_s: null, max_length: null,
  }];
}

function failureOf(p: RedisParams, managed: boolean): FailureModel {
  const units = 1 + p.replicas_per_shard;
  if (!managed) return selfHostedFailure({ availability: p.availability ?? SELF_HOSTED_STORE, units, redundancy: 'standby', failover_s: FAILOVER_S.standby });
  if (units === 1) return serviceFailure({ availability: p.availability ?? 0.995, units, regional: false, perYear: FAILURES_PER_YEAR.zonalStore });
  return serviceFailure({ availability: p.availability ?? 0.9999, units, regional: false, perYear: FAILURES_PER_YEAR.standby, outage_s: FAILOVER_S.standby });
}

function costsOf(p: RedisParams, managed: boolean): CostLine[] {
  const nodes = p.shards * (1 + p.replicas_per_shard);
  if (managed) return [costLine('Cache nodes', 'cache_gb_h', { per: 'hours', units: nodes * p.memory_gb })];
  const [machines, ...volumes] = selfHostedStoreCosts(nodes, p.vcpu, p.memory_gb, 2 * p.memory_gb);
  return machines === undefined ? [] : [machines, ...(persistent(p) ? volumes : [])];
}

function consistencyOf(p: RedisParams): ConsistencyFacts {
  const durable = persistent(p);
  const replicated = p.replicas_per_shard > 0;
  return {
    durable,
    replication: replicated ? 'async' : 'none',
    read_default: 'strong',
    staleness_s: 0,
    loss_window_s: durable || replicated ? 1 : EVERYTHING_LOST_S,
    backup_interval_s: p.backup === 'daily' ? 86_400 : null,
  };
}

/** An in-memory store: cache, sessions, counters, light queues. */
export const redis = defineComponent({
  type: 'redis',
  version: 1,
  title: 'Redis',
  category: 'data',
  silhouette: 'store',
  icon: 'M10 2.5 17.5 6 10 9.5 2.5 6z M2.5 10 10 13.5 17.5 10 M2.5 14 10 17.5 17.5 14',
  keywords: ['cache', 'in-memory', 'key-value cache', 'rate limiter counter'],
  figures: { primary: 'ops', secondary: 'utilisation' },
  params,
  behavior: (p, context) => {
    const role = roleOf(p.roles);
    return {
      routing: role === 'broker' ? 'broker' : 'store',
      role,
      stateful: true,
      resources: [cacheOf(p), ...brokerOf(p)],
      failure: failureOf(p, context.managed),
      costs: costsOf(p, context.managed),
      operations: { technology: 'redis', burden: context.managed ? 'managed-cluster' : 'self-hosted-stateful', deployable: false, mechanisms: [] },
      consistency: consistencyOf(p),
      autoscale: null,
      source_rate: null,
      not_modelled: notModelled(context, { maxmemory_samples: 'How closely sampled eviction follows the exact order' }),
    };
  },
  effective: (p) => ({
    ...derived('availability', p.availability, p.replicas_per_shard === 0 ? 0.995 : 0.9999, p.replicas_per_shard === 0 ? 'no replica, managed' : 'with a replica, managed'),
    ...(p.eviction === 'auto' ? { eviction: { value: evictionOf(p), because: p.roles.every((role) => role === 'cache') ? 'only a cache' : 'it holds more than a cache' } } : {}),
    ...(p.persistence === 'auto' ? { persistence: { value: persistent(p) ? 'aof' : 'none', because: persistent(p) ? 'it holds state' : 'its content can be built again' } } : {}),
  }),
  accepts: acceptOnly(['cache', 'db', 'publish', 'consume', 'replicate', 'lookup', 'trigger'], 'Redis answers commands, not web requests. Connect it as a cache, a store or a broker.'),
  presets: [
    { id: 'elasticache', title: 'ElastiCache', keywords: ['elasticache redis', 'memorystore'], params: { replicas_per_shard: 1 } },
    { id: 'valkey', title: 'Valkey', keywords: ['keydb', 'dragonfly'], params: {} },
    { id: 'memcached', title: 'Memcached', keywords: ['memcache'], params: { replicas_per_shard: 0, persistence: 'none' } },
    { id: 'redis-session', title: 'Redis session store', keywords: ['session store', 'sessions'], params: { roles: ['session'] } },
    { id: 'redis-broker', title: 'Redis task broker', keywords: ['celery broker'], params: { roles: ['broker'] } },
    { id: 'redis-rate-limiter', title: 'Redis rate limiter', keywords: ['shared counter'], params: { roles: ['rate_limiter'] } },
    { id: 'redis-leaderboard', title: 'Redis leaderboard', keywords: ['sorted set', 'ranking'], params: { roles: ['leaderboard'] } },
  ],
  recognition: {
    images: ['redis', 'redis*', 'redis/*', 'bitnami/redis*', 'valkey*', 'valkey/*', 'bitnami/valkey*', 'memcached*', 'eqalpha/keydb*', 'keydb*', 'dragonflydb/*'],
    words: ['redis', 'cache', 'valkey', 'memcached', 'keydb', 'sessions'],
    ports: [6379, 11211],
    schemes: ['redis', 'rediss', 'unix+redis', 'memcached'],
  },
  docs: {
    what: 'Keeps data in memory and answers in well under a millisecond, one command at a time.',
    when: 'Hot data read far more often than it changes before a busy database; sessions of a stateless tier; counters and limits shared by several instances.',
    whenNot: 'Before an idle database: it adds a hop, stale reads and a bill. As the only home of data that may not be lost: copying is asynchronous.',
  },
  examples: [
    { title: 'a cache evicts the least recently used', params: {}, expect: (b) => b.role === 'cache' && b.resources[0]?.kind === 'cache' && b.resources[0].eviction === 'lru' && b.resources[0].ttl_s === 300 && b.failure.unit_availability === 0.9999 },
    { title: 'sessions are not evicted and are written to disk', params: { roles: ['session'] }, expect: (b) => b.role === 'memory-store' && b.resources[0]?.kind === 'cache' && b.resources[0].eviction_policy === 'noeviction' && b.consistency?.durable === true },
    { title: 'zero seconds to live is no expiry', params: { ttl_s: 0 }, expect: (b) => b.resources[0]?.kind === 'cache' && b.resources[0].ttl_s === null },
    { title: 'a task broker accepts messages', params: { roles: ['broker'] }, expect: (b) => b.routing === 'broker' && b.resources[1]?.kind === 'message-broker' && b.resources[1].capacity_per_partition === 40_000 && b.resources[1].default_group === 'shared' },
    { title: 'without a replica it is a single zone', params: { replicas_per_shard: 0 }, expect: (b) => b.failure.units === 1 && b.failure.unit_availability === 0.995 && b.failure.failures_per_year === 2 },
    { title: 'two nodes of 3.1 GB cost $75 a month', params: { memory_gb: 3.1 }, expect: (b) => b.costs[0]?.price === 'cache_gb_h' && b.costs[0].quantity.per === 'hours' && b.costs[0].quantity.units === 6.2 },
  ],
});
