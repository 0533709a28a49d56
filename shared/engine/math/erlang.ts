/** Erlang B and C. Source: Kleinrock 1975; the recursion is stable for c up to 1e5. */
import { NumberMemo } from './memo.ts';
import { clampShare } from './numeric.ts';

const REMEMBER_FROM = 256;
/** Smaller blocking probabilities are 0: they fall with every further server. */
const NEGLIGIBLE = 1e-40;
const SHORTCUT_FROM = 256;
const remembered = new NumberMemo<number>(2, 64);

/**
 * Erlang B: probability that all c servers of a loss system are busy at offered load a = lambda*S (erlangs).
 * B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)). c is a whole number >= 0.
 */
export function erlangB(c: number, a: number): number {
  if (c >= REMEMBER_FROM) {
    const key = [c, a];
    return remembered.get(key) ?? remembered.set(key, erlangRecursion(c, a));
  }
  return erlangRecursion(c, a);
}

function erlangRecursion(c: number, a: number): number {
  let b = 1;
  for (let k = 1; k <= c; k++) {
    b = (a * b) / (k + a * b);
    if (b < NEGLIGIBLE && k > a) return 0;
  }
  return b;
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
