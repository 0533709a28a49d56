/** Waits of calls that go to the same place one after the other: they meet the same queue. */
import type { NodeStation } from '../types.ts';

/** The highest load that arrivals drive: what decides how slowly the queue changes. */
function busiest({ resources }: NodeStation): number {
  let most = 0;
  for (const { utilisation, capacity } of resources) if (capacity !== null) most = Math.max(most, utilisation);
  return Math.min(0.999, most);
}

/**
 * Variance that `times` calls one after the other have beyond that of as many independent ones: 2 sum_{k<times} (times-k) q^k
 * of the variance of one wait. Waits are alike by q = e^(-spacing/tau) from one call to the next, where a queue forgets with
 * tau = w (1+sqrt rho)^2 / (1-rho) and w is the mean wait of those that wait (for M/M/1: the relaxation time
 * S/(1-sqrt rho)^2). spacingS is the mean time of one call. Seconds squared; 0 for a single call.
 */
export function repeatedWaitVariance(station: NodeStation, times: number, spacingS: number): number {
  const { waitS, waitVariance } = station;
  if (!(times > 1) || !(waitS > 0) || !(waitVariance > 0)) return 0;
  const rho = busiest(station);
  const waitingS = (waitVariance + waitS * waitS) / (2 * waitS);
  const q = Math.exp((-spacingS * (1 - rho)) / (waitingS * (1 + Math.sqrt(rho)) ** 2));
  const left = 1 - q;
  const pairs = left < 1e-6 ? (times * (times - 1)) / 2 : (q / left) * (times - (1 - q ** times) / left);
  return 2 * Math.max(0, pairs) * waitVariance;
}
