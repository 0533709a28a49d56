import type { SimulationOptions, SimulationProgress, SimulationResult } from '../../../shared/contracts/simulation.ts';
import type { Problem, Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';

/** What the simulation worker is told: to simulate one drawing, and to stop with what it has. */
export type SimulationOrder = { readonly type: 'simulate'; readonly design: Design; readonly options: SimulationOptions } | { readonly type: 'stop' };

/** What the simulation worker says. `stopped` results are those of a part of the run. */
export type SimulationMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly progress: SimulationProgress }
  | { readonly type: 'done'; readonly stopped: boolean; readonly result: Result<SimulationResult, Problem> };
