/** Cards that ask: all reports of one rule about one unset practice, gathered as they come. Of what is not shown nothing is made. */
import type { AlikeReports, AskedTarget, Facts, Rule, RuleQuestion, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { compareText, severityRank } from './order.ts';
import { JourneyIds } from './routes.ts';

/** A report that is a question. */
export type AskingReport = RuleReport & { readonly question: RuleQuestion };

/** The kinds in the order of their names. */
const KINDS: readonly RuleTarget['kind'][] = ['boundary', 'edge', 'entity', 'journey', 'node'];

function byIdText(a: RuleTarget, b: RuleTarget): number {
  return compareText(a.id, b.id);
}

/** Targets of one kind from several reports. Mostly they come in id order, and then nothing is sorted. */
class OneKind<T extends RuleTarget> {
  private readonly found: T[] = [];
  private ordered = true;

  add(target: T): void {
    const last = this.found[this.found.length - 1];
    if (last !== undefined) {
      if (last.id === target.id) return;
      if (last.id > target.id) this.ordered = false;
    }
    this.found.push(target);
  }

  /** Each once, in id order. */
  sorted(): readonly T[] {
    if (this.ordered) return this.found;
    const sorted = sortFew(this.found, byIdText);
    return sorted.filter((target, index) => index === 0 || sorted[index - 1]?.id !== target.id);
  }
}

/** Targets of several reports. */
class Targets<T extends RuleTarget> {
  private readonly kinds: Record<RuleTarget['kind'], OneKind<T> | null> = { boundary: null, edge: null, entity: null, journey: null, node: null };

  add(target: T): void {
    (this.kinds[target.kind] ??= new OneKind<T>()).add(target);
  }

  /** Each once, in the order of their keys. */
  sorted(): readonly T[] {
    let all: readonly T[] = [];
    for (const kind of KINDS) {
      const found = this.kinds[kind]?.sorted();
      if (found !== undefined) all = all.length === 0 ? found : [...all, ...found];
    }
    return all;
  }
}

/** What the answer to a report's question is set on. Throws where a report is about nothing that bears parameters: a defect of the rule. */
export function answeredBy(question: RuleQuestion, [first]: readonly RuleTarget[]): readonly AskedTarget[] {
  if (question.targets !== undefined) return question.targets;
  if (first?.kind !== 'node' && first?.kind !== 'edge') throw new Error(`A question about nothing that bears parameters: ${question.param}`);
  return [first as AskedTarget];
}

/** Whether a report speaks before another: the more severe one, then the one whose message comes first. */
function speaksBefore(report: RuleReport, other: RuleReport): boolean {
  return (severityRank(report) - severityRank(other) || compareText(report.messageId, other.messageId)) < 0;
}

/** One card: an answer sets the parameter on all that is asked about. */
export class Card {
  readonly rule: Rule;
  /** What the reports are about, what their answers set, and the journeys affected. */
  readonly about = new Targets<RuleTarget>();
  readonly answering = new Targets<AskedTarget>();
  readonly journeys: JourneyIds;
  private speaking: AskingReport;

  constructor(rule: Rule, first: AskingReport, facts: Facts) {
    this.rule = rule;
    this.journeys = new JourneyIds(facts);
    this.speaking = first;
  }

  /** The report that is shown: the most severe one, the first of equals. */
  get speaker(): AskingReport {
    return this.speaking;
  }

  /** Add a report about the practice. */
  add(report: AskingReport): void {
    if (speaksBefore(report, this.speaking)) this.speaking = report;
    for (const target of report.targets) this.about.add(target);
    for (const target of answeredBy(report.question, report.targets)) this.answering.add(target);
    this.journeys.addOf(report);
  }

  /** Add reports that are like one added before, and about the other elements. */
  addAlike<E>({ about, targets }: AlikeReports<E>, { journeys }: AskingReport): void {
    for (let i = 1; i < about.length; i++) {
      const found = targets(about[i] as E);
      for (const target of found) this.about.add(target);
      this.answering.add(found[0]);
      if (journeys === undefined) this.journeys.addThrough(found);
    }
  }
}
