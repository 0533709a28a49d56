/** Utilisation, Little's law and the overload policy (waits use min(rho, .999); overload is reported, never infinite). */
import { clamp } from './numeric.ts';

/** Waiting formulas use at most this utilisation, so that an overloaded station still has a finite wait. */
export const MAX_WAIT_RHO = 0.999;

/** Utilisation shown for a resource without any capacity that is asked for work. */
export const OVERLOAD_RHO = 1e6;

/** min(rho, .999), never below 0: the utilisation to use in every 1/(1-rho). */
export function waitingRho(rho: number): number {
  return clamp(rho, 0, MAX_WAIT_RHO);
}

/** Offered utilisation lambda*S/c of c servers (uncapped; lambda 1/s, S seconds). 0 without load. */
export function utilisation(lambda: number, serviceS: number, servers: number): number {
  return resourceRho(lambda * serviceS, servers);
}

/** Demand over capacity (same units), 0 without demand, OVERLOAD_RHO at most. */
export function resourceRho(demandPerS: number, capacityPerS: number): number {
  if (!(demandPerS > 0)) return 0;
  if (!(capacityPerS > 0)) return OVERLOAD_RHO;
  return Math.min(demandPerS / capacityPerS, OVERLOAD_RHO);
}

/** Share of the offered load that a saturated station cannot serve: max(0, 1 - 1/rho). */
export function overloadShare(rho: number): number {
  return rho > 1 ? 1 - 1 / rho : 0;
}

/** CPU seconds per transaction of a CPU-bound system: cores / throughput (utilisation law). 0 when throughput is 0. */
export function serviceDemand(throughputPerS: number, cores: number): number {
  return throughputPerS > 0 ? cores / throughputPerS : 0;
}

/** Little's law: mean number in a system = rate * time (1/s, seconds). */
export function little(ratePerS: number, timeS: number): number {
  return ratePerS * timeS;
}

/** Latency of one operation on a capped resource (quota, IOPS, bandwidth): s/(1-rho), rho at most .999. Seconds. */
export function cappedLatency(serviceS: number, rho: number): number {
  return serviceS / (1 - waitingRho(rho));
}
