import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { layeredDesign } from '../../../tests/properties/layered-design.ts';
import { PATIENCE, RUNS } from '../../../tests/properties/outcomes.ts';
import type { Design } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

/** The same drawing under other ids. */
function prefixed(drawn: Design, prefix: string): Design {
  const map = <T extends { readonly id: string }>(record: Readonly<Record<string, T>>, change: (item: T) => T): Record<string, T> => Object.fromEntries(Object.values(record).map((item) => [`${prefix}${item.id}`, { ...change(item), id: `${prefix}${item.id}` }]));
  return {
    ...drawn, nodes: map(drawn.nodes, (node) => node), edges: map(drawn.edges, (edge) => ({ ...edge, from: prefix + edge.from, to: prefix + edge.to })),
    journeys: map(drawn.journeys, (journey) => ({ ...journey, entry: prefix + journey.entry })), entities: map(drawn.entities, (entity) => ({ ...entity, home: prefix + entity.home })),
  };
}

test('the total is the sum of its lines, of fixed and usage, and of what its components and connections cost', () => {
  fc.assert(fc.property(layeredDesign(), fc.constantFrom(0, 1, 30), ({ design: drawn }, multiple) => {
    const { cost, nodes } = evaluate(drawn, catalog, { multiple });
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    expect(sum(cost.items.filter((item) => item.connected).map((item) => item.usd_month))).toBeCloseTo(cost.usd_month, 6);
    expect(cost.fixed_usd_month + cost.usage_usd_month).toBeCloseTo(cost.usd_month, 6);
    expect(sum(Object.values(nodes).map((node) => node.cost_usd_month)) + sum(cost.items.filter((item) => item.node === null).map((item) => item.usd_month))).toBeCloseTo(cost.usd_month + cost.not_connected_usd_month, 6);
    expect(cost.items.every((item) => item.usd_month >= 0)).toBe(true);
  }), RUNS);
}, PATIENCE);

test('two systems side by side cost what each costs alone', () => {
  const [a, b] = [layeredDesign(), layeredDesign()];
  fc.assert(fc.property(a, b, (first, second) => {
    const [one, two] = [prefixed(first.design, 'a'), prefixed(second.design, 'b')];
    const both: Design = { ...one, nodes: { ...one.nodes, ...two.nodes }, edges: { ...one.edges, ...two.edges }, journeys: { ...one.journeys, ...two.journeys }, entities: { ...one.entities, ...two.entities } };
    const usd = (drawn: Design): number => evaluate(drawn, catalog).cost.usd_month;
    // prices with tiers get cheaper with the total volume, never dearer
    expect(usd(both)).toBeLessThanOrEqual(usd(one) + usd(two) + 1e-6);
    expect(usd(both)).toBeGreaterThanOrEqual((usd(one) + usd(two)) * 0.97);
  }), { ...RUNS, numRuns: 40 });
}, PATIENCE);
