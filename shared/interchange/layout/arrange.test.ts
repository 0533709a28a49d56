import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DesignBuilder } from '../../../tests/support/design-builder.ts';
import { elkLayouter } from '../../../tests/support/elk.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import type { Design } from '../../model/design.ts';
import { arrangeDrawing, type Arrangement } from './arrange.ts';
import { apart, roomOf, within, type Rect } from './geometry.ts';
import { readPaper, type Chosen } from './paper.ts';

/** The design after the layout. */
function after(design: Design, { nodes, notes, boundaries, routes }: Arrangement): Design {
  const next = structuredClone(design);
  for (const [id, at] of Object.entries(nodes)) next.layout.nodes[id] = { ...next.layout.nodes[id], ...at };
  for (const [id, at] of Object.entries(notes)) next.layout.notes[id] = { ...(next.layout.notes[id] as Rect), ...at };
  for (const [id, box] of Object.entries(boundaries)) next.layout.boundaries[id] = { ...next.layout.boundaries[id], ...box };
  for (const id of routes) delete next.layout.edges[id];
  return next;
}

/** Any drawing with nested boundaries, notes, routes, pinned parts and places on and off the grid, overlapping at will. */
function anyDrawing(size: number): fc.Arbitrary<Design> {
  const place = fc.record({ x: fc.integer({ min: -800, max: 1600 }), y: fc.integer({ min: -600, max: 900 }) });
  return fc.tuple(randomDesign(size), fc.array(fc.tuple(place, fc.nat(6), fc.nat(9)), { minLength: size + 1, maxLength: size + 1 }), fc.integer({ min: 0, max: 3 }), fc.array(place, { maxLength: 3 })).map(([base, spots, zones, notes]) => {
    const design = structuredClone(base);
    for (let index = 0; index < zones; index += 1) {
      const id = `b${index}`;
      design.boundaries[id] = { id, kind: 'zone', name: id, parent: index === 2 ? 'b0' : null };
      design.layout.boundaries[id] = { x: index * 640 - 300, y: index * 40, w: 560, h: 420 };
    }
    Object.values(design.nodes).forEach((node, index) => {
      const [at, home, luck] = spots[index % spots.length] ?? [{ x: 0, y: 0 }, 0, 0];
      node.name = node.id.repeat(1 + (luck % 9));
      node.boundary = home < zones ? `b${home}` : null;
      design.layout.nodes[node.id] = { ...at, ...(luck === 0 ? { pinned: true } : {}) };
    });
    notes.forEach((at, index) => {
      design.notes[`t${index}`] = { id: `t${index}`, text: 'Note', boundary: index < zones ? `b${index}` : null };
      design.layout.notes[`t${index}`] = { ...at, w: 201, h: 90 };
    });
    for (const id of Object.keys(design.edges).slice(0, 3)) design.layout.edges[id] = { points: [{ x: 1, y: 2 }] };
    return design;
  });
}

const chosenOf = (design: Design, bits: readonly boolean[]): Chosen => {
  const some = (ids: readonly string[]): string[] => ids.filter((_, index) => bits[index % bits.length]);
  return { node: some(Object.keys(design.nodes)), boundary: some(Object.keys(design.boundaries)), note: some(Object.keys(design.notes)) };
};

/** Everything that must stay off something else: pairs of boxes of which none holds the other. */
function meeting(design: Design, chosen: Chosen | null): string[] {
  const { leaves, frames } = readPaper(design, chosen);
  const around = (id: string | null): string[] => (id === null ? [] : [id, ...around(frames.get(id)?.parent ?? null)]);
  const things = [
    ...leaves.map(({ key, rect, parent, moves }) => ({ key, rect, self: '', up: around(parent), moves })),
    ...[...frames.values()].flatMap(({ id, rect, parent, state }) => (rect ? [{ key: `boundary ${id}`, rect, self: id, up: around(parent), moves: state !== 'fixed', anchored: state === 'anchored' }] : [])),
  ];
  return things.flatMap((a, index) => things.slice(index + 1).flatMap((b) => {
    if ((!a.moves && !b.moves) || a.up.includes(b.self) || b.up.includes(a.self)) return [];
    return apart(a.rect, b.rect) ? [] : [`${a.key} and ${b.key}`];
  }));
}

