/** The interpreter: takes events in the order of their times and lets tasks go on until they wait for something. */
import { Caches } from './caches.ts';
import { Chooser } from './choices.ts';
import { Functions } from './functions.ts';
import { Gauges } from './gauges.ts';
import { BATCH, COMPUTED, Kernel, POOL_TIMEOUT, RESUME, SERVED, SHARED, TIMEOUT } from './kernel.ts';
import { Keys } from './keys.ts';
import { Limits } from './limits.ts';
import { Messages } from './messages.ts';
import * as op from './program.ts';
import { Requests } from './requests.ts';
import { Servers } from './servers.ts';
import { Stations } from './stations.ts';
import { CHILD_FAILED, DOOMED, FAILED, HIT, MESSAGE, NONE, REQUEST } from './tasks.ts';
import { Units } from './units.ts';

const MOST_ATTEMPTS = 1000;
/** More steps than this without time passing are no request any more. */
const MOST_STEPS = 5_000_000;

/** What the machine tells others. Times are those of the kernel. */
export interface MachineListener {
  /** A request was answered, or failed. `task` is still what it was. */
  answered(journey: number, start: number, failed: boolean, task: number): void;
  /** All the work that a request left behind is done. */
  finished(journey: number, start: number): void;
  /** An event that is not the machine's own. */
  event(kind: number, id: number): void;
}

/** One simulated system. */
export class Machine {
  readonly kernel: Kernel;
  readonly units = new Units();
  readonly gauges = new Gauges();
  readonly stations: Stations;
  readonly servers: Servers;
  readonly functions: Functions;
  readonly caches: Caches;
  readonly limits: Limits;
  readonly program = new op.Program();
  readonly requests: Requests;
  /** Nodes that work, and nodes that others send requests to. */
  nodeUp = new Uint8Array(0);
  nodeListed = new Uint8Array(0);
  /** Events so far, and whether one of them would never end. */
  events = 0;
  overrun = false;
  private choosers: Chooser[] = [];
  private readonly keys: Keys;
  private readonly messages: Messages;
  private readonly listener: MachineListener;

  constructor(seed: number, listener: MachineListener, stream = 0) {
    this.kernel = new Kernel(seed, stream);
    this.stations = new Stations(this.kernel, this.units, this.gauges);
    this.servers = new Servers(this.kernel, this.units, this.gauges);
    this.functions = new Functions(this.kernel, this.gauges);
    this.caches = new Caches(this.kernel);
    this.limits = new Limits(this.kernel);
    this.listener = listener;
    this.requests = new Requests((journey, start) => listener.finished(journey, start));
    this.keys = new Keys(this.kernel, this.program, this.caches);
    this.messages = new Messages(this.kernel, this.program, this.requests);
  }

  /** Call once, when all parts are there; `entry` tells where the slots begin. */
  seal(nodes: number, entry: (slot: number) => { readonly pc: number; readonly exit: number }): void {
    this.kernel.laws.seal();
    this.units.seal();
    this.gauges.seal(nodes);
    this.stations.seal();
    this.servers.seal();
    this.functions.seal();
    this.caches.seal();
    this.limits.seal(this.servers);
    this.program.seal(entry);
    this.nodeUp = new Uint8Array(nodes).fill(1);
    this.nodeListed = new Uint8Array(nodes).fill(1);
    this.choosers = this.program.choices.map((plan) => new Chooser(plan, this.kernel.random, this.units, this.nodeListed));
    this.messages.seal();
  }

  /** Process up to `events` events, none after `until` seconds. False when none is left before that time. */
  advance(events: number, until: number): boolean {
    const { kernel } = this;
    const { heap } = kernel;
    for (let i = 0; i < events; i++) {
      if (this.overrun || heap.size === 0 || heap.nextTime > until) return false;
      kernel.now = heap.nextTime;
      this.dispatch(heap.pop());
      this.events += 1;
      while (kernel.readyCount > 0) this.run(kernel.ready[--kernel.readyCount] as number);
    }
    return true;
  }

