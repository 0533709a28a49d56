/** Journeys through what findings are about, and the share of the traffic that they are. */
import { journeysByNode, type JourneysByNode } from '../../contracts/journeys-by-node.ts';
import type { Facts, RuleReport, RuleTarget } from '../../contracts/rule.ts';
import { sortFew } from '../../contracts/sort-few.ts';
import { compareText } from './order.ts';

/** Ids of the journeys through each target by kind: those that visit a component or its boundary, or read an entity. */
interface Routes {
  readonly nodes: JourneysByNode;
  readonly boundaries: ReadonlyMap<string, readonly string[]>;
  readonly entities: ReadonlyMap<string, readonly string[]>;
  /** How many journeys there are. */
  readonly journeys: number;
}

const routes = new WeakMap<Facts['evaluation'], Routes>();

function addRoute(found: Map<string, string[]>, key: string, journey: string): void {
  const list = found.get(key);
  if (list === undefined) found.set(key, [journey]);
  else if (list[list.length - 1] !== journey) list.push(journey);
}

function findRoutes({ evaluation, graph }: Facts): Routes {
  const boundaries = new Map<string, string[]>();
  const entities = new Map<string, string[]>();
  const journeys = Object.values(evaluation.journeys);
  if (Object.keys(graph.design.boundaries).length > 0) {
    for (const { id, nodes } of journeys) {
      for (const node of nodes) {
        const boundary = graph.nodeById.get(node)?.node.boundary;
        if (boundary) addRoute(boundaries, boundary, id);
      }
    }
  }
  for (const { id, paths } of Object.values(evaluation.entities)) for (const { journey } of paths) addRoute(entities, id, journey);
  return { nodes: journeysByNode(graph, evaluation.journeys), boundaries, entities, journeys: journeys.length };
}

function routesOf(facts: Facts): Routes {
  const known = routes.get(facts.evaluation);
  if (known !== undefined) return known;
  const found = findRoutes(facts);
  routes.set(facts.evaluation, found);
  return found;
}

const NOWHERE: readonly string[] = [];

function through(facts: Facts, { kind, id }: RuleTarget): readonly string[] {
  const { journeys, edges } = facts.evaluation;
  switch (kind) {
    case 'node': return routesOf(facts).nodes.of(id) ?? NOWHERE;
    case 'edge': return Object.hasOwn(edges, id) ? (edges[id]?.journeys ?? NOWHERE) : NOWHERE;
    case 'journey': return Object.hasOwn(journeys, id) ? [id] : NOWHERE;
    case 'entity': return routesOf(facts).entities.get(id) ?? NOWHERE;
    case 'boundary': return routesOf(facts).boundaries.get(id) ?? NOWHERE;
  }
}

/** Each once, in id order; journeys come that way as a rule. */
function ordered(ids: readonly string[]): readonly string[] {
  for (let i = 1; i < ids.length; i++) if (!((ids[i - 1] as string) < (ids[i] as string))) return sortFew([...new Set(ids)], compareText);
  return ids;
}

/** Journeys of several reports together. Once they are all of the drawing's, targets can add no other and are not looked at. */
export class JourneyIds {
  private readonly facts: Facts;
  private readonly found = new Set<string>();
  private before: readonly string[] = NOWHERE;
  private all: number;

  constructor(facts: Facts) {
    this.facts = facts;
    this.all = routesOf(facts).journeys;
  }

  /** Add the journeys that a report names, else those through its targets. */
  addOf({ journeys, targets }: Pick<RuleReport, 'journeys' | 'targets'>): void {
    if (journeys !== undefined) this.addNamed(journeys);
    else this.addThrough(targets);
  }

  private addNamed(journeys: readonly string[]): void {
    if (journeys === this.before) return;
    this.before = journeys;
    for (const journey of journeys) {
      // a rule may name one that is none of the evaluation's
      if (!this.found.has(journey) && !Object.hasOwn(this.facts.evaluation.journeys, journey)) this.all += 1;
      this.found.add(journey);
    }
  }

  /** Add the journeys through some targets. */
  addThrough(targets: readonly RuleTarget[]): void {
    for (const target of targets) {
      if (this.found.size >= this.all) return;
      const here = through(this.facts, target);
      if (here === this.before) continue;
      this.before = here;
      for (const journey of here) this.found.add(journey);
    }
  }

  /** In id order. */
  sorted(): readonly string[] {
    return ordered([...this.found]);
  }
}

/** The journeys that a report names, else those through its targets; in id order. */
export function journeysOf(facts: Facts, report: Pick<RuleReport, 'journeys' | 'targets'>): readonly string[] {
  const { journeys, targets } = report;
  if (journeys) return ordered(journeys);
  const [first, second] = targets;
  if (first && !second) return ordered(through(facts, first));
  const found = new JourneyIds(facts);
  found.addOf(report);
  return found.sorted();
}

/** Share of the traffic that some journeys are, 0 to 1. */
export function shareOf(facts: Facts, journeys: readonly string[]): number {
  const all = facts.evaluation.journeys;
  let sum = 0;
  for (const id of journeys) sum += all[id]?.share ?? 0;
  return Math.min(1, sum);
}
