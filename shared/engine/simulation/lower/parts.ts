/** What a compiled node becomes in the simulation. */
import type { CompiledDesign, Op, StationResult, StoredDemand, TrafficResult } from '../../types.ts';
import type { Machine } from '../kernel/machine.ts';

/** Everything that lowering reads and fills. */
export interface Lowering {
  readonly compiled: CompiledDesign;
  /** The analytic answer at the load of the start: how many units are in service, how warm caches are. */
  readonly flows: TrafficResult;
  readonly stations: StationResult;
  readonly machine: Machine;
  /** Nodes may stop during the run. */
  readonly failing: boolean;
  /** Number in the simulation of each cache use; of each node's cache. */
  readonly uses: readonly number[];
  readonly caches: readonly number[];
  readonly assumptions: Set<string>;
  /** Code that stands outside of the slot that is being written; it is written after it. */
  readonly deferred: (() => void)[];
  /** Of each node: programs that apply its writes to copies that are drawn as boxes. Complete before slots are written. */
  readonly replays: readonly number[][];
}

/** A node in the simulation: its units, and how its instructions begin and end. */
export interface SimNode {
  /** Groups of units whose number follows the node's, the first of which balancers look at. */
  readonly groups: readonly number[];
  /** Resources by number in the gauges. */
  readonly server: number | null;
  readonly fn: number | null;
  /** One queue over all machines: its slots follow the units. */
  readonly pooled: { readonly slotsPerUnit: number } | null;
  readonly units: number;
  /** Background programs: what one operation more costs a cache, and what a write replayed here costs. */
  readonly fill: number;
  readonly replay: number;
  /** Write the instructions of one invocation up to its calls. */
  begin(op: Op, cpuS: number, ioS: number, cs2: number, stored: StoredDemand | null): void;
  /** Write what gives back what it holds. */
  end(): void;
}
