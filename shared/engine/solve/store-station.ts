/** A relational database: primary, replicas, shards, lag, hot row and connections (evaluation 5.6). */
import type { ReplicatedStoreResource } from '../../contracts/behavior.ts';
import { connectionsTotal } from '../math/connections.ts';
import { hotRowLock, rdbmsStation, replicaLag, staleProbability, type RdbmsResult, type ReplicaLag } from '../math/rdbms.ts';
import { effectiveShards, hottestGeoShare, hottestShare, reshardMovedShare } from '../math/shards.ts';
import { resourceRho } from '../math/utilisation.ts';
import { zipf } from '../math/zipf.ts';
import type { CompiledDesign, NodeFacts, NodeStation, ResourceState, TrafficResult } from '../types.ts';
import { fixedResource, KNEE, plainStation, resource } from './parts.ts';
import { slotTimes, storeTimes, type ShardGroup, type StoreUse } from './store-times.ts';
import { replayedWrites, storeWork } from './store-work.ts';

/** Round trip that a synchronous standby adds to each commit, seconds [A]. */
const SYNC_COMMIT_S = 0.001;

/** How the edges use the store: weighted by the reads and writes that travel them. */
interface UseMix { readonly replicaShare: number; readonly scatter: number; readonly crossShard: number }

function useMix(flows: TrafficResult, facts: NodeFacts): UseMix {
  let total = 0;
  let replica = 0;
  let scatter = 0;
  let writes = 0;
  let crossShard = 0;
  for (const edge of facts.view.in) {
    const reads = flows.edgeReads[edge.index] as number;
    total += reads;
    if (edge.params.values.routing !== 'primary') replica += reads;
    scatter += reads * edge.params.values.scatter_fraction;
    writes += flows.edgeWrites[edge.index] as number;
    crossShard += (flows.edgeWrites[edge.index] as number) * edge.params.values.cross_shard_txn_fraction;
  }
  return { replicaShare: total > 0 ? replica / total : 1, scatter: total > 0 ? scatter / total : 0, crossShard: writes > 0 ? crossShard / writes : 0 };
}

/** Shares of the reads and writes that reach the hottest shard. */
function hottest(store: ReplicatedStoreResource, facts: NodeFacts): { reads: number; writes: number } {
  if (store.shards <= 1) return { reads: 1, writes: 1 };
  if (store.placement === 'geo') {
    const share = hottestGeoShare(store.geo_weights.length > 0 ? store.geo_weights : null, store.shards);
    return { reads: share, writes: share };
  }
  const share = hottestShare(facts.popularity.keys, facts.popularity.zipfS, store.shards);
  return { reads: share, writes: store.placement === 'range' ? 1 : share };
}

/** Connections that the callers' pools may open: processes x (pool + overflow) of each. */
function pooledConnections(compiled: CompiledDesign, facts: NodeFacts): number {
  let total = 0;
  for (const edge of facts.view.in) {
    if (edge.kind !== 'db' || edge.idleReason) continue;
    const caller = compiled.nodes[edge.from.index] as NodeFacts;
    // functions hold a connection each while they run, counted when they are solved; the rest at its largest size (semantics 8)
    if (caller.fn) continue;
    const units = Math.max(caller.units, caller.view.behavior.autoscale?.max ?? 0);
    const processes = Math.max(1, caller.process?.workers ?? caller.pool?.processes ?? caller.pool?.concurrency ?? 1);
    total += connectionsTotal(units, processes, edge.params.values.pool_size, edge.params.values.max_overflow);
  }
  return total;
}

function resourcesOf(result: RdbmsResult, store: ReplicatedStoreResource, lambda: number, lock: number, connections: number): ResourceState[] {
  const states = [
    resource('cpu', result.rhoCpu, lambda, { knee: KNEE.single, elastic: Math.max(1, store.max_vcpu / store.vcpu) }),
    resource('io', Math.max(result.rhoIo, result.rhoReplicaIo), lambda, { knee: KNEE.single, elastic: Math.max(1, store.max_iops / store.iops) }),
  ];
  if (store.replicas > 0) states.push(resource('apply', result.rhoReplica, lambda, { elastic: Math.max(1, store.max_vcpu / store.vcpu) }));
  if (lock > 0) states.push(resource('lock', lock, lambda, { knee: KNEE.single }));
  if (connections > 0) states.push(fixedResource('conn', connections));
  return states;
}

/**
 * What sharding means for a store of several shards: shares and reads of the hottest shard, how many even ones they are worth, how much more load its shards carry on the
 * largest machine and disks (absent without load), and the shares of the rows that one more shard moves.
 */
function shardEvidence({ shards }: ReplicatedStoreResource, hot: { readonly reads: number; readonly writes: number }, readRps: number, resources: readonly ResourceState[]): Record<string, number> {
  let grown = Number.MAX_VALUE;
  for (const { resource: name, utilisation, knee, elastic } of resources) if (name !== 'lock' && name !== 'conn' && utilisation > 0) grown = Math.min(grown, (knee * elastic) / utilisation);
  return {
    hottest_write_share: hot.writes, effective_shards: effectiveShards(Math.max(hot.reads, hot.writes)), shard_reads_rps: readRps, moved_by_modulo: reshardMovedShare('modulo', shards), moved_by_slots: reshardMovedShare('consistent', shards),
    ...(grown < Number.MAX_VALUE ? { grown_headroom: grown } : {}),
  };
}

