/** What the journeys touch, asynchronous parts included, as the ids that are shown. */
import type { EvaluationContext } from '../context.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import type { CompiledDesign } from '../types.ts';

/** What one journey touches: ids in the order of the drawing, and what is said of components that nobody knows. */
export interface JourneyReach { readonly nodes: readonly string[]; readonly edges: readonly string[]; readonly unknown: readonly string[] }

/** By journey what it touches; by connection the ids of the journeys over it, in journey order: those with the same journeys share a list. */
export interface Reached { readonly journeys: readonly JourneyReach[]; readonly over: readonly (readonly string[])[] }

/** Collects a list whose length nobody knows before; what it hands out has no room left over. */
class Collected {
  private readonly items: string[] = [];
  private count = 0;

  add(item: string): void {
    this.items[this.count++] = item;
  }

  take(): readonly string[] {
    const list = this.items.slice(0, this.count);
    this.count = 0;
    return list;
  }
}

/**
 * Sets of journeys as a tree: each is an earlier one and one journey more. A connection stands at its set and moves on with every
 * journey that travels it, so that equal sets are one place in the tree, and made into a list once.
 */
class JourneySets {
  private readonly ids: readonly string[];
  /** By connection: its place; 0 is nobody. */
  private readonly at: Numbers;
  /** By place: the set that it extends, by which journey, how many it has, and its latest extension: journeys come one after another. */
  private readonly parent: number[] = [-1];
  private readonly last: number[] = [-1];
  private readonly size: number[] = [0];
  private readonly next: number[] = [0];

  constructor(ids: readonly string[], edges: number) {
    this.ids = ids;
    this.at = wholes(edges);
  }

  add(edge: number, journey: number): void {
    const place = this.at[edge] as number;
    const known = this.next[place] as number;
    this.at[edge] = known > 0 && this.last[known] === journey ? known : this.extend(place, journey);
  }

  private extend(place: number, journey: number): number {
    const made = this.parent.length;
    this.parent.push(place);
    this.last.push(journey);
    this.size.push((this.size[place] as number) + 1);
    this.next.push(0);
    return (this.next[place] = made);
  }

  private listAt(place: number): readonly string[] {
    const list = new Array<string>(this.size[place] as number);
    for (let at = place; at > 0; at = this.parent[at] as number) list[(this.size[at] as number) - 1] = this.ids[this.last[at] as number] as string;
    return list;
  }

  lists(): (readonly string[])[] {
    const known: (readonly string[] | undefined)[] = [];
    const lists: (readonly string[])[] = [];
    for (const place of this.at) lists.push((known[place] ??= this.listAt(place)));
    return lists;
  }
}

/** Walks the journeys one after another. */
class ReachWalk {
  readonly sets: JourneySets;
  private readonly context: EvaluationContext;
  private readonly found = new Collected();
  /** By node: 1 + the journey that touched it last. */
  private readonly touched: Numbers;
  private readonly strangers: readonly number[];

  constructor(context: EvaluationContext) {
    const { nodes, edges, journeys } = context.compiled;
    this.context = context;
    this.sets = new JourneySets(journeys.map(({ id }) => id), edges.length);
    this.touched = wholes(nodes.length);
    this.strangers = nodes.filter(({ view }) => !view.known).map(({ view }) => view.index);
  }

  private touch(journey: number): void {
    const { compiled: { plan, edges }, visits } = this.context;
    const { touched } = this;
    const mark = journey + 1;
    for (const entry of plan.entries) {
      const source = entry.journey === journey ? edges[entry.edge]?.view.from : undefined;
      if (source) touched[source.index] = mark;
    }
    const { slotNode } = plan;
    const reach = visits[journey]?.reach ?? [];
    for (let slot = 0; slot < reach.length; slot++) if ((reach[slot] as number) > 0) touched[slotNode[slot] as number] = mark;
  }

  of(journey: number): JourneyReach {
    const { context: { compiled: { nodes, edges }, visits }, found, touched, sets } = this;
    this.touch(journey);
    const mark = journey + 1;
    for (let node = 0; node < touched.length; node++) if (touched[node] === mark) found.add((nodes[node] as CompiledDesign['nodes'][number]).view.id);
    const ids = found.take();
    const reach = visits[journey]?.edgeReach ?? [];
    for (let edge = 0; edge < reach.length; edge++) {
      if (reach[edge] === 0) continue;
      found.add((edges[edge] as CompiledDesign['edges'][number]).view.id);
      sets.add(edge, journey);
    }
    const travelled = found.take();
    for (const node of this.strangers) if (touched[node] === mark) found.add(`${nodes[node]?.view.node.type ?? ''} is passed unchanged`);
    return { nodes: ids, edges: travelled, unknown: found.take() };
  }
}

/** What the journeys of one evaluation touch. */
export function reachedBy(context: EvaluationContext): Reached {
  const walk = new ReachWalk(context);
  const journeys = context.compiled.journeys.map((_, journey) => walk.of(journey));
  return { journeys, over: walk.sets.lists() };
}
