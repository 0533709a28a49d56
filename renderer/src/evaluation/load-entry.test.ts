import { expect, it } from 'vitest';
import { parseMultiple, parseRate } from './load-entry.ts';

it.each([
  ['4.2', 4.2],
  ['4.2x', 4.2],
  ['4,2 x', 4.2],
  ['10k rps', 5],
  ['10k', 5],
  ['4000 rps', 2],
  ['8,000 rps', 4],
  ['500x', 100],
  ['100 rps', 1],
])('reads %s', (text, expected) => {
  expect(parseMultiple(text, 2000)).toEqual({ ok: true, value: expected });
});

it.each(['', 'x', '0', '-3', '4kx', 'fast', '1.2.3'])('refuses "%s"', (text) => {
  expect(parseMultiple(text, 2000).ok).toBe(false);
});

it('cannot turn a rate into a multiple without a rate at 1x', () => {
  expect(parseMultiple('10k rps', 0).ok).toBe(false);
});

it('reads a peak rate', () => {
  expect([parseRate('2000'), parseRate(' 2k rps '), parseRate('1.5M')]).toEqual([2000, 2000, 1_500_000].map((value) => ({ ok: true, value })));
  expect([parseRate('2x').ok, parseRate('').ok, parseRate('0').ok]).toEqual([false, false, false]);
});
