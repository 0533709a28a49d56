/** One relational database (or one shard of it) with read replicas: CPU, I/O, lag (evaluation 5.6). */
import { station } from './allen-cunneen.ts';
import type { Station } from './allen-cunneen.ts';
import { clampShare } from './numeric.ts';
import { cappedLatency, resourceRho } from './utilisation.ts';

/** Share of the reads that miss memory, pages of one write, and the work of replaying it over that of the write [A]. */
const READ_MISS = 0.1;
const WRITE_IOPS = 2.1;
const REPLAY = 0.3;

/** Load and size of one primary. Rates 1/s, times s; iops operations/s. */
export interface Rdbms {
  readRps: number;
  writeRps: number;
  vcpu: number;
  readCpuS: number;
  writeCpuS: number;
  iops: number;
  replicas?: number;
  /** Share of the reads that go to replicas (0 without replicas). */
  replicaReadShare?: number;
  /** Added to each commit by a synchronous standby. */
  syncRttS?: number;
  /** Share of reads that miss memory. */
  readMiss?: number;
  /** CPU of replaying a write on a replica over that of the write. */
  replay?: number;
  writeIops?: number;
  ioS?: number;
  ca2?: number;
  cs2?: number;
  /** Of the reads and of the writes where they vary otherwise: several kinds of each. */
  readCs2?: number;
  writeCs2?: number;
  /**
   * True: count that reads, writes and replays differ in length (semantics 5), and read from the replica's own disk. The
   * known answers of whole designs take one class for all and the primary's disk, as without it.
   */
  mixed?: boolean;
}

/** Loads (uncapped) and latencies (s, finite). readS and writeS are on the primary. */
export interface RdbmsResult {
  rhoCpu: number;
  rhoIo: number;
  /** 0 without replicas. */
  rhoReplica: number;
  /** Disk of one replica: its reads and the pages of all writes; 0 without replicas. */
  rhoReplicaIo: number;
  saturated: boolean;
  cpuWaitS: number;
  cpuWaitVariance: number;
  ioLatencyS: number;
  /** Equal to those of the primary without replicas. */
  replicaWaitS: number;
  replicaWaitVariance: number;
  replicaIoS: number;
  readS: number;
  writeS: number;
  /** Equal to readS without replicas. */
  replicaReadS: number;
  /** Multiple of the present load that still fits (knee not applied); null without load. */
  capacityScale: number | null;
}

/** Rate (1/s) and mean length (s) of one kind of work, and its Cs2 where it is not that of the others. */
export interface Work {
  readonly rps: number;
  readonly serviceS: number;
  readonly cs2?: number;
}

/** Cs2 of a mix of kinds of work that each vary by cs2: sum p (1 + cs2) s^2 / S^2 - 1 (semantics 5). cs2 itself for one kind. */
export function mixedVariation(work: readonly Work[], cs2 = 1): number {
  let rate = 0;
  let first = 0;
  let second = 0;
  for (const { rps, serviceS, cs2: own = cs2 } of work) {
    rate += rps;
    first += rps * serviceS;
    second += (1 + own) * rps * serviceS * serviceS;
  }
  return first > 0 ? Math.max(0, (second * rate) / (first * first) - 1) : cs2;
}

/** Cs2 of reads and other work of one machine, which are of different lengths where `mixed` says so. */
function variationOf(db: Rdbms, reads: number, writes: number, writeS: number): number {
  const { cs2 = 1, readCs2 = cs2, writeCs2 = cs2, readCpuS } = db;
  if (!db.mixed) return cs2;
  const first = reads * readCpuS + writes * writeS;
  const second = (1 + readCs2) * reads * readCpuS * readCpuS + (1 + writeCs2) * writes * writeS * writeS;
  return first > 0 ? Math.max(0, (second * (reads + writes)) / (first * first) - 1) : cs2;
}

/** Share of the reads that replicas answer. */
function replicaShare({ replicas = 0, replicaReadShare = 0 }: Rdbms): number {
  return replicas > 0 ? clampShare(replicaReadShare) : 0;
}

