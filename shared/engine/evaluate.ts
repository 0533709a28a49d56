/**
 * The engine's front door. Stages, one file each, in this order:
 *   compile/  drawing + catalogue -> CompiledDesign: nodes, edges, zones, splitters, caches, journeys, the walk (no load)
 *   traffic   CompiledDesign + multiple -> TrafficResult: rates per state, node and edge, hit ratios
 *   stations  -> StationResult: utilisation of every resource, waits, mean responses, leaves first
 *   latency   -> LatencyResult: percentiles and time until done of every journey
 *   headroom  -> HeadroomResult: load multiples until the knee and until 1
 *   availability, isolation, cost, consistency -> StageResults, each from the `EvaluationContext` of the above
 *   result/   -> the facts that rules read
 *   rules/    facts -> findings and questions, from the catalogue's rules
 *   scoring/  facts and findings -> six scores, Overall; scoring/trees/ the explanation of one, only when it is asked for
 *   load-figures  utilisations and rates alone, for every frame while the dial moves
 * The order stands in pipeline.ts. No stage knows a component type: only the behavior vocabulary.
 */
import type { Catalog } from '../contracts/catalog.ts';
import { AXES, type Axis, type CutSet, type Evaluation, type Explanations, type Sweep } from '../contracts/evaluation.ts';
import { withExplanations, type ExplainedEvaluation } from '../contracts/explained.ts';
import type { Design } from '../model/design.ts';
import { solveAvailability } from './availability/solve-availability.ts';
import { compileDesign } from './compile/compile.ts';
import { sweepDesign } from './headroom.ts';
import { solveCuts, solveCutsOf, type CutsByOrder } from './isolation/solve-isolation.ts';
import { settlePopulations } from './solve/population.ts';
import { rulesStage, solveContext, solveDesign, type SolvedDesign } from './pipeline.ts';
import type { CompiledDesign } from './types.ts';

/** How to evaluate: `multiple` is the load dial, 1 by default, never negative. `today` (yyyy-mm-dd) ends risks accepted until a date. */
export interface EvaluateOptions { readonly multiple?: number; readonly today?: string | null }

/** How fine the sweep is: 200 loads from 1x to 100x by default. */
export interface SweepOptions { readonly steps?: number }

/** Which cut sets: single losses (1) or pairs (2, the default). */
export interface CutOptions { readonly multiple?: number; readonly order?: 1 | 2 }

/** A drawing that was read once and is evaluated at many loads. Holds no reference to a later state of the document. */
export interface PreparedDesign {
  readonly evaluate: (options?: EvaluateOptions) => Evaluation;
  /** The trees behind some scores, for the price of an evaluation. */
  readonly explain: <Asked extends Axis>(axes: readonly Asked[], options?: EvaluateOptions) => Explanations<Asked>;
  /** Both at once with the steps of the journeys, as files hold them. */
  readonly evaluateExplained: (options?: EvaluateOptions) => ExplainedEvaluation;
  readonly sweep: (options?: SweepOptions) => Sweep;
  /** Minimal cut sets of one order at one load, most probable first; order 2 costs more than an evaluation. */
  readonly cuts: (options?: CutOptions) => readonly CutSet[];
}

/** The sweep of a drawing that is read already. */
export function sweepCompiled(compiled: CompiledDesign, { steps }: SweepOptions = {}): Sweep {
  return sweepDesign(settlePopulations(compiled, 1), steps);
}

/** Read a drawing for several evaluations: the dial moves, the drawing does not. The design must not be changed after. */
export function prepareDesign(design: Design, catalog: Catalog): PreparedDesign {
  const compiled = compileDesign(design, catalog);
  const solve = ({ multiple = 1, today = null }: EvaluateOptions = {}): SolvedDesign => solveDesign(compiled, Math.max(0, multiple), catalog, rulesStage({ today }));
  return {
    evaluate: (options) => solve(options).evaluation,
    explain: (axes, options) => solve(options).explain(axes),
    evaluateExplained: (options) => {
      const { evaluation, explain, steps } = solve(options);
      return withExplanations(evaluation, explain(AXES), steps.of);
    },
    sweep: (options = {}) => sweepCompiled(compiled, options),
    cuts: (options = {}) => {
      const context = solveContext(compiled, Math.max(0, options.multiple ?? 1));
      return solveCuts(context, solveAvailability(context), { order: options.order ?? 2 });
    },
  };
}

/** Evaluate a drawing at one load. Pure and deterministic; never throws for a document that could be opened. */
export function evaluate(design: Design, catalog: Catalog, options: EvaluateOptions = {}): Evaluation {
  return prepareDesign(design, catalog).evaluate(options);
}

/** The trees behind some of a drawing's scores: what each comes from, down to the fields that a person can change. On demand. */
export function explain<Asked extends Axis>(design: Design, catalog: Catalog, axes: readonly Asked[], options: EvaluateOptions = {}): Explanations<Asked> {
  return prepareDesign(design, catalog).explain(axes, options);
}

/** Evaluate a drawing with the tree behind each score and the steps of each journey in their place, as files hold it. */
export function evaluateExplained(design: Design, catalog: Catalog, options: EvaluateOptions = {}): ExplainedEvaluation {
  return prepareDesign(design, catalog).evaluateExplained(options);
}

/** Utilisation over the whole range of the load dial, and where places break, as multiples of the drawn load. */
export function sweep(design: Design, catalog: Catalog, options: SweepOptions = {}): Sweep {
  return prepareDesign(design, catalog).sweep(options);
}

/** Minimal cut sets of a drawing over components, units, zones, regions and clusters, most probable first. On demand. */
export function cutSets(design: Design, catalog: Catalog, options: CutOptions = {}): readonly CutSet[] {
  return prepareDesign(design, catalog).cuts(options);
}

export type { CutsByOrder };

/** Cut sets of one journey at one load, of both orders, step by step: stop asking to cancel. A journey that is not there has none. */
export function journeyCuts(design: Design, catalog: Catalog, journey: string, multiple = 1): Generator<{ readonly done: number; readonly total: number }, CutsByOrder, void> {
  const context = solveContext(compileDesign(design, catalog), Math.max(0, multiple));
  return solveCutsOf(context, solveAvailability(context), journey);
}
