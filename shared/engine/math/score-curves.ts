/** Score curves of evaluation 9: 70 = requirement exactly met, 0 to 100, continuous in the metric. */
import { clamp } from './numeric.ts';

const MAX_NINES = 9;
const LEAST_GROWTH = 1.25;

/**
 * Lower is better: x = target scores 70, target*best 100, target*worst 0, log-linear in between.
 * best < 1 < worst; x <= 0 scores 100. x and target in the same unit; a target of 0 or less is only met by x <= 0.
 */
export function ratioScore(x: number, target: number, best: number, worst: number): number {
  if (!(x > 0)) return 100;
  if (!(target > 0)) return 0;
  const log = Math.log(x / target);
  return clamp(log <= 0 ? 70 + (30 * log) / Math.log(best) : 70 * (1 - log / Math.log(worst)), 0, 100);
}

/** -log10(1-A), between 0 and 9. */
export function nines(availability: number): number {
  return clamp(-Math.log10(Math.max(1e-9, 1 - availability)), 0, MAX_NINES);
}

/** d = nines(A) - nines(T): d >= 0 gives 70+30d, else 70(1+d/1.5). */
export function availabilityScore(availability: number, target: number): number {
  const d = nines(availability) - nines(target);
  return clamp(d >= 0 ? 70 + 30 * d : 70 * (1 + d / 1.5), 0, 100);
}

/**
 * Headroom multiple h against the wanted growth (at least 1.25): h >= growth 70+30 log2(h/growth), 1..growth
 * 35+35 ln h/ln growth, below 1 35h^2. null = unbounded = 100.
 */
export function headroomScore(h: number | null, growth: number): number {
  if (h === null) return 100;
  if (!(h > 0)) return 0;
  const goal = Math.max(LEAST_GROWTH, growth);
  if (h >= goal) return Math.min(100, 70 + 30 * Math.log2(h / goal));
  return h >= 1 ? 35 + (35 * Math.log(h)) / Math.log(goal) : 35 * h * h;
}
