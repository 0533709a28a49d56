/** Options of a run with all defaults in place. */
import type { SimulationOptions } from '../../contracts/simulation.ts';
import type { CompiledDesign } from '../types.ts';

const DEFAULTS = { seed: 1, requests: 100_000, multiple: 1, buckets: 60, max_events: 20_000_000, replications: 1 } as const;
const SHORTEST_S = 1;
const LONGEST_S = 1e7;
const MOST_BUCKETS = 500;
/** More runs than these say nothing new: the interval is as narrow as the runs are alike. */
export const MOST_REPLICATIONS = 30;

/** Options with all defaults in place. */
export interface Settled extends Required<Omit<SimulationOptions, 'duration_s' | 'requests'>> { readonly duration_s: number }

/** Put the defaults in: without a length, as long as the wanted number of requests takes. */
export function settle(options: SimulationOptions, compiled: CompiledDesign): Settled {
  const multiple = Math.max(0, options.multiple ?? DEFAULTS.multiple);
  const rate = compiled.journeys.reduce((sum, journey) => sum + journey.rate_rps, 0) * multiple;
  const needed = rate > 0 ? (options.requests ?? DEFAULTS.requests) / rate : SHORTEST_S;
  const duration = Math.min(LONGEST_S, Math.max(1e-3, options.duration_s ?? Math.max(SHORTEST_S, needed)));
  return {
    seed: Math.round(options.seed ?? DEFAULTS.seed), duration_s: duration, multiple, warmup: options.warmup ?? 'mser5', profile: options.profile ?? { kind: 'constant' },
    failures: options.failures ?? [], buckets: Math.min(MOST_BUCKETS, Math.max(1, Math.round(options.buckets ?? DEFAULTS.buckets))),
    replications: Math.min(MOST_REPLICATIONS, Math.max(1, Math.round(options.replications ?? DEFAULTS.replications))),
    max_events: options.max_events ?? DEFAULTS.max_events, cold_caches: options.cold_caches ?? false,
  };
}
