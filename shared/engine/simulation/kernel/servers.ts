/**
 * Servers of own code: units with processes that hold requests in slots and compute on shared cores (evaluation 5.3). A
 * request is taken in by a process with a free slot, keeps the slot until it is answered, and computes one at a time in
 * its process where the runtime has a lock or an event loop.
 */
import type { Gauges } from './gauges.ts';
import { COMPUTED, type Kernel } from './kernel.ts';
import { DOOMED, HOLDS, NONE, REQUEST } from './tasks.ts';
import type { GroupPlan, Units } from './units.ts';

/** A server before it is built: of each unit its processes, their slots, and its cores. */
export interface ServerPlan extends GroupPlan {
  readonly processes: number;
  readonly slots: number;
  readonly cores: number;
  /** Speed of a core: below 1 where the cores are not whole. */
  readonly speed: number;
  /** A process computes on one core at a time. */
  readonly bound: boolean;
  /** A process is replaced after so many requests: it takes in no more, ends those it has, and its successor computes so long before it serves. */
  readonly recycle?: RecyclePlan | null;
  /** How many may wait at one unit (null: any), and after how many seconds of waiting they are gone. */
  readonly places?: number | null;
  readonly keptS?: number | null;
}

/** When processes are replaced, how long the new one computes, and the program that it runs when it is there. */
export interface RecyclePlan { readonly requests: number; readonly bootS: number; readonly pc: number }

/** All servers of a simulation; the unit number says which. */
export class Servers {
  private readonly kernel: Kernel;
  private readonly units: Units;
  private readonly gauges: Gauges;
  private readonly plans: ServerPlan[] = [];
  private readonly group: number[] = [];
  private readonly cpu: number[] = [];
  private readonly slot: number[] = [];
  /** By unit: server, slots in use, slots there are, queue for a slot, cores busy, queue for a core. */
  private server = new Int32Array(0);
  private used = new Int32Array(0);
  private room = new Int32Array(0);
  private queued = new Int32Array(0);
  private head = new Int32Array(0);
  private tail = new Int32Array(0);
  private coresBusy = new Int32Array(0);
  private coreHead = new Int32Array(0);
  private coreTail = new Int32Array(0);
  /** By process: slots in use, whether it computes, queue to compute. */
  private firstProcess = new Int32Array(0);
  private held = new Int32Array(0);
  private running = new Uint8Array(0);
  private waitHead = new Int32Array(0);
  private waitTail = new Int32Array(0);
  /** By process that may be replaced: requests until then, and whether it is on its way out or its successor not there yet. */
  private life = new Int32Array(0);
  private closed = new Uint8Array(0);
  /** When a task took its slot, for the use of slots. */
  private entered = new Float64Array(1024);

  constructor(kernel: Kernel, units: Units, gauges: Gauges) {
    this.kernel = kernel;
    this.units = units;
    this.gauges = gauges;
  }

  /** Add a server; returns its number. */
  add(plan: ServerPlan): number {
    const group = this.units.add(plan);
    const units = this.units.active[group] as number;
    this.group.push(group);
    this.plans.push(plan);
    this.cpu.push(this.gauges.add(plan.node, 'cpu', Math.min(plan.cores, plan.bound ? plan.processes : plan.processes * plan.slots) * units));
    this.slot.push(this.gauges.add(plan.node, 'slots', plan.processes * plan.slots * units));
    return this.group.length - 1;
  }

  /** Group of units of a server. */
  groupOf(server: number): number {
    return this.group[server] as number;
  }

  /** Resources by which it is counted: cores and slots. */
  resourcesOf(server: number): readonly [number, number] {
    return [this.cpu[server] as number, this.slot[server] as number];
  }

  /** Number of the first process of a server. */
  firstProcessOf(server: number): number {
    return this.firstProcess[this.units.first[this.group[server] as number] as number] as number;
  }

