/** What tasks do: instructions of four numbers each, and the tables that they refer to. */
import { NONE } from './tasks.ts';
import type { ZipfSampler } from './zipf-sampler.ts';

/** Instructions. The comment names their operands. */
export const END = 0;
/** law */
export const DELAY = 1;
/** station, law */
export const SERVE = 2;
/** server */
export const ENTER = 3;
/** law */
export const COMPUTE = 4;
/** server */
export const LEAVE = 5;
/** function, law of a cold start */
export const START = 6;
/** function */
export const STOP = 7;
/** call */
export const CALL = 8;
/** call */
export const AFTER = 9;
/** number (mean count), where to when it is 0 */
export const COUNT = 10;
/** number (probability), where to else */
export const CHANCE = 11;
/** where to while repetitions are left */
export const LOOP = 12;
/** cache use */
export const KEY = 13;
/** where to after a hit */
export const IF_HIT = 14;
/** cache use */
export const FILL = 15;
/** fork */
export const FORK = 16;
export const JOIN = 17;
/** choice */
export const PICK = 18;
/** where to */
export const JUMP = 19;
/** call, number (mean count) */
export const SEND = 20;
export const ROUNDS = 21;
/** where to while messages of the batch are left */
export const NEXT_ROUND = 22;
export const CACHE = 23;
/** rate */
export const RATE = 24;
/** law */
export const SIZE = 25;
/** lanes */
export const LANE = 26;
/** program of a background task */
export const BACKGROUND = 27;
/** where to for calls that only the primary may answer */
export const IF_PRIMARY = 28;
/** where to for calls that ask one shard */
export const IF_ONE = 29;
/** where to for writes that stay in one shard */
export const IF_SINGLE = 30;
/** node */
export const GATE = 31;
/** A worker that was replaced is there again. */
export const BOOTED = 32;
/** law (count), where to when it is 0 */
export const COUNT_BY = 33;

/** Numbers of an instruction. */
export const WIDTH = 4;

/** A call as its caller makes it. */
export interface CallPlan {
  readonly pc: number; readonly exit: number; readonly tripS: number; readonly limit: number; readonly looksUp: number; readonly deletes: number;
  readonly hard: boolean;
  /** The caller slows down to the callee's rate instead of being refused. */
  readonly waits: boolean;
  readonly primary: boolean; readonly scatter: number; readonly doubled: number;
  /** Messages of one invocation; above 1 with a window they are collected. */
  readonly batch: number; readonly windowS: number; readonly perMessage: boolean;
  readonly edge: number;
}

/** Threads that run side by side: each starts at a pc; with `lanes` one thread for each lane, all at the first pc. */
export interface ForkPlan { readonly pcs: readonly number[]; readonly exit: number; readonly lanes: number }

/** One of several ways. Shares add up to 1; `groups` are the units behind each way (or none), `nodes` their nodes. */
export interface ChoicePlan {
  readonly pcs: readonly number[]; readonly shares: readonly number[]; readonly groups: readonly number[]; readonly nodes: readonly number[];
  readonly policy: 'weights' | 'round_robin' | 'least_outstanding' | 'power_of_two';
  /** Other ways are taken while the node of a way is down. */
  readonly alternatives: boolean;
}

/** Which shard a key lies on: by the hash of its rank, by weights, or always the last. */
export interface LanePlan { readonly lanes: number; readonly sampler: ZipfSampler | null; readonly cumulative: readonly number[]; readonly last: boolean }

/** A list of instructions under construction, and its tables. */
export class Program {
  private readonly list: number[] = [];
  code = new Int32Array(0);
  readonly numbers: number[] = [];
  readonly calls: CallPlan[] = [];
  readonly forks: ForkPlan[] = [];
  readonly choices: ChoicePlan[] = [];
  readonly lanes: LanePlan[] = [];
  /** What the interpreter reads of the calls, by call. */
  callPc = new Int32Array(0);
  callExit = new Int32Array(0);
  callLimit = new Int32Array(0);
  callTripS = new Float64Array(0);

  /** Place of the next instruction. */
  get here(): number {
    return this.list.length;
  }

  /** Add an instruction; returns its place. */
  emit(op: number, a = 0, b = 0): number {
    const at = this.list.length;
    this.list.push(op, a, b, 0);
    return at;
  }

  /** Let an instruction lead to the next place. `operand` is 1 or 2. */
  land(at: number, operand: 1 | 2): void {
    this.list[at + operand] = this.list.length;
  }

  /** A number for an instruction that needs one. */
  number(value: number): number {
    this.numbers.push(value);
    return this.numbers.length - 1;
  }

  /** Add a call; where it leads may be set later. */
  call(plan: CallPlan): number {
    this.calls.push(plan);
    return this.calls.length - 1;
  }

  /** Call once, when everything is in place. `slots` are the places that calls with a negative pc lead to. */
  seal(entry: (slot: number) => { readonly pc: number; readonly exit: number }): void {
    this.code = Int32Array.from(this.list);
    const resolved = this.calls.map((call) => (call.pc < NONE ? { ...call, ...entry(-2 - call.pc) } : call));
    resolved.forEach((call, i) => void (this.calls[i] = call));
    this.callPc = Int32Array.from(resolved, (call) => call.pc);
    this.callExit = Int32Array.from(resolved, (call) => call.exit);
    this.callLimit = Int32Array.from(resolved, (call) => call.limit);
    this.callTripS = Float64Array.from(resolved, (call) => call.tripS);
  }
}

/** The place of a slot that is not written yet, for `CallPlan.pc`. */
export function slotPlace(slot: number): number {
  return -2 - slot;
}
