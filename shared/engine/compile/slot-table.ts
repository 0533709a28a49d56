/** The states of a walk ("slots") while they are found, as columns of numbers. */
import type { PointDemand } from '../../model/point-journey.ts';
import { READ, type NodeFacts, type Op, type Plan, type StoredDemand } from '../types.ts';
import type { SlotIndex } from './variant.ts';

/** Slots by node and operation where nearly every node has some. */
export class DenseSlots implements SlotIndex {
  /** One more than the slot; 0 for none. */
  private readonly places: Int32Array;

  constructor(nodes: number) {
    this.places = new Int32Array(2 * nodes);
  }

  get(key: number): number | undefined {
    const place = this.places[key] as number;
    return place === 0 ? undefined : place - 1;
  }

  set(key: number, slot: number): void {
    this.places[key] = slot + 1;
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

/** Grows as slots are added; without overrides there are two for each node at most. */
export class SlotTable {
  count = 0;
  private readonly nodes: readonly NodeFacts[];
  /** Node, operation, first call and the one after the last, of each slot in turn. */
  private whole: Int32Array;
  /** Own processor time and waits of one invocation, seconds, and the variation of the former. */
  private parts: Float64Array;
  private readonly stored = new Map<number, StoredDemand>();
  private readonly ofNode: number[][];

  constructor(nodes: readonly NodeFacts[]) {
    this.nodes = nodes;
    const room = Math.max(LEAST, 2 * nodes.length);
    this.whole = new Int32Array(4 * room);
    this.parts = new Float64Array(3 * room);
    this.ofNode = new Array<number[]>(nodes.length);
  }

  private grow(): void {
    const { whole, parts } = this;
    this.whole = new Int32Array(2 * whole.length);
    this.whole.set(whole);
    this.parts = new Float64Array(2 * parts.length);
    this.parts.set(parts);
  }

  /** A new slot with the component's own demand, or with what a journey states in its place, field by field. */
  add(node: number, op: Op, stated: PointDemand | undefined): number {
    const slot = this.count++;
    if (4 * slot >= this.whole.length) this.grow();
    const { process, pool, fn, store } = this.nodes[node] as NodeFacts;
    const usual = process?.demand ?? pool?.demand ?? fn?.demand;
    this.whole[4 * slot] = node;
    this.whole[4 * slot + 1] = op;
    this.parts[3 * slot] = stated?.cpu_ms !== undefined ? stated.cpu_ms / 1000 : (usual?.cpu_s ?? 0);
    this.parts[3 * slot + 1] = stated?.io_ms !== undefined ? stated.io_ms / 1000 : (usual?.io_s ?? 0);
    this.parts[3 * slot + 2] = stated?.cs2 ?? usual?.cs2 ?? 1;
    const work = store && stated ? storedDemand(stated, op) : null;
    if (work) this.stored.set(slot, work);
    const known = this.ofNode[node];
    // mostly a read and a write: a list that grows takes room for many more
    if (!known) this.ofNode[node] = [slot];
    else if (known.length === 1) this.ofNode[node] = [known[0] as number, slot];
    else known.push(slot);
    return slot;
  }

  /** Slots of a node so far. */
  of(node: number): readonly number[] {
    return this.ofNode[node] ?? NO_SLOTS;
  }

  /** Operation of a slot. */
  op(slot: number): Op {
    return this.whole[4 * slot + 1] as Op;
  }

  /** The calls of a slot are those from `first` to `end`-1. */
  setCalls(slot: number, first: number, end: number): void {
    this.whole[4 * slot + 2] = first;
    this.whole[4 * slot + 3] = end;
  }

  private wholes(at: number): Int32Array {
    const column = new Int32Array(this.count);
    for (let slot = 0; slot < column.length; slot++) column[slot] = this.whole[4 * slot + at] as number;
    return column;
  }

  private floats(at: number): Float64Array {
    const column = new Float64Array(this.count);
    for (let slot = 0; slot < column.length; slot++) column[slot] = this.parts[3 * slot + at] as number;
    return column;
  }

  /** As the plan has them. */
  columns(): SlotColumns {
    const slotNode = this.wholes(0);
    const slotSplit = new Array<boolean>(this.count);
    const slotStored = new Array<StoredDemand | null>(this.count);
    for (let slot = 0; slot < this.count; slot++) {
      slotSplit[slot] = (this.nodes[slotNode[slot] as number] as NodeFacts).split !== null;
      slotStored[slot] = this.stored.get(slot) ?? null;
    }
    return {
      slotNode, slotOp: this.wholes(1), slotSplit, slotCpuS: this.floats(0), slotIoS: this.floats(1), slotCs2: this.floats(2), slotStored,
      firstCall: this.wholes(2), endCall: this.wholes(3), nodeSlots: this.nodes.map((_, node) => this.of(node)),
    };
  }
}
