/** One run of the simulator: the compiled drawing in a machine, driven by its load, measured, advanced piece by piece. */
import type { JourneyComparison, SimulatedJourney, SimulationProgress, SimulationResult } from '../../contracts/simulation.ts';
import { metByUsers } from '../solve/population.ts';
import { solveLatency } from '../latency.ts';
import { solveStations } from '../stations.ts';
import { runTraffic } from '../traffic.ts';
import type { CompiledDesign, LatencyResult } from '../types.ts';
import { Autoscaler } from './autoscale.ts';
import { Failures } from './failures.ts';
import { drawByShare } from './kernel/choices.ts';
import { ARRIVE, BUCKET, CROWD, FAILURE, READY_UNITS, SCALE, THINK } from './kernel/kernel.ts';
import { Machine } from './kernel/machine.ts';
import { lowerDesign, type Lowered, type Source } from './lower/lower.ts';
import type { Settled } from './options.ts';
import { LoadClock } from './profile.ts';
import { Recorder } from './recorder.ts';
import { assembleResult, compareAll } from './result.ts';
import { Users } from './users.ts';

/** More tasks at the same time than this end the run: the system falls behind without end. */
const MOST_TASKS = 2_000_000;

/** A simulation that is advanced piece by piece. */
export interface Simulation {
  readonly progress: SimulationProgress;
  /** Process up to so many events. False when it has ended. */
  advance(events: number): boolean;
  /** What was measured so far; of all of it when `advance` has returned false. */
  result(): SimulationResult;
}

/** One replication: a machine of its own, with its own stream of random numbers. */
export class Run implements Simulation {
  private readonly compiled: CompiledDesign;
  private readonly options: Settled;
  private readonly machine: Machine;
  private readonly lowered: Lowered;
  private readonly recorder: Recorder;
  private readonly clock: LoadClock;
  private readonly autoscaler: Autoscaler;
  private readonly failures: Failures;
  private readonly latency: LatencyResult;
  private readonly users: Users;
  private readonly gap: number;
  private cutShort: string | null = null;
  private ended = false;

  /** `stream`: which of the independent streams of the seed. */
  constructor(compiled: CompiledDesign, options: Settled, stream = 0) {
    this.compiled = compiled;
    this.options = options;
    this.clock = new LoadClock(options.profile, options.multiple, options.duration_s);
    this.recorder = new Recorder(compiled.journeys.length, options.buckets, options.duration_s);
    this.machine = new Machine(options.seed, {
      answered: (journey, start, failed) => this.answered(journey, start, failed),
      finished: (journey, start) => this.recorder.finish(journey, start, this.machine.kernel.now),
      event: (kind, id) => this.event(kind, id),
    }, stream);
    const flows = runTraffic(compiled, { multiple: this.clock.at(0) });
    const stations = solveStations(compiled, flows);
    this.latency = metByUsers(compiled, options.multiple, solveLatency(compiled, flows, stations));
    this.gap = this.machine.kernel.laws.of(1, compiled.workload.ca2);
    this.lowered = lowerDesign(compiled, flows, stations, this.machine, { failing: options.failures.length > 0, cold: options.cold_caches });
    this.autoscaler = new Autoscaler(this.machine, this.lowered.nodes, compiled.nodes);
    this.failures = new Failures(this.machine, this.lowered.nodes, compiled, this.lowered.caches, options.failures);
    this.users = new Users(this.machine, compiled, this.lowered.sources, this.clock, options.multiple, (source) => this.ask(source));
    this.lowered.sources.forEach(({ journey }, source) => {
      if (!this.users.has(journey)) this.plan(source);
    });
    this.users.begin();
    for (let bucket = 1; bucket <= options.buckets; bucket++) this.machine.kernel.heap.push((options.duration_s * bucket) / options.buckets, BUCKET);
  }

  private plan(index: number): void {
    const { kernel } = this.machine;
    const { rate } = this.lowered.sources[index] as Source;
    const gap = kernel.laws.draw(this.gap, kernel.random, 1) / rate;
    const at = this.clock.later(kernel.now, gap);
    if (at <= this.options.duration_s) kernel.heap.push(at, index * 16 + ARRIVE);
  }

  private ask(index: number): void {
    const { kernel } = this.machine;
    const { journey, shares, pcs, tracked } = this.lowered.sources[index] as Source;
    const branch = shares.length > 1 ? drawByShare(shares, kernel.random) : 0;
    this.recorder.arrive(journey, kernel.now);
    this.machine.inject(pcs[branch] ?? this.lowered.exit, this.lowered.exit, journey, tracked);
  }

  private answered(journey: number, start: number, failed: boolean): void {
    this.recorder.answer(journey, start, this.machine.kernel.now, failed);
    this.users.answered(journey);
  }

  private event(kind: number, id: number): void {
    switch (kind) {
      case ARRIVE: this.ask(id); return this.plan(id);
      case THINK: return this.users.thought(id);
      case CROWD: return this.users.moved();
      case BUCKET: return this.recorder.sample(this.machine, this.lowered.nodes);
      case FAILURE: return this.failures.happen(id);
      case SCALE: return this.autoscaler.look(id);
      case READY_UNITS: return this.autoscaler.ready(id);
      default: throw new Error(`No event ${kind}`);
    }
  }

  get progress(): SimulationProgress {
    const { duration_s, max_events } = this.options;
    const { kernel, events } = this.machine;
    return { run: 1, runs: 1, time_s: kernel.now, duration_s, events, share: this.ended ? 1 : Math.min(1, Math.max(kernel.now / duration_s, events / max_events)) };
  }

  advance(events: number): boolean {
    if (this.ended) return false;
    const { machine, options } = this;
    const allowed = Math.min(Math.max(1, Math.round(events)), options.max_events - machine.events);
    const more = allowed > 0 && machine.advance(allowed, options.duration_s);
    if (more && machine.kernel.tasks.active > MOST_TASKS) this.cutShort = 'Too many requests are under way at the same time: the system falls behind without end.';
    else if (more && machine.events >= options.max_events) this.cutShort = `The run needs more than ${options.max_events} events. Simulate a shorter time.`;
    if (machine.overrun) this.cutShort = 'A request makes more calls than can be simulated.';
    this.ended = !more || this.cutShort !== null;
    return !this.ended;
  }

  /** What was measured, by journey and by bucket. */
  get measured(): Recorder {
    return this.recorder;
  }

  result(): SimulationResult {
    const { compiled, options, machine, lowered, recorder, autoscaler, latency, clock, cutShort } = this;
    return assembleResult({ compiled, options, machine, lowered, recorder, autoscaler, latency, clock, cutShort });
  }

  /** The analytic answer beside what several runs measured together. */
  compare(journeys: readonly SimulatedJourney[], cutShort: string | null): readonly JourneyComparison[] {
    return compareAll(this.latency, this.options, journeys, cutShort);
  }
}
