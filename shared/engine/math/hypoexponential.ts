/** Sum of independent exponential stages with different rates. Source: Bolch et al. 2006, 1.2. */

/** Closer than this (relative), two rates make the closed form lose digits and the stages are stepped instead. */
const CLOSE = 0.02;

function tooClose(rates: readonly number[]): boolean {
  const sorted = [...rates].sort((a, b) => a - b);
  return rates.length > 12 || sorted.some((rate, i) => i > 0 && rate - (sorted[i - 1] ?? 0) < CLOSE * rate);
}

/** P(T <= t) by uniformisation: jumps at the largest rate, each stage passed with probability rate/largest. */
function stepped(rates: readonly number[], t: number): number {
  const top = Math.max(...rates);
  const mean = top * t;
  const state: number[] = rates.map((_, i) => (i === 0 ? 1 : 0));
  let done = 0;
  let total = 0;
  let seen = 0;
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 60);
  let logWeight = -mean;
  for (let jump = 0; jump <= last; jump++) {
    const weight = Math.exp(logWeight);
    total += weight * done;
    seen += weight;
    for (let i = rates.length - 1; i >= 0; i--) {
      const moved = ((rates[i] ?? 0) / top) * (state[i] ?? 0);
      state[i] = (state[i] ?? 0) - moved;
      if (i === rates.length - 1) done += moved;
      else state[i + 1] = (state[i + 1] ?? 0) + moved;
    }
    logWeight += Math.log(mean / (jump + 1));
  }
  return Math.min(1, total + Math.max(0, 1 - seen) * done);
}

/** P(sum of exponentials with these rates (1/s) <= t). Rates > 0, equal ones allowed; 0 for t <= 0. */
export function hypoexponentialCdf(rates: readonly number[], t: number): number {
  if (!(t > 0)) return 0;
  if (tooClose(rates)) return stepped(rates, t);
  let tail = 0;
  for (const rate of rates) {
    let share = 1;
    for (const other of rates) if (other !== rate) share *= other / (other - rate);
    tail += share * Math.exp(-rate * t);
  }
  return 1 - tail;
}
