/**
 * Stage 3: every node under its load, leaves first, because a caller's slots are held while it waits. Yields the
 * utilisation of each resource and the mean response of each state of the walk.
 */
import { addEvidence } from './solve/evidence.ts';
import { solveCallLimits } from './solve/call-limits.ts';
import { demandStation } from './solve/demand-station.ts';
import { fixedStation } from './solve/fixed-station.ts';
import { READ, WRITE, type Call, type CompiledDesign, type NodeFacts, type NodeStation, type PoolState, type StationResult, type TrafficResult } from './types.ts';

class StationSolver {
  readonly stations: NodeStation[];
  readonly responseS: Float64Array;
  readonly downstreamS: Float64Array;
  readonly pools: (PoolState | null)[];
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;

  constructor(compiled: CompiledDesign, flows: TrafficResult) {
    this.compiled = compiled;
    this.flows = flows;
    this.stations = new Array<NodeStation>(compiled.nodes.length);
    this.responseS = new Float64Array(compiled.plan.slotNode.length);
    this.downstreamS = new Float64Array(compiled.plan.slotNode.length);
    this.pools = new Array<PoolState | null>(compiled.edges.length).fill(null);
  }

  /** Mean time of one call as its caller sees it: lookups first, then the call itself on a miss, for each round trip. */
  private callMean(call: Call): number {
    const { compiled, flows, responseS } = this;
    let total = 0;
    let reached = 1;
    for (const position of call.lookups) {
      const lookup = compiled.plan.calls[position] as Call;
      total += reached * (lookup.tripS + (responseS[lookup.to] as number));
      reached *= flows.miss[lookup.looksUp] as number;
    }
    if (call.lookups.length === 0) for (const gate of call.gates) reached *= flows.miss[gate] as number;
    const attempts = flows.retries ? (flows.retries.attempts[call.edge] as number) : 1;
    total += reached * attempts * (call.tripS + (responseS[call.to] as number));
    return total * call.trips;
  }

  /** Mean time a slot spends in calls: in sequence they add, of a parallel group and of a scatter the longest counts. */
  private downstream(slot: number): number {
    const { plan } = this.compiled;
    let total = 0;
    let scatter = 0;
    let slowest = 0;
    let groups: Map<string, number> | null = null;
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      if (call.wait !== 'wait') continue;
      const one = this.callMean(call);
      const mean = one * (call.probability - call.scatter);
      if (call.scatter > 0) {
        scatter = call.scatter;
        slowest = Math.max(slowest, one);
      }
      if (call.group === null) total += mean;
      else {
        groups ??= new Map();
        groups.set(call.group, Math.max(groups.get(call.group) ?? 0, mean));
      }
    }
    if (groups) for (const longest of groups.values()) total += longest;
    return total + scatter * slowest;
  }

  private localMean(station: NodeStation, slot: number): number {
    const { plan } = this.compiled;
    let mean = station.demand ? (plan.slotCpuS[slot] as number) * station.demand.cpuScale + (plan.slotIoS[slot] as number) : 0;
    for (const branch of station.local[plan.slotOp[slot] === WRITE ? WRITE : READ]) mean += branch.weight * (branch.shift + branch.mean);
    return mean;
  }

  solve(index: number): void {
    const facts = this.compiled.nodes[index] as NodeFacts;
    const slots = this.compiled.plan.nodeSlots[index] ?? [];
    for (const slot of slots) this.downstreamS[slot] = this.downstream(slot);
    const station = facts.process || facts.pool || facts.fn ? demandStation(this.compiled, this.flows, facts, this) : fixedStation(this.compiled, this.flows, facts, this);
    // a pool's wait is part of the answer, not of the hold of the caller's slots: what breaks first must not depend on it
    if (facts.limited.length > 0) solveCallLimits(this.compiled, this.flows, facts, station, this.responseS, this.pools);
    this.stations[index] = station;
    for (const slot of slots) this.responseS[slot] = this.localMean(station, slot) + (this.downstreamS[slot] as number);
  }
}

/**
 * Solve all nodes, or those marked in `needed` (which must hold everything that they call; the others stay empty).
 * Autoscaled nodes get the units that the load asks for.
 */
export function solveStations(compiled: CompiledDesign, flows: TrafficResult, needed?: Uint8Array): StationResult {
  const solver = new StationSolver(compiled, flows);
  const { order } = compiled.plan;
  for (let at = order.length - 1; at >= 0; at--) {
    const index = order[at] as number;
    if (!needed || needed[index] === 1) solver.solve(index);
  }
  if (!needed) addEvidence(compiled, flows, solver.stations);
  return { stations: solver.stations, responseS: solver.responseS, downstreamS: solver.downstreamS, pools: solver.pools };
}
