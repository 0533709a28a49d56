/**
 * Closed networks, one class, exact: mean value analysis where every centre has one server or none, else convolution, all
 * of whose terms are positive (mean value analysis with several servers subtracts and loses its digits near saturation).
 * Source: Reiser and Lavenberg 1980; Buzen 1973; Bolch et al. 2006.
 */

import { zeros } from './lists.ts';

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
  const Q = zeros(centres.length);
  const R = zeros(centres.length);
  let X = 0;
  let cycle = 0;
  for (let n = 1; n <= N; n++) {
    cycle = 0;
    for (let i = 0; i < centres.length; i++) {
      const { service, visits, servers } = centres[i] as Centre;
      const stayS = servers < 0 ? service : service * (1 + (Q[i] as number));
      R[i] = stayS;
      cycle += visits * stayS;
    }
    X = n / (Z + cycle);
    for (let i = 0; i < centres.length; i++) Q[i] = X * (centres[i] as Centre).visits * (R[i] as number);
  }
  return { X, R, Q, U: busy(centres, X), responseS: cycle };
}

function busy(centres: readonly Centre[], X: number): number[] {
  return centres.map(({ service, visits, servers }) => (X * visits * service) / Math.max(1, servers));
}

/** Relative weights of 0 to N customers at a centre of this demand; scaled so that the largest is 1. */
function weights(N: number, demand: number, servers: number): number[] {
  const found = zeros(N + 1);
  const step = Math.log(demand);
  let log = 0;
  let top = 0;
  for (let n = 1; n <= N; n++) {
    log = log + step - Math.log(servers < 0 ? n : Math.min(n, servers));
    found[n] = log;
    top = Math.max(top, log);
  }
  for (let n = 0; n <= N; n++) found[n] = Math.exp((found[n] as number) - top);
  return found;
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

/** Weights of several centres together; `null` are the weights of none, which change nothing. */
function together(a: readonly number[] | null, b: readonly number[] | null): readonly number[] | null {
  return a === null ? b : b === null ? a : convolved(a, b);
}

/** Closed network of several servers, from the products of weights. */
class Convolution {
  private readonly N: number;
  private readonly parts: readonly (readonly number[])[];

  constructor(N: number, centres: readonly Centre[], Z: number) {
    const all = Z > 0 ? [...centres, { service: Z, visits: 1, servers: -1 }] : centres;
    // in units of the slowest centre, so that no product of weights outgrows the others
    const slowest = Math.max(...all.map(({ service, visits, servers }) => (service * visits) / Math.max(1, servers)));
    this.N = N;
    this.parts = all.map(({ service, visits, servers }) => weights(N, (service * visits) / slowest, servers));
  }

  private product(from: number, to: number): readonly number[] | null {
    let all: readonly number[] | null = null;
    for (let i = from; i < to; i++) all = together(all, this.parts[i] as readonly number[]);
    return all;
  }

  /** Distribution of the customers at one centre: 0 to N of them there, the others in the rest of the network. */
  at(centre: number): readonly number[] {
    const { N, parts } = this;
    const own = parts[centre] as readonly number[];
    const rest = together(this.product(0, centre), this.product(centre + 1, parts.length));
    const joint = zeros(N + 1);
    let total = 0;
    for (let n = 0; n <= N; n++) {
      const weight = (own[n] as number) * (rest === null ? (n === N ? 1 : 0) : (rest[N - n] as number));
      joint[n] = weight;
      total += weight;
    }
    for (let n = 0; n <= N; n++) joint[n] = (joint[n] as number) / total;
    return joint;
  }
}

/** The first centre with demand: what its busy servers complete is the throughput. */
function throughputOf(centres: readonly Centre[], network: Convolution): number {
  const at = centres.findIndex(({ service, visits }) => service * visits > 0);
  const { service, visits, servers } = centres[at] as Centre;
  const served = network.at(at).reduce((sum, p, n) => sum + p * (servers < 0 ? n : Math.min(n, servers)), 0);
  return served / (service * visits);
}

function convolution(N: number, centres: readonly Centre[], Z: number): MvaResult {
  const network = new Convolution(N, centres, Z);
  const X = throughputOf(centres, network);
  const Q = centres.map((_, i) => network.at(i).reduce((sum, p, n) => sum + n * p, 0));
  const R = centres.map(({ visits, service }, i) => (X * visits > 0 ? (Q[i] as number) / (X * visits) : service));
  return { X, R, Q, U: busy(centres, X), responseS: N / X - Z };
}

function centresOf(S: readonly number[], V: readonly number[], servers: readonly number[]): readonly Centre[] {
  return S.map((service, i) => ({ service, visits: V[i] ?? 1, servers: servers[i] ?? 1 }));
}

/** Mean value analysis would lose its digits, and there is something to do. */
function needsConvolution(N: number, centres: readonly Centre[]): boolean {
  return N > 0 && centres.some(({ servers }) => servers > 1) && centres.some(({ service, visits }) => service * visits > 0);
}

/**
 * Exact results for N customers with think time Z. S and V per centre; `servers` per centre: 1 FCFS/PS (default),
 * c > 1 several servers, -1 a delay.
 */
export function mvaClosed(N: number, S: readonly number[], V: readonly number[], Z = 0, servers: readonly number[] = []): MvaResult {
  const centres = centresOf(S, V, servers);
  return needsConvolution(N, centres) ? convolution(N, centres, Z) : meanValue(N, centres, Z);
}

/** Throughput and response of `mvaClosed` alone, for a part of the work. */
export function closedThroughput(N: number, S: readonly number[], V: readonly number[], Z: number, servers: readonly number[]): Pick<MvaResult, 'X' | 'responseS'> {
  const centres = centresOf(S, V, servers);
  if (!needsConvolution(N, centres)) return meanValue(N, centres, Z);
  const X = throughputOf(centres, new Convolution(N, centres, Z));
  return { X, responseS: N / X - Z };
}
