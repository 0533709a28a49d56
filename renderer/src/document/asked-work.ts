import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../shared/model/design.ts';
import { pointJourney, type PointDemand } from '../../../shared/model/point-journey.ts';
import { STAGE_KEYS, type Stage } from '../../../shared/model/stages.ts';

/** What one journey asks of a component in place of the component's own figures. */
export interface AskedWork {
  readonly journey: string;
  readonly name: string;
  readonly demand: PointDemand;
  /** The stage for which it was given; null where it is stated for the component itself. */
  readonly stage: Stage | null;
}

/** What journeys ask of a component, in their order, where that takes the place of its own figures. The evaluation says which stages a drawing has there. */
export function askedOf(design: Design, evaluation: Evaluation | null, node: string): readonly AskedWork[] {
  if (evaluation === null) return [];
  return Object.values(design.journeys).flatMap((journey): AskedWork[] => {
    const { demands = {} } = pointJourney(journey);
    const { id, name } = journey;
    return (evaluation.journeys[id]?.asks ?? []).flatMap(({ node: at, stage }) => {
      const demand = at === node ? demands[stage === null ? node : STAGE_KEYS[stage]] : undefined;
      return demand === undefined ? [] : [{ journey: id, name, demand, stage }];
    });
  });
}
