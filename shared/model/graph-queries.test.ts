import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDesign, type Design } from './design.ts';
import { adjacency, ancestorsOf, canNest, childrenOf, connectedComponents, descendantsOf, incoming, isUnattached, neighbours, outgoing, sharedNames, uniqueName } from './graph-queries.ts';

function graph(nodes: string[], edges: [string, string][], boundaries: Record<string, string | null> = {}, homes: Record<string, string> = {}): Design {
  const design = emptyDesign();
  for (const id of nodes) design.nodes[id] = { id, type: 'service', name: id, params: {}, boundary: homes[id] ?? null };
  edges.forEach(([from, to], index) => (design.edges[`e${index}`] = { id: `e${index}`, from, to, params: {} }));
  for (const [id, parent] of Object.entries(boundaries)) design.boundaries[id] = { id, kind: 'group', name: id, parent };
  return design;
}

describe('graph queries', () => {
  const design = graph(['a', 'b', 'c', 'd'], [['a', 'b'], ['a', 'b'], ['b', 'a'], ['c', 'c'], ['a', 'gone'], ['a', 'constructor'], ['d', 'g1']], { g1: null, g2: 'g1', g3: 'g2' }, { a: 'g3', b: 'g1' });

  it('index attached connections only, parallels and self-loops included', () => {
    expect(outgoing(design, 'a').map(({ id }) => id)).toEqual(['e0', 'e1']);
    expect(incoming(design, 'g1').map(({ id }) => id)).toEqual(['e6']);
    expect(adjacency(design).outgoing.get('c')?.map(({ id }) => id)).toEqual(['e3']);
    expect(Object.values(design.edges).filter((edge) => isUnattached(design, edge)).map(({ id }) => id)).toEqual(['e4', 'e5']);
    expect(neighbours(design, 'a')).toEqual(['b']);
    expect(neighbours(design, 'c')).toEqual([]);
  });

  it('walk boundaries both ways', () => {
    expect(childrenOf(design, 'g1')).toMatchObject({ nodes: [{ id: 'b' }], boundaries: [{ id: 'g2' }] });
    expect(childrenOf(design, null).nodes.map(({ id }) => id)).toEqual(['c', 'd']);
    expect(descendantsOf(design, 'g1')).toEqual({ nodes: ['a', 'b'], boundaries: ['g2', 'g3'] });
    expect(ancestorsOf(design, 'a')).toEqual(['g3', 'g2', 'g1']);
    expect(ancestorsOf(design, 'g3')).toEqual(['g2', 'g1']);
    expect([canNest(design, 'g1', 'g3'), canNest(design, 'g1', 'g1'), canNest(design, 'g3', 'g1'), canNest(design, 'g1', null)]).toEqual([false, false, true, true]);
  });

  it('end on cycles of boundaries', () => {
    const cyclic = graph(['a'], [], { x: 'z', y: 'x', z: 'y' }, { a: 'x' });
    expect(ancestorsOf(cyclic, 'a')).toEqual(['x', 'z', 'y']);
    expect(ancestorsOf(cyclic, 'x')).toEqual(['z', 'y']);
    expect(descendantsOf(cyclic, 'x')).toEqual({ nodes: ['a'], boundaries: ['y', 'z'] });
  });

  it('part the components so that every edge stays within one part and nothing is lost', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const edge = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 8 }), (edges) => {
        const parts = connectedComponents(graph(ids, edges));
        expect(parts.flat().sort()).toEqual(ids);
        for (const [from, to] of edges) expect(parts.find((part) => part.includes(from))).toContain(to);
        expect(parts.length).toBeGreaterThanOrEqual(ids.length - edges.length);
      }),
    );
    expect(connectedComponents(design)).toEqual([['a', 'b'], ['c'], ['d']]);
  });

  it('know shared names and find free ones', () => {
    const named = graph(['a', 'b', 'c'], []);
    for (const id of ['a', 'c']) Object.assign(named.nodes[id] ?? {}, { name: 'API' });
    expect([...sharedNames(named)]).toEqual([['API', ['a', 'c']]]);
    expect(uniqueName(['API', 'api 2'], 'Api')).toBe('Api 3');
    expect(uniqueName([], 'Api')).toBe('Api');
  });
});