  private dispatch(code: number): void {
    const id = code >> 4;
    switch (code & 15) {
      case SERVED: this.stations.served(id); return this.run(id);
      case COMPUTED: this.servers.computed(id); return this.run(id);
      case RESUME: return this.run(id);
      case TIMEOUT: return this.timeout(id);
      case SHARED: return this.stations.shareDone(id);
      case POOL_TIMEOUT: return this.poolTimeout(id);
      case BATCH: return this.messages.close(id);
      default: return this.listener.event(code & 15, id);
    }
  }

  /** A request enters at `pc`. `tracked`: it may leave work behind whose end is of interest. */
  inject(pc: number, exit: number, journey: number, tracked: boolean): void {
    const { tasks, now } = this.kernel;
    const task = tasks.add(pc, exit, NONE);
    tasks.flags[task] = REQUEST;
    tasks.journey[task] = journey;
    tasks.start[task] = now;
    if (tracked) tasks.root[task] = this.requests.begin(journey, now);
    this.kernel.wake(task);
  }

  /** Go on with a task until it waits or ends, then with the one that it lets go on. */
  private run(first: number): void {
    const { tasks } = this.kernel;
    const { code } = this.program;
    let task = first;
    let other = first;
    for (let steps = 0; ; steps++) {
      if (((tasks.flags[task] as number) & (DOOMED | FAILED)) === DOOMED) this.fail(task);
      for (;;) {
        const pc = tasks.pc[task] as number;
        tasks.pc[task] = pc + op.WIDTH;
        other = this.step(task, code[pc] as number, code[pc + 1] as number, code[pc + 2] as number);
        if (other !== task) break;
      }
      if (other === NONE) return;
      this.overrun ||= steps > MOST_STEPS;
      if (this.overrun) return;
      task = other;
    }
  }

  /** One instruction. Returns the task to go on with: the same, the one that was waiting for it or that it calls, or none. */
  private step(task: number, code: number, a: number, b: number): number {
    switch (code) {
      case op.CALL: return this.call(task, a);
      case op.AFTER: return this.after(task, a);
      case op.SERVE: return this.serve(task, a, b);
      case op.END: return this.complete(task);
      case op.DELAY: return this.delay(task, a);
      case op.ENTER: return this.enter(task, a);
      case op.COMPUTE: return this.compute(task, a);
      case op.LEAVE: this.servers.leave(task); return task;
      case op.JOIN: if (this.childFailed(task)) this.fail(task); return task;
      case op.FORK: this.fork(task, a); return NONE;
      case op.START: return this.start(task, a, b);
      case op.STOP: this.functions.leave(a, task); return task;
      case op.BOOTED: this.servers.booted(task); return task;
      case op.RATE: return this.rate(task, a);
      default: this.control(task, code, a, b); return task;
    }
  }

  /** Instructions that never wait. */
  private control(task: number, code: number, a: number, b: number): void {
    const { tasks, random } = this.kernel;
    const { numbers } = this.program;
    switch (code) {
      case op.COUNT: {
        const count = random.count(numbers[a] as number);
        tasks.loop[task] = count;
        if (count === 0) tasks.pc[task] = b;
        return;
      }
      case op.CHANCE: if (random.uniform() >= (numbers[a] as number)) tasks.pc[task] = b; return;
      case op.LOOP: {
        const left = (tasks.loop[task] as number) - 1;
        tasks.loop[task] = left;
        if (left > 0) tasks.pc[task] = a;
        return;
      }
      case op.PICK: tasks.pc[task] = (this.choosers[a] as Chooser).choose(); return;
      case op.JUMP: tasks.pc[task] = a; return;
      case op.SEND: return this.messages.send(task, a, random.count(numbers[b] as number));
      case op.ROUNDS: tasks.rounds[task] = tasks.batch[task] as number; return;
      case op.NEXT_ROUND: {
        const left = (tasks.rounds[task] as number) - 1;
        tasks.rounds[task] = left;
        if (left > 0) tasks.pc[task] = a;
        return;
      }
      case op.BACKGROUND: return this.background(task, a);
      case op.GATE: if (this.nodeUp[a] === 0) this.fail(task); return;
      default: this.keys.step(task, code, a, b);
    }
  }

