/** M/M/c, exact: queue sizes, waiting and response tails. Source: Kleinrock 1975, Bolch et al. 2006. */
import { erlangCExact } from './erlang.ts';
import { solveBracketed } from './numeric.ts';

/** Means of a stable M/M/c (times in seconds, queue sizes in customers). */
export interface MmcResult {
  rho: number;
  pWait: number;
  waitS: number;
  responseS: number;
  queueLength: number;
  inSystem: number;
}

/** Means of M/M/c for arrival rate lambda (1/s), mean service S (s). Exact; needs lambda*S < c. */
export function mmcExact(lambda: number, serviceS: number, c: number): MmcResult {
  const a = lambda * serviceS;
  const pWait = erlangCExact(c, a);
  const waitS = (pWait * serviceS) / (c - a);
  const responseS = waitS + serviceS;
  return { rho: a / c, pWait, waitS, responseS, queueLength: lambda * waitS, inSystem: lambda * responseS };
}

/** Probability of an empty M/M/c: 1 / (sum_{k<c} a^k/k! + a^c/(c! (1-rho))). */
export function mmcP0(lambda: number, serviceS: number, c: number): number {
  const a = lambda * serviceS;
  let term = 1;
  let total = 0;
  for (let k = 0; k < c; k++) {
    total += term;
    term *= a / (k + 1);
  }
  return 1 / (total + term / (1 - a / c));
}

/**
 * P(response > t) of FCFS M/M/c: (1-C)e^{-mu t} + C [theta e^{-mu t} - mu e^{-theta t}]/(theta-mu), theta = c mu - lambda.
 * The difference is taken from its slower exponential, so that theta = mu is the smooth limit e^{-mu t}(1 + C mu t) and
 * nothing overflows however slow the queue is.
 */
export function mmcResponseTail(lambda: number, serviceS: number, c: number, t: number): number {
  const mu = 1 / serviceS;
  const pWait = erlangCExact(c, lambda * serviceS);
  const x = ((c - 1) * mu - lambda) * t;
  const slower = Math.exp(-(x < 0 ? c * mu - lambda : mu) * t);
  const gap = Math.abs(x);
  const phi = gap < 1e-12 ? 1 : -Math.expm1(-gap) / gap;
  return Math.exp(-mu * t) + pWait * mu * t * slower * phi;
}

/** q-quantile of the response time of FCFS M/M/c (s), from the exact tail. 0 for q <= 0. */
export function mmcResponseQuantile(lambda: number, serviceS: number, c: number, q: number): number {
  if (!(q > 0)) return 0;
  const goal = Math.log(1 - q);
  const excess = (t: number): number => goal - Math.log(mmcResponseTail(lambda, serviceS, c, t));
  let low = 0;
  let high = serviceS;
  let atLow = goal;
  let atHigh = excess(high);
  while (atHigh < 0) {
    low = high;
    atLow = atHigh;
    high *= 2;
    atHigh = excess(high);
  }
  return solveBracketed(excess, { low, high, atLow, atHigh });
}

/** Share of customers that wait at most targetS: 1 - C e^{-(c-a) target/S}. */
export function mmcServiceLevel(lambda: number, serviceS: number, c: number, targetS: number): number {
  const a = lambda * serviceS;
  return 1 - erlangCExact(c, a) * Math.exp((-(c - a) * targetS) / serviceS);
}

/**
 * Variance of the wait (s^2): C(2-C)/theta^2, where theta is the rate of the exponential conditional wait (1/s);
 * `factor` is the Allen-Cunneen (Ca2+Cs2)/2 applied to the mean, so the variance takes its square.
 */
export function waitVariance(pWait: number, theta: number, factor = 1): number {
  if (!(theta > 0)) return 0;
  return ((pWait * (2 - pWait)) / (theta * theta)) * factor * factor;
}
