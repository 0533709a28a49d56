import { Position, type NodeHandle } from '@xyflow/react';
import type { Design, Layout } from '../../../../shared/model/design.ts';
import { ancestorsOf } from '../../../../shared/model/graph-queries.ts';
import { boundaryDepth } from '../../document/edits/membership.ts';
import { componentFacts } from '../component-facts.ts';
import { COMPONENT_HEIGHT, zonesUsed } from '../../../../shared/drawing/component-facts.ts';
import { boundaryBox, noteBox, placeOf } from '../../../../shared/drawing/places.ts';
import type { ShownName } from '../../../../shared/drawing/names.ts';
import { flowId, SOURCE_HANDLE, TARGET_HANDLE, type BoundaryFlowNode, type ComponentFlowNode, type FlowNode, type NoteFlowNode } from './flow-types.ts';

/** What a projection depends on besides the document. */
export interface NodeView {
  /** Canvas ids that are selected. */
  readonly selected: ReadonlySet<string>;
  /** Places of things that are being dragged, by canvas id. */
  readonly drag: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  /** Names as drawn, by component id. */
  readonly names: ReadonlyMap<string, ShownName>;
  readonly locked: boolean;
}

/** The nodes of one state of the document, and the same by canvas id. */
export interface NodeProjection { readonly nodes: readonly FlowNode[]; readonly byId: ReadonlyMap<string, FlowNode> }

/** No document yet. */
export const NO_NODES: NodeProjection = { nodes: [], byId: new Map() };

/** Layers of ui 1.5. Boundaries of any depth stay below connections: the paint order among them is the array's. */
const LAYER = { boundary: 1, component: 4, note: 4 } as const;

/** Wrappers of React Flow carry no role: the components inside name themselves. */
const SILENT = { role: 'presentation', 'aria-roledescription': undefined } as const;

const handleSets = new Map<string, NodeHandle[]>();

/** Places of the two ends, for the time before React Flow has measured them. */
function handles(width: number, height: number): NodeHandle[] {
  const key = `${width} ${height}`;
  let set = handleSets.get(key);
  if (!set) {
    set = [
      { id: SOURCE_HANDLE, type: 'source', position: Position.Right, x: 0, y: 0, width, height },
      { id: TARGET_HANDLE, type: 'target', position: Position.Left, x: 0, y: 0, width, height },
    ];
    handleSets.set(key, set);
  }
  return set;
}

interface Shape { readonly id: string; readonly at: { readonly x: number; readonly y: number }; readonly width: number; readonly height: number; readonly view: NodeView }

/** True when React Flow may keep the previous object: place, size, selection and lock are the same. */
function standsStill(previous: FlowNode | undefined, shape: Shape): previous is FlowNode {
  if (!previous) return false;
  const { view } = shape;
  return (
    previous.position.x === shape.at.x && previous.position.y === shape.at.y && previous.width === shape.width && previous.height === shape.height &&
    previous.selected === view.selected.has(shape.id) && previous.draggable === !view.locked
  );
}

function common(shape: Shape) {
  const { id, at, width, height, view } = shape;
  return {
    id, position: { x: at.x, y: at.y }, width, height, measured: { width, height }, handles: handles(width, height),
    selected: view.selected.has(id), draggable: !view.locked, domAttributes: SILENT,
  };
}

function component(design: Design, layout: Layout, view: NodeView, id: string, index: number, before: FlowNode | undefined): ComponentFlowNode | null {
  const node = design.nodes[id];
  if (!node) return null;
  const key = flowId('node', id);
  const name = view.names.get(id) ?? { text: node.name, width: 184 };
  const shape: Shape = { id: key, at: view.drag.get(key) ?? placeOf(layout.nodes[id], index), width: name.width, height: COMPONENT_HEIGHT, view };
  const zones = zonesUsed(design, node);
  const kept = before?.type === 'component' ? before : undefined;
  const data = kept && kept.data.node === node && kept.data.shown === name.text && kept.data.width === name.width && kept.data.zones === zones ? kept.data : { node, facts: componentFacts(node), shown: name.text, width: name.width, zones };
  if (kept && kept.data === data && standsStill(kept, shape)) return kept;
  return { ...common(shape), type: 'component', data, zIndex: LAYER.component };
}

function boundary(design: Design, layout: Layout, view: NodeView, id: string, count: number, before: FlowNode | undefined): BoundaryFlowNode | null {
  const found = design.boundaries[id];
  const box = boundaryBox(layout, id);
  if (!found || !box) return null;
  const key = flowId('boundary', id);
  const { w, h } = box;
  const shape: Shape = { id: key, at: view.drag.get(key) ?? { x: box.x, y: box.y }, width: w, height: h, view };
  const depth = boundaryDepth(design, id);
  const kept = before?.type === 'boundary' ? before : undefined;
  const data = kept && kept.data.boundary === found && kept.data.depth === depth && kept.data.count === count && kept.data.w === w && kept.data.h === h ? kept.data : { boundary: found, depth, count, w, h };
  if (kept && kept.data === data && standsStill(kept, shape)) return kept;
  // the floor lets a marquee start, as on paper: only header and border take the pointer
  return { ...common(shape), type: 'boundary', data, zIndex: LAYER.boundary, dragHandle: '.boundary-handle', style: { pointerEvents: 'none' } };
}

function note(design: Design, layout: Layout, view: NodeView, id: string, index: number, before: FlowNode | undefined): NoteFlowNode | null {
  const found = design.notes[id];
  if (!found) return null;
  const { w, h, ...place } = noteBox(layout, id, index, found.text);
  const key = flowId('note', id);
  const shape: Shape = { id: key, at: view.drag.get(key) ?? place, width: w, height: h, view };
  const kept = before?.type === 'note' ? before : undefined;
  const data = kept && kept.data.note === found && kept.data.w === w && kept.data.h === h ? kept.data : { note: found, w, h };
  if (kept && kept.data === data && standsStill(kept, shape)) return kept;
  return { ...common(shape), type: 'note', data, zIndex: LAYER.note, connectable: false };
}

/** Components in each boundary, at any depth. */
function countInside(design: Design): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of Object.values(design.nodes)) {
    if (node.boundary == null) continue;
    for (const id of [node.boundary, ...ancestorsOf(design, node.boundary)]) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/**
 * The document as React Flow's nodes. A node whose content, place and selection are unchanged keeps its object, and an
 * unchanged drawing keeps its array, so that React and React Flow skip it. Positions are always finite.
 */
export function toNodes(design: Design, layout: Layout, view: NodeView, previous: NodeProjection): NodeProjection {
  const nodes: FlowNode[] = [];
  const put = (node: FlowNode | null): void => void (node && nodes.push(node));
  const before = (kind: 'node' | 'boundary' | 'note', id: string): FlowNode | undefined => previous.byId.get(flowId(kind, id));
  const boundaries = Object.keys(design.boundaries);
  if (boundaries.length > 0) {
    const counts = countInside(design);
    boundaries.sort((a, b) => boundaryDepth(design, a) - boundaryDepth(design, b));
    for (const id of boundaries) put(boundary(design, layout, view, id, counts.get(id) ?? 0, before('boundary', id)));
  }
  Object.keys(design.notes).forEach((id, index) => put(note(design, layout, view, id, index, before('note', id))));
  Object.keys(design.nodes).forEach((id, index) => put(component(design, layout, view, id, index, before('node', id))));
  if (nodes.length === previous.nodes.length && nodes.every((node, index) => node === previous.nodes[index])) return previous;
  return { nodes, byId: new Map(nodes.map((node) => [node.id, node])) };
}
