import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import type { Facts, RuleTarget } from '../../../shared/contracts/rule.ts';

/** A component as the target of a finding. The first target of a finding is what it is about. */
export function onNode(view: { readonly id: string }): RuleTarget {
  return { kind: 'node', id: view.id };
}

/** A connection as the target of a finding. */
export function onEdge(view: { readonly id: string }): RuleTarget {
  return { kind: 'edge', id: view.id };
}

/** A journey as the target of a finding. */
export function onJourney(view: { readonly id: string }): RuleTarget {
  return { kind: 'journey', id: view.id };
}

/** A data entity as the target of a finding. */
export function onEntity(view: { readonly id: string }): RuleTarget {
  return { kind: 'entity', id: view.id };
}

/** A boundary as the target of a finding. */
export function onBoundary(view: { readonly id: string }): RuleTarget {
  return { kind: 'boundary', id: view.id };
}

type Journeys = Facts['evaluation']['journeys'];

/** A question about the facts whose answer is the same for all rules of one run: kept with the results that it is made from. */
export function kept<K extends object, V>(make: (facts: Facts) => V, keyOf: (facts: Facts) => K): (facts: Facts) => V {
  const known = new WeakMap<K, V>();
  return (facts) => {
    const key = keyOf(facts);
    const found = known.get(key) ?? make(facts);
    known.set(key, found);
    return found;
  };
}

function connected(facts: Facts, view: NodeView): boolean {
  return facts.evaluation.nodes[view.id]?.connected === true;
}

/** Components that a journey reaches: an unconnected part raises nothing (semantics 2). Needs the fact `nodes`. */
export const liveNodes: (facts: Facts) => readonly NodeView[] = kept(
  (facts) => facts.graph.nodes.filter((view) => connected(facts, view)),
  (facts) => facts.evaluation.nodes,
);

/** Connections that carry something, between components that a journey reaches. Needs the fact `nodes`. */
export const liveEdges: (facts: Facts) => readonly EdgeView[] = kept(
  (facts) => facts.graph.edges.filter((view) => view.idleReason === null && connected(facts, view.from) && connected(facts, view.to)),
  (facts) => facts.evaluation.nodes,
);

function groupBy(edges: readonly EdgeView[], endOf: (edge: EdgeView) => NodeView): ReadonlyMap<NodeView, readonly EdgeView[]> {
  const found = new Map<NodeView, EdgeView[]>();
  for (const edge of edges) {
    const end = endOf(edge);
    const list = found.get(end);
    if (list) list.push(edge);
    else found.set(end, [edge]);
  }
  return found;
}

const NO_EDGES: readonly EdgeView[] = [];
const into = kept((facts) => groupBy(liveEdges(facts), ({ to }) => to), (facts) => facts.evaluation.nodes);
const outOf = kept((facts) => groupBy(liveEdges(facts), ({ from }) => from), (facts) => facts.evaluation.nodes);

/** Of the live connections those that end at a component. Needs the fact `nodes`. */
export function liveEdgesInto(facts: Facts, view: NodeView): readonly EdgeView[] {
  return into(facts).get(view) ?? NO_EDGES;
}

/** Of the live connections those that start at a component. Needs the fact `nodes`. */
export function liveEdgesOutOf(facts: Facts, view: NodeView): readonly EdgeView[] {
  return outOf(facts).get(view) ?? NO_EDGES;
}

function byNode(journeys: Journeys, nodesOf: (journey: Journeys[string]) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const journey of Object.values(journeys)) {
    for (const node of nodesOf(journey)) {
      const list = found.get(node);
      if (list) list.push(journey.id);
      else found.set(node, [journey.id]);
    }
  }
  return found;
}

const needing = kept((facts) => byNode(facts.evaluation.journeys, (journey) => journey.hard_nodes), (facts) => facts.evaluation.journeys);
const dying = kept((facts) => byNode(facts.evaluation.journeys, (journey) => journey.dies_if), (facts) => facts.evaluation.journeys);

const visiting = kept((facts) => byNode(facts.evaluation.journeys, (journey) => journey.nodes), (facts) => facts.evaluation.journeys);

/** Ids of the journeys that touch a component, background work included, in id order. Needs the fact `journeys`. */
export function journeysVisiting(facts: Facts, node: string): readonly string[] {
  return visiting(facts).get(node) ?? [];
}

/** Ids of the journeys that cannot do without a component, in id order. Needs the fact `journeys`. */
export function journeysNeeding(facts: Facts, node: string): readonly string[] {
  return needing(facts).get(node) ?? [];
}

/** Ids of the journeys that end when a component is lost, in id order: no alternative takes its place. Needs the fact `journeys`. */
export function journeysDyingWith(facts: Facts, node: string): readonly string[] {
  return dying(facts).get(node) ?? [];
}

/** Several ids as one value of `data`, for the placeholder `{x:names}`. */
export function listOf(ids: readonly string[]): string {
  return JSON.stringify(ids);
}

/** Share of the traffic that some journeys are, 0 to 1. Needs the fact `journeys`. */
export function shareOfTraffic(facts: Facts, journeys: readonly string[]): number {
  return journeys.reduce((sum, id) => sum + (facts.evaluation.journeys[id]?.share ?? 0), 0);
}