  private background(task: number, pc: number): void {
    const { tasks } = this.kernel;
    const child = tasks.add(pc, pc, NONE);
    tasks.lane[child] = tasks.lane[task] as number;
    tasks.size[child] = tasks.size[task] as number;
    this.kernel.wake(child);
  }

  /** Leave for the exit, where what is held is given back. */
  private fail(task: number): void {
    const { tasks } = this.kernel;
    tasks.flags[task] = (tasks.flags[task] as number) | FAILED;
    tasks.pc[task] = tasks.exit[task] as number;
  }

  private childFailed(task: number): boolean {
    const { flags } = this.kernel.tasks;
    const own = flags[task] as number;
    flags[task] = own & ~CHILD_FAILED;
    return (own & CHILD_FAILED) !== 0;
  }

  private delay(task: number, law: number): number {
    const { kernel } = this;
    const time = kernel.laws.draw(law, kernel.random, kernel.tasks.size[task] as number);
    if (time <= 0) return task;
    kernel.after(time, RESUME, task);
    return NONE;
  }

  private serve(task: number, station: number, law: number): number {
    const { kernel } = this;
    const need = kernel.laws.draw(law, kernel.random, kernel.tasks.size[task] as number);
    if (this.stations.serve(station, task, need)) return NONE;
    this.fail(task);
    return task;
  }

  private enter(task: number, server: number): number {
    const entered = this.servers.enter(server, task);
    if (entered < 0) this.fail(task);
    return entered === 0 ? NONE : task;
  }

  private compute(task: number, law: number): number {
    const { kernel } = this;
    const need = kernel.laws.draw(law, kernel.random, 1);
    if (need <= 0) return task;
    this.servers.compute(task, need);
    return NONE;
  }

  private start(task: number, fn: number, cold: number): number {
    const started = this.functions.enter(fn, task);
    if (started < 0) this.fail(task);
    return started === 1 ? this.delay(task, cold) : task;
  }

  private rate(task: number, rate: number): number {
    const { kernel } = this;
    const waits = this.program.calls[kernel.tasks.call[task] as number]?.waits === true;
    const wait = this.limits.admit(rate, waits);
    if (wait > 0 && waits) {
      kernel.after(wait, RESUME, task);
      return NONE;
    }
    if (wait > 0) this.fail(task);
    return task;
  }

  /** Make a call and wait for it. Where it cannot be made, the next instruction finds that it failed. */
  private call(task: number, index: number): number {
    const { kernel, program } = this;
    const { tasks } = kernel;
    const limit = program.callLimit[index] as number;
    if (limit !== NONE) {
      const open = this.limits.open(limit, task);
      if (open === 0) {
        tasks.pc[task] = (tasks.pc[task] as number) - op.WIDTH;
        return NONE;
      }
      if (open < 0) {
        // who is refused on this side does not try again
        tasks.attempt[task] = MOST_ATTEMPTS;
        tasks.flags[task] = (tasks.flags[task] as number) | CHILD_FAILED;
        return task;
      }
    }
    const child = tasks.add(program.callPc[index] as number, program.callExit[index] as number, task);
    tasks.call[child] = index;
    tasks.key[child] = tasks.key[task] as number;
    tasks.root[child] = tasks.root[task] as number;
    tasks.pending[task] = 1;
    if (limit !== NONE) this.patience(child, limit);
    const tripS = program.callTripS[index] as number;
    if (tripS <= 0) return child;
    kernel.after(tripS, RESUME, child);
    return NONE;
  }

  private patience(child: number, limit: number): void {
    const { kernel } = this;
    const timeoutS = this.limits.timeoutOf(limit);
    if (timeoutS === null) return;
    kernel.tasks.deadline[child] = kernel.now + timeoutS;
    kernel.after(timeoutS, TIMEOUT, child);
  }

  /** The call has come back: again, on, or no further. */
  private after(task: number, index: number): number {
    const { tasks } = this.kernel;
    if (((tasks.flags[task] as number) & CHILD_FAILED) !== 0) return this.again(task, index);
    if (this.program.callLimit[index] !== NONE) tasks.attempt[task] = 0;
    return task;
  }

