/** One of seven steps of load; a change of colour always means that a threshold was passed (ui 1.3). */
export type HeatStep = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Utilisation at which each step ends: autoscale target 60 %, single-writer knee 70 %, knee 85 %, saturation 100 %. */
export const HEAT_LIMITS = [0.15, 0.4, 0.6, 0.7, 0.85, 1] as const;

/** What each step is called, first one first. */
export const HEAT_WORDS = ['idle', 'light', 'steady', 'busy', 'warm', 'hot', 'saturated'] as const;

/** Knee shown where a resource states none. */
export const DEFAULT_KNEE = 0.85;

/** The step of a utilisation (1 = full). A value on a limit belongs to the hotter step. */
export function heatStep(utilisation: number): HeatStep {
  let step = 1;
  for (const limit of HEAT_LIMITS) if (utilisation >= limit) step += 1;
  return step as HeatStep;
}

/** The word of a step. */
export function heatWord(step: HeatStep): (typeof HEAT_WORDS)[number] {
  return HEAT_WORDS[step - 1] ?? 'idle';
}
