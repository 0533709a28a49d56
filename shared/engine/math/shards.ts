/** Sharding: the hottest shard decides. Source: balls-into-bins with Zipf weights, within 6 % of simulation. */
import { clampShare, wholeAtLeast } from './numeric.ts';
import { zipf } from './zipf.ts';

/**
 * Expected share of the hottest of S hash shards: max(p1 + (1-p1)/S, 1/S + sqrt(2 ln S * sum p^2 / S * (1-1/S))),
 * at most 1. keys with Zipf exponent s.
 */
export function hottestShare(keys: number, s: number, shards: number): number {
  const S = wholeAtLeast(shards, 1);
  if (S === 1) return 1;
  const { top1, sumSquares } = zipf(keys, s);
  const spread = Math.sqrt(((2 * Math.log(S) * sumSquares) / S) * (1 - 1 / S));
  return clampShare(Math.max(top1 + (1 - top1) / S, 1 / S + spread));
}

const DEFAULT_GEO = [0.5, 0.3, 0.2];

/** Load share per geographic shard: weights (default .5/.3/.2) cut or padded with 0 to `shards` and scaled to 1. */
export function geoShares(weights: readonly number[] | null, shards: number): number[] {
  const S = wholeAtLeast(shards, 1);
  const given = weights ?? DEFAULT_GEO;
  const cut = Array.from({ length: S }, (_, i) => Math.max(0, given[i] ?? 0));
  const total = cut.reduce((acc, w) => acc + w, 0);
  return total > 0 ? cut.map((w) => w / total) : cut.map(() => 1 / S);
}

/** Largest of the geographic shares. */
export function hottestGeoShare(weights: readonly number[] | null, shards: number): number {
  return Math.max(...geoShares(weights, shards));
}

/** S_eff = 1 / hottest share: how many evenly loaded shards the store is worth. */
export function effectiveShards(hottest: number): number {
  return hottest > 0 ? 1 / hottest : 1;
}

/** Share of keys that move when one shard is added: modulo 1-1/(S+1), consistent hashing or slots 1/(S+1). */
export function reshardMovedShare(placement: 'modulo' | 'consistent', shards: number): number {
  return placement === 'modulo' ? 1 - 1 / (shards + 1) : 1 / (shards + 1);
}

/** Availability of a read that needs every shard: a^S. */
export function scatterAvailability(perShard: number, shards: number): number {
  return Math.pow(perShard, wholeAtLeast(shards, 1));
}
