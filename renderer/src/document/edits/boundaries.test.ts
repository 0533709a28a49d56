import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDARY } from '../../../../shared/drawing/boundary-figures.ts';
import { emptyDesign, type Boundary, type Design } from '../../../../shared/model/design.ts';
import { edit } from '../history.ts';
import { addNode, addNote } from './add.ts';
import { addBoundary, boxWithCorner, dropBoundary, groupObjects, groupProblem, growBoundaries, newBoundaryName, resizeBoundary, shrinkToFit, ungroup } from './boundaries.ts';
import { boundaryAt, boundariesInside, boxOf, contentsOf } from './membership.ts';
import { moveObjects } from './move.ts';
import { kindProblem } from './nesting.ts';
import { renameObject } from './set.ts';

type Recipe = (draft: Design) => void;
type Kind = Boundary['kind'];

/** A region with two zones, two components in each, one component and a note on the paper. */
function sample(): Design {
  const design = emptyDesign('Sample');
  for (const [id, x, y] of [['n1', 0, 0], ['n2', 272, 0], ['n3', 0, 320], ['n4', 272, 320], ['n5', 1000, 0]] as const) addNode(design, { id, type: 'service', name: id, at: { x, y } });
  addNote(design, { id: 't1', text: 'Note', at: { x: 1000, y: 320 } });
  groupObjects(design, { id: 'a', kind: 'zone', name: 'Zone a' }, { node: ['n1', 'n2'] });
  groupObjects(design, { id: 'b', kind: 'zone', name: 'Zone b' }, { node: ['n3', 'n4'] });
  groupObjects(design, { id: 'r', kind: 'region', name: 'Region' }, { boundary: ['a', 'b'] });
  return design;
}

/** Things that stand in a boundary and reach over its padding. */
function sticking(design: Design): readonly string[] {
  return Object.keys(design.boundaries).flatMap((id) => {
    const box = boxOf(design, 'boundary', id);
    const contents = contentsOf(design, id);
    return (['node', 'boundary', 'note'] as const).flatMap((kind) => contents[kind].filter((child) => {
      const inner = boxOf(design, kind, child);
      if (!box || !inner) return true;
      return inner.x - BOUNDARY.side < box.x || inner.y - BOUNDARY.top < box.y || inner.x + inner.w + BOUNDARY.side > box.x + box.w || inner.y + inner.h + BOUNDARY.side > box.y + box.h;
    }));
  });
}

const at = fc.record({ x: fc.integer({ min: -120, max: 180 }), y: fc.integer({ min: -100, max: 100 }) }).map(({ x, y }) => ({ x: x * 8, y: y * 8 }));
const aNode = fc.constantFrom('n1', 'n2', 'n3', 'n4', 'n5');

/** A boundary moves as a hand moves it: with all that stands in it. */
function dragBoundary(draft: Design, id: string, to: { readonly x: number; readonly y: number }): void {
  const before = draft.layout.boundaries[id];
  if (!before) return;
  const by = { x: to.x - before.x, y: to.y - before.y };
  const inside = [id, ...boundariesInside(draft, id)];
  const shift = <T extends { x: number; y: number }>(boxes: Record<string, T>, ids: readonly string[]): Record<string, { x: number; y: number }> =>
    Object.fromEntries(ids.flatMap((each) => (boxes[each] ? [[each, { x: boxes[each].x + by.x, y: boxes[each].y + by.y }]] : [])));
  moveObjects(draft, {
    boundary: shift(draft.layout.boundaries, inside),
    node: shift(draft.layout.nodes, inside.flatMap((each) => contentsOf(draft, each).node)),
    note: shift(draft.layout.notes, inside.flatMap((each) => contentsOf(draft, each).note)),
  });
}

