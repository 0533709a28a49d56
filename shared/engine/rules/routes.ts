/** Journeys through what findings are about, and the share of the traffic that they are. */
import { journeysByNode } from '../../contracts/journeys-by-node.ts';
import type { Facts, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { compareText } from './order.ts';

type Lists = ReadonlyMap<string, readonly string[]>;

const NOWHERE: readonly string[] = [];

function addRoute(found: Map<string, string[]>, key: string, journey: string): void {
  const list = found.get(key);
  if (list === undefined) found.set(key, [journey]);
  else if (list[list.length - 1] !== journey) list.push(journey);
}

function throughBoundaries({ evaluation, graph }: Facts): Lists {
  const found = new Map<string, string[]>();
  for (const { id, nodes } of Object.values(evaluation.journeys)) {
    for (const node of nodes) {
      const boundary = graph.nodeById.get(node)?.node.boundary;
      if (boundary) addRoute(found, boundary, id);
    }
  }
  return found;
}

function throughEntities({ evaluation }: Facts): Lists {
  const found = new Map<string, string[]>();
  for (const { id, paths } of Object.values(evaluation.entities)) for (const { journey } of paths) addRoute(found, id, journey);
  return found;
}

function inOrder(ids: readonly string[]): boolean {
  for (let i = 1; i < ids.length; i++) if (!((ids[i - 1] as string) < (ids[i] as string))) return false;
  return true;
}

/** Each once, in id order; journeys come that way as a rule. */
function ordered(ids: readonly string[]): readonly string[] {
  return inOrder(ids) ? ids : sortFew([...new Set(ids)], compareText);
}

/** The journeys of one evaluation: those that visit a component or its boundary, travel a connection, or read an entity. */
export class Routes {
  /** How many journeys there are. */
  readonly journeys: number;
  private readonly facts: Facts;
  /** The results are in id order, and so are all lists that follow them. */
  private readonly sorted: boolean;
  private boundaries: Lists | null = null;
  private entities: Lists | null = null;
  /** What was asked for last: one finding after another is about the same journeys. */
  private weighed: readonly string[] = NOWHERE;
  private share = 0;

  constructor(facts: Facts) {
    const ids = Object.keys(facts.evaluation.journeys);
    this.facts = facts;
    this.journeys = ids.length;
    this.sorted = inOrder(ids);
  }

  /** Ids of the journeys through one target, in the order of the results. */
  through({ kind, id }: RuleTarget): readonly string[] {
    const { facts } = this;
    const { edges } = facts.evaluation;
    switch (kind) {
      case 'node': return journeysByNode(facts).of(id) ?? NOWHERE;
      case 'edge': return edges[id]?.journeys ?? NOWHERE;
      case 'journey': return this.has(id) ? [id] : NOWHERE;
      case 'entity': return (this.entities ??= throughEntities(facts)).get(id) ?? NOWHERE;
      case 'boundary': return (this.boundaries ??= throughBoundaries(facts)).get(id) ?? NOWHERE;
    }
  }

  /** Whether the evaluation has the journey. */
  has(journey: string): boolean {
    return Object.hasOwn(this.facts.evaluation.journeys, journey);
  }

  /** The journeys that a report names, else those through its targets; in id order. */
  of(report: Pick<RuleReport, 'journeys' | 'targets'>): readonly string[] {
    const { journeys, targets } = report;
    if (journeys !== undefined) return ordered(journeys);
    const [first] = targets;
    if (first !== undefined && targets.length === 1) {
      const found = this.through(first);
      return this.sorted ? found : ordered(found);
    }
    const found = new JourneyIds(this);
    found.addThrough(targets);
    return found.sorted();
  }

  /** Share of the traffic that some journeys are, 0 to 1. */
  shareOf(journeys: readonly string[]): number {
    if (journeys === this.weighed) return this.share;
    const all = this.facts.evaluation.journeys;
    let sum = 0;
    for (const id of journeys) sum += all[id]?.share ?? 0;
    this.weighed = journeys;
    return (this.share = Math.min(1, sum));
  }
}

/** Journeys of several reports together. Once they are all of the drawing's, targets can add no other and are not looked at. */
export class JourneyIds {
  private readonly routes: Routes;
  /** The only list so far; what further ones add makes a set of it. */
  private only: readonly string[] = NOWHERE;
  private several: Set<string> | null = null;
  private before: readonly string[] = NOWHERE;
  private all: number;

  constructor(routes: Routes) {
    this.routes = routes;
    this.all = routes.journeys;
  }

  /** Whether the targets of further reports can add no journey. */
  get complete(): boolean {
    return (this.several === null ? this.only.length : this.several.size) >= this.all;
  }

  /** Add the journeys that a report names, else those through its targets. */
  addOf(journeys: RuleReport['journeys'], targets: readonly RuleTarget[]): void {
    if (journeys !== undefined) this.addNamed(journeys);
    else this.addThrough(targets);
  }

  private addNamed(journeys: readonly string[]): void {
    if (journeys === this.before) return;
    this.before = journeys;
    const found = (this.several ??= new Set(this.only));
    for (const journey of journeys) {
      // a rule may name one that is none of the evaluation's
      if (!found.has(journey) && !this.routes.has(journey)) this.all += 1;
      found.add(journey);
    }
  }

  /** Add the journeys through some targets. */
  addThrough(targets: readonly RuleTarget[]): void {
    for (const target of targets) {
      if (this.complete) return;
      const here = this.routes.through(target);
      if (here === this.before || here.length === 0) continue;
      this.before = here;
      if (this.several === null && this.only.length === 0) {
        this.only = here;
        continue;
      }
      this.several ??= new Set(this.only);
      for (const journey of here) this.several.add(journey);
    }
  }

  /** In id order. */
  sorted(): readonly string[] {
    return ordered(this.several === null ? this.only : [...this.several]);
  }
}
