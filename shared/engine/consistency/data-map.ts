/**
 * Where data lives as far as the drawing alone says: the subjects, their homes, which of them a connection means, and which
 * calls read and write them. Nothing here depends on the load.
 */
import { entityParams, type EntityValues } from '../../contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { resolve } from '../resolve.ts';
import { callColumns } from '../solve/call-columns.ts';
import { READ, type Call, type CompiledDesign, type EdgeFacts, type NodeFacts } from '../types.ts';

/** One body of data whose consistency is judged. */
export interface Subject {
  readonly id: string;
  readonly values: EntityValues;
  /** Node index of the source of truth; -1 when it is missing. */
  readonly home: number;
  readonly declared: boolean;
}

/** A store that is kept up with some subjects whatever the load. */
export interface Feed { readonly node: number; readonly subjects: readonly number[] }

/** See the head of this file. */
export interface DataMap {
  /** By node: 1 for a store (`isStore`). */
  readonly stores: Numbers;
  readonly subjects: readonly Subject[];
  readonly byId: ReadonlyMap<string, number>;
  /** By node: subjects at home there; undefined where none is. */
  readonly homes: readonly (readonly number[] | undefined)[];
  /** By node: subjects at home there, or at the source that it replicates; undefined where only copies can be. */
  readonly kept: readonly (readonly number[] | undefined)[];
  /** By edge into a store: what every call over it means; null where that depends on the journey, undefined where on what is copied there. */
  readonly meant: readonly (readonly number[] | null | undefined)[];
  readonly writes: WriteCalls;
  readonly feeds: readonly Feed[];
  readonly reads: ReadCalls;
  /** Changes of some subject must be handled in order. */
  readonly asksForOrder: boolean;
}

/** Calls that write to a store, in walk order. */
export interface WriteCalls {
  /** Where each stands in the walk, and its connection. */
  readonly calls: readonly number[];
  readonly edges: readonly EdgeFacts[];
  /** Positions in these lists of writes to a store that is home to nothing. */
  readonly foreign: readonly number[];
}

/** Calls that a reader waits for and that a store or a cache answers, in walk order. */
export interface ReadCalls {
  /** Where each stands in the walk, and where what is asked first does: the call itself, or the first cache before it. */
  readonly calls: readonly number[];
  readonly asked: readonly number[];
  /** By position: the one subject that the store behind means for all journeys; -1 for other calls. */
  readonly subject: readonly number[];
  /** By position: its first step, and the end of the last one. A step asks the caches before the call one by one, the last one whom it calls. */
  readonly firstStep: readonly number[];
  /** By step: its connection, and the cache use that is looked up; -1 where none is. */
  readonly stepEdge: readonly number[];
  readonly stepUse: readonly number[];
}

const NONE: readonly number[] = [];

/** True for a node whose data can be the truth or a copy of it: a store that is not just a cache. */
export function isStore(node: NodeView): boolean {
  return node.behavior.routing === 'store' && node.behavior.role !== 'cache';
}

const IMPLICIT = resolve(entityParams, {}).values;

function subjectsOf({ graph: { design, nodeById }, entities, nodes, connected }: CompiledDesign, stores: Numbers): Subject[] {
  if (entities.size > 0) {
    return [...entities].map(([id, values]) => ({ id, values, home: nodeById.get(design.entities[id]?.home ?? '')?.index ?? -1, declared: true }));
  }
  const implicit: Subject[] = [];
  for (let node = 0; node < nodes.length; node++) {
    if (stores[node] === 0 || !connected[node]) continue;
    const { view, replays } = nodes[node] as NodeFacts;
    if (replays.length === 0) implicit.push({ id: `implicit:${view.id}`, values: IMPLICIT, home: node, declared: false });
  }
  return implicit;
}

function homesOf(nodes: number, subjects: readonly Subject[]): (number[] | undefined)[] {
  const homes = new Array<number[] | undefined>(nodes).fill(undefined);
  for (let index = 0; index < subjects.length; index++) {
    const { home } = subjects[index] as Subject;
    const here = homes[home];
    if (here) here.push(index);
    else if (home >= 0) homes[home] = [index];
  }
  return homes;
}

function keptBy({ nodes }: CompiledDesign, homes: DataMap['homes']): DataMap['kept'] {
  const kept = homes.slice();
  for (let node = 0; node < nodes.length; node++) {
    const { replays } = nodes[node] as NodeFacts;
    if (replays.length === 0 || homes[node]) continue;
    const replicated = replays.flatMap((source) => homes[source] ?? NONE);
    if (replicated.length > 0) kept[node] = replicated;
  }
  return kept;
}

function meantBy(edge: EdgeView, named: number | undefined, kept: DataMap['kept']): readonly number[] | null | undefined {
  if (named !== undefined) return [named];
  const here = kept[edge.to.index];
  return here === undefined ? undefined : here.length <= 1 ? here : null;
}

