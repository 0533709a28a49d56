/** From reports to findings and questions: keys, journeys, shares, accepted risks. */
import type { Finding, Severity } from '../../contracts/evaluation.ts';
import type { Facts, RuleFix, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import type { AcceptedRisk } from '../../model/design.ts';
import { riskFingerprint } from '../../model/risk-fingerprint.ts';
import type { Reported } from './collect.ts';

type Question = NonNullable<RuleReport['question']>;

/** A finding with the changes that would remove it. */
export interface Drafted { readonly finding: Finding; readonly fixes: readonly RuleFix[] }

/** What findings are drafted with. */
export interface DraftContext {
  readonly facts: Facts;
  /** The day as yyyy-mm-dd, for risks accepted until a date; null when unknown: those then stand. */
  readonly today: string | null;
  /** Accepted risks by the key of their finding. */
  readonly accepted: ReadonlyMap<string, AcceptedRisk>;
}

const LOWER: Readonly<Record<Severity, Severity>> = { critical: 'major', major: 'minor', minor: 'minor' };
export const SEVERITIES: readonly Severity[] = ['critical', 'major', 'minor'];

/** Order of texts that depends on no locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Two targets of one kind and id are the same. Kinds contain no colon. */
export function targetKey({ kind, id }: RuleTarget): string {
  return `${kind}:${id}`;
}

function keyOf(rule: string, what: string, targets: readonly RuleTarget[]): string {
  return JSON.stringify([rule, what, ...targets.map(targetKey).sort(compareText)]);
}

/** Ids of the journeys through each target by kind: those that visit a component or its boundary, or read an entity. */
interface Routes { readonly node: ReadonlyMap<string, readonly string[]>; readonly boundary: ReadonlyMap<string, readonly string[]>; readonly entity: ReadonlyMap<string, readonly string[]> }

const routes = new WeakMap<Facts['evaluation'], Routes>();

function addRoute(found: Map<string, string[]>, key: string, journey: string): void {
  const list = found.get(key);
  if (list === undefined) found.set(key, [journey]);
  else if (list[list.length - 1] !== journey) list.push(journey);
}

function findRoutes({ evaluation, graph }: Facts): Routes {
  const found = { node: new Map<string, string[]>(), boundary: new Map<string, string[]>(), entity: new Map<string, string[]>() };
  const inBoundaries = Object.keys(graph.design.boundaries).length > 0;
  for (const { id, nodes } of Object.values(evaluation.journeys)) {
    for (const node of nodes) {
      addRoute(found.node, node, id);
      const boundary = inBoundaries ? graph.nodeById.get(node)?.node.boundary : undefined;
      if (boundary) addRoute(found.boundary, boundary, id);
    }
  }
  for (const { id, paths } of Object.values(evaluation.entities)) for (const { journey } of paths) addRoute(found.entity, id, journey);
  return found;
}

function routesOf(facts: Facts): Routes {
  const known = routes.get(facts.evaluation) ?? findRoutes(facts);
  routes.set(facts.evaluation, known);
  return known;
}

const NOWHERE: readonly string[] = [];

function through(facts: Facts, { kind, id }: RuleTarget): readonly string[] {
  const { journeys, edges } = facts.evaluation;
  if (kind === 'edge') return Object.hasOwn(edges, id) ? (edges[id]?.journeys ?? NOWHERE) : NOWHERE;
  if (kind === 'journey') return Object.hasOwn(journeys, id) ? [id] : NOWHERE;
  return routesOf(facts)[kind].get(id) ?? NOWHERE;
}

/** Each once, in id order; journeys come that way as a rule. */
function ordered(ids: readonly string[]): readonly string[] {
  for (let i = 1; i < ids.length; i++) if (!((ids[i - 1] as string) < (ids[i] as string))) return [...new Set(ids)].sort(compareText);
  return ids;
}

/** Add the journeys that a rule names, else those through its targets. */
function addJourneys(facts: Facts, { journeys, targets }: Pick<RuleReport, 'journeys' | 'targets'>, found: Set<string>): void {
  if (journeys) for (const journey of journeys) found.add(journey);
  else {
    let before: readonly string[] = NOWHERE;
    for (const target of targets) {
      const here = through(facts, target);
      if (here !== before) for (const journey of here) found.add(journey);
      before = here;
    }
  }
}

/** The journeys that the rule names, else those through the targets; in id order. */
function journeysOf(facts: Facts, report: Pick<RuleReport, 'journeys' | 'targets'>): readonly string[] {
  const [first, second] = report.targets;
  if (report.journeys) return ordered(report.journeys);
  if (first && !second) return ordered(through(facts, first));
  const found = new Set<string>();
  addJourneys(facts, report, found);
  return ordered([...found]);
}

function shareOf(facts: Facts, journeys: readonly string[]): number {
  return Math.min(1, journeys.reduce((sum, id) => sum + (facts.evaluation.journeys[id]?.share ?? 0), 0));
}

/** Whether the condition under which an accepted risk is raised again has come. */
function isStale(risk: AcceptedRisk, targets: readonly RuleTarget[], { facts, today }: DraftContext): boolean {
  const until = risk.until;
  switch (until?.kind) {
    case 'load': return until.rps !== undefined && facts.evaluation.total_rps > until.rps;
    case 'date': return until.date !== undefined && today !== null && today >= until.date.slice(0, 10);
    case 'change': {
      const stored = (risk as { readonly fingerprint?: unknown }).fingerprint;
      return typeof stored === 'string' && stored !== riskFingerprint(facts.graph.design, targets);
    }
    case 'never': case undefined: return false;
    default: return false;
  }
}

function acceptedOf(key: string, targets: readonly RuleTarget[], context: DraftContext): Finding['accepted'] {
  const risk = context.accepted.get(key);
  if (risk === undefined) return null;
  return { reason: risk.reason, ...(risk.owner === undefined ? {} : { owner: risk.owner }), stale: isStale(risk, targets, context) };
}

function questionOf({ param, text, targets, yes = true, no = false }: Question): NonNullable<Finding['question']> {
  return { text, param, targets, yes, no };
}

/** A report as a finding. Where only an unset practice made it fire, and unset counts as no, it is one severity lower. */
export function draftFinding({ rule, report, message }: Reported, context: DraftContext): Drafted {
  const { targets, messageId, data, question, fixes = [] } = report;
  const key = keyOf(rule.id, messageId, targets);
  const journeys = journeysOf(context.facts, report);
  const finding: Finding = {
    key, rule: rule.id, kind: 'finding', severity: question === undefined ? report.severity : LOWER[report.severity], axes: rule.meta.axes, message, messageId, targets, data,
    journeys, traffic_share: shareOf(context.facts, journeys), fixes: fixes.map(({ id, title }) => ({ id, title })), causes: [], caused_by: null,
    accepted: acceptedOf(key, targets, context), ...(question === undefined ? {} : { question: questionOf(question) }),
    ...(report.subtracts === false ? { subtracts: false } : {}),
  };
  return { finding, fixes };
}

/** Each target once, in the order of their keys. */
function distinct<T extends RuleTarget>(lists: readonly (readonly T[])[]): { readonly targets: T[]; readonly keys: string[] } {
  const found = new Map<string, T>();
  for (const list of lists) for (const target of list) found.set(targetKey(target), target);
  const keys = [...found.keys()].sort(compareText);
  return { keys, targets: keys.map((key) => found.get(key) as T) };
}

/** Reports of one rule about one unset practice as one card: an answer sets the parameter on all of their targets. */
export function draftQuestion(asked: readonly (Reported & { readonly report: { readonly question: Question } })[], context: DraftContext): Finding {
  const [first] = asked;
  if (first === undefined) throw new Error('A question without a report');
  const { rule, report } = first;
  const { question } = report;
  const { targets } = distinct(asked.map((one) => one.report.targets));
  const { targets: answered, keys } = distinct(asked.map((one) => one.report.question.targets));
  const affected = new Set<string>();
  for (const one of asked) addJourneys(context.facts, one.report, affected);
  const journeys = ordered([...affected]);
  const key = JSON.stringify([rule.id, `?${question.param}`, ...keys]);
  return {
    key, rule: rule.id, kind: 'question', severity: null, axes: rule.meta.axes, message: question.text, messageId: report.messageId, targets, data: report.data,
    journeys, traffic_share: shareOf(context.facts, journeys), fixes: [], causes: [], caused_by: null,
    accepted: acceptedOf(key, targets, context), question: questionOf({ ...question, targets: answered }),
  };
}
