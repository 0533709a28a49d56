import { describe, expect, test } from 'vitest';
import { catalog as whole } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Catalog } from '../../contracts/catalog.ts';
import { AXES, type Axis, type Finding } from '../../contracts/evaluation.ts';
import type { Rule } from '../../contracts/rule.ts';
import { compileDesign } from '../compile/compile.ts';
import { evaluate, explain } from '../evaluate.ts';
import { solveDesign, type RulesStage } from '../pipeline.ts';
import { axisWeights } from './score-axes.ts';
import { explainSensitivity } from './sensitivity.ts';

/** Without rules: the scores of the numbers; what a finding subtracts is handed in where it is meant. */
const catalog: Catalog = { ...whole, rules: [] };
const sketch = (): DesignBuilder => design().client('c').service('api').rdbms('db').chain('c', 'api', 'db');
const scoresOf = (built: DesignBuilder): Record<Axis, number | null> => {
  const { scores } = evaluate(built.build(), catalog);
  return Object.fromEntries(AXES.map((axis) => [axis, scores[axis].score.value])) as Record<Axis, number | null>;
};

function rule(id: string, penalises: readonly Axis[]): Rule {
  const meta: Partial<Rule['meta']> = { failureTitle: 'The database stands alone', axes: penalises, penalises, kind: 'structural' };
  return { id, meta } as Rule;
}

const lonely: Finding = {
  key: 'spof', rule: 'spof', kind: 'finding', severity: 'critical', axes: ['consistency'], message: '', messageId: '', targets: [{ kind: 'node', id: 'db' }], data: {},
  journeys: ['derived:c>api'], traffic_share: 1, fixes: [], causes: [], caused_by: null, accepted: null,
};

function withRules(built: DesignBuilder, stage: Partial<ReturnType<RulesStage>>, rules: readonly Rule[]) {
  const run = { findings: [], failures: [], run: rules.length, notApplicable: 0, ...stage };
  return solveDesign(compileDesign(built.build(), catalog), 1, { ...catalog, rules }, () => run).evaluation;
}

describe('the three-box sketch', () => {
  test('scores of the numbers alone', () => {
    const result = evaluate(sketch().build(), catalog);
    const score = (axis: Axis): number => Math.round(result.scores[axis].score.value ?? -1);
    expect([score('scalability'), score('latency'), score('availability'), score('isolation'), score('consistency')]).toEqual([89, 100, 35, 40, 100]);
    expect(result.scores.cost).toMatchObject({ score: { value: null, state: 'not_applicable' }, note: expect.stringContaining('budget') });
    expect(result.overall.value).toBeCloseTo(64.7, 1);
  });

  test('with the one finding that belongs to it', () => {
    const result = withRules(sketch(), { findings: [lonely] }, [rule('spof', ['consistency'])]);
    expect(result.scores.consistency.score.value).toBeCloseTo(85, 9);
    expect(result.scores.consistency.penalties).toEqual([{ rule: 'spof', axis: 'consistency', points: 15 }]);
    expect(Math.round(result.overall.value ?? 0)).toBe(63);
    expect(result.findings).toEqual([lonely]);
  });

  test('a rule that failed leaves its axes and Overall without a score', () => {
    const result = withRules(sketch(), { failures: [{ rule: 'spof', error: 'broken' }] }, [rule('spof', ['consistency'])]);
    expect(result.scores.consistency.score).toEqual({ value: null, state: 'not_modelled' });
    expect(result.scores.latency.score.value).toBe(100);
    expect(result.overall).toEqual({ value: null, state: 'not_modelled' });
  });

  test('a standby: availability 35 to 69, isolation 40 to 77', () => {
    const standby = scoresOf(design().client('c').service('api').rdbms('db', { ha: 'multi_az' }).chain('c', 'api', 'db'));
    expect([Math.round(standby.availability ?? 0), Math.round(standby.isolation ?? 0)]).toEqual([69, 77]);
  });
});

