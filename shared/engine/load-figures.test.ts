import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { design } from '../../tests/support/design-builder.ts';
import { randomDesign } from '../../tests/support/random-design.ts';
import type { EdgeLoad, NodeLoad } from '../contracts/evaluation.ts';
import { evaluate } from './evaluate.ts';
import { openSession } from './incremental/session.ts';

function mapped<T, R>(record: Readonly<Record<string, T>>, of: (item: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([id, item]) => [id, of(item)]));
}

test('the figures of a load are those of the whole answer', () => {
  fc.assert(fc.property(randomDesign(12), fc.constantFrom(0, 0.3, 1, 4, 60), (drawn, multiple) => {
    const session = openSession(catalog);
    const { nodes, edges } = evaluate(drawn, catalog, { multiple });
    expect(session.figures(drawn, multiple)).toEqual({
      multiple,
      nodes: mapped(nodes, ({ utilisation, binding, resources }): NodeLoad => ({ utilisation, binding, resources })),
      edges: mapped(edges, ({ kind, rps, utilisation }): EdgeLoad => ({ kind, rps, utilisation })),
    });
  }), { numRuns: 120 });
});

test('a figure follows the drawing, and another load does not disturb the answers', () => {
  const drawn = design('Dial').client('c').service('s', { instances: 2, cpu_ms: 20 }).connect('c', 's').journey('j', { rate_rps: 50, entry: 'c>s' }).build();
  const faster = { ...drawn, nodes: { ...drawn.nodes, s: { ...drawn.nodes['s']!, params: { instances: 2, cpu_ms: 10 } } } };
  const session = openSession(catalog);
  const before = session.evaluate(drawn);
  const at = (state: typeof drawn, multiple: number): number => session.figures(state, multiple).nodes['s']?.utilisation ?? Number.NaN;
  expect(at(drawn, 2)).toBeCloseTo(2 * at(drawn, 1), 12);
  expect(at(faster, 2)).toBeCloseTo(at(drawn, 1), 12);
  expect(session.evaluate(drawn)).toEqual(before);
});
