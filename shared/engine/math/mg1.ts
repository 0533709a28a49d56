/** Single servers with general service: M/G/1 FCFS (Pollaczek-Khinchine) and processor sharing. */
import { waitingRho } from './utilisation.ts';

/** Means of M/G/1 (s and customers). */
export interface Mg1Result {
  rho: number;
  waitS: number;
  responseS: number;
  queueLength: number;
  inSystem: number;
}

/** Pollaczek-Khinchine: Wq = lambda S^2 (1+scv) / (2 (1-rho)). Exact; needs rho < 1. */
export function mg1Exact(lambda: number, serviceS: number, scv: number): Mg1Result {
  const rho = lambda * serviceS;
  const waitS = (lambda * serviceS * serviceS * (1 + scv)) / (2 * (1 - rho));
  const responseS = waitS + serviceS;
  return { rho, waitS, responseS, queueLength: lambda * waitS, inSystem: lambda * responseS };
}

/** M/G/1 processor sharing: R = S/(1-rho), insensitive to the service distribution. Exact; needs rho < 1. */
export function processorSharingExact(lambda: number, serviceS: number): number {
  return serviceS / (1 - lambda * serviceS);
}

/** Processor sharing for the engine: R = S/(1-min(rho,.999)), finite at any load. Seconds. */
export function processorSharing(lambda: number, serviceS: number): number {
  return serviceS / (1 - waitingRho(lambda * serviceS));
}
