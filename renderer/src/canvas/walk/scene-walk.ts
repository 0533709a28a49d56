import type { Design } from '../../../../shared/model/design.ts';
import { COMPONENT_HEIGHT, COMPONENT_WIDTH } from '../../../../shared/drawing/component-facts.ts';
import { boundaryBox, noteBox, placeOf } from '../../../../shared/drawing/places.ts';
import { boundariesInside } from '../../document/edits/membership.ts';
import type { Thing } from '../canvas-ui.ts';
import { flowId, parseFlowId } from '../projection/flow-types.ts';
import { neighbour, topLeft, type Direction, type Stop } from './walk.ts';

type Box = Exclude<Thing['kind'], 'edge'>;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function stopOf(kind: Box, id: string, box: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }): Stop {
  return { key: flowId(kind, id), x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/** Every box of a drawing as a place to walk to. Components count as equally wide, so that no name changes a way. */
export function stopsOf(design: Design): ReadonlyMap<string, Stop> {
  const { layout } = design;
  const stops: Stop[] = [];
  Object.keys(design.nodes).forEach((id, index) => stops.push(stopOf('node', id, { ...placeOf(layout.nodes[id], index), w: COMPONENT_WIDTH, h: COMPONENT_HEIGHT })));
  Object.keys(design.notes).forEach((id, index) => stops.push(stopOf('note', id, noteBox(layout, id, index))));
  for (const id of Object.keys(design.boundaries)) {
    const box = boundaryBox(layout, id);
    if (box) stops.push(stopOf('boundary', id, box));
  }
  return new Map(stops.map((stop) => [stop.key, stop]));
}

/** The boundary around a thing, or null on the bare paper. */
function parentOf(design: Design, { kind, id }: Thing): string | null {
  const parent = kind === 'node' ? design.nodes[id]?.boundary : kind === 'note' ? design.notes[id]?.boundary : kind === 'boundary' ? design.boundaries[id]?.parent : null;
  return parent != null && Object.hasOwn(design.boundaries, parent) ? parent : null;
}

/** What stands directly in a boundary, in reading order. */
function childrenOf(design: Design, boundary: string): readonly Thing[] {
  const stops = stopsOf(design);
  const things = [...stops.keys()].map(parseFlowId).filter((thing) => parentOf(design, thing) === boundary && !(thing.kind === 'boundary' && thing.id === boundary));
  const at = (thing: Thing): Stop | undefined => stops.get(flowId(thing.kind as Box, thing.id));
  return things.sort((a, b) => (at(a)?.y ?? 0) - (at(b)?.y ?? 0) || (at(a)?.x ?? 0) - (at(b)?.x ?? 0) || compare(a.id, b.id));
}

/** The canvas key of an end of a connection. */
function endKey(design: Design, id: string): string {
  return flowId(Object.hasOwn(design.nodes, id) ? 'node' : 'boundary', id);
}

/** What a thing is connected with, either way. */
function connectedWith(design: Design, { kind, id }: Thing): ReadonlySet<string> {
  if (kind === 'note') return new Set();
  return new Set(Object.values(design.edges).flatMap(({ from, to }) => (from === id ? [endKey(design, to)] : to === id ? [endKey(design, from)] : [])));
}

/** Boundaries around a thing, at any depth: their middle is where the thing stands, not beside it. */
function aroundOf(design: Design, thing: Thing): ReadonlySet<string> {
  const around = new Set<string>();
  for (let at = parentOf(design, thing); at !== null && !around.has(at); at = parentOf(design, { kind: 'boundary', id: at })) around.add(at);
  return around;
}

/**
 * Where arrows may lead from a thing. From a component or note: components, notes, boundaries with nothing in them and
 * those it is connected with. From a boundary: what stands beside it, not in it.
 */
function reachable(design: Design, from: Thing, stops: ReadonlyMap<string, Stop>, connected: ReadonlySet<string>): readonly Stop[] {
  const around = aroundOf(design, from);
  const inside = from.kind === 'boundary' ? new Set([from.id, ...boundariesInside(design, from.id)]) : new Set<string>();
  const parent = parentOf(design, from);
  const filled = new Set([...stops.keys()].map((key) => parentOf(design, parseFlowId(key))));
  return [...stops.values()].filter((stop) => {
    const thing = parseFlowId(stop.key);
    const own = parentOf(design, thing);
    if (own !== null && inside.has(own)) return false;
    if (thing.kind !== 'boundary') return true;
    if (around.has(thing.id) || inside.has(thing.id)) return false;
    return connected.has(stop.key) || !filled.has(thing.id) || (from.kind === 'boundary' && own === parent);
  });
}

/** Where an arrow leads from a component, note or boundary; null when nothing lies there. */
export function walkFrom(design: Design, from: Thing, direction: Direction): Thing | null {
  const stops = stopsOf(design);
  const start = from.kind === 'edge' ? undefined : stops.get(flowId(from.kind, from.id));
  if (!start) return null;
  const connected = connectedWith(design, from);
  const key = neighbour(start, reachable(design, from, stops, connected), direction, connected);
  return key === null ? null : parseFlowId(key);
}

/** Where an arrow leads among things that a connection could end at: the nearest one, connected or not. */
export function aimFrom(design: Design, from: Thing, direction: Direction): Thing | null {
  const stops = stopsOf(design);
  const start = from.kind === 'edge' ? undefined : stops.get(flowId(from.kind, from.id));
  if (!start) return null;
  const ends = [...stops.values()].filter((stop) => parseFlowId(stop.key).kind === 'node' || (parseFlowId(stop.key).kind === 'boundary' && !aroundOf(design, from).has(parseFlowId(stop.key).id)));
  const key = neighbour(start, ends.filter((stop) => !isInside(design, from, parseFlowId(stop.key))), direction, new Set());
  return key === null ? null : parseFlowId(key);
}

function isInside(design: Design, boundary: Thing, thing: Thing): boolean {
  return boundary.kind === 'boundary' && aroundOf(design, thing).has(boundary.id);
}

/** Where walking begins: the component at the top left, else any thing there; null in an empty drawing. */
export function walkStart(design: Design): Thing | null {
  const stops = [...stopsOf(design).values()];
  const key = topLeft(stops.filter((stop) => stop.key.startsWith('node:'))) ?? topLeft(stops);
  return key === null ? null : parseFlowId(key);
}

/** Out to the boundary around a thing. */
export function walkOut(design: Design, from: Thing): Thing | null {
  if (from.kind === 'edge') return null;
  const parent = parentOf(design, from);
  return parent !== null && Object.hasOwn(design.layout.boundaries, parent) ? { kind: 'boundary', id: parent } : null;
}

/** Into a boundary: to the first thing in it, in reading order. */
export function walkIn(design: Design, from: Thing): Thing | null {
  return from.kind === 'boundary' ? (childrenOf(design, from.id)[0] ?? null) : null;
}

/** Connections that leave (`out`) or arrive at a thing, by where their far ends stand: top to bottom, left to right. */
export function edgesAt(design: Design, end: string, way: 'out' | 'in'): readonly string[] {
  const stops = stopsOf(design);
  const edges = Object.values(design.edges).filter((edge) => (way === 'out' ? edge.from : edge.to) === end);
  const far = (edge: (typeof edges)[number]): Stop | undefined => stops.get(endKey(design, way === 'out' ? edge.to : edge.from));
  return edges.sort((a, b) => (far(a)?.y ?? 0) - (far(b)?.y ?? 0) || (far(a)?.x ?? 0) - (far(b)?.x ?? 0) || compare(a.id, b.id)).map((edge) => edge.id);
}

/** The next connection that leaves or arrives: from a thing its first one, from a connection its sibling, round and round. */
export function nextEdge(design: Design, from: Thing, way: 'out' | 'in', step: 1 | -1 = 1): Thing | null {
  const drawn = from.kind === 'edge' ? design.edges[from.id] : undefined;
  const end = drawn ? (way === 'out' ? drawn.from : drawn.to) : from.kind === 'node' || from.kind === 'boundary' ? from.id : null;
  const edges = end === null ? [] : edgesAt(design, end, way);
  const at = drawn ? edges.indexOf(drawn.id) : -1;
  const id = at < 0 ? edges[0] : edges[(at + step + edges.length) % edges.length];
  return id === undefined ? null : { kind: 'edge', id };
}

/** The end of a connection. */
export function endOfEdge(design: Design, edge: string, end: 'from' | 'to'): Thing | null {
  const id = design.edges[edge]?.[end];
  if (id === undefined) return null;
  if (Object.hasOwn(design.nodes, id)) return { kind: 'node', id };
  return Object.hasOwn(design.boundaries, id) ? { kind: 'boundary', id } : null;
}
