import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { keptBy, oncePer } from './once-per.ts';

describe('what is made once for an object', () => {
  it('is made once for each object and each question', () => {
    const sum = vi.fn(({ a, b }: { a: number; b: number }) => a + b);
    const product = vi.fn(({ a, b }: { a: number; b: number }) => a * b);
    const [sumOf, productOf] = [oncePer(sum), oncePer(product)];
    const one = { a: 2, b: 5 };
    const other = { a: 3, b: 4 };
    expect([sumOf(one), productOf(one), sumOf(other), sumOf(one), productOf(one), productOf(other)]).toEqual([7, 10, 7, 7, 10, 12]);
    expect(sum).toHaveBeenCalledTimes(2);
    expect(product).toHaveBeenCalledTimes(2);
  });

  it('may ask another question of the same object', () => {
    const half = oncePer(({ a }: { a: number }) => a / 2);
    const quarter = oncePer((of: { a: number }) => half(of) / 2);
    const key = { a: 8 };
    expect([quarter(key), half(key), quarter(key)]).toEqual([2, 4, 2]);
  });

  it('keeps an answer that is undefined', () => {
    const make = vi.fn(() => undefined);
    const nothing = oncePer(make);
    const key = {};
    expect([nothing(key), nothing(key)]).toEqual([undefined, undefined]);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('is kept by the object that the question names', () => {
    const make = vi.fn(({ list, by }: { list: readonly number[]; by: number }) => list.length * by);
    const times = keptBy(make, ({ list }) => list);
    const list = [1, 2, 3];
    expect([times({ list, by: 2 }), times({ list, by: 2 }), times({ list: [1], by: 2 })]).toEqual([6, 6, 2]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('is not taken along by a copy, a message or a comparison', () => {
    const sizeOf = oncePer((of: { list: readonly number[] }) => of.list.length);
    const key = { list: [1, 2, 3] };
    expect(sizeOf(key)).toBe(3);
    expect(sizeOf({ ...key, list: [1] })).toBe(1);
    expect(sizeOf(Object.assign({}, key, { list: [] }))).toBe(0);
    expect(sizeOf({ ...structuredClone(key), list: [4, 5] })).toBe(2);
    expect(Object.keys(key)).toEqual(['list']);
    expect(JSON.stringify(key)).toBe('{"list":[1,2,3]}');
    expect(key).toStrictEqual({ list: [1, 2, 3] });
  });

  it('is made again for a frozen object, and the same', () => {
    const sizeOf = oncePer((of: { readonly list: readonly number[] }) => of.list.length);
    const key = Object.freeze({ list: [1, 2] });
    expect([sizeOf(key), sizeOf(key)]).toEqual([2, 2]);
  });

  it('dies with its object in a young collection, even when it refers back to it', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;
    const large = oncePer((key: object) => ({ key, numbers: Array.from({ length: 1000 }, (_, i) => i + 0.5) }));
    collect({ type: 'minor' });
    const before = process.memoryUsage().heapUsed;
    let total = 0;
    for (let i = 0; i < 1000; i++) total += large({ i }).numbers.length;
    for (let i = 0; i < 3; i++) collect({ type: 'minor' });
    expect(total).toBe(1_000_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
  });
});
