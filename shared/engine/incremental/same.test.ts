import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { benchDesign } from '../../../tests/bench/designs.ts';
import { compileDesign } from '../compile/compile.ts';
import type { EdgeFacts, NodeFacts } from '../types.ts';
import { sameCall, sameEdge, sameNode } from './same.ts';

const compiled = compileDesign(benchDesign(40, 3), catalog);

/** Another value in the place of one member. */
function otherwise<T extends object>(one: T, key: keyof T): T {
  const value: unknown = one[key];
  const other = typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : Array.isArray(value) ? [...(value as unknown[]), 7] : typeof value === 'string' ? `${value}?` : { other: true };
  return { ...one, [key]: other };
}

test('a call differs from another that has anything else in any member', () => {
  for (const call of compiled.plan.calls) {
    expect(sameCall(call, { ...call, gates: [...call.gates], lookups: [...call.lookups] })).toBe(true);
    for (const key of Object.keys(call) as (keyof typeof call)[]) expect(sameCall(call, otherwise(call, key)), key).toBe(false);
  }
});

test('a connection differs from another that has anything else in any member but its ends', () => {
  for (const facts of compiled.edges) {
    const { view } = facts;
    expect(sameEdge(facts, { ...facts, view: { ...view, params: { ...view.params, values: { ...view.params.values } }, edge: structuredClone(view.edge) } })).toBe(true);
    for (const key of Object.keys(facts) as (keyof EdgeFacts)[]) if (key !== 'view') expect(sameEdge(facts, otherwise(facts, key)), key).toBe(false);
    for (const key of Object.keys(view) as (keyof typeof view)[]) {
      const other = key === 'params' ? { ...view, params: { ...view.params, values: { ...view.params.values, calls: 7.5 } } } : otherwise(view, key);
      expect(sameEdge(facts, { ...facts, view: other }), key).toBe(key === 'from' || key === 'to');
    }
  }
});

test('a component differs from another that has anything else in any member but its connections', () => {
  for (const facts of compiled.nodes) {
    const { view } = facts;
    expect(sameNode(facts, { ...facts, zoneShares: [...facts.zoneShares], view: { ...view, node: structuredClone(view.node), params: { ...view.params, values: { ...view.params.values } } } })).toBe(true);
    for (const key of Object.keys(facts) as (keyof NodeFacts)[]) if (key !== 'view') expect(sameNode(facts, otherwise(facts, key)), key).toBe(false);
    for (const key of Object.keys(view) as (keyof typeof view)[]) {
      // where it stands is in its zones, their shares and its region
      if ((key as string) === 'placement') continue;
      const other = key === 'params' ? { ...view, params: { ...view.params, values: { ...view.params.values, name: 7 } } } : otherwise(view, key);
      expect(sameNode(facts, { ...facts, view: other }), key).toBe(key === 'out' || key === 'in');
    }
  }
});
