import { expect, it } from 'vitest';
import { levelOfDetail } from './level-of-detail.ts';

it('starts at the plain limits', () => {
  expect([1, 0.85, 0.84, 0.45, 0.44].map((zoom) => levelOfDetail(zoom, null))).toEqual(['full', 'full', 'compact', 'compact', 'overview']);
});

it('changes only 0.03 past a limit, in both directions', () => {
  expect(levelOfDetail(0.83, 'full')).toBe('full');
  expect(levelOfDetail(0.81, 'full')).toBe('compact');
  expect(levelOfDetail(0.87, 'compact')).toBe('compact');
  expect(levelOfDetail(0.89, 'compact')).toBe('full');
  expect(levelOfDetail(0.43, 'compact')).toBe('compact');
  expect(levelOfDetail(0.41, 'compact')).toBe('overview');
  expect(levelOfDetail(0.47, 'overview')).toBe('overview');
  expect(levelOfDetail(0.49, 'overview')).toBe('compact');
});

it('may skip a level on a jump', () => {
  expect(levelOfDetail(0.2, 'full')).toBe('overview');
  expect(levelOfDetail(2, 'overview')).toBe('full');
  expect(levelOfDetail(0.86, 'overview')).toBe('compact');
});
