/**
 * Retries as a fixed point (semantics 9.3): attempts raise the load, the load raises the failures, failures raise the
 * attempts. Damped by half until 1e-9 or 50 rounds; without a fixed point the callees count as saturated. Started a
 * second time from the worst case it tells whether a system that has been overloaded stays so (metastable).
 */
import { solveLatency } from '../latency.ts';
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { breakerAttempts, budgetedAttempts, callFailure } from '../math/retries.ts';
import { solveStations } from '../stations.ts';
import type { CompiledDesign, NodeStation, RetryResult, StationResult, TrafficResult } from '../types.ts';
import { propagate, type TrafficOptions } from './propagate.ts';

const MAX_ROUNDS = 50;
const SETTLED = 1e-9;
/** For the strip of the load dial, where a thousandth cannot be seen. */
const ROUGH = { rounds: 8, settled: 1e-3 } as const;

interface Loop { readonly flows: TrafficResult; readonly stations: StationResult; readonly attempts: Numbers; readonly failing: Numbers; readonly timeout: Numbers; readonly settled: boolean }

/** Largest load-driven utilisation of a node. */
function busiest(station: NodeStation | undefined): number {
  let highest = 0;
  for (const { capacity, utilisation } of station?.resources ?? []) if (capacity !== null && utilisation > highest) highest = utilisation;
  return highest;
}

function iterate(compiled: CompiledDesign, options: TrafficOptions, start: Numbers): Loop {
  const { rounds, settled } = options.rough === true ? ROUGH : { rounds: MAX_ROUNDS, settled: SETTLED };
  const { retrying, edges } = compiled;
  const attempts = [...start];
  const failing = floats(edges.length);
  const timed = retrying.some((index) => edges[index]?.timeoutS != null);
  let timeout = floats(edges.length);
  let hits = options.hits;
  for (let round = 1; ; round++) {
    const flows = propagate(compiled, { ...options, attempts, ...(hits ? { hits } : {}) });
    hits = flows.hit;
    const stations = solveStations(compiled, flows);
    if (timed) timeout = [...solveLatency(compiled, flows, stations).timeouts];
    let change = 0;
    for (const index of retrying) {
      const { retries, retry_budget, error_rate, circuit_breaker } = edges[index]?.view.params.values ?? { retries: 0, retry_budget: null, error_rate: 0, circuit_breaker: false };
      const attemptsAt = circuit_breaker ? breakerAttempts : budgetedAttempts;
      failing[index] = callFailure(busiest(stations.stations[edges[index]?.view.to.index ?? -1]), timeout[index] as number, error_rate);
      const before = attempts[index] as number;
      const step = 0.5 * (attemptsAt(failing[index] as number, retries, retry_budget) - before);
      attempts[index] = before + step;
      change = Math.max(change, Math.abs(step) / before);
    }
    if (change <= settled || round >= rounds) return { flows, stations, attempts, failing, timeout, settled: change <= settled || options.rough === true };
  }
}

/** Edges whose callee is overloaded only because it once was. */
function stuckEdges(compiled: CompiledDesign, options: TrafficOptions, rest: Loop): Numbers {
  const stuck = wholes(compiled.edges.length);
  const worst = floats(compiled.edges.length).fill(1);
  for (const index of compiled.retrying) {
    const { retries, retry_budget, circuit_breaker } = compiled.edges[index]?.view.params.values ?? { retries: 0, retry_budget: null, circuit_breaker: false };
    worst[index] = (circuit_breaker ? breakerAttempts : budgetedAttempts)(1, retries, retry_budget);
  }
  const loop = iterate(compiled, options, worst);
  for (const index of compiled.retrying) {
    const to = compiled.edges[index]?.view.to.index ?? -1;
    if (busiest(loop.stations.stations[to]) >= 1 && busiest(rest.stations.stations[to]) < 1) stuck[index] = 1;
  }
  return stuck;
}

/** Traffic with retries at their fixed point. */
export function settleRetries(compiled: CompiledDesign, options: TrafficOptions): TrafficResult {
  const loop = iterate(compiled, options, options.retries?.attempts ?? floats(compiled.edges.length).fill(1));
  const once = propagate(compiled, { ...options, attempts: floats(compiled.edges.length).fill(1) });
  const metastable = options.rough === true ? wholes(compiled.edges.length) : stuckEdges(compiled, options, loop);
  const retries: RetryResult = { attempts: loop.attempts, failing: loop.failing, timeout: loop.timeout, settled: loop.settled, metastable };
  return { ...loop.flows, first: once.first, retries };
}
