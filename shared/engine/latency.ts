/**
 * Stage 4: response times as branch mixtures (evaluation 5.10), leaves first. Calls in sequence add branch by branch, a
 * parallel group is its maximum, a cache is a hit or miss for each call, a retry one more attempt after the timeout;
 * percentiles are read once, at the journey.
 */
import { type Numbers, wholes } from './math/lists.ts';
import { Percentiles } from './math/mixture-quantile.ts';
import { callRate } from './solve/call-limits.ts';
import { EntryTimes } from './solve/entry-times.ts';
import { LateAttempts } from './solve/late-attempts.ts';
import { MixtureArena, type Handle } from './solve/mixture-arena.ts';
import { Outlasted } from './solve/outlasted.ts';
import { localOf } from './solve/parts.ts';
import { repeatedWaitVariance } from './solve/repeated-waits.ts';
import { roundsOf } from './solve/rounds.ts';
import { waitingAt } from './solve/waiting.ts';
import { WRITE, type Call, type CompiledDesign, type Entry, type JourneyLatency, type LatencyResult, type NodeStation, type PlatformLimit, type StationResult, type TrafficResult } from './types.ts';

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

/** One place for the branches whose percentiles are being looked for. */
const percentiles = new Percentiles();

/** Solves the distributions of one load; what it found may be the start of the next solver. */
export class LatencySolver {
  private readonly compiled: CompiledDesign;
  private readonly flows: TrafficResult;
  private readonly stations: StationResult;
  /** Of each slot: its response, the end of the work it starts in the background (or none), and how it is disturbed. */
  private readonly response: Numbers;
  private readonly done: Numbers;
  private readonly saturated: Numbers;
  private readonly unbounded: Numbers;
  private readonly timeoutS: (number | null)[];
  private readonly late: LateAttempts;
  private readonly outlasted: Outlasted;
  /** By node and operation: what a request of a slot without times of its own spends there; known as soon as one has asked. */
  private readonly locals: Numbers;
  private readonly arena: MixtureArena;
  private counting = true;

