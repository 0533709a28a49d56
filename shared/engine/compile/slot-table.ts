/** The states of a walk ("slots") while they are found, as columns of numbers. */
import type { PointDemand } from '../../model/point-journey.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { READ, type NodeFacts, type Op, type Plan, type StoredDemand } from '../types.ts';
import { withOneMore } from './short-list.ts';

/** No state. */
export const NO_SLOT = -1;

/** Finds the state of a node (twice its index) and an operation (added to it). */
export interface SlotIndex { readonly get: (key: number) => number; readonly set: (key: number, slot: number) => void }

/** Slots by node and operation where nearly every node has some. */
export class DenseSlots implements SlotIndex {
  private readonly slots: Numbers;

  constructor(nodes: number) {
    this.slots = wholes(2 * nodes).fill(NO_SLOT);
  }

  get(key: number): number {
    return this.slots[key] as number;
  }

  set(key: number, slot: number): void {
    this.slots[key] = slot;
  }
}

/** Slots by node and operation where few nodes have any. */
export class SparseSlots implements SlotIndex {
  private readonly slots = new Map<number, number>();

  get(key: number): number {
    return this.slots.get(key) ?? NO_SLOT;
  }

  set(key: number, slot: number): void {
    this.slots.set(key, slot);
  }
}

function storedDemand(stated: PointDemand, op: Op): StoredDemand | null {
  const cpuMs = (op === READ ? stated.read_cpu_ms : stated.write_cpu_ms) ?? stated.cpu_ms;
  const writeIops = op === READ ? undefined : stated.write_iops;
  if (cpuMs === undefined && writeIops === undefined && stated.cs2 === undefined) return null;
  return { cpuS: cpuMs === undefined ? null : cpuMs / 1000, cs2: stated.cs2 ?? 1, writeIops: writeIops ?? null };
}

/** The columns of the plan that have a row for each slot. */
export type SlotColumns = Pick<Plan, 'slotNode' | 'slotOp' | 'slotSplit' | 'slotCpuS' | 'slotIoS' | 'slotCs2' | 'slotStored' | 'firstCall' | 'endCall' | 'nodeSlots'>;

const NO_SLOTS: readonly number[] = [];

/** Grows as slots are added; without overrides there are two for each node at most. */
export class SlotTable {
  private readonly nodes: readonly NodeFacts[];
  /** Of each slot in turn. */
  private readonly slotNode: number[] = [];
  private readonly slotOp: Op[] = [];
  /** The overrides that count. */
  private readonly variants: number[] = [];
  private readonly firstCall: number[] = [];
  private readonly endCall: number[] = [];
  /** Own processor time and waits of one invocation, seconds, and the variation of the former. */
  private readonly slotCpuS: number[] = [];
  private readonly slotIoS: number[] = [];
  private readonly slotCs2: number[] = [];
  private readonly stored = new Map<number, StoredDemand>();
  private readonly ofNode: (readonly number[])[];

  constructor(nodes: readonly NodeFacts[]) {
    this.nodes = nodes;
    this.ofNode = new Array<readonly number[]>(nodes.length).fill(NO_SLOTS);
  }

  /** A new slot with the component's own demand, or with what a journey states in its place, field by field. `variant` is the number of the overrides that count. */
  add(node: number, op: Op, variant: number, stated: PointDemand | undefined): number {
    const slot = this.slotNode.length;
    const { process, pool, fn, store } = this.nodes[node] as NodeFacts;
    const usual = process?.demand ?? pool?.demand ?? fn?.demand;
    this.slotNode.push(node);
    this.slotOp.push(op);
    this.variants.push(variant);
    this.firstCall.push(0);
    this.endCall.push(0);
    this.slotCpuS.push(stated?.cpu_ms !== undefined ? stated.cpu_ms / 1000 : (usual?.cpu_s ?? 0));
    this.slotIoS.push(stated?.io_ms !== undefined ? stated.io_ms / 1000 : (usual?.io_s ?? 0));
    this.slotCs2.push(stated?.cs2 ?? usual?.cs2 ?? 1);
    const work = store && stated ? storedDemand(stated, op) : null;
    if (work) this.stored.set(slot, work);
    const known = this.of(node);
    this.ofNode[node] = withOneMore(known === NO_SLOTS ? null : (known as number[]), slot);
    return slot;
  }

  /** Slots of a node so far. */
  of(node: number): readonly number[] {
    return this.ofNode[node] as readonly number[];
  }

  /** Operation of a slot. */
  op(slot: number): Op {
    return this.slotOp[slot] as Op;
  }

  /** The number of the overrides that count in a slot. */
  variant(slot: number): number {
    return this.variants[slot] as number;
  }

  /** The calls of a slot are those from `first` to `end`-1. */
  setCalls(slot: number, first: number, end: number): void {
    this.firstCall[slot] = first;
    this.endCall[slot] = end;
  }

  /** As the plan has them. */
  columns(): SlotColumns {
    const { slotNode, slotOp, slotCpuS, slotIoS, slotCs2, firstCall, endCall } = this;
    const slotSplit = slotNode.map((node) => (this.nodes[node] as NodeFacts).split !== null);
    const slotStored = slotNode.map((_, slot) => this.stored.get(slot) ?? null);
    return { slotNode, slotOp, slotSplit, slotCpuS, slotIoS, slotCs2, slotStored, firstCall, endCall, nodeSlots: this.ofNode };
  }
}
