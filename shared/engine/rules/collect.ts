/** Running rules: what each reports, and which threw. A rule that throws costs its own reports only. */
import type { RuleFailure } from '../../contracts/evaluation.ts';
import type { AlikeReports, FactName, Facts, Rule, RuleFix, RuleQuestion, RuleReport } from '../../contracts/rule.ts';
import { answeredBy, Card, type AskingReport } from './cards.ts';
import { formatMessage } from './format-message.ts';

/** A report with everything made that is only made on demand. */
export type StatedReport = Omit<RuleReport, 'data' | 'fixes' | 'question'> & { readonly data: RuleData; readonly fixes?: readonly RuleFix[]; readonly question?: Required<Pick<RuleQuestion, 'targets'>> & RuleQuestion };

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

/** What rules ask for: many ask for the same sections. `view[i]` is the place in `sections` of what rule i asks for. */
interface Wishes { readonly sections: readonly (readonly FactName[])[]; readonly view: readonly number[] }

const wishes = new WeakMap<readonly Rule[], Wishes>();

function wishesOf(rules: readonly Rule[]): Wishes {
  const known = wishes.get(rules);
  if (known !== undefined) return known;
  const sections = new Map<string, readonly FactName[]>();
  for (const { requires } of rules) sections.set(requires.join(' '), requires);
  const places = [...sections.keys()];
  const made = { sections: [...sections.values()], view: rules.map(({ requires }) => places.indexOf(requires.join(' '))) };
  wishes.set(rules, made);
  return made;
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
  const { fixes, question, targets } = report;
  if (question !== undefined) return { ...report, data, fixes: typeof fixes === 'function' ? fixes() : fixes, question: { ...question, targets: answeredBy(question, targets) } };
  if (data === report.data && typeof fixes !== 'function') return report as StatedReport;
  return { ...report, data, fixes: typeof fixes === 'function' ? fixes() : fixes } as StatedReport;
}

function isAsking(report: RuleReport): report is AskingReport {
  return report.question !== undefined;
}

/** What one rule after another reports. With `asks` the reports that are questions are gathered in cards; without, each is a report like the others. */
class Reports {
  readonly stated: Reported[] = [];
  readonly asked: Asked[] = [];
  readonly failures: RuleFailure[] = [];
  notApplicable = 0;
  private readonly facts: Facts;
  private readonly asks: boolean;
  /** Of the rule that is running: its cards, few, one for each parameter that it asks about. */
  private rule: Rule | null = null;
  private cards: Card[] = [];
  private applicable = true;

  constructor(facts: Facts, asks: boolean) {
    this.facts = facts;
    this.asks = asks;
  }

  /** Run a rule on its sections of the facts. */
  run(rule: Rule, facts: Facts): void {
    const [stated, asked] = [this.stated.length, this.asked.length];
    this.rule = rule;
    if (this.cards.length > 0) this.cards = [];
    this.applicable = true;
    try {
      rule.check({ doc: facts.graph.design, facts, options: rule.options, report: this.report, ask: this.ask, notApplicable: this.leave });
      for (const card of this.cards) this.asked.push({ card, data: dataOf(card.speaker) });
    } catch (error) {
      this.stated.length = stated;
      this.asked.length = asked;
      this.failures.push({ rule: rule.id, error: error instanceof Error ? error.message : String(error) });
      return;
    }
    if (!this.applicable) this.notApplicable += 1;
  }

  private readonly report = (report: RuleReport): void => {
    const rule = this.rule as Rule;
    const template = templateOf(rule, report);
    if (this.asks && isAsking(report)) {
      this.cardOf(rule, report).add(report);
      return;
    }
    const made = stated(report);
    this.stated.push({ rule, report: made, message: formatMessage(template, made, this.facts) });
  };

  private readonly ask = <E>(reports: AlikeReports<E>): void => {
    const { about, targets, report } = reports;
    const [first] = about;
    if (first === undefined) return;
    if (!this.asks) {
      for (const element of about) this.report({ ...report(element), targets: targets(element) });
      return;
    }
    const speaker = { ...report(first), targets: targets(first) };
    const rule = this.rule as Rule;
    templateOf(rule, speaker);
    const card = this.cardOf(rule, speaker);
    card.add(speaker);
    card.addAlike(reports, speaker);
  };

  private readonly leave = (): void => {
    this.applicable = false;
  };

  private cardOf(rule: Rule, report: AskingReport): Card {
    for (const card of this.cards) if (card.speaker.question.param === report.question.param) return card;
    const card = new Card(rule, report, this.facts);
    this.cards.push(card);
    return card;
  }
}

/**
 * Run all rules over one drawing, in the order given. With `asks` the reports that are questions are gathered in cards;
 * without, each is a report like the others.
 */
export function collectReports(rules: readonly Rule[], facts: Facts, { asks = false }: { readonly asks?: boolean } = {}): Collected {
  const { sections, view } = wishesOf(rules);
  const views = sections.map((requires) => withSections(requires, facts));
  const found = new Reports(facts, asks);
  rules.forEach((rule, index) => found.run(rule, views[view[index] as number] as Facts));
  const { stated: reports, asked, failures, notApplicable } = found;
  return { reports, asked, failures, run: rules.length - failures.length, notApplicable };
}
