import { expect, test } from 'vitest';
import { bundledEdges } from './scene.ts';

const edge = (id: string, from: string, to: string) => [id, { id, from, to }] as const;

test('from far away one line stands for all connections between two ends, whichever way they go', () => {
  const edges = new Map([edge('trace', 'a', 'b'), edge('one', 'a', 'b'), edge('two', 'a', 'b'), edge('back', 'b', 'a'), edge('other', 'a', 'c')]);
  expect([...bundledEdges(edges, (id) => id === 'trace')]).toEqual(['two', 'back']);
});
