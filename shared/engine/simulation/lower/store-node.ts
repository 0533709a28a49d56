/** A relational database: processors and disk of the primary and of each replica, shard by shard (evaluation 5.6). */
import type { ReplicatedStoreResource } from '../../../contracts/behavior.ts';
import { geoShares } from '../../math/shards.ts';
import { READ, WRITE, type NodeFacts, type StoredDemand } from '../../types.ts';
import * as op from '../kernel/program.ts';
import { keyLanes } from './common.ts';
import type { Lowering, SimNode } from './parts.ts';

/** Round trip that a synchronous standby adds to each commit, seconds [A]. */
const SYNC_COMMIT_S = 0.001;
/** Changed pages go to the disk by and by, not with the commit; seconds on average [A]. */
const WRITE_BACK_S = 0.2;

/** Stations and laws of one machine of the store and those like it. */
interface Machines { readonly cpu: number; readonly io: number; readonly disk: number }

/** Laws of one operation, pages that a write changes, and the program that applies it again on the replicas. */
interface Work { readonly size: number; readonly read: number; readonly write: number; readonly pages: number; readonly replay: number }

class StoreLowering {
  private readonly lowering: Lowering;
  private readonly facts: NodeFacts;
  private readonly store: ReplicatedStoreResource;
  private readonly shards: number;
  private readonly lanes: number;
  private readonly size: number;
  private readonly primary: Machines;
  private readonly replica: Machines | null;
  private readonly commit: number;
  private readonly flush: number;
  private readonly replicaFlush: number;
  private readonly own: Work;
  readonly replay: number;
  readonly groups: readonly number[];

  constructor(lowering: Lowering, facts: NodeFacts, store: ReplicatedStoreResource) {
    const { stations, kernel, program } = lowering.machine;
    this.lowering = lowering;
    this.facts = facts;
    this.store = store;
    this.shards = Math.max(1, Math.round(store.shards));
    this.size = kernel.laws.of(1, 1);
    this.primary = this.machines('cpu', 'io', 1);
    this.replica = store.replicas > 0 ? this.machines('replica cpu', 'replica io', store.replicas) : null;
    this.lanes = this.laneTable();
    const sync = store.sync_commit || (store.replicas > 0 && store.replica_mode === 'sync');
    this.commit = kernel.laws.of((sync ? SYNC_COMMIT_S : 0) + facts.syncCopyS, 0);
    this.flush = this.writeBack(this.primary);
    this.replay = this.replayOn(this.primary, this.flush, this.law(store.write_cpu_s * store.replay), store.write_iops);
    this.replicaFlush = this.replica ? this.writeBack(this.replica) : program.here;
    this.own = this.work(null);
    this.groups = [stations.groupOf(this.primary.cpu), stations.groupOf(this.primary.io), ...(this.replica ? [stations.groupOf(this.replica.cpu), stations.groupOf(this.replica.io)] : [])];
  }

  /** Processor time of one operation: of whole processors, of which the last may be a part. */
  private law(cpuS: number): number {
    const { vcpu } = this.store;
    return this.lowering.machine.kernel.laws.sized((cpuS * Math.max(1, Math.ceil(vcpu - 1e-9))) / vcpu);
  }

  /** The store's own work, or what a journey states in its place. */
  private work(stated: StoredDemand | null): Work {
    const { store, replica } = this;
    const { program, kernel } = this.lowering.machine;
    const writeS = stated?.cpuS ?? store.write_cpu_s;
    const pages = stated?.writeIops ?? store.write_iops;
    return {
      size: kernel.laws.of(1, stated?.cs2 ?? 1), read: this.law(stated?.cpuS ?? store.read_cpu_s), write: this.law(writeS), pages,
      replay: replica ? this.replayOn(replica, this.replicaFlush, this.law(writeS * store.replay), pages) : program.here,
    };
  }

  private machines(cpu: string, io: string, copies: number): Machines {
    const { store, shards, facts } = this;
    const { stations, kernel } = this.lowering.machine;
    const cores = Math.max(1, Math.ceil(store.vcpu - 1e-9));
    const disks = Math.max(1, Math.round(store.iops * store.io_s));
    const group = { node: facts.view.index, units: shards * copies, policy: copies > 1 ? 'lane_copies' as const : 'lane' as const, copies };
    return {
      cpu: stations.add({ ...group, name: cpu, servers: cores }), io: stations.add({ ...group, name: io, units: shards * copies, each: disks, servers: 1, policy: 'lane_any', copies: copies * disks }),
      // without load an operation takes its latency; the servers fill up at the stated operations per second
      disk: kernel.laws.sized(Math.max(disks / store.iops, store.iops * store.io_s < 1 ? 1 / store.iops : 0)),
    };
  }

