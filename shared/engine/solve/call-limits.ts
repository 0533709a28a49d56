/** Connection pools and bulkheads: what a caller allows itself on one edge (evaluation 5.6.5). */
import { poolTimeoutShare } from '../math/connections.ts';
import { erlangB } from '../math/erlang.ts';
import { station } from '../math/allen-cunneen.ts';
import type { Numbers } from '../math/lists.ts';
import { resourceRho } from '../math/utilisation.ts';
import type { Call, CompiledDesign, NodeFacts, NodeStation, PoolState, TrafficResult } from '../types.ts';

/** Processes of one unit, and requests that one of them works on at a time. */
interface Processes { readonly perUnit: number; readonly slots: number }

/** Processes of a caller that runs own code, and the slots of each: what its pools stand before. */
export function processesOf(facts: NodeFacts, own: NodeStation): Processes {
  const { process, pool } = facts;
  if (process) {
    const sync = process.worker_class === 'sync' || (facts.blocking && process.worker_class !== 'gthread');
    return { perUnit: Math.max(1, process.workers), slots: sync ? 1 : process.worker_class === 'gthread' ? Math.max(1, process.threads) : Math.max(1, process.connections) };
  }
  const perUnit = Math.max(1, pool?.processes ?? pool?.concurrency ?? 1);
  return { perUnit, slots: Math.max(1, Math.ceil((own.evidence['consumers'] ?? 1) / (own.scaledUnits * perUnit))) };
}

/** Operations per second of one call with the present hit ratios and attempts. */
export function callRate(flows: TrafficResult, call: Call): number {
  let rate = (flows.drive[call.from] as number) * call.rate;
  for (const gate of call.gates) rate *= flows.miss[gate] as number;
  return flows.retries ? rate * (flows.retries.attempts[call.edge] as number) : rate;
}

interface Held { readonly lambda: number; readonly holdS: number }

/** How often the edge is used and how long a connection or slot is held each time: the trip and the whole answer. */
function heldOf(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, responseS: Numbers, edge: number): Held {
  const { plan } = compiled;
  let lambda = 0;
  let busy = 0;
  for (const slot of plan.nodeSlots[facts.view.index] ?? []) {
    for (let i = plan.firstCall[slot] as number; i < (plan.endCall[slot] as number); i++) {
      const call = plan.calls[i] as Call;
      if (call.edge !== edge) continue;
      const rate = callRate(flows, call);
      lambda += rate;
      busy += rate * (call.tripS + (responseS[call.to] as number));
    }
  }
  return { lambda, holdS: lambda > 0 ? busy / lambda : 0 };
}

function poolState(facts: NodeFacts, own: NodeStation, held: Held, connections: number, timeoutS: number): PoolState {
  const { perUnit, slots } = processesOf(facts, own);
  const lambda = held.lambda / (own.scaledUnits * perUnit);
  const at = station(lambda, held.holdS, connections);
  // a process that works on fewer requests than it has connections never waits for one
  if (slots <= connections) return { utilisation: at.rho, waitS: 0, waitVariance: 0, refused: 0 };
  return { utilisation: at.rho, waitS: at.waitS, waitVariance: at.waitVariance, refused: poolTimeoutShare(at, lambda, held.holdS, connections, timeoutS) };
}

/** A bulkhead makes nobody wait: a full one refuses (Erlang B). */
function bulkheadState(units: number, held: Held, slots: number): PoolState {
  const busy = (held.lambda * held.holdS) / units;
  return { utilisation: resourceRho(busy, slots), waitS: 0, waitVariance: 0, refused: erlangB(Math.max(1, Math.round(slots)), busy) };
}

/** Solve the pools and bulkheads of one caller into `pools`. */
export function solveCallLimits(compiled: CompiledDesign, flows: TrafficResult, facts: NodeFacts, own: NodeStation, responseS: Numbers, pools: (PoolState | null)[]): void {
  for (const edge of facts.limited) {
    const { pool_size, max_overflow, pool_timeout_s, bulkhead_slots } = (compiled.edges[edge] as CompiledDesign['edges'][number]).view.params.values;
    const held = heldOf(compiled, flows, facts, responseS, edge);
    const connections = facts.process || facts.pool ? pool_size + max_overflow : 0;
    const pool = connections > 0 && compiled.edges[edge]?.view.to.behavior.role === 'relational' ? poolState(facts, own, held, connections, pool_timeout_s) : null;
    const bulkhead = bulkhead_slots === null ? null : bulkheadState(own.scaledUnits, held, bulkhead_slots);
    pools[edge] = !pool ? bulkhead : !bulkhead ? pool : { ...pool, utilisation: Math.max(pool.utilisation, bulkhead.utilisation), refused: 1 - (1 - pool.refused) * (1 - bulkhead.refused) };
  }
}
