/** Connection pools, server limits and slots held by hung calls. */
import type { Station } from './allen-cunneen.ts';
import { clampShare } from './numeric.ts';

/** Connections a tier can open: instances * workers * (pool + overflow) + lambda concurrency (one each). */
export function connectionsTotal(instances: number, workers: number, poolSize: number, maxOverflow: number, lambdaConcurrency = 0): number {
  return instances * workers * (poolSize + maxOverflow) + lambdaConcurrency;
}

/** P(wait for a connection > timeout) = C e^{-theta timeout}, theta = (c-a)/hold, of a pool that is solved as a station; 1 when saturated. */
export function poolTimeoutShare(at: Station, lambda: number, holdS: number, connections: number, timeoutS: number): number {
  if (at.saturated) return 1;
  if (!(holdS > 0)) return 0;
  return clampShare(at.pWait * Math.exp((-(connections - lambda * holdS) * timeoutS) / holdS));
}

/** Slots that a hung dependency needs, and when the caller runs out of its own. */
export interface SlotExhaustion {
  slotsNeeded: number;
  exhausted: boolean;
  /** Seconds until all slots are held, or null without load. */
  exhaustS: number | null;
}

/** Slots that hung calls hold in the end: lambda * timeout * attempts (1/s, s). */
export function heldSlots(lambda: number, timeoutS: number, attempts: number): number {
  return lambda * timeoutS * attempts;
}

/** need = lambda * timeout * attempts; exhausted when need >= slots, after slots/lambda seconds. */
export function slotsNeeded(lambda: number, timeoutS: number, slots: number, attempts = 1): SlotExhaustion {
  const needed = heldSlots(lambda, timeoutS, attempts);
  return { slotsNeeded: needed, exhausted: lambda > 0 && needed >= slots, exhaustS: lambda > 0 ? slots / lambda : null };
}
