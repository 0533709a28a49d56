/** Blast radius of every failure unit and the full-outage equivalents per year that they add up to (semantics 10). */
import type { BlastResult } from '../../contracts/evaluation.ts';
import type { EvaluationContext } from '../context.ts';
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
  const units = failureUnits(context, model);
  const named = new JourneyNames(context);
  const traffic = new Float64Array(units.length);
  const blast = units.map((unit, row): BlastResult => {
    const lost = unit.left === null ? losses.ofNode(unit.node, unit.unitsLeft) : losses.ofNodes(unit.left);
    traffic[row] = unit.share * lost.traffic;
    return {
      unit: unit.unit, kind: unit.kind, target: unit.target, per_year: unit.perYear, duration_s: unit.durationS,
      share_lost: unit.share * lost.importance, journeys: named.of(lost.journeys),
    };
  });
  const parts = blast.map(({ unit, per_year, duration_s, share_lost }) => ({ unit, value: per_year * Math.min(1, duration_s / FULL_OUTAGE_S) * share_lost }));
  const order = blast.map((_, row) => row).sort((a, b) => worse(blast, parts, a, b));
  const sorted = order.map((row) => parts[row] as (typeof parts)[number]);
  return {
    blast: order.map((row) => blast[row] as BlastResult), parts: sorted, trafficLost: order.map((row) => traffic[row] as number),
    intensity: sorted.reduce((sum, { value }) => sum + value, 0),
  };
}

/** Order of two rows, the one that adds more first. */
function worse(blast: readonly BlastResult[], parts: BlastTable['parts'], a: number, b: number): number {
  const one = blast[a] as BlastResult;
  const other = blast[b] as BlastResult;
  return (parts[b]?.value ?? 0) - (parts[a]?.value ?? 0) || other.share_lost - one.share_lost || (one.unit < other.unit ? -1 : 1);
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
