import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Evaluation } from './evaluation.ts';
import type { GraphView } from './graph-view.ts';
import { JourneysByNode } from './journeys-by-node.ts';

type Journeys = Evaluation['journeys'];

const drawn = Array.from({ length: 30 }, (_, index) => ({ id: `n${index}`, index }));
const graph = { nodes: drawn, nodeById: new Map(drawn.map((view) => [view.id, view])) } as unknown as GraphView;

function journeysOf(lists: readonly (readonly string[])[]): Journeys {
  return Object.fromEntries(lists.map((nodes, i) => [`j${i}`, { id: `j${i}`, nodes }])) as unknown as Journeys;
}

/** Components in any order, some of them twice, some of them none of the drawing's. */
const touched = fc.array(fc.integer({ min: 0, max: 32 }).map((index) => `n${index}`), { maxLength: 40 });

test('a component has the journeys that touch it, in whatever order they do', () => {
  fc.assert(fc.property(fc.array(fc.oneof(touched, touched.map((nodes) => [...nodes].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))))), { maxLength: 8 }), (lists) => {
    const found = new JourneysByNode(graph, journeysOf(lists), ({ nodes }) => nodes);
    for (const { id } of drawn) expect(found.of(id) ?? []).toEqual(lists.flatMap((nodes, i) => (nodes.includes(id) ? [`j${i}`] : [])));
    expect(found.of('n31')).toBeUndefined();
  }));
});

test('components of the same journeys share a list', () => {
  const found = new JourneysByNode(graph, journeysOf([['n1', 'n2', 'n3'], ['n1', 'n2']]), ({ nodes }) => nodes);
  expect(found.of('n1')).toBe(found.of('n2'));
  expect(found.of('n3')).toEqual(['j0']);
});
