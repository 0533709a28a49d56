/** What a cache before a store could answer: how much of the reading goes to few keys (evaluation 5.5). */
import { lruHit } from '../math/che.ts';
import type { CompiledDesign, NodeStation, TrafficResult } from '../types.ts';

/** Room of the cache that is tried, as a share of the keys. */
const ROOM = 0.1;

/** Add to stores that are read tenth_hit_ratio: lookups that a cache with room for a tenth of the keys of the store would answer, 0 to 1. */
export function addReuseEvidence({ nodes }: CompiledDesign, flows: TrafficResult, stations: NodeStation[]): void {
  for (const { view, cache, popularity } of nodes) {
    const station = stations[view.index];
    if (view.behavior.routing !== 'store' || cache || !station || !((flows.nodeReads[view.index] as number) > 0)) continue;
    const hit = lruHit(popularity.keys, popularity.zipfS, Math.max(1, ROOM * popularity.keys));
    stations[view.index] = { ...station, evidence: { ...station.evidence, tenth_hit_ratio: hit } };
  }
}
