import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import type { FactName } from '../../contracts/rule.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { factsOf } from '../../../tests/support/facts.ts';
import { rulebookOf, viewOf } from './rulebook.ts';

const ALWAYS = ['assumptions', 'multiple', 'not_modelled', 'total_rps'];

test('a rule sees the sections that it asks for and no other', () => {
  const facts = factsOf(design().client('c').service('api').chain('c', 'api').build());
  const { entries, views } = rulebookOf(catalog.rules);
  for (const { rule, view } of entries) {
    const { evaluation } = viewOf(facts, views[view] as number);
    const seen = Object.entries(evaluation).flatMap(([name, section]) => (section === undefined ? [] : [name]));
    expect(seen.sort()).toEqual([...ALWAYS, ...rule.requires].sort());
    for (const name of rule.requires as readonly FactName[]) expect(evaluation[name]).toBe(facts.evaluation[name]);
  }
});

test('what a list of rules says is read once', () => {
  const book = rulebookOf(catalog.rules);
  expect(rulebookOf(catalog.rules)).toBe(book);
  const [entry] = book.entries;
  const [messageId] = Object.keys(entry?.rule.messages ?? {}) as [string];
  expect(entry?.saying(messageId)).toBe(entry?.saying(messageId));
  expect(() => entry?.saying('constructor')).toThrow('Unknown message: constructor');
});
