/** From reports to findings and questions: keys, journeys, shares, accepted risks. */
import type { Finding, Severity } from '../../contracts/evaluation.ts';
import { journeysByNode } from '../../contracts/journeys-by-node.ts';
import type { Facts, RuleFix, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import type { AcceptedRisk } from '../../model/design.ts';
import { riskFingerprint } from '../../model/risk-fingerprint.ts';
import type { Asked, Reported } from './collect.ts';

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
  const [first, second] = targets;
  if (first !== undefined && second === undefined) return JSON.stringify([rule, what, targetKey(first)]);
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
  const found = { node: journeysByNode(evaluation.journeys), boundary: new Map<string, string[]>(), entity: new Map<string, string[]>() };
  if (Object.keys(graph.design.boundaries).length > 0) {
    for (const { id, nodes } of Object.values(evaluation.journeys)) {
      for (const node of nodes) {
        const boundary = graph.nodeById.get(node)?.node.boundary;
        if (boundary) addRoute(found.boundary, boundary, id);
      }
    }
  }
  for (const { id, paths } of Object.values(evaluation.entities)) for (const { journey } of paths) addRoute(found.entity, id, journey);
  return found;
}

function routesOf(facts: Facts): Routes {
  const known = routes.get(facts.evaluation);
  if (known !== undefined) return known;
  const found = findRoutes(facts);
  routes.set(facts.evaluation, found);
  return found;
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

/** The journeys that the rule names, else those through the targets; in id order. */
function journeysOf(facts: Facts, { journeys, targets }: Pick<RuleReport, 'journeys' | 'targets'>): readonly string[] {
  if (journeys) return ordered(journeys);
  const [first, second] = targets;
  if (first && !second) return ordered(through(facts, first));
  const found = new Set<string>();
  addThrough(facts, targets, found, Infinity);
  return ordered([...found]);
}

/** Add the journeys through some targets, until there are so many that no other can come. */
function addThrough(facts: Facts, targets: readonly RuleTarget[], found: Set<string>, all: number): void {
  let before: readonly string[] = NOWHERE;
  for (const target of targets) {
    if (found.size >= all) return;
    const here = through(facts, target);
    if (here !== before) for (const journey of here) found.add(journey);
    before = here;
  }
}

/** Journeys of several reports together, in id order. */
function journeysOfAll(facts: Facts, asked: readonly Asked[]): readonly string[] {
  const { journeys } = facts.evaluation;
  const found = new Set<string>();
  let all = Object.keys(journeys).length;
  let before: readonly string[] = NOWHERE;
  for (const { report } of asked) {
    if (report.journeys === undefined) addThrough(facts, report.targets, found, all);
    else if (report.journeys !== before) {
      before = report.journeys;
      for (const journey of before) {
        // a rule may name one that is none of the evaluation's
        if (!found.has(journey) && !Object.hasOwn(journeys, journey)) all += 1;
        found.add(journey);
      }
    }
  }
  return ordered([...found]);
}

function shareOf(facts: Facts, journeys: readonly string[]): number {
  const all = facts.evaluation.journeys;
  let sum = 0;
  for (const id of journeys) sum += all[id]?.share ?? 0;
  return Math.min(1, sum);
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
  const risk = context.accepted.size === 0 ? undefined : context.accepted.get(key);
  if (risk === undefined) return null;
  return { reason: risk.reason, ...(risk.owner === undefined ? {} : { owner: risk.owner }), stale: isStale(risk, targets, context) };
}

function questionOf({ param, text, targets, yes = true, no = false }: Question): NonNullable<Finding['question']> {
  return { text, param, targets, yes, no };
}

const NO_FIXES: readonly RuleFix[] = [];

/** A report as a finding. Where only an unset practice made it fire, and unset counts as no, it is one severity lower. */
export function draftFinding({ rule, report, message }: Reported, context: DraftContext): Drafted {
  const { targets, messageId, data, question, fixes = NO_FIXES } = report;
  const key = keyOf(rule.id, messageId, targets);
  const journeys = journeysOf(context.facts, report);
  const finding: Finding = {
    key, rule: rule.id, kind: 'finding', severity: question === undefined ? report.severity : LOWER[report.severity], axes: rule.meta.axes, message, messageId, targets, data,
    journeys, traffic_share: shareOf(context.facts, journeys), fixes: fixes.map(({ id, title }) => ({ id, title })), causes: [], caused_by: null,
    accepted: acceptedOf(key, targets, context),
  };
  if (question === undefined && report.subtracts !== false) return { finding, fixes };
  return { finding: { ...finding, ...(question === undefined ? {} : { question: questionOf(question) }), ...(report.subtracts === false ? { subtracts: false } : {}) }, fixes };
}

/** The kinds in the order of their names. */
const KINDS: readonly RuleTarget['kind'][] = ['boundary', 'edge', 'entity', 'journey', 'node'];

function byIdText(a: RuleTarget, b: RuleTarget): number {
  return compareText(a.id, b.id);
}

/** Targets of several reports, each once. */
class Targets<T extends RuleTarget> {
  private readonly known: Record<RuleTarget['kind'], Map<string, T> | null> = { boundary: null, edge: null, entity: null, journey: null, node: null };

  add(targets: readonly T[]): void {
    for (const target of targets) (this.known[target.kind] ??= new Map<string, T>()).set(target.id, target);
  }

  /** In the order of their keys. */
  sorted(): T[] {
    const found: T[] = [];
    for (const kind of KINDS) {
      const targets = this.known[kind];
      if (targets === null) continue;
      const start = found.length;
      let ordered = true;
      for (const target of targets.values()) {
        ordered &&= found.length === start || byIdText(found[found.length - 1] as T, target) < 0;
        found.push(target);
      }
      if (!ordered) for (const target of found.splice(start).sort(byIdText)) found.push(target);
    }
    return found;
  }
}

/** Of the reports for one card the one that would be the most severe: the first in the order of messages, then of reports. */
function speakerOf(asked: readonly Asked[]): Asked {
  let [most] = asked;
  if (most === undefined) throw new Error('A question without a report');
  for (const one of asked) if ((SEVERITIES.indexOf(one.report.severity) - SEVERITIES.indexOf(most.report.severity) || compareText(one.report.messageId, most.report.messageId)) < 0) most = one;
  return most;
}

/** Reports of one rule about one unset practice as one card: an answer sets the parameter on all of their targets. The most severe one speaks. */
export function draftQuestion(asked: readonly Asked[], context: DraftContext): Finding {
  const { rule, report, question } = speakerOf(asked);
  const about = new Targets<RuleTarget>();
  const answering = new Targets<Question['targets'][number]>();
  for (const one of asked) {
    about.add(one.report.targets);
    answering.add(one.question.targets);
  }
  const targets = about.sorted();
  const answered = answering.sorted();
  const journeys = journeysOfAll(context.facts, asked);
  const key = JSON.stringify([rule.id, `?${question.param}`, ...answered.map(targetKey)]);
  return {
    key, rule: rule.id, kind: 'question', severity: null, axes: rule.meta.axes, message: question.text, messageId: report.messageId, targets, data: report.data,
    journeys, traffic_share: shareOf(context.facts, journeys), fixes: [], causes: [], caused_by: null,
    accepted: acceptedOf(key, targets, context), question: questionOf({ ...question, targets: answered }),
  };
}
