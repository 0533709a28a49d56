import type { Design } from '../../../../shared/model/design.ts';
import { boundariesInside, COMPONENT_HEIGHT } from '../../document/edits/membership.ts';
import { componentFacts, platesOf, tabWidth, zonesUsed } from '../component-facts.ts';
import { showNames, WIDTHS, type Measure, type ShownName } from '../names.ts';
import { flowId, parseFlowId } from '../projection/flow-types.ts';
import type { EdgeProjection } from '../projection/to-edges.ts';
import type { NodeProjection } from '../projection/to-nodes.ts';
import type { Rect, RouteBox, RouteEdge } from '../routing/geometry.ts';

/** Names as drawn, with the width that each gives its component; a width stored in the layout is kept. */
export function namesOf(design: Design, measure: Measure): ReadonlyMap<string, ShownName> {
  const names = new Map<string, string>();
  const widths = new Map<string, number>();
  for (const node of Object.values(design.nodes)) {
    names.set(node.id, node.name);
    const stored = design.layout.nodes[node.id]?.w;
    if (stored !== undefined && stored >= WIDTHS[0] && stored <= WIDTHS[2]) widths.set(node.id, stored);
  }
  return showNames(names, widths, measure);
}

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

/** The badge of a component's findings, and the most that its number takes (ui 3.2), canvas units. */
const BADGE = { left: -10, top: -11, width: 50, height: 20 } as const;

/** Where the badge stands. */
export function badgeRect(box: RouteBox): Rect {
  const [left, top] = [box.x + BADGE.left, box.y + BADGE.top];
  return { left, top, right: left + BADGE.width, bottom: top + BADGE.height };
}

/** The connections for the router, by id. */
export function routeEdges(projection: EdgeProjection): ReadonlyMap<string, RouteEdge> {
  return new Map(projection.edges.map((edge) => [edge.id, { id: edge.id, from: parseFlowId(edge.source).id, to: parseFlowId(edge.target).id }]));
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
