/** What carries the load, from state to state of a drawing at one position of the dial. */
import type { EvaluationContext } from '../context.ts';
import type { Numbers } from '../math/lists.ts';
import { withAdvice } from '../solve/advice-evidence.ts';
import { solveStations } from '../stations.ts';
import type { CompiledDesign, LatencyResult, NodeStation, PlatformLimit, StationResult, TrafficResult } from '../types.ts';
import { loadChanges, sameLoadKind, type ChangeLog } from './changes.ts';
import { LatencyMemory } from './latency-memory.ts';
import { isShared, keep } from './share.ts';

/** The part of a context that a later state starts from. */
type Known = Pick<EvaluationContext, 'compiled' | 'flows' | 'stations'>;

/** What may differ from the state before: stations by node, times by node, and journeys. */
interface Touched { readonly stations: Numbers; readonly times: Numbers; readonly journeys: Numbers }

function union(into: Numbers, more: Numbers): Numbers {
  for (let i = 0; i < into.length; i++) if (more[i] === 1) into[i] = 1;
  return into;
}

/** Stations and latency of the last state at one load multiple. Whatever it takes over is what solving again would give, byte for byte. */
export class LoadMemory {
  private readonly latency = new LatencyMemory();
  private readonly log: ChangeLog;
  private known: Known | null = null;
  private touched: Touched | null = null;

  /** `log` is shared by the positions of one drawing. */
  constructor(log: ChangeLog) {
    this.log = log;
  }

  private touchedBy(before: Known, compiled: CompiledDesign, flows: TrafficResult): Touched | null {
    if (!sameLoadKind(before.flows, flows)) return null;
    const changes = this.log.between(before.compiled, compiled);
    if (!changes) return null;
    const load = loadChanges(compiled, before.flows, flows);
    return { stations: union(changes.nodes.slice(), load), times: union(load, changes.ends), journeys: changes.journeys };
  }

  /** As `solveStations` with what people and rules read beside; every station that is equal to the one before is the same object. */
  stations(compiled: CompiledDesign, flows: TrafficResult): StationResult {
    const before = this.known;
    this.touched = before && this.touchedBy(before, compiled, flows);
    const known = before && this.touched ? { solved: before.stations, changed: this.touched.stations } : undefined;
    const solved = withAdvice(compiled, flows, solveStations(compiled, flows, undefined, known));
    const stations = before && this.touched ? { ...solved, stations: solved.stations.map((station, i) => keep(before.stations.stations[i], station)) } : solved;
    if (before && this.touched) this.mark(before.stations, stations, compiled);
    this.known = { compiled, flows, stations };
    return stations;
  }

  /** Latency is made of stations and pools: where those differ it may. */
  private mark(before: StationResult, after: StationResult, compiled: CompiledDesign): void {
    const times = this.touched?.times;
    if (!times) return;
    after.stations.forEach((station: NodeStation, i) => void (station !== before.stations[i] && (times[i] = 1)));
    after.pools.forEach((pool, edge) => {
      const from = compiled.edges[edge]?.view.from.index;
      if (from !== undefined && !isShared(before.pools[edge], pool)) times[from] = 1;
    });
  }

  /** As `solveLatency` for the stations that were solved last. */
  latencies(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits: ReadonlyMap<number, PlatformLimit>): LatencyResult {
    return this.latency.solve(compiled, flows, stations, limits, this.touched && { nodes: this.touched.times, journeys: this.touched.journeys });
  }
}
