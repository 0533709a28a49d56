/** Caches looked at from outside: cold, with more memory, and without expiry. */
import { cacheHit, cacheItems, cacheWarmupS, type CacheModel } from '../math/che.ts';
import type { CacheUse, CompiledDesign, NodeStation, TrafficResult } from '../types.ts';
import { coldHomes } from './cold-cache.ts';
import { cacheModels, passThrough } from './propagate.ts';

function add(stations: NodeStation[], index: number, evidence: Readonly<Record<string, number>>): void {
  const station = stations[index];
  if (station) stations[index] = { ...station, evidence: { ...station.evidence, ...evidence } };
}

/** Hit ratio of the whole cache if each use were `changed`; what is never found counts as a miss, as it does now. */
function hitIf(compiled: CompiledDesign, flows: TrafficResult, models: readonly (CacheModel | null)[], cache: number, changed: (model: CacheModel) => CacheModel): number {
  let lookups = 0;
  let behind = 0;
  models.forEach((model, i) => {
    const use = compiled.uses[i] as CacheUse;
    if (!model || use.cache !== cache) return;
    lookups += flows.lookups[i] as number;
    behind += (flows.lookups[i] as number) * passThrough(use, cacheHit(changed(model)));
  });
  return lookups > 0 ? 1 - behind / lookups : 0;
}

/** Time until an empty cache is as full as it gets, at half of today's hit ratio on the way (evaluation 5.5). */
function warmUpS(flows: TrafficResult, models: readonly (CacheModel | null)[], uses: readonly CacheUse[], cache: number): number {
  let items = 0;
  let reads = 0;
  let hits = 0;
  models.forEach((model, i) => {
    if (!model || uses[i]?.cache !== cache) return;
    items += Math.min(model.items, model.keys);
    reads += model.readRps;
    hits += model.readRps * (flows.hit[i] as number);
  });
  return reads > 0 ? (cacheWarmupS(items, reads, hits / reads / 2) ?? 0) : 0;
}

/** Keys of everything that the cache keeps, and the memory of each node that holds them all, GB. */
function wholeSet(compiled: CompiledDesign, cache: number): { readonly all_keys: number; readonly all_memory_gb: number } {
  const store = compiled.nodes[cache]?.cache;
  let keys = 0;
  let memory = 0;
  for (const use of compiled.uses) {
    if (use.cache !== cache || !store) continue;
    keys += use.keys;
    memory += use.keys / cacheItems(1, use.itemKb, store.overhead_bytes) / store.shards;
  }
  return { all_keys: keys, all_memory_gb: memory };
}

/**
 * Add to each cache with lookups: hit_ratio_doubled, hit_ratio_all_keys, hit_ratio_no_expiry (0 to 1), warm_up_s, cold_utilisation (the worst
 * home at a hit ratio of 0), all_keys and all_memory_gb (what would hold every key), and to the homes cold_<resource>.
 */
export function addCacheEvidence(compiled: CompiledDesign, flows: TrafficResult, stations: NodeStation[]): void {
  if (compiled.uses.length === 0) return;
  const models = cacheModels(compiled, flows);
  const caches = new Set(compiled.uses.filter((_, i) => models[i] !== null).map((use) => use.cache));
  for (const cache of caches) {
    const homes = coldHomes(compiled, flows, stations, cache);
    add(stations, cache, {
      hit_ratio_doubled: hitIf(compiled, flows, models, cache, (model) => ({ ...model, items: 2 * model.items })),
      hit_ratio_all_keys: hitIf(compiled, flows, models, cache, (model) => ({ ...model, items: model.keys })),
      hit_ratio_no_expiry: hitIf(compiled, flows, models, cache, (model) => ({ ...model, ttlS: null })),
      warm_up_s: warmUpS(flows, models, compiled.uses, cache),
      ...wholeSet(compiled, cache),
      cold_utilisation: homes.reduce((most, home) => Math.max(most, home.utilisation), 0),
    });
    for (const { home, resources } of homes) {
      const known = stations[home]?.evidence ?? {};
      add(stations, home, Object.fromEntries(resources.map(({ resource, utilisation }) => [`cold_${resource}`, Math.max(known[`cold_${resource}`] ?? 0, utilisation)])));
    }
  }
}
