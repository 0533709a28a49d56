/** Losses of all journeys weighed by importance and by traffic. */
import type { EvaluationContext } from '../context.ts';
import { NodeLeft, type NodesLeft } from '../availability/element-values.ts';
import { lostBy, type LossRow } from '../availability/lane-losses.ts';
import type { RiskModel } from '../availability/risk-model.ts';

/** Less than this is no loss. */
const NOTHING = 1e-12;

/** What one failure takes: a share by importance, and the journeys that lose something, ascending. */
export interface Loss { readonly importance: number; readonly journeys: readonly number[] }

const NO_LOSS: Loss = { importance: 0, journeys: [] };

/** Evaluates losses; one for a stage. */
export class JourneyLosses {
  /** Weights of the journeys: by importance and by traffic, each adding up to 1 (0 when there is no journey). */
  readonly importance: readonly number[];
  readonly traffic: readonly number[];
  private readonly model: RiskModel;
  /** Whole losses by what is lost: the same row of losses stands for the same loss. */
  private readonly known = new Map<LossRow, Loss>();

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
    if (lost) for (let j = 0; j < count; j++) if (lostBy(lost, count + j) > NOTHING) found.set(j, lostBy(lost, count + j));
    return found;
  }

  /** The same added up, for one node of which so many units are left. */
  ofNode(node: number, units: number): Loss {
    const { losses } = this.model;
    const scaled = units > 0 ? losses.scaled(node, units) : undefined;
    if (scaled) return this.add(scaled.lost, scaled.by, this.whole(scaled.lost).journeys);
    if (scaled === null) return NO_LOSS;
    if (units > 0) return this.ofNodes(new NodeLeft(node, units));
    const lost = losses.without([node]);
    return lost ? this.whole(lost) : NO_LOSS;
  }

  /** The same for several nodes. */
  ofNodes(left: NodesLeft): Loss {
    const lost = this.model.losses.of(left);
    return lost ? this.add(lost, 1, NO_LOSS.journeys) : NO_LOSS;
  }

  private whole(lost: LossRow): Loss {
    const known = this.known.get(lost) ?? this.add(lost, 1, NO_LOSS.journeys);
    this.known.set(lost, known);
    return known;
  }

  /** `like`: journeys that lose something when more is lost; as a rule they are the same ones. */
  private add(lost: LossRow, by: number, like: readonly number[]): Loss {
    let journeys: number[] | null = like.length > 0 ? null : [];
    let met = 0;
    let importance = 0;
    const count = this.model.structures.journeys.length;
    for (let j = 0; j < count; j++) {
      const share = by * lostBy(lost, count + j);
      if (!(share > NOTHING)) continue;
      if (journeys === null && like[met] !== j) journeys = like.slice(0, met);
      journeys?.push(j);
      met += 1;
      importance += (this.importance[j] ?? 0) * share;
    }
    return { importance: Math.min(1, importance), journeys: journeys ?? (met === like.length ? like : like.slice(0, met)) };
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
