import type { Resource } from '../../../shared/contracts/behavior.ts';
import type { EdgeView, NodeView } from '../../../shared/contracts/graph-view.ts';
import { JourneysByNode, journeysByNode } from '../../../shared/contracts/journeys-by-node.ts';
import type { AskedTarget, Facts, RuleTarget } from '../../../shared/contracts/rule.ts';
import { keptBy } from '../../../shared/lib/once-per.ts';
import { edgeResults, nodeResults } from './results.ts';
import { isOfType } from './views.ts';

/** A component as the target of a finding. The first target of a finding is what it is about. */
export function onNode(view: { readonly id: string }): AskedTarget {
  return { kind: 'node', id: view.id };
}

/** A connection as the target of a finding. */
export function onEdge(view: { readonly id: string }): AskedTarget {
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

const NO_IDS: readonly string[] = [];

/** What a journey reaches, found once for all rules of one run: an unconnected part raises nothing (semantics 2). */
class Live {
  readonly nodes: readonly NodeView[];
  readonly edges: readonly EdgeView[];
  private readonly facts: Facts;
  /** By the index of the component: 1 where a journey reaches it, and it as a target. */
  private readonly reached: Uint8Array;
  private readonly targets: (AskedTarget | undefined)[];
  private readonly ofType = new Map<string, NodeView[]>();
  private readonly ofRole = new Map<NodeView['behavior']['role'], readonly NodeView[]>();
  private readonly ofKind = new Map<EdgeView['kind'], readonly EdgeView[]>();
  private readonly holding = new Map<Resource['kind'], readonly NodeView[]>();
  private readonly having = new Map<string, readonly NodeView[]>();
  private readonly named = new Map<string, readonly NodeView[]>();
  private readonly into: (readonly EdgeView[] | undefined)[];
  private readonly outOf: (readonly EdgeView[] | undefined)[];

  constructor(facts: Facts) {
    const { nodes, edges } = facts.graph;
    const results = nodeResults(facts);
    this.facts = facts;
    this.reached = new Uint8Array(nodes.length);
    for (let index = 0; index < nodes.length; index++) if (results[index]?.connected === true) this.reached[index] = 1;
    this.nodes = nodes.filter((view) => this.reaches(view));
    this.edges = edges.filter((view) => this.carries(view));
    this.into = new Array<undefined>(nodes.length).fill(undefined);
    this.outOf = new Array<undefined>(nodes.length).fill(undefined);
    this.targets = new Array<undefined>(nodes.length).fill(undefined);
    for (const view of this.nodes) addTo(this.ofType, view.node.type, view);
  }

  reaches({ index }: NodeView): boolean {
    return this.reached[index] === 1;
  }

  targetOf(view: NodeView): AskedTarget {
    return (this.targets[view.index] ??= onNode(view));
  }

  private carries({ idleReason, from, to }: EdgeView): boolean {
    return idleReason === null && this.reaches(from) && this.reaches(to);
  }

  /** Of the connections at one end of a component those that carry something: mostly all. */
  private carrying(edges: readonly EdgeView[]): readonly EdgeView[] {
    return edges.every((edge) => this.carries(edge)) ? edges : edges.filter((edge) => this.carries(edge));
  }

  edgesInto(view: NodeView): readonly EdgeView[] {
    return (this.into[view.index] ??= this.carrying(view.in));
  }

  edgesOutOf(view: NodeView): readonly EdgeView[] {
    return (this.outOf[view.index] ??= this.carrying(view.out));
  }

  edgesOfKind(kind: EdgeView['kind']): readonly EdgeView[] {
    let found = this.ofKind.get(kind);
    if (found === undefined) this.ofKind.set(kind, (found = this.edges.filter((edge) => edge.kind === kind)));
    return found;
  }

  nodesOfRole(role: NodeView['behavior']['role']): readonly NodeView[] {
    let found = this.ofRole.get(role);
    if (found === undefined) this.ofRole.set(role, (found = this.nodes.filter(({ behavior }) => behavior.role === role)));
    return found;
  }

  nodesHolding(kind: Resource['kind']): readonly NodeView[] {
    let found = this.holding.get(kind);
    if (found === undefined) this.holding.set(kind, (found = this.nodes.filter(({ behavior: { resources } }) => resources.some((resource) => resource.kind === kind))));
    return found;
  }

  /** Components of the types that pass: one of each type is asked. */
  private nodesOfTypes(passes: (first: NodeView) => boolean): readonly NodeView[] {
    const types = new Set<string>();
    for (const [type, [first]] of this.ofType) if (first !== undefined && passes(first)) types.add(type);
    const [only, ...others] = types;
    if (only === undefined) return NO_NODES;
    return others.length === 0 ? (this.ofType.get(only) ?? NO_NODES) : this.nodes.filter(({ node: { type } }) => types.has(type));
  }

  /** Components of one type have the same parameters. */
  nodesHaving(key: string): readonly NodeView[] {
    let found = this.having.get(key);
    if (found === undefined) this.having.set(key, (found = this.nodesOfTypes(({ params }) => Object.hasOwn(params.values, key))));
    return found;
  }

  nodesOfType(type: string): readonly NodeView[] {
    let found = this.named.get(type);
    if (found === undefined) this.named.set(type, (found = this.nodesOfTypes((first) => isOfType(this.facts, first, type))));
    return found;
  }
}

const NO_NODES: readonly NodeView[] = [];

/** Add to the list under a key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

const live: (facts: Facts) => Live = keptBy((facts) => new Live(facts), (facts) => facts.evaluation.nodes);

/** Whether a journey reaches a component. Needs the fact `nodes`. */
export function isLive(facts: Facts, view: NodeView): boolean {
  return live(facts).reaches(view);
}

/** A component as the target of findings, for rules that speak of very many: the same object for all of them. Needs the fact `nodes`. */
export function aboutNode(facts: Facts, view: NodeView): AskedTarget {
  return live(facts).targetOf(view);
}

/** Components that a journey reaches: an unconnected part raises nothing (semantics 2). Needs the fact `nodes`. */
export function liveNodes(facts: Facts): readonly NodeView[] {
  return live(facts).nodes;
}

/** Connections that carry something, between components that a journey reaches. Needs the fact `nodes`. */
export function liveEdges(facts: Facts): readonly EdgeView[] {
  return live(facts).edges;
}

/** Of the live connections those that end at a component that a journey reaches. Needs the fact `nodes`. */
export function liveEdgesInto(facts: Facts, view: NodeView): readonly EdgeView[] {
  return live(facts).edgesInto(view);
}

/** Of the live connections those that start at a component that a journey reaches. Needs the fact `nodes`. */
export function liveEdgesOutOf(facts: Facts, view: NodeView): readonly EdgeView[] {
  return live(facts).edgesOutOf(view);
}

/** Of the live connections those of one kind. Needs the fact `nodes`. */
export function liveEdgesOfKind(facts: Facts, kind: EdgeView['kind']): readonly EdgeView[] {
  return live(facts).edgesOfKind(kind);
}

/** Of the components that a journey reaches those of one role. Needs the fact `nodes`. */
export function liveNodesOfRole(facts: Facts, role: NodeView['behavior']['role']): readonly NodeView[] {
  return live(facts).nodesOfRole(role);
}

/** Of the components that a journey reaches those with a resource of one kind. Needs the fact `nodes`. */
export function liveNodesHolding(facts: Facts, kind: Resource['kind']): readonly NodeView[] {
  return live(facts).nodesHolding(kind);
}

/** Of the components that a journey reaches those with a parameter, whatever its value. Needs the fact `nodes`. */
export function liveNodesHaving(facts: Facts, key: string): readonly NodeView[] {
  return live(facts).nodesHaving(key);
}

/** Of the components that a journey reaches those of one type, also under another spelling of it. Needs the fact `nodes`. */
export function liveNodesOfType(facts: Facts, type: string): readonly NodeView[] {
  return live(facts).nodesOfType(type);
}

const needing = keptBy(({ graph, evaluation }: Facts) => new JourneysByNode(graph, evaluation.journeys, (journey) => journey.hard_nodes), (facts) => facts.evaluation.journeys);
const dying = keptBy(({ graph, evaluation }: Facts) => new JourneysByNode(graph, evaluation.journeys, (journey) => journey.dies_if), (facts) => facts.evaluation.journeys);

/** Ids of the journeys that touch a component, background work included, in id order. Needs the fact `journeys`. */
export function journeysVisiting(facts: Facts, node: string): readonly string[] {
  return journeysByNode(facts).of(node) ?? NO_IDS;
}

/** Ids of the journeys that cannot do without a component, in id order. Needs the fact `journeys`. */
export function journeysNeeding(facts: Facts, node: string): readonly string[] {
  return needing(facts).of(node) ?? NO_IDS;
}

/** Ids of the journeys that end when a component is lost, in id order: no alternative takes its place. Needs the fact `journeys`. */
export function journeysDyingWith(facts: Facts, node: string): readonly string[] {
  return dying(facts).of(node) ?? NO_IDS;
}

/** Ids of the journeys over any of some connections, each once. Needs the fact `edges`. */
export function journeysOver(facts: Facts, connections: Iterable<EdgeView>): readonly string[] {
  const results = edgeResults(facts);
  let only: readonly string[] = NO_IDS;
  let several: Set<string> | null = null;
  for (const { index } of connections) {
    const here = results[index]?.journeys ?? NO_IDS;
    // connections of the same journeys mostly share a list
    if (here === only || here.length === 0) continue;
    if (only.length === 0) only = here;
    else {
      several ??= new Set(only);
      for (const journey of here) several.add(journey);
    }
  }
  return several === null ? only : [...several];
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
