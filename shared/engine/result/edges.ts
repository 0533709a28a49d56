/** Connections as plain data. */
import type { EdgeResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import type { CompiledDesign, IdleEdge } from '../types.ts';
import type { HitRatios } from './cache-uses.ts';
import { roundTrips } from './round-trips.ts';
import { withRepeats } from './edge-again.ts';

const NONE: EdgeResult['evidence'] = Object.freeze({});
const NOBODY: readonly string[] = [];

/** What the limits of this connection lose, nothing where none is stated, the work on its messages where kinds differ, its round trips, and its loads behind a cache. */
function evidenceOf({ compiled, latency, stations }: EvaluationContext, index: number, taskS: number | undefined, reloads: EdgeResult['evidence'] | undefined): EdgeResult['evidence'] {
  const timed = compiled.edges[index]?.timeoutS != null;
  const pool = stations.pools[index] ?? null;
  const trips = roundTrips(compiled)[index] as number;
  if (!timed && pool === null && taskS === undefined && trips <= 1) return reloads ?? NONE;
  const found: Record<string, number> = {};
  if (timed) found['timeout_share'] = latency.timeouts[index] as number;
  if (pool !== null) found['refused'] = pool.refused;
  if (taskS !== undefined) found['task_s'] = taskS;
  if (trips > 1) found['round_trips'] = trips;
  return reloads === undefined ? found : Object.assign(found, reloads);
}

/** What is known of all connections at once: ids of the journeys over each, hit ratios, the work on the messages of some, the loads behind a cache of some. */
export interface EdgeFindings {
  readonly journeys: readonly (readonly string[])[];
  readonly hits: HitRatios;
  readonly tasks: ReadonlyMap<number, number> | null;
  readonly reloads: ReadonlyMap<number, EdgeResult['evidence']> | null;
}

/** One connection of the result. */
export function edgeResult(context: EvaluationContext, { journeys, hits, tasks, reloads }: EdgeFindings, index: number): EdgeResult {
  const { compiled, flows } = context;
  const facts = compiled.edges[index] as CompiledDesign['edges'][number];
  const { view } = facts;
  const reads = flows.edgeReads[index] as number;
  const writes = flows.edgeWrites[index] as number;
  const cached = view.kind === 'cache' ? hits.ofEdge(index) : null;
  return {
    id: view.id, kind: view.kind, kind_inferred: view.kindInferred, rps: reads + writes, reads_rps: reads, writes_rps: writes, synchronous: view.synchronous,
    rtt_s: view.rtt_s, hit_ratio: cached, idle_reason: view.idleReason, utilisation: context.stations.pools[index]?.utilisation ?? null, journeys: journeys[index] ?? NOBODY, evidence: withRepeats(context, view, evidenceOf(context, index, tasks?.get(index), reloads?.get(index))),
  };
}

/** A connection that carries nothing because an end of it is missing or is a boundary. */
export function idleResult({ edge, kind, reason }: IdleEdge): EdgeResult {
  return {
    id: edge.id, kind, kind_inferred: edge.kind === undefined, rps: 0, reads_rps: 0, writes_rps: 0, synchronous: false, rtt_s: 0, hit_ratio: null,
    idle_reason: reason, utilisation: null, journeys: NOBODY, evidence: NONE,
  };
}
