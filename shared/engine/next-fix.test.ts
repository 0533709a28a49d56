import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { design } from '../../tests/support/design-builder.ts';
import { evaluate } from './evaluate.ts';
import { nextFix } from './next-fix.ts';

const drawn = design().client('c').service('api', { instances: 2 }).rdbms('db').chain('c', 'api', 'db').build();

test('the next fix of a break lets its component carry more, and says how much', () => {
  const points = evaluate(drawn, catalog).breaks;
  expect(points.length).toBeGreaterThan(1);
  const found = points.map((point) => ({ point, fix: nextFix(drawn, catalog, point) }));
  expect(found.some(({ fix }) => fix !== null)).toBe(true);
  for (const { point, fix } of found) if (fix !== null && fix.multiple !== null) expect(fix.multiple, point.node).toBeGreaterThan(point.multiple);
  expect(structuredClone(found)).toEqual(found);
});

test('what nothing is found about has no next fix', () => {
  expect(nextFix(drawn, catalog, { node: 'c', multiple: 1 })).toBeNull();
  expect(nextFix(drawn, catalog, { node: 'nobody', multiple: 1 })).toBeNull();
});