  constructor(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits: ReadonlyMap<number, PlatformLimit>, { arena = shared, before = null }: { readonly arena?: MixtureArena; readonly before?: LatencySolver | null } = {}) {
    this.compiled = compiled;
    this.flows = flows;
    this.stations = stations;
    this.arena = arena;
    const { slotNode, calls } = compiled.plan;
    this.locals = wholes(compiled.nodes.length * 2).fill(NONE);
    this.response = before ? before.response.slice() : wholes(slotNode.length);
    this.done = before ? before.done.slice() : wholes(slotNode.length).fill(NONE);
    this.saturated = before ? before.saturated.slice() : wholes(slotNode.length);
    this.unbounded = before ? before.unbounded.slice() : wholes(slotNode.length);
    this.timeoutS = before ? [...before.timeoutS] : new Array<number | null>(slotNode.length).fill(null);
    this.late = new LateAttempts(calls.length, before?.late ?? null);
    this.outlasted = new Outlasted(limits, before?.outlasted ?? null);
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
  update(touched: Numbers): Numbers {
    const { plan } = this.compiled;
    const moved = wholes(plan.slotNode.length);
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
    this.outlasted.forget(slot);
    this.late.forget(plan.firstCall[slot] as number, plan.endCall[slot] as number);
    this.solve(slot);
    if (this.arena.same(this.response[slot] as Handle, response)) this.response[slot] = response;
    if (done !== NONE && this.done[slot] !== NONE && this.arena.same(this.done[slot] as Handle, done)) this.done[slot] = done;
    return this.response[slot] !== response || this.done[slot] !== done || this.saturated[slot] !== saturated || this.unbounded[slot] !== unbounded || this.timeoutS[slot] !== timeoutS;
  }

  private local(slot: number): Handle {
    const { plan } = this.compiled;
    const node = plan.slotNode[slot] as number;
    const station = this.stations.stations[node] as NodeStation;
    if (station.bySlot) return this.worked(slot, this.arena.from(localOf(station, plan, slot)));
    const place = node * 2 + (plan.slotOp[slot] === WRITE ? 1 : 0);
    if (this.locals[place] === NONE) this.locals[place] = this.arena.from(localOf(station, plan, slot));
    return this.worked(slot, this.locals[place] as Handle);
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
    const share = this.arena.lateShare(one, timeoutS);
    if (this.counting) this.late.note(position, callRate(this.flows, call), share);
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
    const patience = this.patience(call.hard, call.edge);
    const one = patience === null ? whole : this.saturated[call.to] === 1 ? this.arena.after(AT_ONCE, patience) : late > RARE ? this.arena.cut(whole, patience) : whole;
    const failing = this.flows.retries?.failing[call.edge] ?? 0;
    const retries = failing > RARE ? (facts?.view.params.values.retries ?? 0) : 0;
    if (retries === 0) return one;
    const lost = timeoutS !== null && this.arena.tail(whole, timeoutS) > 0 ? timeoutS : this.arena.mean(one);
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
    if (times === 1) return one;
    const all = this.arena.times(one, times);
    const station = this.stations.stations[this.compiled.plan.slotNode[slot] as number] as NodeStation;
    return times > 1 && station.waitVariance > 0 ? this.arena.after(all, 0, 0, repeatedWaitVariance(station, times, this.arena.mean(one))) : all;
  }

  /** True for calls that are made once and for which nothing can go wrong: most. */
  private isPlain({ edge, lookups, trips }: Call, uneven: number): boolean {
    return trips === 1 && lookups.length === 0 && uneven === 0 && this.compiled.edges[edge]?.timeoutS === null && (this.flows.retries?.failing[edge] ?? 0) <= RARE;
  }

  /** One call as the caller waits for it, made with this probability. */
  private call(position: number, probability: number): Handle {
    const { arena } = this;
    const { calls } = this.compiled.plan;
    const call = calls[position] as Call;
    const { edge, gates, lookups, to, tripS, trips } = call;
    const pool = this.stations.pools[edge];
    const waitS = pool?.waitS ?? 0;
    const waitVariance = pool?.waitVariance ?? 0;
    const uneven = this.compiled.edges[edge]?.view.params.values.calls_cs2 ?? 0;
    let made = probability;
    if (lookups.length === 0) for (let i = 0; i < gates.length; i++) made *= this.flows.miss[gates[i] as number] as number;
    if (this.isPlain(call, uneven)) return arena.maybeAfter(made, this.response[to] as Handle, tripS, waitS, waitVariance);
    let one = this.attempted(call, position, arena.after(this.response[to] as Handle, tripS, waitS, waitVariance));
    for (let i = lookups.length - 1; i >= 0; i--) {
      const lookup = calls[lookups[i] as number] as Call;
      const missed = arena.maybe(this.flows.miss[lookup.looksUp] as number, one);
      one = arena.sum(arena.after(this.response[lookup.to] as Handle, lookup.tripS), missed);
    }
    const all = this.again(one, to, trips);
    return arena.maybe(made, uneven > 0 ? arena.uneven(all, uneven) : all);
  }

  /** Targets of a splitter are alternatives; a scatter asks all of them and waits for the slowest. */
  private splitting(slot: number, start: Handle): Handle {
    const { plan } = this.compiled;
    const positions: number[] = [];
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) if ((plan.calls[i] as Call).wait === 'wait') positions.push(i);
    if (positions.length === 0) return start;
    const calls = positions.map((position) => plan.calls[position] as Call);
    const scatter = calls.reduce((most, call) => Math.max(most, call.scatter), 0);
    const options = positions.map((position) => this.call(position, 1));
    const single = this.arena.oneOf(calls.map((call) => (scatter < 1 ? (call.probability - call.scatter) / (1 - scatter) : 0)), options);
    if (scatter === 0) return this.arena.sum(start, single);
    const all = options.reduce((slowest, option) => this.arena.max(slowest, option));
    return this.arena.sum(start, this.arena.oneOf([1 - scatter, scatter], [single, all]));
  }

