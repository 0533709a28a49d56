/**
 * The stages in their order, between a compiled drawing and an `Evaluation`:
 * context (traffic, stations, latency, headroom) -> stages (availability, isolation, cost, consistency) -> facts -> rules
 * -> scores. Rules read facts and stand before the scores, because structural findings subtract from them.
 */
import type { Catalog } from '../contracts/catalog.ts';
import type { Evaluation } from '../contracts/evaluation.ts';
import type { Facts } from '../contracts/rule.ts';
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
import { FieldLeaves } from './scoring/fields.ts';
import type { ScoreInputs } from './scoring/inputs.ts';
import { scoreAxes, type RuleRun } from './scoring/score-axes.ts';
import { withAdvice } from './solve/advice-evidence.ts';
import { platformLimits } from './solve/platform-limits.ts';
import { metByUsers, settlePopulations } from './solve/population.ts';
import { solveStations } from './stations.ts';
import { runTraffic, visitJourney } from './traffic.ts';
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
    visits: compiled.journeys.map((_, index) => visitJourney(compiled, flows, index)),
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

const leaves = new WeakMap<CompiledDesign, FieldLeaves>();

function leavesOf(compiled: CompiledDesign, catalog: Catalog): FieldLeaves {
  const known = leaves.get(compiled) ?? new FieldLeaves(catalog);
  leaves.set(compiled, known);
  return known;
}

function scoreInputs(stages: StageResults, facts: Facts['evaluation'], catalog: Catalog): ScoreInputs {
  const { context, availability, isolation, consistency } = stages;
  return { compiled: context.compiled, room: context.headroom, facts, availability, isolation, consistency, fields: leavesOf(context.compiled, catalog), steps: stepFacts(context) };
}

/** All stages up to what one axis is scored from, without rules. */
export function runToScores(compiled: CompiledDesign, multiple: number, catalog: Catalog): ScoreInputs {
  const stages = solveStages(solveContext(compiled, multiple), catalog);
  return scoreInputs(stages, assembleFacts(stages), catalog);
}

/** All stages at one load multiple; with what is known of the state before at that load. */
export function runPipeline(compiled: CompiledDesign, multiple: number, catalog: Catalog, rules: RulesStage, memory?: LoadMemory): Evaluation {
  const stages = solveStages(solveContext(compiled, multiple, memory), catalog);
  const facts = assembleFacts(stages);
  const run = rules(facts, stages, catalog);
  return assembleEvaluation(facts, run, scoreAxes(scoreInputs(stages, facts, catalog), run, catalog));
}
