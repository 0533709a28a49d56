/**
 * Stage 4: response times as branch mixtures (evaluation 5.10), leaves first. Calls in sequence add branch by branch, a
 * parallel group is its maximum, a cache is a hit or miss for each call, a retry one more attempt after the timeout;
 * percentiles are read once, at the journey.
 */
import { mixtureQuantile, mixtureQuantiles } from './math/mixture-quantile.ts';
import { mixtureMean } from './math/mixture.ts';
import { callRate } from './solve/call-limits.ts';
import { EntryTimes } from './solve/entry-times.ts';
import { MixtureArena, type Handle } from './solve/mixture-arena.ts';
import { localOf } from './solve/parts.ts';
import { repeatedWaitVariance } from './solve/repeated-waits.ts';
import { roundsOf } from './solve/rounds.ts';
import { waitingAt } from './solve/waiting.ts';
import type { Call, CompiledDesign, Entry, JourneyLatency, LatencyResult, NodeStation, Overrun, PlatformLimit, StationResult, TrafficResult } from './types.ts';

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

/** One arena for all solvers that keep nothing: each clears it before it starts and has read everything when it ends. */
const shared = new MixtureArena();

interface Cut { readonly rate: number; readonly late: number; readonly neededS: number }

const NOBODY: readonly number[] = [];

/** Solves the distributions of one load; what it found may be the start of the next solver. */
export class LatencySolver {
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;
  private readonly stations: StationResult;
  /** Of each slot: its response, the end of the work it starts in the background (or none), and how it is disturbed. */
  private readonly response: Int32Array;
  private readonly done: Int32Array;
  private readonly saturated: Uint8Array;
  private readonly unbounded: Uint8Array;
  private readonly timeoutS: (number | null)[];
  /** Per call, by its position in the plan: attempts that outlast the caller's timeout, per second, and all attempts. */
  private readonly late: Float64Array;
  private readonly made: Float64Array;
  private readonly limits: ReadonlyMap<number, PlatformLimit>;
  /** Of each slot of a node with a limit: requests per second, those that outlast it, and the seconds that would do. */
  private readonly cut: (Cut | null)[];
  private readonly arena: MixtureArena;
  private counting = true;

  constructor(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits: ReadonlyMap<number, PlatformLimit>, { arena = shared, before = null }: { readonly arena?: MixtureArena; readonly before?: LatencySolver | null } = {}) {
    this.limits = limits;
    this.compiled = compiled;
    this.flows = flows;
    this.stations = stations;
    this.arena = arena;
    const { slotNode, calls } = compiled.plan;
    this.response = before ? before.response.slice() : new Int32Array(slotNode.length);
    this.done = before ? before.done.slice() : new Int32Array(slotNode.length).fill(NONE);
    this.saturated = before ? before.saturated.slice() : new Uint8Array(slotNode.length);
    this.unbounded = before ? before.unbounded.slice() : new Uint8Array(slotNode.length);
    this.timeoutS = before ? [...before.timeoutS] : new Array<number | null>(slotNode.length).fill(null);
    this.late = before ? before.late.slice() : new Float64Array(calls.length);
    this.made = before ? before.made.slice() : new Float64Array(calls.length);
    this.cut = before ? [...before.cut] : new Array<Cut | null>(slotNode.length).fill(null);
  }

  /** Slots so that what is called comes before its callers. */
  private each(visit: (slot: number) => void): void {
    const { order, nodeSlots } = this.compiled.plan;
    for (let at = order.length - 1; at >= 0; at--) for (const slot of nodeSlots[order[at] as number] ?? []) visit(slot);
  }

  /** Everything anew. */
  solveAll(): this {
    this.arena.clear();
    this.each((slot) => this.solve(slot));
    return this;
  }

  /** Only the slots of the marked nodes, and those that call something that came out differently. Marks slots that did. */
  update(touched: Uint8Array): Uint8Array {
    const { plan } = this.compiled;
    const moved = new Uint8Array(plan.slotNode.length);
    this.each((slot) => {
      let again = touched[plan.slotNode[slot] as number] === 1;
      for (let i = plan.firstCall[slot] as number; !again && i < (plan.endCall[slot] as number); i++) {
        const { to } = plan.calls[i] as Call;
        again = moved[to] === 1 || touched[plan.slotNode[to] as number] === 1;
      }
      if (again && this.solveAgain(slot)) moved[slot] = 1;
    });
    return moved;
  }

