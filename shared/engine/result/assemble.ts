/** What the stages found as the plain data of `Evaluation`: first the facts that rules read, then the whole. */
import type { Assumption, Evaluation } from '../../contracts/evaluation.ts';
import type { Facts } from '../../contracts/rule.ts';
import type { EvaluationContext, StageResults } from '../context.ts';
import { breakPoints, extrapolatedNodes } from '../headroom.ts';
import type { RuleRun, Scores } from '../scoring/score-axes.ts';
import type { CompiledDesign } from '../types.ts';
import { hitRatios } from './cache-uses.ts';
import { callDepths } from './call-depths.ts';
import { edgeResult, idleResult, type EdgeFindings } from './edges.ts';
import { journeyResult, NOT_EXACT } from './journeys.ts';
import { nodeResult } from './nodes.ts';
import { reachedBy } from './reached.ts';
import { reloadEvidence } from './reload-evidence.ts';
import { taskTimes } from './task-times.ts';

function put<T extends { readonly id: string }>(to: Record<string, T>, item: T): void {
  // an assignment would not keep this id as data
  if (item.id === '__proto__') Object.defineProperty(to, item.id, { value: item, enumerable: true, configurable: true, writable: true });
  else to[item.id] = item;
}

/** What is made of each of a list, by id. */
function byId<From, T extends { readonly id: string }>(list: readonly From[], make: (from: From, index: number) => T): Record<string, T> {
  const out: Record<string, T> = {};
  for (let index = 0; index < list.length; index++) put(out, make(list[index] as From, index));
  return out;
}

function edgesOf(context: EvaluationContext, found: EdgeFindings): Facts['evaluation']['edges'] {
  const { edges, idle } = context.compiled;
  const out = byId(edges, (_, index) => edgeResult(context, found, index));
  for (const edge of idle) put(out, idleResult(edge));
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
  const hits = hitRatios(context);
  const depths = callDepths(context);
  const reached = reachedBy(context);
  return {
    multiple,
    total_rps: compiled.journeys.reduce((sum, journey) => sum + journey.rate_rps, 0) * multiple,
    nodes: byId(compiled.nodes, (_, index) => nodeResult(stages, hits, index)),
    edges: edgesOf(context, { journeys: reached.over, hits, tasks: taskTimes(context), reloads: reloadEvidence(context) }),
    journeys: byId(reached.journeys, (touched, index) => journeyResult(stages, touched, depths[index] ?? 0, index)),
    entities: byId([...consistency.entities.values()], (entity) => entity), hazards: consistency.hazards,
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
