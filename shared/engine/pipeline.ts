/**
 * The stages in their order, between a compiled drawing and an `Evaluation`:
 * context (traffic, stations, latency, headroom) -> stages (availability, isolation, cost, consistency) -> facts -> rules
 * -> scores. Rules read facts and stand before the scores, because structural findings subtract from them.
 */
import type { Catalog } from '../contracts/catalog.ts';
import type { Axis, Evaluation, Explanations } from '../contracts/evaluation.ts';
import type { Facts, StepFacts } from '../contracts/rule.ts';
import { solveAvailability } from './availability/solve-availability.ts';
import { solveConsistency } from './consistency/consistency.ts';
import type { EvaluationContext, StageResults } from './context.ts';
import { solveBurden } from './cost/burden.ts';
import { solveCost } from './cost/cost.ts';
import type { LoadMemory } from './incremental/load-memory.ts';
import { solveHeadroom } from './headroom.ts';
import { pagesPerYear } from './isolation/pages.ts';
import { solveIsolation } from './isolation/solve-isolation.ts';
import { solveLatency } from './latency.ts';
import { assembleEvaluation, assembleFacts } from './result/assemble.ts';
import { stepFacts } from './result/steps.ts';
import { runRules, type RulesOptions, type RulesOutcome } from './rules/run-rules.ts';
import type { ScoreInputs } from './scoring/inputs.ts';
import { scoreAxes, type RuleRun } from './scoring/score-axes.ts';
import { explainAxes } from './scoring/trees/explain-axes.ts';
import { FieldLeaves } from './scoring/trees/fields.ts';
import type { TreeInputs } from './scoring/trees/inputs.ts';
import { withAdvice } from './solve/advice-evidence.ts';
import { platformLimits } from './solve/platform-limits.ts';
import { metByUsers, settlePopulations } from './solve/population.ts';
import { solveStations } from './stations.ts';
import { runTraffic, visitJourneys } from './traffic.ts';
import type { CompiledDesign } from './types.ts';

/** The stage between facts and scores: pure, never throws (a rule that throws is a failure in the run). */
export type RulesStage = (facts: Facts['evaluation'], stages: StageResults, catalog: Catalog) => RuleRun;

/** The catalogue's rules as the stage. `keep` gets the whole outcome: the changes behind the fixes are not in the answer. */
export function rulesStage(options: RulesOptions = {}, keep?: (outcome: RulesOutcome) => void): RulesStage {
  return (evaluation, { context }, { rules, components }) => {
    const outcome = runRules(rules, { graph: context.compiled.graph, evaluation, components, steps: stepFacts(context) }, options);
    keep?.(outcome);
    const { findings, failures, run, notApplicable } = outcome;
    return { findings, failures, run, notApplicable };
  };
}

/** What carries the load: traffic, stations, latency and headroom of one load multiple; with what is known of the state before at that load. */
export function solveContext(drawn: CompiledDesign, multiple: number, memory?: LoadMemory): EvaluationContext {
  const compiled = settlePopulations(drawn, multiple);
  const flows = runTraffic(compiled, { multiple });
  const stations = memory ? memory.stations(compiled, flows) : withAdvice(compiled, flows, solveStations(compiled, flows));
  const limits = platformLimits(compiled);
  return {
    multiple, compiled, flows, stations,
    latency: metByUsers(compiled, multiple, memory ? memory.latencies(compiled, flows, stations, limits) : solveLatency(compiled, flows, stations, limits)),
    headroom: solveHeadroom(compiled, flows, stations),
    visits: visitJourneys(compiled, flows),
  };
}

/** What fails, what it costs and what readers may rely on. */
export function solveStages(context: EvaluationContext, catalog: Catalog): StageResults {
  const availability = solveAvailability(context);
  const isolation = solveIsolation(context, availability);
  return {
    context, availability, isolation,
    cost: solveCost(context, catalog.priceBook),
    burden: solveBurden(context, pagesPerYear(context, availability, isolation.blast)),
    consistency: solveConsistency(context),
  };
}

function scoreInputs({ context, availability, isolation, consistency }: StageResults, facts: Facts['evaluation']): ScoreInputs {
  return { compiled: context.compiled, room: context.headroom, facts, availability, isolation, consistency };
}

function treeInputs(stages: StageResults, facts: Facts['evaluation'], catalog: Catalog): TreeInputs {
  return { ...scoreInputs(stages, facts), fields: new FieldLeaves(catalog), steps: stepFacts(stages.context) };
}

/** All stages up to what one axis is scored and explained from, without rules. */
export function runToScores(compiled: CompiledDesign, multiple: number, catalog: Catalog): TreeInputs {
  const stages = solveStages(solveContext(compiled, multiple), catalog);
  return treeInputs(stages, assembleFacts(stages), catalog);
}

/** An answer while its stages are at hand: the trees behind its scores, and the steps of its journeys, are made from them when they are asked for. */
export interface SolvedDesign {
  readonly evaluation: Evaluation;
  readonly explain: <Asked extends Axis>(axes: readonly Asked[]) => Explanations<Asked>;
  readonly steps: StepFacts;
}

/** All stages at one load multiple; with what is known of the state before at that load. */
export function solveDesign(compiled: CompiledDesign, multiple: number, catalog: Catalog, rules: RulesStage, memory?: LoadMemory): SolvedDesign {
  const stages = solveStages(solveContext(compiled, multiple, memory), catalog);
  const facts = assembleFacts(stages);
  const run = rules(facts, stages, catalog);
  const evaluation = assembleEvaluation(facts, run, scoreAxes(scoreInputs(stages, facts), run, catalog));
  return { evaluation, explain: (axes) => explainAxes(axes, evaluation.scores, treeInputs(stages, facts, catalog), catalog.rules), steps: stepFacts(stages.context) };
}