/** Reads per second that reach the primary. */
function primaryReads(db: Rdbms): number {
  return (1 - replicaShare(db)) * db.readRps;
}

/** Reads per second that reach each replica. */
function replicaReads(db: Rdbms): number {
  const { readRps, replicas = 0 } = db;
  return replicas > 0 ? (replicaShare(db) * readRps) / replicas : 0;
}

/** Mean length of so many reads and so much other work. */
function meanServiceS(readRps: number, readS: number, otherRps: number, otherS: number): number {
  const rps = readRps + otherRps;
  return rps > 0 ? (readRps * readS + otherRps * otherS) / rps : readS;
}

/** Time to apply one write again. */
function replayS({ replay = REPLAY, writeCpuS }: Rdbms): number {
  return replay * writeCpuS;
}

/** Reads of a replica with those that replaying all writes amounts to, where one length is taken for all. */
function readsAndReplays({ readCpuS, writeRps }: Rdbms, reads: number, replayedS: number): number {
  return reads + (readCpuS > 0 ? (writeRps * replayedS) / readCpuS : 0);
}

/** Cores of a replica, which also replays every write. */
function replicaCores(db: Rdbms, reads: number): Station {
  const { readCpuS, writeRps, vcpu, ca2 = 1, cs2 = 1 } = db;
  const other = replayS(db);
  if (!db.mixed) return station(readsAndReplays(db, reads, other), readCpuS, vcpu, ca2, cs2);
  return station(reads + writeRps, meanServiceS(reads, readCpuS, writeRps, other), vcpu, ca2, variationOf(db, reads, writeRps, other));
}

function primaryCores(db: Rdbms, reads: number): Station {
  const { readCpuS, writeRps, writeCpuS, vcpu, ca2 = 1 } = db;
  return station(reads + writeRps, meanServiceS(reads, readCpuS, writeRps, writeCpuS), vcpu, ca2, variationOf(db, reads, writeRps, writeCpuS));
}

/** Load of the cores of a replica. */
function replicaRho(db: Rdbms, reads: number): number {
  const { readCpuS, writeRps, vcpu } = db;
  const other = replayS(db);
  if (!db.mixed) return resourceRho(readsAndReplays(db, reads, other) * readCpuS, vcpu);
  return resourceRho((reads + writeRps) * meanServiceS(reads, readCpuS, writeRps, other), vcpu);
}

/** Utilisations of cores and disk, uncapped. */
export type RdbmsLoads = Pick<RdbmsResult, 'rhoCpu' | 'rhoIo' | 'rhoReplica' | 'rhoReplicaIo'>;

/** Share of the disk that the pages of all writes and of so many reads take. */
function diskLoad({ writeRps, writeIops = WRITE_IOPS, readMiss = READ_MISS, iops }: Rdbms, reads: number): number {
  return resourceRho(writeRps * writeIops + reads * readMiss, iops);
}

/** The loads of `rdbmsStation` alone, which need no queue: cores and disk of the primary, and of a replica (0 without any). */
export function rdbmsLoads(db: Rdbms): RdbmsLoads {
  const { readCpuS, writeRps, writeCpuS, vcpu, replicas = 0 } = db;
  const primary = primaryReads(db);
  const rhoCpu = resourceRho((primary + writeRps) * meanServiceS(primary, readCpuS, writeRps, writeCpuS), vcpu);
  const rhoIo = diskLoad(db, primary);
  if (!(replicas > 0)) return { rhoCpu, rhoIo, rhoReplica: 0, rhoReplicaIo: 0 };
  return { rhoCpu, rhoIo, rhoReplica: replicaRho(db, replicaReads(db)), rhoReplicaIo: diskLoad(db, replicaReads(db)) };
}

/**
 * CPU: G/G/vcpu with the mean demand of the mix reaching the primary. I/O: rho = (writeIops w + miss r)/iops, latency
 * io/(1-rho). read = wait + readCpu + miss * io; write = wait + writeCpu + io + sync RTT. Replicas carry their share of
 * the reads and replay all writes, so they never raise the write ceiling.
 */
