/** M/M/c/K: finite waiting room (backlog, bounded queue, token bucket). Source: Bolch et al. 2006, Jain 1991. */

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

/** Loss probability p_K of M/M/c/K alone, by the loss recursion (no list of states). Any load >= 0. */
export function mmckBlocking(lambda: number, serviceS: number, c: number, K: number): number {
  const a = lambda * serviceS;
  let blocked = 1;
  for (let n = 1; n <= K; n++) {
    const up = (a / Math.min(n, c)) * blocked;
    blocked = up / (1 + up);
  }
  return blocked;
}
