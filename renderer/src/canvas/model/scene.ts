import type { Design, Layout } from '../../../../shared/model/design.ts';
import { boundariesInside } from '../../document/edits/membership.ts';
import { componentFacts } from '../component-facts.ts';
import { COMPONENT_HEIGHT, platesOf, tabWidth, zonesUsed } from '../../../../shared/drawing/component-facts.ts';
import { flowId, parseFlowId } from '../projection/flow-types.ts';
import type { EdgeProjection } from '../projection/to-edges.ts';
import type { NodeProjection } from '../projection/to-nodes.ts';
import type { RouteBox, RouteEdge } from '../../../../shared/drawing/routing/geometry.ts';

function sameBox(a: RouteBox, b: RouteBox): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h && a.plates === b.plates && a.tab === b.tab;
}

/** Boxes for the router, keeping the objects that say the same. A component's box wins over a boundary's of the same id. */
export function boxesOf(design: Design, projection: NodeProjection, previous: ReadonlyMap<string, RouteBox>): ReadonlyMap<string, RouteBox> {
  const boxes = new Map<string, RouteBox>();
  let changed = false;
  for (const flow of projection.nodes) {
    const { kind, id } = parseFlowId(flow.id);
    if (kind === 'note') continue;
    const node = kind === 'node' ? design.nodes[id] : undefined;
    const facts = node ? componentFacts(node) : null;
    const next: RouteBox = {
      id, x: flow.position.x, y: flow.position.y, w: flow.width ?? 0, h: node ? COMPONENT_HEIGHT : (flow.height ?? 0),
      plates: facts ? platesOf(facts.units) : 0, tab: node && facts ? tabWidth(facts.units, zonesUsed(design, node)) : 0, obstacle: kind === 'node',
    };
    const before = previous.get(id);
    const kept = before && before.obstacle === next.obstacle && sameBox(before, next) ? before : next;
    if (kept !== before) changed = true;
    boxes.set(id, kept);
  }
  return changed || boxes.size !== previous.size ? boxes : previous;
}

/** The connections for the router, by id, with the bends that are held. Those that say the same keep their object. */
export function routeEdges(projection: EdgeProjection, layout: Layout, previous: ReadonlyMap<string, RouteEdge>): ReadonlyMap<string, RouteEdge> {
  return new Map(projection.edges.map(({ id, source, target }) => {
    const [from, to] = [parseFlowId(source).id, parseFlowId(target).id];
    const held = Object.hasOwn(layout.edges, id) ? layout.edges[id]?.points : undefined;
    const before = previous.get(id);
    return [id, before && before.from === from && before.to === to && before.held === held ? before : { id, from, to, ...(held ? { held } : {}) }];
  }));
}

/** Connections that another one between the same two ends stands for, seen from far away: bundles of parallels are one line there. */
export function bundledEdges(edges: ReadonlyMap<string, RouteEdge>, apart: (id: string) => boolean): ReadonlySet<string> {
  const first = new Set<string>();
  const bundled = new Set<string>();
  for (const { id, from, to } of edges.values()) {
    if (apart(id)) continue;
    const ends = from < to ? `${from}\n${to}` : `${to}\n${from}`;
    if (first.has(ends)) bundled.add(id);
    else first.add(ends);
  }
  return bundled;
}

/** "in Zone a, called by Shortener API": the spoken surroundings of every component. */
export function contextsOf(design: Design): ReadonlyMap<string, string> {
  const callers = new Map<string, string[]>();
  for (const edge of Object.values(design.edges)) {
    const name = design.nodes[edge.from]?.name;
    if (name !== undefined) callers.set(edge.to, [...(callers.get(edge.to) ?? []), name]);
  }
  const out = new Map<string, string>();
  for (const node of Object.values(design.nodes)) {
    const where = node.boundary == null ? undefined : design.boundaries[node.boundary]?.name;
    const by = callers.get(node.id);
    out.set(node.id, [...(where === undefined ? [] : [`in ${where}`]), ...(by ? [`called by ${by.slice(0, 5).join(', ')}${by.length > 5 ? ' and others' : ''}`] : [])].join(', '));
  }
  return out;
}

/** What a boundary takes along: boundaries, components and notes inside, by canvas id with their places now. */
export function passengers(design: Design, boundary: string, projection: NodeProjection): readonly string[] {
  const inside = new Set([boundary, ...boundariesInside(design, boundary)]);
  const ids = [
    ...[...inside].filter((id) => id !== boundary).map((id) => flowId('boundary', id)),
    ...Object.values(design.nodes).filter((node) => node.boundary != null && inside.has(node.boundary)).map((node) => flowId('node', node.id)),
    ...Object.values(design.notes).filter((note) => note.boundary != null && inside.has(note.boundary)).map((note) => flowId('note', note.id)),
  ];
  return ids.filter((id) => projection.byId.has(id));
}
