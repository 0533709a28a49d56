/** Blast radius of every failure unit and the full-outage equivalents per year that they add up to (semantics 10). */
import type { BlastResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import { NodeLeft } from '../availability/element-values.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { failureUnits } from './failure-units.ts';
import type { JourneyLosses } from './loss.ts';

/** Outages of this many seconds and more count in full. */
const FULL_OUTAGE_S = 300;

/** Blast radius by unit with what each adds to the intensity, worst first. */
export interface BlastTable {
  readonly blast: readonly BlastResult[];
  readonly parts: readonly { readonly unit: string; readonly value: number }[];
  readonly trafficLost: readonly number[];
  readonly intensity: number;
}

/** I = sum of f x min(1, D / 300 s) x BR: an absolute sum, so that harmless units cannot dilute it. */
export function blastTable(context: EvaluationContext, model: RiskModel, losses: JourneyLosses): BlastTable {
  const ids = context.compiled.journeys.map((journey) => journey.id);
  const idsOf = new Map<readonly number[], readonly string[]>();
  const named = (journeys: readonly number[]): readonly string[] => {
    const known = idsOf.get(journeys) ?? journeys.map((j) => ids[j] ?? '');
    idsOf.set(journeys, known);
    return known;
  };
  const rows = failureUnits(context, model).map((unit) => {
    const lost = unit.left instanceof NodeLeft ? losses.ofNode(unit.left.node, unit.left.units) : losses.ofNodes(unit.left);
    const result: BlastResult = {
      unit: unit.unit, kind: unit.kind, target: unit.target, per_year: unit.perYear, duration_s: unit.durationS,
      share_lost: unit.share * lost.importance, journeys: named(lost.journeys),
    };
    return { result, traffic: unit.share * lost.traffic, value: unit.perYear * Math.min(1, unit.durationS / FULL_OUTAGE_S) * result.share_lost };
  });
  rows.sort((a, b) => b.value - a.value || b.result.share_lost - a.result.share_lost || (a.result.unit < b.result.unit ? -1 : 1));
  return {
    blast: rows.map((row) => row.result), parts: rows.map((row) => ({ unit: row.result.unit, value: row.value })), trafficLost: rows.map((row) => row.traffic),
    intensity: rows.reduce((sum, row) => sum + row.value, 0),
  };
}
