/** Mechanical changes for fixes: pure functions from a document to a new valid one, ids readable and derived. */
import type { RuleFix } from '../../../shared/contracts/rule.ts';
import { MAX_ID_LENGTH } from '../../../shared/model/ids.ts';
import type { Design, DesignEdge, DesignNode, EdgeKind, Params } from '../../../shared/model/design.ts';
import { placeNear } from './placing.ts';

/** A change of a document. Returns the same document when what it names is gone. */
export type Change = (design: Design) => Design;

/** A fix: verb first, object named. Its trade-off is never written down: it is computed. */
export function fix(id: string, title: string, ...changes: readonly Change[]): RuleFix {
  const [only, second] = changes;
  return { id, title, apply: only !== undefined && second === undefined ? only : allOf(...changes) };
}

/** Several changes one after another. */
export function allOf(...changes: readonly Change[]): Change {
  return (design) => changes.reduce((current, change) => change(current), design);
}

function withNode(design: Design, id: string, change: (node: DesignNode) => DesignNode): Design {
  const node = Object.hasOwn(design.nodes, id) ? design.nodes[id] : undefined;
  return node === undefined ? design : { ...design, nodes: { ...design.nodes, [id]: change(node) } };
}

function withEdge(design: Design, id: string, change: (edge: DesignEdge) => DesignEdge): Design {
  const edge = Object.hasOwn(design.edges, id) ? design.edges[id] : undefined;
  return edge === undefined ? design : { ...design, edges: { ...design.edges, [id]: change(edge) } };
}

/** Set parameters of a component. */
export function setNodeParams(id: string, params: Params): Change {
  return (design) => withNode(design, id, (node) => ({ ...node, params: { ...node.params, ...params } }));
}

/** Set one parameter of a component. */
export function setNodeParam(id: string, key: string, value: Params[string]): Change {
  return (design) => setNodeParams(id, { [key]: value })(design);
}

/** Leave parameters of a component to their defaults again. */
export function unsetNodeParams(id: string, ...keys: readonly string[]): Change {
  return (design) => withNode(design, id, (node) => ({ ...node, params: Object.fromEntries(Object.entries(node.params).filter(([key]) => !keys.includes(key))) }));
}

/** Set a component's own fields: where its units stand, who runs it, what it is released with. */
export function setNodeFields(id: string, fields: Partial<Pick<DesignNode, 'zone_spread' | 'managed' | 'deployable_group' | 'boundary' | 'team'>>): Change {
  return (design) => withNode(design, id, (node) => ({ ...node, ...fields }));
}

/** Set the number of like units (`instances`) of a component; `key` for types that name them otherwise. */
export function scaleUnits(id: string, units: number, key = 'instances'): Change {
  return setNodeParam(id, key, units);
}

/** Set parameters of a connection. */
export function setEdgeParams(id: string, params: Params): Change {
  return (design) => withEdge(design, id, (edge) => ({ ...edge, params: { ...edge.params, ...params } }));
}

/** Set one parameter of a connection. */
export function setEdgeParam(id: string, key: string, value: Params[string]): Change {
  return (design) => setEdgeParams(id, { [key]: value })(design);
}

/** Remove a connection and the steps that travel it. */
export function removeEdge(id: string): Change {
  return (design) => ({
    ...design,
    edges: without(design.edges, id),
    layout: { ...design.layout, edges: without(design.layout.edges, id) },
    journeys: Object.fromEntries(Object.entries(design.journeys).map(([key, journey]) => [key, journey.steps === undefined ? journey : { ...journey, steps: journey.steps.filter((step) => step.edge !== id) }])),
  });
}

/** Let a connection end elsewhere; its kind is inferred again. The steps that travel it stay. */
export function redirectEdge(id: string, ends: Partial<Pick<DesignEdge, 'from' | 'to'>>): Change {
  return (design) => ({ ...withEdge(design, id, ({ kind: _kind, ...edge }) => ({ ...edge, ...ends })), layout: { ...design.layout, edges: without(design.layout.edges, id) } });
}

function without<T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}

/** `base`, or `base-2`, `base-3` …: the first that nothing in the document bears. */
export function freeId(design: Design, base: string): string {
  const stem = base.slice(0, MAX_ID_LENGTH - 8);
  const taken = (id: string): boolean => [design.nodes, design.boundaries, design.notes, design.edges].some((record) => Object.hasOwn(record, id));
  let id = stem;
  for (let count = 2; taken(id); count += 1) id = `${stem}-${count}`;
  return id;
}

