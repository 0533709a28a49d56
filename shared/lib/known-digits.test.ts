import fc from 'fast-check';
import { expect, it } from 'vitest';
import { knownDigits, roundKnown, roundKnownUp } from './known-digits.ts';

it.each([
  // value, width, shown: the leading digits of the width say how many of them count
  [38.2, 21.3, 38], [38.2, 36, 40], [38.2, 0.2, 38.2], [0.827, 0.119, 0.83], [0.827, 0.367, 0.8], [0.827, 0.95, 0.8],
  [4.21, 2.337, 4.2], [3912, 954, 3900], [3912, 213, 3910], [20, 5000, 20], [23, 5000, 20], [0, 5, 0], [123.456, 0, 123],
])('%d in an interval %d wide reads %d', (value, width, shown) => {
  expect(roundKnown(value, width)).toBe(shown);
});

it('never has more than three digits, never none, and what it leaves out is less than the interval', () => {
  const size = fc.double({ min: 1e-9, max: 1e12, noNaN: true });
  fc.assert(fc.property(size, size, (value, width) => {
    const digits = knownDigits(value, width);
    expect(digits).toBeGreaterThanOrEqual(1);
    expect(digits).toBeLessThanOrEqual(3);
    const left = Math.abs(roundKnown(value, width) - value);
    expect(left <= width / 2 * (1 + 1e-9) || left <= value / 2).toBe(true);
    // one more digit would be a tenth of the width or less of no consequence
    if (digits > 1) expect(10 ** (Math.floor(Math.log10(value) + 1e-12) - digits + 1)).toBeGreaterThan(width / 36);
  }));
});

it('keeps the order of an interval', () => {
  const size = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
  fc.assert(fc.property(size, size, size, (a, b, c) => {
    const [low, likely, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
    const [x, y, z] = [low, likely, high].map((value) => roundKnown(value, high - low)) as [number, number, number];
    expect(x <= y && y <= z).toBe(true);
    expect(roundKnownUp(likely, high - low)).toBeGreaterThanOrEqual(likely * (1 - 1e-5));
  }));
});
