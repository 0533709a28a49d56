/** Timeouts, retries, breakers, bulkheads and connection pools of the drawing's connections. */
import type { EdgeFacts, NodeFacts } from '../../types.ts';
import type { Lowering, SimNode } from './parts.ts';

const NONE = -1;

/** Number of the limits of one connection in the simulation; -1 when it has none. */
export function limitOf(lowering: Lowering, facts: EdgeFacts, caller: NodeFacts | null, node: SimNode | null): number {
  const { view, timeoutS } = facts;
  const { retries, backoff, retry_budget, error_rate, circuit_breaker, bulkhead_slots, pool_size, max_overflow, pool_timeout_s } = view.params.values;
  const connections = pool_size + max_overflow;
  const process = caller?.process;
  const async = process !== undefined && process !== null && process.worker_class !== 'sync' && process.worker_class !== 'gthread' && caller?.blocking !== true;
  const slots = !process ? 1 : async ? process.connections : process.worker_class === 'gthread' ? Math.max(1, process.threads) : 1;
  const pooled = process && node?.server != null && view.kind === 'db' && view.to.behavior.role === 'relational' && connections > 0 && slots > connections;
  if (timeoutS === null && retries === 0 && error_rate === 0 && !circuit_breaker && bulkhead_slots === null && !pooled) return NONE;
  const workers = Math.max(1, Math.round(process?.workers ?? 1));
  const most = Math.max(node?.units ?? 1, caller?.view.behavior.autoscale?.max ?? 0);
  return lowering.machine.limits.add({
    timeoutS, retries, backoff, budget: retry_budget, errorRate: error_rate, breaker: circuit_breaker, bulkhead: bulkhead_slots,
    pool: pooled ? { connections, timeoutS: pool_timeout_s, server: node.server as number, processes: workers * Math.round(most) } : null,
  });
}
