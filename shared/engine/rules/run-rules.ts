/**
 * All rules over one drawing and its results: findings and questions in the order in which the panel shows them.
 * A rule that throws becomes a failure; the others are not touched by it (semantics 10).
 */
import type { Facts, Rule, RuleFix } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import type { RuleRun } from '../scoring/score-axes.ts';
import { explainedBy, linkCauses } from './causes.ts';
import { collectReports, type Reported } from './collect.ts';
import { draftFinding, draftQuestion, type Drafted, type DraftedFinding, type DraftContext } from './findings.ts';
import { byImportance, compareText, severityRank } from './order.ts';

/** The changes behind the fixes by the key of their finding: they are functions and stay in this thread. */
export type FixesByKey = Pick<ReadonlyMap<string, readonly RuleFix[]>, 'get'>;

/** What the rules found. */
export interface RulesOutcome extends RuleRun {
  readonly fixes: FixesByKey;
}

/** Beside the drawing: the day as yyyy-mm-dd, for risks accepted until a date. */
export interface RulesOptions { readonly today?: string | null }

/** Of reports with the same key the most severe one. */
function draftFindings(reports: readonly Reported[], context: DraftContext): ReadonlyMap<string, Drafted> {
  const kept = new Map<string, Drafted>();
  for (const reported of reports) {
    const draft = draftFinding(reported, context);
    const other = kept.get(draft.finding.key);
    if (other === undefined || severityRank(draft.finding) < severityRank(other.finding)) kept.set(draft.finding.key, draft);
  }
  return kept;
}

const explanations = new WeakMap<readonly Rule[], ReadonlyMap<string, ReadonlySet<string>>>();

function explanationsOf(rules: readonly Rule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = explanations.get(rules) ?? explainedBy(rules);
  explanations.set(rules, known);
  return known;
}

/** Run the rules. Pure and deterministic: the order of rules, elements and names changes nothing but the order of equals. */
export function runRules(rules: readonly Rule[], facts: Facts, { today = null }: RulesOptions = {}): RulesOutcome {
  const { settings, acceptedRisks } = facts.graph.design;
  const asks = settings.unstated !== 'assume_no';
  const { reports, asked, failures, run, notApplicable } = collectReports(rules, facts, { asks });
  const risks = sortFew(Object.values(acceptedRisks), (a, b) => compareText(a.id, b.id));
  const context: DraftContext = { facts, today, accepted: new Map(risks.map((risk) => [risk.key, risk])) };
  const drafts = draftFindings(reports, context);
  const findings: DraftedFinding[] = [];
  for (const { finding } of drafts.values()) findings.push(finding);
  linkCauses(findings, explanationsOf(rules));
  for (const one of asked) findings.push(draftQuestion(one, context));
  return { findings: findings.sort(byImportance), failures, run, notApplicable, fixes: { get: (key) => drafts.get(key)?.fixes } };
}
