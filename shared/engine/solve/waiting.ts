/** What waits before a consumer when the peak is over, and what a queue with an end turns away (semantics 5, evaluation 5.2 and 5.7). */
import { fluidBacklog } from '../math/backlog.ts';
import { mmckBlocking } from '../math/mmck.ts';
import type { CompiledDesign, NodeFacts, NodeStation, TrafficResult } from '../types.ts';
import { arrivals } from './parts.ts';

/** Before one consumer. Invocations; a share of what is published to it. */
export interface Waiting {
  readonly backlog: number;
  /** Wait of the last one, seconds; null when it never catches up. */
  readonly delayS: number | null;
  /** Seconds until the backlog is gone; null when it never is. */
  readonly drainS: number | null;
  /** Share that finds the queue full. */
  readonly lost: number;
}

/** e to the minus this is never. */
const NEVER = 40;

const NOTHING: Waiting = { backlog: 0, delayS: 0, drainS: 0, lost: 0 };

/** Invocations that may wait before a consumer: the shortest of the queues that it reads; null without an end. */
export function places({ nodes }: CompiledDesign, consumer: NodeFacts): number | null {
  let least: number | null = null;
  for (const edge of consumer.view.in) {
    const most = nodes[edge.from.index]?.broker?.max_length ?? null;
    if (most === null || edge.idleReason || (edge.kind !== 'consume' && edge.kind !== 'trigger')) continue;
    const invocations = most / edge.params.values.batch;
    least = least === null ? invocations : Math.min(least, invocations);
  }
  return least;
}

/** Seconds after which a message that nobody took is gone: the shortest of the queues that a consumer reads; null when none forgets. */
export function keptS({ nodes }: CompiledDesign, consumer: NodeFacts): number | null {
  let least: number | null = null;
  for (const edge of consumer.view.in) {
    const kept = nodes[edge.from.index]?.broker?.retention_s ?? null;
    if (kept === null || edge.idleReason || (edge.kind !== 'consume' && edge.kind !== 'trigger')) continue;
    least = least === null ? kept : Math.min(least, kept);
  }
  return least;
}

/**
 * Share of the load that a queue with an end turns away: by chance (M/M/c/K, at most at capacity), and what a peak beyond the
 * capacity brings after it is full. One of them counts, the larger: at capacity both are next to nothing. A queue so long that a
 * whole peak does not fill it (`endless`) turns none away by chance.
 */
function lostShare(lambda: number, after: number, capacity: number, servers: number, most: number, peakS: number, endless: boolean): number {
  const chance = endless ? 0 : mmckBlocking(Math.min(lambda, capacity), servers / capacity, servers, servers + Math.round(most));
  if (lambda <= capacity) return chance;
  const overflow = after >= capacity ? 1 - capacity / lambda : Math.max(0, (lambda - capacity) * peakS - most) / (lambda * peakS);
  return Math.max(chance, overflow);
}

/** The end of the peak as this consumer sees it: fluid, and no longer than its queue may be. */
export function waitingAt(compiled: CompiledDesign, flows: TrafficResult, station: NodeStation, index: number): Waiting {
  const { peak_to_avg, peak_duration_s: peakS } = compiled.workload;
  const { capacity } = station;
  const lambda = arrivals(flows, index);
  if (capacity === null || !(lambda > 0)) return NOTHING;
  const consumer = compiled.nodes[index] as NodeFacts;
  const longest = places(compiled, consumer);
  const kept = keptS(compiled, consumer);
  // nobody waits so long before a consumer that keeps up: P(W > t) falls with e^-(mu - lambda)t
  const forgets = kept !== null && capacity > 0 && (lambda >= capacity || (capacity - lambda) * kept < NEVER);
  if (lambda < capacity && longest === null && !forgets) return NOTHING;
  // what would wait for longer than a message is kept is gone before its turn comes
  const most = forgets ? Math.min(longest ?? Number.MAX_VALUE, capacity * (kept as number)) : longest;
  const after = lambda / peak_to_avg;
  const free = fluidBacklog({ lambdaPeak: lambda, capacity, peakS, lambdaAfter: after });
  if (most === null) return { ...free, delayS: after >= capacity ? null : free.delayS, lost: 0 };
  const servers = Math.max(1, Math.round(station.evidence['consumers'] ?? station.evidence['slots'] ?? 1));
  const lost = capacity > 0 ? lostShare(lambda, after, capacity, servers, most, peakS, longest === null && (kept ?? 0) >= peakS) : 1;
  const backlog = Math.min(free.backlog, most);
  // a queue that only forgets is behind as long as more comes than is done: it bounds the wait of what is served, not the work undone
  const delayS = capacity > 0 && !(longest === null && after >= capacity) ? backlog / capacity : null;
  return { backlog, delayS, drainS: after < capacity ? backlog / (capacity - after) : backlog > 0 ? null : 0, lost };
}
