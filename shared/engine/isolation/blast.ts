/** Blast radius of every failure unit and the full-outage equivalents per year that they add up to (semantics 10). */
import type { BlastResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { failureUnits, type FailureUnit } from './failure-units.ts';
import type { JourneyLosses, Loss } from './loss.ts';

/** Outages of this many seconds and more count in full. */
const FULL_OUTAGE_S = 300;

/** Blast radius by unit with what each adds to the intensity, worst first. */
export interface BlastTable {
  readonly blast: readonly BlastResult[];
  readonly parts: readonly { readonly unit: string; readonly value: number }[];
  readonly intensity: number;
}

/** I = sum of f x min(1, D / 300 s) x BR: an absolute sum, so that harmless units cannot dilute it. */
export function blastTable(context: EvaluationContext, model: RiskModel, losses: JourneyLosses): BlastTable {
  const units = failureUnits(context, model);
  const named = new JourneyNames(context);
  const lost: Loss[] = [];
  const shares = new Float64Array(units.length);
  const values = new Float64Array(units.length);
  for (let row = 0; row < units.length; row++) {
    const { left, node, unitsLeft, share, perYear, durationS } = units[row] as FailureUnit;
    const taken = left === null ? losses.ofNode(node, unitsLeft) : losses.ofNodes(left);
    lost.push(taken);
    shares[row] = share * taken.importance;
    values[row] = perYear * Math.min(1, durationS / FULL_OUTAGE_S) * (shares[row] as number);
  }
  // what adds more first
  const order = units.map((_, row) => row).sort((a, b) => (values[b] as number) - (values[a] as number) || (shares[b] as number) - (shares[a] as number) || ((units[a] as FailureUnit).unit < (units[b] as FailureUnit).unit ? -1 : 1));
  const blast = order.map((row): BlastResult => {
    const { unit, kind, target, perYear, durationS } = units[row] as FailureUnit;
    return { unit, kind, target, per_year: perYear, duration_s: durationS, share_lost: shares[row] as number, journeys: named.of((lost[row] as Loss).journeys) };
  });
  const parts = blast.map(({ unit }, at) => ({ unit, value: values[order[at] as number] as number }));
  return { blast, parts, intensity: parts.reduce((sum, { value }) => sum + value, 0) };
}

/** Ids of journeys; the same list of journeys has one list of ids. */
class JourneyNames {
  private readonly ids: readonly string[];
  private readonly known = new Map<readonly number[], readonly string[]>();

  constructor({ compiled }: EvaluationContext) {
    this.ids = compiled.journeys.map(({ id }) => id);
  }

  of(journeys: readonly number[]): readonly string[] {
    const existing = this.known.get(journeys) ?? journeys.map((journey) => this.ids[journey] ?? '');
    this.known.set(journeys, existing);
    return existing;
  }
}
