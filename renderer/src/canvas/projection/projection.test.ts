import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { applyPatches, edit } from '../../document/history.ts';
import { addNode, connect } from '../../document/edits/add.ts';
import { moveObjects } from '../../document/edits/move.ts';
import { renameObject, setParam } from '../../document/edits/set.ts';
import { flowId, parseFlowId } from './flow-types.ts';
import { fromChanges, toMoves } from './from-changes.ts';
import { NO_EDGES, toEdges } from './to-edges.ts';
import { NO_NODES, toNodes, type NodeProjection, type NodeView } from './to-nodes.ts';

const QUIET: NodeView = { selected: new Set(), drag: new Map(), names: new Map(), locked: false };

function drawn(): Design {
  const made = edit(emptyDesign(), 'draw', (draft) => {
    addNode(draft, { id: 'a', type: 'service', name: 'A', at: { x: 0, y: 0 } });
    addNode(draft, { id: 'b', type: 'service', name: 'B', at: { x: 272, y: 0 } });
    addNode(draft, { id: 'c', type: 'service', name: 'C', at: { x: 544, y: 0 } });
    connect(draft, { id: 'ab', from: 'a', to: 'b' });
    connect(draft, { id: 'bc', from: 'b', to: 'c' });
  });
  if (!made) throw new Error('nothing was drawn');
  return made.design;
}

function project(design: Design, previous: NodeProjection = NO_NODES, view: Partial<NodeView> = {}): NodeProjection {
  return toNodes(design, design.layout, { ...QUIET, ...view }, previous);
}

const changed = (design: Design, recipe: (draft: Design) => void): Design => edit(design, 'change', recipe)?.design ?? design;

describe('projection', () => {
  it('returns the same objects for the same document', () => {
    const design = drawn();
    const first = project(design);
    expect(project(design, first)).toBe(first);
    const edges = toEdges(design, new Set(), NO_EDGES);
    expect(toEdges(design, new Set(), edges)).toBe(edges);
  });

  it('replaces only the node that moved, and keeps its data', () => {
    const before = drawn();
    const first = project(before);
    const second = project(changed(before, (draft) => moveObjects(draft, { node: { b: { x: 280, y: 80 } } })), first);
    expect(second.byId.get('node:a')).toBe(first.byId.get('node:a'));
    expect(second.byId.get('node:c')).toBe(first.byId.get('node:c'));
    expect(second.byId.get('node:b')).not.toBe(first.byId.get('node:b'));
    expect(second.byId.get('node:b')?.data).toBe(first.byId.get('node:b')?.data);
  });

  it('replaces only the node whose meaning changed, and no edge', () => {
    const before = drawn();
    const first = project(before);
    const edges = toEdges(before, new Set(), NO_EDGES);
    const after = changed(before, (draft) => setParam(draft, { kind: 'node', id: 'a' }, 'instances', 4));
    const second = project(after, first);
    expect(second.nodes.filter((node, index) => node !== first.nodes[index]).map((node) => node.id)).toEqual(['node:a']);
    expect(toEdges(after, new Set(), edges)).toBe(edges);
  });

  it('follows selection and drags, and returns to the old object of neither', () => {
    const design = drawn();
    const first = project(design);
    const second = project(design, first, { selected: new Set(['node:a']), drag: new Map([['node:b', { x: 8, y: 8 }]]) });
    expect(second.byId.get('node:a')?.selected).toBe(true);
    expect(second.byId.get('node:b')?.position).toEqual({ x: 8, y: 8 });
    expect(second.byId.get('node:c')).toBe(first.byId.get('node:c'));
    expect(toEdges(design, new Set(['ab']), toEdges(design, new Set(), NO_EDGES)).byId.get('ab')?.selected).toBe(true);
  });

  it('never hands on a place that is not a finite number, and skips connections without ends', () => {
    const design = drawn();
    const broken: Design = { ...design, edges: { ...design.edges, x: { id: 'x', from: 'a', to: 'gone', params: {} } }, layout: { ...design.layout, nodes: { a: { x: Number.NaN, y: Infinity } } } };
    for (const node of project(broken).nodes) expect(Number.isFinite(node.position.x) && Number.isFinite(node.position.y)).toBe(true);
    expect(toEdges(broken, new Set(), NO_EDGES).byId.has('x')).toBe(false);
  });

  it('survives undo with the objects of what did not change', () => {
    const before = drawn();
    const change = edit(before, 'rename', (draft) => renameObject(draft, 'node', 'a', 'Renamed'));
    const first = project(before);
    const second = project(change?.design ?? before, first);
    const third = project(change ? applyPatches(change.design, change.entry.inverse) : before, second);
    expect(third.byId.get('node:b')).toBe(first.byId.get('node:b'));
    expect(third.byId.get('node:a')?.type).toBe('component');
  });
});

describe('changes', () => {
  it('reads moves and selections, drops impossible places, and ignores measuring', () => {
    const meaning = fromChanges([
      { type: 'position', id: 'node:a', position: { x: 8, y: 16 }, dragging: true },
      { type: 'position', id: 'node:b', position: { x: Number.NaN, y: 0 } },
      { type: 'select', id: 'node:c', selected: true },
      { type: 'dimensions', id: 'node:a', dimensions: { width: 1, height: 1 } },
    ]);
    expect([...meaning.moves]).toEqual([['node:a', { x: 8, y: 16 }]]);
    expect([...meaning.select]).toEqual([['node:c', true]]);
    expect(toMoves(new Map([['node:a', { x: 8, y: 16 }], ['note:t', { x: 1, y: 2 }]]))).toEqual({ node: { a: { x: 8, y: 16 } }, boundary: {}, note: { t: { x: 1, y: 2 } } });
  });

  it('carries any id through the canvas and never into a selector', () => {
    for (const id of ['plain', 'a"]b', 'back\\slash', '100%', 'a:b', '__proto__', 'line\nbreak']) {
      expect(parseFlowId(flowId('node', id))).toEqual({ kind: 'node', id });
      expect(flowId('node', id)).not.toMatch(/["\\\n]/);
    }
  });
});
