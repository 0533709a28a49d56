import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import { layeredDesign } from '../../../../tests/properties/layered-design.ts';
import { design } from '../../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../../tests/support/random-design.ts';
import { AXES, type Axis, type Evaluation, type Explanation } from '../../../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../../../model/quantity.ts';
import type { Design } from '../../../model/design.ts';
import { evaluate, evaluateExplained, explain } from '../../evaluate.ts';

/** All lines of a tree. */
function lines(root: Explanation): Explanation[] {
  return [root, ...(root.inputs ?? []).flatMap(lines)];
}

const inputsOf = ({ inputs = [] }: Explanation): readonly Explanation[] => inputs;
const scoresIn = (tree: Explanation): readonly Explanation[] => inputsOf(tree).filter(({ unit }) => unit === 'points');
const valueOf = (tree: Explanation | undefined): number => tree?.value.value ?? NaN;

/** A weighted sum as the formula of an axis writes it. */
function sumOf(tree: Explanation, weights: readonly number[]): Quantity {
  return quantity(weights.reduce((sum, weight, index) => sum + weight * valueOf(inputsOf(tree)[index]), 0));
}

function mean(scores: readonly Explanation[], weightOf: (tree: Explanation) => number): Quantity {
  const scored = scores.filter(({ value }) => value.value !== null);
  const total = scored.reduce((sum, tree) => sum + weightOf(tree), 0);
  if (scored.length > 0) return quantity(scored.reduce((sum, tree) => sum + (total > 0 ? weightOf(tree) / total : 1 / scored.length) * valueOf(tree), 0));
  return noQuantity(scores.some(({ value }) => value.state === 'not_modelled') ? 'not_modelled' : 'not_applicable');
}

function journeyMean(tree: Explanation): Quantity {
  for (const journey of inputsOf(tree)) if (journey.formula === undefined) expect(journey.value, journey.label).toEqual(mean(scoresIn(journey), () => 1));
  return mean(inputsOf(tree), (journey) => valueOf(inputsOf(journey).find(({ target }) => target?.param === 'importance')));
}

/** The score that the lines of a tree give, worked out from nothing but the tree. */
const FROM_LINES: Readonly<Record<Axis, (tree: Explanation) => Quantity>> = {
  scalability: (tree) => sumOf(tree, [0.65, 0.35]),
  latency: journeyMean,
  availability: journeyMean,
  isolation: (tree) => sumOf(tree, [0.4, 0.3, 0.3]),
  consistency: (tree) => (tree.formula?.startsWith('100') === true ? quantity(100) : quantity(inputsOf(tree).reduce((sum, entity) => sum + valueOf(entity), 0) / inputsOf(tree).length)),
  cost: (tree) => (tree.formula?.startsWith('scored once') === true ? noQuantity('not_applicable') : sumOf(tree, [0.7, 0.3])),
};

function fromLines(axis: Axis, tree: Explanation): Quantity {
  if (tree.inputs === undefined) return noQuantity('not_applicable');
  if (tree.formula !== 'score of the numbers - penalties') return FROM_LINES[axis](tree);
  const [before, ...penalties] = inputsOf(tree);
  expect(before?.value).toEqual(fromLines(axis, before as Explanation));
  return quantity(Math.max(0, valueOf(before) - penalties.reduce((sum, penalty) => sum - valueOf(penalty), 0)));
}

/** A sum and the lines below it, where all of them or their rest are listed. */
function expectSum(tree: Explanation, label: string): void {
  for (const line of lines(tree)) {
    if (line.label === label && inputsOf(line).length > 0) expect(inputsOf(line).reduce((sum, part) => sum + valueOf(part), 0), label).toBeCloseTo(valueOf(line), 9 - Math.ceil(Math.log10(1 + valueOf(line))));
  }
}

type Change = (design: Design) => Design;
const changes: fc.Arbitrary<Change> = fc.constantFrom<Change>(
  (drawn) => drawn,
  (drawn) => ({ ...drawn, targets: { ...drawn.targets, budget_usd_month: null } }),
  (drawn) => ({ ...drawn, targets: { budget_usd_month: 300 }, settings: { ...drawn.settings, change_risk: true } }),
  (drawn) => ({ ...drawn, journeys: Object.fromEntries(Object.entries(drawn.journeys).map(([id, journey], index) => [id, { ...journey, importance: index, done_target_s: 2, done_availability_target: 0.99 }])) }),
  (drawn) => ({ ...drawn, entities: { ...drawn.entities, lost: { id: 'lost', name: 'Lost', home: 'nowhere' } }, journeys: Object.fromEntries(Object.entries(drawn.journeys).map(([id, journey]) => [id, { ...journey, writes: [{ entity: 'lost' }] }])) }),
  (drawn) => ({ ...drawn, entities: Object.fromEntries(Object.entries(drawn.entities).map(([id, entity]) => [id, { ...entity, requirement: 'read_your_writes' as const }])) }),
);
const drawings = fc.tuple(fc.oneof(layeredDesign({ queue: true }).map(({ design: drawn }) => drawn), randomDesign(10)), changes).map(([drawn, change]) => change(drawn));

