import { describe, expect, it } from 'vitest';
import { emptyDesign } from '../../../../shared/model/design.ts';
import { cutAt, fitsInto, isUnconnected } from './splicing.ts';

const routes = new Map([
  ['flat', [{ x: 0, y: 0 }, { x: 400, y: 0 }]],
  ['steep', [{ x: 200, y: -100 }, { x: 200, y: 100 }]],
]);

describe('where a component cuts a connection', () => {
  it('is the nearest line within reach, at the point next to its middle', () => {
    expect(cutAt(routes, { x: 100, y: 20 }, () => true)).toEqual({ edge: 'flat', x: 100, y: 0 });
    expect(cutAt(routes, { x: 205, y: 12 }, () => true)).toEqual({ edge: 'steep', x: 200, y: 12 });
    expect(cutAt(routes, { x: 205, y: 12 }, (edge) => edge === 'flat')).toEqual({ edge: 'flat', x: 205, y: 0 });
    expect(cutAt(routes, { x: 100, y: 25 }, () => true)).toBeNull();
  });

  it('is allowed only where both halves may be drawn', () => {
    const design = emptyDesign('Shop');
    for (const [id, type] of [['c', 'client'], ['s', 'service'], ['lb', 'load_balancer'], ['c2', 'client']] as const) design.nodes[id] = { id, type, name: id, params: {} };
    design.edges.e = { id: 'e', from: 'c', to: 's', params: {} };
    expect(fitsInto(design, 'e', design.nodes.lb!)).toBe(true);
    expect(fitsInto(design, 'e', { id: 'new', type: 'load_balancer', name: 'New', params: {} })).toBe(true);
    expect(fitsInto(design, 'e', design.nodes.c2!)).toBe(false);
    expect([isUnconnected(design, 'lb'), isUnconnected(design, 's')]).toEqual([true, false]);
  });
});