const aStep: fc.Arbitrary<Recipe> = fc.oneof(
  fc.tuple(aNode, at).map(([id, to]): Recipe => (draft) => moveObjects(draft, { node: { [id]: to } })),
  fc.tuple(aNode, at).map(([id, to]): Recipe => (draft) => moveObjects(draft, { node: { [id]: to, n5: { x: to.x + 200, y: to.y } }, note: { t1: to } })),
  fc.tuple(fc.constantFrom('a', 'b', 'r'), at).map(([id, to]): Recipe => (draft) => dragBoundary(draft, id, to)),
  fc.tuple(aNode, fc.constantFrom('x', 'A component with quite a long name')).map(([id, name]): Recipe => (draft) => renameObject(draft, 'node', id, name)),
  fc.constantFrom('', 'long\n'.repeat(20)).map((text): Recipe => (draft) => renameObject(draft, 'note', 't1', text)),
  at.map((to): Recipe => (draft) => addNode(draft, { id: 'new', type: 'redis', name: 'Redis', at: to })),
);

describe('boundaries', () => {
  it('hold everything that belongs to them, with padding, after any sequence of moves, and never shrink', () => {
    fc.assert(
      fc.property(fc.array(aStep, { minLength: 1, maxLength: 8 }), (steps) => {
        let design = sample();
        expect(sticking(design)).toEqual([]);
        for (const step of steps) {
          const before = design.layout.boundaries;
          design = edit(design, 'step', step)?.design ?? design;
          expect(sticking(design)).toEqual([]);
          for (const [id, box] of Object.entries(design.layout.boundaries)) {
            expect(box.w).toBeGreaterThanOrEqual(before[id]?.w ?? 0);
            expect(box.h).toBeGreaterThanOrEqual(before[id]?.h ?? 0);
            expect([box.x, box.y, box.w, box.h].map((value) => value % 8)).toEqual([0, 0, 0, 0].map(() => expect.closeTo(0)));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('give a component that was let go to the innermost boundary that holds its centre', () => {
    fc.assert(
      fc.property(at, (to) => {
        const design = sample();
        const wanted = boundaryAt(design, to.x + 92, to.y + 32);
        moveObjects(design, { node: { n5: to } });
        expect(design.nodes['n5']?.boundary ?? null).toBe(wanted);
      }),
    );
  });

  it('shrink to fit on request only, to the padding exactly, and what held them stays', () => {
    const design = sample();
    const closed = structuredClone(design.layout.boundaries);
    moveObjects(design, { node: { n2: { x: 320, y: 40 } } });
    moveObjects(design, { node: { n2: { x: 272, y: 0 } } });
    expect(design.layout.boundaries['a']).not.toEqual(closed['a']);
    const region = structuredClone(design.layout.boundaries['r']);
    shrinkToFit(design, 'a');
    expect(design.layout.boundaries['a']).toEqual(closed['a']);
    expect(design.layout.boundaries['r']).toEqual(region);
  });

  it('a corner stops at the contents and at the least size, and takes in what it comes to cover', () => {
    const design = sample();
    const before = boxOf(design, 'boundary', 'a') ?? { x: 0, y: 0, w: 0, h: 0 };
    expect(boxWithCorner(design, 'a', before, { x: 'right', y: 'bottom' }, { x: -999, y: -999 })).toEqual(before);
    const wide = boxWithCorner(design, 'a', before, { x: 'right', y: 'bottom' }, { x: 1301, y: before.y + before.h });
    expect(wide.w % 8).toBe(0);
    resizeBoundary(design, 'a', wide, before);
    expect(design.nodes['n5']?.boundary).toBe('a');
    expect(sticking(design)).toEqual([]);
  });
});

describe('grouping', () => {
  const meaning = ({ nodes, boundaries, notes }: Design): unknown => {
    const home = (thing: { readonly boundary?: string | null | undefined }): string | null => thing.boundary ?? null;
    return { nodes: Object.values(nodes).map((node) => [node.id, home(node)]), notes: Object.values(notes).map((note) => [note.id, home(note)]), boundaries: Object.values(boundaries).map(({ id, parent }) => [id, parent ?? null]) };
  };

  it('and ungrouping things of one place is no change of meaning or of places', () => {
    fc.assert(
      fc.property(fc.constantFrom<{ node?: string[]; boundary?: string[]; note?: string[] }>({ node: ['n1'] }, { node: ['n1', 'n2'] }, { boundary: ['a', 'b'] }, { boundary: ['a'], node: ['n1'] }, { node: ['n5'], note: ['t1'] }, { boundary: ['r'], node: ['n5', 'n3'] }), fc.constantFrom<Kind>('group', 'cluster'), (things, kind) => {
        const design = sample();
        const before = structuredClone(design);
        groupObjects(design, { id: 'new', kind, name: 'New' }, things);
        expect(design.boundaries['new']).toBeDefined();
        expect(sticking(design)).toEqual([]);
        ungroup(design, ['new']);
        expect(meaning(design)).toEqual(meaning(before));
        expect(design.layout.nodes).toEqual(before.layout.nodes);
        expect(Object.keys(design.layout.boundaries)).toEqual(Object.keys(before.layout.boundaries));
      }),
    );
  });

  it('stands in the innermost boundary that held all of its contents', () => {
    const design = sample();
    groupObjects(design, { id: 'new', kind: 'group', name: 'New' }, { node: ['n1', 'n3'] });
    expect(design.boundaries['new']?.parent).toBe('r');
  });

  it('refuses what cannot stand in each other, with a reason', () => {
    const design = sample();
    expect(groupProblem(design, { boundary: ['r'] }, 'zone')).toBe('A region cannot stand in a zone. Draw the zone inside the region.');
    expect(groupProblem(design, { node: ['n1'] }, 'zone')).toBe('A zone cannot stand in another zone.');
    expect(groupProblem(design, { node: ['n1'] }, 'cluster')).toBeNull();
    expect(groupProblem(design, {}, 'group')).toMatch(/^Select/);
    expect(kindProblem(design, 'a', 'region')).toMatch(/^A region cannot/);
    expect(kindProblem(design, 'r', 'group')).toBeNull();
    addBoundary(design, { id: 'z', kind: 'zone', name: 'Zone c', box: { x: 24, y: 0, w: 128, h: 96 } });
    expect(design.boundaries['z']?.parent).toBe('r');
  });

  it('names are new', () => {
    const design = sample();
    expect([newBoundaryName(design, 'zone'), newBoundaryName(design, 'region'), newBoundaryName(design, 'group')]).toEqual(['Zone c', 'Region 2', 'Group']);
  });

  it('growing ends where parents form a circle', () => {
    const design = sample();
    if (design.boundaries['r']) design.boundaries['r'].parent = 'a';
    growBoundaries(design, ['a', 'missing', null]);
    expect(Object.values(design.layout.boundaries).every((box) => Number.isFinite(box.w))).toBe(true);
  });
});

describe('dropBoundary', () => {
  it('takes in what stands under it, but not what a boundary further inside holds', () => {
    const design = emptyDesign('Drop');
    addNode(design, { id: 'n1', type: 'service', name: 'n1', at: { x: 80, y: 80 } });
    addNode(design, { id: 'n2', type: 'service', name: 'n2', at: { x: 900, y: 80 } });
    groupObjects(design, { id: 'c', kind: 'cluster', name: 'Cluster' }, { node: ['n2'] });
    dropBoundary(design, { id: 'z', kind: 'zone', name: 'Zone a', box: { x: 0, y: 0, w: 1400, h: 400 } });
    expect([design.nodes['n1']?.boundary, design.nodes['n2']?.boundary, design.boundaries['c']?.parent]).toEqual(['z', 'c', 'z']);
    expect(sticking(design)).toEqual([]);
  });

  it('stands in the middle of a component as well', () => {
    const design = emptyDesign('Drop');
    addNode(design, { id: 'n1', type: 'service', name: 'n1', at: { x: 80, y: 80 } });
    const box = boxOf(design, 'node', 'n1');
    if (!box) throw new Error('no box');
    dropBoundary(design, { id: 'z', kind: 'zone', name: 'Zone a', box: { x: box.x + box.w / 2 - 160, y: box.y + box.h / 2 - 100, w: 320, h: 200 } });
    expect(design.nodes['n1']?.boundary).toBe('z');
  });
});
