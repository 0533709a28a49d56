import type { Sweep } from '../../../../shared/contracts/evaluation.ts';
import { HEAT_LIMITS, heatStep, type HeatStep } from '../../../../shared/drawing/heat.ts';
import { positionOf } from '../../evaluation/load-scale.ts';

/** A stretch of the ruler with one step of heat, 0 to 1. */
export interface HeatRun {
  readonly from: number;
  readonly to: number;
  readonly step: HeatStep;
}

/** Shorter stretches are dust of rounding and join the one before. */
const DUST = 1e-9;

/** Multiples between two solved loads where the heat passes a limit, on a straight line between them. */
function crossings([a, b]: readonly [number, number], [from, to]: readonly [number, number]): number[] {
  const passed = HEAT_LIMITS.filter((limit) => (a < limit && b >= limit) || (b < limit && a >= limit));
  return passed.map((limit) => from + ((to - from) * (limit - a)) / (b - a)).sort((x, y) => x - y);
}

function append(runs: HeatRun[], run: HeatRun): void {
  const last = runs.at(-1);
  const joins = last !== undefined && last.to === run.from && (last.step === run.step || run.to - run.from < DUST);
  if (joins) runs[runs.length - 1] = { ...last, to: run.to };
  else if (run.to > run.from) runs.push(run);
}

/** The first break is known better than the loads around it: up to there nothing is saturated but what was so at the load before. */
function stepUpTo(broken: boolean, utilisation: number): HeatStep {
  const step = heatStep(utilisation);
  return broken && step === 7 ? 6 : step;
}

/** Heat of the hottest station along the ruler up to `end` (0 to 1) in its seven steps. Where nothing has a limit there is no run. */
export function heatRuns({ multiples, hottest }: Pick<Sweep, 'multiples' | 'hottest'>, end: number): readonly HeatRun[] {
  const runs: HeatRun[] = [];
  for (let i = 0; i + 1 < multiples.length; i += 1) {
    const [a, b] = [hottest[i] ?? null, hottest[i + 1] ?? null];
    const [from, to] = [multiples[i] ?? 1, multiples[i + 1] ?? 1];
    if (positionOf(from) >= end) break;
    if (a === null || b === null) continue;
    const broken = end < 1 && positionOf(to) >= end && a < 1;
    const ends = [from, ...crossings([a, b], [from, to]), to];
    for (let k = 0; k + 1 < ends.length; k += 1) {
      const [left, right] = [ends[k] ?? from, ends[k + 1] ?? to];
      const middle = a + ((b - a) * ((left + right) / 2 - from)) / (to - from);
      append(runs, { from: Math.min(end, positionOf(left)), to: Math.min(end, positionOf(right)), step: stepUpTo(broken, middle) });
    }
  }
  return runs;
}
