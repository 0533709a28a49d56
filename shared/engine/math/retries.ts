/** Retries: attempts per call, layers, and the fixed point of load and failure (evaluation 5.12, semantics 9.3). */
import { clampShare } from './numeric.ts';
import { overloadShare } from './utilisation.ts';

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
const BREAKER_OPENS = 0.5;

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