  private laneTable(): number {
    const { shards, store, facts } = this;
    if (shards === 1) return -1;
    const { lanes } = this.lowering.machine.program;
    if (store.placement !== 'geo') return keyLanes(this.lowering, facts, shards);
    let sum = 0;
    const cumulative = geoShares(store.geo_weights.length > 0 ? store.geo_weights : null, shards).map((share) => (sum += share));
    lanes.push({ lanes: shards, sampler: null, cumulative, last: false });
    return lanes.length - 1;
  }

  /** One changed page, on its own and some time later. */
  private writeBack({ io, disk }: Machines): number {
    const { program, kernel } = this.lowering.machine;
    const at = program.here;
    program.emit(op.DELAY, kernel.laws.of(WRITE_BACK_S, 1));
    program.emit(op.SIZE, this.size);
    program.emit(op.SERVE, io, disk);
    program.emit(op.END);
    return at;
  }

  /** A write that is applied again on a copy: less computing, the same pages. */
  private replayOn({ cpu }: Machines, flush: number, law: number, pages: number): number {
    const { program } = this.lowering.machine;
    const at = program.here;
    program.emit(op.SERVE, cpu, law);
    this.repeat(pages, flush);
    program.emit(op.END);
    return at;
  }

  private readOn({ cpu, io, disk }: Machines, read: number): void {
    const { program } = this.lowering.machine;
    program.emit(op.SERVE, cpu, read);
    const inMemory = program.emit(op.CHANCE, program.number(this.store.read_miss));
    program.emit(op.SERVE, io, disk);
    program.land(inMemory, 2);
  }

  /** On a replica, unless there is none or the caller asks the primary. */
  private readOne(law: number): void {
    const { program } = this.lowering.machine;
    if (!this.replica) return this.readOn(this.primary, law);
    const toPrimary = program.emit(op.IF_PRIMARY);
    this.readOn(this.replica, law);
    const done = program.emit(op.JUMP);
    program.land(toPrimary, 1);
    this.readOn(this.primary, law);
    program.land(done, 1);
  }

  private read({ read, size }: Work): void {
    const { program } = this.lowering.machine;
    if (this.shards === 1) return this.readOne(read);
    const one = program.emit(op.IF_ONE);
    const fork = program.forks.length;
    program.forks.push({ pcs: [], exit: 0, lanes: this.shards });
    program.emit(op.FORK, fork);
    program.emit(op.JOIN);
    const done = program.emit(op.JUMP);
    program.land(one, 1);
    program.emit(op.LANE, this.lanes);
    this.readOne(read);
    program.land(done, 1);
    this.lowering.deferred.push(() => {
      const at = program.here;
      program.emit(op.SIZE, size);
      this.readOne(read);
      program.forks[fork] = { pcs: [at], exit: program.here, lanes: this.shards };
      program.emit(op.END);
    });
  }

  private writeOne({ write, pages, replay }: Work): void {
    const { program } = this.lowering.machine;
    const { cpu, io, disk } = this.primary;
    const { store } = this;
    if (this.lanes >= 0) program.emit(op.LANE, store.placement === 'range' ? this.lastLane() : this.lanes);
    program.emit(op.SERVE, cpu, write);
    program.emit(op.SERVE, io, disk);
    this.repeat(pages - 1, this.flush);
    if (this.replica) this.repeat(store.replicas, replay);
  }

  private lastLane(): number {
    const { lanes } = this.lowering.machine.program;
    lanes.push({ lanes: this.shards, sampler: null, cumulative: [], last: true });
    return lanes.length - 1;
  }

  /** Work that the write leaves behind. */
  private repeat(count: number, snippet: number): void {
    if (!(count > 0)) return;
    const { program } = this.lowering.machine;
    const none = program.emit(op.COUNT, program.number(count));
    const again = program.emit(op.BACKGROUND, snippet);
    program.emit(op.LOOP, again);
    program.land(none, 2);
  }

  /** Instructions of one operation. */
  begin(operation: number, stated: StoredDemand | null): void {
    const { program } = this.lowering.machine;
    const begin = stated === null ? null : program.emit(op.JUMP);
    const work = stated === null ? this.own : this.work(stated);
    if (begin !== null) program.land(begin, 1);
    program.emit(op.SIZE, work.size);
    if (operation === READ) return this.read(work);
    this.writeOne(work);
    if (this.shards > 1) {
      const single = program.emit(op.IF_SINGLE);
      this.writeOne(work);
      program.land(single, 1);
    }
    for (const snippet of this.lowering.replays[this.facts.view.index] ?? []) program.emit(op.BACKGROUND, snippet);
    if (operation === WRITE && this.commit !== 0) program.emit(op.DELAY, this.commit);
  }
}

/** The store as a node of the simulation. */
export function lowerStore(lowering: Lowering, facts: NodeFacts, resource: ReplicatedStoreResource): SimNode {
  const store = new StoreLowering(lowering, facts, resource);
  return { groups: store.groups, server: null, fn: null, pooled: null, units: 1, fill: -1, replay: store.replay, begin: (operation, _cpuS, _ioS, _cs2, stored) => store.begin(operation, stored), end: () => undefined };
}
