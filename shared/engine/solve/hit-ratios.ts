/** What the caches of a drawing answer at the present look-ups: the room of a cache is shared by its uses. */
import { missShare } from '../math/cache-ttl.ts';
import { cacheHit, cacheItems, type CacheModel, type EvictionPolicy } from '../math/che.ts';
import { floats, type Numbers } from '../math/lists.ts';
import type { CacheUse, CompiledDesign } from '../types.ts';
import type { HitCurves } from './hit-curves.ts';

/** Per cache use: look-ups and deletes per second, hit ratio, and the share that goes on behind. */
interface Looked { readonly lookups: Numbers; readonly deletes: Numbers; readonly hit: Numbers; readonly miss: Numbers }

/** Share of the lookups of a cache use that goes on behind it at this hit ratio (semantics 7). */
export function passThrough(use: CacheUse, hit: number): number {
  return missShare(hit, use.missing, use.negative);
}

function policyOf(eviction: 'lru' | 'lfu' | 'random' | 'none'): EvictionPolicy {
  return eviction === 'none' ? 'random' : eviction;
}

/** By node index: look-ups x item size of all uses of a cache, by which they share its memory. */
function memoryShares({ uses, nodes }: CompiledDesign, lookups: Numbers): Numbers {
  const totals = floats(nodes.length);
  for (let i = 0; i < uses.length; i++) {
    const { cache, itemKb } = uses[i] as CacheUse;
    totals[cache] = (totals[cache] as number) + (lookups[i] as number) * itemKb;
  }
  return totals;
}

/** What one cache use asks of its cache now; null without look-ups. */
function modelOf({ uses, nodes }: CompiledDesign, { lookups, deletes }: Pick<Looked, 'lookups' | 'deletes'>, totals: Numbers, index: number): CacheModel | null {
  const use = uses[index] as CacheUse;
  const cache = nodes[use.cache]?.cache;
  const reads = (lookups[index] as number) * (1 - use.missing);
  if (!cache || !(reads > 0)) return null;
  const total = totals[use.cache] as number;
  const share = total > 0 ? ((lookups[index] as number) * use.itemKb) / total : 1;
  const room = cache.max_items ?? cacheItems(cache.memory_gb, use.itemKb, cache.overhead_bytes);
  return {
    keys: use.keys, zipfS: use.zipfS, items: room * cache.shards * share, policy: policyOf(cache.eviction), ttlS: use.ttlS, slidingTtl: false,
    readRps: reads, writeRps: deletes[index] as number, invalidate: (deletes[index] as number) > 0,
  };
}

/** What each cache use asks of its cache now; memory is shared in proportion to lookups x item size. Null without lookups. */
export function cacheModels(compiled: CompiledDesign, flows: Pick<Looked, 'lookups' | 'deletes'>): readonly (CacheModel | null)[] {
  const totals = memoryShares(compiled, flows.lookups);
  return compiled.uses.map((_, index) => modelOf(compiled, flows, totals, index));
}

/** Write the hit ratios for the present lookups. Returns the largest change. */
export function solveHits(compiled: CompiledDesign, flows: Looked, curves: HitCurves | undefined): number {
  const { uses } = compiled;
  const { hit, miss } = flows;
  const totals = memoryShares(compiled, flows.lookups);
  let change = 0;
  for (let i = 0; i < uses.length; i++) {
    const model = modelOf(compiled, flows, totals, i);
    if (!model) continue;
    const found = curves ? curves.hit(i, model) : cacheHit(model);
    change = Math.max(change, Math.abs(found - (hit[i] as number)));
    hit[i] = found;
    miss[i] = passThrough(uses[i] as CacheUse, found);
  }
  return change;
}
