/** What more load is where it comes from users who wait for their answers. */
import type { CompiledDesign } from '../types.ts';

/**
 * Multiples of the users for one multiple of their rate, (Z + R alone) / (Z + R): beyond N* = (Z + R alone) x limit the narrowest
 * place decides (asymptotic bounds, evaluation 5.2), whatever the dial is at. 1 while some load does not come from such users.
 */
export function usersPerRate({ populations, journeys }: CompiledDesign): number {
  if (!populations || populations.length === 0) return 1;
  const closed = new Set(populations.flatMap(({ journeys: own }) => own));
  if (journeys.some(({ rate_rps }, i) => rate_rps > 0 && !closed.has(i))) return 1;
  let alone = 0;
  let now = 0;
  for (const { rate, thinkS, aloneS, responseS } of populations) {
    alone += rate * (thinkS + aloneS);
    now += rate * (thinkS + responseS);
  }
  return now > 0 ? Math.min(1, alone / now) : 1;
}
