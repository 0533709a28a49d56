import { expect, it } from 'vitest';
import { knownFacts } from '../../../tests/support/facts.ts';
import { sketch } from './examples.ts';
import { indicesOf } from './views.ts';

it('finds components by ids in any order, and leaves out what is none', () => {
  const facts = knownFacts(sketch({ nodes: { users: 'client', a: 'service', b: 'service', db: 'rdbms' }, edges: ['users>a>db', 'users>b'] }));
  const named = (...ids: string[]): (string | undefined)[] => [...indicesOf(facts, ids)].map((index) => facts.graph.nodes[index]?.id);
  expect(named('a', 'db', 'users')).toEqual(['a', 'db', 'users']);
  expect(named('users', 'gone', 'a', 'b')).toEqual(['users', 'a', 'b']);
});
