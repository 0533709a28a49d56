/** Closed networks: exact single-class mean value analysis. Source: Reiser and Lavenberg 1980; Bolch et al. 2006. */

/** Per-centre results; R is per visit (s), Q customers, U per server; X in 1/s. */
export interface MvaResult {
  X: number;
  R: number[];
  Q: number[];
  U: number[];
  responseS: number;
}

interface Centre {
  service: number;
  visits: number;
  servers: number;
  queue: number;
  /** P(j customers at the centre) for multi-server centres, else empty. */
  states: number[];
}

function residence(centre: Centre): number {
  const { service, servers, queue, states } = centre;
  if (servers < 0) return service;
  if (servers === 1) return service * (1 + queue);
  let idle = 0;
  for (let j = 0; j <= servers - 2; j++) idle += (servers - 1 - j) * (states[j] ?? 0);
  return (service / servers) * (1 + queue + idle);
}

function advanceStates(centre: Centre, throughput: number, population: number): void {
  const next = new Array<number>(centre.states.length).fill(0);
  let busy = 0;
  for (let j = 1; j <= population; j++) {
    const rate = (throughput * centre.visits * centre.service) / Math.min(j, centre.servers);
    next[j] = rate * (centre.states[j - 1] ?? 0);
    busy += next[j] ?? 0;
  }
  next[0] = 1 - busy;
  centre.states = next;
}

/**
 * Exact MVA for N customers with think time Z. S and V per centre; `servers` per centre: 1 FCFS/PS (default),
 * c > 1 multi-server (exact marginal probabilities), -1 a delay.
 */
export function mvaClosed(N: number, S: readonly number[], V: readonly number[], Z = 0, servers: readonly number[] = []): MvaResult {
  const centres: Centre[] = S.map((service, i) => {
    const m = servers[i] ?? 1;
    const states = m > 1 ? [1, ...new Array<number>(N).fill(0)] : [];
    return { service, visits: V[i] ?? 1, servers: m, queue: 0, states };
  });
  let X = 0;
  let R = S.map(() => 0);
  let cycle = 0;
  for (let n = 1; n <= N; n++) {
    R = centres.map(residence);
    cycle = centres.reduce((acc, centre, i) => acc + centre.visits * (R[i] ?? 0), 0);
    X = n / (Z + cycle);
    centres.forEach((centre, i) => {
      centre.queue = X * centre.visits * (R[i] ?? 0);
      if (centre.servers > 1) advanceStates(centre, X, n);
    });
  }
  const U = centres.map((centre) => (X * centre.visits * centre.service) / Math.max(1, centre.servers));
  return { X, R, Q: centres.map((centre) => centre.queue), U, responseS: cycle };
}
