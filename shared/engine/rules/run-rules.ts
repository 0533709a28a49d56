/**
 * All rules over one drawing and its results: findings and questions in the order in which the panel shows them.
 * A rule that throws becomes a failure; the others are not touched by it (semantics 10).
 */
import type { Facts, Rule, RuleFix } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import type { RuleRun } from '../scoring/score-axes.ts';
import { explanationsOf, linkCauses } from './causes.ts';
import { collectReports, type Reported } from './collect.ts';
import { draftFinding, draftQuestion, type Drafted, type DraftContext } from './findings.ts';
import { byImportance, compareText } from './order.ts';
import { Routes } from './routes.ts';

/** The changes behind the fixes by the key of their finding: they are functions and stay in this thread. */
export type FixesByKey = Pick<ReadonlyMap<string, readonly RuleFix[]>, 'get'>;

/** What the rules found. */
export interface RulesOutcome extends RuleRun {
  readonly fixes: FixesByKey;
}

/** Beside the drawing: the day as yyyy-mm-dd, for risks accepted until a date. */
export interface RulesOptions { readonly today?: string | null }

/** Whether two findings of one rule may have the same key: they have then the same first target. */
function mayRepeat(drafts: readonly Drafted[]): boolean {
  if (drafts.length < 2) return false;
  const seen = new Set<string>();
  for (const { first } of drafts) seen.add(first);
  return seen.size < drafts.length;
}

/** Of findings with the same key the most severe one, the first of equals. */
function withoutRepeats(drafts: readonly Drafted[]): Iterable<Drafted> {
  if (!mayRepeat(drafts)) return drafts;
  const kept = new Map<string, Drafted>();
  for (const draft of drafts) {
    const other = kept.get(draft.finding.key);
    if (other === undefined || draft.rank < other.rank) kept.set(draft.finding.key, draft);
  }
  return kept.values();
}

/** Reports as findings, each key once. Keys of different rules differ. */
function draftFindings(reports: readonly Reported[], context: DraftContext): Drafted[] {
  const kept: Drafted[] = [];
  for (let from = 0; from < reports.length; ) {
    const { rule } = reports[from] as Reported;
    const drafts: Drafted[] = [];
    let at = from;
    for (; reports[at]?.rule === rule; at++) drafts.push(draftFinding(reports[at] as Reported, context));
    for (const draft of withoutRepeats(drafts)) kept.push(draft);
    from = at;
  }
  return kept;
}

/** The fixes by key: few ask, and the keys are only read then. */
function fixesByKey(drafts: readonly Drafted[]): FixesByKey {
  let known: ReadonlyMap<string, readonly RuleFix[]> | null = null;
  return { get: (key) => (known ??= new Map(drafts.map(({ finding, fixes }) => [finding.key, fixes]))).get(key) };
}

/** Run the rules. Pure and deterministic: the order of rules, elements and names changes nothing but the order of equals. */
export function runRules(rules: readonly Rule[], facts: Facts, { today = null }: RulesOptions = {}): RulesOutcome {
  const { settings, acceptedRisks } = facts.graph.design;
  const routes = new Routes(facts);
  const { reports, asked, failures, run, notApplicable } = collectReports(rules, facts, { asks: settings.unstated !== 'assume_no', routes });
  const risks = sortFew(Object.values(acceptedRisks), (a, b) => compareText(a.id, b.id));
  const context: DraftContext = { facts, routes, today, accepted: new Map(risks.map((risk) => [risk.key, risk])) };
  const drafts = draftFindings(reports, context);
  linkCauses(drafts, explanationsOf(rules));
  const listed = [...drafts];
  for (const one of asked) listed.push(draftQuestion(one, context));
  return { findings: listed.sort(byImportance).map(({ finding }) => finding), failures, run, notApplicable, fixes: fixesByKey(drafts) };
}
