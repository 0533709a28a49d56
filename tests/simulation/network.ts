import * as op from '../../shared/engine/simulation/kernel/program.ts';
import { ARRIVE } from '../../shared/engine/simulation/kernel/kernel.ts';
import { Machine } from '../../shared/engine/simulation/kernel/machine.ts';
import { NONE } from '../../shared/engine/simulation/kernel/tasks.ts';
import type { UnitPolicy } from '../../shared/engine/simulation/kernel/units.ts';
import { estimateMean, estimateQuantiles, Series, type Estimated } from '../../shared/engine/simulation/statistics.ts';

/** A time: mean and squared coefficient of variation, or two exponentials. */
export type Time = { readonly mean: number; readonly cs2: number } | { readonly p: number; readonly rate1: number; readonly rate2: number };
/** A queue of a test network. */
export interface Queue { readonly name: string; readonly units?: number; readonly servers?: number; readonly service: Time; readonly policy?: UnitPolicy; readonly room?: number; readonly shared?: boolean }
/** A queue by its name, with a service time of its own for this kind of request where it has one. */
export type At = string | { readonly queue: string; readonly service: Time };
/** What a request does: visits queues one after the other, some side by side, or one of several. */
export type Visit = At | { readonly all: readonly At[] } | { readonly one: readonly At[]; readonly shares: readonly number[]; readonly policy?: op.ChoicePlan['policy'] };
/** Requests of one kind: open with gaps, or so many customers who think between two requests. */
export interface Class { readonly gap?: Time; readonly customers?: number; readonly think?: Time; readonly route: readonly Visit[] }

/** What a run of a network found. `byQueue`: responses of requests that visit one queue only, by queue and number of their class ("q 0"). */
export interface NetworkResult { readonly mean: Estimated; readonly p99: Estimated; readonly answered: number; readonly failed: number; readonly time: number; readonly utilisation: Readonly<Record<string, number>>; readonly events: number; readonly byQueue: ReadonlyMap<string, Estimated> }

/** A network of queues on the simulator's own machine, without a drawing. */
export class Network {
  private readonly machine: Machine;
  private readonly samples = new Series();
  private readonly visits = new Map<string, Series>();
  private answered = 0;
  private failed = 0;
  private readonly stations = new Map<string, { readonly station: number; readonly law: number; readonly delay: boolean }>();
  private readonly exits: number;
  private readonly starts: number[] = [];
  private readonly gaps: (number | null)[] = [];

  constructor(queues: readonly Queue[], classes: readonly Class[], seed: number, private readonly warmup: number) {
    this.machine = new Machine(seed, {
      answered: (journey, start, lost, task) => {
        this.answered += 1;
        if (lost) this.failed += 1;
        else if (this.answered > this.warmup) this.sample(journey, (classes[journey] as Class).route, start, task);
        if ((classes[journey] as Class).customers !== undefined) this.next(journey);
      },
      finished: () => undefined,
      event: (kind, id) => {
        if (kind !== ARRIVE) return;
        this.machine.inject(this.starts[id] as number, this.exits, id, false);
        if ((classes[id] as Class).customers === undefined) this.next(id);
      },
    });
    const { program, stations } = this.machine;
    for (const queue of queues) {
      const delay = queue.servers === 0;
      const station = delay ? NONE : stations.add({ node: 0, name: queue.name, units: queue.units ?? 1, servers: queue.servers ?? 1, policy: queue.policy ?? 'random', room: queue.room ?? null, shared: queue.shared ?? false });
      this.stations.set(queue.name, { station, law: this.law(queue.service), delay });
    }
    this.exits = program.emit(op.END);
    classes.forEach(({ gap, think, route }) => {
      this.gaps.push(gap ? this.law(gap) : this.law(think ?? { mean: 0, cs2: 0 }));
      const forks = route.map((visit) => (typeof visit === 'object' && 'all' in visit ? visit.all.map((at) => this.thread(at)) : []));
      this.starts.push(program.here);
      route.forEach((visit, i) => this.visit(visit, forks[i] ?? []));
      program.emit(op.END);
    });
    this.machine.seal(1, () => ({ pc: 0, exit: 0 }));
    classes.forEach((kind, i) => {
      for (let customer = 0; customer < (kind.customers ?? 1); customer++) this.next(i);
    });
  }

