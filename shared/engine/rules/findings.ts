/** From reports to findings and questions: keys, journeys, shares, accepted risks. */
import type { Finding, Severity } from '../../contracts/evaluation.ts';
import type { AskedTarget, Facts, RuleFix, RuleQuestion, RuleTarget } from '../../contracts/rule.ts';
import type { AcceptedRisk } from '../../model/design.ts';
import { riskFingerprint } from '../../model/risk-fingerprint.ts';
import type { Asked, Reported } from './collect.ts';
import { inKeyOrder, restOfKey, type KeyOpenings } from './finding-key.ts';
import { severityRank, type Ranked } from './order.ts';
import type { Routes } from './routes.ts';

/** A finding that is still being made: its causes are found last. */
export type DraftedFinding = Mutable<Finding>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A finding with the changes that would remove it, and what it is listed by. `first`: the id of its first target in key order. */
export interface Drafted extends Ranked { readonly finding: DraftedFinding; readonly fixes: readonly RuleFix[]; readonly first: string }

/** What findings are drafted with. */
export interface DraftContext {
  readonly facts: Facts;
  readonly routes: Routes;
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
const NO_TITLES: Finding['fixes'] = [];
const NONE: readonly string[] = [];

/** What a list shows of changes: the changes themselves are functions and stay in this thread. */
function titlesOf(fixes: readonly RuleFix[]): Finding['fixes'] {
  return fixes.length === 0 ? NO_TITLES : fixes.map(({ id, title }) => ({ id, title }));
}

/** A finding with its key; `ordered` are the targets of the key in their order. */
function withKey(finding: DraftedFinding, fixes: readonly RuleFix[], openings: KeyOpenings, ordered: readonly RuleTarget[], context: DraftContext): Drafted {
  const [first] = ordered;
  const opening = openings[first === undefined ? 'nothing' : first.kind];
  const rest = restOfKey(ordered);
  finding.key = opening + rest;
  finding.accepted = acceptedOf(finding.key, finding.targets, context);
  return { finding, fixes, rank: severityRank(finding), opening, rest, first: first?.id ?? '' };
}

/** A report as a finding. Where only an unset practice made it fire, and unset counts as no, it is one severity lower. */
export function draftFinding({ rule, saying, report, message }: Reported, context: DraftContext): Drafted {
  const { targets, messageId, data, question, fixes = NO_FIXES } = report;
  const journeys = context.routes.of(report);
  const finding: DraftedFinding = {
    key: '', rule: rule.id, kind: 'finding', severity: question === undefined ? report.severity : LOWER[report.severity], axes: rule.meta.axes, message, messageId, targets, data,
    journeys, traffic_share: context.routes.shareOf(journeys), fixes: titlesOf(fixes), causes: NONE, caused_by: null, accepted: null,
  };
  if (question !== undefined) finding.question = questionOf(question, question.targets);
  if (report.subtracts === false) finding.subtracts = false;
  return withKey(finding, fixes, saying.openings, inKeyOrder(targets), context);
}

/** Reports of one rule about one unset practice as one card: an answer sets the parameter on all of their targets. The most severe one speaks. */
export function draftQuestion({ card, data }: Asked, context: DraftContext): Drafted {
  const { entry, speaker: { question, messageId } } = card;
  const { rule } = entry;
  const { about: targets, answered } = card.targets(context.facts.graph);
  const journeys = card.journeys.sorted();
  const finding: DraftedFinding = {
    key: '', rule: rule.id, kind: 'question', severity: null, axes: rule.meta.axes, message: question.text, messageId, targets, data,
    journeys, traffic_share: context.routes.shareOf(journeys), fixes: NO_TITLES, causes: NONE, caused_by: null, accepted: null,
    question: questionOf(question, answered),
  };
  return withKey(finding, NO_FIXES, entry.openingsAsking(question.param), answered, context);
}
