/** A relational database: primary, replicas, shards, lag, hot row and connections (evaluation 5.6). */
import type { ReplicatedStoreResource } from '../../contracts/behavior.ts';
import { connectionsTotal } from '../math/connections.ts';
import { hotRowLock, rdbmsLoads, rdbmsStation, replicaLag, staleProbability, type Rdbms, type RdbmsLoads, type ReplicaLag } from '../math/rdbms.ts';
import { effectiveShards, hottestGeoShare, hottestShare, reshardMovedShare } from '../math/shards.ts';
import { resourceRho } from '../math/utilisation.ts';
import { zipf } from '../math/zipf.ts';
import type { CompiledDesign, NodeFacts, NodeStation, ResourceState, TrafficResult } from '../types.ts';
import { arrivals, fixedResource, KNEE, plainStation, resource } from './parts.ts';
import { slotTimes, storeTimes, type ShardGroup, type StoreUse } from './store-times.ts';
import { replayedWrites, storeWork, type StoreWork } from './store-work.ts';

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

/** What its callers ask of a store, and what one operation of it takes. */
interface Asked {
  /** Share of the reads that replicas answer, of those that ask all shards, and of the writes that commit on two. */
  readonly replicaShare: number;
  readonly scatter: number;
  readonly crossShard: number;
  readonly hot: { readonly reads: number; readonly writes: number };
  readonly work: StoreWork;
  /** Writes of the stores that this one replays. */
  readonly replayed: { readonly rps: number; readonly work: number };
  /** Round trips that a commit waits for copies, seconds. */
  readonly syncS: number;
  /** Connections that the pools of its callers may open. */
  readonly connections: number;
}

function askedOf(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): Asked {
  const { replicaShare, scatter, crossShard } = useMix(flows, facts);
  const sync = store.sync_commit || (store.replicas > 0 && store.replica_mode === 'sync');
  return {
    replicaShare: store.replicas > 0 ? replicaShare : 0, scatter, crossShard, hot: hottest(store, facts), work: storeWork(compiled, flows, facts, store),
    replayed: replayedWrites(compiled, flows, facts), syncS: (sync ? SYNC_COMMIT_S : 0) + facts.syncCopyS, connections: pooledConnections(compiled, facts),
  };
}

/** The shard that gets these shares of the reads and writes. */
function shardOf(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource, asked: Asked, share: { readonly reads: number; readonly writes: number }): Rdbms {
  const { index } = facts.view;
  const { work, replayed } = asked;
  const own = (flows.nodeWrites[index] as number) * Math.min(1, share.writes * (store.shards > 1 ? 1 + asked.crossShard : 1));
  const writeRps = own + replayed.rps;
  return {
    readRps: (flows.nodeReads[index] as number) * ((1 - asked.scatter) * share.reads + asked.scatter), writeRps, vcpu: store.vcpu, readCpuS: work.read.cpuS, readCs2: work.read.cs2,
    writeCpuS: writeRps > 0 ? (work.write.cpuS * own + store.write_cpu_s * store.replay * replayed.work) / writeRps : work.write.cpuS, writeCs2: work.write.cs2,
    iops: store.iops, replicas: store.replicas, replicaReadShare: asked.replicaShare, syncRttS: asked.syncS,
    readMiss: store.read_miss, replay: store.replay, writeIops: work.write.iops, ioS: store.io_s, ca2: compiled.workload.ca2, mixed: true,
  };
}

/** How far behind the copies are; null without any. */
function lagOf(facts: NodeFacts, store: ReplicatedStoreResource, { work }: Asked, writeRps: number): ReplicaLag | null {
  return store.replicas > 0 || facts.replays.length > 0 ? replicaLag(writeRps, work.write.cpuS, store.replay, store.base_lag_s) : null;
}

/** One shard under load; `writeS` is what one write takes there. */
interface LoadedShard { readonly loads: RdbmsLoads; readonly writeRps: number; readonly lag: ReplicaLag | null; readonly writeS: () => number }

