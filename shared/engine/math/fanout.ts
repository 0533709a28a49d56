/** Fan-out: the slowest of n parallel calls. Source: Dean and Barroso, "The Tail at Scale", 2013. */

/** P(at least one of n independent calls is slow) = 1 - (1-p)^n. */
export function fanoutTail(pSlow: number, n: number): number {
  return pSlow >= 1 ? (n > 0 ? 1 : 0) : -Math.expm1(n * Math.log1p(-pSlow));
}
