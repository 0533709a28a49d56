import { describe, expect, test } from 'vitest';
import { missShare, stampedeReloads } from './cache-ttl.ts';
import { cacheHit, cacheItems, cacheWarmupS, lruCharacteristicTime, lruHit, randomCharacteristicTime } from './che.ts';
import type { CacheModel, EvictionPolicy } from './che.ts';
import { zipf } from './zipf.ts';

/** The shares of a few keys, written out. */
function shares(keys: number, s: number): number[] {
  const weights = Array.from({ length: keys }, (_, i) => (i + 1) ** -s);
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}

const held = {
  lru: (p: number, t: number): number => -Math.expm1(-p * t),
  random: (p: number, t: number): number => (p * t) / (1 + p * t),
} as const;

/** The T at which these keys fill the room, by plain bisection. */
function fillingTime(p: readonly number[], items: number, policy: 'lru' | 'random'): number {
  let low = 0;
  let high = 1;
  const filled = (t: number): number => p.reduce((total, share) => total + held[policy](share, t), 0);
  while (filled(high) < items) high *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (filled(middle) < items) low = middle;
    else high = middle;
  }
  return low;
}

/** Hit ratio key by key: what room and age leave of each, its share of the reads at a time. */
function keyByKey(model: CacheModel): number {
  const { keys, zipfS, items, policy, ttlS, slidingTtl, readRps: reads, writeRps, invalidate } = model;
  const writes = invalidate ? writeRps : 0;
  const p = shares(keys, zipfS);
  const present = reads / (reads + writes);
  const room = items / present;
  const t = policy === 'lfu' || room >= keys ? 0 : fillingTime(p, room, policy);
  return p.reduce((total, share, i) => {
    const inRoom = room >= keys ? 1 : policy === 'lfu' ? Math.min(1, Math.max(0, room - i)) : held[policy](share, t);
    const r = share * reads;
    const w = share * writes;
    let young = 1;
    if (ttlS !== null && slidingTtl) young = (r / (r + w)) * -Math.expm1(-(r + w) * ttlS);
    else if (ttlS !== null) {
      const perLoad = w > 0 ? (r * -Math.expm1(-w * ttlS)) / w : r * ttlS;
      young = perLoad / (1 + perLoad);
    }
    const part = policy === 'lfu' ? inRoom * Math.min(present, young) : Math.min(present * inRoom, young);
    return total + share * part;
  }, 0);
}

const POLICIES: readonly EvictionPolicy[] = ['lru', 'lfu', 'random'];
const model: CacheModel = { keys: 60, zipfS: 0.9, items: 13.5, policy: 'lru', ttlS: null, slidingTtl: false, readRps: 40, writeRps: 10, invalidate: false };

describe('a few keys, summed one by one', () => {
  test.each(POLICIES)('%s: with and without time to live and delete on write, at any room, skew and load', (policy) => {
    for (const [keys, zipfS] of [[1, 1], [60, 0.9], [200, 0], [250, 1.4]] as const) for (const room of [0.02, 0.3, 0.9, 1, 2]) {
      for (const [ttlS, slidingTtl] of [[null, false], [0.5, false], [20, false], [1e6, false], [0.5, true], [20, true], [1e6, true]] as const) {
        for (const [readRps, writeRps, invalidate] of [[40, 10, false], [40, 10, true], [3, 30, true], [40, 0, true]] as const) {
          const asked: CacheModel = { keys, zipfS, items: keys * room, policy, ttlS, slidingTtl, readRps, writeRps, invalidate };
          expect(cacheHit(asked), JSON.stringify(asked)).toBeCloseTo(keyByKey(asked), 10);
        }
      }
    }
  });

  test('plain hit ratios are the same sums', () => {
    for (const [n, s, items] of [[60, 0.9, 13.5], [200, 0, 50], [40, 2, 0.7], [250, 1.1, 249.9]] as const) {
      const asked: CacheModel = { ...model, keys: n, zipfS: s, items };
      expect(lruHit(n, s, items)).toBeCloseTo(keyByKey({ ...asked, policy: 'lru' }), 10);
    }
  });

  test('the most popular of many keys are exactly their share', () => {
    const weights = shares(20_000, 0.8);
    const first = weights.slice(0, 3000).reduce((a, b) => a + b, 0) + 0.25 * (weights[3000] ?? 0);
    expect(cacheHit({ ...model, keys: 20_000, zipfS: 0.8, items: 3000.25, policy: 'lfu' })).toBeCloseTo(first, 13);
    // a time to live sums them in buckets
    expect(cacheHit({ ...model, keys: 20_000, zipfS: 0.8, items: 3000.25, policy: 'lfu', ttlS: 1e9 })).toBeCloseTo(first, 4);
  });

  test('the room is full at the characteristic time, and there is none when everything fits', () => {
    for (const [n, s, items] of [[60, 0.9, 13.5], [60, 0.9, 59.9], [200, 0, 50], [240, 1.7, 3]] as const) {
      const p = shares(n, s);
      for (const [solved, policy] of [[lruCharacteristicTime(zipf(n, s), items), 'lru'], [randomCharacteristicTime(zipf(n, s), items), 'random']] as const) {
        expect((solved ?? 0) / fillingTime(p, items, policy)).toBeCloseTo(1, 10);
      }
    }
    // equal keys: 1 - e^{-T/n} = items/n, and T/(n + T) = items/n
    expect(lruCharacteristicTime(zipf(100, 0), 50)).toBeCloseTo(100 * Math.LN2, 9);
    expect(randomCharacteristicTime(zipf(100, 0), 50)).toBeCloseTo(100, 9);
    for (const items of [60, 61]) {
      expect(lruCharacteristicTime(zipf(60, 0.9), items)).toBeNull();
      expect(randomCharacteristicTime(zipf(60, 0.9), items)).toBeNull();
    }
  });

  test('hits every time with room for everything, and never without room', () => {
    for (const policy of POLICIES) {
      for (const items of [60, 1e12]) expect(cacheHit({ ...model, policy, items })).toBeCloseTo(1, 14);
      for (const items of [0, -1, Number.NaN]) expect(cacheHit({ ...model, policy, items, ttlS: 5 })).toBe(0);
      // four reads for one write: four fifths of the keys are there, and need room for four fifths only
      for (const items of [48, 50, 60]) expect(cacheHit({ ...model, policy, items, invalidate: true })).toBeCloseTo(0.8, 12);
      expect(cacheHit({ ...model, policy, items: 47, invalidate: true })).toBeLessThan(0.8);
    }
  });

  test('without reads nothing is deleted, and with a time to live nothing is loaded', () => {
    const idle: CacheModel = { ...model, readRps: 0, writeRps: 10, invalidate: true };
    expect(cacheHit(idle)).toBeCloseTo(keyByKey({ ...model, invalidate: false }), 10);
    expect(cacheHit({ ...idle, ttlS: 60 })).toBe(0);
    expect(cacheHit({ ...idle, ttlS: 60, slidingTtl: true })).toBe(0);
    expect(cacheHit({ ...idle, writeRps: 0, ttlS: 60, slidingTtl: true })).toBe(0);
    // a load that is no load: writes below none count as none
    expect(cacheHit({ ...model, writeRps: -5, invalidate: true })).toBeCloseTo(keyByKey({ ...model, invalidate: false }), 10);
  });

  test('without a time to live only the ratio of reads to writes counts, and the same question has the same answer', () => {
    const asked: CacheModel = { ...model, invalidate: true };
    for (const scale of [1, 1e-6, 1e6]) expect(cacheHit({ ...asked, readRps: 40 * scale, writeRps: 10 * scale })).toBeCloseTo(cacheHit(asked), 13);
    expect(cacheHit({ ...model, readRps: 7, writeRps: 3 })).toBe(cacheHit(model));
  });
});

