/**
 * Fault isolation = .4 s_ratio(I, 3; .2, 4) + .3·100 (1 - worst cascade) + .3 max(0, 100 - 60 share with a single point of
 * failure - 40 share that ends with one zone). I = sum over failure units of f·min(1, D / 300 s)·BR: full outages a year.
 */
import { quantity } from '../../model/quantity.ts';
import { ratioScore } from '../math/score-curves.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';

/** What the three parts count. */
export const PART_SHARE = { blast: 0.4, cascade: 0.3, spof: 0.3 } as const;
/** Full outages a year that count as the target met, and the ratios at which the score is 100 and 0. */
export const OUTAGES = { target: 3, best: 0.2, worst: 4 } as const;
/** Points that the share behind one copy, and the share in one zone, take from the third part. */
export const LOST = { replica: 60, zone: 40 } as const;
/** A part below the target is named. */
const MET = 70;

/** The three scores that fault isolation is made of. */
export function isolationScores({ isolation: { intensity, worstCascade, spof } }: ScoreInputs): Readonly<Record<keyof typeof PART_SHARE, number>> {
  return {
    blast: ratioScore(intensity, OUTAGES.target, OUTAGES.best, OUTAGES.worst),
    cascade: 100 * (1 - Math.min(1, Math.max(0, worstCascade))),
    spof: Math.max(0, 100 - LOST.replica * spof.replicaShare - LOST.zone * spof.zoneShare),
  };
}

/** How far failures reach. */
export function isolation(inputs: ScoreInputs): AxisDraft {
  const { blast, cascade, spof } = isolationScores(inputs);
  return {
    score: quantity(PART_SHARE.blast * blast + PART_SHARE.cascade * cascade + PART_SHARE.spof * spof),
    note: spof < MET && spof <= cascade ? 'One loss ends most of it' : cascade < MET ? 'A dependency that hangs takes others with it' : null,
  };
}