  /** Call once, after the units were sealed. */
  seal(): void {
    const count = this.units.groupOf.length;
    this.server = new Int32Array(count).fill(NONE);
    this.firstProcess = new Int32Array(count).fill(NONE);
    for (const name of ['used', 'room', 'queued', 'coresBusy'] as const) this[name] = new Int32Array(count);
    for (const name of ['head', 'tail', 'coreHead', 'coreTail'] as const) this[name] = new Int32Array(count).fill(NONE);
    let processes = 0;
    this.plans.forEach((plan, server) => {
      const group = this.group[server] as number;
      const first = this.units.first[group] as number;
      for (let unit = first; unit < first + (this.units.most[group] as number); unit++) {
        this.server[unit] = server;
        this.room[unit] = plan.processes * plan.slots;
        this.firstProcess[unit] = processes;
        processes += plan.processes;
      }
    });
    this.held = new Int32Array(processes);
    this.running = new Uint8Array(processes);
    this.waitHead = new Int32Array(processes).fill(NONE);
    this.waitTail = new Int32Array(processes).fill(NONE);
    this.closed = new Uint8Array(processes);
    this.life = new Int32Array(processes);
    this.plans.forEach((plan, server) => this.age(plan, server));
  }

  /** Processes have served any number of requests when the run begins. */
  private age({ recycle, processes }: ServerPlan, server: number): void {
    if (!recycle) return;
    const first = this.firstProcessOf(server);
    for (let i = 0; i < processes * (this.units.most[this.group[server] as number] as number); i++) this.life[first + i] = 1 + this.kernel.random.below(recycle.requests);
  }

  /** Take a slot. -1: refused, no unit. 0: waits for one and is woken. 1: has it. */
  enter(server: number, task: number): -1 | 0 | 1 {
    const { kernel, units } = this;
    const { tasks } = kernel;
    const unit = units.choose(this.group[server] as number, tasks.lane[task] as number, kernel.random);
    if (unit === NONE || units.up[unit] === 0) return this.refuse(server);
    const { places } = this.plans[server] as ServerPlan;
    const full = (this.used[unit] as number) >= (this.room[unit] as number);
    if (full && places != null && (this.queued[unit] as number) >= places) return this.refuse(server);
    tasks.unit[task] = unit;
    units.load[unit] = (units.load[unit] as number) + 1;
    if (!full) {
      this.accept(unit, server, task);
      return 1;
    }
    if (((tasks.flags[task] as number) & REQUEST) === 0) tasks.start[task] = kernel.now;
    this.queued[unit] = (this.queued[unit] as number) + 1;
    tasks.next[task] = NONE;
    const tail = this.tail[unit] as number;
    if (tail === NONE) this.head[unit] = task;
    else tasks.next[tail] = task;
    this.tail[unit] = task;
    this.wait(server, 1);
    return 0;
  }

  private refuse(server: number): -1 {
    const { node } = this.plans[server] as ServerPlan;
    this.gauges.refused[node] = (this.gauges.refused[node] as number) + 1;
    return -1;
  }

  private wait(server: number, change: number): void {
    const { node } = this.plans[server] as ServerPlan;
    this.gauges.waiting[node] = (this.gauges.waiting[node] as number) + change;
  }

  /** The process that holds the fewest requests takes it: an idle one is the first to accept. */
  private accept(unit: number, server: number, task: number): void {
    const { tasks } = this.kernel;
    const plan = this.plans[server] as ServerPlan;
    this.used[unit] = (this.used[unit] as number) + 1;
    const process = plan.recycle ? this.idlestOpen(unit, plan) : this.idlest(unit, plan);
    this.held[process] = (this.held[process] as number) + 1;
    tasks.process[task] = process;
    if (plan.recycle) this.wear(unit, plan.slots, process);
    tasks.flags[task] = (tasks.flags[task] as number) | HOLDS;
    if (task >= this.entered.length) {
      const grown = new Float64Array(Math.max(task + 1, this.entered.length * 2));
      grown.set(this.entered);
      this.entered = grown;
    }
    this.entered[task] = this.kernel.now;
  }

  private idlest(unit: number, { processes, slots }: ServerPlan): number {
    const first = this.firstProcess[unit] as number;
    const from = processes === 1 ? 0 : this.kernel.random.below(processes);
    let best = first + from;
    let fewest = this.held[best] as number;
    for (let i = 1; i < processes && fewest > 0; i++) {
      const process = first + ((from + i) % processes);
      if ((this.held[process] as number) >= fewest) continue;
      best = process;
      fewest = this.held[process] as number;
    }
    return fewest < slots ? best : first + from;
  }

