/**
 * Stage 4: response times as branch mixtures (evaluation 5.10), leaves first. Calls in sequence add branch by branch, a
 * parallel group is its maximum, a cache is a hit or miss for each call; percentiles are read once, at the journey.
 */
import { gammaBranch, parallelMax } from './math/mixture-combine.ts';
import { mixtureMean, mixtureQuantile, mixtureQuantiles, type Mixture } from './math/mixture.ts';
import { fluidBacklog } from './math/backlog.ts';
import { INNER_BRANCHES, later, maybe, oneOf, sum, times } from './solve/branches.ts';
import { WRITE, READ, type Call, type CompiledDesign, type JourneyLatency, type LatencyResult, type NodeStation, type StationResult, type TrafficResult } from './types.ts';

const QUANTILES = [0.5, 0.95, 0.99] as const;
const DEFAULT_DONE_QUANTILE = 0.95;

/** What is known of one state of the walk: its response, and the end of the work it starts in the background. */
interface SlotTime {
  readonly mixture: Mixture;
  readonly saturated: boolean;
  readonly timeoutS: number | null;
  readonly done: Mixture | null;
  readonly unbounded: boolean;
}

function longer(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** Delay by which a consumer is behind at the end of the peak; null when it never catches up (semantics 5). */
function consumerDelay(compiled: CompiledDesign, flows: TrafficResult, station: NodeStation, index: number): number | null {
  const lambda = (flows.nodeReads[index] as number) + (flows.nodeWrites[index] as number);
  const { peak_to_avg, peak_duration_s } = compiled.workload;
  if (station.capacity === null || lambda < station.capacity) return 0;
  const after = lambda / peak_to_avg;
  if (after >= station.capacity) return null;
  return fluidBacklog({ lambdaPeak: lambda, capacity: station.capacity, peakS: peak_duration_s, lambdaAfter: after }).delayS;
}

class LatencySolver {
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;
  private readonly stations: StationResult;
  private readonly slots: SlotTime[];

  constructor(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult) {
    this.compiled = compiled;
    this.flows = flows;
    this.stations = stations;
    this.slots = new Array<SlotTime>(compiled.plan.slotNode.length);
    const { order, nodeSlots } = compiled.plan;
    for (let at = order.length - 1; at >= 0; at--) for (const slot of nodeSlots[order[at] as number] ?? []) this.slots[slot] = this.solve(slot);
  }

  private local(slot: number): Mixture {
    const { plan } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    const own = station.local[plan.slotOp[slot] === WRITE ? WRITE : READ];
    if (!station.demand) return own;
    const cpu = (plan.slotCpuS[slot] as number) * station.demand.cpuScale;
    const io = plan.slotIoS[slot] as number;
    return sum(own, gammaBranch(cpu + io, cpu * cpu * (plan.slotCs2[slot] as number) + io * io));
  }

  /** One call as the caller waits for it, and whether a saturated node is in it. */
  private call(call: Call): Mixture {
    let one = later((this.slots[call.to] as SlotTime).mixture, call.tripS);
    for (let i = call.lookups.length - 1; i >= 0; i--) {
      const lookup = this.compiled.plan.calls[call.lookups[i] as number] as Call;
      const missed = maybe(this.flows.miss[lookup.looksUp] as number, one);
      one = sum(later((this.slots[lookup.to] as SlotTime).mixture, lookup.tripS), missed);
    }
    let made = call.probability;
    if (call.lookups.length === 0) for (const gate of call.gates) made *= this.flows.miss[gate] as number;
    return maybe(made, times(one, call.trips));
  }

  private waited(slot: number): readonly Call[] {
    const { plan } = this.compiled;
    const calls: Call[] = [];
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      if (call.wait === 'wait') calls.push(call);
    }
    return calls;
  }

  /** Targets of a splitter are alternatives; everything else is in sequence, parallel groups by their maximum. */
  private downstream(slot: number, start: Mixture, calls: readonly Call[]): Mixture {
    if (this.compiled.plan.slotSplit[slot]) {
      if (calls.length === 0) return start;
      const options = calls.map((call) => ({ probability: call.probability, mixture: this.call({ ...call, probability: 1 }) }));
      return sum(start, oneOf(options));
    }
    let total = start;
    const groups = new Map<string, Mixture>();
    for (const call of calls) {
      const time = this.call(call);
      if (call.group === null) total = sum(total, time);
      else {
        const other = groups.get(call.group);
        groups.set(call.group, other ? parallelMax(other, time, INNER_BRANCHES) : time);
      }
    }
    for (const longest of groups.values()) total = sum(total, longest);
    return total;
  }

  private solve(slot: number): SlotTime {
    const { plan, edges } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    const calls = this.waited(slot);
    const mixture = calls.length === 0 ? this.local(slot) : this.downstream(slot, this.local(slot), calls);
    let saturated = station.saturated;
    let timeoutS: number | null = null;
    for (const call of calls) {
      const to = this.slots[call.to] as SlotTime;
      if (!to.saturated) continue;
      saturated = true;
      const stated = edges[call.edge]?.view.params.values.timeout_ms ?? null;
      timeoutS = longer(timeoutS, longer(to.timeoutS, stated === null ? null : stated / 1000));
    }
    return { mixture, saturated, timeoutS, ...this.background(slot) };
  }

  /** When the work that a slot hands over is done, counted from the moment it is handed over. */
  private background(slot: number): { done: Mixture | null; unbounded: boolean } {
    const { plan } = this.compiled;
    let done: Mixture | null = null;
    let unbounded = false;
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      const to = this.slots[call.to] as SlotTime;
      let end = to.done;
      unbounded ||= to.unbounded;
      if (call.wait === 'async' && call.hard) {
        const index = plan.slotNode[call.to] as number;
        const delay = consumerDelay(this.compiled, this.flows, this.stations.stations[index] as NodeStation, index);
        unbounded ||= delay === null;
        const own = later(to.mixture, call.tripS + (delay ?? 0));
        end = to.done ? sum(own, to.done) : own;
      }
      if (end) done = done ? parallelMax(done, end, INNER_BRANCHES) : end;
    }
    return { done, unbounded };
  }

  /** A journey's distribution: its branches, each the calls of its entries in sequence. */
  journey(index: number): JourneyLatency | null {
    const entries = this.compiled.plan.entries.filter((entry) => entry.journey === index && entry.weight > 0);
    if (entries.length === 0) return null;
    const branches = new Map<number, { share: number; mixture: Mixture }>();
    let saturated = false;
    let timeoutS: number | null = null;
    let done: Mixture | null = null;
    let unbounded = false;
    for (const entry of entries) {
      const at = this.slots[entry.slot] as SlotTime;
      const time = times(later(at.mixture, entry.tripS), entry.times);
      const branch = branches.get(entry.op);
      branches.set(entry.op, branch ? { share: branch.share, mixture: sum(branch.mixture, time) } : { share: entry.share, mixture: time });
      const stated = this.compiled.edges[entry.edge]?.view.params.values.timeout_ms ?? null;
      if (at.saturated) timeoutS = longer(timeoutS, longer(at.timeoutS, stated === null ? null : stated / 1000));
      saturated ||= at.saturated;
      if (at.done) done = done ? parallelMax(done, at.done) : at.done;
      unbounded ||= at.unbounded;
    }
    const mixture = [...branches.values()].flatMap(({ share, mixture: time }) => time.map((part) => ({ ...part, weight: part.weight * share })));
    const [p50S = 0, p95S = 0, p99S = 0] = mixtureQuantiles(mixture, QUANTILES);
    const quantile = this.compiled.journeys[index]?.journey.done_quantile ?? DEFAULT_DONE_QUANTILE;
    const end = done ? { quantileS: unbounded ? null : mixtureQuantile(sum(mixture, done), quantile), unbounded } : null;
    return { saturated, timeoutS, meanS: mixtureMean(mixture), p50S, p95S, p99S, done: end };
  }
}

const EMPTY: JourneyLatency = { saturated: false, timeoutS: null, meanS: 0, p50S: 0, p95S: 0, p99S: 0, done: null };

/** Distributions of all journeys, in journey order. */
export function solveLatency(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult): LatencyResult {
  const solver = new LatencySolver(compiled, flows, stations);
  return { journeys: compiled.journeys.map((_, index) => solver.journey(index) ?? EMPTY) };
}
