/** Running rules: what each reports, and which threw. A rule that throws costs its own reports only. */
import type { RuleFailure } from '../../contracts/evaluation.ts';
import type { Facts, Rule, RuleReport } from '../../contracts/rule.ts';
import { formatMessage } from './format-message.ts';

/** A report with its text. */
export interface Reported { readonly rule: Rule; readonly report: RuleReport; readonly message: string }

/** Everything that rules said about one drawing. */
export interface Collected { readonly reports: readonly Reported[]; readonly failures: readonly RuleFailure[]; readonly run: number; readonly notApplicable: number }

/** The facts with the sections that a rule asks for, and no other. */
function factsFor(rule: Rule, { graph, components, evaluation }: Facts): Facts {
  const { multiple, total_rps, assumptions, not_modelled } = evaluation;
  const asked: Partial<Record<keyof Facts['evaluation'], unknown>> = { multiple, total_rps, assumptions, not_modelled };
  for (const name of rule.requires) asked[name] = evaluation[name];
  return { graph, components, evaluation: asked as Facts['evaluation'] };
}

function messageOf(rule: Rule, report: RuleReport, facts: Facts, asks: boolean): string {
  const template = Object.hasOwn(rule.messages, report.messageId) ? rule.messages[report.messageId] : undefined;
  if (template === undefined) throw new Error(`Unknown message: ${report.messageId}`);
  if (report.targets.length === 0) throw new Error(`A finding without a target: ${report.messageId}`);
  for (const key in report.data) if (typeof report.data[key] === 'number' && !Number.isFinite(report.data[key])) throw new Error(`Not a finite number: ${key}`);
  return asks && report.question !== undefined ? report.question.text : formatMessage(template, report, facts);
}

/** What one rule says; throws what the rule throws. */
function check(rule: Rule, facts: Facts, asks: boolean): { readonly reports: Reported[]; readonly applicable: boolean } {
  const reports: Reported[] = [];
  let applicable = true;
  rule.check({
    doc: facts.graph.design,
    facts: factsFor(rule, facts),
    options: rule.options,
    report: (report) => void reports.push({ rule, report, message: messageOf(rule, report, facts, asks) }),
    notApplicable: () => void (applicable = false),
  });
  return { reports, applicable };
}

/** Run all rules over one drawing, in the order given. With `asks` a report that is a question has the question's text. */
export function collectReports(rules: readonly Rule[], facts: Facts, { asks = false }: { readonly asks?: boolean } = {}): Collected {
  const reports: Reported[] = [];
  const failures: RuleFailure[] = [];
  let notApplicable = 0;
  for (const rule of rules) {
    try {
      const found = check(rule, facts, asks);
      reports.push(...found.reports);
      if (!found.applicable) notApplicable += 1;
    } catch (error) {
      failures.push({ rule: rule.id, error: error instanceof Error ? error.message : String(error) });
    }
  }
  return { reports, failures, run: rules.length - failures.length, notApplicable };
}
