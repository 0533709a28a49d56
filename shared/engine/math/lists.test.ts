import { describe, expect, it } from 'vitest';
import { floats, wholes, zeros } from './lists.ts';

describe.each([['zeros', zeros], ['floats', floats], ['wholes', wholes]] as const)('%s', (_, make) => {
  it.each([0, 3, 1023, 1024, 5000])('makes %i zeros in a list of their own', (length) => {
    const [one, other] = [make(length), make(length)];
    expect([one.length, other.length]).toEqual([length, length]);
    if (length === 0) return;
    one[length - 1] = 7;
    expect([...one].reduce((sum, value) => sum + value, 0)).toBe(7);
    expect([...other].every((value) => value === 0)).toBe(true);
  });
});

it('holds fractions in short lists and in long ones', () => {
  for (const length of [10, 5000]) {
    const list = floats(length);
    list[1] = 0.1;
    expect(list[1]).toBe(0.1);
  }
});

it('makes plain lists where they are short and typed arrays where they are long', () => {
  expect([zeros(5000), floats(1023), wholes(1023)].every((list) => Array.isArray(list))).toBe(true);
  expect(floats(1024)).toBeInstanceOf(Float64Array);
  expect(wholes(1024)).toBeInstanceOf(Int32Array);
});