  /** True when a slot comes out differently. */
  private solveAgain(slot: number): boolean {
    const { plan } = this.compiled;
    const [response, done, saturated, unbounded, timeoutS] = [this.response[slot] as Handle, this.done[slot] as Handle, this.saturated[slot], this.unbounded[slot], this.timeoutS[slot]];
    this.done[slot] = NONE;
    this.saturated[slot] = 0;
    this.unbounded[slot] = 0;
    this.timeoutS[slot] = null;
    this.cut[slot] = null;
    this.late.fill(0, plan.firstCall[slot], plan.endCall[slot]);
    this.made.fill(0, plan.firstCall[slot], plan.endCall[slot]);
    this.solve(slot);
    if (this.arena.same(this.response[slot] as Handle, response)) this.response[slot] = response;
    if (done !== NONE && this.done[slot] !== NONE && this.arena.same(this.done[slot] as Handle, done)) this.done[slot] = done;
    return this.response[slot] !== response || this.done[slot] !== done || this.saturated[slot] !== saturated || this.unbounded[slot] !== unbounded || this.timeoutS[slot] !== timeoutS;
  }

  private local(slot: number): Handle {
    const { plan } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    return this.worked(slot, this.arena.from(localOf(station, plan, slot)));
  }

  /** A wait and then the slot's own demand. */
  private worked(slot: number, own: Handle): Handle {
    const { plan } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    if (!station.demand) return own;
    const cpu = (plan.slotCpuS[slot] as number) * station.demand.cpuScale;
    const io = plan.slotIoS[slot] as number;
    return this.arena.after(own, 0, cpu + io, cpu * cpu * (plan.slotCs2[slot] as number) + io * io);
  }

  /** Share of single attempts that outlast the timeout; remembered per call. */
  private tooLate(call: Call, position: number, one: Handle, timeoutS: number): number {
    const share = this.arena.tail(one, timeoutS);
    if (!this.counting) return share;
    const rate = callRate(this.flows, call);
    this.late[position] = rate * share;
    this.made[position] = rate;
    return share;
  }

  /** How long each attempt of a caller lasts that does without the answer and states a timeout; null for all others. */
  private patience(hard: boolean, edge: number): number | null {
    return hard ? null : (this.compiled.edges[edge]?.timeoutS ?? null);
  }

  /**
   * All attempts of one call: each further one comes after the timeout, or after a failure that took as long as an answer. A
   * caller that does without the answer gives up at its timeout, and always when the callee is overloaded.
   */
  private attempted(call: Call, position: number, whole: Handle): Handle {
    const facts = this.compiled.edges[call.edge];
    const timeoutS = facts?.timeoutS ?? null;
    const late = timeoutS === null ? 0 : this.tooLate(call, position, whole, timeoutS);
    const retries = facts?.view.params.values.retries ?? 0;
    const failing = this.flows.retries?.failing[call.edge] ?? 0;
    const patience = this.patience(call.hard, call.edge);
    const one = patience === null ? whole : this.saturated[call.to] === 1 ? this.arena.after(AT_ONCE, patience) : late > RARE ? this.arena.cut(whole, patience) : whole;
    if (retries === 0 || failing <= RARE) return one;
    const lost = late > 0 && timeoutS !== null ? timeoutS : this.arena.mean(one);
    const probabilities: number[] = [];
    const options: Handle[] = [];
    for (let k = 0, reached = 1; k <= retries && reached > RARE; k++, reached *= failing) {
      probabilities.push(k === retries ? reached : reached * (1 - failing));
      options.push(this.arena.after(one, k * lost));
    }
    return this.arena.oneOf(probabilities, options);
  }

  /** The same call several times, one after the other: they meet the same queue. */
  private again(one: Handle, slot: number, times: number): Handle {
    const all = this.arena.times(one, times);
    const station = this.stations.stations[this.compiled.plan.slotNode[slot] as number] as NodeStation;
    return times > 1 && station.waitVariance > 0 ? this.arena.after(all, 0, 0, repeatedWaitVariance(station, times, this.arena.mean(one))) : all;
  }

