import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RuleTarget } from '../../contracts/rule.ts';
import { inKeyOrder, openingsOf, restOfKey } from './finding-key.ts';

const kinds = fc.constantFrom<RuleTarget['kind'][]>('boundary', 'edge', 'entity', 'journey', 'node');
const ids = fc.oneof(fc.string({ maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 4 }), fc.constantFrom('a"b', 'a\\', '\u0001', '\ud800', 'x",'));
const targets = fc.array(fc.record({ kind: kinds, id: ids }), { minLength: 1, maxLength: 20 });

const text = ({ kind, id }: RuleTarget): string => `${kind}:${id}`;

test('a key is the rule, what it says and about what as JSON, in whatever order the targets come', () => {
  const openings = openingsOf('rule', 'says "no"');
  fc.assert(fc.property(targets, (found) => {
    const [first, ...others] = inKeyOrder(found) as [RuleTarget, ...RuleTarget[]];
    expect(openings[first.kind] + restOfKey([first, ...others])).toBe(JSON.stringify(['rule', 'says "no"', ...found.map(text).sort()]));
  }));
});

test('a key about nothing is the rule and what it says', () => {
  expect(openingsOf('rule', '?param').nothing + restOfKey([])).toBe('["rule","?param"]');
});
