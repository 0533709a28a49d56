import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missShare } from './cache-ttl.ts';
import { cacheHit, cacheItems, cacheWarmupS, lruHit } from './che.ts';
import type { CacheModel } from './che.ts';
import { hottestShare } from './shards.ts';
import { generalizedHarmonic, topShare, zipf } from './zipf.ts';

const base: CacheModel = {
  keys: 10000,
  zipfS: 1,
  items: 1000,
  policy: 'lru',
  ttlS: null,
  slidingTtl: false,
  readRps: 950,
  writeRps: 50,
  invalidate: false,
};

/** Key-by-key LRU hit ratio by plain bisection, as an independent check of the buckets and of Newton's method. */
function plainLru(n: number, s: number, items: number): number {
  const weights = Array.from({ length: n }, (_, i) => (i + 1) ** -s);
  const total = weights.reduce((a, b) => a + b, 0);
  const p = weights.map((w) => w / total);
  let low = 0;
  let high = 1e9;
  for (let round = 0; round < 80; round++) {
    const t = Math.sqrt(Math.max(low, 1e-3) * high);
    const held = p.reduce((acc, share) => acc - Math.expm1(-share * t), 0);
    if (held < items) low = t;
    else high = t;
  }
  return p.reduce((acc, share) => acc - share * Math.expm1(-share * low), 0);
}

describe('popularity', () => {
  it('sums to one and keeps its second moment in buckets', () => {
    for (const [n, s] of [
      [10, 1],
      [5000, 0.6],
      [200000, 1.2],
      [1e6, 0],
      [1e9, 0.9],
    ] as const) {
      const { p, count, size, sumSquares } = zipf(n, s);
      let total = 0;
      let squares = 0;
      for (let i = 0; i < size; i++) {
        total += (p[i] ?? 0) * (count[i] ?? 0);
        squares += (p[i] ?? 0) ** 2 * (count[i] ?? 0);
      }
      expect(total).toBeCloseTo(1, 11);
      expect(squares / sumSquares).toBeCloseTo(1, 10);
    }
    expect(generalizedHarmonic(1e6, 1)).toBeCloseTo(14.392726722865, 11);
    expect(generalizedHarmonic(4321, 0.7)).toBeCloseTo(
      Array.from({ length: 4321 }, (_, i) => (i + 1) ** -0.7).reduce((a, b) => a + b),
      9,
    );
    expect(topShare(zipf(100, 0), 12.5)).toBeCloseTo(0.125, 12);
  });
});

describe('caches', () => {
  it('agrees with the key-by-key sum to 1e-8', () => {
    for (const [n, s, items] of [
      [500, 0, 50],
      [20000, 0.8, 300],
      [20000, 1.1, 19000],
      [30000, 0.9, 12000.5],
    ] as const) {
      expect(lruHit(n, s, items)).toBeCloseTo(plainLru(n, s, items), 8);
    }
  });

  it('orders the policies and stays in [0, 1], growing with room', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3e6 }),
        fc.double({ min: 0, max: 2.5, noNaN: true }),
        fc.double({ min: 1e-6, max: 1.2, noNaN: true }),
        (n, s, share) => {
          const items = n * share;
          const lru = lruHit(n, s, items);
          expect(lru).toBeGreaterThanOrEqual(0);
          expect(lru).toBeLessThanOrEqual(1);
          expect(lruHit(n, s, items * 1.1)).toBeGreaterThanOrEqual(lru - 1e-9);
          const plain: CacheModel = { keys: n, zipfS: s, items, policy: 'lfu', ttlS: null, slidingTtl: false, readRps: 1, writeRps: 0, invalidate: false };
          if (items >= 1) expect(cacheHit(plain)).toBeGreaterThanOrEqual(lru - 1e-6);
          expect(cacheHit({ ...plain, policy: 'random' })).toBeLessThanOrEqual(lru + 1e-6);
        },
      ),
    );
  });

  it('matches the published cases of time to live and delete on write', () => {
    expect(cacheHit({ ...base, invalidate: true })).toBeCloseTo(0.6482014785, 9);
    expect(cacheHit({ ...base, invalidate: true, readRps: 800, writeRps: 200 })).toBeCloseTo(0.5639803114, 9);
    expect(cacheHit({ ...base, readRps: 1000, writeRps: 0, ttlS: 60 })).toBeCloseTo(0.6749275194, 9);
  });

  it('is never helped by writes or by a shorter life, at any load', () => {
    for (const policy of ['lru', 'lfu', 'random'] as const) {
      for (const scale of [1e-3, 1, 1e3]) {
        const model: CacheModel = { ...base, policy, invalidate: true, readRps: 950 * scale, writeRps: 50 * scale };
        const kept = cacheHit({ ...model, invalidate: false });
        expect(cacheHit(model)).toBeLessThanOrEqual(kept);
        expect(cacheHit({ ...model, ttlS: 1 })).toBeLessThanOrEqual(cacheHit({ ...model, ttlS: 100 }) + 1e-12);
        expect(cacheHit({ ...model, ttlS: 100 })).toBeLessThanOrEqual(cacheHit(model) + 1e-12);
        expect(cacheHit({ ...model, ttlS: 10, slidingTtl: true })).toBeGreaterThanOrEqual(cacheHit({ ...model, ttlS: 10 }) - 1e-12);
      }
    }
    expect(cacheHit({ ...base, items: 0 })).toBe(0);
    expect(cacheHit({ ...base, items: 1e9 })).toBe(1);
    expect(cacheHit({ ...base, items: 1e9, invalidate: true })).toBeCloseTo(0.95, 12);
  });

  it('never raises the load behind it, for any hit ratio and share of missing keys', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (hit, q, negativeCache) => {
          expect(missShare(hit, q, negativeCache)).toBeLessThanOrEqual(1 + 1e-12);
        },
      ),
    );
    expect(missShare(0.9, 0.1, false)).toBeCloseTo(0.19, 12);
  });

  it('sizes memory in binary units', () => {
    expect(cacheItems(1, 1)).toBeCloseTo((2 ** 30 * 0.9) / 1114, 6);
    expect(cacheWarmupS(1000, 100, 0.5)).toBe(20);
    expect(cacheWarmupS(1000, 100, 1)).toBeNull();
  });

  it('finds the hottest shard', () => {
    expect(hottestShare(100000, 1, 8)).toBeCloseTo(0.19737, 5);
    expect(hottestShare(1, 1, 16)).toBe(1);
    expect(hottestShare(1000, 0.9, 1)).toBe(1);
  });
});
