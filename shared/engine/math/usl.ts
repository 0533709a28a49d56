/** Universal Scalability Law. Source: Gunther 2007. */

/** X(N) = gamma N / (1 + alpha (N-1) + beta N (N-1)); gamma is the throughput of one unit. */
export function uslThroughput(n: number, gamma: number, alpha: number, beta: number): number {
  return (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));
}

/** N* = sqrt((1-alpha)/beta); null when beta = 0 (no peak). */
export function uslPeak(alpha: number, beta: number): number | null {
  return beta > 0 ? Math.sqrt(Math.max(0, 1 - alpha) / beta) : null;
}

/** Peak, contention limit gamma/alpha and optimal point 1/alpha; null where the coefficient is 0. */
export interface UslSummary {
  peakN: number | null;
  peakX: number | null;
  limit: number | null;
  optimalN: number | null;
}

/** The four numbers usually quoted for a fitted USL. */
export function uslSummary(gamma: number, alpha: number, beta: number): UslSummary {
  const peakN = uslPeak(alpha, beta);
  return {
    peakN,
    peakX: peakN === null ? null : uslThroughput(peakN, gamma, alpha, beta),
    limit: alpha > 0 ? gamma / alpha : null,
    optimalN: alpha > 0 ? 1 / alpha : null,
  };
}

/** Capacity multiple of going from `from` to `to` units under USL (1 when either is not positive). */
export function uslScale(from: number, to: number, alpha: number, beta: number): number {
  if (!(from > 0) || !(to > 0)) return 1;
  return uslThroughput(to, 1, alpha, beta) / uslThroughput(from, 1, alpha, beta);
}

/** Contention and coherency of a stateless fleet behind a balancer (evaluation 5.11) [A]; what its units share is drawn and counts by itself. */
const FLEET = { alpha: 0.002, beta: 0 } as const;
/** Growth up to this multiple is taken as measured, beyond it as extrapolated. */
const KNOWN_MULTIPLE = 2;

/** Units that `to` units are worth, grown from `from`: themselves up to twice as many, beyond that by the scalability law. */
export function extrapolatedUnits(from: number, to: number): number {
  const known = KNOWN_MULTIPLE * Math.max(1, from);
  return to > known ? known * uslScale(known, to, FLEET.alpha, FLEET.beta) : to;
}
