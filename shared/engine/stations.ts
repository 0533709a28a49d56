/**
 * Stage 3: every node under its load, leaves first, because a caller's slots are held while it waits. Yields the
 * utilisation of each resource and the mean response of each state of the walk.
 */
import { floats, type Numbers, wholes } from './math/lists.ts';
import { addEvidence } from './solve/evidence.ts';
import { meanUntil } from './math/mixture-cut.ts';
import { solveCallLimits } from './solve/call-limits.ts';
import { isShared, keep } from './incremental/share.ts';
import { demandStation } from './solve/demand-station.ts';
import { fixedStation } from './solve/fixed-station.ts';
import { loadOnly, localOf } from './solve/parts.ts';
import { roundsOf } from './solve/rounds.ts';
import { relationalResources } from './solve/store-station.ts';
import type { Call, CompiledDesign, NodeFacts, NodeStation, PoolState, StationResult, TrafficResult } from './types.ts';

class StationSolver {
  readonly stations: NodeStation[];
  readonly responseS: Numbers;
  readonly downstreamS: Numbers;
  readonly pools: (PoolState | null)[];
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;

  constructor(compiled: CompiledDesign, flows: TrafficResult) {
    this.compiled = compiled;
    this.flows = flows;
    this.stations = new Array<NodeStation>(compiled.nodes.length);
    this.responseS = floats(compiled.plan.slotNode.length);
    this.downstreamS = floats(compiled.plan.slotNode.length);
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
    const one = call.tripS + (responseS[call.to] as number);
    const patience = call.hard ? null : (compiled.edges[call.edge]?.timeoutS ?? null);
    // who does without the answer gives up at the timeout, and holds its own place no longer
    total += reached * attempts * (patience === null ? one : meanUntil(one, patience));
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
    for (const branch of localOf(station, plan, slot)) mean += branch.weight * (branch.shift + branch.mean);
    return mean;
  }

  /** Enough for the load of a node whose answers nobody waits for. */
  solveLoad(index: number): void {
    const facts = this.compiled.nodes[index] as NodeFacts;
    if (!facts.store) return this.solve(index);
    this.stations[index] = loadOnly(relationalResources(this.compiled, this.flows, facts, facts.store, null), facts.units);
  }

  solve(index: number): void {
    const facts = this.compiled.nodes[index] as NodeFacts;
    const slots = this.compiled.plan.nodeSlots[index] ?? [];
    for (const slot of slots) this.downstreamS[slot] = this.downstream(slot) * roundsOf(this.flows, slot);
    const station = facts.process || facts.pool || facts.fn ? demandStation(this.compiled, this.flows, facts, this) : fixedStation(this.compiled, this.flows, facts, this);
    // a pool's wait is part of the answer, not of the hold of the caller's slots: what breaks first must not depend on it
    if (facts.limited.length > 0) solveCallLimits(this.compiled, this.flows, facts, station, this.responseS, this.pools);
    this.stations[index] = station;
    for (const slot of slots) this.responseS[slot] = this.localMean(station, slot) + (this.downstreamS[slot] as number);
  }
}

/** How much of a node is asked for: nothing, all, or its load without the times of its answers. */
export const NEEDED = { not: 0, all: 1, load: 2 } as const;

/** Stations of an earlier state of the same drawing at the same load multiple, and the components at which anything may differ from it. */
export interface KnownStations { readonly solved: StationResult; readonly changed: Numbers }

/** Solves what differs from an earlier state, or depends on something that came out differently; the rest is taken over. */
class StationUpdate {
  private readonly compiled: CompiledDesign;
  private readonly solver: StationSolver;
  private readonly known: KnownStations;
  /** 1 for components whose own result is another one than before. */
  private readonly moved: Numbers;

  constructor(compiled: CompiledDesign, solver: StationSolver, known: KnownStations) {
    this.compiled = compiled;
    this.solver = solver;
    this.known = known;
    this.moved = wholes(compiled.nodes.length);
  }

  private isTouched(index: number): boolean {
    if (this.known.changed[index] === 1) return true;
    const { plan, nodes } = this.compiled;
    const { view } = nodes[index] as NodeFacts;
    for (const edge of view.out) if (this.moved[edge.to.index] === 1) return true;
    for (const edge of view.in) if (this.moved[edge.from.index] === 1) return true;
    for (const slot of plan.nodeSlots[index] ?? []) {
      for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) if (this.moved[plan.slotNode[(plan.calls[i] as Call).to] as number] === 1) return true;
    }
    return false;
  }

  private takeOver(index: number): void {
    const { solver, known: { solved } } = this;
    solver.stations[index] = solved.bare[index] as NodeStation;
    for (const slot of this.compiled.plan.nodeSlots[index] ?? []) {
      solver.responseS[slot] = solved.responseS[slot] as number;
      solver.downstreamS[slot] = solved.downstreamS[slot] as number;
    }
    for (const edge of (this.compiled.nodes[index] as NodeFacts).limited) solver.pools[edge] = solved.pools[edge] ?? null;
  }

  private hasMoved(index: number): boolean {
    const { solver, known: { solved } } = this;
    const slots = this.compiled.plan.nodeSlots[index] ?? [];
    return solver.stations[index] !== solved.bare[index] || slots.some((slot) => !Object.is(solver.responseS[slot], solved.responseS[slot])) ||
      (this.compiled.nodes[index] as NodeFacts).limited.some((edge) => !isShared(solved.pools[edge], solver.pools[edge]));
  }

  solve(index: number): void {
    if (!this.isTouched(index)) return this.takeOver(index);
    this.solver.solve(index);
    this.solver.stations[index] = keep(this.known.solved.bare[index], this.solver.stations[index] as NodeStation);
    if (this.hasMoved(index)) this.moved[index] = 1;
  }
}

/**
 * Solve all nodes, or of each what is marked in `needed` (which must hold everything that they call; the others stay empty).
 * Autoscaled nodes get the units that the load asks for. With `known` only what may differ is solved again.
 */
export function solveStations(compiled: CompiledDesign, flows: TrafficResult, needed?: Numbers, known?: KnownStations): StationResult {
  const solver = new StationSolver(compiled, flows);
  const each = known ? new StationUpdate(compiled, solver, known) : solver;
  const { order } = compiled.plan;
  for (let at = order.length - 1; at >= 0; at--) {
    const index = order[at] as number;
    const level = needed ? needed[index] : NEEDED.all;
    if (level === NEEDED.all) each.solve(index);
    else if (level === NEEDED.load) solver.solveLoad(index);
  }
  const bare = solver.stations;
  const stations = needed ? bare : [...bare];
  if (!needed) addEvidence(compiled, flows, stations);
  return { stations, bare, responseS: solver.responseS, downstreamS: solver.downstreamS, pools: solver.pools };
}
