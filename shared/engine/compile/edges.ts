/** Edges of a drawing: direction, kind, round trip, and why one carries nothing (semantics 2 and 4). */
import { bearsNoLoad, edgeEnd, inferEdgeKind, pointsAtItsCaller, type EdgeEnd } from '../../contracts/edge-kind.ts';
import { edgeParamsSchema, type EdgeParams } from '../../contracts/edge-params.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import type { ResolvedParams } from '../../contracts/params.ts';
import type { Design, DesignEdge, EdgeKind } from '../../model/design.ts';
import { resolve, type CopyValues } from '../resolve.ts';
import type { CompileNotes, IdleEdge } from '../types.ts';
import type { CompileMemory } from './memory.ts';
import type { NodeDraft } from './nodes.ts';
import { crossShare, RTT } from './zones.ts';

/** An edge while the graph is being linked: `fronts` is filled when all edges are known. */
export type EdgeDraft = Omit<EdgeView, 'fronts' | 'idleReason'> & { fronts: readonly string[]; idleReason: string | null };

/** Synonyms in stored parameters: the left one wins (semantics 1.5). */
const SYNONYMS: readonly (readonly [string, string])[] = [['queries', 'queries_per_call'], ['mode', 'cache_mode']];
const SYNC_KINDS: ReadonlySet<EdgeKind> = new Set<EdgeKind>(['http', 'db', 'cache', 'ws', 'lookup']);

/** Of connections only: hundreds are resolved at every edit. */
const copyValues: CopyValues = (template) => ({ ...template });

