/** Times that end at a limit: a caller that gives up and goes on without the answer. */
import { gammaTail } from './gamma.ts';
import type { Branch, Mixture } from './mixture.ts';

/** Share beyond the limit below which a branch stays as it is: no percentile that is shown can tell. */
const NEXT_TO_NOTHING = 1e-4;
/** Pieces in which a cut branch is told, so that none of them reaches beyond the limit. */
const PIECES = 4;
const RARE = 1e-12;

/** P(X <= x), E[X; X <= x] and E[X^2; X <= x] of a gamma variable: the moments are gamma integrals of shapes one and two larger. */
function upTo(mean: number, variance: number, x: number): readonly [number, number, number] {
  const scale = variance / mean;
  const below = (shape: number): number => 1 - gammaTail(shape * scale, shape * scale * scale, x);
  const shape = (mean * mean) / variance;
  return [below(shape), mean * below(shape + 1), mean * (mean + scale) * below(shape + 2)];
}

function pieces({ weight, shift, mean, variance }: Branch, room: number, out: Branch[]): void {
  let before: readonly [number, number, number] = [0, 0, 0];
  for (let i = 1; i <= PIECES; i++) {
    const to = (room * i) / PIECES;
    const now = upTo(mean, variance, to);
    const p = now[0] - before[0];
    if (p > RARE) {
      const from = (room * (i - 1)) / PIECES;
      const first = Math.min(to, Math.max(from, (now[1] - before[1]) / p));
      const spread = i === PIECES ? 0 : Math.max(0, (now[2] - before[2]) / p - first * first);
      out.push(spread > 0 ? { weight: weight * p, shift: shift + from, mean: first - from, variance: spread } : { weight: weight * p, shift: shift + first, mean: 0, variance: 0 });
    }
    before = now;
  }
}

/** min(T, limit), seconds: what is later ends exactly at the limit. Probabilities and mean are exact. */
export function cutAt(mixture: Mixture, limit: number): Branch[] {
  const out: Branch[] = [];
  let late = 0;
  for (const branch of mixture) {
    const room = limit - branch.shift;
    const total = branch.shift + branch.mean;
    const constant = !(branch.variance > 1e-12 * branch.mean * branch.mean) || !(branch.mean > 0);
    const beyond = room <= 0 ? 1 : constant ? (total > limit ? 1 : 0) : gammaTail(branch.mean, branch.variance, room);
    if (beyond <= NEXT_TO_NOTHING) out.push(branch);
    else {
      late += branch.weight * beyond;
      if (beyond < 1) pieces(branch, room, out);
    }
  }
  if (late > 0) out.push({ weight: late, shift: limit, mean: 0, variance: 0 });
  return out;
}

/** E[min(T, limit)] of an exponential time with this mean, seconds: how long a caller that gives up then holds its own place. */
export function meanUntil(mean: number, limit: number): number {
  return mean > 0 && limit > 0 ? -mean * Math.expm1(-limit / mean) : 0;
}
