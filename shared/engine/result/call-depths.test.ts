import { expect, it } from 'vitest';
import { sketch, type Sketch } from '../../../catalog/rules/common/examples.ts';
import { factsOf } from '../../../tests/support/facts.ts';

const nodes: Sketch['nodes'] = { users: 'client', a: 'service', b: 'service', c: 'service', front: 'lb-managed', inner: 'lb-managed', db: 'rdbms', tasks: 'rabbitmq', worker: 'celery-worker' };

function depthOf(...edges: Sketch['edges']): number | undefined {
  return factsOf(sketch({ nodes, edges, journeys: { view: { rate_rps: 10, entry: 'users' } } })).evaluation.journeys['view']?.depth;
}

it.each([
  ['one service and its database', 0, ['users>a>db']],
  ['services that wait for each other', 2, ['users>a>b>c>db']],
  ['the longest of several ways', 2, ['users>a>c', 'a>b>c']],
  ['a splitter on the way adds no hop of its own', 2, ['users>a>b>front>c']],
  ['services that each stand behind a splitter', 2, ['users>front>a>inner>b>c']],
  ['a splitter between two services', 1, ['users>a>front>b>db']],
  ['a splitter before the first service', 0, ['users>front>a>db']],
  ['work that nobody waits for', 1, ['users>a>b>tasks>worker>c']],
] as const)('the depth of %s is %i', (_, depth, edges) => {
  expect(depthOf(...edges)).toBe(depth);
});
