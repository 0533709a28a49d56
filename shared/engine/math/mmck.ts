/** M/M/c/K: finite waiting room (backlog, bounded queue, token bucket). Source: Bolch et al. 2006, Jain 1991. */
import { erlangB } from './erlang.ts';

/** State probabilities and means of M/M/c/K; K counts those in service too. Times in seconds. */
export interface MmckResult {
  probabilities: number[];
  blocked: number;
  inSystem: number;
  queueLength: number;
  throughput: number;
  responseS: number;
  waitS: number;
  utilisation: number;
}

/** Relative state weights by birth-death, rescaled while they grow so that a long queue cannot overflow. */
function stateWeights(a: number, c: number, K: number): number[] {
  const weights = [1];
  let last = 1;
  for (let n = 1; n <= K; n++) {
    last *= a / Math.min(n, c);
    if (last > 1e250) {
      for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) * 1e-250;
      last *= 1e-250;
    }
    weights.push(last);
  }
  return weights;
}

/** Exact M/M/c/K for any load: p_n by birth-death, loss p_K, means over the accepted arrivals. */
export function mmck(lambda: number, serviceS: number, c: number, K: number): MmckResult {
  const probabilities = stateWeights(lambda * serviceS, c, K);
  const total = probabilities.reduce((acc, w) => acc + w, 0);
  let inSystem = 0;
  let queueLength = 0;
  for (let n = 0; n <= K; n++) {
    const p = (probabilities[n] ?? 0) / total;
    probabilities[n] = p;
    inSystem += n * p;
    queueLength += Math.max(0, n - c) * p;
  }
  const blocked = probabilities[K] ?? 1;
  const throughput = lambda * (1 - blocked);
  const per = throughput > 0 ? 1 / throughput : 0;
  return {
    probabilities,
    blocked,
    inSystem,
    queueLength,
    throughput,
    responseS: inSystem * per,
    waitS: queueLength * per,
    utilisation: (throughput * serviceS) / c,
  };
}

/**
 * Loss probability p_K of M/M/c/K alone: Erlang's B up to the servers; each waiting place then turns 1/p into 1/(p rho) + 1, a
 * geometric sum, so that a queue of a million places costs as much as one of ten. Any load >= 0; K below c counts as c = K.
 */
export function mmckBlocking(lambda: number, serviceS: number, c: number, K: number): number {
  const a = lambda * serviceS;
  const servers = Math.min(c, K);
  const blocked = erlangB(servers, a);
  const places = K - servers;
  if (!(places > 0) || !(blocked > 0)) return places > 0 ? 0 : blocked;
  const log = Math.log(a / c);
  // 1/p = y rho^-m + sum of rho^-i for i < m
  const shrink = Math.exp(-places * log);
  const sum = Math.abs(log) * places < 1e-9 ? places : Math.expm1(-places * log) / Math.expm1(-log);
  const inverse = shrink / blocked + sum;
  return Number.isFinite(inverse) ? Math.min(1, 1 / inverse) : 0;
}