  /** The same of those that are not being replaced; there is one with a free slot. */
  private idlestOpen(unit: number, { processes }: ServerPlan): number {
    const first = this.firstProcess[unit] as number;
    const from = this.kernel.random.below(processes);
    let best = NONE;
    for (let i = 0; i < processes; i++) {
      const process = first + ((from + i) % processes);
      if (this.closed[process] === 1 || (best !== NONE && (this.held[process] as number) >= (this.held[best] as number))) continue;
      best = process;
    }
    return best === NONE ? first + from : best;
  }

  /** One request more: after the last one the process is closed, and its free slots are in nobody's use. */
  private wear(unit: number, slots: number, process: number): void {
    const left = (this.life[process] as number) - 1;
    this.life[process] = left;
    if (left > 0) return;
    this.closed[process] = 1;
    this.used[unit] = (this.used[unit] as number) + Math.max(0, slots - (this.held[process] as number));
  }

  /** A closed process has ended its last request: another is started in its place. */
  private boot(unit: number, process: number, { bootS, pc }: RecyclePlan): void {
    const { tasks } = this.kernel;
    const task = tasks.add(pc, pc, NONE);
    tasks.unit[task] = unit;
    tasks.process[task] = process;
    this.compute(task, bootS);
  }

  /** A process that was started is there: it serves again. */
  booted(task: number): void {
    const { tasks } = this.kernel;
    const unit = tasks.unit[task] as number;
    const process = tasks.process[task] as number;
    const server = this.server[unit] as number;
    const { slots, recycle } = this.plans[server] as ServerPlan;
    this.closed[process] = 0;
    this.life[process] = recycle?.requests ?? 1;
    this.used[unit] = (this.used[unit] as number) - slots;
    while ((this.used[unit] as number) < (this.room[unit] as number) && this.head[unit] !== NONE) this.admitNext(unit, server);
  }

  /** Give the slot back; the next in line gets it. */
  leave(task: number): void {
    const { tasks } = this.kernel;
    const unit = tasks.unit[task] as number;
    if (unit === NONE) return;
    const server = this.server[unit] as number;
    this.units.load[unit] = (this.units.load[unit] as number) - 1;
    if (((tasks.flags[task] as number) & HOLDS) === 0) return;
    tasks.flags[task] = (tasks.flags[task] as number) & ~HOLDS;
    const process = tasks.process[task] as number;
    this.held[process] = (this.held[process] as number) - 1;
    const slot = this.slot[server] as number;
    this.gauges.busy[slot] = (this.gauges.busy[slot] as number) + (this.kernel.now - (this.entered[task] as number));
    if (this.closed[process] === 1) {
      const { recycle } = this.plans[server] as ServerPlan;
      if (this.held[process] === 0 && recycle) this.boot(unit, process, recycle);
      return;
    }
    this.used[unit] = (this.used[unit] as number) - 1;
    if ((this.used[unit] as number) < (this.room[unit] as number)) this.admitNext(unit, server);
  }

  private admitNext(unit: number, server: number): void {
    const following = this.takeNext(unit, server);
    if (following === NONE) return;
    this.accept(unit, server, following);
    this.kernel.wake(following);
  }

  /** The first in line who has not waited too long; those who have are gone. */
  private takeNext(unit: number, server: number): number {
    const { tasks, now } = this.kernel;
    const { keptS } = this.plans[server] as ServerPlan;
    for (let task = this.head[unit] as number; task !== NONE; task = this.head[unit] as number) {
      const next = tasks.next[task] as number;
      this.head[unit] = next;
      if (next === NONE) this.tail[unit] = NONE;
      this.queued[unit] = (this.queued[unit] as number) - 1;
      this.wait(server, -1);
      if (keptS == null || now - (tasks.start[task] as number) <= keptS) return task;
      this.refuse(server);
      tasks.flags[task] = (tasks.flags[task] as number) | DOOMED;
      this.kernel.wake(task);
    }
    return NONE;
  }

