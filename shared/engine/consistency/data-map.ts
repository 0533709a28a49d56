/**
 * Where data lives as far as the drawing alone says: the subjects, their homes, which of them a connection means, and which
 * calls read and write them. Nothing here depends on the load.
 */
import { entityParams, type EntityValues } from '../../contracts/document-params.ts';
import type { EdgeView, NodeView } from '../../contracts/graph-view.ts';
import { oncePer } from '../../lib/once-per.ts';
import { resolve } from '../resolve.ts';
import { READ, WRITE, type Call, type CompiledDesign, type EdgeFacts } from '../types.ts';
import { CallList } from './call-list.ts';

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
  /** By node: see `isStore`. */
  readonly stores: readonly boolean[];
  readonly subjects: readonly Subject[];
  readonly byId: ReadonlyMap<string, number>;
  /** By node: subjects at home there; undefined where none is. */
  readonly homes: readonly (readonly number[] | undefined)[];
  /** By node: subjects at home there, or at the source that it replicates; undefined where only copies can be. */
  readonly kept: readonly (readonly number[] | undefined)[];
  /** By edge into a store: what every call over it means; null where that depends on the journey, undefined where on what is copied there. */
  readonly meant: readonly (readonly number[] | null | undefined)[];
  /** Calls that write to a store with their connections, and positions of those to a store that is home to nothing. */
  readonly writes: CallList;
  readonly writeEdges: readonly EdgeFacts[];
  readonly foreign: readonly number[];
  readonly feeds: readonly Feed[];
  readonly reads: ReadCalls;
  /** Changes of some subject must be handled in order. */
  readonly asksForOrder: boolean;
}

/** Calls that a reader waits for and that a store or a cache answers. */
export interface ReadCalls {
  readonly calls: readonly Call[];
  /** By position: what is asked first, which is the call itself or the first cache before it. */
  readonly asked: CallList;
  /** By position: the one subject that the store behind means for all journeys; -1 for other calls. */
  readonly subject: Int32Array;
  /** By position: its first step, and the end of the last one. A step asks the caches before the call one by one, the last one whom it calls. */
  readonly firstStep: Int32Array;
  /** By step: its connection, and the cache use that is looked up; -1 where none is. */
  readonly stepEdge: Int32Array;
  readonly stepUse: Int32Array;
}

const NONE: readonly number[] = [];

/** True for a node whose data can be the truth or a copy of it: a store that is not just a cache. */
export function isStore(node: NodeView): boolean {
  return node.behavior.routing === 'store' && node.behavior.role !== 'cache';
}

function subjectsOf(compiled: CompiledDesign): Subject[] {
  const { design, nodeById } = compiled.graph;
  if (compiled.entities.size > 0) {
    return [...compiled.entities].map(([id, values]) => ({ id, values, home: nodeById.get(design.entities[id]?.home ?? '')?.index ?? -1, declared: true }));
  }
  const { values } = resolve(entityParams, {});
  const implicit: Subject[] = [];
  for (const { view, replays } of compiled.nodes) {
    if (isStore(view) && replays.length === 0 && compiled.connected[view.index]) implicit.push({ id: `implicit:${view.id}`, values, home: view.index, declared: false });
  }
  return implicit;
}

function homesOf(compiled: CompiledDesign, subjects: readonly Subject[]): (number[] | undefined)[] {
  const homes = new Array<number[] | undefined>(compiled.nodes.length).fill(undefined);
  subjects.forEach(({ home }, index) => {
    const here = homes[home];
    if (here) here.push(index);
    else if (home >= 0) homes[home] = [index];
  });
  return homes;
}

