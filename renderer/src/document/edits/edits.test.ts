import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCounterIds } from '../../../../shared/model/ids.ts';
import { designSchema, emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { applyPatches, edit } from '../history.ts';
import { addNode, addNote, connect } from './add.ts';
import { duplicateObjects } from './duplicate.ts';
import { boundaryAt } from './membership.ts';
import { moveObjects } from './move.ts';
import { createObjectIds } from './object-ids.ts';
import { removeObjects } from './remove.ts';
import { renameObject, reverseEdge, setEdgeKind, setNodeProperty, setParam, setTarget, setType, setWorkload } from './set.ts';

type Recipe = (draft: Design) => void;

/** A drawing with every kind of object and every kind of reference between them. */
function sample(): Design {
  const design = emptyDesign('Sample');
  const ids = ['n1', 'n2', 'n3', 'n4'];
  ids.forEach((id, index) => {
    design.nodes[id] = { id, type: 'service', name: `Service ${index}`, params: { instances: index + 1 }, boundary: index < 2 ? 'b1' : null };
    design.layout.nodes[id] = { x: index * 272, y: 0 };
  });
  for (const [id, from, to] of [['e1', 'n1', 'n2'], ['e2', 'n2', 'n3'], ['e3', 'n3', 'n4'], ['e4', 'n4', 'n4']] as const) design.edges[id] = { id, from, to, params: {} };
  design.layout.edges.e1 = { points: [{ x: 1, y: 2 }] };
  design.boundaries.b0 = { id: 'b0', kind: 'region', name: 'Region' };
  design.boundaries.b1 = { id: 'b1', kind: 'zone', name: 'Zone', parent: 'b0' };
  design.layout.boundaries.b0 = { x: -100, y: -100, w: 800, h: 400 };
  design.layout.boundaries.b1 = { x: -40, y: -48, w: 500, h: 200 };
  design.notes.t1 = { id: 't1', text: 'Note' };
  design.layout.notes.t1 = { x: 0, y: 200, w: 200, h: 64 };
  design.entities.d1 = { id: 'd1', name: 'Link', home: 'n3' };
  design.journeys.j1 = { id: 'j1', name: 'Read', rate_rps: 10, entry: 'n1', steps: [{ edge: 'e1', calls: 2 }, { edge: 'e2' }], reads: [{ entity: 'd1' }], writes: [{ entity: 'd1' }], demands: { n2: { cpu_ms: 1 }, 'stage:entry': { cpu_ms: 3 } } };
  design.journeys.j2 = { id: 'j2', name: 'Write', rate_rps: 1, entry: 'e3' };
  return design;
}

const anyNode = fc.constantFrom('n1', 'n2', 'n3', 'n4', 'missing');
const anyEdge = fc.constantFrom('e1', 'e2', 'e3', 'e4', 'missing');
const place = fc.record({ x: fc.integer({ min: -500, max: 1500 }), y: fc.integer({ min: -500, max: 500 }) });

/** Any single edit that the program can make. */
const anyRecipe: fc.Arbitrary<Recipe> = fc.oneof(
  place.map((at): Recipe => (draft) => addNode(draft, { id: 'new', type: 'redis', name: 'Redis', at, params: { replicas: 1 } })),
  place.map((at): Recipe => (draft) => addNote(draft, { id: 'new', text: 'Hello', at })),
  fc.tuple(anyNode, anyNode).map(([from, to]): Recipe => (draft) => connect(draft, { id: 'new', from, to, kind: 'http' })),
  fc.tuple(anyNode, place).map(([id, at]): Recipe => (draft) => moveObjects(draft, { node: { [id]: at } })),
  fc.tuple(fc.constantFrom('b0', 'b1'), place).map(([id, at]): Recipe => (draft) => moveObjects(draft, { boundary: { [id]: at }, note: { t1: at } })),
  fc.tuple(fc.subarray(['n1', 'n2', 'n3', 'n4']), fc.subarray(['e1', 'e2', 'e3', 'e4']), fc.subarray(['b0', 'b1']), fc.subarray(['t1'])).map(([node, edge, boundary, note]): Recipe => (draft) => removeObjects(draft, { node, edge, boundary, note })),
  fc.tuple(fc.subarray(['n1', 'n2', 'n3']), fc.subarray(['e1', 'e2'])).map(([node, edge]): Recipe => (draft) => void duplicateObjects(draft, { node, edge, note: ['t1'] }, createCounterIds([...Object.keys(draft.nodes), ...Object.keys(draft.edges), 't1']))),
  fc.tuple(anyNode, fc.string()).map(([id, name]): Recipe => (draft) => renameObject(draft, 'node', id, name)),
  fc.tuple(anyNode, fc.constantFrom('instances', 'vcpu'), fc.option(fc.integer(), { nil: undefined })).map(([id, key, value]): Recipe => (draft) => setParam(draft, { kind: 'node', id }, key, value)),
  anyNode.map((id): Recipe => (draft) => setType(draft, id, 'monolith')),
  anyNode.map((id): Recipe => (draft) => setNodeProperty(draft, id, 'zone_spread', 2)),
  anyEdge.map((id): Recipe => (draft) => setEdgeKind(draft, id, 'publish')),
  anyEdge.map((id): Recipe => (draft) => reverseEdge(draft, id)),
  fc.double({ min: 0, max: 1e6, noNaN: true }).map((value): Recipe => (draft) => setWorkload(draft, 'peak_rps', value)),
  fc.option(fc.integer({ min: 0 }), { nil: undefined }).map((value): Recipe => (draft) => setTarget(draft, 'budget_usd_month', value)),
);

/** Ids that something in the document names but nothing is. */
function dangling(design: Design): readonly string[] {
  const ends = new Set([...Object.keys(design.nodes), ...Object.keys(design.boundaries)]);
  const out: string[] = [];
  for (const edge of Object.values(design.edges)) for (const end of [edge.from, edge.to]) if (!ends.has(end)) out.push(end);
  for (const journey of Object.values(design.journeys)) {
    if (!ends.has(journey.entry) && !Object.hasOwn(design.edges, journey.entry)) out.push(journey.entry);
    for (const step of journey.steps ?? []) if (!Object.hasOwn(design.edges, step.edge)) out.push(step.edge);
    for (const read of journey.reads ?? []) if (!Object.hasOwn(design.entities, read.entity)) out.push(read.entity);
  }
  for (const entity of Object.values(design.entities)) if (!ends.has(entity.home)) out.push(entity.home);
  for (const node of Object.values(design.nodes)) if (node.boundary != null && !Object.hasOwn(design.boundaries, node.boundary)) out.push(node.boundary);
  for (const id of Object.keys(design.layout.nodes)) if (!Object.hasOwn(design.nodes, id)) out.push(id);
  return out;
}

describe('every edit', () => {
  it('is undone exactly by its inverse and redone exactly by its patch, and leaves a valid document', () => {
    fc.assert(
      fc.property(fc.array(anyRecipe, { minLength: 1, maxLength: 4 }), (recipes) => {
        const before = sample();
        const change = edit(before, 'edit', (draft) => recipes.forEach((recipe) => recipe(draft)));
        if (!change) return;
        expect(before).toEqual(sample());
        expect(applyPatches(change.design, change.entry.inverse)).toEqual(before);
        expect(applyPatches(before, JSON.parse(JSON.stringify(change.entry.patches)))).toEqual(change.design);
        expect(designSchema.safeParse(change.design).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('single edits', () => {
  const after = (recipe: Recipe): Design => edit(sample(), 'edit', recipe)?.design ?? sample();

  it('leaves nothing pointing at what was removed', () => {
    fc.assert(
      fc.property(fc.subarray(['n1', 'n2', 'n3', 'n4']), fc.subarray(['e1', 'e2', 'e3', 'e4']), fc.subarray(['b0', 'b1']), (node, edge, boundary) => {
        expect(dangling(after((draft) => removeObjects(draft, { node, edge, boundary })))).toEqual([]);
      }),
    );
  });

  it('takes the demands of a removed component along, and leaves those of a stage', () => {
    expect(after((draft) => removeObjects(draft, { node: ['n2'] })).journeys.j1?.demands).toEqual({ 'stage:entry': { cpu_ms: 3 } });
  });

  it('ungroups: the contents of a removed boundary move to the one around it', () => {
    const design = after((draft) => removeObjects(draft, { boundary: ['b1'] }));
    expect([design.nodes.n1?.boundary, Object.keys(design.nodes)]).toEqual(['b0', ['n1', 'n2', 'n3', 'n4']]);
  });

  it('puts a component into the innermost boundary under its centre, and takes it out again', () => {
    expect(boundaryAt(sample(), 0, 0)).toBe('b1');
    expect(after((draft) => moveObjects(draft, { node: { n4: { x: 0, y: 8 } } })).nodes.n4?.boundary).toBe('b1');
    expect(after((draft) => moveObjects(draft, { node: { n1: { x: 2000, y: 0 } } })).nodes.n1?.boundary).toBeNull();
    expect(after((draft) => moveObjects(draft, { boundary: { b1: { x: 1000, y: 1000 } }, node: { n1: { x: 0, y: 0 } } })).nodes.n1?.boundary).toBe('b1');
  });

  it('touches only the layout when nothing changes its boundary', () => {
    const change = edit(sample(), 'move', (draft) => moveObjects(draft, { node: { n1: { x: 8, y: 8 } } }));
    expect(change?.entry.patches.every((patch) => patch.path[0] === 'layout')).toBe(true);
  });

  it('copies connections between the copies, and names the copies', () => {
    const design = after((draft) => void duplicateObjects(draft, { node: ['n1', 'n2'] }, createCounterIds(['n1', 'n2', 'n3', 'n4', 'e1', 'e2', 'e3', 'e4'])));
    expect(design.edges.e5).toMatchObject({ from: 'n5', to: 'n6' });
    expect(new Set(Object.values(design.nodes).map((node) => node.name)).size).toBe(6);
    expect(design.nodes.n5?.params).toEqual({ instances: 1 });
  });

  it('makes ids that are not taken, also when chance repeats itself', () => {
    const words = ['aaaaaaaa-1', 'aaaaaaaa-2', 'bbbbbbbb-3'];
    const design = sample();
    design.nodes.naaaaaaaa = { id: 'naaaaaaaa', type: 'service', name: 'Taken', params: {} };
    const next = createObjectIds(design, () => words.shift() ?? 'cccccccc');
    expect([next('n'), next('n')]).toEqual(['nbbbbbbbb', 'ncccccccc']);
  });

  it('unsets a parameter instead of storing its default', () => {
    const design = after((draft) => setParam(draft, { kind: 'node', id: 'n2' }, 'instances', undefined));
    expect(Object.hasOwn(design.nodes.n2?.params ?? {}, 'instances')).toBe(false);
  });
});
