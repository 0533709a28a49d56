/** Edges of a drawing: direction, kind, round trip, and why one carries nothing (semantics 2 and 4). */
import { bearsNoLoad, inferEdgeKind, pointsAtItsCaller, type EdgeEnd } from '../../contracts/edge-kind.ts';
import { edgeParamsSchema, type EdgeParams } from '../../contracts/edge-params.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import type { ResolvedParams } from '../../contracts/params.ts';
import { oncePer } from '../../lib/once-per.ts';
import type { Design, DesignEdge, EdgeKind } from '../../model/design.ts';
import { type Numbers, wholes } from '../math/lists.ts';
import { resolve, type CopyValues } from '../resolve.ts';
import type { CompileNotes, IdleEdge } from '../types.ts';
import { ByContent } from './by-content.ts';
import { ordered, type CompileMemory, type ReadNode } from './memory.ts';
import type { NodeDraft } from './nodes.ts';
import { crossShare, RTT } from './zones.ts';

/** An edge while the graph is being linked: `fronts` is filled when all edges are known. */
export type EdgeDraft = Omit<EdgeView, 'fronts' | 'idleReason'> & { fronts: readonly string[]; idleReason: string | null };

/** Synonyms in stored parameters: the left one wins (semantics 1.5). */
const SYNONYMS: readonly (readonly [string, string])[] = [['queries', 'queries_per_call'], ['mode', 'cache_mode']];
const NO_FRONTS: readonly string[] = [];

/** Of connections only, whose values every stage reads. */
const copyValues: CopyValues = (template) => ({ ...template });

/** Connections of all drawings that state the same share what it means. */
const alike = new ByContent<ResolvedParams<EdgeParams>>(1024);

/** What a connection states under the names that count. */
function statedParams({ params }: DesignEdge): Readonly<Record<string, unknown>> {
  let stated: Readonly<Record<string, unknown>> = params;
  for (const [left, right] of SYNONYMS) {
    if (Object.hasOwn(stated, right) && !Object.hasOwn(stated, left)) stated = { ...stated, [left]: stated[right] };
  }
  return stated;
}

function paramsOf(edge: DesignEdge): ResolvedParams<EdgeParams> {
  const place = alike.at(edge.params);
  return place.made ?? alike.keep(place, resolve(edgeParamsSchema, statedParams(edge), copyValues));
}

/** The only member of a boundary that takes calls from outside: its splitter, or the one member nobody inside calls. */
function entryOf(boundary: string, design: Design, nodes: ReadonlyMap<string, NodeDraft>): NodeDraft | null {
  const inside = new Set<string>();
  const within = (id: string | null | undefined, depth = 0): boolean => {
    if (typeof id !== 'string' || depth > 64) return false;
    return id === boundary || within(Object.hasOwn(design.boundaries, id) ? design.boundaries[id]?.parent : null, depth + 1);
  };
  for (const node of nodes.values()) if (within(node.node.boundary)) inside.add(node.id);
  const members = [...inside].map((id) => nodes.get(id) as NodeDraft);
  const splitters = members.filter((node) => node.behavior.routing === 'split');
  if (splitters.length === 1) return splitters[0] as NodeDraft;
  const called = new Set(Object.values(design.edges).filter((edge) => inside.has(edge.from) && edge.from !== edge.to).map((edge) => edge.to));
  const free = (splitters.length > 1 ? splitters : members).filter((node) => !called.has(node.id));
  return free.length === 1 ? (free[0] as NodeDraft) : null;
}

function roundTrip(from: NodeDraft, to: NodeDraft, networkClass: EdgeParams['network_class'], cross: number): number {
  if (networkClass === 'in_process') return 0;
  if (networkClass === 'same_zone') return RTT.same;
  if (networkClass === 'cross_zone') return RTT.cross;
  if (networkClass === 'cross_region') return RTT.region;
  // the client's own round trip is not part of p99, and an external service's time is measured from here
  if (from.behavior.routing === 'source' || to.behavior.role === 'external') return 0;
  if (networkClass === 'internet') return RTT.internet;
  if (from.region !== to.region) return RTT.region;
  return RTT.same + (RTT.cross - RTT.same) * cross;
}

