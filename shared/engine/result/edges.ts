/** Connections as plain data. */
import type { EdgeResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import type { CompiledDesign, IdleEdge } from '../types.ts';
import { hitRatio, type UseIndex } from './cache-uses.ts';

function edgeJourneys(context: EvaluationContext, index: number): string[] {
  return context.compiled.journeys.filter((_, j) => (context.visits[j]?.edgeReach[index] ?? 0) > 0).map((journey) => journey.id);
}

/** One connection of the result. */
export function edgeResult(context: EvaluationContext, uses: UseIndex, index: number): EdgeResult {
  const { compiled, flows } = context;
  const facts = compiled.edges[index] as CompiledDesign['edges'][number];
  const { view } = facts;
  const reads = flows.edgeReads[index] as number;
  const writes = flows.edgeWrites[index] as number;
  const cached = view.kind === 'cache' ? hitRatio(context, uses.ofEdge.get(index) ?? []) : null;
  return {
    id: view.id, kind: view.kind, kind_inferred: view.kindInferred, rps: reads + writes, reads_rps: reads, writes_rps: writes, synchronous: view.synchronous,
    rtt_s: view.rtt_s, hit_ratio: cached, idle_reason: view.idleReason, utilisation: context.stations.pools[index]?.utilisation ?? null, journeys: edgeJourneys(context, index),
  };
}

/** A connection that carries nothing because an end of it is missing or is a boundary. */
export function idleResult({ edge, kind, reason }: IdleEdge): EdgeResult {
  return {
    id: edge.id, kind, kind_inferred: edge.kind === undefined, rps: 0, reads_rps: 0, writes_rps: 0, synchronous: false, rtt_s: 0, hit_ratio: null,
    idle_reason: reason, utilisation: null, journeys: [],
  };
}
