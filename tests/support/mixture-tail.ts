import type { Mixture } from '../../shared/engine/math/mixture.ts';
import { MixtureArena } from '../../shared/engine/solve/mixture-arena.ts';

const arena = new MixtureArena();

/** P(T > t) of a mixture, as the walk computes it. */
export function mixtureTail(mixture: Mixture, t: number): number {
  arena.clear();
  return arena.tail(arena.from(mixture), t);
}
