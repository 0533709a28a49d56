import { expect, test } from 'vitest';
import { PARTS, resolvePart } from '../../document/parts.ts';
import { keyFigure } from './palette-list.ts';

test('a rare rate is told in the time in which it happens once', () => {
  const scheduler = resolvePart('scheduler');
  expect(scheduler && keyFigure(scheduler)).toBe('1/h');
});

test('no part shows a figure that starts with three zeros', () => {
  for (const part of PARTS) expect(keyFigure(part) ?? '').not.toMatch(/0\.000/);
});
