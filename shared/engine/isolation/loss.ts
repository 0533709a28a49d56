/** Losses of all journeys weighed by importance and by traffic. */
import type { EvaluationContext } from '../context.ts';
import type { NodesLeft } from '../availability/element-values.ts';
import type { RiskModel } from '../availability/risk-model.ts';

/** Less than this is no loss. */
const NOTHING = 1e-12;

/** Evaluates losses; one for a stage. */
export class JourneyLosses {
  /** Weights of the journeys: by importance and by traffic, each adding up to 1 (0 when there is no journey). */
  readonly importance: readonly number[];
  readonly traffic: readonly number[];
  private readonly model: RiskModel;

  constructor(context: EvaluationContext, model: RiskModel) {
    const { journeys } = model.structures;
    this.model = model;
    this.importance = weights(context.compiled.journeys.map((journey, j) => (journeys[j] ? journey.importance : 0)));
    this.traffic = weights(context.compiled.journeys.map((journey, j) => (journeys[j] ? journey.share : 0)));
  }

  /** Share of its requests that each journey loses, by journey index; journeys that lose nothing are absent. */
  of(left: NodesLeft): Map<number, number> {
    const { losses, structures } = this.model;
    const lost = losses.of(left);
    const found = new Map<number, number>();
    const count = structures.journeys.length;
    if (lost) for (let j = 0; j < count; j++) if ((lost[count + j] as number) > NOTHING) found.set(j, lost[count + j] as number);
    return found;
  }

  /** Weighted sum of losses. */
  share(losses: ReadonlyMap<number, number>, weight: readonly number[]): number {
    let total = 0;
    for (const [journey, lost] of losses) total += (weight[journey] ?? 0) * lost;
    return Math.min(1, total);
  }
}

function weights(raw: readonly number[]): number[] {
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => (total > 0 ? weight / total : 0));
}
