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
    expect(steps.over('buy', 'stock>db')).toEqual(steps.of('buy')[3]);
    expect(steps.over('buy', 'tasks>worker')).toBeUndefined();
    expect([steps.of('sell'), steps.over('sell', 'users>api')]).toEqual([[], undefined]);
  });

  it('begin where the journey enters; those of many calls, and whether there are several, need no list of all', () => {
    expect(steps.first('buy')).toEqual([steps.of('buy')[0]]);
    expect(steps.above('buy', 1).map(({ edge }) => edge).sort()).toEqual(['api>stock', 'stock>db']);
    expect([steps.above('buy', 2), steps.several('buy')]).toEqual([[], true]);
    expect([steps.first('sell'), steps.above('sell', 0), steps.several('sell')]).toEqual([[], [], false]);
  });

  it('of many calls count work that a message brings, for which its sender waits', () => {
    const asking = factsOf(sketch({ nodes: { users: 'client', api: 'service', tasks: 'rabbitmq', worker: 'celery-worker' }, edges: ['users>api', ['api>tasks', { request_reply: true, calls: 3 }], 'tasks>worker'], journeys: { buy: { rate_rps: 10, entry: 'users', op: 'write' } } })).steps;
    expect(asking.above('buy', 2)).toHaveLength(2);
    expect(asking.above('buy', 2)).toEqual(expect.arrayContaining(asking.of('buy').filter(({ calls }) => calls > 2)));
  });

  it('are one where users wait for one connection', () => {
    expect(factsOf(sketch({ nodes: { users: 'client', api: 'service' }, edges: ['users>api'], journeys: { buy: { rate_rps: 10, entry: 'users' } } })).steps.several('buy')).toBe(false);
  });

  it('are no part of the answer, and in their place where files hold it', () => {
    const answer = evaluate(drawn, catalog);
    const whole = evaluateExplained(drawn, catalog);
    expect(answer.journeys['buy']).not.toHaveProperty('steps');
    expect(whole.journeys).toEqual({ buy: { ...answer.journeys['buy'], steps: steps.of('buy') } });
  });
});
