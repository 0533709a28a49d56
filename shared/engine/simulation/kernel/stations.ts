/** Stations: units with one or several servers and a queue each, first come first served or sharing the processor. */
import type { Gauges } from './gauges.ts';
import { SERVED, SHARED, type Kernel } from './kernel.ts';
import { DOOMED, NONE } from './tasks.ts';
import type { GroupPlan, Units } from './units.ts';

/** A station before it is built. `room` is how many may wait at a unit (null: any); `shared` divides the servers among all. */
export interface StationPlan extends GroupPlan { readonly name: string; readonly servers: number; readonly room?: number | null; readonly shared?: boolean }

/** All stations of a simulation; the unit number says which. */
export class Stations {
  private readonly kernel: Kernel;
  private readonly units: Units;
  private readonly gauges: Gauges;
  private readonly servers: number[] = [];
  private readonly room: number[] = [];
  private readonly shared: boolean[] = [];
  private readonly resource: number[] = [];
  private readonly group: number[] = [];
  private readonly nodes: number[] = [];
  /** The unit of a station that has one only. */
  private readonly only: number[] = [];
  /** By unit: station, servers busy, queue, and for shared ones the work that each task has got and since when. */
  private station = new Int32Array(0);
  private busy = new Int32Array(0);
  private head = new Int32Array(0);
  private tail = new Int32Array(0);
  private queued = new Int32Array(0);
  private got = new Float64Array(0);
  private since = new Float64Array(0);
  private due = new Float64Array(0);

  constructor(kernel: Kernel, units: Units, gauges: Gauges) {
    this.kernel = kernel;
    this.units = units;
    this.gauges = gauges;
  }

  /** Add a station; returns its number. */
  add(plan: StationPlan): number {
    const group = this.units.add(plan);
    this.group.push(group);
    this.only.push(this.units.most[group] === 1 ? (this.units.first[group] as number) : NONE);
    this.servers.push(Math.max(1, Math.round(plan.servers)));
    this.room.push(plan.room ?? -1);
    this.shared.push(plan.shared ?? false);
    this.nodes.push(plan.node);
    this.resource.push(this.gauges.add(plan.node, plan.name, Math.max(1, Math.round(plan.servers)) * (this.units.active[group] as number)));
    return this.group.length - 1;
  }

  /** Group of units of a station. */
  groupOf(station: number): number {
    return this.group[station] as number;
  }

  /** Resource by which the station is counted. */
  resourceOf(station: number): number {
    return this.resource[station] as number;
  }

  /** Call once, after the units were sealed. */
  seal(): void {
    const count = this.units.groupOf.length;
    this.station = new Int32Array(count).fill(NONE);
    this.busy = new Int32Array(count);
    this.head = new Int32Array(count).fill(NONE);
    this.tail = new Int32Array(count).fill(NONE);
    this.queued = new Int32Array(count);
    this.got = new Float64Array(count);
    this.since = new Float64Array(count);
    this.due = new Float64Array(count);
    this.group.forEach((group, station) => {
      const first = this.units.first[group] as number;
      this.station.fill(station, first, first + (this.units.most[group] as number));
    });
  }

  /** A task asks for `need` seconds of one server. False: refused, no unit or no room. True: it will be woken. */
  serve(station: number, task: number, need: number): boolean {
    const { kernel, units } = this;
    const { tasks } = kernel;
    let unit = this.only[station] as number;
    if (unit === NONE) unit = units.choose(this.group[station] as number, tasks.lane[task] as number, kernel.random);
    if (unit === NONE || units.up[unit] === 0) return this.refuse(station);
    const resource = this.resource[station] as number;
    if (this.shared[station] === true) {
      this.gauges.busy[resource] = (this.gauges.busy[resource] as number) + need;
      this.share(unit, task, need);
      return true;
    }
    const busy = this.busy[unit] as number;
    if (busy < (this.servers[station] as number)) {
      this.busy[unit] = busy + 1;
      this.begin(unit, resource, task, need);
    } else {
      const room = this.room[station] as number;
      if (room >= 0 && (this.queued[unit] as number) >= room) return this.refuse(station);
      this.enqueue(unit, station, task, need);
    }
    units.load[unit] = (units.load[unit] as number) + 1;
    return true;
  }

  private refuse(station: number): false {
    const node = this.nodes[station] as number;
    this.gauges.refused[node] = (this.gauges.refused[node] as number) + 1;
    return false;
  }

  private begin(unit: number, resource: number, task: number, need: number): void {
    this.kernel.tasks.at[task] = unit;
    this.gauges.busy[resource] = (this.gauges.busy[resource] as number) + need;
    this.kernel.after(need, SERVED, task);
  }

