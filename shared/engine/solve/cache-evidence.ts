/** Caches looked at from outside: cold, with more memory, and without expiry. */
import type { ResourceName } from '../../contracts/evaluation.ts';
import { cacheHit, cacheItems, cacheWarmupS, type CacheModel } from '../math/che.ts';
import type { CacheUse, CompiledDesign, NodeFacts, TrafficResult } from '../types.ts';
import { ColdStarts } from './cold-cache.ts';
import type { EvidenceBook } from './evidence-book.ts';
import { cacheModels, passThrough } from './hit-ratios.ts';

/** Evidence of a home for each of its resources. */
const COLD: Readonly<Record<ResourceName, string>> = {
  cpu: 'cold_cpu', slots: 'cold_slots', io: 'cold_io', conn: 'cold_conn', quota: 'cold_quota', ops: 'cold_ops', memory: 'cold_memory', partitions: 'cold_partitions',
  bandwidth: 'cold_bandwidth', throughput: 'cold_throughput', concurrency: 'cold_concurrency', apply: 'cold_apply', lock: 'cold_lock',
};

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

function doubled(model: CacheModel): CacheModel {
  return { ...model, items: 2 * model.items };
}

function whole(model: CacheModel): CacheModel {
  return { ...model, items: model.keys };
}

function unexpired(model: CacheModel): CacheModel {
  return model.ttlS === null ? model : { ...model, ttlS: null };
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

/** What one cache keeps: its uses that are looked up, and for all of them the keys and the memory of each node that would hold them, GB. */
class Kept {
  readonly asked: Asked[] = [];
  keys = 0;
  memoryGb = 0;

  /** `cache` is that of the facts; nothing is kept where there is none. */
  add({ cache }: NodeFacts, use: CacheUse): void {
    if (!cache) return;
    this.keys += use.keys;
    this.memoryGb += use.keys / cacheItems(1, use.itemKb, cache.overhead_bytes) / cache.shards;
  }
}

/** By cache, in the order of their uses. */
function keptBy(compiled: CompiledDesign, flows: TrafficResult): ReadonlyMap<number, Kept> {
  const models = cacheModels(compiled, flows);
  const found = new Map<number, Kept>();
  compiled.uses.forEach((use, index) => {
    let kept = found.get(use.cache);
    if (!kept) found.set(use.cache, (kept = new Kept()));
    kept.add(compiled.nodes[use.cache] as NodeFacts, use);
    const model = models[index];
    if (model) kept.asked.push({ index, use, model });
  });
  return found;
}

/**
 * Add to each cache with lookups: hit_ratio_doubled, hit_ratio_all_keys, hit_ratio_no_expiry (0 to 1), warm_up_s, cold_utilisation (the worst
 * home at a hit ratio of 0), all_keys and all_memory_gb (what would hold every key), and to the homes cold_<resource>.
 */
export function addCacheEvidence(compiled: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  if (compiled.uses.length === 0) return;
  const starts = new ColdStarts(compiled, flows, book.stations);
  for (const [cache, { asked, keys, memoryGb }] of keptBy(compiled, flows)) {
    if (asked.length === 0) continue;
    const homes = starts.homesOf(cache);
    const evidence = book.of(cache);
    evidence['hit_ratio_doubled'] = hitIf(flows, asked, doubled);
    evidence['hit_ratio_all_keys'] = hitIf(flows, asked, whole);
    evidence['hit_ratio_no_expiry'] = hitIf(flows, asked, unexpired);
    evidence['warm_up_s'] = warmUpS(flows, asked);
    evidence['all_keys'] = keys;
    evidence['all_memory_gb'] = memoryGb;
    let worst = 0;
    for (const { home, resources, utilisation } of homes) {
      worst = Math.max(worst, utilisation);
      const known = book.of(home);
      for (const state of resources) known[COLD[state.resource]] = Math.max(known[COLD[state.resource]] ?? 0, state.utilisation);
    }
    evidence['cold_utilisation'] = worst;
  }
}
