/**
 * Whose data a call touches (semantics 6). Declared entities, or one implicit entity for each store while none is
 * declared; where they live, which stores hold copies, and which of them a call to a store means.
 */
import { entityParams, type EntityValues } from '../../contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import type { EvaluationContext } from '../context.ts';
import { resolve } from '../resolve.ts';
import { READ, WRITE, type Call, type CompiledDesign, type EdgeFacts, type NodeFacts, type Op } from '../types.ts';

/** One body of data whose consistency is judged. */
export interface Subject {
  readonly id: string;
  readonly values: EntityValues;
  /** Node index of the source of truth; -1 when it is missing. */
  readonly home: number;
  readonly declared: boolean;
}

const NONE: readonly number[] = [];

/** True for a node whose data can be the truth or a copy of it: a store that is not just a cache. */
export function isStore(node: NodeView): boolean {
  return node.behavior.routing === 'store' && node.behavior.role !== 'cache';
}

/** Calls of one kind for each request of a journey: its visits of the caller, past the caches before the call. */
export function visitsOf(call: Call, slots: Float64Array, miss: Float64Array): number {
  let visits = (slots[call.from] as number) * call.rate;
  for (const gate of call.gates) visits *= miss[gate] as number;
  return visits;
}

function subjectsOf(compiled: CompiledDesign): Subject[] {
  const { design, nodeById } = compiled.graph;
  if (compiled.entities.size > 0) {
    return [...compiled.entities].map(([id, values]) => ({ id, values, home: nodeById.get(design.entities[id]?.home ?? '')?.index ?? -1, declared: true }));
  }
  const { values } = resolve(entityParams, {});
  return compiled.nodes
    .filter(({ view, replays }) => isStore(view) && replays.length === 0 && compiled.connected[view.index])
    .map(({ view }) => ({ id: `implicit:${view.id}`, values, home: view.index, declared: false }));
}

/** A call that writes to a store, with its connection. */
export interface StoreWrite { readonly call: Call; readonly facts: EdgeFacts }

/** Calls of the walk that write to a store, in its order. */
export function storeWrites({ plan, edges }: CompiledDesign): StoreWrite[] {
  const found: StoreWrite[] = [];
  for (const call of plan.calls) {
    const facts = call.op === WRITE ? edges[call.edge] : undefined;
    if (facts && isStore(facts.view.to)) found.push({ call, facts });
  }
  return found;
}

/** The subjects of a drawing and how calls refer to them. */
export class Subjects {
  readonly list: readonly Subject[];
  private readonly compiled: CompiledDesign;
  private readonly byId: ReadonlyMap<string, number>;
  private readonly homes = new Map<number, number[]>();
  /** Stores that are not the home of a subject and are kept up with it in the background. */
  private readonly fed = new Map<number, Set<number>>();
  /** By connection: what every call over it means, whoever makes it; null where that depends on the journey. */
  private readonly meant: (readonly number[] | null | undefined)[] = [];
  private complete = false;

  constructor(context: EvaluationContext) {
    this.compiled = context.compiled;
    this.list = subjectsOf(context.compiled);
    this.byId = new Map(this.list.map((subject, index) => [subject.id, index]));
    this.list.forEach(({ home }, index) => void this.homes.set(home, [...(this.homes.get(home) ?? []), index]));
    this.findCopies(context);
    this.complete = true;
  }

  /** Position of a subject by its id. */
  indexOf(id: string): number | undefined {
    return this.byId.get(id);
  }

  /** Subjects that a call to a store means, each with the same share: named, else what the journey lists, else all there. */
  ofEdge(edge: EdgeView, journey: number, op: Op): readonly number[] {
    const known = this.complete ? this.meant[edge.index] : undefined;
    if (known) return known;
    const always = known === null ? null : this.always(edge);
    if (this.complete) this.meant[edge.index] = always;
    if (always) return always;
    const here = this.at(edge.to.index);
    const listed = this.listed(journey, op).filter((subject) => here.includes(subject));
    return listed.length > 0 ? listed : here;
  }

