/** Erlang B and C. Source: Kleinrock 1975; all terms are positive: no cancellation for any c. */
import { clampShare } from './numeric.ts';

/** Smaller blocking probabilities are 0: they fall with every further server. */
const LARGEST_SUM = 1e40;
/** A term this much smaller than the sum ends it. */
const LAST_TERM = 1e-18;
const SHORTCUT_FROM = 256;

/**
 * Erlang B: probability that all c servers of a loss system are busy at offered load a = lambda*S (erlangs).
 * 1/B = sum_{i=0..c} prod_{j<i} (c-j)/a, the recursion B(k) = aB(k-1)/(k+aB(k-1)) written out from the last server down:
 * its terms fall off after c-a plus a few sqrt(c) of them, so that pools of thousands of servers near saturation stay
 * short. c is a whole number >= 0.
 */
export function erlangB(c: number, a: number): number {
  if (!(a > 0)) return c > 0 ? 0 : 1;
  const perServer = 1 / a;
  let term = 1;
  let total = 1;
  for (let left = c; left > 0; left--) {
    term *= left * perServer;
    total += term;
    if (term < total * LAST_TERM) break;
    if (total > LARGEST_SUM) return 0;
  }
  return 1 / total;
}

/** Erlang C: probability of waiting in M/M/c, C = c B / (c - a (1 - B)); 1 when a >= c. Exact, no shortcut. */
export function erlangCExact(c: number, a: number): number {
  if (a >= c) return 1;
  const b = erlangB(c, a);
  return (c * b) / (c - a * (1 - b));
}

/**
 * Probability of waiting for the engine. Same as erlangCExact but, from 256 servers on, 0 when (1-rho)*sqrt(c) >= 6
 * (there C < 1e-9), so that pools of thousands of slots stay O(1). A fractional c interpolates between its neighbours at equal rho.
 */
export function erlangC(c: number, a: number): number {
  if (!(a > 0) || !(c > 0)) return a > 0 ? 1 : 0;
  if (a >= c) return 1;
  const rho = a / c;
  if (c >= SHORTCUT_FROM && (1 - rho) * Math.sqrt(c) >= 6) return 0;
  const floor = Math.floor(c);
  if (floor === c) return erlangCExact(c, a);
  const low = floor < 1 ? 1 : erlangCExact(floor, rho * floor);
  const high = erlangCExact(floor + 1, rho * (floor + 1));
  return clampShare(low + (high - low) * (c - floor));
}
