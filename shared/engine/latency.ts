/**
 * Stage 4: response times as branch mixtures (evaluation 5.10), leaves first. Calls in sequence add branch by branch, a
 * parallel group is its maximum, a cache is a hit or miss for each call, a retry one more attempt after the timeout;
 * percentiles are read once, at the journey.
 */
import { mixtureMean, mixtureQuantile, mixtureQuantiles, mixtureTail, mixtureVariance } from './math/mixture.ts';
import { callRate } from './solve/call-limits.ts';
import { MixtureArena, type Handle } from './solve/mixture-arena.ts';
import { waitingAt } from './solve/waiting.ts';
import { WRITE, READ, type Call, type CompiledDesign, type JourneyLatency, type LatencyResult, type NodeStation, type Overrun, type PlatformLimit, type StationResult, type TrafficResult } from './types.ts';

const QUANTILES = [0.5, 0.95, 0.99] as const;
const DEFAULT_DONE_QUANTILE = 0.95;
/** Further attempts rarer than this are not told apart. */
const RARE = 1e-9;
const NONE = -1;
/** No time at all, in every arena. */
const AT_ONCE: Handle = 0;

function longer(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** One arena for all solvers: each clears it before it starts and has read everything when it ends. */
const arena = new MixtureArena();

class LatencySolver {
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;
  private readonly stations: StationResult;
  /** Of each slot: its response, the end of the work it starts in the background (or none), and how it is disturbed. */
  private readonly response: Int32Array;
  private readonly done: Int32Array;
  private readonly saturated: Uint8Array;
  private readonly unbounded: Uint8Array;
  private readonly timeoutS: (number | null)[];
  /** Per edge: attempts that outlast the caller's timeout, per second, and all attempts. */
  private readonly late: Float64Array;
  private readonly made: Float64Array;
  private readonly limits: ReadonlyMap<number, PlatformLimit>;
  /** Per node with a limit: requests per second, those that outlast it, and the seconds that would do. */
  private readonly cut = new Map<number, { rate: number; late: number; neededS: number }>();
  private counting = true;

  constructor(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits: ReadonlyMap<number, PlatformLimit>) {
    this.limits = limits;
    this.compiled = compiled;
    this.flows = flows;
    this.stations = stations;
    const { order, nodeSlots, slotNode } = compiled.plan;
    this.response = new Int32Array(slotNode.length);
    this.done = new Int32Array(slotNode.length).fill(NONE);
    this.saturated = new Uint8Array(slotNode.length);
    this.unbounded = new Uint8Array(slotNode.length);
    this.timeoutS = new Array<number | null>(slotNode.length).fill(null);
    this.late = new Float64Array(compiled.edges.length);
    this.made = new Float64Array(compiled.edges.length);
    arena.clear();
    for (let at = order.length - 1; at >= 0; at--) for (const slot of nodeSlots[order[at] as number] ?? []) this.solve(slot);
  }

  private local(slot: number): Handle {
    const { plan } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    return this.worked(slot, arena.from(station.local[plan.slotOp[slot] === WRITE ? WRITE : READ]));
  }

  /** A wait and then the slot's own demand. */
  private worked(slot: number, own: Handle): Handle {
    const { plan } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    if (!station.demand) return own;
    const cpu = (plan.slotCpuS[slot] as number) * station.demand.cpuScale;
    const io = plan.slotIoS[slot] as number;
    return arena.after(own, 0, cpu + io, cpu * cpu * (plan.slotCs2[slot] as number) + io * io);
  }

  /** Share of single attempts that outlast the timeout; remembered per edge. */
  private tooLate(call: Call, one: Handle, timeoutS: number): number {
    const share = mixtureTail(arena.take(one), timeoutS);
    if (!this.counting) return share;
    const rate = callRate(this.flows, call);
    this.late[call.edge] = (this.late[call.edge] as number) + rate * share;
    this.made[call.edge] = (this.made[call.edge] as number) + rate;
    return share;
  }

  /** All attempts of one call: each further one comes after the timeout, or after a failure that took as long as an answer. */
  private attempted(call: Call, one: Handle): Handle {
    const facts = this.compiled.edges[call.edge];
    const timeoutS = facts?.timeoutS ?? null;
    const late = timeoutS === null ? 0 : this.tooLate(call, one, timeoutS);
    const retries = facts?.view.params.values.retries ?? 0;
    const failing = this.flows.retries?.failing[call.edge] ?? 0;
    if (retries === 0 || failing <= RARE) return one;
    const lost = late > 0 && timeoutS !== null ? timeoutS : mixtureMean(arena.take(one));
    const probabilities: number[] = [];
    const options: Handle[] = [];
    for (let k = 0, reached = 1; k <= retries && reached > RARE; k++, reached *= failing) {
      probabilities.push(k === retries ? reached : reached * (1 - failing));
      options.push(arena.after(one, k * lost));
    }
    return arena.oneOf(probabilities, options);
  }

  /** One call as the caller waits for it, made with this probability. */
  private call(call: Call, probability: number): Handle {
    const pool = this.stations.pools[call.edge];
    let one = this.attempted(call, arena.after(this.response[call.to] as Handle, call.tripS, pool?.waitS ?? 0, pool?.waitVariance ?? 0));
    for (let i = call.lookups.length - 1; i >= 0; i--) {
      const lookup = this.compiled.plan.calls[call.lookups[i] as number] as Call;
      const missed = arena.maybe(this.flows.miss[lookup.looksUp] as number, one);
      one = arena.sum(arena.after(this.response[lookup.to] as Handle, lookup.tripS), missed);
    }
    let made = probability;
    if (call.lookups.length === 0) for (const gate of call.gates) made *= this.flows.miss[gate] as number;
    return arena.maybe(made, arena.times(one, call.trips));
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

  /** Targets of a splitter are alternatives; a scatter asks all of them and waits for the slowest. */
  private splitting(start: Handle, calls: readonly Call[]): Handle {
    const scatter = calls.reduce((most, call) => Math.max(most, call.scatter), 0);
    const options = calls.map((call) => this.call(call, 1));
    const single = arena.oneOf(calls.map((call) => (scatter < 1 ? (call.probability - call.scatter) / (1 - scatter) : 0)), options);
    if (scatter === 0) return arena.sum(start, single);
    const all = options.reduce((slowest, option) => arena.max(slowest, option));
    return arena.sum(start, arena.oneOf([1 - scatter, scatter], [single, all]));
  }

  /** Calls in sequence add, alternatives of one caller are one call, parallel groups are their maximum. */
  private downstream(slot: number, start: Handle, calls: readonly Call[]): Handle {
    if (this.compiled.plan.slotSplit[slot]) return this.splitting(start, calls);
    let total = start;
    const groups = new Map<string, Handle>();
    for (const call of calls) {
      const time = this.call(call, call.probability);
      if (call.group === null) total = arena.sum(total, time);
      else {
        const other = groups.get(call.group);
        groups.set(call.group, other === undefined ? time : arena.max(other, time));
      }
    }
    for (const longest of groups.values()) total = arena.sum(total, longest);
    return total;
  }

  private solve(slot: number): void {
    const { plan, edges } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    const calls = this.waited(slot);
    this.response[slot] = calls.length === 0 ? this.local(slot) : this.downstream(slot, this.local(slot), calls);
    if (station.saturated) this.saturated[slot] = 1;
    for (const call of calls) {
      const unsettled = this.flows.retries?.settled === false && (this.flows.retries.attempts[call.edge] as number) > 1;
      if (this.saturated[call.to] !== 1 && !unsettled) continue;
      this.saturated[slot] = 1;
      this.timeoutS[slot] = longer(this.timeoutS[slot] ?? null, longer(this.timeoutS[call.to] ?? null, edges[call.edge]?.timeoutS ?? null));
    }
    this.background(slot);
    const limit = this.limits.get(plan.slotNode[slot] as number);
    if (limit && this.saturated[slot] !== 1) this.cutOff(slot, calls, limit);
  }

  /** Requests of a slot that outlast a limit of its node. Markov's bound for the square spares most of them; the wait for a place to run is not counted. */
  private cutOff(slot: number, calls: readonly Call[], { limitS, quantile }: PlatformLimit): void {
    const { plan } = this.compiled;
    const node = plan.slotNode[slot] as number;
    const rate = this.flows.arrive[slot] as number;
    if (!(rate > 0)) return;
    const found = this.cut.get(node) ?? { rate: 0, late: 0, neededS: 0 };
    this.cut.set(node, found);
    found.rate += rate;
    const all = arena.take(this.response[slot] as Handle);
    const mean = mixtureMean(all);
    if ((mixtureVariance(all) + mean * mean) / (limitS * limitS) <= 1 - quantile || mixtureTail(all, limitS) <= 1 - quantile) return;
    this.counting = false;
    const work = arena.take((this.stations.stations[node] as NodeStation).demand ? this.downstream(slot, this.worked(slot, AT_ONCE), calls) : (this.response[slot] as Handle));
    this.counting = true;
    const share = mixtureTail(work, limitS);
    found.late += rate * share;
    if (share > 1 - quantile) found.neededS = Math.max(found.neededS, mixtureQuantile(work, quantile));
  }

  /** Mean and variance of the wait until a batch is full or its window ends: a message comes at any time of it. */
  private batched(call: Call, time: Handle): Handle {
    if (!call.batch || call.batch.size <= 1) return time;
    const rate = callRate(this.flows, call);
    const full = rate > 0 ? (call.batch.size - 1) / rate : call.batch.windowS;
    const span = Math.min(call.batch.windowS, full);
    return arena.after(time, 0, span / 2, (span * span) / 12);
  }

  /** When the work that a slot hands over is done, counted from the moment it is handed over. */
  private background(slot: number): void {
    const { plan } = this.compiled;
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      if (call.push) continue;
      let end = this.done[call.to] as Handle;
      if (this.unbounded[call.to] === 1) this.unbounded[slot] = 1;
      if (call.wait === 'async' && call.hard) {
        const index = plan.slotNode[call.to] as number;
        const delay = waitingAt(this.compiled, this.flows, this.stations.stations[index] as NodeStation, index).delayS;
        if (delay === null) this.unbounded[slot] = 1;
        const own = this.batched(call, arena.after(this.response[call.to] as Handle, call.tripS + (delay ?? 0)));
        end = end === NONE ? own : arena.sum(own, end);
      }
      if (end === NONE) continue;
      const other = this.done[slot] as Handle;
      this.done[slot] = other === NONE ? end : arena.max(other, end);
    }
  }

  /** A journey's distribution: its branches, each the calls of its entries in sequence. */
  journey(index: number): JourneyLatency | null {
    const { plan, edges, journeys } = this.compiled;
    const branches = new Map<number, { share: number; time: Handle }>();
    let saturated = false;
    let timeoutS: number | null = null;
    let done = NONE;
    let unbounded = false;
    for (const entry of plan.entries) {
      if (entry.journey !== index || !(entry.weight > 0)) continue;
      const { slot, op, share } = entry;
      const time = arena.times(arena.after(this.response[slot] as Handle, entry.tripS), entry.times);
      const branch = branches.get(op);
      branches.set(op, branch ? { share: branch.share, time: arena.sum(branch.time, time) } : { share, time });
      if (this.saturated[slot] === 1) timeoutS = longer(timeoutS, longer(this.timeoutS[slot] ?? null, edges[entry.edge]?.timeoutS ?? null));
      saturated ||= this.saturated[slot] === 1;
      unbounded ||= this.unbounded[slot] === 1;
      const end = this.done[slot] as Handle;
      if (end !== NONE) done = done === NONE ? end : arena.max(done, end);
    }
    if (branches.size === 0) return null;
    const parts = [...branches.values()];
    const whole = parts.flatMap(({ share, time }) => arena.take(time).map((part) => ({ ...part, weight: part.weight * share })));
    const [p50S = 0, p95S = 0, p99S = 0] = mixtureQuantiles(whole, QUANTILES);
    const quantile = journeys[index]?.journey.done_quantile ?? DEFAULT_DONE_QUANTILE;
    const ended = (): number => mixtureQuantile(arena.take(arena.sum(arena.from(whole), done)), quantile);
    const end = done === NONE ? null : { quantileS: unbounded ? null : ended(), unbounded };
    return { saturated, timeoutS, meanS: mixtureMean(whole), p50S, p95S, p99S, done: end };
  }

  /** Share of single attempts over each edge that outlast the caller's timeout. */
  timeouts(): Float64Array {
    return this.late.map((late, edge) => ((this.made[edge] as number) > 0 ? late / (this.made[edge] as number) : 0));
  }

  /** Limits that more requests outlast than should. */
  overruns(): Map<number, Overrun> {
    const found = new Map<number, Overrun>();
    for (const [node, { rate, late, neededS }] of this.cut) {
      const limit = this.limits.get(node);
      if (limit && late / rate > 1 - limit.quantile) found.set(node, { ...limit, share: late / rate, neededS });
    }
    return found;
  }
}

const EMPTY: JourneyLatency = { saturated: false, timeoutS: null, meanS: 0, p50S: 0, p95S: 0, p99S: 0, done: null };

const NO_LIMITS: ReadonlyMap<number, PlatformLimit> = new Map();

/** Distributions of all journeys, in journey order; with `limits` by node also which of them are outlasted. */
export function solveLatency(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits = NO_LIMITS): LatencyResult {
  const solver = new LatencySolver(compiled, flows, stations, limits);
  return { journeys: compiled.journeys.map((_, index) => solver.journey(index) ?? EMPTY), timeouts: solver.timeouts(), overruns: solver.overruns() };
}