  private always(edge: EdgeView): readonly number[] | null {
    const named = this.byId.get(edge.params.values.entity);
    if (named !== undefined) return [named];
    const here = this.at(edge.to.index);
    return here.length <= 1 ? here : null;
  }

  /** Subjects that a journey says it reads or writes. */
  listed(journey: number, op: Op): readonly number[] {
    const drawn = this.compiled.journeys[journey]?.journey;
    const names = (op === READ ? drawn?.reads : drawn?.writes) ?? [];
    return names.map(({ entity }) => this.byId.get(entity)).filter((subject) => subject !== undefined);
  }

  /** Subjects kept at a node: at home there, or at the source that it replicates, or copied to it. */
  at(node: number): readonly number[] {
    const home = this.homes.get(node);
    if (home) return home;
    const replicated = (this.compiled.nodes[node]?.replays ?? NONE).flatMap((source) => this.homes.get(source) ?? []);
    return replicated.length > 0 ? replicated : [...(this.fed.get(node) ?? [])].sort((a, b) => a - b);
  }

  /** Other nodes that hold a subject: replicas drawn as boxes, and copies. */
  copiesOf(subject: number): readonly NodeFacts[] {
    const home = this.list[subject]?.home;
    return this.compiled.nodes.filter(({ view }) => view.index !== home && isStore(view) && this.at(view.index).includes(subject));
  }

  private feed(node: number, subjects: Iterable<number>): void {
    if (this.homes.has(node)) return;
    const known = this.fed.get(node) ?? new Set<number>();
    for (const subject of subjects) known.add(subject);
    this.fed.set(node, known);
  }

  /** A copy is written in the background by a journey that writes the subject, named on an edge, or replicated. */
  private findCopies({ compiled, visits, flows }: EvaluationContext): void {
    const { edges, nodes } = compiled;
    const stores = nodes.map(({ view }) => isStore(view));
    const writes = storeWrites(compiled);
    visits.forEach(({ reach, slots }, journey) => {
      const written = new Set<number>();
      const reached = new Set<number>();
      for (const { call, facts: { view: edge } } of writes) {
        if (!(visitsOf(call, slots, flows.miss) > 0)) continue;
        if (reach[call.from] === 1) for (const subject of this.ofEdge(edge, journey, WRITE)) written.add(subject);
        if (reach[call.to] === 2 || call.wait === 'async') reached.add(edge.to.index);
      }
      for (const subject of this.listed(journey, WRITE)) written.add(subject);
      for (const node of reached) this.feed(node, written);
    });
    for (const { view } of edges) {
      if (view.idleReason || !stores[view.to.index]) continue;
      const named = this.byId.get(view.params.values.entity);
      if (named !== undefined) this.feed(view.to.index, [named]);
      if (view.kind === 'replicate' && stores[view.from.index]) this.feed(view.to.index, this.homes.get(view.from.index) ?? NONE);
    }
  }
}

/** Writes per second to each subject's home at the peak, in subject order. */
export function subjectWrites(context: EvaluationContext, subjects: Subjects): Float64Array {
  const { compiled, visits, flows, multiple } = context;
  const writes = new Float64Array(subjects.list.length);
  const calls = storeWrites(compiled);
  visits.forEach(({ slots }, journey) => {
    const rate = (compiled.journeys[journey]?.rate_rps ?? 0) * multiple;
    if (rate === 0) return;
    for (const { call, facts: { view: edge } } of calls) {
      const visited = visitsOf(call, slots, flows.miss);
      if (!(visited > 0)) continue;
      const meant = subjects.ofEdge(edge, journey, WRITE);
      for (const subject of meant) {
        if (subjects.list[subject]?.home === edge.to.index) writes[subject] = (writes[subject] as number) + (rate * visited) / meant.length;
      }
    }
  });
  return writes;
}
