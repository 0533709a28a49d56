/**
 * The simulator's front door. It runs the compiled drawing that the analytic stages answer: `createSimulation` makes a run
 * that is advanced piece by piece, so that a worker can report and stop; `simulate` runs it to its end. Pure: the same
 * design, options and seed give the same bytes.
 */
import type { Catalog } from '../../contracts/catalog.ts';
import type { SimulationOptions, SimulationProgress, SimulationResult } from '../../contracts/simulation.ts';
import type { Design } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { settlePopulations } from '../solve/population.ts';
import { solveLatency } from '../latency.ts';
import { solveStations } from '../stations.ts';
import { runTraffic } from '../traffic.ts';
import type { CompiledDesign, LatencyResult } from '../types.ts';
import { Autoscaler } from './autoscale.ts';
import { Failures } from './failures.ts';
import { ARRIVE, BUCKET, FAILURE, READY_UNITS, SCALE } from './kernel/kernel.ts';
import { Machine } from './kernel/machine.ts';
import { lowerDesign, type Lowered, type Source } from './lower/lower.ts';
import { settle, type Settled } from './options.ts';
import { LoadClock } from './profile.ts';
import { Recorder } from './recorder.ts';
import { assembleResult } from './result.ts';

/** More tasks at the same time than this end the run: the system falls behind without end. */
const MOST_TASKS = 2_000_000;

/** A run that is advanced piece by piece. */
export interface Simulation {
  readonly progress: SimulationProgress;
  /** Process up to so many events. False when the run has ended. */
  advance(events: number): boolean;
  /** What was measured so far; of a whole run when `advance` has returned false. */
  result(): SimulationResult;
}

class Run implements Simulation {
  private readonly compiled: CompiledDesign;
  private readonly options: Settled;
  private readonly machine: Machine;
  private readonly lowered: Lowered;
  private readonly recorder: Recorder;
  private readonly clock: LoadClock;
  private readonly autoscaler: Autoscaler;
  private readonly failures: Failures;
  private readonly latency: LatencyResult;
  private readonly gaps: readonly number[];
  private cutShort: string | null = null;
  private ended = false;

  constructor(compiled: CompiledDesign, options: Settled) {
    this.compiled = compiled;
    this.options = options;
    this.clock = new LoadClock(options.profile, options.multiple, options.duration_s);
    this.recorder = new Recorder(compiled.journeys.length, options.buckets, options.duration_s);
    this.machine = new Machine(options.seed, {
      answered: (journey, start, failed) => this.recorder.answer(journey, start, this.machine.kernel.now, failed),
      finished: (journey, start) => this.recorder.finish(journey, start, this.machine.kernel.now),
      event: (kind, id) => this.event(kind, id),
    });
    const flows = runTraffic(compiled, { multiple: this.clock.at(0) });
    const stations = solveStations(compiled, flows);
    this.latency = solveLatency(compiled, flows, stations);
    const gap = this.machine.kernel.laws.of(1, compiled.workload.ca2);
    this.lowered = lowerDesign(compiled, flows, stations, this.machine, { failing: options.failures.length > 0, cold: options.cold_caches });
    this.gaps = this.lowered.sources.map(() => gap);
    this.autoscaler = new Autoscaler(this.machine, this.lowered.nodes, compiled.nodes);
    this.failures = new Failures(this.machine, this.lowered.nodes, compiled, this.lowered.caches, options.failures);
    this.lowered.sources.forEach((_, source) => this.plan(source));
    for (let bucket = 1; bucket <= options.buckets; bucket++) this.machine.kernel.heap.push((options.duration_s * bucket) / options.buckets, BUCKET);
  }

  private plan(index: number): void {
    const { kernel } = this.machine;
    const { rate } = this.lowered.sources[index] as Source;
    const gap = kernel.laws.draw(this.gaps[index] as number, kernel.random, 1) / rate;
    const at = this.clock.later(kernel.now, gap);
    if (at <= this.options.duration_s) kernel.heap.push(at, index * 16 + ARRIVE);
  }

  private arrive(index: number): void {
    const { kernel } = this.machine;
    const { journey, branches, tracked } = this.lowered.sources[index] as Source;
    let branch = 0;
    if (branches.length > 1) for (let u = kernel.random.uniform(); branch < branches.length - 1 && u >= (branches[branch]?.share ?? 1); branch++) u -= branches[branch]?.share ?? 1;
    this.recorder.arrive(journey, kernel.now);
    this.machine.inject(branches[branch]?.pc ?? this.lowered.exit, this.lowered.exit, journey, tracked);
    this.plan(index);
  }

  private event(kind: number, id: number): void {
    switch (kind) {
      case ARRIVE: return this.arrive(id);
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
    return { time_s: kernel.now, duration_s, events, share: this.ended ? 1 : Math.min(1, Math.max(kernel.now / duration_s, events / max_events)) };
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

  result(): SimulationResult {
    const { compiled, options, machine, lowered, recorder, autoscaler, latency, clock, cutShort } = this;
    return assembleResult({ compiled, options, machine, lowered, recorder, autoscaler, latency, clock, cutShort });
  }
}

/** Start a simulation of a drawing that is read already. */
export function simulationOf(compiled: CompiledDesign, options: SimulationOptions = {}): Simulation {
  return new Run(compiled, settle(options, compiled));
}

/** Start a simulation. Nothing has happened yet; never throws for a document that could be opened. */
export function createSimulation(design: Design, catalog: Catalog, options: SimulationOptions = {}): Simulation {
  return simulationOf(settlePopulations(compileDesign(design, catalog), Math.max(0, options.multiple ?? 1)), options);
}

/** Simulate to the end. */
export function simulate(design: Design, catalog: Catalog, options: SimulationOptions = {}): SimulationResult {
  const simulation = createSimulation(design, catalog, options);
  while (simulation.advance(1_000_000));
  return simulation.result();
}
