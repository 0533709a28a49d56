import { expect, it } from 'vitest';
import { fitName, showNames, widthForName } from './names.ts';

const measure = (text: string): number => text.length * 6.6;

it('widens in three steps by the measured name', () => {
  expect(['Redis', 'x'.repeat(24), 'x'.repeat(29), 'x'.repeat(80)].map((name) => widthForName(name, measure))).toEqual([184, 216, 248, 248]);
});

it('cuts at the end, or in the middle, and always fits', () => {
  const name = 'Notification dispatcher for European customers';
  for (const where of ['end', 'middle'] as const) {
    const cut = fitName(name, 132, measure, where);
    expect(measure(cut)).toBeLessThanOrEqual(132);
    expect(measure(cut)).toBeGreaterThan(132 - 14);
  }
  expect(fitName(name, 132, measure, 'middle').endsWith('customers')).toBe(true);
  expect(fitName('short', 132, measure)).toBe('short');
});

it('tells two names apart that would be cut to the same text', () => {
  const long = 'Recommendation feature store ingest worker number';
  const shown = showNames(new Map([['a', `${long} one`], ['b', `${long} two`], ['c', 'Redis']]), new Map(), measure);
  expect(shown.get('a')?.text).not.toBe(shown.get('b')?.text);
  expect(shown.get('c')).toEqual({ text: 'Redis', width: 184 });
});
