/** How often an invocation makes its calls. */
import type { TrafficResult } from '../types.ts';

/** Rounds of calls in one invocation of a slot: 1, or one for each message of its batch where calls run per message (semantics 5). */
export function roundsOf({ arrive, drive }: TrafficResult, slot: number): number {
  const invocations = arrive[slot] as number;
  return invocations > 0 ? Math.max(1, (drive[slot] as number) / invocations) : 1;
}