describe('items without a number', () => {
  test('saturated is 0, unbounded headroom is 100, no journey is no score', () => {
    const overload = evaluate(sketch().build(), catalog, { multiple: 20 });
    expect(overload.scores.latency.score.value).toBe(0);
    expect(evaluate(sketch().workload({ peak_rps: 0 }).build(), catalog).scores.scalability.score.value).toBe(100);
    const nothing = evaluate(design().service('api').build(), catalog);
    expect(AXES.map((axis) => nothing.scores[axis].score.state)).toEqual(AXES.map(() => 'not_applicable'));
    expect(nothing.overall.state).toBe('not_applicable');
  });

  test('journeys count by importance, and the worst is named', () => {
    const two = (importance: number): DesignBuilder => sketch().service('slow', { cpu_ms: 900, instances: 60 }).connect('c', 'slow')
      .journey('fast', { rate_rps: 10, entry: 'c>api' }).journey('late', { rate_rps: 10, entry: 'c>slow', importance });
    const [one, heavy] = [evaluate(two(1).build(), catalog).scores.latency, evaluate(two(4).build(), catalog).scores.latency];
    const late = explain(two(1).build(), catalog, ['latency']).latency.inputs?.find(({ label }) => label === 'late')?.value.value ?? 100;
    expect(one.score.value).toBeCloseTo((100 + late) / 2, 6);
    expect(heavy.score.value).toBeCloseTo((100 + 4 * late) / 5, 6);
    expect(one.note).toBe('Worst: late');
  });

  test('a journey that does not reach what it writes scores 0', () => {
    const built = (): DesignBuilder => sketch().rdbms('ledger').entity('entry', 'ledger').journey('pay', { rate_rps: 10, entry: 'c>api', op: 'write', writes: [{ entity: 'entry' }] });
    const result = evaluate(built().build(), catalog).scores;
    expect([result.latency.score.value, result.availability.score.value]).toEqual([0, 0]);
    expect(result.latency.note).toContain('entry');
    expect(evaluate(built().connect('api', 'ledger').build(), catalog).scores.latency.score.value).toBeGreaterThan(70);
  });

  test('a target for the background part counts half of its journey', () => {
    const built = (done_target_s: number | null): DesignBuilder => design().client('c').service('api').rabbitmq('q').celery('w', { task_cpu_s: 0.1, task_io_s: 0 }).chain('c', 'api', 'q', 'w')
      .journey('send', { rate_rps: 5, entry: 'c>api', op: 'write', done_target_s });
    expect(scoresOf(built(null)).latency).toBe(100);
    expect(scoresOf(built(1e-3)).latency).toBe(50);
    expect(scoresOf(built(1e6)).latency).toBe(100);
  });
});

test('weights: the document’s own, else the profile’s, always adding up to 1', () => {
  expect(axisWeights(undefined, catalog.profiles).scalability).toBe(0.2);
  expect(axisWeights({ latency: 3, cost: 1 }, catalog.profiles)).toMatchObject({ latency: 0.75, cost: 0.25, isolation: 0 });
  expect(axisWeights({ latency: -1 }, []).cost).toBeCloseTo(1 / 6, 12);
});

describe('what moves this most', () => {
  test('the processor of the service decides how far the sketch grows', () => {
    const [first, ...rest] = explainSensitivity(sketch().build(), catalog, 'scalability');
    expect(rest.length).toBeLessThanOrEqual(2);
    expect(first).toMatchObject({ target: { kind: 'node', id: 'api' }, param: 'instances', tried: { down: 1, up: 3 } });
    expect(first?.down).toBeLessThan(0);
  });

  test('an axis without a score has no levers', () => {
    expect(explainSensitivity(sketch().build(), catalog, 'cost')).toEqual([]);
    const priced = explainSensitivity(sketch().targets({ budget_usd_month: 300 }).build(), catalog, 'cost');
    expect(priced).toHaveLength(3);
    expect(priced.map(({ param }) => param)).not.toContain('budget_usd_month');
  });
});
