import type { Boundary, Design, DesignEdge, DesignNode } from './design.ts';

/** Connections by the component or boundary they touch. An end that does not exist has no entry. */
export interface Adjacency {
  readonly outgoing: ReadonlyMap<string, readonly DesignEdge[]>;
  readonly incoming: ReadonlyMap<string, readonly DesignEdge[]>;
}

/** True when the id is a component or a boundary of the design. */
export function isPlace(design: Design, id: string): boolean {
  return Object.hasOwn(design.nodes, id) || Object.hasOwn(design.boundaries, id);
}

/** True when one of its ends is not in the drawing: such a connection carries nothing. */
export function isUnattached(design: Design, edge: DesignEdge): boolean {
  return !isPlace(design, edge.from) || !isPlace(design, edge.to);
}

/** Index of all attached connections, in document order; self-loops and parallels included. */
export function adjacency(design: Design): Adjacency {
  const outgoing = new Map<string, DesignEdge[]>();
  const incoming = new Map<string, DesignEdge[]>();
  const push = (map: Map<string, DesignEdge[]>, id: string, edge: DesignEdge): void => {
    const list = map.get(id);
    if (list) list.push(edge);
    else map.set(id, [edge]);
  };
  for (const edge of Object.values(design.edges)) {
    if (isUnattached(design, edge)) continue;
    push(outgoing, edge.from, edge);
    push(incoming, edge.to, edge);
  }
  return { outgoing, incoming };
}

/** Connections that leave a place. For many places build {@link adjacency} once. */
export function outgoing(design: Design, id: string): DesignEdge[] {
  return Object.values(design.edges).filter((edge) => edge.from === id && !isUnattached(design, edge));
}

/** Connections that arrive at a place. */
export function incoming(design: Design, id: string): DesignEdge[] {
  return Object.values(design.edges).filter((edge) => edge.to === id && !isUnattached(design, edge));
}

/** Ids connected with a place in either direction, each once, without itself; callees first. */
export function neighbours(design: Design, id: string): string[] {
  const found = new Set<string>();
  for (const edge of outgoing(design, id)) found.add(edge.to);
  for (const edge of incoming(design, id)) found.add(edge.from);
  found.delete(id);
  return [...found];
}

/** What lies directly in a boundary, or with `null` in none. */
export function childrenOf(design: Design, boundary: string | null): { readonly nodes: DesignNode[]; readonly boundaries: Boundary[] } {
  return {
    nodes: Object.values(design.nodes).filter((node) => (node.boundary ?? null) === boundary),
    boundaries: Object.values(design.boundaries).filter((child) => (child.parent ?? null) === boundary),
  };
}

/** Ids of everything in a boundary at any depth, without itself. Cycles, which normalising cuts, end. */
export function descendantsOf(design: Design, boundary: string): { readonly nodes: string[]; readonly boundaries: string[] } {
  const children = new Map<string, string[]>();
  for (const { id, parent } of Object.values(design.boundaries)) if (typeof parent === 'string') children.set(parent, [...(children.get(parent) ?? []), id]);
  const inside = new Set<string>([boundary]);
  for (const id of inside) for (const child of children.get(id) ?? []) inside.add(child);
  const nodes = Object.values(design.nodes).filter(({ boundary: home }) => typeof home === 'string' && inside.has(home));
  inside.delete(boundary);
  return { nodes: nodes.map(({ id }) => id), boundaries: [...inside] };
}

/** The boundaries around a boundary or component, innermost first. Cycles end. */
export function ancestorsOf(design: Design, id: string): string[] {
  const found = new Set<string>();
  const parentOf = (boundary: string): string | null => (Object.hasOwn(design.boundaries, boundary) ? (design.boundaries[boundary]?.parent ?? null) : null);
  let at = Object.hasOwn(design.nodes, id) ? (design.nodes[id]?.boundary ?? null) : parentOf(id);
  while (at !== null && at !== id && !found.has(at) && Object.hasOwn(design.boundaries, at)) {
    found.add(at);
    at = parentOf(at);
  }
  return [...found];
}

/** Whether `boundary` may move into `target`: not into itself nor into what it contains. */
export function canNest(design: Design, boundary: string, target: string | null): boolean {
  return target === null || (target !== boundary && !ancestorsOf(design, target).includes(boundary));
}

/** Groups of components connected with each other over any connections, in document order; a lone one is a group. */
export function connectedComponents(design: Design): string[][] {
  const parts: string[][] = [];
  const index = adjacency(design);
  const seen = new Set<string>();
  for (const start of Object.keys(design.nodes)) {
    if (seen.has(start)) continue;
    const part = new Set<string>([start]);
    for (const id of part) {
      for (const edge of index.outgoing.get(id) ?? []) part.add(edge.to);
      for (const edge of index.incoming.get(id) ?? []) part.add(edge.from);
    }
    for (const id of part) seen.add(id);
    parts.push([...part].filter((id) => Object.hasOwn(design.nodes, id)));
  }
  return parts;
}

/** Names that more than one component bears, with their ids. Equal names are allowed; typing a path must know them. */
export function sharedNames(design: Design): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const { id, name } of Object.values(design.nodes)) byName.set(name, [...(byName.get(name) ?? []), id]);
  return new Map([...byName].filter(([, ids]) => ids.length > 1));
}

/** `base`, or `base 2`, `base 3` …: the first that is not taken, compared without case. */
export function uniqueName(taken: Iterable<string>, base: string): string {
  const used = new Set([...taken].map((name) => name.toLowerCase()));
  let name = base;
  for (let count = 2; used.has(name.toLowerCase()); count += 1) name = `${base} ${count}`;
  return name;
}