function keptBy(compiled: CompiledDesign, homes: DataMap['homes']): DataMap['kept'] {
  return compiled.nodes.map(({ replays }, node) => {
    if (homes[node] || replays.length === 0) return homes[node];
    const replicated = replays.flatMap((source) => homes[source] ?? NONE);
    return replicated.length > 0 ? replicated : undefined;
  });
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

/** Whom these calls ask, one after the other. */
function stepsOf({ plan }: CompiledDesign, calls: readonly Call[]): Pick<ReadCalls, 'firstStep' | 'stepEdge' | 'stepUse'> {
  const firstStep = new Int32Array(calls.length + 1);
  for (let k = 0; k < calls.length; k++) firstStep[k + 1] = (firstStep[k] as number) + (calls[k] as Call).lookups.length + 1;
  const stepEdge = new Int32Array(firstStep[calls.length] as number);
  const stepUse = new Int32Array(stepEdge.length);
  let step = 0;
  const add = ({ edge, looksUp }: Call): void => {
    stepEdge[step] = edge;
    stepUse[step++] = looksUp;
  };
  for (const call of calls) {
    for (const lookup of call.lookups) add(plan.calls[lookup] as Call);
    add(call);
  }
  return { firstStep, stepEdge, stepUse };
}

/** Calls to stores and caches that are reads, in walk order. */
function readCalls(compiled: CompiledDesign, stored: Uint8Array, meant: DataMap['meant']): ReadCalls {
  const { plan } = compiled;
  const calls: Call[] = [];
  const asked: Call[] = [];
  const subject: number[] = [];
  for (let i = 0; i < plan.calls.length; i++) {
    const call = plan.calls[i] as Call;
    const [lookup] = call.lookups;
    if (call.op !== READ || call.wait !== 'wait' || (lookup === undefined && call.looksUp < 0 && stored[i] === 0)) continue;
    const here = stored[i] === 1 ? meant[call.edge] : null;
    calls.push(call);
    asked.push(lookup === undefined ? call : (plan.calls[lookup] as Call));
    subject.push(here?.length === 1 ? (here[0] as number) : -1);
  }
  return { calls, asked: new CallList(asked), subject: new Int32Array(subject), ...stepsOf(compiled, calls) };
}

/** Connections into stores, in edge order. */
function edgesInto(stores: readonly boolean[], { edges }: CompiledDesign): EdgeView[] {
  const found: EdgeView[] = [];
  for (const { view } of edges) if (stores[view.to.index] === true) found.push(view);
  return found;
}

/** By position in `Plan.calls`: 1 for a call that a store answers. */
function storedCalls({ plan: { calls, slotNode } }: CompiledDesign, stores: readonly boolean[]): Uint8Array {
  const stored = new Uint8Array(calls.length);
  for (let i = 0; i < calls.length; i++) if (stores[slotNode[(calls[i] as Call).to] as number] === true) stored[i] = 1;
  return stored;
}

/** Calls that write to a store, in walk order. */
function writeCalls({ plan: { calls }, edges }: CompiledDesign, stored: Uint8Array, homes: DataMap['homes']): Pick<DataMap, 'writes' | 'writeEdges' | 'foreign'> {
  const writes: Call[] = [];
  const writeEdges: EdgeFacts[] = [];
  const foreign: number[] = [];
  for (let i = 0; i < calls.length; i++) {
    const call = calls[i] as Call;
    if (stored[i] === 0 || call.op !== WRITE) continue;
    const facts = edges[call.edge] as EdgeFacts;
    if (!homes[facts.view.to.index]) foreign.push(writes.length);
    writes.push(call);
    writeEdges.push(facts);
  }
  return { writes: new CallList(writes), writeEdges, foreign };
}

/** The map of a drawing; made once. */
export const dataMapOf = oncePer((compiled: CompiledDesign): DataMap => {
  const { edges, nodes } = compiled;
  const stores = nodes.map(({ view }) => isStore(view));
  const subjects = subjectsOf(compiled);
  const byId = new Map<string, number>();
  subjects.forEach(({ id }, index) => void byId.set(id, index));
  const homes = homesOf(compiled, subjects);
  const kept = keptBy(compiled, homes);
  const storeEdges = edgesInto(stores, compiled);
  const stored = storedCalls(compiled, stores);
  const meant = new Array<DataMap['meant'][number]>(edges.length).fill(undefined);
  for (const edge of storeEdges) meant[edge.index] = meantBy(edge, byId.get(edge.params.values.entity), kept);
  return {
    subjects, byId, homes, kept, meant, ...writeCalls(compiled, stored, homes), stores,
    feeds: feedsOf(storeEdges, byId, homes), reads: readCalls(compiled, stored, meant), asksForOrder: subjects.some(({ values }) => values.ordering !== 'none'),
  };
});
