/** What journeys lose when only these units of these nodes are left, relative to the state without failures. */
import type { EvaluationContext } from '../context.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import { expectedSuccess } from '../availability/program.ts';

/** Evaluates losses; one for a stage. */
export class Losses {
  /** Weights of the journeys: by importance and by traffic, each adding up to 1 (0 when there is no journey). */
  readonly importance: readonly number[];
  readonly traffic: readonly number[];
  private readonly model: RiskModel;
  private readonly up: Float64Array;
  private readonly elementsOf = new Map<number, number[]>();
  private readonly usedBy: number[][];

  constructor(context: EvaluationContext, model: RiskModel) {
    this.model = model;
    this.up = new Float64Array(model.values.elements.length).fill(1);
    model.values.elements.forEach((_, i) => {
      for (const node of model.values.nodesOf(i)) this.elementsOf.set(node, [...(this.elementsOf.get(node) ?? []), i]);
    });
    this.usedBy = model.values.elements.map(() => []);
    model.structures.journeys.forEach((journey, j) => journey?.shares.elements.forEach((element) => this.usedBy[element]?.push(j)));
    this.importance = weights(context.compiled.journeys.map((journey, j) => (model.structures.journeys[j] ? journey.importance : 0)));
    this.traffic = weights(context.compiled.journeys.map((journey, j) => (model.structures.journeys[j] ? journey.share : 0)));
  }

  /** Share of its requests that each journey loses, by journey index; journeys that lose nothing are absent. */
  of(left: ReadonlyMap<number, number>): Map<number, number> {
    const { values, structures } = this.model;
    const touched: number[] = [];
    const journeys = new Set<number>();
    for (const node of left.keys()) {
      for (const element of this.elementsOf.get(node) ?? []) {
        const value = values.surviving(element, left);
        if (value >= 1) continue;
        this.up[element] = value;
        touched.push(element);
        for (const journey of this.usedBy[element] ?? []) journeys.add(journey);
      }
    }
    const losses = new Map<number, number>();
    for (const j of [...journeys].sort((a, b) => a - b)) {
      const program = structures.journeys[j]?.shares;
      const lost = program ? 1 - expectedSuccess(program, this.up) : 0;
      if (lost > 1e-12) losses.set(j, Math.min(1, lost));
    }
    for (const element of touched) this.up[element] = 1;
    return losses;
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
