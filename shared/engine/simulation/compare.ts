/** The analytic and the simulated answer side by side. */
import type { ComparedNumber, Estimate, JourneyComparison, SimulatedJourney } from '../../contracts/simulation.ts';
import type { JourneyLatency } from '../types.ts';

/** Within these the two agree (evaluation 11). */
export const MEAN_WITHIN = 0.15;
export const P99_WITHIN = 0.25;
/** An interval wider than this to each side says that the simulation is not sure itself. */
const SURE_WITHIN = 0.1;
/** Differences below a tenth of a millisecond are none. */
const SMALL_MS = 0.1;

function compared(analytic: number, { value }: Estimate, within: number): ComparedNumber {
  const difference = analytic > 0 ? (value - analytic) / analytic : value > SMALL_MS ? 1 : 0;
  return { analytic_ms: analytic, simulated_ms: value, difference, agree: Math.abs(value - analytic) <= SMALL_MS || Math.abs(difference) <= within };
}

/** True when the interval is narrow. */
function sure({ value, low, high }: Estimate): boolean {
  return low !== null && high !== null && (high - low) / 2 <= SURE_WITHIN * value;
}

/** True when even the near end of the interval lies outside. */
function surelyOff({ value, low, high }: Estimate, analytic: number, within: number): boolean {
  const near = value > analytic ? low : high;
  return near !== null && analytic > 0 && Math.abs(near - analytic) / analytic > within;
}

function percent(difference: number): string {
  const rounded = Math.round(difference * 100);
  return rounded === 0 ? 'less than 1 %' : `${Math.abs(rounded)} % ${rounded > 0 ? 'more' : 'less'}`;
}

/** What both say about one journey. `why` is the reason why the analytic side has no answer to compare with, or null. */
export function compareJourney(simulated: SimulatedJourney, analytic: JourneyLatency, why: string | null): JourneyComparison {
  const { id, name } = simulated;
  const not = (note: string): JourneyComparison => ({ id, name, verdict: 'not_comparable', mean: null, p99: null, note });
  if (why !== null) return not(why);
  if (analytic.saturated) return not('A place on this journey is saturated: the analytic side shows the timeout there, not a latency.');
  if (simulated.requests === 0) return not('The simulation answered no request of this journey.');
  const mean = compared(analytic.meanS * 1000, simulated.mean_ms, MEAN_WITHIN);
  const p99 = compared(analytic.p99S * 1000, simulated.p99_ms, P99_WITHIN);
  if (mean.agree && p99.agree) {
    const certain = sure(simulated.mean_ms) ? '' : ' The run is short: its own interval is wider than 10 %.';
    return { id, name, verdict: 'agree', mean, p99, note: `Mean ${percent(mean.difference)}, p99 ${percent(p99.difference)} in the simulation.${certain}` };
  }
  const off = (!mean.agree && surelyOff(simulated.mean_ms, mean.analytic_ms, MEAN_WITHIN)) || (!p99.agree && surelyOff(simulated.p99_ms, p99.analytic_ms, P99_WITHIN));
  const figures = `Mean ${percent(mean.difference)}, p99 ${percent(p99.difference)} in the simulation.`;
  if (!off) return { id, name, verdict: 'unclear', mean, p99, note: `${figures} The run is too short to tell: simulate longer.` };
  return { id, name, verdict: 'differ', mean, p99, note: `${figures} Do not rely on the analytic latency of this journey.` };
}
