import { keptBy } from '../lib/once-per.ts';
import type { Evaluation } from './evaluation.ts';
import type { GraphView } from './graph-view.ts';
import type { Facts } from './rule.ts';

type Journeys = Evaluation['journeys'];

/** A journey that touches less than this share of the drawing has its components looked up, one by one. */
const DENSE = 1 / 8;

const NOBODY = 0;

/**
 * Ids of journeys by component, each list in the order of the results. Sets of journeys form a tree: each is an earlier one
 * and one journey more. A component stands at its set and moves on with every journey that touches it, so that components of
 * the same journeys share one list, which is made when it is first asked for.
 */
export class JourneysByNode {
  private readonly graph: GraphView;
  private readonly ids: readonly string[];
  /** By the index of the component: its place in the tree. */
  private readonly at: number[];
  /** By place: the set that it extends, by which journey, and its latest extension: journeys come one after another. */
  private readonly parent: number[] = [NOBODY];
  private readonly last: number[] = [-1];
  private readonly next: number[] = [NOBODY];
  private readonly lists: (readonly string[] | undefined)[] = [];

  /** `nodesOf`: what a journey counts for, by id. */
  constructor(graph: GraphView, journeys: Journeys, nodesOf: (journey: Journeys[string]) => readonly string[]) {
    this.graph = graph;
    this.at = new Array<number>(graph.nodes.length).fill(NOBODY);
    const nodes = graph.nodes.map(({ id }) => id);
    const ids: string[] = [];
    this.ids = ids;
    for (const key in journeys) {
      const journey = journeys[key] as Journeys[string];
      this.add(ids.length, nodesOf(journey), nodes);
      ids.push(journey.id);
    }
  }

  private add(journey: number, touched: readonly string[], nodes: readonly string[]): void {
    let found = 0;
    // mostly in the order of the drawing: then the two lists are read side by side, and nothing is looked up
    if (touched.length > nodes.length * DENSE) {
      for (let index = 0; index < nodes.length && found < touched.length; index++) {
        if (nodes[index] !== touched[found]) continue;
        this.move(index, journey);
        found += 1;
      }
    }
    for (; found < touched.length; found++) {
      const index = this.graph.nodeById.get(touched[found] as string)?.index;
      if (index !== undefined) this.move(index, journey);
    }
  }

  private move(index: number, journey: number): void {
    const place = this.at[index] as number;
    if (this.last[place] === journey) return;
    const known = this.next[place] as number;
    this.at[index] = known !== NOBODY && this.last[known] === journey ? known : this.extend(place, journey);
  }

  private extend(place: number, journey: number): number {
    const made = this.parent.length;
    this.parent.push(place);
    this.last.push(journey);
    this.next.push(NOBODY);
    return (this.next[place] = made);
  }

  private listAt(place: number): readonly string[] {
    const list: string[] = [];
    for (let at = place; at !== NOBODY; at = this.parent[at] as number) list.push(this.ids[this.last[at] as number] as string);
    return list.reverse();
  }

  /** The journeys of a component; undefined when there is none, or no such component. */
  of(node: string): readonly string[] | undefined {
    const index = this.graph.nodeById.get(node)?.index;
    const place = index === undefined ? NOBODY : (this.at[index] as number);
    return place === NOBODY ? undefined : (this.lists[place] ??= this.listAt(place));
  }
}

/** Ids of the journeys that touch each component, background work included. Looked up once for each result. */
export const journeysByNode = keptBy(
  ({ graph, evaluation: { journeys } }: Facts): JourneysByNode => new JourneysByNode(graph, journeys, ({ nodes }) => nodes),
  ({ evaluation }) => evaluation.journeys,
);
