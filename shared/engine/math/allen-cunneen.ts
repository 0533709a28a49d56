/** G/G/c by Allen-Cunneen: the engine's general station. Exact for M/G/1, about 10 % for c > 1. Source: Allen 1990. */
import { erlangC } from './erlang.ts';
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

/**
 * G/G/c: Wq = C S/(c-a) * (Ca2+Cs2)/2 with a = min(rho,.999) c; Var(W) = C(2-C)/theta^2 * ((Ca2+Cs2)/2)^2.
 * lambda 1/s, serviceS seconds, servers > 0 (may be fractional), ca2 and cs2 squared coefficients of variation.
 */
export function station(lambda: number, serviceS: number, servers: number, ca2 = 1, cs2 = 1): Station {
  const rho = resourceRho(lambda * serviceS, servers);
  if (rho === 0 || !(servers > 0)) return { rho, saturated: rho >= 1, pWait: 0, waitS: 0, waitVariance: 0, responseS: serviceS };
  const load = waitingRho(rho) * servers;
  const factor = (ca2 + cs2) / 2;
  const pWait = erlangC(servers, load);
  const theta = (servers - load) / serviceS;
  const waitS = (pWait / theta) * factor;
  const variance = waitVariance(pWait, theta, factor);
  return { rho, saturated: rho >= 1, pWait, waitS, waitVariance: variance, responseS: waitS + serviceS };
}
