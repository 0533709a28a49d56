/** What journeys may differ in while they walk the same drawing. */
import type { JourneyView, NodeView } from '../../contracts/graph-view.ts';
import type { PointDemand, PointStep } from '../../model/point-journey.ts';
import { READ, type NodeFacts, type Op, type StoredDemand } from '../types.ts';
import { likely } from '../../model/quantity.ts';
import { carriesLoad } from './cycles.ts';
import type { FindView } from './ways-out.ts';

/** What journeys may differ in: their overrides. Journeys with the same overrides share one walk. */
export interface Variant {
  readonly steps: ReadonlyMap<string, readonly PointStep[]>;
  readonly demands: Readonly<Record<string, PointDemand>>;
  readonly mixed: boolean;
  readonly cacheable: number;
  /** Region of the clients, '' where it is not drawn or makes no difference. */
  readonly region: string;
  /** The walk without overrides, for the nodes where this one has none (`own` is 0). Null for such a walk itself. */
  readonly plain: Variant | null;
  readonly own: Uint8Array;
  /** Slot of each node and operation, -1 while it is not reached. */
  readonly slots: Int32Array;
}

/** Share of a journey's reads that an edge cache may answer at all (semantics 7). */
export function cacheableShare({ journey }: JourneyView): number {
  return journey.cacheable === 'public' ? 1 : (likely(journey.cacheable_fraction ?? 0));
}

/** Journeys with the same signature share one walk. `region` is where their clients are. */
export function signature(view: JourneyView, region: string): string {
  const { journey, demands } = view;
  const strict = (journey.steps?.length ?? 0) > 0 && (journey.op ?? 'mixed') !== 'mixed';
  return JSON.stringify([journey.steps ?? [], demands, strict, cacheableShare(view), region]);
}

/** Of so many nodes those whose calls differ from the plain walk (1): with an override, and all that call them. */
export function overridden(count: number, find: FindView, steps: ReadonlyMap<string, unknown>, demands: Readonly<Record<string, unknown>>): Uint8Array {
  const own = new Uint8Array(count);
  const open: NodeView[] = [];
  const mark = (node: NodeView | undefined): void => {
    if (!node || own[node.index] === 1) return;
    own[node.index] = 1;
    open.push(node);
  };
  for (const id of steps.keys()) {
    const edge = find.edge(id);
    mark(edge?.from);
    if (edge?.kind === 'ws') mark(edge.to);
  }
  for (const id of Object.keys(demands)) mark(find.node(id));
  for (let node = open.pop(); node; node = open.pop()) for (const edge of node.in) if (carriesLoad(edge)) mark(edge.from);
  return own;
}

/** Work of one invocation in one state of the walk: own code's processor time and waits, or what is stated for a relational store. */
export interface SlotDemand { readonly cpu: number; readonly io: number; readonly cs2: number; readonly stored: StoredDemand | null }

function storedDemand(stated: PointDemand, op: Op): StoredDemand | null {
  const cpuMs = (op === READ ? stated.read_cpu_ms : stated.write_cpu_ms) ?? stated.cpu_ms;
  const writeIops = op === READ ? undefined : stated.write_iops;
  if (cpuMs === undefined && writeIops === undefined && stated.cs2 === undefined) return null;
  return { cpuS: cpuMs === undefined ? null : cpuMs / 1000, cs2: stated.cs2 ?? 1, writeIops: writeIops ?? null };
}

/** The component's own demand with what a journey states in its place, field by field. */
export function demandAt({ process, pool, fn, store }: NodeFacts, op: Op, stated: PointDemand | undefined): SlotDemand {
  const usual = process?.demand ?? pool?.demand ?? fn?.demand;
  return {
    cpu: stated?.cpu_ms !== undefined ? stated.cpu_ms / 1000 : (usual?.cpu_s ?? 0),
    io: stated?.io_ms !== undefined ? stated.io_ms / 1000 : (usual?.io_s ?? 0),
    cs2: stated?.cs2 ?? usual?.cs2 ?? 1,
    stored: store && stated ? storedDemand(stated, op) : null,
  };
}

/** One number of each, such as a part of the demand in every state. */
export function floats<T>(list: readonly T[], of: (one: T) => number): Float64Array {
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) numbers[i] = of(list[i] as T);
  return numbers;
}