describe('one key', () => {
  const one = (readRps: number, writeRps: number, ttlS: number, slidingTtl: boolean): number => cacheHit({ keys: 1, zipfS: 0, items: 1, policy: 'lru', invalidate: true, readRps, writeRps, ttlS, slidingTtl });

  test('a fixed time to live hits x/(1+x) of the reads, a renewed one 1 - e^-x', () => {
    expect([0, 1, 3].map((x) => one(x, 0, 1, false))).toEqual([0, 0.5, 0.75]);
    expect(one(0, 0, 1, true)).toBe(0);
    expect(one(Math.LN2, 0, 1, true)).toBeCloseTo(0.5, 14);
    expect(one(1e-12, 0, 1, true) / 1e-12).toBeCloseTo(1, 11);
  });

  test('a read hits when the last event in the window was a read', () => {
    // r/(r+w) (1 - e^{-(r+w) t}) with r = 3, w = 1, t = ln 2 / 4
    expect(one(3, 1, Math.LN2 / 4, true)).toBeCloseTo(0.375, 14);
    expect(one(3, 0, Math.LN2 / 3, true)).toBeCloseTo(0.5, 14);
    expect(one(0, 1, 10, true)).toBe(0);
  });

  test('a value lives until it expires or is written: E = (1 - e^{-wT})/w', () => {
    // w T = ln 2: E = 1/(2 w); two reads per write: one read per load
    expect(one(2, 1, Math.LN2, false)).toBeCloseTo(0.5, 14);
    expect(one(3, 1e-13, 1, false)).toBeCloseTo(0.75, 12);
    expect(one(3, 1e-11, 1, false)).toBeCloseTo(0.75, 10);
  });

  test('stampede, and what goes on behind', () => {
    expect(stampedeReloads(200, 0.5, false)).toBe(101);
    expect(stampedeReloads(200, 0.5, true)).toBe(1);
    expect(stampedeReloads(-200, 0.5, false)).toBe(1);
    expect([missShare(0.75, 0, false), missShare(0.75, 0.5, false), missShare(0.75, 0.5, true), missShare(1, 0.25, false), missShare(0, 0.25, true)]).toEqual([0.25, 0.625, 0.125, 0.25, 0.75]);
  });

  test('memory holds items, and a cold cache fills with what it misses', () => {
    expect(cacheItems(1, 1, 0)).toBeCloseTo((2 ** 30 * 0.9) / 1024, 6);
    expect(cacheItems(2, 0.5)).toBeCloseTo((2 ** 31 * 0.9) / 602, 6);
    // an item takes a byte at least
    expect(cacheItems(1, 0, 0)).toBeCloseTo(2 ** 30 * 0.9, 6);
    expect(cacheItems(-1, 1)).toBe(0);
    expect(cacheWarmupS(600, 100, 0.25)).toBe(8);
    expect(cacheWarmupS(600, 0, 0.25)).toBeNull();
    expect(cacheWarmupS(600, 100, 1)).toBeNull();
  });
});
