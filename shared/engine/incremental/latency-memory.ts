/** The distributions of a drawing from state to state. */
import { LatencySolver, latencyOf } from '../latency.ts';
import type { Numbers } from '../math/lists.ts';
import { MixtureArena } from '../solve/mixture-arena.ts';
import type { CompiledDesign, JourneyLatency, LatencyResult, PlatformLimit, StationResult, TrafficResult } from '../types.ts';

/** Beyond so many times the mixtures of one state the arena is emptied. */
const CROWDED = 4;

/** Where latency may differ from the state before: by node and by journey. */
export interface LatencyChanges { readonly nodes: Numbers; readonly journeys: Numbers }

/** Keeps what was found, in an arena of its own. */
export class LatencyMemory {
  private readonly arena = new MixtureArena();
  private solver: LatencySolver | null = null;
  private result: LatencyResult | null = null;
  /** Mixtures of the last state that was solved as a whole. */
  private whole = 0;

  /** As `solveLatency`; with the changes since the state before, in which every index is the same, only what may differ is made again. */
  solve(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits: ReadonlyMap<number, PlatformLimit>, changes: LatencyChanges | null): LatencyResult {
    const { arena, solver: before, result } = this;
    if (changes === null || before === null || result === null || arena.size > CROWDED * this.whole) {
      this.solver = new LatencySolver(compiled, flows, stations, limits, { arena }).solveAll();
      this.whole = arena.size;
      return (this.result = latencyOf(this.solver, compiled));
    }
    const solver = new LatencySolver(compiled, flows, stations, limits, { arena, before });
    const moved = solver.update(changes.nodes);
    const kept = (index: number): JourneyLatency | undefined => (changes.journeys[index] !== 1 && solver.isAsBefore(index, changes.nodes, moved) ? result.journeys[index] : undefined);
    this.solver = solver;
    return (this.result = latencyOf(solver, compiled, kept));
  }
}
