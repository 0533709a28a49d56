import { describe, expect, it } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import type { Rule } from '../../../../shared/contracts/rule.ts';
import { ruleGroups } from './rule-list.ts';
import { conditionsOf, thresholdFigure, thresholdsOf, weightOf } from './rule-words.ts';
import { readReasons, thresholdReasons } from './threshold-reasons.ts';

const ids = (search: string) => ruleGroups(search).flatMap(({ rules }) => rules.map(({ id }) => id));
const ruleBy = (id: string): Rule => catalog.rules.find((rule) => rule.id === id) as Rule;

describe('the list of rules', () => {
  it('has every rule once, under its first axis', () => {
    expect(ids('').sort()).toEqual(catalog.rules.map(({ id }) => id).sort());
    expect(ruleGroups('').map(({ title }) => title)).toEqual(['Scalability', 'Latency', 'Availability', 'Isolation', 'Consistency', 'Cost']);
  });

  it('finds by all words, in title, headline, axis or concept', () => {
    expect(ids('second COPY stores')).toEqual(['spof-stateful-node']);
    expect(ids('quorum')).toContain('spof-stateful-node');
    expect(ids('quorum nothing-of-the-kind')).toEqual([]);
  });
});

describe('a rule in words', () => {
  const rule = { messages: { a: '{node:name} keeps {per_day:count} copies of 1.5 GB: too few. Keep more.', b: '{node:name} keeps {per_day:count} copies of 1.5 GB: too few. {node:name} needs more.' } } as unknown as Rule;

  it('states each condition once, without the remedy', () => {
    expect(conditionsOf(rule).map(({ pieces }) => pieces)).toEqual([
      [{ text: 'component', open: true }, { text: ' keeps ', open: false }, { text: 'per day', open: true }, { text: ' copies of 1.5 GB: too few', open: false }],
    ]);
  });

  it('writes thresholds in their units', () => {
    const figures = { leastGainMs: 1, lead_s: 300, leastUsd: 50, bytesPerS: 50e6, aloneRps: 100, share: 0.001, copies: 3, lossS: 0, hops: 2, rps: 200 };
    expect(Object.entries(figures).map(([key, value]) => thresholdFigure(key, value))).toEqual(['1 ms', '5 min', '$50', '50 MB/s', '100 rps', '0.1 %', '3', '0', '2', '200 rps']);
  });

  it('says how grave it is and what it does to the scores', () => {
    expect(weightOf(ruleBy('spof-stateful-node'))).toBe('Critical. It lowers the score of consistency.');
    expect(weightOf(ruleBy('lb-policy-mismatch'))).toBe('Major or minor. It explains figures and lowers no score by itself.');
  });
});

describe('reasons of thresholds', () => {
  it('are read from the comments beside them', () => {
    const source = '  id: 1,\n  options: {\n    // a first\n    // line (evaluation 6.3)\n    one: 1,\n    shared: 2,\n    three: 3, // beside it\n  },\n  other: {\n    // no\n    x: 1,\n  },\n';
    expect([...readReasons(source)]).toEqual([['one', 'A first line.'], ['shared', 'A first line.'], ['three', 'Beside it.']]);
    expect(readReasons('  options: {},\n  messages: {\n    x: 1,\n  },\n').size).toBe(0);
  });

  it.each(catalog.rules.map((rule) => [rule.id, rule] as const))('%s: each threshold has one, and nothing shown is a word of the code', async (id, rule) => {
    const reasons = await thresholdReasons(id);
    const texts = [...thresholdsOf(rule).flatMap(({ key, name, figure }) => [name, figure, reasons.get(key) ?? '']), ...conditionsOf(rule).map(({ pieces }) => pieces.map(({ text }) => text).join(''))];
    for (const text of texts) {
      expect(text).not.toBe('');
      expect(text, text).not.toMatch(/[_{}`!]|\b(?!vCPU)[a-z]+[A-Z]|[→≥≤∞▲]/);
    }
  });
});
