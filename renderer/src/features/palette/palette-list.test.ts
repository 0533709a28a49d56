import { expect, test } from 'vitest';
import { PARTS, resolvePart } from '../../document/parts.ts';
import { boundaryKind, keyFigure, paletteSections } from './palette-list.ts';

test('a rare rate is told in the time in which it happens once', () => {
  const scheduler = resolvePart('scheduler');
  expect(scheduler && keyFigure(scheduler)).toBe('1/h');
});

test('no part shows a figure that starts with three zeros', () => {
  for (const part of PARTS) expect(keyFigure(part) ?? '').not.toMatch(/0\.000/);
});

test('a boundary is found by its words, and goes before the parts only by its whole name', () => {
  const ids = (text: string): readonly string[] => paletteSections(text, []).flatMap(({ items }) => items.map(({ id }) => id));
  expect(ids('re')[0]).not.toBe('boundary:region');
  expect(ids('Zone')[0]).toBe('boundary:zone');
  expect(ids('kubernetes')).toContain('boundary:cluster');
  expect(boundaryKind('boundary:zone')).toBe('zone');
  expect(boundaryKind('redis')).toBeNull();
});

test('what was used last comes first, parts and boundaries alike; what is gone from the catalogue is left out', () => {
  const [recent, first] = paletteSections('', ['boundary:zone', 'no-such-part', 'redis']);
  expect([recent?.title, recent?.items.map(({ title }) => title)]).toEqual(['Recent', ['Zone', 'Redis']]);
  expect(first?.category).toBe('edge');
  expect(paletteSections('', []).at(-1)?.items.map(({ title }) => title)).toEqual(['Region', 'Zone', 'Cluster', 'Group']);
});
