/**
 * The simulator's front door. It runs the compiled drawing that the analytic stages answer: `createSimulation` makes one or
 * several runs that are advanced piece by piece, so that a worker can report and stop; `simulate` takes them to their end.
 * Pure: the same design, options and seed give the same bytes.
 */
import type { Catalog } from '../../contracts/catalog.ts';
import type { SimulationOptions, SimulationResult } from '../../contracts/simulation.ts';
import type { Design } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { settlePopulations } from '../solve/population.ts';
import type { CompiledDesign } from '../types.ts';
import { settle } from './options.ts';
import { Replications } from './replications.ts';
import { Run, type Simulation } from './run.ts';

export type { Simulation };

/** Start a simulation of a drawing that is read already. */
export function simulationOf(compiled: CompiledDesign, options: SimulationOptions = {}): Simulation {
  const settled = settle(options, compiled);
  return settled.replications > 1 ? new Replications(compiled, settled) : new Run(compiled, settled);
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
