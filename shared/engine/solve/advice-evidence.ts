/** Evidence that only people and rules read: solved once for an evaluation, never for sweeps and rounds of retries. */
import type { CompiledDesign, StationResult, TrafficResult } from '../types.ts';
import { addBalancingEvidence } from './balancing-evidence.ts';
import { addCacheEvidence } from './cache-evidence.ts';
import { addZoneEvidence } from './zone-evidence.ts';
import { addFanOutEvidence } from './fan-out-evidence.ts';
import { addQueueEvidence } from './queue-evidence.ts';
import { addReuseEvidence } from './reuse-evidence.ts';
import { addStoreEvidence } from './store-evidence.ts';

/** The same stations with what caches and balancing policies would be like otherwise, and tiers without a zone. */
export function withAdvice(compiled: CompiledDesign, flows: TrafficResult, solved: StationResult): StationResult {
  const stations = [...solved.stations];
  addBalancingEvidence({ compiled, flows, stations: solved.stations, downstreamS: solved.downstreamS }, stations);
  addCacheEvidence(compiled, flows, stations);
  addZoneEvidence(compiled, flows, stations);
  addFanOutEvidence(compiled, flows, stations);
  addReuseEvidence(compiled, flows, stations);
  addStoreEvidence(compiled, flows, stations);
  addQueueEvidence(compiled, flows, solved.downstreamS, stations);
  return { ...solved, stations };
}
