/** From reports to findings and questions: keys, journeys, shares, accepted risks. */
import type { Finding, Severity } from '../../contracts/evaluation.ts';
import type { AskedTarget, Facts, RuleFix, RuleQuestion, RuleTarget } from '../../contracts/rule.ts';
import type { AcceptedRisk } from '../../model/design.ts';
import { riskFingerprint } from '../../model/risk-fingerprint.ts';
import type { Asked, Reported } from './collect.ts';
import { keyOf } from './finding-key.ts';
import { journeysOf, shareOf } from './routes.ts';

/** A finding that is still being made: its causes are found last. */
export type DraftedFinding = Mutable<Finding>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A finding with the changes that would remove it. */
export interface Drafted { readonly finding: DraftedFinding; readonly fixes: readonly RuleFix[] }

/** What findings are drafted with. */
export interface DraftContext {
  readonly facts: Facts;
  /** The day as yyyy-mm-dd, for risks accepted until a date; null when unknown: those then stand. */
  readonly today: string | null;
  /** Accepted risks by the key of their finding. */
  readonly accepted: ReadonlyMap<string, AcceptedRisk>;
}

const LOWER: Readonly<Record<Severity, Severity>> = { critical: 'major', major: 'minor', minor: 'minor' };

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

function questionOf({ param, text, yes = true, no = false }: RuleQuestion, targets: readonly AskedTarget[]): NonNullable<Finding['question']> {
  return { text, param, targets, yes, no };
}

const NO_FIXES: readonly RuleFix[] = [];
const NONE: readonly string[] = [];

/** What a list shows of changes: the changes themselves are functions and stay in this thread. */
function titlesOf(fixes: readonly RuleFix[]): Finding['fixes'] {
  return fixes.map(({ id, title }) => ({ id, title }));
}

/** A report as a finding. Where only an unset practice made it fire, and unset counts as no, it is one severity lower. */
export function draftFinding({ rule, report, message }: Reported, context: DraftContext): Drafted {
  const { targets, messageId, data, question, fixes = NO_FIXES } = report;
  const key = keyOf(rule, messageId, targets);
  const journeys = journeysOf(context.facts, report);
  const finding: DraftedFinding = {
    key, rule: rule.id, kind: 'finding', severity: question === undefined ? report.severity : LOWER[report.severity], axes: rule.meta.axes, message, messageId, targets, data,
    journeys, traffic_share: shareOf(context.facts, journeys), fixes: titlesOf(fixes), causes: NONE, caused_by: null,
    accepted: acceptedOf(key, targets, context),
  };
  if (question !== undefined) finding.question = questionOf(question, question.targets);
  if (report.subtracts === false) finding.subtracts = false;
  return { finding, fixes };
}

/** Reports of one rule about one unset practice as one card: an answer sets the parameter on all of their targets. The most severe one speaks. */
export function draftQuestion({ card, data }: Asked, context: DraftContext): DraftedFinding {
  const { rule, speaker: { question, messageId } } = card;
  const targets = card.about.sorted();
  const answered = card.answering.sorted();
  const journeys = card.journeys.sorted();
  const key = keyOf(rule, `?${question.param}`, answered);
  return {
    key, rule: rule.id, kind: 'question', severity: null, axes: rule.meta.axes, message: question.text, messageId, targets, data,
    journeys, traffic_share: shareOf(context.facts, journeys), fixes: [], causes: NONE, caused_by: null,
    accepted: acceptedOf(key, targets, context), question: questionOf(question, answered),
  };
}
