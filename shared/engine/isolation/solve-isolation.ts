/** Fault isolation (evaluation 6.4 to 6.6, semantics 10): how much one failure takes with it, and how it spreads. */
import type { CutSet } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import { riskModelOf } from '../availability/risk-model.ts';
import type { AvailabilityResult } from '../availability/types.ts';
import { blastTable } from './blast.ts';
import { cascades } from './cascade.ts';
import { cutSets, cutSteps, singleCuts, type CutsByOrder } from './cuts.ts';
import { JourneyLosses } from './loss.ts';
import { singlePoints } from './spof.ts';
import type { IsolationResult } from './types.ts';

export type { IsolationResult } from './types.ts';

/** Isolation of a drawing at the evaluated load. Pure; every number is finite. */
export function solveIsolation(context: EvaluationContext, availability: AvailabilityResult): IsolationResult {
  const model = riskModelOf(context);
  const losses = new JourneyLosses(context, model);
  const { blast, intensity } = blastTable(context, model, losses);
  const spread = cascades(context, losses);
  return {
    blast, intensity, cascades: spread, worstCascade: spread[0]?.extra_share ?? 0,
    cuts: singleCuts(context, availability), spof: singlePoints(availability, losses),
  };
}

/**
 * Cut sets of one order over components, units, zones, regions and clusters, most probable first. Order 2 is quadratic in
 * what a journey needs: asked for, never part of an evaluation.
 */
export function solveCuts(context: EvaluationContext, availability: AvailabilityResult, options: { readonly order: 1 | 2 }): readonly CutSet[] {
  return cutSets(context, riskModelOf(context), availability, options.order);
}

/** The same of both orders and of one journey, step by step. */
export function solveCutsOf(context: EvaluationContext, availability: AvailabilityResult, journey: string): ReturnType<typeof cutSteps> {
  return cutSteps(context, riskModelOf(context), availability, journey);
}

export type { CutsByOrder };