  /** One call as the caller waits for it, made with this probability. */
  private call(position: number, probability: number): Handle {
    const call = this.compiled.plan.calls[position] as Call;
    const pool = this.stations.pools[call.edge];
    let one = this.attempted(call, position, this.arena.after(this.response[call.to] as Handle, call.tripS, pool?.waitS ?? 0, pool?.waitVariance ?? 0));
    for (let i = call.lookups.length - 1; i >= 0; i--) {
      const lookup = this.compiled.plan.calls[call.lookups[i] as number] as Call;
      const missed = this.arena.maybe(this.flows.miss[lookup.looksUp] as number, one);
      one = this.arena.sum(this.arena.after(this.response[lookup.to] as Handle, lookup.tripS), missed);
    }
    let made = probability;
    if (call.lookups.length === 0) for (const gate of call.gates) made *= this.flows.miss[gate] as number;
    const all = this.again(one, call.to, call.trips);
    const uneven = this.compiled.edges[call.edge]?.view.params.values.calls_cs2 ?? 0;
    return this.arena.maybe(made, uneven > 0 ? this.arena.uneven(all, uneven) : all);
  }

  /** Positions of the calls that a slot waits for. */
  private waited(slot: number): readonly number[] {
    const { plan } = this.compiled;
    let positions: number[] | null = null;
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) if ((plan.calls[i] as Call).wait === 'wait') (positions ??= []).push(i);
    return positions ?? NOBODY;
  }

  /** Targets of a splitter are alternatives; a scatter asks all of them and waits for the slowest. */
  private splitting(start: Handle, positions: readonly number[]): Handle {
    const calls = positions.map((position) => this.compiled.plan.calls[position] as Call);
    const scatter = calls.reduce((most, call) => Math.max(most, call.scatter), 0);
    const options = positions.map((position) => this.call(position, 1));
    const single = this.arena.oneOf(calls.map((call) => (scatter < 1 ? (call.probability - call.scatter) / (1 - scatter) : 0)), options);
    if (scatter === 0) return this.arena.sum(start, single);
    const all = options.reduce((slowest, option) => this.arena.max(slowest, option));
    return this.arena.sum(start, this.arena.oneOf([1 - scatter, scatter], [single, all]));
  }

  /** Calls in sequence add, alternatives of one caller are one call, parallel groups are their maximum. */
  private downstream(slot: number, start: Handle, positions: readonly number[]): Handle {
    const { plan } = this.compiled;
    if (plan.slotSplit[slot]) return this.splitting(start, positions);
    let total = start;
    let groups: Map<string, Handle> | null = null;
    for (const position of positions) {
      const { group, probability } = plan.calls[position] as Call;
      const time = this.call(position, probability);
      if (group === null) total = this.arena.sum(total, time);
      else {
        groups ??= new Map();
        const other = groups.get(group);
        groups.set(group, other === undefined ? time : this.arena.max(other, time));
      }
    }
    if (groups) for (const longest of groups.values()) total = this.arena.sum(total, longest);
    return total;
  }

  /** Own time and then the calls, as many rounds of them as the invocation makes. */
  private called(slot: number, start: Handle, positions: readonly number[]): Handle {
    if (positions.length === 0) return start;
    const rounds = roundsOf(this.flows, slot);
    return rounds === 1 ? this.downstream(slot, start, positions) : this.arena.sum(start, this.arena.times(this.downstream(slot, AT_ONCE, positions), rounds));
  }

  private solve(slot: number): void {
    const { plan, edges } = this.compiled;
    const station = this.stations.stations[plan.slotNode[slot] as number] as NodeStation;
    const positions = this.waited(slot);
    this.response[slot] = this.called(slot, this.local(slot), positions);
    if (station.saturated) this.saturated[slot] = 1;
    for (const position of positions) {
      const call = plan.calls[position] as Call;
      const unsettled = this.flows.retries?.settled === false && (this.flows.retries.attempts[call.edge] as number) > 1;
      if ((this.saturated[call.to] !== 1 && !unsettled) || this.patience(call.hard, call.edge) !== null) continue;
      this.saturated[slot] = 1;
      this.timeoutS[slot] = longer(this.timeoutS[slot] ?? null, longer(this.timeoutS[call.to] ?? null, edges[call.edge]?.timeoutS ?? null));
    }
    this.background(slot);
    const limit = this.limits.get(plan.slotNode[slot] as number);
    if (limit && this.saturated[slot] !== 1) this.cutOff(slot, positions, limit);
  }

  /** Requests of a slot that outlast a limit of its node. Markov's bound for the square spares most of them; the wait for a place to run is not counted. */
  private cutOff(slot: number, positions: readonly number[], { limitS, quantile }: PlatformLimit): void {
    const { plan } = this.compiled;
    const node = plan.slotNode[slot] as number;
    const rate = this.flows.arrive[slot] as number;
    if (!(rate > 0)) return;
    this.cut[slot] = { rate, late: 0, neededS: 0 };
    const all = this.response[slot] as Handle;
    const mean = this.arena.mean(all);
    if ((this.arena.variance(all) + mean * mean) / (limitS * limitS) <= 1 - quantile || this.arena.tail(all, limitS) <= 1 - quantile) return;
    this.counting = false;
    const work = (this.stations.stations[node] as NodeStation).demand ? this.called(slot, this.worked(slot, AT_ONCE), positions) : all;
    this.counting = true;
    const share = this.arena.tail(work, limitS);
    this.cut[slot] = { rate, late: rate * share, neededS: share > 1 - quantile ? mixtureQuantile(this.arena.take(work), quantile) : 0 };
  }

  /** Mean and variance of the wait until a batch is full or its window ends: a message comes at any time of it. */
  private batched(call: Call, time: Handle): Handle {
    if (!call.batch || call.batch.size <= 1) return time;
    const rate = callRate(this.flows, call);
    const full = rate > 0 ? (call.batch.size - 1) / rate : call.batch.windowS;
    const span = Math.min(call.batch.windowS, full);
    return this.arena.after(time, 0, span / 2, (span * span) / 12);
  }

  /** When the work that a slot hands over is done, counted from the moment it is handed over. */
  private background(slot: number): void {
    const { plan } = this.compiled;
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      // what is answered has been waited for
      if (call.push || call.reply !== 'none') continue;
      let end = this.done[call.to] as Handle;
      if (this.unbounded[call.to] === 1) this.unbounded[slot] = 1;
      if (call.wait === 'async' && call.hard) {
        const index = plan.slotNode[call.to] as number;
        const delay = waitingAt(this.compiled, this.flows, this.stations.stations[index] as NodeStation, index).delayS;
        if (delay === null) this.unbounded[slot] = 1;
        const own = this.batched(call, this.arena.after(this.response[call.to] as Handle, call.tripS + (delay ?? 0)));
        end = end === NONE ? own : this.arena.sum(own, end);
      }
      if (end === NONE) continue;
      const other = this.done[slot] as Handle;
      this.done[slot] = other === NONE ? end : this.arena.max(other, end);
    }
  }

  /** The answer to a request as its client waits for it: as long as it takes, or as its patience allows. */
  private waitedFor({ slot, tripS }: Entry, patience: number | null): Handle {
    if (patience === null) return this.arena.after(this.response[slot] as Handle, tripS);
    return this.saturated[slot] === 1 ? this.arena.after(AT_ONCE, patience) : this.arena.cut(this.arena.after(this.response[slot] as Handle, tripS), patience);
  }

  /** A journey's distribution: its branches, each the calls of its entries in sequence. */
  journey(index: number): JourneyLatency | null {
    const { plan, edges, journeys } = this.compiled;
    const times = new EntryTimes(this.arena);
    let saturated = false;
    let timeoutS: number | null = null;
    let done = NONE;
    let unbounded = false;
    for (const entry of plan.entries) {
      if (entry.journey !== index || !(entry.weight > 0)) continue;
      const { slot } = entry;
      const patience = this.patience(entry.hard, entry.edge);
      const once = this.waitedFor(entry, patience);
      times.enter(entry, once, this.again(once, slot, entry.times));
      if (this.saturated[slot] === 1 && patience === null) {
        timeoutS = longer(timeoutS, longer(this.timeoutS[slot] ?? null, edges[entry.edge]?.timeoutS ?? null));
        saturated = true;
      }
      unbounded ||= this.unbounded[slot] === 1;
      const end = this.done[slot] as Handle;
      if (end !== NONE) done = done === NONE ? end : this.arena.max(done, end);
    }
    const parts = times.all();
    if (parts.length === 0) return null;
    const whole = parts.flatMap(({ share, time }) => this.arena.take(time).map((part) => ({ ...part, weight: part.weight * share })));
    const [p50S = 0, p95S = 0, p99S = 0] = mixtureQuantiles(whole, QUANTILES);
    const quantile = journeys[index]?.journey.done_quantile ?? DEFAULT_DONE_QUANTILE;
    const ended = (): number => mixtureQuantile(this.arena.take(this.arena.sum(this.arena.from(whole), done)), quantile);
    const end = done === NONE ? null : { quantileS: unbounded ? null : ended(), unbounded };
    return { saturated, timeoutS, meanS: mixtureMean(whole), p50S, p95S, p99S, done: end };
  }

  /** Share of single attempts over each edge that outlast the caller's timeout. */
  timeouts(): Float64Array {
    const { plan, edges } = this.compiled;
    const late = new Float64Array(edges.length);
    const made = new Float64Array(edges.length);
    this.each((slot) => {
      for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
        if (!((this.made[i] as number) > 0)) continue;
        const { edge } = plan.calls[i] as Call;
        late[edge] = (late[edge] as number) + (this.late[i] as number);
        made[edge] = (made[edge] as number) + (this.made[i] as number);
      }
    });
    for (let edge = 0; edge < late.length; edge++) late[edge] = (made[edge] as number) > 0 ? (late[edge] as number) / (made[edge] as number) : 0;
    return late;
  }

  /** Limits that more requests outlast than should. */
  overruns(): Map<number, Overrun> {
    const sums = new Map<number, { rate: number; late: number; neededS: number }>();
    if (this.limits.size > 0) this.each((slot) => {
      const one = this.cut[slot] ?? null;
      if (one === null) return;
      const node = this.compiled.plan.slotNode[slot] as number;
      const sum = sums.get(node) ?? { rate: 0, late: 0, neededS: 0 };
      sums.set(node, { rate: sum.rate + one.rate, late: sum.late + one.late, neededS: Math.max(sum.neededS, one.neededS) });
    });
    const found = new Map<number, Overrun>();
    for (const [node, { rate, late, neededS }] of sums) {
      const limit = this.limits.get(node);
      if (limit && late / rate > 1 - limit.quantile) found.set(node, { ...limit, share: late / rate, neededS });
    }
    return found;
  }

  /** True when a journey is as it was: nothing that it enters came out differently. */
  isAsBefore(index: number, touched: Uint8Array, moved: Uint8Array): boolean {
    const { entries, slotNode } = this.compiled.plan;
    return entries.every(({ journey, slot }) => journey !== index || (moved[slot] !== 1 && touched[slotNode[slot] as number] !== 1));
  }
}

const EMPTY: JourneyLatency = { saturated: false, timeoutS: null, meanS: 0, p50S: 0, p95S: 0, p99S: 0, done: null };

const NO_LIMITS: ReadonlyMap<number, PlatformLimit> = new Map();

/** What a solver found; a journey that is `known` is not put together again. */
export function latencyOf(solver: LatencySolver, compiled: CompiledDesign, known?: (index: number) => JourneyLatency | undefined): LatencyResult {
  return { journeys: compiled.journeys.map((_, index) => known?.(index) ?? solver.journey(index) ?? EMPTY), timeouts: solver.timeouts(), overruns: solver.overruns() };
}

/** Distributions of all journeys, in journey order; with `limits` by node also which of them are outlasted. */
export function solveLatency(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits = NO_LIMITS): LatencyResult {
  return latencyOf(new LatencySolver(compiled, flows, stations, limits).solveAll(), compiled);
}
