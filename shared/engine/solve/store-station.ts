/** A relational database: primary, replicas, shards, lag, hot row and connections (evaluation 5.6). */
import type { ReplicatedStoreResource } from '../../contracts/behavior.ts';
import { connectionsTotal } from '../math/connections.ts';
import { hotRowLock, rdbmsLoads, rdbmsStation, replicaLag, staleProbability, type Rdbms, type RdbmsLoads, type RdbmsResult, type ReplicaLag } from '../math/rdbms.ts';
import { effectiveShards, hottestGeoShare, hottestShare, reshardMovedShare } from '../math/shards.ts';
import { resourceRho } from '../math/utilisation.ts';
import { zipf } from '../math/zipf.ts';
import type { CompiledDesign, NodeFacts, NodeStation, ResourceState, TrafficResult } from '../types.ts';
import { fixedResource, KNEE, plainStation, resource } from './parts.ts';
import { slotTimes, storeTimes, type ShardGroup, type StoreUse } from './store-times.ts';
import { replayedWrites, storeWork, type ReplayedWrites, type StoreWork } from './store-work.ts';

/** Round trip that a synchronous standby adds to each commit, seconds [A]. */
const SYNC_COMMIT_S = 0.001;

/** Shares of the reads and writes that reach one shard. */
interface ShardShare { readonly reads: number; readonly writes: number }

const ALL: ShardShare = { reads: 1, writes: 1 };

