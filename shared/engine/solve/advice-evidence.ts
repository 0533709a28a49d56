/** Evidence that only people and rules read: solved once for an evaluation, never for sweeps and rounds of retries. */
import type { CompiledDesign, StationResult, TrafficResult } from '../types.ts';
import { addBackfillEvidence } from './backfill-evidence.ts';
import { addBalancingEvidence } from './balancing-evidence.ts';
import { addCacheEvidence } from './cache-evidence.ts';
import { EvidenceBook } from './evidence-book.ts';
import { MeanDemands } from './mean-demand.ts';
import { addZoneEvidence } from './zone-evidence.ts';
import { addFanOutEvidence } from './fan-out-evidence.ts';
import { addQueueEvidence } from './queue-evidence.ts';
import { addReuseEvidence } from './reuse-evidence.ts';
import { addSizingEvidence } from './sizing-evidence.ts';
import { addStoreEvidence } from './store-evidence.ts';

/** The same stations with what caches and balancing policies would be like otherwise, and tiers without a zone. */
export function withAdvice(compiled: CompiledDesign, flows: TrafficResult, solved: StationResult): StationResult {
  const book = new EvidenceBook(solved.stations);
  const demands = new MeanDemands(compiled, flows, solved.downstreamS);
  addBalancingEvidence({ compiled, stations: solved.stations, demands }, book);
  addCacheEvidence(compiled, flows, book);
  addZoneEvidence(compiled, flows, book);
  addFanOutEvidence(compiled, flows, book);
  addReuseEvidence(compiled, flows, book);
  addStoreEvidence(compiled, flows, book);
  addQueueEvidence(compiled, flows, demands, book);
  addSizingEvidence(compiled, flows, book);
  addBackfillEvidence(compiled, flows, book);
  return { ...solved, stations: book.stations };
}