  /** Compute for `need` seconds of a full core. The task is woken when it has. */
  compute(task: number, need: number): void {
    const { tasks } = this.kernel;
    const unit = tasks.unit[task] as number;
    const server = this.server[unit] as number;
    const plan = this.plans[server] as ServerPlan;
    tasks.need[task] = need / plan.speed;
    if (!plan.bound) return this.askCore(unit, server, plan, task);
    const process = tasks.process[task] as number;
    if (this.running[process] === 1) {
      tasks.next[task] = NONE;
      const tail = this.waitTail[process] as number;
      if (tail === NONE) this.waitHead[process] = task;
      else tasks.next[tail] = task;
      this.waitTail[process] = task;
      return;
    }
    this.running[process] = 1;
    this.askCore(unit, server, plan, task);
  }

  private askCore(unit: number, server: number, plan: ServerPlan, task: number): void {
    const { tasks } = this.kernel;
    if ((this.coresBusy[unit] as number) >= plan.cores) {
      tasks.next[task] = NONE;
      const tail = this.coreTail[unit] as number;
      if (tail === NONE) this.coreHead[unit] = task;
      else tasks.next[tail] = task;
      this.coreTail[unit] = task;
      return;
    }
    this.coresBusy[unit] = (this.coresBusy[unit] as number) + 1;
    this.run(server, task);
  }

  private run(server: number, task: number): void {
    const need = this.kernel.tasks.need[task] as number;
    const cpu = this.cpu[server] as number;
    this.gauges.busy[cpu] = (this.gauges.busy[cpu] as number) + need;
    this.kernel.after(need, COMPUTED, task);
  }

  /** A task has computed: its core and its process go to the next that is ready. */
  computed(task: number): void {
    const { tasks } = this.kernel;
    const unit = tasks.unit[task] as number;
    const server = this.server[unit] as number;
    const plan = this.plans[server] as ServerPlan;
    this.coresBusy[unit] = (this.coresBusy[unit] as number) - 1;
    if (plan.bound) this.passOn(unit, server, plan, tasks.process[task] as number);
    const following = this.coreHead[unit] as number;
    if (following === NONE || (this.coresBusy[unit] as number) >= plan.cores) return;
    const next = tasks.next[following] as number;
    this.coreHead[unit] = next;
    if (next === NONE) this.coreTail[unit] = NONE;
    this.coresBusy[unit] = (this.coresBusy[unit] as number) + 1;
    this.run(server, following);
  }

  /** The next request of the same process is ready: it stands in line for a core like all others. */
  private passOn(unit: number, server: number, plan: ServerPlan, process: number): void {
    const { tasks } = this.kernel;
    const waiting = this.waitHead[process] as number;
    if (waiting === NONE) {
      this.running[process] = 0;
      return;
    }
    const next = tasks.next[waiting] as number;
    this.waitHead[process] = next;
    if (next === NONE) this.waitTail[process] = NONE;
    // who is ready already computes first
    if (this.coreHead[unit] === NONE) return this.askCore(unit, server, plan, waiting);
    tasks.next[waiting] = NONE;
    tasks.next[this.coreTail[unit] as number] = waiting;
    this.coreTail[unit] = waiting;
  }

  /** A unit stops: whoever waits for a slot fails at once, who has one fails with its next step. */
  stop(unit: number): void {
    const server = this.server[unit] as number;
    if (server === NONE) return;
    const { tasks } = this.kernel;
    for (let task = this.head[unit] as number; task !== NONE;) {
      const next = tasks.next[task] as number;
      tasks.flags[task] = (tasks.flags[task] as number) | DOOMED;
      this.wait(server, -1);
      this.kernel.wake(task);
      task = next;
    }
    this.head[unit] = NONE;
    this.tail[unit] = NONE;
    this.queued[unit] = 0;
    for (let task = 0; task < tasks.made; task++) {
      if (tasks.pc[task] !== NONE && tasks.unit[task] === unit) tasks.flags[task] = (tasks.flags[task] as number) | DOOMED;
    }
  }

  /** Change the slots of a unit, as when machines join or leave a pool that is one queue. */
  resize(server: number, slots: number): void {
    const unit = this.units.first[this.group[server] as number] as number;
    this.room[unit] = Math.max(0, Math.round(slots));
    for (let free = (this.room[unit] as number) - (this.used[unit] as number); free > 0 && this.head[unit] !== NONE; free--) this.admitNext(unit, server);
  }
}
