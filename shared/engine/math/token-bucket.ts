/** Rate limiting by token bucket (rate r, bucket b), evaluation 5.9. */

/** Long-run admitted rate min(lambda, r), 1/s. */
export function tokenBucketAdmitted(lambda: number, ratePerS: number): number {
  return Math.min(lambda, ratePerS);
}

/** Requests dropped of a burst of B arriving at burstRps: max(0, B - b - r B/burstRps). */
export function tokenBucketBurstDrop(burst: number, burstRps: number, ratePerS: number, bucket: number): number {
  const refill = burstRps > 0 ? (ratePerS * burst) / burstRps : 0;
  return Math.max(0, burst - bucket - refill);
}

/**
 * Share dropped of a Poisson stream: loss of M/M/1/b with mu = r, (1-x) x^b / (1-x^{b+1}), x = lambda/r.
 * b tokens >= 1; 1 when nothing is admitted.
 */
export function tokenBucketDropShare(lambda: number, ratePerS: number, bucket: number): number {
  if (!(lambda > 0)) return 0;
  if (!(ratePerS > 0)) return 1;
  const b = Math.max(1, bucket);
  const log = Math.log(lambda / ratePerS);
  if (Math.abs(log) * (b + 1) < 1e-9) return 1 / (b + 1);
  if (log < 0) return (Math.exp(b * log) * -Math.expm1(log)) / -Math.expm1((b + 1) * log);
  return -Math.expm1(-log) / -Math.expm1(-(b + 1) * log);
}

/** Limit that m gateways with local counters let through together: m times the limit. */
export function localCounterLimit(ratePerS: number, gateways: number): number {
  return ratePerS * Math.max(1, gateways);
}
