import { expect, test } from 'vitest';
import { NODE_BOX, placeLayered, type PlacedEdge, type PlacedNode } from './layered.ts';

function graph(seed: number, size: number): { nodes: PlacedNode[]; edges: PlacedEdge[] } {
  let state = seed;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  const nodes = Array.from({ length: size }, (_, index) => ({ id: `n${index}`, group: next(4) === 0 ? `g${next(3)}` : null }));
  const edges = Array.from({ length: next(3 * size) }, () => ({ from: `n${next(size)}`, to: `n${next(size)}` }));
  return { nodes, edges };
}

const overlap = (a: { x: number; y: number; w: number; h: number }, b: typeof a): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test('everything is placed once, on the grid, without overlaps, groups included, the same each time', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const { nodes, edges } = graph(seed, 1 + (seed % 40));
    const { nodes: places, groups } = placeLayered(nodes, edges);
    expect(places.size).toBe(nodes.length);
    const boxes = nodes.map(({ id, group }) => ({ id, group, ...(places.get(id) as { x: number; y: number }), ...NODE_BOX }));
    for (const box of boxes) {
      expect([box.x % 8, box.y % 8]).toEqual([0, 0]);
      for (const other of boxes) if (other.id > box.id) expect(overlap(box, other), `${box.id} ${other.id} seed ${seed}`).toBe(false);
      for (const [name, area] of groups) expect(overlap(box, area)).toBe(box.group === name);
    }
    expect(placeLayered(nodes, edges)).toEqual({ nodes: places, groups });
  }
});

test('a chain runs from left to right and a circle does not hang', () => {
  const ids = ['a', 'b', 'c'].map((id) => ({ id, group: null }));
  const chain = placeLayered(ids, [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }]).nodes;
  expect([...chain.values()]).toEqual([{ x: 0, y: 0 }, { x: 272, y: 0 }, { x: 544, y: 0 }]);
  expect(placeLayered(ids, [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'a' }]).nodes.size).toBe(3);
});
