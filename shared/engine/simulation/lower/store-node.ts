/** A relational database: processors and disk of the primary and of each replica, shard by shard (evaluation 5.6). */
import type { ReplicatedStoreResource } from '../../../contracts/behavior.ts';
import { geoShares } from '../../math/shards.ts';
import { READ, WRITE, type NodeFacts } from '../../types.ts';
import * as op from '../kernel/program.ts';
import { keyLanes } from './common.ts';
import type { Lowering, SimNode } from './parts.ts';

/** Round trip that a synchronous standby adds to each commit, seconds [A]. */
const SYNC_COMMIT_S = 0.001;

/** Stations and laws of one machine of the store and those like it. */
interface Machines { readonly cpu: number; readonly io: number; readonly read: number; readonly write: number; readonly replay: number; readonly disk: number }

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
  private readonly replicaReplay: number;
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
    this.flush = this.snippet(this.primary.io, this.primary.disk);
    this.replay = this.snippet(this.primary.cpu, this.primary.replay);
    this.replicaReplay = this.replica ? this.snippet(this.replica.cpu, this.replica.replay) : program.here;
    this.groups = [stations.groupOf(this.primary.cpu), stations.groupOf(this.primary.io), ...(this.replica ? [stations.groupOf(this.replica.cpu), stations.groupOf(this.replica.io)] : [])];
  }

  private machines(cpu: string, io: string, copies: number): Machines {
    const { store, shards, facts } = this;
    const { stations, kernel } = this.lowering.machine;
    const cores = Math.max(1, Math.ceil(store.vcpu - 1e-9));
    const slower = cores / store.vcpu;
    const disks = Math.max(1, Math.round(store.iops * store.io_s));
    const group = { node: facts.view.index, units: shards * copies, policy: copies > 1 ? 'lane_copies' as const : 'lane' as const, copies };
    return {
      cpu: stations.add({ ...group, name: cpu, servers: cores }), io: stations.add({ ...group, name: io, units: shards * copies, each: disks, servers: 1, policy: 'lane_any', copies: copies * disks }),
      read: kernel.laws.sized(store.read_cpu_s * slower), write: kernel.laws.sized(store.write_cpu_s * slower), replay: kernel.laws.sized(store.write_cpu_s * store.replay * slower),
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

  private snippet(station: number, law: number): number {
    const { program } = this.lowering.machine;
    const at = program.here;
    program.emit(op.SERVE, station, law);
    program.emit(op.END);
    return at;
  }

  private readOn({ cpu, io, read, disk }: Machines): void {
    const { program } = this.lowering.machine;
    program.emit(op.SERVE, cpu, read);
    const inMemory = program.emit(op.CHANCE, program.number(this.store.read_miss));
    program.emit(op.SERVE, io, disk);
    program.land(inMemory, 2);
  }

  /** On a replica, unless there is none or the caller asks the primary. */
  private readOne(): void {
    const { program } = this.lowering.machine;
    if (!this.replica) return this.readOn(this.primary);
    const toPrimary = program.emit(op.IF_PRIMARY);
    this.readOn(this.replica);
    const done = program.emit(op.JUMP);
    program.land(toPrimary, 1);
    this.readOn(this.primary);
    program.land(done, 1);
  }

  private read(): void {
    const { program } = this.lowering.machine;
    if (this.shards === 1) return this.readOne();
    const one = program.emit(op.IF_ONE);
    const fork = program.forks.length;
    program.forks.push({ pcs: [], exit: 0, lanes: this.shards });
    program.emit(op.FORK, fork);
    program.emit(op.JOIN);
    const done = program.emit(op.JUMP);
    program.land(one, 1);
    program.emit(op.LANE, this.lanes);
    this.readOne();
    program.land(done, 1);
    this.lowering.deferred.push(() => {
      const at = program.here;
      program.emit(op.SIZE, this.size);
      this.readOne();
      program.forks[fork] = { pcs: [at], exit: program.here, lanes: this.shards };
      program.emit(op.END);
    });
  }

  private writeOne(): void {
    const { program } = this.lowering.machine;
    const { cpu, io, write, disk } = this.primary;
    const { store } = this;
    if (this.lanes >= 0) program.emit(op.LANE, store.placement === 'range' ? this.lastLane() : this.lanes);
    program.emit(op.SERVE, cpu, write);
    program.emit(op.SERVE, io, disk);
    this.repeat(store.write_iops - 1, this.flush);
    if (this.replica) this.repeat(store.replicas, this.replicaReplay);
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
  begin(operation: number): void {
    const { program } = this.lowering.machine;
    program.emit(op.SIZE, this.size);
    if (operation === READ) return this.read();
    this.writeOne();
    if (this.shards > 1) {
      const single = program.emit(op.IF_SINGLE);
      this.writeOne();
      program.land(single, 1);
    }
    for (const snippet of this.lowering.replays[this.facts.view.index] ?? []) program.emit(op.BACKGROUND, snippet);
    if (operation === WRITE && this.commit !== 0) program.emit(op.DELAY, this.commit);
  }
}

/** The store as a node of the simulation. */
export function lowerStore(lowering: Lowering, facts: NodeFacts, resource: ReplicatedStoreResource): SimNode {
  const store = new StoreLowering(lowering, facts, resource);
  return { groups: store.groups, server: null, fn: null, pooled: null, units: 1, fill: -1, replay: store.replay, begin: (operation) => store.begin(operation), end: () => undefined };
}
