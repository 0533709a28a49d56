/** Load balancing over n instances of c slots each (evaluation 5.4; checked against join-the-shortest-queue simulation). */
import { station } from './allen-cunneen.ts';
import type { Station } from './allen-cunneen.ts';
import { clampShare, wholeAtLeast } from './numeric.ts';
import { waitingRho } from './utilisation.ts';

/** How requests are spread over instances. */
export type BalancePolicy = 'random' | 'ip_hash' | 'round_robin' | 'least_outstanding' | 'power_of_two';

/** A pool of like instances; hot = load of the hottest instance over the mean (1 = even). */
export interface BalancedPool {
  policy: BalancePolicy;
  lambda: number;
  serviceS: number;
  instances: number;
  serversPerInstance: number;
  ca2?: number;
  cs2?: number;
  hot?: number;
}

/** Join-the-shortest-queue over single-slot servers: Wq is this times the central queue's, 1 + .5 (n-1)(1-rho). */
export function joinShortestQueueFactor(n: number, rho: number): number {
  return 1 + 0.5 * (n - 1) * (1 - waitingRho(rho));
}

/**
 * Mean response of the supermarket model (service 1, n to infinity): sum_{i>=1} rho^{(d^i-d)/(d-1)}; d = 1 is M/M/1.
 * Source: Mitzenmacher 2001. rho at most .999.
 */
export function powerOfDResponse(d: number, rho: number): number {
  const load = waitingRho(rho);
  if (!(d > 1)) return 1 / (1 - load);
  let total = 0;
  let exponent = 0;
  for (let i = 0; i < 64; i++) {
    const term = Math.pow(load, exponent);
    total += term;
    if (term < 1e-16) break;
    exponent = exponent * d + d;
  }
  return total;
}

/**
 * Load of the hottest server over the mean under IP hash: b = 1 + sqrt(2 ln n (n-1)/E), at most n.
 * E = effective clients 1/sum w^2 (NAT and corporate proxies make it small: 20).
 */
export function ipHashSkew(n: number, effectiveClients = 20): number {
  const servers = wholeAtLeast(n, 1);
  if (servers === 1) return 1;
  const spread = Math.sqrt((2 * Math.log(servers) * (servers - 1)) / Math.max(1e-9, effectiveClients));
  return Math.min(servers, 1 + spread);
}

function splitStation(pool: BalancedPool, ca2: number): Station {
  const lambda = (pool.lambda / pool.instances) * (pool.hot ?? 1);
  return station(lambda, pool.serviceS, pool.serversPerInstance, ca2, pool.cs2 ?? 1);
}

function withWait(at: Station, factor: number): Station {
  const waitS = at.waitS * factor;
  return { ...at, waitS, waitVariance: at.waitVariance * factor * factor, responseS: at.responseS - at.waitS + waitS };
}

function shortestQueue(pool: BalancedPool): Station {
  const { instances, serversPerInstance } = pool;
  const central = station(pool.lambda, pool.serviceS, instances * serversPerInstance, pool.ca2 ?? 1, pool.cs2 ?? 1);
  if (serversPerInstance !== 1 || instances <= 1) return central;
  return withWait(central, joinShortestQueueFactor(instances, central.rho));
}

/**
 * Two random choices: placed between random and shortest queue where the supermarket model puts single-slot servers;
 * the finite-n correction 1 + (2.1 + 2.6 rho^6)/n is fitted to simulation (within 11 % for n >= 2, rho .5 to .9).
 */
function twoChoices(pool: BalancedPool): Station {
  const random = splitStation(pool, randomArrivals(pool));
  if (pool.instances <= 1) return random;
  const joined = shortestQueue(pool);
  const load = waitingRho(random.rho);
  const single = (powerOfDResponse(2, load) - 1) * (1 + (2.1 + 2.6 * load ** 6) / pool.instances);
  const randomSingle = load / (1 - load);
  const joinedSingle = station(load * pool.instances, 1, pool.instances).waitS * joinShortestQueueFactor(pool.instances, load);
  const gap = randomSingle - joinedSingle;
  const share = gap > 0 ? clampShare((single - joinedSingle) / gap) : 1;
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    rho: random.rho,
    saturated: random.saturated,
    pWait: mix(joined.pWait, random.pWait),
    waitS: mix(joined.waitS, random.waitS),
    waitVariance: mix(joined.waitVariance, random.waitVariance),
    responseS: mix(joined.responseS, random.responseS),
  };
}

/** Ca2 of one of n random streams: 1 + (Ca2-1)/n, exactly 1 for Poisson arrivals. */
function randomArrivals(pool: BalancedPool): number {
  return 1 + ((pool.ca2 ?? 1) - 1) / pool.instances;
}

/**
 * The station one request meets behind a balancer. random and ip_hash: n x G/G/c at lambda/n (hot times that on the
 * hottest); round_robin: the same with Ca2/n; least_outstanding: one central G/G/(nc) queue, with the shortest-queue
 * factor for single-slot servers; power_of_two in between. Without instances the pool is saturated by any load.
 */
export function balancedStation(pool: BalancedPool): Station {
  if (!(pool.instances > 0)) return station(pool.lambda, pool.serviceS, 0);
  switch (pool.policy) {
    case 'least_outstanding':
      return shortestQueue(pool);
    case 'power_of_two':
      return twoChoices(pool);
    case 'round_robin':
      return splitStation(pool, (pool.ca2 ?? 1) / pool.instances);
    default:
      return splitStation(pool, randomArrivals(pool));
  }
}
