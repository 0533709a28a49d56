/** Running rules: what each reports, and which threw. A rule that throws costs its own reports only. */
import type { RuleFailure } from '../../contracts/evaluation.ts';
import type { FactName, Facts, Rule, RuleFix, RuleReport } from '../../contracts/rule.ts';
import { formatMessage } from './format-message.ts';

/** A report with its fixes made. */
export type StatedReport = Omit<RuleReport, 'fixes'> & { readonly fixes?: readonly RuleFix[] };

/** A report with its text. */
export interface Reported { readonly rule: Rule; readonly report: StatedReport; readonly message: string }

/** A report that is a question: its fixes and its message are never shown, and are not made. */
export interface Asked { readonly rule: Rule; readonly report: RuleReport; readonly question: NonNullable<RuleReport['question']> }

/** Everything that rules said about one drawing. */
export interface Collected { readonly reports: readonly Reported[]; readonly asked: readonly Asked[]; readonly failures: readonly RuleFailure[]; readonly run: number; readonly notApplicable: number }

/** The facts with the sections that a rule asks for, and no other: always of one shape, which keeps reading them quick. */
function factsFor({ requires }: Rule, { graph, components, evaluation }: Facts): Facts {
  const { multiple, total_rps, assumptions, not_modelled } = evaluation;
  const section = <K extends FactName>(name: K): Facts['evaluation'][K] | undefined => (requires.includes(name) ? evaluation[name] : undefined);
  const asked = {
    multiple, total_rps, assumptions, not_modelled,
    nodes: section('nodes'), edges: section('edges'), journeys: section('journeys'), entities: section('entities'), hazards: section('hazards'), headroom: section('headroom'),
    breaks: section('breaks'), blast: section('blast'), cascades: section('cascades'), cuts: section('cuts'), cost: section('cost'), burden: section('burden'),
  };
  return { graph, components, evaluation: asked as Facts['evaluation'] };
}

/** The message of a report. Throws for a report that no finding can be made of: a defect of the rule. */
function templateOf({ messages }: Rule, { messageId, targets, data }: RuleReport): string {
  const template = Object.hasOwn(messages, messageId) ? messages[messageId] : undefined;
  if (template === undefined) throw new Error(`Unknown message: ${messageId}`);
  if (targets.length === 0) throw new Error(`A finding without a target: ${messageId}`);
  for (const key in data) {
    const value = data[key];
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`Not a finite number: ${key}`);
  }
  return template;
}

function stated(report: RuleReport): StatedReport {
  const { fixes } = report;
  return typeof fixes === 'function' ? { ...report, fixes: fixes() } : (report as StatedReport);
}

/**
 * Run all rules over one drawing, in the order given. With `asks` a report that is a question stands apart from the others;
 * without, it is a report like them.
 */
export function collectReports(rules: readonly Rule[], facts: Facts, { asks = false }: { readonly asks?: boolean } = {}): Collected {
  const reports: Reported[] = [];
  const asked: Asked[] = [];
  const failures: RuleFailure[] = [];
  let notApplicable = 0;
  for (const rule of rules) {
    const before = { reports: reports.length, asked: asked.length };
    let applicable = true;
    const report = (found: RuleReport): void => {
      const template = templateOf(rule, found);
      if (asks && found.question !== undefined) asked.push({ rule, report: found, question: found.question });
      else reports.push({ rule, report: stated(found), message: formatMessage(template, found, facts) });
    };
    try {
      rule.check({ doc: facts.graph.design, facts: factsFor(rule, facts), options: rule.options, report, notApplicable: () => void (applicable = false) });
      if (!applicable) notApplicable += 1;
    } catch (error) {
      reports.length = before.reports;
      asked.length = before.asked;
      failures.push({ rule: rule.id, error: error instanceof Error ? error.message : String(error) });
    }
  }
  return { reports, asked, failures, run: rules.length - failures.length, notApplicable };
}
