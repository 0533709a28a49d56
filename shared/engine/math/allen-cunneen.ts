/** G/G/c by Allen-Cunneen: the engine's general station. Exact for M/G/1, about 10 % for c > 1. Source: Allen 1990. */
import { erlangC } from './erlang.ts';
import { mmcExact } from './mmc.ts';
import type { MmcResult } from './mmc.ts';
import { waitVariance } from './mmc.ts';
import { resourceRho, waitingRho } from './utilisation.ts';

/** What a station does to one request. rho is the uncapped offered load; times in seconds, always finite. */
export interface Station {
  rho: number;
  /** True from rho = 1: the wait is that of rho = .999 and the caller shows its timeout instead. */
  saturated: boolean;
  pWait: number;
  waitS: number;
  waitVariance: number;
  responseS: number;
}

/** A station that makes nobody wait (delay node): R = S. */
export function delayStation(serviceS: number): Station {
  return { rho: 0, saturated: false, pWait: 0, waitS: 0, waitVariance: 0, responseS: serviceS };
}

/**
 * G/G/c: Wq = C S/(c-a) * (Ca2+Cs2)/2 with a = min(rho,.999) c; Var(W) = C(2-C)/theta^2 * ((Ca2+Cs2)/2)^2.
 * lambda 1/s, serviceS seconds, servers > 0 (may be fractional), ca2 and cs2 squared coefficients of variation.
 */
export function station(lambda: number, serviceS: number, servers: number, ca2 = 1, cs2 = 1): Station {
  const rho = resourceRho(lambda * serviceS, servers);
  if (rho === 0 || !(servers > 0)) return { ...delayStation(serviceS), rho, saturated: rho >= 1 };
  const load = waitingRho(rho) * servers;
  const factor = (ca2 + cs2) / 2;
  const pWait = erlangC(servers, load);
  const theta = (servers - load) / serviceS;
  const waitS = (pWait / theta) * factor;
  const variance = waitVariance(pWait, theta, factor);
  return { rho, saturated: rho >= 1, pWait, waitS, waitVariance: variance, responseS: waitS + serviceS };
}

/** Allen-Cunneen without guards (oracles): M/M/c with Wq scaled by (Ca2+Cs2)/2. Needs rho < 1. */
export function allenCunneenExact(lambda: number, serviceS: number, c: number, ca2: number, cs2: number): MmcResult {
  const base = mmcExact(lambda, serviceS, c);
  const waitS = (base.waitS * (ca2 + cs2)) / 2;
  const responseS = waitS + serviceS;
  return { ...base, waitS, responseS, queueLength: lambda * waitS, inSystem: lambda * responseS };
}

/** Variance of the time spent at a station (s^2): S^2 Cs2 + Var(W). */
export function stationVariance(serviceS: number, cs2: number, waitVarianceS2: number): number {
  return serviceS * serviceS * cs2 + waitVarianceS2;
}
