import { describe, expect, test } from 'vitest';
import { NumberMemo } from './memo.ts';
import { effectiveShards, geoShares, hottestGeoShare, hottestShare, reshardMovedShare, scatterAvailability } from './shards.ts';
import { generalizedHarmonic, topShare, zipf } from './zipf.ts';

/** Sum of i^-s from a to b, smallest terms first. */
function added(a: number, b: number, s: number): number {
  let total = 0;
  for (let i = b; i >= a; i--) total += i ** -s;
  return total;
}

describe('harmonic sums', () => {
  test('agree with plain addition around every change of method', () => {
    for (const s of [0, 0.3, 1, 1.0000001, 2.5, 4]) for (const n of [1, 2, 24, 25, 998, 999, 1000, 1001, 1023, 1024, 1025, 30_000]) {
      expect(generalizedHarmonic(n, s) / added(1, n, s)).toBeCloseTo(1, 13);
    }
    expect([generalizedHarmonic(0, 1), generalizedHarmonic(-3, 1), generalizedHarmonic(2.4, 1), generalizedHarmonic(2.6, 0)]).toEqual([1, 1, 1.5, 3]);
    // zeta(2) and zeta(4)
    expect(generalizedHarmonic(1e15, 2)).toBeCloseTo(Math.PI ** 2 / 6, 13);
    expect(generalizedHarmonic(1e15, 4)).toBeCloseTo(Math.PI ** 4 / 90, 14);
  });

  test('a steep sum loses nothing to the corrections of its end', () => {
    // ends beyond rank 1000, where the sum of what follows is an integral with corrections
    for (const s of [1, 3, 8]) for (const [c, n] of [[5000, 20_000], [1010, 2000]] as const) {
      const popularity = zipf(n, s);
      expect(topShare(popularity, c)).toBeCloseTo(added(1, c, s) / added(1, n, s), 13);
    }
  });
});

describe('popularity', () => {
  test('ranks are listed one by one up to 256, then in buckets of 3 %', () => {
    const { n, s, size, p, count, top1, harmonic, sumSquares } = zipf(300, 1.2);
    expect([n, s]).toEqual([300, 1.2]);
    expect(harmonic).toBeCloseTo(added(1, 300, 1.2), 12);
    expect(sumSquares).toBeCloseTo(added(1, 300, 2.4) / harmonic ** 2, 14);
    expect(top1).toBe(1 / harmonic);
    for (const i of [0, 1, 99, 255]) {
      expect(p[i]).toBeCloseTo((i + 1) ** -1.2 / harmonic, 16);
      expect(count[i]).toBe(1);
    }
    // 257 to 264, 265 to 272, 273 to 281, 282 to 290, 291 to 299, and 300 alone
    expect(size).toBe(256 + 12);
    expect(Array.from(count.slice(256), (keys) => keys * 2)).toEqual([8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 1, 1]);
    [[257, 264], [291, 299], [300, 300]].forEach(([a = 0, b = 0], bucket) => {
      const i = 256 + [0, 8, 10][bucket]!;
      const shares = Array.from({ length: b - a + 1 }, (_, k) => (a + k) ** -1.2 / harmonic);
      const mean = shares.reduce((x, y) => x + y, 0) / shares.length;
      const variance = shares.reduce((total, share) => total + (share - mean) ** 2, 0) / shares.length;
      expect(((p[i] ?? 0) + (p[i + 1] ?? 0)) / 2 / mean).toBeCloseTo(1, 12);
      expect(Math.abs(((p[i] ?? 0) - (p[i + 1] ?? 0)) / 2 - Math.sqrt(variance)) / mean).toBeLessThan(1e-7);
    });
    expect(zipf(256, 1.2).size).toBe(256);
    expect(zipf(257, 1.2).size).toBe(258);
  });

  test('without skew all keys are one entry; counts are whole and limited, the exponent never negative', () => {
    for (const s of [0, -1, Number.NaN]) expect(zipf(5000, s)).toMatchObject({ n: 5000, s: 0, size: 1, harmonic: 5000, top1: 1 / 5000, sumSquares: 1 / 5000 });
    expect(Array.from(zipf(5000, 0).count)).toEqual([5000]);
    expect(Array.from(zipf(5000, 0).p)).toEqual([1 / 5000]);
    expect([zipf(0, 1).n, zipf(2.6, 1).n, zipf(1e18, 0).n]).toEqual([1, 3, 1e15]);
    expect(zipf(77, 0.5)).toBe(zipf(77, 0.5));
    expect(zipf(77, 0.5)).not.toBe(zipf(78, 0.5));
  });

  test('the most popular keys', () => {
    // 1, 1/2, 1/3, 1/4 over 25/12
    const four = zipf(4, 1);
    for (const [c, share] of [[-1, 0], [0, 0], [Number.NaN, 0], [0.5, 0.24], [1, 0.48], [2.5, 0.8], [4, 1], [9, 1]] as const) expect(topShare(four, c)).toBeCloseTo(share, 14);
    expect(topShare(zipf(100, 0), 33)).toBeCloseTo(0.33, 14);
  });
});

