/** What the operations of a relational store take: its own parameters, or what the journeys that use it state (semantics 4, 5). */
import type { ReplicatedStoreResource } from '../../contracts/behavior.ts';
import { oncePer } from '../../lib/once-per.ts';
import { mixedVariation } from '../math/rdbms.ts';
import { READ, WRITE, type CompiledDesign, type NodeFacts, type Op, type Plan, type TrafficResult } from '../types.ts';

/** Mean processor time of one operation, seconds, with its Cs2 including the variance between journeys, and the pages that it writes. */
export interface OperationWork { readonly cpuS: number; readonly cs2: number; readonly iops: number }

/** Reads and writes of a store; `stated` where a journey states any of it. */
export interface StoreWork { readonly read: OperationWork; readonly write: OperationWork; readonly stated: boolean }

/** Work of one operation of one slot. */
export function slotWork({ plan }: CompiledDesign, store: ReplicatedStoreResource, slot: number, op: Op): OperationWork {
  const stated = plan.slotStored[slot];
  return { cpuS: stated?.cpuS ?? (op === READ ? store.read_cpu_s : store.write_cpu_s), cs2: stated?.cs2 ?? 1, iops: stated?.writeIops ?? store.write_iops };
}

/** The mean over journeys by their arrivals; without any by their number. */
function meanWork(compiled: CompiledDesign, flows: TrafficResult, slots: readonly number[], store: ReplicatedStoreResource, op: Op): OperationWork {
  const [only = -1] = slots;
  if (slots.length < 2) return slotWork(compiled, store, only, op);
  const total = slots.reduce((sum, slot) => sum + (flows.arrive[slot] as number), 0);
  const kinds = slots.map((slot) => ({ rps: total > 0 ? (flows.arrive[slot] as number) / total : 1 / slots.length, work: slotWork(compiled, store, slot, op) }));
  return {
    cpuS: kinds.reduce((sum, { rps, work }) => sum + rps * work.cpuS, 0),
    cs2: mixedVariation(kinds.map(({ rps, work }) => ({ rps, serviceS: work.cpuS, cs2: work.cs2 }))),
    iops: kinds.reduce((sum, { rps, work }) => sum + rps * work.iops, 0),
  };
}

/** Work of a store by its own parameters alone. */
const ownWork = oncePer((store: ReplicatedStoreResource): StoreWork => ({
  read: { cpuS: store.read_cpu_s, cs2: 1, iops: store.write_iops }, write: { cpuS: store.write_cpu_s, cs2: 1, iops: store.write_iops }, stated: false,
}));

function isStated({ slotStored }: Plan, slots: readonly number[]): boolean {
  for (let i = 0; i < slots.length; i++) if (slotStored[slots[i] as number] != null) return true;
  return false;
}

/** Work of the mean read and of the mean write of a store. */
export function storeWork(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, store: ReplicatedStoreResource): StoreWork {
  const { plan } = compiled;
  const slots = plan.nodeSlots[facts.view.index] ?? [];
  if (!isStated(plan, slots)) return ownWork(store);
  const of = (op: Op): OperationWork => meanWork(compiled, flows, slots.filter((slot) => plan.slotOp[slot] === op), store, op);
  return { read: of(READ), write: of(WRITE), stated: true };
}

/** Writes per second of other stores that one applies again: how many, and in writes of their own length. */
export interface ReplayedWrites { readonly rps: number; readonly work: number }

const NONE: ReplayedWrites = { rps: 0, work: 0 };

/** Writes of the stores that this one replays. */
export function replayedWrites(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts): ReplayedWrites {
  if (facts.replays.length === 0) return NONE;
  let rps = 0;
  let work = 0;
  for (const index of facts.replays) {
    const source = compiled.nodes[index] as NodeFacts;
    const writes = flows.nodeWrites[index] as number;
    rps += writes;
    work += writes * (source.store && source.store.write_cpu_s > 0 ? storeWork(compiled, flows, source, source.store).write.cpuS / source.store.write_cpu_s : 1);
  }
  return { rps, work };
}
