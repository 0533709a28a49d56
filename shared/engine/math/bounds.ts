/** Asymptotic bounds of a closed system. Source: Denning and Buzen 1978; Lazowska 1984 ch. 5. */
import { sum } from './numeric.ts';

/** Knee population and the highest throughput (1/s). */
export interface AsymptoticBounds {
  knee: number;
  maxThroughput: number;
  /** min(N/(D+Z), 1/Dmax) for a population N. */
  throughput: (population: number) => number;
}

/** N* = (D+Z)/Dmax and X <= min(N/(D+Z), 1/Dmax); D per centre and think time Z in seconds. */
export function asymptoticBounds(demands: readonly number[], thinkS: number): AsymptoticBounds {
  const total = sum(demands) + thinkS;
  const largest = demands.reduce((acc, d) => Math.max(acc, d), 0);
  return {
    knee: total / largest,
    maxThroughput: 1 / largest,
    throughput: (population) => Math.min(population / total, 1 / largest),
  };
}