const insideCaller = oncePer((params: ResolvedParams<EdgeParams>): ResolvedParams<EdgeParams> => ({ ...params, values: { ...params.values, network_class: 'in_process' } }));

/** Into code that runs inside its caller no network leads, unless one is stated. */
function withNetwork(params: ResolvedParams<EdgeParams>, to: NodeDraft): ResolvedParams<EdgeParams> {
  return to.behavior.in_process === true && params.values.network_class === 'auto' ? insideCaller(params) : params;
}

const MESSAGES: ReadonlySet<EdgeKind> = new Set<EdgeKind>(['publish', 'consume', 'trigger']);

/** What is asked beside the requests, such as a dead-letter queue, is no consumer of the messages, however it is drawn. */
function kindOf(edge: DesignEdge, from: EdgeEnd, to: EdgeEnd): EdgeKind {
  if (edge.kind === undefined || (bearsNoLoad(to) && MESSAGES.has(edge.kind))) return inferEdgeKind(from, to);
  return edge.kind;
}

/** Its caller waits. */
function isSynchronous(kind: EdgeKind): boolean {
  return kind === 'http' || kind === 'db' || kind === 'cache' || kind === 'ws' || kind === 'lookup';
}

class EdgeCompiler {
  /** As long as it may get, until all are added. */
  private readonly edges: EdgeDraft[];
  readonly idle: IdleEdge[] = [];
  private count = 0;
  private readonly ends: readonly ReadNode[];
  private drawn: ReadonlySet<string> | null = null;
  private readonly design: Design;
  private readonly nodes: ReadonlyMap<string, NodeDraft>;
  private readonly notes: CompileNotes;

  constructor(most: number, design: Design, nodes: ReadonlyMap<string, NodeDraft>, ends: readonly ReadNode[], notes: CompileNotes) {
    this.edges = new Array<EdgeDraft>(most);
    this.design = design;
    this.nodes = nodes;
    this.notes = notes;
    this.ends = ends;
  }

  private note(code: string, message: string, edge: string): void {
    this.notes.assumptions.push({ code, message, target: { kind: 'edge', id: edge } });
  }

  private drop(edge: DesignEdge, reason: string): null {
    this.idle.push({ edge, kind: edge.kind ?? 'http', reason });
    this.note('idle-edge', reason, edge.id);
    return null;
  }

  private isBoundary(id: string): boolean {
    return Object.hasOwn(this.design.boundaries, id);
  }

  private startOf(edge: DesignEdge): NodeDraft | null {
    return this.nodes.get(edge.from) ?? this.drop(edge, this.isBoundary(edge.from) ? 'A connection from a boundary carries nothing' : 'Its start is missing');
  }

  private targetOf(edge: DesignEdge): NodeDraft | null {
    const known = this.nodes.get(edge.to);
    if (known) return known;
    if (!this.isBoundary(edge.to)) return this.drop(edge, 'Its end is missing');
    const entry = entryOf(edge.to, this.design, this.nodes);
    if (!entry) return this.drop(edge, 'The boundary has no single entry');
    this.note('boundary-entry', `Read as a connection to ${entry.node.name}, the entry of the boundary`, edge.id);
    return entry;
  }

  /** True when an arrow this way is drawn too. */
  private isDrawn(from: NodeDraft, to: NodeDraft): boolean {
    this.drawn ??= new Set(Object.values(this.design.edges).map((edge) => `${edge.from}\n${edge.to}`));
    return this.drawn.has(`${from.id}\n${to.id}`);
  }

  private endOf({ index }: NodeDraft): EdgeEnd {
    return (this.ends[index] as ReadNode).end;
  }

  /** An arrow in reading direction that stands for the call the other way. */
  private isTurned(edge: DesignEdge, from: NodeDraft, to: NodeDraft): boolean {
    return from !== to && edge.kind === undefined && pointsAtItsCaller(this.endOf(from), this.endOf(to));
  }

