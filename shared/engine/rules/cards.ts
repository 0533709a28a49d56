/** Cards that ask: all reports of one rule about one unset practice, gathered as they come. Of what is not shown nothing is made. */
import type { Facts, Rule, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import { compareText, severityRank } from './order.ts';
import { JourneyIds } from './routes.ts';

/** The question of a report. */
export type Question = NonNullable<RuleReport['question']>;

/** A report that is a question. */
export type AskingReport = RuleReport & { readonly question: Question };

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
    const sorted = [...new Map(this.found.map((target) => [target.id, target])).values()];
    return sorted.sort(byIdText);
  }
}

/** Targets of several reports. */
class Targets<T extends RuleTarget> {
  private readonly kinds: Record<RuleTarget['kind'], OneKind<T> | null> = { boundary: null, edge: null, entity: null, journey: null, node: null };

  add(targets: readonly T[]): void {
    for (const target of targets) (this.kinds[target.kind] ??= new OneKind<T>()).add(target);
  }

  /** Each once, in the order of their keys. */
  sorted(): T[] {
    const all: T[] = [];
    for (const kind of KINDS) for (const target of this.kinds[kind]?.sorted() ?? []) all.push(target);
    return all;
  }
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
  readonly answering = new Targets<Question['targets'][number]>();
  readonly journeys: JourneyIds;
  private speaking: AskingReport;

  constructor(rule: Rule, first: AskingReport, facts: Facts) {
    this.rule = rule;
    this.journeys = new JourneyIds(facts);
    this.speaking = first;
    this.add(first);
  }

  /** The report that is shown: the most severe one, the first of equals. */
  get speaker(): AskingReport {
    return this.speaking;
  }

  /** Add a further report about the same practice. */
  add(report: AskingReport): void {
    if (speaksBefore(report, this.speaking)) this.speaking = report;
    this.about.add(report.targets);
    this.answering.add(report.question.targets);
    this.journeys.addOf(report);
  }
}