export function rdbmsStation(db: Rdbms): RdbmsResult {
  const { readMiss = READ_MISS, ioS = 0.001, replicas = 0, readCpuS } = db;
  const primary = primaryReads(db);
  const cpu = primaryCores(db, primary);
  const replica = replicas > 0 ? replicaCores(db, replicaReads(db)) : cpu;
  const rhoIo = diskLoad(db, primary);
  const rhoReplicaIo = replicas > 0 ? diskLoad(db, replicaReads(db)) : 0;
  const io = cappedLatency(ioS, rhoIo);
  const replicaIo = replicas > 0 && db.mixed ? cappedLatency(ioS, rhoReplicaIo) : io;
  const rhoReplica = replicas > 0 ? replica.rho : 0;
  const highest = Math.max(cpu.rho, rhoIo, rhoReplica, db.mixed ? rhoReplicaIo : 0);
  return {
    rhoCpu: cpu.rho,
    rhoIo,
    rhoReplica,
    rhoReplicaIo,
    saturated: highest >= 1,
    cpuWaitS: cpu.waitS,
    cpuWaitVariance: cpu.waitVariance,
    ioLatencyS: io,
    replicaWaitS: replica.waitS,
    replicaWaitVariance: replica.waitVariance,
    replicaIoS: replicaIo,
    readS: cpu.waitS + readCpuS + readMiss * io,
    writeS: cpu.waitS + db.writeCpuS + io + (db.syncRttS ?? 0),
    replicaReadS: replica.waitS + readCpuS + readMiss * replicaIo,
    capacityScale: highest > 0 ? 1 / highest : null,
  };
}

/** Mean replication lag, or its growth when the apply thread cannot keep up. */
export interface ReplicaLag {
  /** Mean lag (s); null when it grows without bound. */
  lagS: number | null;
  /** Transactions per second by which the lag grows, 0 when stable. */
  growthPerS: number;
}

/** L = base + 1/(mu_apply - w), mu_apply = 1/(writeCpu * replay): one apply thread as M/M/1. Rates 1/s, times s. */
export function replicaLag(writeRps: number, writeCpuS: number, replay = REPLAY, baseS = 0.1): ReplicaLag {
  const demand = writeCpuS * replay;
  if (!(demand > 0)) return { lagS: baseS, growthPerS: 0 };
  const apply = 1 / demand;
  if (writeRps >= apply) return { lagS: null, growthPerS: writeRps - apply };
  return { lagS: baseS + 1 / (apply - writeRps), growthPerS: 0 };
}

/** P(a read delayS after the write is stale on a replica) = e^{-delay/lag}; 1 for a lag without bound (null). */
export function staleProbability(lagS: number | null, delayS: number): number {
  if (lagS === null) return 1;
  return lagS > 0 ? Math.exp(-Math.max(0, delayS) / lagS) : 0;
}

/** q-quantile of the lag: -L ln(1-q) (s); null stays null. */
export function lagQuantile(lagS: number | null, q: number): number | null {
  return lagS === null ? null : -lagS * Math.log(1 - q);
}

/** Bytes a second at which a table is read and written again [A] (evaluation 8.5). */
const REWRITE_BYTES_PER_S = 50e6;

/** Seconds that a schema change made all at once keeps a table locked: rows x bytes of a row / 50 MB/s. */
export function tableRewriteS(rows: number, rowBytes: number): number {
  return (Math.max(0, rows) * Math.max(0, rowBytes)) / REWRITE_BYTES_PER_S;
}

/** Wait for the lock of the hottest row: M/M/1 with hold = lock time and lambda = writes times the hottest key's share. */
export function hotRowLock(writeRps: number, hottestKeyShare: number, lockS: number): { rho: number; waitS: number; saturated: boolean } {
  return station(writeRps * hottestKeyShare, lockS, 1);
}
