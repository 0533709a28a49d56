/** Availability of a tier as the share of its load that the surviving units serve (semantics 9.4 and 9.5). */
import { binomialShare } from './k-of-n.ts';
import { clampShare } from './numeric.ts';

/** A tier of like units. */
export interface Tier {
  lambda: number;
  capacityPerUnit: number;
  /** Units left in the state looked at (zones lost are already taken away). */
  units: number;
  /** Units when everything is up; the result is relative to what these serve. */
  unitsTotal?: number;
  /** Unavailability of one unit. */
  unavailability: number;
  /** Share of a unit's failures that takes all units down. */
  beta?: number;
}

/** E[min(1, i r)] over i ~ Bin(n, 1-v), r = capacity of one unit over load, walking down from all units up. */
function expectedServed(n: number, v: number, ratio: number): number {
  const full = Math.min(1, n * ratio);
  let lost = 0;
  for (let i = n - 1; i >= 0; i--) {
    const missing = full - Math.min(full, i * ratio);
    if (missing <= 0) continue;
    const term = missing * binomialShare(n, i, 1 - v, v);
    lost += term;
    if (term < lost * 1e-17) break;
  }
  return full - lost;
}

/**
 * E_i[min(1, i cap/lambda)] / min(1, n cap/lambda), i ~ surviving units with the beta factor; 1-u for a tier of one.
 * Monotone in n, smooth in lambda, in [0, 1]. Without load one unit serves everything.
 */
export function shareServed(tier: Tier): number {
  const total = tier.unitsTotal ?? tier.units;
  const u = clampShare(tier.unavailability);
  if (tier.units < 1 || total < 1) return 0;
  if (total <= 1) return 1 - u;
  const beta = clampShare(tier.beta ?? 0.05);
  const ratio = tier.lambda > 0 ? Math.min(1, tier.capacityPerUnit / tier.lambda) : 1;
  if (!(ratio > 0)) return 0;
  const served = expectedServed(Math.floor(tier.units), (1 - beta) * u, ratio);
  return clampShare(((1 - beta * u) * served) / Math.min(1, total * ratio));
}

/** u|zone up = (u - U_az)/(1 - U_az), not below 0: SLA numbers already contain zone events. */
export function conditionalUnavailability(u: number, zoneU: number): number {
  return zoneU >= 1 ? 0 : clampShare((u - zoneU) / (1 - zoneU));
}