/** A component to add: `id` is made unique, `name` too. It stands on the grid beside `beside`, in the same boundary. */
export interface NewNode {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly params?: Params;
  readonly fields?: Partial<Pick<DesignNode, 'zone_spread' | 'managed' | 'deployable_group'>>;
}

function freeName(design: Design, base: string): string {
  const used = new Set(Object.values(design.nodes).map(({ name }) => name.toLowerCase()));
  let name = base;
  for (let count = 2; used.has(name.toLowerCase()); count += 1) name = `${base} ${count}`;
  return name;
}

function insert(design: Design, node: NewNode, beside: readonly string[]): { readonly design: Design; readonly id: string } {
  const id = freeId(design, node.id);
  const boundary = beside.map((other) => design.nodes[other]?.boundary ?? null).find((found) => found !== null);
  const added: DesignNode = { id, type: node.type, name: freeName(design, node.name), params: { ...node.params }, ...(boundary === undefined ? {} : { boundary }), ...node.fields };
  const at: Design['layout']['nodes'][string] = { ...placeNear(design, beside) };
  return { id, design: { ...design, nodes: { ...design.nodes, [id]: added }, layout: { ...design.layout, nodes: { ...design.layout.nodes, [id]: at } } } };
}

/** A connection to add between existing components, its id `from-to` made unique. */
export function addEdge(from: string, to: string, params: Params = {}, kind?: EdgeKind): Change {
  return (design) => connect(design, from, to, params, kind);
}

function connect(design: Design, from: string, to: string, params: Params, kind?: EdgeKind): Design {
  if (!Object.hasOwn(design.nodes, from) || !Object.hasOwn(design.nodes, to)) return design;
  const id = freeId(design, `${from}-${to}`);
  return { ...design, edges: { ...design.edges, [id]: { id, from, to, params: { ...params }, ...(kind === undefined ? {} : { kind }) } } };
}

/** A link of a new component: from or to it. */
export type Link = { readonly from: string; readonly params?: Params; readonly kind?: EdgeKind } | { readonly to: string; readonly params?: Params; readonly kind?: EdgeKind };

/** Add a component with its connections to existing ones. Drawn journeys that list their steps do not travel them. */
export function addNode(node: NewNode, links: readonly Link[]): Change {
  return (design) => {
    const ends = links.map((link) => ('from' in link ? link.from : link.to)).filter((id) => Object.hasOwn(design.nodes, id));
    const { design: added, id } = insert(design, node, ends);
    return links.reduce((current, link) => ('from' in link ? connect(current, link.from, id, link.params ?? {}, link.kind) : connect(current, id, link.to, link.params ?? {}, link.kind)), added);
  };
}

/**
 * Put a component into a connection: the old one then ends at the new component (with `before` as parameters added to its
 * own), and a new one leads on. Journeys that list the old connection travel both.
 */
export function addNodeBetween(edgeId: string, node: NewNode, after: { readonly params?: Params; readonly before?: Params; readonly kind?: EdgeKind } = {}): Change {
  return (design) => {
    const edge = Object.hasOwn(design.edges, edgeId) ? design.edges[edgeId] : undefined;
    if (edge === undefined) return design;
    const { design: added, id } = insert(design, node, [edge.from, edge.to]);
    const next = freeId(added, `${id}-${edge.to}`);
    const { kind: _kind, ...rest } = edge;
    const first: DesignEdge = { ...rest, to: id, params: { ...edge.params, ...after.before } };
    const second: DesignEdge = { id: next, from: id, to: edge.to, params: { ...after.params }, ...(after.kind === undefined ? {} : { kind: after.kind }) };
    const journeys = Object.fromEntries(Object.entries(added.journeys).map(([key, journey]) => [key, journey.steps === undefined ? journey : { ...journey, steps: journey.steps.flatMap((step) => (step.edge === edgeId ? [step, { edge: next }] : [step])) }]));
    return { ...added, edges: { ...added.edges, [edgeId]: first, [next]: second }, layout: { ...added.layout, edges: without(added.layout.edges, edgeId) }, journeys };
  };
}
