/** Caches looked at from outside: cold, with more memory, and without expiry. */
import { cacheHit, cacheItems, cacheWarmupS, type CacheModel } from '../math/che.ts';
import type { CacheUse, CompiledDesign, TrafficResult } from '../types.ts';
import { coldHomes } from './cold-cache.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { cacheModels, passThrough } from './hit-ratios.ts';

function addTo<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** One use of a cache that is looked up, and what it asks of the cache now. */
interface Asked { readonly index: number; readonly use: CacheUse; readonly model: CacheModel }

/** Hit ratio of the whole cache if each use were `changed`; what is never found counts as a miss, as it does now. */
function hitIf(flows: TrafficResult, asked: readonly Asked[], changed: (model: CacheModel) => CacheModel): number {
  let lookups = 0;
  let behind = 0;
  for (const { index, use, model } of asked) {
    lookups += flows.lookups[index] as number;
    behind += (flows.lookups[index] as number) * passThrough(use, cacheHit(changed(model)));
  }
  return lookups > 0 ? 1 - behind / lookups : 0;
}

/** Time until an empty cache is as full as it gets, at half of today's hit ratio on the way (evaluation 5.5). */
function warmUpS(flows: TrafficResult, asked: readonly Asked[]): number {
  let items = 0;
  let reads = 0;
  let hits = 0;
  for (const { index, model } of asked) {
    items += Math.min(model.items, model.keys);
    reads += model.readRps;
    hits += model.readRps * (flows.hit[index] as number);
  }
  return reads > 0 ? (cacheWarmupS(items, reads, hits / reads / 2) ?? 0) : 0;
}

/** Keys of everything that the cache keeps, and the memory of each node that holds them all, GB. */
function wholeSet(compiled: CompiledDesign, cache: number, kept: readonly CacheUse[]): { readonly all_keys: number; readonly all_memory_gb: number } {
  const store = compiled.nodes[cache]?.cache;
  let keys = 0;
  let memory = 0;
  for (const use of store ? kept : []) {
    keys += use.keys;
    memory += use.keys / cacheItems(1, use.itemKb, store?.overhead_bytes) / (store?.shards ?? 1);
  }
  return { all_keys: keys, all_memory_gb: memory };
}

/**
 * Add to each cache with lookups: hit_ratio_doubled, hit_ratio_all_keys, hit_ratio_no_expiry (0 to 1), warm_up_s, cold_utilisation (the worst
 * home at a hit ratio of 0), all_keys and all_memory_gb (what would hold every key), and to the homes cold_<resource>.
 */
export function addCacheEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  if (compiled.uses.length === 0) return;
  const models = cacheModels(compiled, flows);
  const uses = new Map<number, CacheUse[]>();
  const byCache = new Map<number, Asked[]>();
  compiled.uses.forEach((use, index) => {
    addTo(uses, use.cache, use);
    const model = models[index];
    if (model) addTo(byCache, use.cache, { index, use, model });
  });
  for (const [cache, asked] of byCache) {
    const homes = coldHomes(compiled, flows, book.stations, cache);
    const { all_keys, all_memory_gb } = wholeSet(compiled, cache, uses.get(cache) ?? []);
    const evidence = book.of(cache);
    evidence['hit_ratio_doubled'] = hitIf(flows, asked, (model) => ({ ...model, items: 2 * model.items }));
    evidence['hit_ratio_all_keys'] = hitIf(flows, asked, (model) => ({ ...model, items: model.keys }));
    evidence['hit_ratio_no_expiry'] = hitIf(flows, asked, (model) => (model.ttlS === null ? model : { ...model, ttlS: null }));
    evidence['warm_up_s'] = warmUpS(flows, asked);
    evidence['all_keys'] = all_keys;
    evidence['all_memory_gb'] = all_memory_gb;
    evidence['cold_utilisation'] = homes.reduce((most, home) => Math.max(most, home.utilisation), 0);
    for (const { home, resources } of homes) {
      const known = book.of(home);
      for (const { resource, utilisation } of resources) {
        const key = `cold_${resource}`;
        known[key] = Math.max(known[key] ?? 0, utilisation);
      }
    }
  }
}
