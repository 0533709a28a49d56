import type { LoadProfile, SimulatedFailure, SimulationOptions } from '../../../shared/contracts/simulation.ts';
import { formatDuration, formatNumber } from '../../../shared/lib/format.ts';
import type { Design } from '../../../shared/model/design.ts';

/** How the load moves during a run, as a person chooses it. */
export type LoadShape = 'steady' | 'ramp' | 'spike' | 'day';

/** What is chosen for a run. Null: as it fits the drawing and the length of the run. */
export interface SimulationSettings {
  readonly shape: LoadShape;
  readonly duration_s: number | null;
  readonly seed: number;
  /** Independent runs; with several, intervals are over the runs. */
  readonly runs: number;
  /** Caches are empty at the start instead of as a steady load leaves them. */
  readonly cold_caches: boolean;
  /** Where a ramp ends, how high a spike is and how low a day begins: times the dial's load. */
  readonly ramp_to: number;
  readonly spike: number;
  readonly night: number;
  readonly spike_at_s: number | null;
  readonly spike_for_s: number | null;
  /** What stops: `node:` or `zone:` with an id, or nothing. */
  readonly failure: string;
  /** Only one unit of the component instead of all. */
  readonly one_unit: boolean;
  readonly fails_at_s: number | null;
  readonly fails_for_s: number | null;
}

/** Nothing stops. */
export const NO_FAILURE = 'none';

/** What is chosen before anybody has chosen. */
export const USUAL_SETTINGS: SimulationSettings = {
  shape: 'steady', duration_s: null, seed: 1, runs: 1, cold_caches: false, ramp_to: 2, spike: 3, night: 0.3, spike_at_s: null, spike_for_s: null,
  failure: NO_FAILURE, one_unit: false, fails_at_s: null, fails_for_s: null,
};

/** Points of the timelines. */
const BUCKETS = 100;
/** Most events of one run: more end it. */
const MOST_EVENTS = 20_000_000;
/** Requests that a run is made for unless its length is chosen: enough for a p99 with an interval. */
const USUAL_REQUESTS = 100_000;
/** Shortest run in which a failure or a moving load is worth watching: health checks and scaling take up to half a minute. */
const SHORTEST_MOVING_S = 120;
/** Wall-clock seconds from which a run is called long. */
const LONG_S = 20;
/** Limits of what can be typed. */
export const DURATION_LIMITS = { min: 1, max: 604_800 } as const;
export const FACTOR_LIMITS = { min: 0, max: 100 } as const;
export const RUNS_LIMITS = { min: 1, max: 30 } as const;

/** Lengths that read well, seconds: 5 s to a week. */
const LENGTHS = [5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 345_600, 604_800] as const;

/** What earlier runs of a drawing teach about the next: events for one request, and events in a second of computing. */
export interface Pace { readonly events_per_request: number; readonly events_per_second: number }

/** Before anything was simulated: what the starter designs take, on a slow machine. */
export const USUAL_PACE: Pace = { events_per_request: 12, events_per_second: 600_000 };

/** Times within a run, all in seconds, with every default in place. */
export interface SettledTimes { readonly duration: number; readonly spikeAt: number; readonly spikeFor: number; readonly failsAt: number; readonly failsFor: number }

const moves = ({ shape, failure }: SimulationSettings): boolean => shape !== 'steady' || failure !== NO_FAILURE;

/** The length a run has unless it is chosen: as long as 100 000 requests take, a moving one two minutes, all within the events of one run. */
function usualDuration(settings: SimulationSettings, rate: number, pace: Pace): number {
  const needed = Math.max(moves(settings) ? SHORTEST_MOVING_S : 0, rate > 0 ? USUAL_REQUESTS / rate : 0);
  const most = rate > 0 ? (0.5 * MOST_EVENTS) / pace.events_per_request / rate : Number.MAX_VALUE;
  const fitting = LENGTHS.filter((length) => length <= most);
  return fitting.find((length) => length >= needed * 0.95) ?? fitting.at(-1) ?? LENGTHS[0];
}

/** Steps in which a time reads well: below each time, by so many seconds. */
const ROUNDING = [[10, 0.5], [60, 1], [600, 30], [7200, 60], [172_800, 1800]] as const;

function round(seconds: number): number {
  const [, step] = ROUNDING.find(([below]) => seconds < below) ?? [0, 86_400 / 4];
  return Math.max(step, Math.round(seconds / step) * step);
}


/** The times of a run: a spike begins at two fifths and lasts a tenth, a failure begins at three tenths and lasts a fifth. */
export function settledTimes(settings: SimulationSettings, rate: number, pace: Pace): SettledTimes {
  const duration = settings.duration_s ?? usualDuration(settings, rate, pace);
  return {
    duration,
    spikeAt: settings.spike_at_s ?? round(duration * 0.4), spikeFor: settings.spike_for_s ?? round(duration * 0.1),
    failsAt: settings.fails_at_s ?? round(duration * 0.3), failsFor: settings.fails_for_s ?? round(duration * 0.2),
  };
}

