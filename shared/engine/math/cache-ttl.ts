/** Closed forms of caches for one key or one class of keys: TTL, invalidation, access time, stampede, load behind. */
import { clampShare } from './numeric.ts';

/** TTL reset on write only (x = lambda T): hit = x/(1+x). */
export function ttlHitFixed(x: number): number {
  return x > 0 ? x / (1 + x) : 0;
}

/** Sliding TTL, renewed on every read (x = lambda T): hit = 1 - e^-x. */
export function ttlHitRenewing(x: number): number {
  return x > 0 ? -Math.expm1(-x) : 0;
}

/**
 * Cache-aside with delete on write: hit = r/(r+w) (1 - e^{-(r+w) window}); rates 1/s, window s (the eviction window).
 * 0 without reads.
 */
export function invalidatedHit(lambdaRead: number, lambdaWrite: number, windowS: number): number {
  const rate = lambdaRead + lambdaWrite;
  return lambdaRead > 0 ? (lambdaRead / rate) * ttlHitRenewing(rate * windowS) : 0;
}

/**
 * Fixed TTL and delete on write together: a loaded value lives min(TTL, Exp(w)), so with E = (1-e^{-wT})/w the reads per
 * load are rE and the hit ratio is rE/(1+rE). w = 0 gives the plain fixed TTL.
 */
export function ttlHitWithWrites(lambdaRead: number, lambdaWrite: number, ttlS: number): number {
  const x = lambdaWrite * ttlS;
  const life = x > 1e-12 ? -Math.expm1(-x) / lambdaWrite : ttlS;
  return ttlHitFixed(lambdaRead * life);
}

/** Mean access time: h tHit + (1-h) tMiss (tMiss is the whole miss path; unit of the arguments). */
export function cacheMean(hit: number, tHit: number, tMiss: number): number {
  return hit * tHit + (1 - hit) * tMiss;
}

/** Concurrent reloads of one key when it expires: lambda_k L + 1, or 1 with single flight (rate 1/s, reload s). */
export function stampedeReloads(keyRps: number, reloadS: number, singleFlight: boolean): number {
  return singleFlight ? 1 : 1 + Math.max(0, keyRps * reloadS);
}

/** Reads, writes and the cache between them and the store. missingShare q: lookups for keys that do not exist. */
export interface LoadBehind {
  readRps: number;
  writeRps: number;
  hit: number;
  missingShare?: number;
  negativeCache?: boolean;
}

/** Load behind a cache (1/s): read [(1-q)(1-h) + q (negative cache ? 0 : 1)] + write. Never above read + write. */
export function loadBehindCache(load: LoadBehind): number {
  const q = clampShare(load.missingShare ?? 0);
  const passed = (1 - q) * (1 - clampShare(load.hit)) + (load.negativeCache === true ? 0 : q);
  return load.readRps * passed + load.writeRps;
}
