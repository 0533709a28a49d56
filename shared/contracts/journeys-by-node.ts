import type { Evaluation } from './evaluation.ts';
import type { GraphView } from './graph-view.ts';

type Journeys = Evaluation['journeys'];

/** Ids of journeys by component, each list in the order of the results. Components of the same journeys share one list. */
export class JourneysByNode {
  private readonly graph: GraphView;
  /** By the index of the component. */
  private readonly lists: (readonly string[] | undefined)[];

  /** `nodesOf`: what a journey counts for, by id. */
  constructor(graph: GraphView, journeys: Journeys, nodesOf: (journey: Journeys[string]) => readonly string[]) {
    this.graph = graph;
    this.lists = new Array<undefined>(graph.nodes.length).fill(undefined);
    for (const key in journeys) {
      const journey = journeys[key] as Journeys[string];
      this.add(journey.id, nodesOf(journey));
    }
  }

  private add(journey: string, nodes: readonly string[]): void {
    const { graph, lists } = this;
    const alone = [journey];
    // each list so far with this journey after it
    const longer = new Map<readonly string[], readonly string[]>();
    for (const node of nodes) {
      const index = graph.nodeById.get(node)?.index;
      if (index === undefined) continue;
      const before = lists[index];
      if (before === undefined) {
        lists[index] = alone;
        continue;
      }
      if (before[before.length - 1] === journey) continue;
      let after = longer.get(before);
      if (after === undefined) longer.set(before, (after = [...before, journey]));
      lists[index] = after;
    }
  }

  /** The journeys of a component; undefined when there is none, or no such component. */
  of(node: string): readonly string[] | undefined {
    const index = this.graph.nodeById.get(node)?.index;
    return index === undefined ? undefined : this.lists[index];
  }
}

const known = new WeakMap<Journeys, JourneysByNode>();

/** Ids of the journeys that touch each component, background work included. Looked up once for each result. */
export function journeysByNode(graph: GraphView, journeys: Journeys): JourneysByNode {
  const made = known.get(journeys) ?? new JourneysByNode(graph, journeys, ({ nodes }) => nodes);
  known.set(journeys, made);
  return made;
}