/** Copies that are drawn: named on a connection to a store, or replicated from another. */
function feedsOf(storeEdges: readonly EdgeView[], byId: DataMap['byId'], homes: DataMap['homes']): Feed[] {
  const feeds: Feed[] = [];
  for (const edge of storeEdges) {
    const node = edge.to.index;
    if (edge.idleReason || homes[node]) continue;
    const named = byId.get(edge.params.values.entity);
    if (named !== undefined) feeds.push({ node, subjects: [named] });
    if (edge.kind === 'replicate' && isStore(edge.from)) feeds.push({ node, subjects: homes[edge.from.index] ?? NONE });
  }
  return feeds;
}

/** Lists of the reads and the writes of a walk while they get longer. */
class DataCalls {
  readonly writes = { calls: [] as number[], edges: [] as EdgeFacts[], foreign: [] as number[] };
  readonly reads = { calls: [] as number[], asked: [] as number[], subject: [] as number[], firstStep: [0], stepEdge: [] as number[], stepUse: [] as number[] };
  private readonly compiled: CompiledDesign;

  constructor(compiled: CompiledDesign) {
    this.compiled = compiled;
  }

  addWrite(at: number, { edge }: Call, homes: DataMap['homes']): void {
    const { calls, edges, foreign } = this.writes;
    const facts = this.compiled.edges[edge] as EdgeFacts;
    if (!homes[facts.view.to.index]) foreign.push(calls.length);
    calls.push(at);
    edges.push(facts);
  }

  /** `meant`: by the store that answers; undefined for a cache. */
  addRead(at: number, call: Call, meant: DataMap['meant'][number]): void {
    const { calls, asked, subject, firstStep, stepEdge } = this.reads;
    calls.push(at);
    asked.push(call.lookups.length > 0 ? (call.lookups[0] as number) : at);
    subject.push(meant?.length === 1 ? (meant[0] as number) : -1);
    for (const lookup of call.lookups) this.addStep(this.compiled.plan.calls[lookup] as Call);
    this.addStep(call);
    firstStep.push(stepEdge.length);
  }

  private addStep({ edge, looksUp }: Call): void {
    this.reads.stepEdge.push(edge);
    this.reads.stepUse.push(looksUp);
  }
}

/** Calls to stores and caches. Most calls are neither, which the columns of the walk tell. */
function dataCalls(compiled: CompiledDesign, stores: Numbers, homes: DataMap['homes'], meant: DataMap['meant']): Pick<DataMap, 'reads' | 'writes'> {
  const { plan, edges } = compiled;
  const { to, edge } = callColumns(plan.calls);
  const cached = wholes(edges.length);
  for (let i = 0; i < edges.length; i++) if ((edges[i] as EdgeFacts).fronts.length > 0 || (edges[i] as EdgeFacts).seriesUse >= 0) cached[i] = 1;
  const found = new DataCalls(compiled);
  for (let i = 0; i < to.length; i++) {
    const stored = stores[plan.slotNode[to[i] as number] as number] === 1;
    if (!stored && cached[edge[i] as number] === 0) continue;
    const call = plan.calls[i] as Call;
    if (call.op === READ) {
      if (call.wait === 'wait' && (stored || call.lookups.length > 0 || call.looksUp >= 0)) found.addRead(i, call, stored ? meant[call.edge] : undefined);
    } else if (stored) found.addWrite(i, call, homes);
  }
  return found;
}

/** Connections into stores, in edge order. */
function edgesInto(stores: Numbers, { edges }: CompiledDesign): EdgeView[] {
  const found: EdgeView[] = [];
  for (let i = 0; i < edges.length; i++) {
    const { view } = edges[i] as EdgeFacts;
    if (stores[view.to.index] === 1) found.push(view);
  }
  return found;
}

/** The map of a drawing; made once. */
export const dataMapOf = oncePer((compiled: CompiledDesign): DataMap => {
  const { edges, nodes } = compiled;
  const stores = wholes(nodes.length);
  for (let node = 0; node < nodes.length; node++) if (isStore((nodes[node] as NodeFacts).view)) stores[node] = 1;
  const subjects = subjectsOf(compiled, stores);
  const byId = new Map<string, number>();
  for (let index = 0; index < subjects.length; index++) byId.set((subjects[index] as Subject).id, index);
  const homes = homesOf(nodes.length, subjects);
  const kept = keptBy(compiled, homes);
  const storeEdges = edgesInto(stores, compiled);
  const meant = new Array<DataMap['meant'][number]>(edges.length).fill(undefined);
  for (const edge of storeEdges) meant[edge.index] = meantBy(edge, byId.get(edge.params.values.entity), kept);
  const { reads, writes } = dataCalls(compiled, stores, homes, meant);
  return { stores, subjects, byId, homes, kept, meant, writes, reads, feeds: feedsOf(storeEdges, byId, homes), asksForOrder: subjects.some(({ values }) => values.ordering !== 'none') };
});
