/** Losses of all journeys weighed by importance. */
import type { EvaluationContext } from '../context.ts';
import { NodeLeft, type NodesLeft } from '../availability/element-values.ts';
import { lostBy, type LossRow } from '../availability/lane-losses.ts';
import type { RiskModel } from '../availability/risk-model.ts';
import type { Numbers } from '../math/lists.ts';
import { JourneyLists } from './journey-lists.ts';

/** Less than this is no loss. */
const NOTHING = 1e-12;

/** What one failure takes: a share by importance, and the ids of the journeys that lose something, in their order. */
export interface Loss { readonly importance: number; readonly journeys: readonly string[] }

const NO_LOSS: Loss = { importance: 0, journeys: [] };

/** Evaluates losses; one for a stage. */
export class JourneyLosses {
  /** Weights of the journeys, adding up to 1 (0 when there is no journey). */
  readonly importance: Numbers;
  private readonly model: RiskModel;
  private readonly lists: JourneyLists;
  /** Losses without a node, by node: several failures take all of it. */
  private readonly whole: (Loss | undefined)[];

  constructor({ compiled: { journeys, nodes } }: EvaluationContext, model: RiskModel) {
    const { structures } = model;
    this.model = model;
    this.lists = new JourneyLists(journeys);
    this.importance = weights(journeys.map(({ importance }, j) => (structures.journeys[j] ? importance : 0)));
    this.whole = new Array<Loss | undefined>(nodes.length);
  }

  /** What all journeys lose without a node. */
  withoutNode(node: number): Loss {
    return (this.whole[node] ??= this.loss(this.model.losses.without([node]), 1));
  }

  /** The same while so many units of it are left. */
  withUnits(node: number, units: number): Loss {
    if (units <= 0) return this.withoutNode(node);
    const part = this.model.losses.scaled(node, units);
    if (part === undefined) return this.withLeft(new NodeLeft(node, units));
    return part === null ? NO_LOSS : this.loss(part.lost, part.by);
  }

  /** The same while only these units of several nodes are left. */
  withLeft(left: NodesLeft): Loss {
    return this.loss(this.model.losses.of(left), 1);
  }

  /** Share by importance that is lost with these units left, beyond what a node takes with it and what waits for it anyway (by journey; null: nothing). */
  beyond(node: number, left: NodesLeft, waits: Numbers | null): number {
    const { losses } = this.model;
    const own = losses.without([node]);
    const lost = losses.of(left);
    if (lost === null) return 0;
    let total = 0;
    for (let j = 0; j < this.importance.length; j++) {
      const share = this.share(lost, j);
      const before = own === null ? 0 : this.share(own, j);
      const more = share - Math.max(before, waits === null ? 0 : (waits[j] as number));
      if (more > 0) total += (this.importance[j] as number) * more;
    }
    return Math.min(1, total);
  }

  /** Share of its requests that a journey loses; 0 for what is too little to be a loss. */
  private share(lost: LossRow, journey: number): number {
    const share = lostBy(lost, this.importance.length + journey);
    return share > NOTHING ? share : 0;
  }

  /** A part of these losses, added up. */
  private loss(lost: LossRow | null, part: number): Loss {
    if (lost === null) return NO_LOSS;
    const count = this.importance.length;
    let importance = 0;
    this.lists.open();
    for (let j = 0; j < count; j++) {
      const share = part * lostBy(lost, count + j);
      if (!(share > NOTHING)) continue;
      this.lists.add(j);
      importance += (this.importance[j] as number) * share;
    }
    return { importance: Math.min(1, importance), journeys: this.lists.close() };
  }
}

function weights(raw: readonly number[]): Numbers {
  let total = 0;
  for (const weight of raw) total += weight;
  return raw.map((weight) => (total > 0 ? weight / total : 0));
}
