/** Running rules: what each reports, and which threw. A rule that throws costs its own reports only. */
import type { RuleFailure } from '../../contracts/evaluation.ts';
import type { FactName, Facts, Rule, RuleFix, RuleReport } from '../../contracts/rule.ts';
import { Card, type AskingReport } from './cards.ts';
import { formatMessage } from './format-message.ts';

/** A report with everything made that is only made on demand. */
export type StatedReport = Omit<RuleReport, 'data' | 'fixes'> & { readonly data: RuleData; readonly fixes?: readonly RuleFix[] };

/** Evidence numbers and words of one report. */
export type RuleData = Readonly<Record<string, number | string>>;

/** A report with its text. */
export interface Reported { readonly rule: Rule; readonly report: StatedReport; readonly message: string }

/** Reports that are questions, as one card with the data of the report that speaks. Its fixes and message are never shown, and are not made. */
export interface Asked { readonly card: Card; readonly data: RuleData }

/** Everything that rules said about one drawing. */
export interface Collected { readonly reports: readonly Reported[]; readonly asked: readonly Asked[]; readonly failures: readonly RuleFailure[]; readonly run: number; readonly notApplicable: number }

/** The facts with some sections, and no other: always of one shape, which keeps reading them quick. */
function withSections(requires: readonly FactName[], { graph, components, steps, evaluation }: Facts): Facts {
  const { multiple, total_rps, assumptions, not_modelled } = evaluation;
  const section = <K extends FactName>(name: K): Facts['evaluation'][K] | undefined => (requires.includes(name) ? evaluation[name] : undefined);
  const asked = {
    multiple, total_rps, assumptions, not_modelled,
    nodes: section('nodes'), edges: section('edges'), journeys: section('journeys'), entities: section('entities'), hazards: section('hazards'), headroom: section('headroom'),
    breaks: section('breaks'), blast: section('blast'), cascades: section('cascades'), cuts: section('cuts'), cost: section('cost'), burden: section('burden'),
  };
  return { graph, components, steps, evaluation: asked as Facts['evaluation'] };
}

const signatures = new WeakMap<readonly FactName[], string>();

/** The sections that a rule asks for as one word: many rules ask for the same ones. */
function signatureOf({ requires }: Rule): string {
  const known = signatures.get(requires) ?? requires.join(' ');
  signatures.set(requires, known);
  return known;
}

/** The message of a report. Throws for a report that no finding can be made of: a defect of the rule. */
function templateOf({ messages }: Rule, { messageId, targets }: RuleReport): string {
  const template = Object.hasOwn(messages, messageId) ? messages[messageId] : undefined;
  if (template === undefined) throw new Error(`Unknown message: ${messageId}`);
  if (targets.length === 0) throw new Error(`A finding without a target: ${messageId}`);
  return template;
}

/** The data of a report. Throws for a number that is none: a defect of the rule. */
function dataOf({ data }: RuleReport): RuleData {
  const made = typeof data === 'function' ? data() : data;
  for (const key in made) {
    const value = made[key];
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`Not a finite number: ${key}`);
  }
  return made;
}

function stated(report: RuleReport): StatedReport {
  const data = dataOf(report);
  const { fixes } = report;
  if (data === report.data && typeof fixes !== 'function') return report as StatedReport;
  return { ...report, data, fixes: typeof fixes === 'function' ? fixes() : fixes };
}

function isAsking(report: RuleReport): report is AskingReport {
  return report.question !== undefined;
}

/** What one rule reports. */
class Reports {
  readonly stated: Reported[] = [];
  applicable = true;
  private readonly rule: Rule;
  private readonly facts: Facts;
  private readonly asks: boolean;
  /** By the parameter that is asked about; a rule asks about few. */
  private cards: Map<string, Card> | null = null;
  private card: Card | null = null;

  constructor(rule: Rule, facts: Facts, asks: boolean) {
    this.rule = rule;
    this.facts = facts;
    this.asks = asks;
  }

  add(report: RuleReport): void {
    const template = templateOf(this.rule, report);
    if (this.asks && isAsking(report)) {
      this.ask(report);
      return;
    }
    const made = stated(report);
    this.stated.push({ rule: this.rule, report: made, message: formatMessage(template, made, this.facts) });
  }

  private ask(report: AskingReport): void {
    const { param } = report.question;
    if (this.card?.speaker.question.param !== param) this.card = this.cards?.get(param) ?? null;
    if (this.card !== null) {
      this.card.add(report);
      return;
    }
    this.card = new Card(this.rule, report, this.facts);
    (this.cards ??= new Map()).set(param, this.card);
  }

  /** The cards, when nothing more is reported. */
  asked(): Asked[] {
    const asked: Asked[] = [];
    for (const card of this.cards?.values() ?? []) asked.push({ card, data: dataOf(card.speaker) });
    return asked;
  }
}

/**
 * Run all rules over one drawing, in the order given. With `asks` the reports that are questions are gathered in cards;
 * without, each is a report like the others.
 */
export function collectReports(rules: readonly Rule[], facts: Facts, { asks = false }: { readonly asks?: boolean } = {}): Collected {
  const reports: Reported[] = [];
  const asked: Asked[] = [];
  const failures: RuleFailure[] = [];
  const views = new Map<string, Facts>();
  let notApplicable = 0;
  for (const rule of rules) {
    const signature = signatureOf(rule);
    let view = views.get(signature);
    if (view === undefined) views.set(signature, (view = withSections(rule.requires, facts)));
    const found = new Reports(rule, facts, asks);
    try {
      rule.check({ doc: facts.graph.design, facts: view, options: rule.options, report: (report) => found.add(report), notApplicable: () => void (found.applicable = false) });
      asked.push(...found.asked());
    } catch (error) {
      failures.push({ rule: rule.id, error: error instanceof Error ? error.message : String(error) });
      continue;
    }
    reports.push(...found.stated);
    if (!found.applicable) notApplicable += 1;
  }
  return { reports, asked, failures, run: rules.length - failures.length, notApplicable };
}
