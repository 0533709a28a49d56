/** What a cache before a store could answer: how much of the reading goes to few keys (evaluation 5.5). */
import { lruHit } from '../math/che.ts';
import type { CompiledDesign, NodeFacts, TrafficResult } from '../types.ts';
import type { EvidenceBook } from './evidence-book.ts';

/** Room of the cache that is tried, as a share of the keys. */
const ROOM = 0.1;

/** Add to stores that are read tenth_hit_ratio: lookups that a cache with room for a tenth of the keys of the store would answer, 0 to 1. */
export function addReuseEvidence({ nodes }: CompiledDesign, flows: TrafficResult, book: EvidenceBook): void {
  // most stores of a drawing have the popularity that nobody declared
  const hits = new Map<NodeFacts['popularity'], number>();
  for (let index = 0; index < nodes.length; index++) {
    const { view, cache, popularity } = nodes[index] as NodeFacts;
    if (cache || !((flows.nodeReads[index] as number) > 0) || view.behavior.routing !== 'store') continue;
    const hit = hits.get(popularity) ?? lruHit(popularity.keys, popularity.zipfS, Math.max(1, ROOM * popularity.keys));
    hits.set(popularity, hit);
    book.of(index)['tenth_hit_ratio'] = hit;
  }
}
