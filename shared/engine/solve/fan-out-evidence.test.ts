import { expect, test } from 'vitest';
import { sketch } from '../../../catalog/rules/common/examples.ts';
import { factsOf } from '../../../tests/support/facts.ts';
import type { Params } from '../../model/design.ts';

function evidenceOf(calls: readonly Params[]): Readonly<Record<string, number>> | undefined {
  const ids = calls.map((_, index) => `part${index}`);
  const drawn = sketch({ nodes: { users: 'client', page: 'service', ...Object.fromEntries(ids.map((id) => [id, 'service'])) }, edges: ['users>page', ...ids.map((id, index): [string, Params] => [`page>${id}`, { order: 'par:a', ...calls[index] }])] });
  return factsOf(drawn).evaluation.nodes['page']?.evidence;
}

test('six parts that are slow once in a hundred times: 1 - 0.99^6', () => {
  expect(evidenceOf(Array.from({ length: 6 }, () => ({})))).toMatchObject({ parallel_calls: 6, parallel_slow_share: expect.closeTo(0.0585199, 7) as number });
});

test('a part that half of the requests ask is slow for half as many', () => {
  expect(evidenceOf([{}, { probability: 0.5 }])?.['parallel_slow_share']).toBeCloseTo(1 - 0.99 * 0.995, 12);
});

test('what may be left out after a deadline holds nobody up, and what only may fail does', () => {
  expect(evidenceOf([{}, { fallback: true, timeout_ms: 50 }, { fallback: true }])).toMatchObject({ parallel_calls: 2, parallel_slow_share: expect.closeTo(0.0199, 12) as number });
});

test('one call of its own is no group', () => {
  expect(evidenceOf([{}, { order: 'seq' }])?.['parallel_calls']).toBeUndefined();
});

test('round trips to a store and what a tenth of its keys would answer', () => {
  const drawn = sketch({
    nodes: { users: 'client', api: 'service', db: 'rdbms' }, edges: ['users>api', ['api>db', { calls: 2, queries: 15, pipeline: 10 }]], entities: { row: { home: 'db', keys: 100_000, zipf_s: 1 } },
  });
  const { nodes, edges } = factsOf(drawn).evaluation;
  expect(edges['api>db']?.evidence['round_trips']).toBe(3);
  // the reference table of the specification: 10 % of the keys at an exponent of 1
  expect(nodes['db']?.evidence['tenth_hit_ratio']).toBeCloseTo(0.737, 3);
});