function storedParams(edge: DesignEdge): Readonly<Record<string, unknown>> {
  let params: Readonly<Record<string, unknown>> = edge.params;
  for (const [left, right] of SYNONYMS) {
    if (Object.hasOwn(params, right) && !Object.hasOwn(params, left)) params = { ...params, [left]: params[right] };
  }
  return params;
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

/** Into code that runs inside its caller no network leads, unless one is stated. */
function withNetwork(params: ResolvedParams<EdgeParams>, to: NodeDraft): ResolvedParams<EdgeParams> {
  if (to.behavior.in_process !== true || params.values.network_class !== 'auto') return params;
  return { ...params, values: { ...params.values, network_class: 'in_process' } };
}

const MESSAGES: ReadonlySet<EdgeKind> = new Set<EdgeKind>(['publish', 'consume', 'trigger']);

/** What is asked beside the requests, such as a dead-letter queue, is no consumer of the messages, however it is drawn. */
function kindOf(edge: DesignEdge, from: EdgeEnd, to: EdgeEnd): EdgeKind {
  if (edge.kind === undefined || (bearsNoLoad(to) && MESSAGES.has(edge.kind))) return inferEdgeKind(from, to);
  return edge.kind;
}

interface Ends { readonly from: NodeDraft; readonly to: NodeDraft; readonly reversed: boolean }

class EdgeCompiler {
  readonly edges: EdgeDraft[] = [];
  readonly idle: IdleEdge[] = [];
  private readonly ends = new Map<string, EdgeEnd>();
  private readonly drawn = new Set<string>();
  private readonly design: Design;
  private readonly nodes: ReadonlyMap<string, NodeDraft>;
  private readonly notes: CompileNotes;
  private readonly memory: CompileMemory | undefined;

  constructor(design: Design, nodes: ReadonlyMap<string, NodeDraft>, notes: CompileNotes, memory: CompileMemory | undefined) {
    this.memory = memory;
    this.design = design;
    this.nodes = nodes;
    this.notes = notes;
    for (const node of nodes.values()) this.ends.set(node.id, edgeEnd(node.node.type, node.behavior));
    for (const edge of Object.values(design.edges)) this.drawn.add(`${edge.from}\n${edge.to}`);
  }

  private note(code: string, message: string, edge: string): void {
    this.notes.assumptions.push({ code, message, target: { kind: 'edge', id: edge } });
  }

  private drop(edge: DesignEdge, reason: string): null {
    this.idle.push({ edge, kind: edge.kind ?? 'http', reason });
    this.note('idle-edge', reason, edge.id);
    return null;
  }

  private findEnds(edge: DesignEdge): Ends | null {
    const from = this.nodes.get(edge.from);
    let to = this.nodes.get(edge.to);
    const isBoundary = (id: string): boolean => Object.hasOwn(this.design.boundaries, id);
    if (!from) return this.drop(edge, isBoundary(edge.from) ? 'A connection from a boundary carries nothing' : 'Its start is missing');
    if (!to) {
      if (!isBoundary(edge.to)) return this.drop(edge, 'Its end is missing');
      to = entryOf(edge.to, this.design, this.nodes) ?? undefined;
      if (!to) return this.drop(edge, 'The boundary has no single entry');
      this.note('boundary-entry', `Read as a connection to ${to.node.name}, the entry of the boundary`, edge.id);
    }
    return { from, to, reversed: false };
  }

  private turn(edge: DesignEdge, ends: Ends): { ends: Ends; idle: string | null } {
    if (ends.from === ends.to) return { ends, idle: 'A connection from a component to itself carries nothing' };
    const end = (node: NodeDraft): EdgeEnd => this.ends.get(node.id) as EdgeEnd;
    if (edge.kind !== undefined || !pointsAtItsCaller(end(ends.from), end(ends.to))) return { ends, idle: null };
    if (this.drawn.has(`${ends.to.id}\n${ends.from.id}`)) return { ends, idle: 'The answer of the call drawn the other way' };
    this.note('reversed-arrow', `Read as ${ends.to.node.name} calling ${ends.from.node.name}`, edge.id);
    return { ends: { from: ends.to, to: ends.from, reversed: true }, idle: null };
  }

  private paramsOf(edge: DesignEdge): ResolvedParams<EdgeParams> {
    const known = this.memory?.edges.get(edge);
    if (known) return known;
    const params = resolve(edgeParamsSchema, storedParams(edge), copyValues);
    this.memory?.edges.set(edge, params);
    return params;
  }

  add(edge: DesignEdge): void {
    const found = this.findEnds(edge);
    if (!found) return;
    const { ends, idle } = this.turn(edge, found);
    const { from, to, reversed } = ends;
    const kind = kindOf(edge, this.ends.get(from.id) as EdgeEnd, this.ends.get(to.id) as EdgeEnd);
    const params = withNetwork(this.paramsOf(edge), to);
    for (const key of params.invalid) this.note('invalid-parameter', `${key} does not fit, its default is used`, edge.id);
    const cross = from === to ? 0 : crossShare(from.placement, to.placement);
    const view: EdgeDraft = {
      id: edge.id, index: this.edges.length, edge, from: from as EdgeView['from'], to: to as EdgeView['to'], kind,
      kindInferred: edge.kind === undefined, reversed, synchronous: SYNC_KINDS.has(kind), params,
      rtt_s: roundTrip(from, to, params.values.network_class, cross), crossZone: cross, idleReason: idle, fronts: [],
    };
    if (idle) this.note('idle-edge', idle, edge.id);
    this.edges.push(view);
    from.out.push(view as EdgeView);
    to.in.push(view as EdgeView);
  }
}

/** All edges in id order, linked into their nodes; those without two real ends are listed apart. Nothing is dropped. */
export function compileEdges(design: Design, nodes: ReadonlyMap<string, NodeDraft>, notes: CompileNotes, memory?: CompileMemory): { edges: EdgeDraft[]; idle: IdleEdge[] } {
  const compiler = new EdgeCompiler(design, nodes, notes, memory);
  for (const id of Object.keys(design.edges).sort()) compiler.add(design.edges[id] as DesignEdge);
  return { edges: compiler.edges, idle: compiler.idle };
}