  /** Calls in sequence add, alternatives of one caller are one call, parallel groups are their maximum. */
  private downstream(slot: number, start: Handle): Handle {
    const { plan } = this.compiled;
    if (plan.slotSplit[slot]) return this.splitting(slot, start);
    let total = start;
    let groups: Map<string, Handle> | null = null;
    for (let position = plan.firstCall[slot] as number; position < (plan.endCall[slot] as number); position++) {
      const { group, probability, wait } = plan.calls[position] as Call;
      if (wait !== 'wait') continue;
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
  private called(slot: number, start: Handle): Handle {
    const rounds = roundsOf(this.flows, slot);
    if (rounds === 1) return this.downstream(slot, start);
    const round = this.downstream(slot, AT_ONCE);
    return round === AT_ONCE ? start : this.arena.sum(start, this.arena.times(round, rounds));
  }

  private solve(slot: number): void {
    const { plan } = this.compiled;
    const node = plan.slotNode[slot] as number;
    this.response[slot] = this.called(slot, this.local(slot));
    if ((this.stations.stations[node] as NodeStation).saturated) this.saturated[slot] = 1;
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      if (call.wait === 'wait') this.held(slot, call);
      // what is answered has been waited for
      if (!call.push && call.reply === 'none') this.background(slot, call);
    }
    const limit = this.outlasted.limits.get(node);
    if (limit && this.saturated[slot] !== 1) this.cutOff(slot, limit);
  }

  /** A slot that waits without end for what it calls is as overloaded. */
  private held(slot: number, call: Call): void {
    const { retries } = this.flows;
    const unsettled = retries?.settled === false && (retries.attempts[call.edge] as number) > 1;
    if ((this.saturated[call.to] !== 1 && !unsettled) || this.patience(call.hard, call.edge) !== null) return;
    this.saturated[slot] = 1;
    this.timeoutS[slot] = longer(this.timeoutS[slot] ?? null, longer(this.timeoutS[call.to] ?? null, this.compiled.edges[call.edge]?.timeoutS ?? null));
  }

  /** Requests of a slot that outlast a limit of its node. Markov's bound for the square spares most of them; the wait for a place to run is not counted. */
  private cutOff(slot: number, { limitS, quantile }: PlatformLimit): void {
    const { plan } = this.compiled;
    const rate = this.flows.arrive[slot] as number;
    if (!(rate > 0)) return;
    const most = 1 - quantile;
    const all = this.response[slot] as Handle;
    const mean = this.arena.mean(all);
    if ((this.arena.variance(all) + mean * mean) / (limitS * limitS) <= most || this.arena.tail(all, limitS) <= most) return this.outlasted.note(slot, { rate, late: 0, neededS: 0 });
    this.counting = false;
    const work = (this.stations.stations[plan.slotNode[slot] as number] as NodeStation).demand ? this.called(slot, this.worked(slot, AT_ONCE)) : all;
    this.counting = true;
    const share = this.arena.tail(work, limitS);
    this.outlasted.note(slot, { rate, late: rate * share, neededS: share > most ? this.quantile(work, quantile) : 0 });
  }

  private quantile(time: Handle, share: number): number {
    percentiles.branches.clear();
    this.arena.prepare(time, 1, percentiles.branches);
    return percentiles.at(share);
  }

  /** Mean and variance of the wait until a batch is full or its window ends: a message comes at any time of it. */
  private batched(call: Call, time: Handle): Handle {
    if (!call.batch || call.batch.size <= 1) return time;
    const rate = callRate(this.flows, call);
    const full = rate > 0 ? (call.batch.size - 1) / rate : call.batch.windowS;
    const span = Math.min(call.batch.windowS, full);
    return this.arena.after(time, 0, span / 2, (span * span) / 12);
  }

  /** When the work that a slot hands over with one of its calls is done, counted from the moment it is handed over; no matter when once some of it never is. */
  private background(slot: number, call: Call): void {
    let end = this.done[call.to] as Handle;
    if (this.unbounded[call.to] === 1) this.unbounded[slot] = 1;
    if (call.wait === 'async' && call.hard) {
      const index = this.compiled.plan.slotNode[call.to] as number;
      const delay = waitingAt(this.compiled, this.flows, this.stations.stations[index] as NodeStation, index).delayS;
      if (delay === null) this.unbounded[slot] = 1;
      else if (this.unbounded[slot] !== 1) {
        const own = this.batched(call, this.arena.after(this.response[call.to] as Handle, call.tripS + delay));
        end = end === NONE ? own : this.arena.sum(own, end);
      }
    }
    if (this.unbounded[slot] === 1) this.done[slot] = AT_ONCE;
    else if (end !== NONE) this.done[slot] = this.later(this.done[slot] as Handle, end);
  }

  /** The later of two ends of work, or the only one. */
  private later(one: Handle, other: Handle): Handle {
    return one === NONE ? other : this.arena.max(one, other);
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
      if (end !== NONE) done = unbounded ? AT_ONCE : this.later(done, end);
    }
    const parts = times.all();
    if (parts.length === 0) return null;
    const { branches } = percentiles;
    branches.clear();
    for (const { share, time } of parts) this.arena.prepare(time, share, branches);
    const found = { saturated, timeoutS, meanS: branches.mean(), p50S: percentiles.at(0.5), p95S: percentiles.at(0.95), p99S: percentiles.at(0.99) };
    if (done === NONE) return { ...found, done: null };
    if (unbounded) return { ...found, done: { quantileS: null, unbounded } };
    const whole = this.arena.blend(parts.map(({ share }) => share), parts.map(({ time }) => time));
    return { ...found, done: { quantileS: this.quantile(this.arena.sum(whole, done), journeys[index]?.journey.done_quantile ?? DEFAULT_DONE_QUANTILE), unbounded } };
  }

