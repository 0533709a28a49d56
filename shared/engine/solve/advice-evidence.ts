/** Evidence that only people and rules read: solved once for an evaluation, never for sweeps and rounds of retries. */
import type { CompiledDesign, StationResult, TrafficResult } from '../types.ts';
import { addBalancingEvidence } from './balancing-evidence.ts';
import { addCacheEvidence } from './cache-evidence.ts';

/** The same stations with what caches and balancing policies would be like otherwise. */
export function withAdvice(compiled: CompiledDesign, flows: TrafficResult, solved: StationResult): StationResult {
  const stations = [...solved.stations];
  addBalancingEvidence({ compiled, flows, stations: solved.stations, downstreamS: solved.downstreamS }, stations);
  addCacheEvidence(compiled, flows, stations);
  return { ...solved, stations };
}