async function checkAll(design: Design): Promise<void> {
  const change = await arrangeDrawing(design, null, elkLayouter);
  const next = after(design, change);
  const { leaves, frames } = readPaper(next, null);
  for (const { id, kind, moves, rect, parent } of leaves) {
    if (!moves) expect(next.layout.nodes[id]).toEqual(design.layout.nodes[id]);
    else expect([kind, id, Math.abs(rect.x % 8), Math.abs(rect.y % 8)]).toEqual([kind, id, 0, 0]);
    const frame = parent === null ? undefined : frames.get(parent);
    if (frame?.rect) expect(within(rect, roomOf(frame.rect)), `${id} in ${frame.id}`).toBe(true);
  }
  for (const { rect, parent, id } of frames.values()) {
    const frame = parent === null ? undefined : frames.get(parent);
    if (frame?.rect && rect) expect(within(rect, roomOf(frame.rect)), `${id} in ${frame.id}`).toBe(true);
  }
  const pinned = leaves.some(({ moves }) => !moves);
  // around pinned parts that stand in each other's way no boundary can close without meeting something
  if (!pinned) expect(meeting(next, null)).toEqual([]);
  else expect(meeting(next, null).filter((pair) => !pair.includes('boundary'))).toEqual([]);
  const shuffled = { ...design, nodes: Object.fromEntries(Object.entries(design.nodes).reverse()), edges: Object.fromEntries(Object.entries(design.edges).reverse()) };
  expect(stableStringify(await arrangeDrawing(shuffled, null, elkLayouter))).toBe(stableStringify(change));
}

describe('a layout of everything', () => {
  test('overlaps nothing, keeps to the grid and leaves pinned parts alone, the same whatever the order of the file', async () => {
    await fc.assert(fc.asyncProperty(anyDrawing(14), checkAll), { numRuns: 40, seed: 7 });
  });
});

describe('a layout of a part', () => {
  test('leaves the rest unchanged to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(anyDrawing(14), fc.array(fc.boolean(), { minLength: 5, maxLength: 17 }), async (design, bits) => {
        const chosen = chosenOf(design, bits);
        const change = await arrangeDrawing(design, chosen, elkLayouter);
        const { leaves, frames } = readPaper(design, chosen);
        const next = after(design, change);
        for (const { id, kind, moves } of leaves) if (!moves) expect(kind === 'node' ? next.layout.nodes[id] : next.layout.notes[id]).toEqual(kind === 'node' ? design.layout.nodes[id] : design.layout.notes[id]);
        for (const { id, state } of frames.values()) if (state === 'fixed') expect(next.layout.boundaries[id]).toEqual(design.layout.boundaries[id]);
        const tight = (parent: string | null): boolean => parent !== null && (change.crowded.includes(parent) || tight(frames.get(parent)?.parent ?? null));
        const stuck = new Set(leaves.filter(({ parent }) => tight(parent)).map(({ key }) => key));
        expect(meeting(next, chosen).filter((pair) => !pair.includes('boundary') && !pair.split(' and ').some((key) => stuck.has(key)))).toEqual([]);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

test('a chain runs from left to right on one line, 88 apart, where it was; a second layout changes nothing', async () => {
  const design = new DesignBuilder().client('a').service('b').rdbms('c').chain('a', 'b', 'c').build();
  design.layout.nodes = { a: { x: 401, y: 300 }, b: { x: 203, y: 310 }, c: { x: 0, y: 290 } };
  const next = after(design, await arrangeDrawing(design, null, elkLayouter));
  const [a, b, c] = ['a', 'b', 'c'].map((id) => next.layout.nodes[id]);
  expect([b?.x, c?.x]).toEqual([(a?.x ?? 0) + 272, (a?.x ?? 0) + 544]);
  expect(new Set([a?.y, b?.y, c?.y]).size).toBe(1);
  expect(Math.abs((b?.x ?? 0) + 92 - 292.5) <= 8).toBe(true);
  expect(await arrangeDrawing(next, null, elkLayouter)).toEqual({ nodes: {}, notes: {}, boundaries: {}, routes: [], crowded: [] });
});

test('a boundary that stays and is too small is named, and what stands in it is left alone', async () => {
  const design = new DesignBuilder().service('a').service('b').chain('a', 'b').build();
  design.boundaries.z = { id: 'z', kind: 'zone', name: 'Zone a' };
  design.layout.boundaries.z = { x: 0, y: 0, w: 300, h: 240 };
  for (const id of ['a', 'b']) Object.assign(design.nodes[id] ?? {}, { boundary: 'z' });
  design.layout.nodes = { a: { x: 24, y: 48 }, b: { x: 90, y: 140 } };
  const chosen = { node: ['a', 'b'], boundary: [], note: [] };
  expect(await arrangeDrawing(design, chosen, elkLayouter)).toEqual({ nodes: {}, notes: {}, boundaries: {}, routes: [], crowded: ['z'] });
  expect((await arrangeDrawing(design, { ...chosen, boundary: ['z'] }, elkLayouter)).boundaries['z']).toMatchObject({ w: 2 * 184 + 88 + 48, h: 136 });
});

test('drops a drawn route when both of its ends move, and only then', async () => {
  const design = new DesignBuilder().client('a').service('b').rdbms('c').chain('a', 'b', 'c').build();
  design.layout.nodes = { a: { x: 0, y: 0, pinned: true }, b: { x: 3, y: 300 }, c: { x: 5, y: 500 } };
  for (const id of Object.keys(design.edges)) design.layout.edges[id] = { points: [{ x: 0, y: 0 }] };
  expect((await arrangeDrawing(design, null, elkLayouter)).routes).toEqual(['b>c']);
});