/** What the hottest shard gets. */
function hottest(store: ReplicatedStoreResource, facts: NodeFacts): ShardShare {
  if (store.shards <= 1) return ALL;
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
function shardEvidence({ shards }: ReplicatedStoreResource, hot: ShardShare, readRps: number, resources: readonly ResourceState[]): Record<string, number> {
  let grown = Number.MAX_VALUE;
  for (const { resource: name, utilisation, knee, elastic } of resources) if (name !== 'lock' && name !== 'conn' && utilisation > 0) grown = Math.min(grown, (knee * elastic) / utilisation);
  return {
    hottest_write_share: hot.writes, effective_shards: effectiveShards(Math.max(hot.reads, hot.writes)), shard_reads_rps: readRps, moved_by_modulo: reshardMovedShare('modulo', shards), moved_by_slots: reshardMovedShare('consistent', shards),
    ...(grown < Number.MAX_VALUE ? { grown_headroom: grown } : {}),
  };
}

/** Reads per second that arrive at a store over one edge beside those of now. */
export interface MoreReads { readonly edge: number; readonly rps: number }

/** What its callers ask of a store, and what one operation of it takes. */
interface Asked {
  /** Reads and writes per second, of this store's own. */
  readonly reads: number;
  readonly writes: number;
  /** Share of the reads that replicas answer, of those that ask all shards, and of the writes that commit on two. */
  readonly replicaShare: number;
  readonly scatter: number;
  readonly crossShard: number;
  readonly hot: ShardShare;
  readonly work: StoreWork;
  /** Writes of the stores that this one replays. */
  readonly replayed: ReplayedWrites;
  /** Round trips that a commit waits for copies, seconds. */
  readonly syncS: number;
}

/** The edges count by the reads and writes that travel them. */
function askedOf(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource, more: MoreReads | null): Asked {
  const { index } = facts.view;
  let total = 0;
  let replica = 0;
  let scatter = 0;
  let written = 0;
  let crossShard = 0;
  for (const edge of facts.view.in) {
    const { routing, scatter_fraction, cross_shard_txn_fraction } = edge.params.values;
    const reads = (flows.edgeReads[edge.index] as number) + (more !== null && more.edge === edge.index ? more.rps : 0);
    const writes = flows.edgeWrites[edge.index] as number;
    total += reads;
    if (routing !== 'primary') replica += reads;
    scatter += reads * scatter_fraction;
    written += writes;
    crossShard += writes * cross_shard_txn_fraction;
  }
  const sync = store.sync_commit || (store.replicas > 0 && store.replica_mode === 'sync');
  return {
    reads: (flows.nodeReads[index] as number) + (more === null ? 0 : more.rps), writes: flows.nodeWrites[index] as number,
    replicaShare: store.replicas > 0 ? (total > 0 ? replica / total : 1) : 0, scatter: total > 0 ? scatter / total : 0, crossShard: written > 0 ? crossShard / written : 0,
    hot: hottest(store, facts), work: storeWork(compiled, flows, facts, store), replayed: replayedWrites(compiled, flows, facts), syncS: (sync ? SYNC_COMMIT_S : 0) + facts.syncCopyS,
  };
}

/** The shard that gets this share. */
function shardOf(ca2: number, store: ReplicatedStoreResource, asked: Asked, share: ShardShare): Rdbms {
  const { work: { read, write }, replayed } = asked;
  const own = asked.writes * Math.min(1, share.writes * (store.shards > 1 ? 1 + asked.crossShard : 1));
  const writeRps = own + replayed.rps;
  return {
    readRps: asked.reads * ((1 - asked.scatter) * share.reads + asked.scatter), writeRps, vcpu: store.vcpu, readCpuS: read.cpuS, readCs2: read.cs2,
    writeCpuS: writeRps > 0 ? (write.cpuS * own + store.write_cpu_s * store.replay * replayed.work) / writeRps : write.cpuS, writeCs2: write.cs2,
    iops: store.iops, replicas: store.replicas, replicaReadShare: asked.replicaShare, syncRttS: asked.syncS,
    readMiss: store.read_miss, replay: store.replay, writeIops: write.iops, ioS: store.io_s, ca2, mixed: true,
  };
}

/** How far behind the copies are; null without any. */
function lagOf(facts: NodeFacts, store: ReplicatedStoreResource, { work }: Asked, writeRps: number): ReplicaLag | null {
  return store.replicas > 0 || facts.replays.length > 0 ? replicaLag(writeRps, work.write.cpuS, store.replay, store.base_lag_s) : null;
}

/** How long a write holds the lock of its row, seconds; 0 where nobody said how popular the keys are. */
function rowLockS({ popularity }: NodeFacts, { lock_s }: ReplicatedStoreResource, load: Rdbms, solved: RdbmsResult | null): number {
  return popularity.declared ? (lock_s ?? (solved ?? rdbmsStation(load)).writeS) : 0;
}

/** Load-driven resources as the hottest shard has them, which is the first that is full; `open` connections stand among them, which no load drives. */
function resourcesOf({ popularity }: NodeFacts, store: ReplicatedStoreResource, { reads, writes }: Asked, loads: RdbmsLoads, lockS: number, open: number): ResourceState[] {
  const lambda = reads + writes;
  const elastic = Math.max(1, store.max_vcpu / store.vcpu);
  const states = [
    resource('cpu', loads.rhoCpu, lambda, null, KNEE.single, elastic),
    resource('io', Math.max(loads.rhoIo, loads.rhoReplicaIo), lambda, null, KNEE.single, Math.max(1, store.max_iops / store.iops)),
  ];
  if (store.replicas > 0) states.push(resource('apply', loads.rhoReplica, lambda, null, KNEE.shared, elastic));
  // the hottest row lies in one shard: its share is of all writes, not of that shard's
  const lock = lockS > 0 ? hotRowLock(writes, zipf(popularity.keys, popularity.zipfS).top1, lockS).rho : 0;
  if (lock > 0) states.push(resource('lock', lock, lambda, null, KNEE.single));
  const connections = resourceRho(open, store.max_connections);
  if (connections > 0) states.push(fixedResource('conn', connections));
  return states;
}

/** Writes that come faster than copies apply them. */
function addLag(states: ResourceState[], { reads, writes }: Asked, writeRps: number, lag: ReplicaLag | null): void {
  if (lag && lag.growthPerS > 0) states.push(resource('apply', writeRps / (writeRps - lag.growthPerS), reads + writes));
}

/** Load-driven resources of the store, without the times of its answers; with more reads than there are where `more` says so. */
export function relationalResources(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource, more: MoreReads | null): readonly ResourceState[] {
  const asked = askedOf(compiled, flows, facts, store, more);
  const load = shardOf(compiled.workload.ca2, store, asked, asked.hot);
  const states = resourcesOf(facts, store, asked, rdbmsLoads(load), rowLockS(facts, store, load, null), 0);
  addLag(states, asked, load.writeRps, lagOf(facts, store, asked, load.writeRps));
  return states;
}

interface SolvedShards extends ShardGroup { readonly load: Rdbms }

function solveShards(ca2: number, store: ReplicatedStoreResource, asked: Asked, shards: number, share: ShardShare): SolvedShards {
  const load = shardOf(ca2, store, asked, share);
  return { shards, reads: share.reads * shards, writes: share.writes * shards, result: rdbmsStation(load), load };
}

/** The hottest shard first, then the others, which are alike. */
function shardGroups(ca2: number, store: ReplicatedStoreResource, asked: Asked): readonly [SolvedShards, ...SolvedShards[]] {
  const { hot } = asked;
  const hottestOne = solveShards(ca2, store, asked, 1, hot);
  const others = Math.round(store.shards) - 1;
  return others < 1 ? [hottestOne] : [hottestOne, solveShards(ca2, store, asked, others, { reads: (1 - hot.reads) / others, writes: (1 - hot.writes) / others })];
}

/** The store under load: each request meets its shard, and the hottest shard is the first that is full. */
export function relationalStation(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): NodeStation {
  const asked = askedOf(compiled, flows, facts, store, null);
  const { replicaShare, scatter, crossShard, syncS, work, hot } = asked;
  const groups = shardGroups(compiled.workload.ca2, store, asked);
  const [{ result, load }] = groups;
  const lag = lagOf(facts, store, asked, load.writeRps);
  const connections = pooledConnections(compiled, facts);
  const resources = resourcesOf(facts, store, asked, result, rowLockS(facts, store, load, result), connections);
  addLag(resources, asked, load.writeRps, lag);
  const lagS = lag?.lagS == null ? null : lag.lagS + facts.lagTripS;
  const evidence: Record<string, number> = {
    connections, max_connections: store.max_connections, read_s: result.readS, write_s: result.writeS, replica_read_share: replicaShare, hottest_share: hot.reads,
  };
  if (lag) {
    evidence['lag_growth_per_s'] = lag.growthPerS;
    // share of a user's own writes that a replica does not show yet when they read again after the think time
    evidence['unseen_share'] = staleProbability(lagS, compiled.workload.think_s);
  }
  if (store.shards > 1) Object.assign(evidence, shardEvidence(store, hot, load.readRps, resources));
  const use: StoreUse = { store, replicaShare, scatter, crossShard, syncS, readCpuS: work.read.cpuS };
  let waitS = 0;
  let waitVariance = 0;
  for (const group of groups) {
    waitS += group.reads * group.result.cpuWaitS;
    waitVariance += group.reads * group.result.cpuWaitVariance;
  }
  const station = plainStation(resources, storeTimes(use, groups), waitS, waitVariance, facts.units, lagS, evidence);
  return work.stated ? { ...station, bySlot: slotTimes(compiled, facts, use, groups) } : station;
}
