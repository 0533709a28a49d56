/** The states of a walk ("slots") while they are found, as columns of numbers. */
import type { PointDemand } from '../../model/point-journey.ts';
import { READ, type NodeFacts, type Op, type Plan, type StoredDemand } from '../types.ts';
import { withOneMore } from './short-list.ts';

/** No state. */
export const NO_SLOT = -1;

/** Finds the state of a node (twice its index) and an operation (added to it). */
export interface SlotIndex { readonly get: (key: number) => number; readonly set: (key: number, slot: number) => void }

/** Slots by node and operation where nearly every node has some. */
export class DenseSlots implements SlotIndex {
  private readonly slots: Int32Array;

  constructor(nodes: number) {
    this.slots = new Int32Array(2 * nodes).fill(NO_SLOT);
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
const LEAST = 8;

/** Of each slot, in whole numbers: node, operation, first call and the one after the last, and the overrides that count. */
const NODE = 0;
const OP = 1;
const FIRST = 2;
const END = 3;
const VARIANT = 4;
const WHOLES = 5;
/** Own processor time and waits of one invocation, seconds, and the variation of the former. */
const CPU_S = 0;
const IO_S = 1;
const CS2 = 2;
const PARTS = 3;

/** Grows as slots are added; without overrides there are two for each node at most. */
export class SlotTable {
  count = 0;
  private readonly nodes: readonly NodeFacts[];
  /** Of each slot in turn. */
  private whole: Int32Array;
  private parts: Float64Array;
  private readonly stored = new Map<number, StoredDemand>();
  private readonly ofNode: (readonly number[])[];

  constructor(nodes: readonly NodeFacts[]) {
    this.nodes = nodes;
    const room = Math.max(LEAST, 2 * nodes.length);
    this.whole = new Int32Array(WHOLES * room);
    this.parts = new Float64Array(PARTS * room);
    this.ofNode = new Array<readonly number[]>(nodes.length).fill(NO_SLOTS);
  }

  private grow(): void {
    const { whole, parts } = this;
    this.whole = new Int32Array(2 * whole.length);
    this.whole.set(whole);
    this.parts = new Float64Array(2 * parts.length);
    this.parts.set(parts);
  }

  /** A new slot with the component's own demand, or with what a journey states in its place, field by field. `variant` is the number of the overrides that count. */
  add(node: number, op: Op, variant: number, stated: PointDemand | undefined): number {
    const slot = this.count++;
    if (WHOLES * slot >= this.whole.length) this.grow();
    const { process, pool, fn, store } = this.nodes[node] as NodeFacts;
    const usual = process?.demand ?? pool?.demand ?? fn?.demand;
    this.whole[WHOLES * slot + NODE] = node;
    this.whole[WHOLES * slot + OP] = op;
    this.whole[WHOLES * slot + VARIANT] = variant;
    this.parts[PARTS * slot + CPU_S] = stated?.cpu_ms !== undefined ? stated.cpu_ms / 1000 : (usual?.cpu_s ?? 0);
    this.parts[PARTS * slot + IO_S] = stated?.io_ms !== undefined ? stated.io_ms / 1000 : (usual?.io_s ?? 0);
    this.parts[PARTS * slot + CS2] = stated?.cs2 ?? usual?.cs2 ?? 1;
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
    return this.whole[WHOLES * slot + OP] as Op;
  }

  /** The number of the overrides that count in a slot. */
  variant(slot: number): number {
    return this.whole[WHOLES * slot + VARIANT] as number;
  }

  /** The calls of a slot are those from `first` to `end`-1. */
  setCalls(slot: number, first: number, end: number): void {
    this.whole[WHOLES * slot + FIRST] = first;
    this.whole[WHOLES * slot + END] = end;
  }

  private wholes(at: number): Int32Array {
    const column = new Int32Array(this.count);
    for (let slot = 0; slot < column.length; slot++) column[slot] = this.whole[WHOLES * slot + at] as number;
    return column;
  }

  private floats(at: number): Float64Array {
    const column = new Float64Array(this.count);
    for (let slot = 0; slot < column.length; slot++) column[slot] = this.parts[PARTS * slot + at] as number;
    return column;
  }

  /** As the plan has them. */
  columns(): SlotColumns {
    const slotNode = this.wholes(NODE);
    const slotSplit = new Array<boolean>(this.count);
    const slotStored = new Array<StoredDemand | null>(this.count);
    for (let slot = 0; slot < this.count; slot++) {
      slotSplit[slot] = (this.nodes[slotNode[slot] as number] as NodeFacts).split !== null;
      slotStored[slot] = this.stored.size === 0 ? null : (this.stored.get(slot) ?? null);
    }
    return {
      slotNode, slotOp: this.wholes(OP), slotSplit, slotCpuS: this.floats(CPU_S), slotIoS: this.floats(IO_S), slotCs2: this.floats(CS2), slotStored,
      firstCall: this.wholes(FIRST), endCall: this.wholes(END), nodeSlots: this.ofNode,
    };
  }
}