function profileOf(settings: SimulationSettings, times: SettledTimes): LoadProfile {
  switch (settings.shape) {
    case 'steady': return { kind: 'constant' };
    case 'ramp': return { kind: 'ramp', from: 1, to: settings.ramp_to };
    case 'spike': return { kind: 'spike', factor: settings.spike, at_s: times.spikeAt, for_s: times.spikeFor };
    case 'day': return { kind: 'diurnal', low: settings.night, high: 1, period_s: times.duration };
  }
}

/** What stops, or null: kind and id. A part that is no longer drawn stops nothing. */
export function failingThing(settings: SimulationSettings, design: Design): { readonly kind: 'node' | 'zone'; readonly id: string } | null {
  const [, kind, id = ''] = /^(node|zone):(.*)$/s.exec(settings.failure) ?? [];
  if (kind === 'node') return Object.hasOwn(design.nodes, id) ? { kind, id } : null;
  return kind === 'zone' ? { kind, id } : null;
}

function failuresOf(settings: SimulationSettings, times: SettledTimes, design: Design): readonly SimulatedFailure[] {
  const thing = failingThing(settings, design);
  if (thing === null) return [];
  const target: SimulatedFailure['target'] = thing.kind === 'node' && settings.one_unit ? { kind: 'node', id: thing.id, units: 1 } : thing;
  return [{ at_s: times.failsAt, restore_s: times.failsAt + times.failsFor, target }];
}

/** What is chosen, as the simulator takes it. */
export function optionsOf(settings: SimulationSettings, times: SettledTimes, design: Design, multiple: number): SimulationOptions {
  return {
    seed: settings.seed, replications: settings.runs, cold_caches: settings.cold_caches, duration_s: times.duration, multiple, profile: profileOf(settings, times),
    failures: failuresOf(settings, times, design), buckets: BUCKETS, max_events: MOST_EVENTS,
  };
}

/** Mean of the load over the run, times the dial's. */
function meanFactor(settings: SimulationSettings, times: SettledTimes): number {
  const spiking = Math.min(1, Math.max(0, Math.min(times.duration, times.spikeAt + times.spikeFor) - times.spikeAt) / times.duration);
  switch (settings.shape) {
    case 'steady': return 1;
    case 'ramp': return (1 + settings.ramp_to) / 2;
    case 'spike': return 1 + (settings.spike - 1) * spiking;
    case 'day': return (1 + settings.night) / 2;
  }
}

/** What is asked for: requests and events of each run, seconds of all. `fits_s`: the longest usual length within the events of one run, where it needs more. */
export interface Expected { readonly runs: number; readonly requests: number; readonly events: number; readonly seconds: number; readonly fits_s: number | null }

/** How large a run at this rate will be. */
export function expectedOf(settings: SimulationSettings, times: SettledTimes, rate: number, pace: Pace): Expected {
  const requests = rate * times.duration * meanFactor(settings, times);
  const events = requests * pace.events_per_request;
  const most = (times.duration * MOST_EVENTS) / Math.max(1, events);
  const fits = events > MOST_EVENTS ? (LENGTHS.filter((length) => length <= most * 0.9).at(-1) ?? round(most * 0.9)) : null;
  return { runs: settings.runs, requests, events, seconds: (settings.runs * Math.min(events, MOST_EVENTS)) / pace.events_per_second, fits_s: fits };
}

/** What stands under the fields before a run, and whether it is a warning. */
export function expectedText({ runs, requests, events, seconds, fits_s }: Expected): { readonly text: string; readonly warns: boolean } {
  if (fits_s !== null) return { warns: true, text: `About ${formatNumber(events, 2)} events, more than the ${formatNumber(MOST_EVENTS)} of one run: it would be cut short. Simulate ${formatDuration(fits_s)} or less.` };
  const size = `${runs > 1 ? `${runs} runs of ` : ''}${formatNumber(requests, 2)} requests`;
  if (seconds > LONG_S) return { warns: true, text: `${runs > 1 ? 'Long runs' : 'A long run'}: ${size}, about ${formatDuration(Number(seconds.toPrecision(1)))} to compute. Work goes on meanwhile.` };
  return { warns: false, text: `${size}, about ${formatDuration(Math.max(1, Math.ceil(seconds)))}` };
}

/** Why these settings cannot be run, or null. */
export function settingsProblem(settings: SimulationSettings, times: SettledTimes): string | null {
  if (settings.shape === 'spike' && times.spikeAt >= times.duration) return 'The spike begins after the end of the run.';
  if (settings.failure !== NO_FAILURE && times.failsAt >= times.duration) return 'The failure begins after the end of the run.';
  return null;
}
