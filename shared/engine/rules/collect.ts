/** Running rules: what each reports, and which threw. A rule that throws costs its own reports only. */
import type { RuleFailure } from '../../contracts/evaluation.ts';
import type { AlikeReports, Facts, Rule, RuleFix, RuleQuestion, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import { answeredBy, Card, type Asking } from './cards.ts';
import { formatMessage } from './format-message.ts';
import { Routes } from './routes.ts';
import { rulebookOf, viewOf, type RuleEntry, type Saying } from './rulebook.ts';

/** A report with everything made that is only made on demand. */
export type StatedReport = Omit<RuleReport, 'data' | 'fixes' | 'question'> & { readonly data: RuleData; readonly fixes?: readonly RuleFix[]; readonly question?: Required<Pick<RuleQuestion, 'targets'>> & RuleQuestion };

/** Evidence numbers and words of one report. */
export type RuleData = Readonly<Record<string, number | string>>;

/** A report with its text. */
export interface Reported { readonly rule: Rule; readonly saying: Saying; readonly report: StatedReport; readonly message: string }

/** Reports that are questions, as one card with the data of the report that speaks. Its fixes and message are never shown, and are not made. */
export interface Asked { readonly card: Card; readonly data: RuleData }

/** Everything that rules said about one drawing: of one rule after another. */
export interface Collected { readonly reports: readonly Reported[]; readonly asked: readonly Asked[]; readonly failures: readonly RuleFailure[]; readonly run: number; readonly notApplicable: number }

/** What a report says. Throws for one that no finding can be made of: a defect of the rule. */
function sayingOf(entry: RuleEntry, { messageId }: Pick<RuleReport, 'messageId'>, targets: readonly RuleTarget[]): Saying {
  const saying = entry.saying(messageId);
  if (targets.length === 0) throw new Error(`A finding without a target: ${messageId}`);
  return saying;
}

/** The data of a report. Throws for a number that is none: a defect of the rule. */
function dataOf({ data }: Pick<RuleReport, 'data'>): RuleData {
  const made = typeof data === 'function' ? data() : data;
  for (const key in made) {
    const value = made[key];
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`Not a finite number: ${key}`);
  }
  return made;
}

/** Always of one shape: rules write theirs in many. */
function stated(report: RuleReport): StatedReport {
  const data = dataOf(report);
  const { targets, messageId, severity, fixes, journeys, question, subtracts } = report;
  return {
    targets, messageId, severity, data, fixes: typeof fixes === 'function' ? fixes() : fixes, journeys,
    question: question === undefined ? undefined : { ...question, targets: answeredBy(question, targets) }, subtracts,
  } as StatedReport;
}

function isAsking(report: RuleReport): report is RuleReport & Asking {
  return report.question !== undefined;
}

/** What one rule after another reports. With `asks` the reports that are questions are gathered in cards; without, each is a report like the others. */
class Reports {
  readonly stated: Reported[] = [];
  readonly asked: Asked[] = [];
  readonly failures: RuleFailure[] = [];
  notApplicable = 0;
  private readonly facts: Facts;
  private readonly routes: Routes;
  private readonly asks: boolean;
  /** Of the rule that is running: its cards, few, one for each parameter that it asks about. */
  private entry: RuleEntry | null = null;
  private cards: Card[] = [];
  private applicable = true;

  constructor(facts: Facts, routes: Routes, asks: boolean) {
    this.facts = facts;
    this.routes = routes;
    this.asks = asks;
  }

  /** Run a rule on its sections of the facts. */
  run(entry: RuleEntry, facts: Facts): void {
    const { rule } = entry;
    const stated = this.stated.length;
    const asked = this.asked.length;
    this.entry = entry;
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
    const entry = this.entry as RuleEntry;
    const saying = sayingOf(entry, report, report.targets);
    if (this.asks && isAsking(report)) {
      this.cardOf(entry, report).add(report, report.targets);
      return;
    }
    const made = stated(report);
    this.stated.push({ rule: entry.rule, saying, report: made, message: formatMessage(saying.message, made, this.facts) });
  };

  private readonly ask = <E>(reports: AlikeReports<E>): void => {
    const { about, targets, report } = reports;
    const [first] = about;
    if (first === undefined) return;
    if (!this.asks) {
      for (const element of about) this.report({ ...report(element), targets: targets(element) });
      return;
    }
    const speaker = report(first);
    const spoken = targets(first);
    const entry = this.entry as RuleEntry;
    sayingOf(entry, speaker, spoken);
    const card = this.cardOf(entry, speaker);
    card.add(speaker, spoken);
    card.addAlike(reports, speaker);
  };

  private readonly leave = (): void => {
    this.applicable = false;
  };

  private cardOf(entry: RuleEntry, report: Asking): Card {
    for (const card of this.cards) if (card.speaker.question.param === report.question.param) return card;
    const card = new Card(entry, report, this.routes);
    this.cards.push(card);
    return card;
  }
}

/** How reports are collected. */
export interface CollectOptions {
  /** Reports that are questions are gathered in cards; without, each is a report like the others. */
  readonly asks?: boolean;
  /** Where the journeys run, for whoever asks on. */
  readonly routes?: Routes;
}

/** Run all rules over one drawing, in the order given. */
export function collectReports(rules: readonly Rule[], facts: Facts, { asks = false, routes = new Routes(facts) }: CollectOptions = {}): Collected {
  const { entries, views } = rulebookOf(rules);
  const seen = views.map((view) => viewOf(facts, view));
  const found = new Reports(facts, routes, asks);
  for (const entry of entries) found.run(entry, seen[entry.view] as Facts);
  const { stated: reports, asked, failures, notApplicable } = found;
  return { reports, asked, failures, run: rules.length - failures.length, notApplicable };
}
