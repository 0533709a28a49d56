/** Functions as a service: duration, concurrency, cold starts, ramps (evaluation 5.8). */
import { logGamma } from './gamma.ts';
import { clampShare } from './numeric.ts';

const MB_PER_VCPU = 1769;
const RECYCLING_FLOOR = 0.001;

/** vCPU share of a function: memory/1769 MB. */
export function lambdaVcpu(memoryMb: number): number {
  return memoryMb / MB_PER_VCPU;
}

/** Duration (s) = cpu/min(vcpu,1) + io: single-threaded code gains nothing beyond one vCPU. */
export function lambdaDuration(cpuS: number, ioS: number, memoryMb: number): number {
  return cpuS / Math.max(1e-6, Math.min(lambdaVcpu(memoryMb), 1)) + ioS;
}

interface PoissonWalk {
  k: number;
  p: number;
  below: number;
}

/** First state worth looking at, its probability and the cumulative probability up to it. */
function startWalk(a: number): PoissonWalk {
  if (a < 600) return { k: 0, p: Math.exp(-a), below: Math.exp(-a) };
  const k = Math.floor(a - 14 * Math.sqrt(a));
  const p = Math.exp(k * Math.log(a) - a - logGamma(k + 1));
  return { k, p, below: p / (1 - k / a) };
}

/** Runs over busy counts k with their probability and the cumulative one; `visit` sees k = 0, 1, ... once. */
function walkPoisson(a: number, visit: (k: number, p: number, below: number) => void): void {
  let { k, p, below } = startWalk(a);
  for (;;) {
    visit(k, p, Math.min(1, below));
    k += 1;
    p *= a / k;
    below += p;
    if (k > a && p < 1e-19) return;
  }
}

/**
 * P(cold start) with Poisson arrivals, M/G/infinity busy environments and most-recently-used reuse:
 * sum_{k>=1} pi_{k-1} exp(-tau lambda pi_{k-1}/Pi_{k-1}), pi Poisson(lambda d), Pi its distribution function; with p
 * provisioned environments the sum starts at k = p+1. lambda 1/s, duration and keep-alive tau in s. Within 12 % of
 * simulation when P(cold) >= 1 %.
 */
export function coldStartProbability(lambda: number, durationS: number, keepAliveS: number, provisioned = 0): number {
  if (!(lambda > 0)) return provisioned >= 1 ? 0 : 1;
  let total = 0;
  walkPoisson(lambda * durationS, (k, p, below) => {
    if (k >= provisioned && below > 0) total += p * Math.exp((-keepAliveS * lambda * p) / below);
  });
  return clampShare(total);
}

/** P(at least p environments are busy) for a Poisson number with mean a. */
export function busyAtLeast(a: number, count: number): number {
  if (count <= 0) return 1;
  let total = 0;
  walkPoisson(a, (k, p) => {
    if (k >= count) total += p;
  });
  return clampShare(total);
}

/**
 * Cold share for the engine: coldStartProbability, not below .1 % of the requests that find all provisioned environments
 * busy (platforms recycle environments even under steady load).
 */
export function coldStartShare(lambda: number, durationS: number, keepAliveS: number, provisioned = 0): number {
  const floor = RECYCLING_FLOOR * busyAtLeast(lambda * durationS, provisioned);
  return Math.max(floor, coldStartProbability(lambda, durationS, keepAliveS, provisioned));
}

/** Cold share in the first moments of a step from l1 to l2 requests/s: 1 - l1/l2, 0 when the load falls. */
export function rampColdShare(l1: number, l2: number): number {
  return l2 > l1 && l2 > 0 ? 1 - l1 / l2 : 0;
}

/** Environments reachable t seconds into a ramp: warm + 1000 t/10 per function. */
export function reachableConcurrency(warm: number, seconds: number, perTenSeconds = 1000): number {
  return warm + (perTenSeconds * seconds) / 10;
}

/** Provisioned environments with which cold starts vanish: lambda d + 3 sqrt(lambda d), rounded up. */
export function provisionedEnough(lambda: number, durationS: number): number {
  const a = lambda * durationS;
  return Math.ceil(a + 3 * Math.sqrt(a));
}