  private sample(journey: number, route: readonly Visit[], start: number, task: number): void {
    const { kernel: { now, tasks }, units, stations, gauges } = this.machine;
    this.samples.add(now - start);
    const [only] = route;
    if (route.length !== 1 || only === undefined || (typeof only === 'object' && 'all' in only)) return;
    const group = units.groupOf[tasks.at[task] as number] as number;
    const queue = [...this.stations.values()].find(({ station, delay }) => !delay && stations.groupOf(station) === group);
    if (!queue) return;
    const name = `${gauges.names[stations.resourceOf(queue.station)] ?? ''} ${journey}`;
    const own = this.visits.get(name) ?? new Series();
    this.visits.set(name, own);
    own.add(now - start);
  }

  private law(time: Time): number {
    const { laws } = this.machine.kernel;
    return 'p' in time ? laws.hyper(time.p, time.rate1, time.rate2) : laws.of(time.mean, time.cs2);
  }

  private next(id: number): void {
    const { kernel } = this.machine;
    kernel.after(kernel.laws.draw(this.gaps[id] as number, kernel.random, 1), ARRIVE, id);
  }

  private serve(at: At): void {
    const name = typeof at === 'string' ? at : at.queue;
    const found = this.stations.get(name);
    if (!found) throw new Error(name);
    const law = typeof at === 'string' ? found.law : this.law(at.service);
    if (found.delay) this.machine.program.emit(op.DELAY, law);
    else this.machine.program.emit(op.SERVE, found.station, law);
  }

  private thread(at: At): number {
    const { program } = this.machine;
    const start = program.here;
    this.serve(at);
    program.emit(op.END);
    return start;
  }

  private visit(visit: Visit, threads: readonly number[]): void {
    const { program } = this.machine;
    if (typeof visit === 'string' || 'queue' in visit) return this.serve(visit);
    if ('all' in visit) {
      program.forks.push({ pcs: threads, exit: this.exits, lanes: 0 });
      program.emit(op.FORK, program.forks.length - 1);
      program.emit(op.JOIN);
      return;
    }
    program.emit(op.PICK, program.choices.length);
    const pcs: number[] = [];
    const ends: number[] = [];
    for (const at of visit.one) {
      pcs.push(program.here);
      this.serve(at);
      ends.push(program.emit(op.JUMP));
    }
    for (const end of ends) program.land(end, 1);
    const groups = visit.one.map((at) => this.machine.stations.groupOf(this.stations.get(typeof at === 'string' ? at : at.queue)?.station ?? NONE));
    program.choices.push({ pcs, shares: visit.shares, groups, nodes: pcs.map(() => NONE), policy: visit.policy ?? 'weights', alternatives: false });
  }

  /** Run until so many requests were answered. */
  run(requests: number): NetworkResult {
    while (this.answered < requests) this.machine.advance(1000, Number.MAX_VALUE);
    const values = this.samples.from(0);
    const { gauges, kernel } = this.machine;
    const utilisation: Record<string, number> = {};
    gauges.names.forEach((name, i) => void (utilisation[name] = (gauges.busy[i] as number) / kernel.now / (gauges.servers[i] as number)));
    const [p99 = { value: 0, low: null, high: null }] = estimateQuantiles(values, [0.99]);
    return { mean: estimateMean(values), p99, answered: this.answered, failed: this.failed, time: kernel.now, utilisation, events: this.machine.events, byQueue: new Map([...this.visits].map(([name, own]) => [name, estimateMean(own.from(0))])) };
  }
}
