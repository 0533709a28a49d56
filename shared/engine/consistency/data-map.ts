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
}

/** Calls that a reader waits for and that a store or a cache answers. */
export interface ReadCalls {
  readonly calls: readonly Call[];
  /** By position: what is asked first, which is the call itself or the first cache before it. */
  readonly asked: CallList;
  /** By position: the one subject that the store behind means for all journeys; -1 for other calls. */
  readonly subject: Int32Array;
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
  return compiled.nodes
    .filter(({ view, replays }) => isStore(view) && replays.length === 0 && compiled.connected[view.index])
    .map(({ view }) => ({ id: `implicit:${view.id}`, values, home: view.index, declared: false }));
}

function homesOf(compiled: CompiledDesign, subjects: readonly Subject[]): (number[] | undefined)[] {
  const homes = compiled.nodes.map((): number[] | undefined => undefined);
  subjects.forEach(({ home }, index) => void (home >= 0 && (homes[home] ??= []).push(index)));
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

/** Calls to stores and caches that are reads, in walk order. */
function readCalls({ plan }: CompiledDesign, stored: Uint8Array, meant: DataMap['meant']): ReadCalls {
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
  return { calls, asked: new CallList(asked), subject: new Int32Array(subject) };
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

/** The map of a drawing; made once. */
export const dataMapOf = oncePer((compiled: CompiledDesign): DataMap => {
  const { edges, nodes, plan } = compiled;
  const stores = nodes.map(({ view }) => isStore(view));
  const subjects = subjectsOf(compiled);
  const byId = new Map(subjects.map((subject, index) => [subject.id, index]));
  const homes = homesOf(compiled, subjects);
  const kept = keptBy(compiled, homes);
  const storeEdges = edgesInto(stores, compiled);
  const stored = storedCalls(compiled, stores);
  const meant: DataMap['meant'][number][] = edges.map(() => undefined);
  for (const edge of storeEdges) meant[edge.index] = meantBy(edge, byId.get(edge.params.values.entity), kept);
  const writes = plan.calls.filter((call, i) => stored[i] === 1 && call.op === WRITE);
  const writeEdges = writes.map((call: Call) => edges[call.edge] as EdgeFacts);
  return {
    subjects, byId, homes, kept, meant, writes: new CallList(writes), writeEdges, foreign: writeEdges.flatMap(({ view }, k) => (homes[view.to.index] ? [] : [k])),
    feeds: feedsOf(storeEdges, byId, homes), reads: readCalls(compiled, stored, meant), stores,
  };
});