/** The shares that a shard gets of the reads and writes: the hottest first, then any of the others. */
function shardShares(store: ReplicatedStoreResource, hot: { readonly reads: number; readonly writes: number }): readonly { readonly shards: number; readonly reads: number; readonly writes: number }[] {
  const others = Math.round(store.shards) - 1;
  if (others < 1) return [{ shards: 1, ...hot }];
  return [{ shards: 1, ...hot }, { shards: others, reads: (1 - hot.reads) / others, writes: (1 - hot.writes) / others }];
}

/** What the resources of a store follow from, and the times that its callers see. */
interface Loaded {
  readonly resources: ResourceState[];
  readonly groups: readonly (ShardGroup & { readonly readRps: number; readonly writeRps: number })[];
  readonly use: StoreUse;
  readonly hot: { readonly reads: number; readonly writes: number };
  readonly stated: boolean;
  readonly connections: number;
  readonly lag: ReplicaLag | null;
}

function load(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): Loaded {
  const { index } = facts.view;
  const mix = useMix(flows, facts);
  const hot = hottest(store, facts);
  const work = storeWork(compiled, flows, facts, store);
  const replayed = replayedWrites(compiled, flows, facts);
  const replicaShare = store.replicas > 0 ? mix.replicaShare : 0;
  const sync = store.sync_commit || (store.replicas > 0 && store.replica_mode === 'sync');
  const syncS = (sync ? SYNC_COMMIT_S : 0) + facts.syncCopyS;
  const groups = shardShares(store, hot).map(({ shards, reads, writes }) => {
    const own = (flows.nodeWrites[index] as number) * Math.min(1, writes * (store.shards > 1 ? 1 + mix.crossShard : 1));
    const writeRps = own + replayed.rps;
    const readRps = (flows.nodeReads[index] as number) * ((1 - mix.scatter) * reads + mix.scatter);
    const writeCpuS = writeRps > 0 ? (work.write.cpuS * own + store.write_cpu_s * store.replay * replayed.work) / writeRps : work.write.cpuS;
    const result = rdbmsStation({
      readRps, writeRps, vcpu: store.vcpu, readCpuS: work.read.cpuS, readCs2: work.read.cs2, writeCpuS, writeCs2: work.write.cs2, iops: store.iops, replicas: store.replicas, replicaReadShare: replicaShare, syncRttS: syncS,
      readMiss: store.read_miss, replay: store.replay, writeIops: work.write.iops, ioS: store.io_s, ca2: compiled.workload.ca2, mixed: true,
    });
    return { shards, reads: reads * shards, writes: writes * shards, readRps, writeRps, result };
  });
  const [{ result, writeRps }] = groups as [(typeof groups)[number]];
  const lambda = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
  // the hottest row lies in one shard: its share is of all writes, not of that shard's
  const lock = facts.popularity.declared ? hotRowLock(flows.nodeWrites[index] as number, zipf(facts.popularity.keys, facts.popularity.zipfS).top1, store.lock_s ?? result.writeS).rho : 0;
  const connections = pooledConnections(compiled, facts);
  const lag = store.replicas > 0 || facts.replays.length > 0 ? replicaLag(writeRps, work.write.cpuS, store.replay, store.base_lag_s) : null;
  const resources = resourcesOf(result, store, lambda, lock, resourceRho(connections, store.max_connections));
  if (lag && lag.growthPerS > 0) resources.push(resource('apply', writeRps / (writeRps - lag.growthPerS), lambda));
  const use: StoreUse = { store, replicaShare, scatter: mix.scatter, crossShard: mix.crossShard, syncS, readCpuS: work.read.cpuS };
  return { resources, groups, use, hot, stated: work.stated, connections, lag };
}

/** Resources of the store under load, without the times of its answers. */
export function relationalResources(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): readonly ResourceState[] {
  return load(compiled, flows, facts, store).resources;
}

/** The store under load: each request meets its shard, and the hottest shard is the first that is full. */
export function relationalStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): NodeStation {
  const { resources, groups, use, hot, stated, connections, lag } = load(compiled, flows, facts, store);
  const [{ result, readRps }] = groups as [(typeof groups)[number]];
  const lagS = lag?.lagS == null ? null : lag.lagS + facts.lagTripS;
  const evidence: Record<string, number> = {
    connections, max_connections: store.max_connections, read_s: result.readS, write_s: result.writeS, replica_read_share: use.replicaShare, hottest_share: hot.reads,
  };
  if (lag) {
    evidence['lag_growth_per_s'] = lag.growthPerS;
    // share of a user's own writes that a replica does not show yet when they read again after the think time
    evidence['unseen_share'] = staleProbability(lagS, compiled.workload.think_s);
  }
  if (store.shards > 1) Object.assign(evidence, shardEvidence(store, hot, readRps, resources));
  const bySlot = stated ? { bySlot: slotTimes(compiled, facts, use, groups) } : {};
  return plainStation(facts, resources, storeTimes(use, groups), {
    ...bySlot,
    waitS: groups.reduce((sum, group) => sum + group.reads * group.result.cpuWaitS, 0),
    waitVariance: groups.reduce((sum, group) => sum + group.reads * group.result.cpuWaitVariance, 0), lagS, evidence,
  });
}
