import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { design } from '../../tests/support/design-builder.ts';
import type { Evaluation } from '../contracts/evaluation.ts';
import { quantity } from '../model/quantity.ts';
import { evaluate } from './evaluate.ts';
import { deltasOf } from './what-if-deltas.ts';

const drawn = evaluate(design().client('c').service('api').chain('c', 'api').build(), catalog);
const costing = (score: number): Evaluation => ({ ...drawn, scores: { ...drawn.scores, cost: { ...drawn.scores.cost, score: quantity(score) } } });
const texts = (before: Evaluation, after: Evaluation): readonly string[] => deltasOf(before, after).map(({ text }) => text);

test('what reads the same on both sides is no change', () => {
  expect(texts(costing(78.6), costing(79.2))).toEqual([]);
  expect(texts(costing(78.6), costing(79.6))).toEqual(['cost 79 to 80']);
});

test('a headroom that reads the same on both sides is no change', () => {
  for (const times of [1.012, 1.03, 1.05, 1.2]) {
    const [before, after] = [2, 2 * times].map((auto) => ({ ...drawn, headroom: { ...drawn.headroom, auto: quantity(auto) } })) as [Evaluation, Evaluation];
    for (const text of texts(before, after)) expect(/^headroom (.*) to \1$/.test(text)).toBe(false);
  }
});