  private again(task: number, index: number): number {
    const { kernel } = this;
    const { tasks } = kernel;
    this.childFailed(task);
    const limit = this.program.callLimit[index] as number;
    const attempts = tasks.attempt[task] as number;
    const wait = limit === NONE ? NONE : this.limits.retryAfter(limit, attempts);
    if (wait >= 0) {
      tasks.attempt[task] = attempts + 1;
      tasks.pc[task] = (tasks.pc[task] as number) - 2 * op.WIDTH;
      if (wait === 0) return task;
      kernel.after(wait, RESUME, task);
      return NONE;
    }
    tasks.attempt[task] = 0;
    if ((this.program.calls[index] as op.CallPlan).hard) this.fail(task);
    return task;
  }

  private poolTimeout(task: number): void {
    if (!this.limits.givesUp(task)) return;
    const { tasks } = this.kernel;
    tasks.flags[task] = (tasks.flags[task] as number) | CHILD_FAILED;
    tasks.pc[task] = (tasks.pc[task] as number) + op.WIDTH;
    this.kernel.wake(task);
  }

  /** The caller stops waiting; the callee does not know and works on. */
  private timeout(child: number): void {
    const { tasks, now } = this.kernel;
    const parent = tasks.parent[child] as number;
    if (tasks.deadline[child] !== now || parent === NONE || (tasks.pc[child] as number) === NONE) return;
    const limit = this.program.callLimit[tasks.call[child] as number] as number;
    this.limits.close(limit, parent, true);
    tasks.parent[child] = NONE;
    tasks.root[child] = NONE;
    tasks.flags[parent] = (tasks.flags[parent] as number) | CHILD_FAILED;
    tasks.pending[parent] = 0;
    this.kernel.wake(parent);
  }

  private fork(task: number, table: number): void {
    const { tasks } = this.kernel;
    const { pcs, exit, lanes } = this.program.forks[table] as op.ForkPlan;
    const count = lanes > 0 ? lanes : pcs.length;
    tasks.pending[task] = count;
    for (let i = 0; i < count; i++) {
      const child = tasks.add(pcs[lanes > 0 ? 0 : i] as number, exit, task);
      tasks.unit[child] = tasks.unit[task] as number;
      tasks.process[child] = tasks.process[task] as number;
      tasks.key[child] = tasks.key[task] as number;
      tasks.root[child] = tasks.root[task] as number;
      tasks.size[child] = tasks.size[task] as number;
      tasks.lane[child] = lanes > 0 ? i : (tasks.lane[task] as number);
      this.kernel.wake(child);
    }
  }

  /** A task has ended. Returns who waited for it and for nothing else, or none. */
  private complete(task: number): number {
    const { tasks } = this.kernel;
    const flags = tasks.flags[task] as number;
    const parent = tasks.parent[task] as number;
    if (parent === NONE) {
      if ((flags & (REQUEST | MESSAGE)) !== 0) this.settled(task, flags);
      tasks.remove(task);
      return NONE;
    }
    const made = tasks.call[task] as number;
    const limit = made === NONE ? NONE : (this.program.callLimit[made] as number);
    let failed = (flags & FAILED) !== 0;
    if (limit !== NONE) failed = this.limits.close(limit, parent, failed);
    if (failed || (flags & HIT) !== 0) tasks.flags[parent] = (tasks.flags[parent] as number) | (failed ? CHILD_FAILED : 0) | (flags & HIT);
    const pending = (tasks.pending[parent] as number) - 1;
    tasks.pending[parent] = pending;
    tasks.remove(task);
    return pending === 0 ? parent : NONE;
  }

  private settled(task: number, flags: number): void {
    const { tasks } = this.kernel;
    if ((flags & REQUEST) !== 0) this.listener.answered(tasks.journey[task] as number, tasks.start[task] as number, (flags & FAILED) !== 0, task);
    const root = tasks.root[task] as number;
    if (root !== NONE) this.requests.release(root, (flags & (MESSAGE | FAILED)) === (MESSAGE | FAILED));
  }
}
