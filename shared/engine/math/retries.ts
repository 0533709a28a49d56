/** Retries: attempts per call, layers, and the fixed point of load and failure (evaluation 5.12, semantics 9.3). */
import { clampShare } from './numeric.ts';
import { overloadShare, resourceRho } from './utilisation.ts';

/** E[attempts] = (1-p^{r+1})/(1-p) for failure probability p and r retries; r+1 at p = 1. */
export function expectedAttempts(pFail: number, retries: number): number {
  const p = clampShare(pFail);
  if (!(retries > 0)) return 1;
  return p > 1 - 1e-12 ? retries + 1 : (1 - Math.pow(p, retries + 1)) / (1 - p);
}

/** Attempts with a retry budget (share of extra calls allowed): at most 1 + budget. null = no budget. */
export function budgetedAttempts(pFail: number, retries: number, budget: number | null): number {
  const attempts = expectedAttempts(pFail, retries);
  return budget === null ? attempts : Math.min(attempts, retryBudgetLimit(budget));
}

/** Share of failing attempts beyond which a circuit breaker opens [M]: the default of Hystrix and resilience4j. */
export const BREAKER_OPENS = 0.5;

/**
 * Attempts behind a circuit breaker, which keeps further attempts away while it is open: as without one up to a failing share of
 * one half, then fewer in proportion to what is left to 1, where only first attempts remain [A]. First attempts are offered load
 * and are never taken away (semantics 9.1).
 */
export function breakerAttempts(pFail: number, retries: number, budget: number | null): number {
  const p = clampShare(pFail);
  const shut = Math.min(1, (1 - p) / (1 - BREAKER_OPENS));
  return 1 + (budgetedAttempts(p, retries, budget) - 1) * shut;
}

/** Load multiple allowed by a retry budget: 1 + budget. */
export function retryBudgetLimit(budget: number): number {
  return 1 + Math.max(0, budget);
}

/** Worst case of retrying layers stacked on each other: attempts^layers. */
export function layeredAttempts(attemptsPerLayer: number, layers: number): number {
  return Math.pow(attemptsPerLayer, layers);
}

/** P(one attempt fails) = 1 - (1-p_over)(1-p_timeout)(1-error), p_over = max(0, 1-1/rho). */
export function callFailure(rho: number, timeoutTail: number, errorRate: number): number {
  return 1 - (1 - overloadShare(rho)) * (1 - clampShare(timeoutTail)) * (1 - clampShare(errorRate));
}

/** P(all attempts fail) = p^{r+1}. */
export function exhaustedRetries(pFail: number, retries: number): number {
  return Math.pow(clampShare(pFail), Math.max(0, retries) + 1);
}

/** One caller and one callee of fixed capacity. */
export interface RetryLoop {
  /** First attempts, 1/s. */
  lambda: number;
  /** What the callee serves, 1/s. */
  capacity: number;
  retries: number;
  budget: number | null;
  /** Failure of one attempt at this offered load; default: overload only. */
  failure?: (rho: number) => number;
  /** Start from the worst case (every attempt fails) to look for metastability. */
  fromOverload?: boolean;
}

/** Where the loop settles. converged false = saturated. */
export interface RetryState {
  lambda: number;
  attempts: number;
  pFail: number;
  rho: number;
  converged: boolean;
  rounds: number;
}

/** lambda <- lambda0 * attempts(p_fail(rho)) with damping .5 until a relative change of 1e-9 or 50 rounds. */
export function retryFixedPoint(loop: RetryLoop): RetryState {
  const failure = loop.failure ?? overloadShare;
  let pFail = loop.fromOverload === true ? 1 : 0;
  let lambda = loop.lambda * budgetedAttempts(pFail, loop.retries, loop.budget);
  for (let round = 1; round <= 50; round++) {
    pFail = clampShare(failure(resourceRho(lambda, loop.capacity)));
    const target = loop.lambda * budgetedAttempts(pFail, loop.retries, loop.budget);
    const next = lambda + 0.5 * (target - lambda);
    const settled = Math.abs(next - lambda) <= 1e-9 * Math.max(lambda, 1e-12);
    lambda = next;
    if (settled) return retryState(loop, lambda, pFail, true, round);
  }
  return retryState(loop, lambda, pFail, false, 50);
}

function retryState(loop: RetryLoop, lambda: number, pFail: number, converged: boolean, rounds: number): RetryState {
  const attempts = loop.lambda > 0 ? lambda / loop.lambda : 1;
  return { lambda, attempts, pFail, rho: resourceRho(lambda, loop.capacity), converged, rounds };
}

/** True when the loop settles below capacity from rest but stays overloaded when it starts overloaded. */
export function isMetastable(loop: RetryLoop): boolean {
  const rest = retryFixedPoint({ ...loop, fromOverload: false });
  return rest.rho < 1 && retryFixedPoint({ ...loop, fromOverload: true }).rho >= 1;
}
