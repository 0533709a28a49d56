/**
 * Closed networks, one class, exact: mean value analysis where every centre has one server or none, else convolution, all
 * of whose terms are positive (mean value analysis with several servers subtracts and loses its digits near saturation).
 * Source: Reiser and Lavenberg 1980; Buzen 1973; Bolch et al. 2006.
 */

/** Per-centre results; R is per visit (s), Q customers, U per server; X in 1/s. */
export interface MvaResult {
  X: number;
  R: number[];
  Q: number[];
  U: number[];
  responseS: number;
}

interface Centre {
  readonly service: number;
  readonly visits: number;
  /** 1 FCFS or processor sharing, more for several servers, -1 for a delay. */
  readonly servers: number;
}

function meanValue(N: number, centres: readonly Centre[], Z: number): MvaResult {
  const queues = centres.map(() => 0);
  let R = queues;
  let X = 0;
  let cycle = 0;
  for (let n = 1; n <= N; n++) {
    R = centres.map(({ service, servers }, i) => (servers < 0 ? service : service * (1 + (queues[i] as number))));
    cycle = centres.reduce((total, { visits }, i) => total + visits * (R[i] as number), 0);
    X = n / (Z + cycle);
    centres.forEach(({ visits }, i) => void (queues[i] = X * visits * (R[i] as number)));
  }
  return { X, R, Q: queues, U: busy(centres, X), responseS: cycle };
}

function busy(centres: readonly Centre[], X: number): number[] {
  return centres.map(({ service, visits, servers }) => (X * visits * service) / Math.max(1, servers));
}

/** Relative weights of 0 to N customers at a centre of this demand; scaled so that the largest is 1. */
function weights(N: number, demand: number, servers: number): number[] {
  const logs = [0];
  for (let n = 1; n <= N; n++) logs.push((logs[n - 1] as number) + Math.log(demand) - Math.log(servers < 0 ? n : Math.min(n, servers)));
  const top = Math.max(...logs);
  return logs.map((log) => Math.exp(log - top));
}

function convolved(a: readonly number[], b: readonly number[]): number[] {
  const out = a.map((_, n) => {
    let total = 0;
    for (let j = 0; j <= n; j++) total += (a[j] as number) * (b[n - j] as number);
    return total;
  });
  const top = Math.max(...out);
  return top > 0 ? out.map((value) => value / top) : out;
}

/** Distribution of the customers over a centre and the rest of the network, from the products of weights. */
function convolution(N: number, centres: readonly Centre[], Z: number): MvaResult {
  const all = [...centres, ...(Z > 0 ? [{ service: Z, visits: 1, servers: -1 }] : [])];
  // in units of the slowest centre, so that no product of weights outgrows the others
  const slowest = Math.max(...all.map(({ service, visits, servers }) => (service * visits) / Math.max(1, servers)));
  const parts = all.map(({ service, visits, servers }) => weights(N, (service * visits) / slowest, servers));
  const nothing = [1, ...new Array<number>(N).fill(0)];
  const before = parts.map((_, i) => parts.slice(0, i).reduce(convolved, nothing));
  const after = parts.map((_, i) => parts.slice(i + 1).reduce(convolved, nothing));
  const shares = centres.map((_, i) => {
    const rest = convolved(before[i] as number[], after[i] as number[]);
    const joint = (parts[i] as number[]).map((weight, n) => weight * (rest[N - n] as number));
    const total = joint.reduce((sum, value) => sum + value, 0);
    return joint.map((value) => value / total);
  });
  const [first] = centres;
  // the first centre with demand: what its busy servers complete is the throughput
  const at = centres.findIndex(({ service, visits }) => service * visits > 0);
  const own = centres[at] ?? (first as Centre);
  const served = (shares[at] ?? []).reduce((sum, p, n) => sum + p * (own.servers < 0 ? n : Math.min(n, own.servers)), 0);
  const X = served / (own.service * own.visits);
  const Q = shares.map((states) => states.reduce((sum, p, n) => sum + n * p, 0));
  const R = centres.map(({ visits, service }, i) => (X * visits > 0 ? (Q[i] as number) / (X * visits) : service));
  return { X, R, Q, U: busy(centres, X), responseS: N / X - Z };
}

/**
 * Exact results for N customers with think time Z. S and V per centre; `servers` per centre: 1 FCFS/PS (default),
 * c > 1 several servers, -1 a delay.
 */
export function mvaClosed(N: number, S: readonly number[], V: readonly number[], Z = 0, servers: readonly number[] = []): MvaResult {
  const centres: Centre[] = S.map((service, i) => ({ service, visits: V[i] ?? 1, servers: servers[i] ?? 1 }));
  const several = N > 0 && centres.some(({ servers: m }) => m > 1) && centres.some(({ service, visits }) => service * visits > 0);
  return several ? convolution(N, centres, Z) : meanValue(N, centres, Z);
}
