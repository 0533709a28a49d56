/**
 * Stage 3: every node under its load, leaves first, because a caller's slots are held while it waits. Yields the
 * utilisation of each resource and the mean response of each state of the walk.
 */
import { demandStation } from './solve/demand-station.ts';
import { fixedStation } from './solve/fixed-station.ts';
import { READ, WRITE, type Call, type CompiledDesign, type NodeStation, type StationResult, type TrafficResult } from './types.ts';

/** Mean time of one call as its caller sees it: lookups first, then the call itself on a miss, for each round trip. */
function callMean(compiled: CompiledDesign, flows: TrafficResult, responseS: Float64Array, call: Call): number {
  let total = 0;
  let reached = 1;
  for (const position of call.lookups) {
    const lookup = compiled.plan.calls[position] as Call;
    total += reached * (lookup.tripS + (responseS[lookup.to] as number));
    reached *= flows.miss[lookup.looksUp] as number;
  }
  if (call.lookups.length === 0) for (const gate of call.gates) reached *= flows.miss[gate] as number;
  total += reached * (call.tripS + (responseS[call.to] as number));
  return total * call.trips * call.probability;
}

/** Mean time a slot spends in calls: in sequence they add, of a parallel group the longest counts. */
function downstream(compiled: CompiledDesign, flows: TrafficResult, responseS: Float64Array, slot: number): number {
  const { plan } = compiled;
  let total = 0;
  let groups: Map<string, number> | null = null;
  for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
    const call = plan.calls[i] as Call;
    if (call.wait !== 'wait') continue;
    const mean = callMean(compiled, flows, responseS, call);
    if (call.group === null) total += mean;
    else {
      groups ??= new Map();
      groups.set(call.group, Math.max(groups.get(call.group) ?? 0, mean));
    }
  }
  if (groups) for (const longest of groups.values()) total += longest;
  return total;
}

function localMean(station: NodeStation, compiled: CompiledDesign, slot: number): number {
  const { plan } = compiled;
  let mean = station.demand ? (plan.slotCpuS[slot] as number) * station.demand.cpuScale + (plan.slotIoS[slot] as number) : 0;
  for (const branch of station.local[plan.slotOp[slot] === WRITE ? WRITE : READ]) mean += branch.weight * (branch.shift + branch.mean);
  return mean;
}

/** Solve all nodes. Autoscaled nodes get the units that the load asks for. */
export function solveStations(compiled: CompiledDesign, flows: TrafficResult): StationResult {
  const { plan, nodes } = compiled;
  const responseS = new Float64Array(plan.slotNode.length);
  const downstreamS = new Float64Array(plan.slotNode.length);
  const stations = new Array<NodeStation>(nodes.length);
  for (let at = plan.order.length - 1; at >= 0; at--) {
    const index = plan.order[at] as number;
    const facts = nodes[index] as CompiledDesign['nodes'][number];
    const slots = plan.nodeSlots[index] ?? [];
    for (const slot of slots) downstreamS[slot] = downstream(compiled, flows, responseS, slot);
    const station = facts.process || facts.pool || facts.fn ? demandStation(compiled, flows, facts, downstreamS) : fixedStation(compiled, flows, facts);
    stations[index] = station;
    for (const slot of slots) responseS[slot] = localMean(station, compiled, slot) + (downstreamS[slot] as number);
  }
  return { stations, responseS, downstreamS };
}
