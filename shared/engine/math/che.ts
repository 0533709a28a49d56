/**
 * Hit ratios of whole caches under the independent reference model. Che's approximation: one characteristic time T per
 * cache. Source: Che, Tung, Wang 2002; Fricker, Robert, Roberts 2012 (error below .001 absolute for Zipf .8 to 1.2).
 */
import { NumberMemo } from './memo.ts';
import { clampShare } from './numeric.ts';
import { keyCount, topShare, zipf } from './zipf.ts';
import type { KeyList, Popularity } from './zipf.ts';

/** Eviction when the memory is full. */
export type EvictionPolicy = 'lru' | 'lfu' | 'random';

/** One cached entity: rates in 1/s over all keys, ttlS null = no expiry, items = how many fit. */
export interface CacheModel {
  keys: number;
  zipfS: number;
  items: number;
  policy: EvictionPolicy;
  ttlS: number | null;
  /** The TTL is renewed by reads. */
  slidingTtl: boolean;
  readRps: number;
  writeRps: number;
  /** Writes delete the cached value. */
  invalidate: boolean;
}

/** T of an LRU cache (in requests) holding `items` of the keys: sum(1-e^{-pT}) = items. null: everything fits. */
export function lruCharacteristicTime({ n, smooth }: Popularity, items: number): number | null {
  if (items >= n) return null;
  const { p, count, size } = smooth;
  const goal = n - items;
  let t = items;
  for (let round = 0; round < 200; round++) {
    let absent = 0;
    let slope = 0;
    for (let i = 0; i < size; i++) {
      const share = p[i] as number;
      const e = (count[i] as number) * Math.exp(-share * t);
      absent += e;
      slope += share * e;
    }
    // Newton on ln(absent/goal): convex and decreasing in T, so the steps climb to the root from below.
    const step = (absent * Math.log(absent / goal)) / slope;
    t += step;
    if (!(step > 1e-13 * t)) break;
  }
  return t;
}

/** T of a random or FIFO cache: sum pT/(1+pT) = items. null: everything fits. */
export function randomCharacteristicTime({ n, smooth }: Popularity, items: number): number | null {
  if (items >= n) return null;
  const { p, count, size } = smooth;
  const goal = n - items;
  let t = items;
  for (let round = 0; round < 200; round++) {
    let absent = 0;
    let slope = 0;
    for (let i = 0; i < size; i++) {
      const share = p[i] as number;
      const out = 1 / (1 + share * t);
      absent += (count[i] as number) * out;
      slope += (count[i] as number) * share * out * out;
    }
    // Newton on 1/absent, concave and increasing in T: again monotone from below.
    const step = (absent * (absent / goal - 1)) / slope;
    t += step;
    if (!(step > 1e-13 * t)) break;
  }
  return t;
}

/** LRU hit ratio: sum p (1-e^{-pT}). n keys, exponent s, room for `items`. */
export function lruHit(n: number, s: number, items: number): number {
  return cacheHit({ ...PLAIN, keys: n, zipfS: s, items, policy: 'lru' });
}

const PLAIN = { ttlS: null, slidingTtl: false, readRps: 1, writeRps: 0, invalidate: false } as const;

/** How the room in memory decides for one key. All numbers: the sum over keys is one loop without calls through values. */
interface RoomCurve {
  /** 0: everything fits; 1: LRU window `t`; 2: random window `t`; 3: the `t` most popular keys. */
  readonly code: 0 | 1 | 2 | 3;
  readonly t: number;
}

const EVERYTHING: RoomCurve = { code: 0, t: 0 };
const windows = new NumberMemo<RoomCurve>(4, 1024);

function roomCurve(policy: EvictionPolicy, popularity: Popularity, items: number): RoomCurve {
  if (items >= popularity.n) return EVERYTHING;
  if (policy === 'lfu') return { code: 3, t: items };
  const code = policy === 'random' ? 2 : 1;
  const key = [code, popularity.n, popularity.s, items];
  const known = windows.get(key);
  if (known) return known;
  const t = code === 2 ? randomCharacteristicTime(popularity, items) : lruCharacteristicTime(popularity, items);
  return windows.set(key, t === null ? EVERYTHING : { code, t });
}

/** e to the minus this is below the last digit of one. */
const CERTAIN = 40;

/** How age decides for one key: not at all, by a fixed time since it was loaded, or by one that reads renew. */
const AGE = { none: 0, fixed: 1, renewed: 2 } as const;

function ageCode(model: CacheModel): number {
  if (model.ttlS === null) return AGE.none;
  return model.slidingTtl ? AGE.renewed : AGE.fixed;
}

/** Share of the reads of one key that come while it is young enough: x/(1+x) of the reads per load, x = r (1-e^{-wT})/w with deletes by writes. */
function fresh(share: number, reads: number, writes: number, ttl: number): number {
  const x = share * writes * ttl;
  const loaded = x > 1e-12 ? (reads / writes) * (x < CERTAIN ? -Math.expm1(-x) : 1) : share * reads * ttl;
  return loaded / (1 + loaded);
}

