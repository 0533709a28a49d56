import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinEdges } from './thin-edges.ts';

const reach = (edges: readonly { from: string; to: string }[], start: string): Set<string> => {
  const seen = new Set<string>();
  const visit = (at: string): void => edges.forEach(({ from, to }) => {
    if (from !== at || seen.has(to)) return;
    seen.add(to);
    visit(to);
  });
  visit(start);
  return seen;
};

test('everything that leads somewhere still does, by as few edges as possible', () => {
  const anyEdges = fc.uniqueArray(fc.tuple(fc.nat(9), fc.nat(9)).filter(([a, b]) => a < b), { selector: String, maxLength: 30 }).map((pairs) => pairs.map(([a, b]) => ({ from: `n${a}`, to: `n${b}` })));
  fc.assert(fc.property(anyEdges, (edges) => {
    const thin = thinEdges(edges);
    for (let index = 0; index < 10; index += 1) expect(reach(thin, `n${index}`)).toEqual(reach(edges, `n${index}`));
    for (const edge of thin) expect(reach(thin.filter((other) => other !== edge), edge.from).has(edge.to)).toBe(false);
  }));
});

test('of everything that calls everything a chain is left', () => {
  const names = Array.from({ length: 60 }, (_, index) => `n${index}`);
  expect(thinEdges(names.flatMap((from) => names.filter((to) => to !== from).map((to) => ({ from, to }))))).toHaveLength(59);
});