/** Resources as the hottest shard has them, which is the first that is full. */
function resourcesOf(flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource, open: number, { loads, writeRps, lag, writeS }: LoadedShard): ResourceState[] {
  const { index } = facts.view;
  const lambda = arrivals(flows, index);
  const elastic = Math.max(1, store.max_vcpu / store.vcpu);
  const states = [
    resource('cpu', loads.rhoCpu, lambda, { knee: KNEE.single, elastic }),
    resource('io', Math.max(loads.rhoIo, loads.rhoReplicaIo), lambda, { knee: KNEE.single, elastic: Math.max(1, store.max_iops / store.iops) }),
  ];
  if (store.replicas > 0) states.push(resource('apply', loads.rhoReplica, lambda, { elastic }));
  // the hottest row lies in one shard: its share is of all writes, not of that shard's
  const lock = facts.popularity.declared ? hotRowLock(flows.nodeWrites[index] as number, zipf(facts.popularity.keys, facts.popularity.zipfS).top1, store.lock_s ?? writeS()).rho : 0;
  if (lock > 0) states.push(resource('lock', lock, lambda, { knee: KNEE.single }));
  const connections = resourceRho(open, store.max_connections);
  if (connections > 0) states.push(fixedResource('conn', connections));
  if (lag && lag.growthPerS > 0) states.push(resource('apply', writeRps / (writeRps - lag.growthPerS), lambda));
  return states;
}

/** Resources of the store under load, without the times of its answers. */
export function relationalResources(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): readonly ResourceState[] {
  const asked = askedOf(compiled, flows, facts, store);
  const shard = shardOf(compiled, flows, facts, store, asked, asked.hot);
  const { writeRps } = shard;
  return resourcesOf(flows, facts, store, asked.connections, { loads: rdbmsLoads(shard), writeRps, lag: lagOf(facts, store, asked, writeRps), writeS: () => rdbmsStation(shard).writeS });
}

interface SolvedShards extends ShardGroup { readonly load: Rdbms }

/** The hottest shard first, then the others, which are alike. */
function solveShards(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource, asked: Asked): readonly [SolvedShards, ...SolvedShards[]] {
  const { hot } = asked;
  const solve = (shards: number, share: { readonly reads: number; readonly writes: number }): SolvedShards => {
    const load = shardOf(compiled, flows, facts, store, asked, share);
    return { shards, reads: share.reads * shards, writes: share.writes * shards, result: rdbmsStation(load), load };
  };
  const others = Math.round(store.shards) - 1;
  return others < 1 ? [solve(1, hot)] : [solve(1, hot), solve(others, { reads: (1 - hot.reads) / others, writes: (1 - hot.writes) / others })];
}

/** The store under load: each request meets its shard, and the hottest shard is the first that is full. */
export function relationalStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): NodeStation {
  const asked = askedOf(compiled, flows, facts, store);
  const { replicaShare, scatter, crossShard, syncS, work, hot } = asked;
  const groups = solveShards(compiled, flows, facts, store, asked);
  const [{ result, load: { readRps, writeRps } }] = groups;
  const lag = lagOf(facts, store, asked, writeRps);
  const resources = resourcesOf(flows, facts, store, asked.connections, { loads: result, writeRps, lag, writeS: () => result.writeS });
  const lagS = lag?.lagS == null ? null : lag.lagS + facts.lagTripS;
  const evidence: Record<string, number> = {
    connections: asked.connections, max_connections: store.max_connections, read_s: result.readS, write_s: result.writeS, replica_read_share: replicaShare, hottest_share: hot.reads,
  };
  if (lag) {
    evidence['lag_growth_per_s'] = lag.growthPerS;
    // share of a user's own writes that a replica does not show yet when they read again after the think time
    evidence['unseen_share'] = staleProbability(lagS, compiled.workload.think_s);
  }
  if (store.shards > 1) Object.assign(evidence, shardEvidence(store, hot, readRps, resources));
  const use: StoreUse = { store, replicaShare, scatter, crossShard, syncS, readCpuS: work.read.cpuS };
  let waitS = 0;
  let waitVariance = 0;
  for (const group of groups) {
    waitS += group.reads * group.result.cpuWaitS;
    waitVariance += group.reads * group.result.cpuWaitVariance;
  }
  return plainStation(facts, resources, storeTimes(use, groups), { ...(work.stated && { bySlot: slotTimes(compiled, facts, use, groups) }), waitS, waitVariance, lagS, evidence });
}
