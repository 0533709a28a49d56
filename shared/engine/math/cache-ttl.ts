/** Closed forms of caches beside their hit ratio: stampede, and the load behind. */

/** Concurrent reloads of one key when it expires: lambda_k L + 1, or 1 with single flight (rate 1/s, reload s). */
export function stampedeReloads(keyRps: number, reloadS: number, singleFlight: boolean): number {
  return singleFlight ? 1 : 1 + Math.max(0, keyRps * reloadS);
}

/** Share of the lookups that go on behind a cache: (1-q)(1-h) + q, or without q where misses are cached too. q of them are for keys that do not exist. */
export function missShare(hit: number, missingShare: number, negativeCache: boolean): number {
  return (1 - missingShare) * (1 - hit) + (negativeCache ? 0 : missingShare);
}