  /** `id` is the key in the record: the same text as the connection's own, and found again faster. `known` is what was read of it before. Returns what is read of it now, null where an end is missing. */
  add(id: string, edge: DesignEdge, known: ResolvedParams<EdgeParams> | null): ResolvedParams<EdgeParams> | null {
    const start = this.startOf(edge);
    const target = start && this.targetOf(edge);
    if (!target) return null;
    const read = known ?? paramsOf(edge);
    const turned = this.isTurned(edge, start, target);
    const answers = turned && this.isDrawn(target, start);
    const reversed = turned && !answers;
    const from = reversed ? target : start;
    const to = reversed ? start : target;
    if (reversed) this.note('reversed-arrow', `Read as ${from.node.name} calling ${to.node.name}`, edge.id);
    const idle = answers ? 'The answer of the call drawn the other way' : from === to ? 'A connection from a component to itself carries nothing' : null;
    const kind = kindOf(edge, this.endOf(from), this.endOf(to));
    const params = withNetwork(read, to);
    for (let i = 0; i < params.invalid.length; i++) this.note('invalid-parameter', `${params.invalid[i] as string} does not fit, its default is used`, edge.id);
    const cross = from === to ? 0 : crossShare(from.placement, to.placement);
    const view: EdgeDraft = {
      id, index: this.count, edge, from: from as EdgeView['from'], to: to as EdgeView['to'], kind,
      kindInferred: edge.kind === undefined, synchronous: isSynchronous(kind), params,
      rtt_s: roundTrip(from, to, params.values.network_class, cross), crossZone: cross, idleReason: idle, fronts: NO_FRONTS,
    };
    if (idle) this.note('idle-edge', idle, edge.id);
    this.edges[this.count++] = view;
    return read;
  }

  /** All connections that have two ends. */
  finish(): EdgeDraft[] {
    this.edges.length = this.count;
    return this.edges;
  }
}

/** How many connections each node has. */
function counted(counts: Numbers, index: number): void {
  counts[index] = (counts[index] as number) + 1;
}

/** Put a connection in the last free place of a list of `free` places, which is made as long as it gets: one that grows takes room for many more. */
function placed(list: readonly EdgeView[], free: number, edge: EdgeDraft): readonly EdgeView[] {
  const filled = list.length === 0 ? new Array<EdgeView>(free) : (list as EdgeView[]);
  filled[free - 1] = edge as EdgeView;
  return filled;
}

/** Put the connections into their nodes, in their order. */
function link(nodes: readonly NodeDraft[], edges: readonly EdgeDraft[]): void {
  const outgoing = wholes(nodes.length);
  const incoming = wholes(nodes.length);
  for (let i = 0; i < edges.length; i++) {
    const { from, to } = edges[i] as EdgeDraft;
    counted(outgoing, from.index);
    counted(incoming, to.index);
  }
  // from the last to the first, so that the counts say where each goes
  for (let i = edges.length - 1; i >= 0; i--) {
    const edge = edges[i] as EdgeDraft;
    const from = edge.from as NodeDraft;
    const to = edge.to as NodeDraft;
    from.out = placed(from.out, outgoing[from.index] as number, edge);
    outgoing[from.index] = (outgoing[from.index] as number) - 1;
    to.in = placed(to.in, incoming[to.index] as number, edge);
    incoming[to.index] = (incoming[to.index] as number) - 1;
  }
}

/** All edges in id order, linked into their nodes; those without two real ends are listed apart. Nothing is dropped. `read` is what was read of each node. */
export function compileEdges(design: Design, nodes: readonly NodeDraft[], read: readonly ReadNode[], nodeById: ReadonlyMap<string, NodeDraft>, notes: CompileNotes, memory?: CompileMemory): { edges: EdgeDraft[]; idle: IdleEdge[] } {
  const before = memory?.edges;
  const { record, ids, list } = ordered(design.edges, before);
  const compiler = new EdgeCompiler(list.length, design, nodeById, read, notes);
  const now = memory ? new Array<ResolvedParams<EdgeParams> | null>(list.length) : null;
  for (let i = 0; i < list.length; i++) {
    const edge = list[i] as DesignEdge;
    const params = compiler.add(ids[i] as string, edge, before?.list[i] === edge ? (before.read[i] ?? null) : null);
    if (now) now[i] = params;
  }
  if (memory && now) memory.edges = { record, ids, list, read: now };
  const edges = compiler.finish();
  link(nodes, edges);
  return { edges, idle: compiler.idle };
}
