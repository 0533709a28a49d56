/** What the stages found as the plain data of `Evaluation`: first the facts that rules read, then the whole. */
import type { Assumption, Evaluation } from '../../contracts/evaluation.ts';
import type { Facts } from '../../contracts/rule.ts';
import type { StageResults } from '../context.ts';
import { breakPoints, extrapolatedNodes } from '../headroom.ts';
import type { RuleRun, Scores } from '../scoring/score-axes.ts';
import type { CompiledDesign } from '../types.ts';
import { indexUses } from './cache-uses.ts';
import { callDepths } from './call-depths.ts';
import { edgeJourneys, edgeResult, idleResult } from './edges.ts';
import { journeyResult, NOT_EXACT } from './journeys.ts';
import { nodeResult } from './nodes.ts';
import { reloadEvidence } from './reload-evidence.ts';
import { taskTimes } from './task-times.ts';

function byId<T extends { readonly id: string }>(items: Iterable<T>): Record<string, T> {
  const out: Record<string, T> = {};
  for (const item of items) {
    // an assignment would not keep this id as data
    if (item.id === '__proto__') Object.defineProperty(out, item.id, { value: item, enumerable: true, configurable: true, writable: true });
    else out[item.id] = item;
  }
  return out;
}

/** Journeys whose availability is a bound and not the value. */
function boundsOf({ context, availability }: StageResults): Evaluation['not_modelled'] {
  return context.compiled.journeys.flatMap(({ id }, index) => (availability.journeys[index]?.exact === false ? [{ what: NOT_EXACT, target: id }] : []));
}

/** Headroom that counts on more units than anybody has seen working together. */
function extrapolations({ context: { compiled, stations } }: StageResults): Evaluation['assumptions'] {
  return extrapolatedNodes(compiled, stations).map((index): Assumption => {
    const { id, node } = (compiled.nodes[index] as CompiledDesign['nodes'][number]).view;
    return { code: 'extrapolated-scale-out', message: `The headroom of ${node.name} counts on more than twice its present units: extrapolated with the scalability law`, target: { kind: 'node', id } };
  });
}

/** Everything that does not depend on rules. Plain data, finite numbers only, records in id order. */
export function assembleFacts(stages: StageResults): Facts['evaluation'] {
  const { context, isolation, cost, burden, consistency } = stages;
  const { compiled, headroom, multiple } = context;
  const uses = indexUses(compiled);
  const depths = callDepths(context);
  const found = { journeys: edgeJourneys(context), tasks: taskTimes(context), reloads: reloadEvidence(context) };
  return {
    multiple,
    total_rps: compiled.journeys.reduce((sum, journey) => sum + journey.rate_rps, 0) * multiple,
    nodes: byId(compiled.nodes.map((_, index) => nodeResult(stages, uses, index))),
    edges: byId([...compiled.edges.map((_, index) => edgeResult(context, uses, found, index)), ...compiled.idle.map(idleResult)]),
    journeys: byId(compiled.journeys.map((_, index) => journeyResult(stages, depths[index] ?? 0, index))),
    entities: byId(consistency.entities.values()), hazards: consistency.hazards,
    headroom: { now: headroom.now, auto: headroom.auto, elastic: headroom.elastic },
    breaks: breakPoints(compiled, headroom, multiple),
    blast: isolation.blast, cascades: isolation.cascades, cuts: isolation.cuts, cost: cost.cost, burden,
    assumptions: [...compiled.notes.assumptions, ...extrapolations(stages)],
    not_modelled: [...compiled.notes.notModelled, ...boundsOf(stages)],
  };
}

/** The whole answer: facts, what the rules found in them, and the scores. */
export function assembleEvaluation(facts: Facts['evaluation'], run: RuleRun, { scores, overall }: Scores): Evaluation {
  return { ...facts, scores, overall, findings: run.findings, rule_failures: run.failures, rules_run: run.run, rules_not_applicable: run.notApplicable };
}
