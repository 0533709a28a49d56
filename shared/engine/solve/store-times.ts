/** Response times of a relational database: hits and misses of memory, primary and replicas, hot and other shards. */
import type { ReplicatedStoreResource } from '../../contracts/behavior.ts';
import type { RdbmsResult } from '../math/rdbms.ts';
import { choose, mergeBranches, repeat } from '../math/mixture-combine.ts';
import { maxOfIid, parallelMax } from '../math/mixture-maximum.ts';
import type { Branch, Mixture } from '../math/mixture.ts';
import { WRITE, type CompiledDesign, type NodeFacts, type NodeStation, type Op } from '../types.ts';
import { slotWork } from './store-work.ts';

/** More branches than these bring nothing that a percentile shows. */
const MOST_BRANCHES = 6;

/** Shards of the same load: the share of the reads and of the writes that one of them answers, and how each of them does. */
export interface ShardGroup {
  readonly shards: number;
  readonly reads: number;
  readonly writes: number;
  readonly result: RdbmsResult;
}

/** How the callers use the store. */
export interface StoreUse {
  readonly store: ReplicatedStoreResource;
  /** Share of the reads that replicas answer. */
  readonly replicaShare: number;
  /** Share of the reads that ask all shards, and of the writes that commit on two. */
  readonly scatter: number;
  readonly crossShard: number;
  /** Round trip that a commit waits for copies, seconds. */
  readonly syncS: number;
  /** Processor time of one read, seconds. */
  readonly readCpuS: number;
  /** Processor time of one write where it is not the mean one, seconds. */
  readonly writeCpuS?: number;
}

/** This work after a wait, all of it exponential. */
function branchOf(weight: number, workS: number, waitS: number, variance: number): Branch {
  return { weight, shift: 0, mean: waitS + workS, variance: variance + workS * workS };
}

/** One read on one machine: in memory or from the disk; the steps of one query are long or short together. */
function readOn({ store, readCpuS }: StoreUse, waitS: number, variance: number, ioS: number): Mixture {
  const hit = branchOf(1 - store.read_miss, readCpuS, waitS, variance);
  const miss = branchOf(store.read_miss, readCpuS + ioS, waitS, variance);
  return store.read_miss <= 0 ? [hit] : store.read_miss >= 1 ? [miss] : [hit, miss];
}

function readOf(use: StoreUse, result: RdbmsResult): Mixture {
  const { replicaShare } = use;
  const primary = (): Mixture => readOn(use, result.cpuWaitS, result.cpuWaitVariance, result.ioLatencyS);
  const replica = (): Mixture => readOn(use, result.replicaWaitS, result.replicaWaitVariance, result.replicaIoS);
  if (replicaShare <= 0) return primary();
  return replicaShare >= 1 ? replica() : choose([{ probability: replicaShare, mixture: replica() }, { probability: 1 - replicaShare, mixture: primary() }]);
}

function writeOf({ syncS, writeCpuS }: StoreUse, result: RdbmsResult): Mixture {
  const workS = writeCpuS === undefined ? result.writeS - result.cpuWaitS - syncS : writeCpuS + result.ioLatencyS;
  return [{ weight: 1, shift: syncS, mean: result.cpuWaitS + workS, variance: result.cpuWaitVariance + workS * workS }];
}

function anyOf(groups: readonly ShardGroup[], share: (group: ShardGroup) => number, of: (result: RdbmsResult) => Mixture): Mixture {
  const [only] = groups;
  if (groups.length === 1 && only) return of(only.result);
  return mergeBranches(choose(groups.map((group) => ({ probability: share(group), mixture: of(group.result) }))), MOST_BRANCHES);
}

/**
 * Times of a read and of a write: those of the shard that it meets. A scatter read waits for the slowest of all shards; a
 * write over two shards commits in two phases.
 */
export function storeTimes(use: StoreUse, groups: readonly ShardGroup[]): NodeStation['local'] {
  const single = anyOf(groups, ({ reads }) => reads, (result) => readOf(use, result));
  const one = anyOf(groups, ({ writes }) => writes, (result) => writeOf(use, result));
  if (use.store.shards <= 1) return [single, one];
  const all = (): Mixture => groups.map(({ shards, result }) => maxOfIid(readOf(use, result), shards)).reduce((slowest, other) => parallelMax(slowest, other));
  const read = use.scatter > 0 ? choose([{ probability: use.scatter, mixture: all() }, { probability: 1 - use.scatter, mixture: single }]) : single;
  return [read, use.crossShard > 0 ? repeat(one, 1 + use.crossShard) : one];
}

/** Times of each slot's own operation, where journeys ask for different work: the same wait, and what this journey asks. */
export function slotTimes(compiled: CompiledDesign, facts: NodeFacts, use: StoreUse, groups: readonly ShardGroup[]): Readonly<Record<number, Mixture>> {
  const { plan } = compiled;
  return Object.fromEntries((plan.nodeSlots[facts.view.index] ?? []).map((slot) => {
    const op = plan.slotOp[slot] as Op;
    const { cpuS } = slotWork(compiled, use.store, slot, op);
    const [read, write] = storeTimes({ ...use, ...(op === WRITE ? { writeCpuS: cpuS } : { readCpuS: cpuS }) }, groups);
    return [slot, op === WRITE ? write : read];
  }));
}