  /** What its platforms and callers cut short: shares of the attempts over each edge, and limits of nodes. */
  cutShort(): Pick<LatencyResult, 'timeouts' | 'overruns'> {
    const { plan, edges } = this.compiled;
    return { timeouts: this.late.shares(plan, edges.length), overruns: this.outlasted.overruns(plan) };
  }

  /** True when a journey is as it was: nothing that it enters came out differently. */
  isAsBefore(index: number, touched: Numbers, moved: Numbers): boolean {
    const { entries, slotNode } = this.compiled.plan;
    return entries.every(({ journey, slot }) => journey !== index || (moved[slot] !== 1 && touched[slotNode[slot] as number] !== 1));
  }
}

const EMPTY: JourneyLatency = { saturated: false, timeoutS: null, meanS: 0, p50S: 0, p95S: 0, p99S: 0, done: null };

const NO_LIMITS: ReadonlyMap<number, PlatformLimit> = new Map();

/** What a solver found; a journey that is `known` is not put together again. */
export function latencyOf(solver: LatencySolver, compiled: CompiledDesign, known?: (index: number) => JourneyLatency | undefined): LatencyResult {
  return { journeys: compiled.journeys.map((_, index) => known?.(index) ?? solver.journey(index) ?? EMPTY), ...solver.cutShort() };
}

/** Distributions of all journeys, in journey order; with `limits` by node also which of them are outlasted. */
export function solveLatency(compiled: CompiledDesign, flows: TrafficResult, stations: StationResult, limits = NO_LIMITS): LatencyResult {
  return latencyOf(new LatencySolver(compiled, flows, stations, limits).solveAll(), compiled);
}
