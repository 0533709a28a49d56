import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { applyPatches, edit } from '../history.ts';
import { alignObjects, distributeObjects, type Alignment, type Arranged, type Distribution } from './arrange.ts';
import { applyArrangement, setPinned } from './layout.ts';
import { boxOf } from './membership.ts';

interface Thing { readonly kind: 'node' | 'note'; readonly x: number; readonly y: number; readonly w: number; readonly pinned: boolean }

const anyThing: fc.Arbitrary<Thing> = fc.record({ kind: fc.constantFrom('node', 'node', 'note'), x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }), w: fc.constantFrom(184, 216, 248, 201), pinned: fc.constantFrom(false, false, false, true) });

function drawing(things: readonly Thing[]): { readonly design: Design; readonly selection: Arranged } {
  const design = emptyDesign();
  things.forEach(({ kind, x, y, w, pinned }, index) => {
    const id = `${kind}${index}`;
    if (kind === 'note') {
      design.notes[id] = { id, text: '' };
      design.layout.notes[id] = { x, y, w, h: 80 };
    } else {
      design.nodes[id] = { id, type: 'service', name: id, params: {} };
      design.layout.nodes[id] = { x, y, w: Math.min(248, Math.max(184, w)), ...(pinned ? { pinned } : {}) };
    }
  });
  return { design, selection: { node: Object.keys(design.nodes), note: Object.keys(design.notes), boundary: [] } };
}

const boxes = (design: Design, { node, note }: Arranged) => [...node.map((id) => boxOf(design, 'node', id)), ...note.map((id) => boxOf(design, 'note', id))].flatMap((box) => box ?? []);

const bounds = (design: Design, selection: Arranged, at: 'x' | 'y', size: 'w' | 'h'): readonly number[] => {
  const all = boxes(design, selection);
  return [Math.min(...all.map((box) => box[at])), Math.max(...all.map((box) => box[at] + box[size]))];
};

const pinnedPlaces = (design: Design) => Object.values(design.layout.nodes).filter((place) => place.pinned);

test('aligning twice is aligning once; pinned things stay, one undo step puts all back', () => {
  fc.assert(fc.property(fc.array(anyThing, { minLength: 2, maxLength: 7 }), fc.constantFrom<Alignment>('left', 'right', 'top', 'bottom', 'centres', 'middles'), (things, to) => {
    const { design, selection } = drawing(things);
    const once = edit(design, 'Align', (draft) => alignObjects(draft, selection, to));
    if (once === null) return;
    expect(edit(once.design, 'Align', (draft) => alignObjects(draft, selection, to))).toBeNull();
    expect(pinnedPlaces(once.design)).toEqual(pinnedPlaces(design));
    expect(applyPatches(once.design, once.entry.inverse)).toEqual(design);
    const free = boxes(once.design, { ...selection, node: selection.node.filter((id) => !design.layout.nodes[id]?.pinned) });
    const line = { left: free.map(({ x }) => x), right: free.map(({ x, w }) => x + w), top: free.map(({ y }) => y), bottom: free.map(({ y, h }) => y + h), centres: free.map(({ x, w }) => x + w / 2), middles: free.map(({ y, h }) => y + h / 2) }[to];
    expect(new Set(line).size).toBeLessThanOrEqual(1);
    if (pinnedPlaces(design).length > 0 || to === 'centres' || to === 'middles') return;
    const [at, size, end] = ({ left: ['x', 'w', 0], right: ['x', 'w', 1], top: ['y', 'h', 0], bottom: ['y', 'h', 1] } as const)[to];
    expect(bounds(once.design, selection, at, size)[end]).toBe(bounds(design, selection, at, size)[end]);
  }));
});

test('distributing twice is distributing once; bounds and pinned things stay, gaps are equal', () => {
  fc.assert(fc.property(fc.array(anyThing, { minLength: 3, maxLength: 7 }), fc.constantFrom<Distribution>('across', 'down'), (things, way) => {
    const { design, selection } = drawing(things);
    const once = edit(design, 'Distribute', (draft) => void distributeObjects(draft, selection, way));
    if (once === null) return;
    expect(edit(once.design, 'Distribute', (draft) => void distributeObjects(draft, selection, way))).toBeNull();
    expect(pinnedPlaces(once.design)).toEqual(pinnedPlaces(design));
    if (pinnedPlaces(design).length > 0) return;
    const [at, size] = way === 'across' ? (['x', 'w'] as const) : (['y', 'h'] as const);
    expect(bounds(once.design, selection, at, size)).toEqual(bounds(design, selection, at, size));
    const sorted = [...boxes(once.design, selection)].sort((a, b) => a[at] - b[at]);
    const gaps = sorted.slice(1).map((box, index) => box[at] - ((sorted[index]?.[at] ?? 0) + (sorted[index]?.[size] ?? 0)));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(2);
  }));
});

test('a boundary takes its contents along, and stays where one of them is pinned', () => {
  const { design, selection } = drawing([{ kind: 'node', x: 100, y: 100, w: 184, pinned: false }, { kind: 'node', x: 800, y: 400, w: 184, pinned: false }]);
  design.boundaries['b'] = { id: 'b', kind: 'zone', name: 'Zone a' };
  design.layout.boundaries['b'] = { x: 700, y: 300, w: 400, h: 240 };
  Object.assign(design.nodes['node1'] ?? {}, { boundary: 'b' });
  const chosen = { ...selection, boundary: ['b'] };
  const moved = edit(design, 'Align', (draft) => alignObjects(draft, chosen, 'top'))?.design;
  expect([moved?.layout.boundaries['b']?.y, moved?.layout.nodes['node1']?.y]).toEqual([100, 200]);
  const pinned = edit(design, 'Pin', (draft) => setPinned(draft, ['node1'], true))?.design ?? design;
  const stays = edit(pinned, 'Align', (draft) => alignObjects(draft, chosen, 'top'))?.design;
  expect([stays?.layout.boundaries['b']?.y, stays?.layout.nodes['node0']?.y]).toEqual([300, 300]);
  expect(edit(pinned, 'Unpin', (draft) => setPinned(draft, ['node1'], false))?.design).toEqual(design);
});

test('what a layout changes is one step, and only that', () => {
  const { design } = drawing([{ kind: 'node', x: 1, y: 1, w: 216, pinned: false }, { kind: 'note', x: 5, y: 5, w: 201, pinned: false }]);
  design.layout.edges['e'] = { points: [] };
  const change = edit(design, 'Tidy layout', (draft) => applyArrangement(draft, { nodes: { node0: { x: 8, y: 16 }, gone: { x: 0, y: 0 } }, notes: { note1: { x: 24, y: 32 } }, boundaries: {}, routes: ['e'], crowded: [] }));
  expect(change?.design.layout).toEqual({ nodes: { node0: { x: 8, y: 16, w: 216 } }, notes: { note1: { x: 24, y: 32, w: 201, h: 80 } }, boundaries: {}, edges: {} });
  expect(applyPatches(change?.design ?? design, change?.entry.inverse ?? [])).toEqual(design);
});
