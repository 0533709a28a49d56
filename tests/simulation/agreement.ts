import fc from 'fast-check';
import { catalog } from '../../catalog/index.ts';
import type { SimulationResult } from '../../shared/contracts/simulation.ts';
import { compileDesign } from '../../shared/engine/compile/compile.ts';
import { solveLatency } from '../../shared/engine/latency.ts';
import { simulationOf } from '../../shared/engine/simulation/simulate.ts';
import { solveStations } from '../../shared/engine/stations.ts';
import { runTraffic } from '../../shared/engine/traffic.ts';
import type { CompiledDesign } from '../../shared/engine/types.ts';
import type { Design } from '../../shared/model/design.ts';
import { randomDesign } from '../support/random-design.ts';

/** The hottest place of a design that a run is about: no more than this (evaluation 11). */
const HIGHEST = 0.85;
const LOWEST = 0.2;

/** A random drawing at a load that makes its hottest place as busy as drawn. */
export interface LoadedDesign { readonly design: Design; readonly compiled: CompiledDesign; readonly multiple: number; readonly utilisation: number }

function hottest(compiled: CompiledDesign, multiple: number): number {
  const flows = runTraffic(compiled, { multiple });
  const { stations } = solveStations(compiled, flows);
  let most = 0;
  stations.forEach(({ resources }, index) => {
    if (compiled.connected[index]) for (const { utilisation, capacity } of resources) if (capacity !== null) most = Math.max(most, utilisation);
  });
  return most;
}

function loaded(design: Design, utilisation: number): LoadedDesign | null {
  const compiled = compileDesign(design, catalog);
  const rate = compiled.journeys.reduce((sum, journey) => sum + journey.rate_rps, 0);
  if (!(rate > 0)) return null;
  let multiple = 1;
  for (let round = 0; round < 30; round++) {
    const now = hottest(compiled, multiple);
    if (now === 0) break;
    const next = multiple * (utilisation / now);
    if (Math.abs(next / multiple - 1) < 1e-3) break;
    multiple = Math.min(1e6, next);
  }
  const flows = runTraffic(compiled, { multiple });
  const latency = solveLatency(compiled, flows, solveStations(compiled, flows));
  if (hottest(compiled, multiple) > HIGHEST + 1e-3) return null;
  return latency.journeys.some((journey) => journey.meanS > 1e-6) ? { design, compiled, multiple, utilisation } : null;
}

/** So many seeded random drawings that carry load, each with its hottest place between .2 and .85. */
export function loadedDesigns(count: number, seed: number): readonly LoadedDesign[] {
  const found: LoadedDesign[] = [];
  const drawn = fc.sample(fc.tuple(randomDesign(), fc.double({ min: LOWEST, max: HIGHEST, noNaN: true })), { seed, numRuns: count * 6 });
  for (const [design, utilisation] of drawn) {
    if (found.length === count) break;
    const one = loaded(design, utilisation);
    if (one) found.push(one);
  }
  return found;
}

/** What both sides say about one drawing: all its journeys must agree. */
export interface Agreement { readonly loaded: LoadedDesign; readonly result: SimulationResult; readonly mean: boolean; readonly p99: boolean; readonly compared: number }

/** Simulate one drawing and compare. */
export function agreementOf(loadedDesign: LoadedDesign, requests: number, seed = 1): Agreement {
  const run = simulationOf(loadedDesign.compiled, { seed, requests, multiple: loadedDesign.multiple, max_events: 40_000_000 });
  while (run.advance(1_000_000));
  const result = run.result();
  const compared = result.comparison.filter(({ mean }) => mean !== null);
  return { loaded: loadedDesign, result, compared: compared.length, mean: compared.every(({ mean }) => mean?.agree === true), p99: compared.every(({ p99 }) => p99?.agree === true) };
}
