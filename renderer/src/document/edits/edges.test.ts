import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design, type JourneyStep } from '../../../../shared/model/design.ts';
import { applyPatches, edit } from '../history.ts';
import { carryRoutes, holdRoute, resetRoutes, spliceNode } from './edges.ts';
import { moveObjects } from './move.ts';

/** A client, two services and a store in a row, and a queue that is connected to nothing. */
function sample(): Design {
  const design = emptyDesign('Sample');
  ['c', 's', 'd', 'free'].forEach((id, index) => {
    design.nodes[id] = { id, type: 'service', name: id, params: {} };
    design.layout.nodes[id] = { x: index * 272, y: 0 };
  });
  design.edges.e1 = { id: 'e1', from: 'c', to: 's', params: { calls: 2 } };
  design.edges.e2 = { id: 'e2', from: 's', to: 'd', kind: 'db', params: { timeout_ms: 50, entity: 'x' } };
  design.layout.edges.e2 = { points: [{ x: 400, y: 96 }, { x: 500, y: 96 }] };
  design.entities.x = { id: 'x', name: 'Link', home: 'd' };
  design.journeys.j1 = { id: 'j1', name: 'Read', rate_rps: 10, entry: 'e1', steps: [{ edge: 'e1' }, { edge: 'e2', op: 'read', queries: 3, calls: 2 }] };
  design.journeys.j2 = { id: 'j2', name: 'Skip', rate_rps: 1, entry: 'e1', steps: [{ edge: 'e2', calls: 0 }] };
  return design;
}

const run = (design: Design, recipe: (draft: Design) => void): Design => edit(design, 'Test', recipe)?.design ?? design;
const splice = (draft: Design): void => spliceNode(draft, { edge: 'e2', node: 'free', second: 'new' });

describe('splicing a component into a connection', () => {
  it('keeps the id for the first half, and gives what is about the old target to the second', () => {
    const { edges, layout } = run(sample(), splice);
    expect(edges.e2).toEqual({ id: 'e2', from: 's', to: 'free', params: { timeout_ms: 50 } });
    expect(edges.new).toEqual({ id: 'new', from: 'free', to: 'd', kind: 'db', params: { entity: 'x' } });
    expect(layout.edges).toEqual({});
  });

  it('leads journeys over both halves in order, and leaves it left out where it was', () => {
    const { journeys } = run(sample(), splice);
    expect(journeys.j1?.steps).toEqual([{ edge: 'e1' }, { edge: 'e2', op: 'read', calls: 2 }, { edge: 'new', op: 'read', queries: 3 }]);
    expect(journeys.j2?.steps).toEqual([{ edge: 'e2', calls: 0 }]);
    const pushed = run(sample(), (draft) => {
      draft.journeys.j1 = { id: 'j1', name: 'Push', rate_rps: 1, entry: 'e1', steps: [{ edge: 'e2', push: true }] };
      splice(draft);
    });
    expect(pushed.journeys.j1?.steps).toEqual([{ edge: 'new', push: true }, { edge: 'e2', push: true }]);
  });

  it('changes nothing for a component that the connection ends at, or that is not there', () => {
    for (const node of ['s', 'd', 'missing']) expect(edit(sample(), 'Test', (draft) => spliceNode(draft, { edge: 'e2', node, second: 'new' }))).toBeNull();
  });

  it('keeps every other step where it was, for any journey, and is undone exactly', () => {
    const step = fc.record({ edge: fc.constantFrom('e1', 'e2'), calls: fc.constantFrom(0, 1, 4), op: fc.constantFrom('read' as const, 'write' as const) }) satisfies fc.Arbitrary<JourneyStep>;
    fc.assert(fc.property(fc.array(step, { maxLength: 5 }), (steps) => {
      const design = sample();
      design.journeys.j1 = { id: 'j1', name: 'Any', rate_rps: 1, entry: 'e1', steps };
      const done = edit(design, 'Test', splice);
      const after = done?.design.journeys.j1?.steps ?? [];
      expect(after.filter(({ edge }) => edge !== 'new')).toEqual(steps);
      expect(after.filter(({ edge }) => edge === 'new')).toHaveLength(steps.filter(({ edge, calls }) => edge === 'e2' && calls !== 0).length);
      after.forEach(({ edge }, index) => edge === 'new' && expect(after[index - 1]?.edge).toBe('e2'));
      expect(applyPatches(done?.design ?? design, done?.entry.inverse ?? ([] as never))).toEqual(design);
    }));
  });
});

describe('held routes', () => {
  it('are kept, replaced and let go', () => {
    const held = run(sample(), (draft) => holdRoute(draft, 'e1', [{ x: 200, y: 96 }]));
    expect(held.layout.edges.e1).toEqual({ points: [{ x: 200, y: 96 }] });
    expect(run(held, (draft) => holdRoute(draft, 'e1', [])).layout.edges).not.toHaveProperty('e1');
    expect(run(held, (draft) => resetRoutes(draft, ['e1', 'e2', 'missing'])).layout.edges).toEqual({});
    expect(edit(sample(), 'Test', (draft) => holdRoute(draft, 'missing', [{ x: 1, y: 2 }]))).toBeNull();
  });

  it('go along when both ends move by the same way, and stay when one does', () => {
    const both = run(sample(), (draft) => moveObjects(draft, { node: { s: { x: 272, y: 80 }, d: { x: 544, y: 80 } } }));
    expect(both.layout.edges.e2?.points).toEqual([{ x: 400, y: 176 }, { x: 500, y: 176 }]);
    const one = run(sample(), (draft) => moveObjects(draft, { node: { s: { x: 272, y: 80 } } }));
    expect(one.layout.edges.e2?.points).toEqual([{ x: 400, y: 96 }, { x: 500, y: 96 }]);
    expect(edit(sample(), 'Test', (draft) => carryRoutes(draft, { s: { x: Number.NaN, y: 0 }, d: { x: 1, y: 1 } }))).toBeNull();
  });
});
