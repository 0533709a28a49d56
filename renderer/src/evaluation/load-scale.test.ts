import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clampMultiple, multipleAt, nextBreak, positionOf, previousBreak, stepMultiple } from './load-scale.ts';

const multiple = fc.double({ min: 1, max: 100, noNaN: true });

it('places decades evenly and reads places back', () => {
  expect([positionOf(1), positionOf(10), positionOf(100)]).toEqual([0, 0.5, 1]);
  fc.assert(fc.property(multiple, (at) => Math.abs(multipleAt(positionOf(at)) / at - 1) < 1e-9));
});

it('takes one hundred steps a decade and returns over the same ones', () => {
  expect(stepMultiple(1, 100)).toBeCloseTo(10, 9);
  expect(stepMultiple(100, 1)).toBe(100);
  expect(stepMultiple(1, -1)).toBe(1);
  fc.assert(
    fc.property(multiple, (at) => {
      const up = stepMultiple(at, 1);
      expect(up).toBeGreaterThanOrEqual(at);
      expect(up / at).toBeLessThan(1.0234);
      if (up < 100) expect(stepMultiple(up, -1)).toBeLessThanOrEqual(up);
    }),
  );
});

it('stays in range for any input', () => {
  fc.assert(fc.property(fc.double(), (at) => clampMultiple(at) >= 1 && clampMultiple(at) <= 100));
});

it('finds the neighbouring breaks and leaves the one it stands on', () => {
  const breaks = [1.5, 4.2, 6.8, 250].map((at) => ({ node: 'n', resource: 'cpu' as const, multiple: at, rps: at }));
  expect(nextBreak(breaks, 1)).toBe(1.5);
  expect(nextBreak(breaks, 4.2)).toBe(6.8);
  expect(nextBreak(breaks, 6.8)).toBeNull();
  expect(previousBreak(breaks, 4.2)).toBe(1.5);
  expect(previousBreak(breaks, 1)).toBeNull();
});
