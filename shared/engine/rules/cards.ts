/** Cards that ask: all reports of one rule about one unset practice, gathered as they come. Of what is not shown nothing is made. */
import type { GraphView } from '../../contracts/graph-view.ts';
import type { AlikeReports, AskedTarget, RuleQuestion, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { compareText, severityRank } from './order.ts';
import { JourneyIds, type Routes } from './routes.ts';
import type { RuleEntry } from './rulebook.ts';

/** A report that is a question, with what it is about beside it. */
export type Asking = Omit<RuleReport, 'targets'> & { readonly question: RuleQuestion };

function byIdText(a: RuleTarget, b: RuleTarget): number {
  return compareText(a.id, b.id);
}

/** Targets of one kind, each once, as the drawing has its parts, which is in id order; null where one is no part of it. */
function sortedAsDrawn<T extends RuleTarget>(found: readonly T[], parts: Pick<ReadonlyMap<string, { readonly index: number }>, 'get'>, count: number): readonly T[] | null {
  const places = new Array<T | null>(count).fill(null);
  for (const target of found) {
    const index = parts.get(target.id)?.index;
    if (index === undefined) return null;
    places[index] ??= target;
  }
  return places.filter((target) => target !== null);
}

/** Targets of one kind, each once, in id order. Mostly they come that way. */
function sortedOnce<T extends RuleTarget>(found: readonly T[], { nodes, nodeById, edges, edgeById }: GraphView): readonly T[] {
  let ordered = true;
  for (let i = 1; ordered && i < found.length; i++) ordered = (found[i - 1] as T).id < (found[i] as T).id;
  if (ordered) return found;
  const kind = found[0]?.kind;
  const drawn = kind === 'node' ? sortedAsDrawn(found, nodeById, nodes.length) : kind === 'edge' ? sortedAsDrawn(found, edgeById, edges.length) : null;
  if (drawn !== null) return drawn;
  const sorted = sortFew([...found], byIdText);
  return sorted.filter((target, index) => index === 0 || sorted[index - 1]?.id !== target.id);
}

function byKind<T extends RuleTarget>([a]: readonly T[], [b]: readonly T[]): number {
  return compareText(a?.kind ?? '', b?.kind ?? '');
}

/** Targets of several reports. */
class Targets<T extends RuleTarget> {
  /** Those of each kind: one or two. */
  private readonly kinds: T[][] = [];

  add(target: T): void {
    for (const found of this.kinds) {
      const last = found[found.length - 1] as T;
      if (last.kind !== target.kind) continue;
      if (last.id !== target.id) found.push(target);
      return;
    }
    this.kinds.push([target]);
  }

  addAll({ kinds }: Targets<T>): void {
    for (const found of kinds) for (const target of found) this.add(target);
  }

  /** Each once, in the order of their keys. */
  sorted(graph: GraphView): readonly T[] {
    const [first = [], ...others] = sortFew(this.kinds, byKind).map((found) => sortedOnce(found, graph));
    return others.length === 0 ? first : first.concat(...others);
  }
}

/** What the answer to a report's question is set on. Throws where a report is about nothing that bears parameters: a defect of the rule. */
export function answeredBy(question: RuleQuestion, [first]: readonly RuleTarget[]): readonly AskedTarget[] {
  if (question.targets !== undefined) return question.targets;
  if (first?.kind !== 'node' && first?.kind !== 'edge') throw new Error(`A question about nothing that bears parameters: ${question.param}`);
  return [first as AskedTarget];
}

/** Whether a report speaks before another: the more severe one, then the one whose message comes first. */
function speaksBefore(report: Asking, other: Asking): boolean {
  return (severityRank(report) - severityRank(other) || compareText(report.messageId, other.messageId)) < 0;
}

/** One card: an answer sets the parameter on all that is asked about. */
export class Card {
  readonly entry: RuleEntry;
  /** The journeys affected. */
  readonly journeys: JourneyIds;
  private readonly answering = new Targets<AskedTarget>();
  /** Null while each report is about nothing but what its answer sets. */
  private about: Targets<RuleTarget> | null = null;
  private speaking: Asking;

  constructor(entry: RuleEntry, first: Asking, routes: Routes) {
    this.entry = entry;
    this.journeys = new JourneyIds(routes);
    this.speaking = first;
  }

  /** The report that is shown: the most severe one, the first of equals. */
  get speaker(): Asking {
    return this.speaking;
  }

  /** Add a report about the practice, and about these. */
  add(report: Asking, targets: readonly RuleTarget[]): void {
    const { question } = report;
    if (speaksBefore(report, this.speaking)) this.speaking = report;
    this.addAbout(targets, question.targets !== undefined);
    for (const target of answeredBy(question, targets)) this.answering.add(target);
    this.journeys.addOf(report.journeys, targets);
  }

  /** Add reports that are like one added before, and about the other elements. */
  addAlike<E>({ about, targets }: AlikeReports<E>, { journeys }: Asking): void {
    for (let i = 1; i < about.length; i++) {
      const found = targets(about[i] as E);
      this.addAbout(found, false);
      this.answering.add(found[0]);
      if (journeys === undefined && !this.journeys.complete) this.journeys.addThrough(found);
    }
  }

  /** What a report is about, before what its answer sets; `apart` where the two may differ. */
  private addAbout(targets: readonly RuleTarget[], apart: boolean): void {
    if (this.about === null) {
      if (!apart && targets.length === 1) return;
      this.about = new Targets<RuleTarget>();
      this.about.addAll(this.answering);
    }
    for (const target of targets) this.about.add(target);
  }

  /** What the reports are about, and what their answers set, each in the order of their keys. */
  targets(graph: GraphView): { readonly about: readonly RuleTarget[]; readonly answered: readonly AskedTarget[] } {
    const answered = this.answering.sorted(graph);
    return { about: this.about?.sorted(graph) ?? answered, answered };
  }
}
