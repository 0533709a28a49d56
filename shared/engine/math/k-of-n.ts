/** Redundancy: binomial k-of-n, common cause (beta factor, IEC 61508), the AWS spares approximation. */

function logChoose(n: number, k: number): number {
  let total = 0;
  for (let i = 1; i <= k; i++) total += Math.log((n - k + i) / i);
  return total;
}

/** C(n, k), exact while it fits a double. */
export function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  const m = Math.min(k, n - k);
  let value = 1;
  for (let i = 1; i <= m; i++) value = (value * (n - m + i)) / i;
  return value;
}

/** P(exactly i of n) with success probability a and failure probability u = 1-a, both given to keep small ones exact. */
export function binomialShare(n: number, i: number, a: number, u: number): number {
  if (a <= 0) return i === 0 ? 1 : 0;
  if (u <= 0) return i === n ? 1 : 0;
  if (n <= 60) return choose(n, i) * Math.pow(a, i) * Math.pow(u, n - i);
  const least = Math.min(i, n - i);
  return Math.exp(logChoose(n, least) + i * Math.log(a) + (n - i) * Math.log(u));
}

/** P(at least k of n units are up), each up with probability a. k <= 0 gives 1, k > n gives 0. */
export function kOfN(n: number, k: number, a: number): number {
  if (k <= 0) return 1;
  let total = 0;
  for (let i = k; i <= n; i++) total += binomialShare(n, i, a, 1 - a);
  return Math.min(1, total);
}

/** P(fewer than k of n units are up), each down with probability u: summed directly, so tiny values keep their digits. */
export function kOfNUnavailability(n: number, k: number, u: number): number {
  if (k > n) return 1;
  let total = 0;
  for (let i = k - 1; i >= 0; i--) {
    const term = binomialShare(n, i, 1 - u, u);
    total += term;
    if (term < total * 1e-18) break;
  }
  return Math.min(1, total);
}

/**
 * Beta factor: U = 1 - (1 - beta u) (1 - KofN unavailability at (1-beta) u). A share beta of the failures of one unit
 * takes all units down together. Written as a sum so that tiny values keep their digits.
 */
export function betaFactorUnavailability(u: number, n: number, k: number, beta: number): number {
  const common = beta * u;
  const independent = kOfNUnavailability(n, k, (1 - beta) * u);
  return common + independent - common * independent;
}

/** AWS approximation 1 - C(n, s+1)(1-a)^(s+1) of the availability of n units of which s are spares: failures independent, the load left out. */
export function awsAvailability(n: number, spares: number, a: number): number {
  return 1 - choose(n, spares + 1) * Math.pow(1 - a, spares + 1);
}

/** The same beside the exact k-of-n value. */
export function spareApproximation(n: number, spares: number, a: number): { approx: number; exact: number } {
  return { approx: awsAvailability(n, spares, a), exact: kOfN(n, n - spares, a) };
}

/** Units that carry the load below the knee: ceil(lambda / (knee * capacity of one unit)), at least 1. */
export function unitsNeeded(lambda: number, capacityPerUnit: number, knee = 0.85): number {
  if (!(lambda > 0)) return 1;
  if (!(capacityPerUnit > 0)) return Number.MAX_SAFE_INTEGER;
  return Math.max(1, Math.ceil(lambda / (capacityPerUnit * knee)));
}
