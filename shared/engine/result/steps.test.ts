import { describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { sketch } from '../../../catalog/rules/common/examples.ts';
import { factsOf } from '../../../tests/support/facts.ts';
import { evaluate, evaluateExplained } from '../evaluate.ts';

const drawn = sketch({
  nodes: { users: 'client', api: 'service', stock: 'service', db: 'rdbms', tasks: 'rabbitmq', worker: 'celery-worker' },
  edges: ['users>api', ['api>stock', { calls: 2 }], 'stock>db', 'api>tasks>worker'],
  journeys: { buy: { rate_rps: 10, entry: 'users', op: 'write' } },
});

describe('the steps of a journey', () => {
  const { steps, evaluation } = factsOf(drawn);

  it('are what its users wait for, in walk order, and add up to the mean of the answer', () => {
    expect(steps.of('buy').map(({ edge, calls }) => [edge, calls])).toEqual([['users>api', 1], ['api>stock', 2], ['api>tasks', 1], ['stock>db', 2]]);
    const total = steps.of('buy').reduce((sum, { mean_s }) => sum + mean_s, 0);
    expect((total * 1000) / (evaluation.journeys['buy']?.mean_ms.value ?? 0)).toBeCloseTo(1, 9);
  });

  it('are found by their connection; nobody waits for a worker, nor in a journey that is not there', () => {
    expect(steps.over('buy', 'stock>db')).toBe(steps.of('buy')[3]);
    expect(steps.over('buy', 'tasks>worker')).toBeUndefined();
    expect([steps.of('sell'), steps.over('sell', 'users>api')]).toEqual([[], undefined]);
  });

  it('are no part of the answer, and in their place where files hold it', () => {
    const answer = evaluate(drawn, catalog);
    const whole = evaluateExplained(drawn, catalog);
    expect(answer.journeys['buy']).not.toHaveProperty('steps');
    expect(whole.journeys).toEqual({ buy: { ...answer.journeys['buy'], steps: steps.of('buy') } });
  });
});