describe('shards', () => {
  test('the hottest holds the top key, or what chance heaps on it', () => {
    // two keys, shares 8/9 and 1/9, or 2/3 and 1/3 with a sum of squares of 5/9
    expect(hottestShare(2, 3, 4)).toBeCloseTo(8 / 9 + 1 / 36, 14);
    expect(hottestShare(2, 1, 4)).toBeCloseTo(0.25 + Math.sqrt(((2 * Math.log(4) * 5) / 9 / 4) * 0.75), 14);
    const even = 0.1 + Math.sqrt(((2 * Math.log(10) * 1e-6) / 10) * 0.9);
    expect(hottestShare(1e6, 0, 10)).toBeCloseTo(even, 12);
    expect([hottestShare(10, 1, 1), hottestShare(10, 1, 0), hottestShare(1, 1, 3)]).toEqual([1, 1, 1]);
    expect(hottestShare(10, 1, 3.2)).toBe(hottestShare(10, 1, 3));
  });

  test('regions share by weight, or alike without any', () => {
    expect(geoShares([2, 1, 1], 2)).toEqual([2 / 3, 1 / 3]);
    expect(geoShares([3, -1], 3)).toEqual([1, 0, 0]);
    expect(geoShares(null, 4)).toEqual([0.5, 0.3, 0.2, 0]);
    for (const weights of [[0, 0], [], [-1, -2]]) expect(geoShares(weights, 4)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(geoShares([5], 0)).toEqual([1]);
    expect([hottestGeoShare(null, 2), hottestGeoShare([1, 3], 2)]).toEqual([0.625, 0.75]);
  });

  test('what shards are worth, how many keys move, and reads of all of them', () => {
    expect([effectiveShards(0.2), effectiveShards(0), effectiveShards(-1)]).toEqual([5, 1, 1]);
    expect([reshardMovedShare('modulo', 4), reshardMovedShare('consistent', 4), reshardMovedShare('modulo', 1)]).toEqual([0.8, 0.2, 0.5]);
    expect([scatterAvailability(0.5, 3), scatterAvailability(0.5, 0), scatterAvailability(0.5, 1)]).toEqual([0.125, 0.5, 0.5]);
  });
});

describe('the memo', () => {
  test('keeps the last four of keys that share a place, and compares every number', () => {
    const memo = new NumberMemo<string>(2, 4);
    const keys = [[1, 2], [1, 3], [2, 2], [3, 1]] as const;
    keys.forEach((key) => memo.set(key, key.join()));
    expect(keys.map((key) => memo.get(key))).toEqual(['1,2', '1,3', '2,2', '3,1']);
    memo.set([9, 9], '9,9');
    expect(memo.get([1, 2])).toBeUndefined();
    expect([[1, 3], [2, 2], [3, 1], [9, 9]].map((key) => memo.get(key))).toEqual(['1,3', '2,2', '3,1', '9,9']);
    expect([memo.get([9, 8]), memo.get([8, 9]), memo.get([0, 0])]).toEqual([undefined, undefined, undefined]);
  });

  test('zero is zero, whichever sign it has', () => {
    const memo = new NumberMemo<string>(1, 1024);
    memo.set([0], 'zero');
    expect(memo.get([-0])).toBe('zero');
  });

  test('spreads keys over its places: half as many keys as places mostly stay', () => {
    const memo = new NumberMemo<number>(2, 1024);
    const keys = Array.from({ length: 512 }, (_, i) => [Math.floor(i / 32) * 0.1, (i % 32) * 1000] as const);
    keys.forEach((key, i) => memo.set(key, i));
    expect(keys.filter((key, i) => memo.get(key) === i).length).toBeGreaterThan(460);
  });
});