describe('the tree behind a score', () => {
  test('gives exactly that score, from its lines alone', () => {
    const seen = new Map<Axis, Set<Evaluation['overall']['state']>>(AXES.map((axis) => [axis, new Set()]));
    fc.assert(fc.property(drawings, fc.constantFrom(1, 0.2, 4), (drawn, multiple) => {
      const { scores, journeys } = evaluateExplained(drawn, catalog, { multiple });
      const reached = Object.values(journeys).some(({ nodes }) => nodes.length > 0);
      for (const axis of AXES) {
        const { score, explanation } = scores[axis];
        expect(explanation.inputs !== undefined, axis).toBe(reached);
        expect(explanation.value, axis).toEqual(score);
        expect(fromLines(axis, explanation), axis).toEqual(score);
        seen.get(axis)?.add(score.state);
      }
      expectSum(scores.cost.explanation, 'A month');
      expectSum(scores.isolation.explanation, 'Full outages a year, in sum');
    }), { numRuns: 120, seed: 17 });
    for (const axis of AXES) expect(seen.get(axis), axis).toContain('ok');
    expect(seen.get('cost')).toContain('not_applicable');
  }, 60_000);

  test('is the same alone, together with others, and beside its evaluation', () => {
    fc.assert(fc.property(drawings, (drawn) => {
      const { scores, journeys, ...rest } = evaluateExplained(drawn, catalog, { multiple: 2 });
      const { scores: bare, journeys: without, ...facts } = evaluate(drawn, catalog, { multiple: 2 });
      expect(rest).toEqual(facts);
      expect(Object.values(journeys).map(({ steps: _, ...journey }) => journey)).toEqual(Object.values(without));
      for (const axis of AXES) {
        const { explanation, ...score } = scores[axis];
        expect(score).toEqual(bare[axis]);
        expect(explain(drawn, catalog, [axis], { multiple: 2 })[axis]).toEqual(explanation);
      }
    }), { numRuns: 8, seed: 18 });
  }, 60_000);

  test('goes down to fields, with nothing that the fonts lack', () => {
    const built = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').rabbitmq('q').celery('w').chain('api', 'q', 'w').redis('r').connect('api', 'r').targets({ budget_usd_month: 500 }).entity('order', 'db');
    const trees = explain(built.build(), catalog, AXES);
    for (const axis of AXES) {
      const all = lines(trees[axis]);
      expect(all.some(({ target }) => target?.param !== undefined), axis).toBe(true);
      expect(all.some(({ formula }) => formula !== undefined), axis).toBe(true);
      expect(all.map(({ label, formula }) => `${label} ${formula ?? ''}`).filter((text) => /[≥≤→←∞≈]/.test(text))).toEqual([]);
    }
    const cpu = lines(trees.scalability).find(({ target }) => target?.id === 'w' && target.param === 'instances');
    expect(cpu).toMatchObject({ value: { value: 2 }, provenance: 'A', target: { kind: 'node', id: 'w' } });
  });

  test('of many journeys goes down to the parts of the worst six, and lists the others with their targets', () => {
    const built = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db');
    for (let i = 0; i < 9; i++) built.journey(`j${i}`, { rate_rps: 1, entry: 'c>api', p99_target_ms: 10 + 10 * i });
    const { latency, availability } = explain(built.build(), catalog, ['latency', 'availability']);
    const deep = (tree: Explanation): string[] => inputsOf(tree).filter((journey) => inputsOf(inputsOf(scoresIn(journey)[0] as Explanation)[0] as Explanation).length > 0).map(({ target }) => target?.id ?? '');
    expect([deep(latency), deep(availability).length]).toEqual([['j0', 'j1', 'j2', 'j3', 'j4', 'j5'], 6]);
    expect(inputsOf(latency)).toHaveLength(9);
  });
});