/** The same where reads renew it: 1-e^{-x}. */
function renewed(share: number, reads: number, writes: number, ttl: number): number {
  return reads + writes > 0 ? (reads / (reads + writes)) * -Math.expm1(-share * (reads + writes) * ttl) : 0;
}

/** Sum over the keys where all fit, so that age alone decides. */
function sumByAge({ p, count, size }: KeyList, present: number, { readRps: reads, writeRps: writes, slidingTtl }: CacheModel, ttl: number): number {
  let hit = 0;
  for (let i = 0; i < size; i++) {
    const share = p[i] as number;
    const kept = slidingTtl ? renewed(share, reads, writes, ttl) : fresh(share, reads, writes, ttl);
    hit += (count[i] as number) * share * Math.min(present, kept);
  }
  return hit;
}

/** Sum over the keys of share x min(hit by room, hit by age). `present` is r/(r+w) when writes delete, else 1. */
function sumHits({ p, count, size }: KeyList, { code, t }: RoomCurve, present: number, model: CacheModel): number {
  const age = ageCode(model);
  const { readRps: reads, writeRps: writes, ttlS } = model;
  const ttl = ttlS ?? 0;
  let hit = 0;
  let before = 0;
  for (let i = 0; i < size; i++) {
    const share = p[i] as number;
    let kept = present;
    if (code === 1) kept = present * -Math.expm1(-share * t);
    else if (code === 2) kept = (present * share * t) / (1 + share * t);
    if (age === AGE.fixed) kept = Math.min(kept, fresh(share, reads, writes, ttl));
    else if (age === AGE.renewed) kept = Math.min(kept, renewed(share, reads, writes, ttl));
    const keys = count[i] as number;
    hit += (code === 3 ? Math.min(keys, Math.max(0, t - before)) : keys) * share * kept;
    before += keys;
  }
  return hit;
}

function solve(model: CacheModel): number {
  const popularity = zipf(model.keys, model.zipfS);
  const present = model.readRps > 0 ? model.readRps / (model.readRps + model.writeRps) : 1;
  if (model.policy === 'lfu' && model.ttlS === null) return clampShare(present * topShare(popularity, model.items / present));
  const room = roomCurve(model.policy, popularity, model.items / present);
  if (room.code !== 0) return clampShare(sumHits(popularity, room, present, model));
  // one smooth function of the share, for which the short list will do
  return clampShare(model.ttlS === null ? present : sumByAge(popularity.smooth, present, model, model.ttlS));
}

const POLICY_CODE: Record<EvictionPolicy, number> = { lru: 0, lfu: 1, random: 2 };
const memo = new NumberMemo<number>(7, 8192);
/** The key of the look-up that goes on: one for all of them, none of which asks for another. */
const key = new Float64Array(7);

/**
 * Hit ratio of a cache with limited room, optional TTL and optional delete on write; memoised, always in [0, 1].
 * Room and age are combined per key as min(h_room, h_ttl) (at most .006 off simulation); with delete on write, T is
 * solved on the occupancy r/(r+w) (1-e^{-pT}), p counting reads and writes of the key together. 0 without room.
 */
export function cacheHit(model: CacheModel): number {
  const { keys, zipfS, policy, slidingTtl, ttlS, invalidate } = model;
  if (!(model.items > 0)) return 0;
  // room beyond all keys changes nothing
  const items = Math.min(model.items, keyCount(keys));
  let readRps = model.readRps;
  let writeRps = invalidate && model.writeRps > 0 ? model.writeRps : 0;
  if (ttlS === null) {
    // only the ratio of reads to writes matters: the same cache at twice the load is the same entry
    const mixed = writeRps > 0 && readRps > 0;
    readRps = mixed ? readRps / writeRps : 1;
    writeRps = mixed ? 1 : 0;
  }
  key[0] = keys;
  key[1] = zipfS;
  key[2] = items;
  key[3] = POLICY_CODE[policy] + (slidingTtl ? 4 : 0);
  key[4] = ttlS ?? -1;
  key[5] = readRps;
  key[6] = writeRps;
  return memo.get(key) ?? memo.set(key, solve({ keys, zipfS, items, policy, ttlS, slidingTtl, readRps, writeRps, invalidate }));
}

/** Items that fit: memory*.9/(item_kb*1024 + overhead); memory in GiB, item in KiB, overhead bytes per key (90). */
export function cacheItems(memoryGb: number, itemKb: number, overheadB = 90): number {
  const perItem = Math.max(1, itemKb * 1024 + overheadB);
  return Math.max(0, (memoryGb * 2 ** 30 * 0.9) / perItem);
}

/** Time to refill a cold cache (s): items / (lambda (1-hit)); null when nothing is ever loaded. */
export function cacheWarmupS(items: number, lambda: number, hit: number): number | null {
  const loads = lambda * (1 - hit);
  return loads > 0 ? items / loads : null;
}