  private enqueue(unit: number, station: number, task: number, need: number): void {
    const { tasks } = this.kernel;
    tasks.need[task] = need;
    tasks.next[task] = NONE;
    const tail = this.tail[unit] as number;
    if (tail === NONE) this.head[unit] = task;
    else tasks.next[tail] = task;
    this.tail[unit] = task;
    this.queued[unit] = (this.queued[unit] as number) + 1;
    const node = this.nodes[station] as number;
    this.gauges.waiting[node] = (this.gauges.waiting[node] as number) + 1;
  }

  private dequeue(unit: number): number {
    const { tasks } = this.kernel;
    const task = this.head[unit] as number;
    if (task === NONE) return NONE;
    const next = tasks.next[task] as number;
    this.head[unit] = next;
    if (next === NONE) this.tail[unit] = NONE;
    this.queued[unit] = (this.queued[unit] as number) - 1;
    const node = this.nodes[this.station[unit] as number] as number;
    this.gauges.waiting[node] = (this.gauges.waiting[node] as number) - 1;
    return task;
  }

  /** The server of this task is free again: the next in line begins. */
  served(task: number): void {
    const { tasks } = this.kernel;
    const unit = tasks.at[task] as number;
    this.units.load[unit] = (this.units.load[unit] as number) - 1;
    const following = this.dequeue(unit);
    if (following === NONE) this.busy[unit] = (this.busy[unit] as number) - 1;
    else this.begin(unit, this.resource[this.station[unit] as number] as number, following, tasks.need[following] as number);
  }

  private advance(unit: number): void {
    const jobs = this.units.load[unit] as number;
    const servers = this.servers[this.station[unit] as number] as number;
    if (jobs > 0) this.got[unit] = (this.got[unit] as number) + (this.kernel.now - (this.since[unit] as number)) * Math.min(1, servers / jobs);
    this.since[unit] = this.kernel.now;
  }

  /** When the first of the sharing tasks will be done. */
  private plan(unit: number): void {
    const { kernel } = this;
    const { tasks } = kernel;
    let least = Number.MAX_VALUE;
    for (let task = this.head[unit] as number; task !== NONE; task = tasks.next[task] as number) least = Math.min(least, tasks.need[task] as number);
    if (least === Number.MAX_VALUE) {
      this.due[unit] = NONE;
      return;
    }
    const rate = Math.min(1, (this.servers[this.station[unit] as number] as number) / (this.units.load[unit] as number));
    const at = kernel.now + Math.max(0, least - (this.got[unit] as number)) / rate;
    this.due[unit] = at;
    kernel.heap.push(at, unit * 16 + SHARED);
  }

  private share(unit: number, task: number, need: number): void {
    const { tasks } = this.kernel;
    this.advance(unit);
    this.units.load[unit] = (this.units.load[unit] as number) + 1;
    tasks.at[task] = unit;
    tasks.need[task] = (this.got[unit] as number) + need;
    tasks.next[task] = this.head[unit] as number;
    this.head[unit] = task;
    this.plan(unit);
  }

  /** The first of the sharing tasks of a unit is done, unless another plan was made since. */
  shareDone(unit: number): void {
    const { kernel } = this;
    const { tasks } = kernel;
    if (this.due[unit] !== kernel.now) return;
    this.advance(unit);
    let before = NONE;
    let last = NONE;
    let lastBefore = NONE;
    for (let task = this.head[unit] as number; task !== NONE; before = task, task = tasks.next[task] as number) {
      if (last !== NONE && (tasks.need[task] as number) > (tasks.need[last] as number)) continue;
      last = task;
      lastBefore = before;
    }
    if (last === NONE) return;
    const next = tasks.next[last] as number;
    if (lastBefore === NONE) this.head[unit] = next;
    else tasks.next[lastBefore] = next;
    this.units.load[unit] = (this.units.load[unit] as number) - 1;
    kernel.wake(last);
    this.plan(unit);
  }

  /** A unit stops: whoever waits there fails; what is being served fails when its service would have ended. */
  stop(unit: number): void {
    if ((this.station[unit] as number) === NONE || this.shared[this.station[unit] as number] === true) return;
    const { kernel } = this;
    for (let task = this.dequeue(unit); task !== NONE; task = this.dequeue(unit)) {
      kernel.tasks.flags[task] = (kernel.tasks.flags[task] as number) | DOOMED;
      this.units.load[unit] = (this.units.load[unit] as number) - 1;
      kernel.wake(task);
    }
  }
}
