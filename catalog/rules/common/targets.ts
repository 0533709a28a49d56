import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { journeysByNode } from '../../../shared/contracts/journeys-by-node.ts';
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

const NO_IDS: readonly string[] = [];

type Journeys = Facts['evaluation']['journeys'];

/** A question about the facts whose answer is the same for all rules of one run: kept with the results that it is made from. */
export function kept<K extends object, V>(make: (facts: Facts) => V, keyOf: (facts: Facts) => K): (facts: Facts) => V {
  const known = new WeakMap<K, V>();
  return (facts) => {
    const key = keyOf(facts);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(facts);
    known.set(key, made);
    return made;
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

type ByNode = readonly (readonly EdgeView[] | undefined)[];

/** Connections by the index of the component at one end. */
function groupBy(facts: Facts, endOf: (edge: EdgeView) => NodeView): ByNode {
  const found: (EdgeView[] | undefined)[] = facts.graph.nodes.map(() => undefined);
  for (const edge of liveEdges(facts)) {
    const { index } = endOf(edge);
    const list = found[index];
    if (list) list.push(edge);
    else found[index] = [edge];
  }
  return found;
}

const NO_EDGES: readonly EdgeView[] = [];
const into = kept((facts) => groupBy(facts, ({ to }) => to), (facts) => facts.evaluation.nodes);
const outOf = kept((facts) => groupBy(facts, ({ from }) => from), (facts) => facts.evaluation.nodes);

/** Of the live connections those that end at a component. Needs the fact `nodes`. */
export function liveEdgesInto(facts: Facts, view: NodeView): readonly EdgeView[] {
  return into(facts)[view.index] ?? NO_EDGES;
}

/** Of the live connections those that start at a component. Needs the fact `nodes`. */
export function liveEdgesOutOf(facts: Facts, view: NodeView): readonly EdgeView[] {
  return outOf(facts)[view.index] ?? NO_EDGES;
}

const ofKind = kept((facts) => {
  const found = new Map<EdgeView['kind'], EdgeView[]>();
  for (const edge of liveEdges(facts)) {
    const list = found.get(edge.kind);
    if (list) list.push(edge);
    else found.set(edge.kind, [edge]);
  }
  return found;
}, (facts) => facts.evaluation.nodes);

/** Of the live connections those of one kind. Needs the fact `nodes`. */
export function liveEdgesOfKind(facts: Facts, kind: EdgeView['kind']): readonly EdgeView[] {
  return ofKind(facts).get(kind) ?? NO_EDGES;
}

const ofRole = kept((facts) => {
  const found = new Map<NodeView['behavior']['role'], NodeView[]>();
  for (const view of liveNodes(facts)) {
    const list = found.get(view.behavior.role);
    if (list) list.push(view);
    else found.set(view.behavior.role, [view]);
  }
  return found;
}, (facts) => facts.evaluation.nodes);

const NO_NODES: readonly NodeView[] = [];

/** Of the components that a journey reaches those of one role. Needs the fact `nodes`. */
export function liveNodesOfRole(facts: Facts, role: NodeView['behavior']['role']): readonly NodeView[] {
  return ofRole(facts).get(role) ?? NO_NODES;
}

function byNode(journeys: Journeys, nodesOf: (journey: Journeys[string]) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const id in journeys) {
    const journey = journeys[id] as Journeys[string];
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

/** Ids of the journeys that touch a component, background work included, in id order. Needs the fact `journeys`. */
export function journeysVisiting(facts: Facts, node: string): readonly string[] {
  return journeysByNode(facts.evaluation.journeys).get(node) ?? NO_IDS;
}

/** Ids of the journeys that cannot do without a component, in id order. Needs the fact `journeys`. */
export function journeysNeeding(facts: Facts, node: string): readonly string[] {
  return needing(facts).get(node) ?? NO_IDS;
}

/** Ids of the journeys that end when a component is lost, in id order: no alternative takes its place. Needs the fact `journeys`. */
export function journeysDyingWith(facts: Facts, node: string): readonly string[] {
  return dying(facts).get(node) ?? NO_IDS;
}

/** Several ids as one value of `data`, for the placeholder `{x:names}`. */
export function listOf(ids: readonly string[]): string {
  return JSON.stringify(ids);
}

/** Share of the traffic that some journeys are, 0 to 1. Needs the fact `journeys`. */
export function shareOfTraffic(facts: Facts, journeys: readonly string[]): number {
  const all = facts.evaluation.journeys;
  let sum = 0;
  for (const id of journeys) sum += all[id]?.share ?? 0;
  return sum;
}
