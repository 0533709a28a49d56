/** Scalability = .65 s_head(H with autoscaling, growth) + .35 s_head(H with the largest stores, 10) (semantics 8). */
import { quantity } from '../../model/quantity.ts';
import { headroomScore } from '../math/score-curves.ts';
import type { AxisDraft, ScoreInputs } from './inputs.ts';

/** What growth as configured and growth with the largest stores count. */
export const GROWTH_SHARE = { auto: 0.65, elastic: 0.35 } as const;
/** Multiple that a design should reach when its stores grow to the largest size. */
export const ELASTIC_GOAL = 10;

/** Index of the node that ends the growth, the one whose own multiple is the smallest; -1 when none does. */
export function limiting({ room }: ScoreInputs, which: keyof typeof GROWTH_SHARE): number {
  let found = -1;
  let least = Infinity;
  for (let index = 0; index < room.nodes.length; index++) {
    const value = room.nodes[index]?.[which] ?? Infinity;
    if (!(value < least)) continue;
    found = index;
    least = value;
  }
  return found;
}

/** The two scores that scalability is made of. */
export function growthScores({ compiled, facts }: ScoreInputs): Readonly<Record<keyof typeof GROWTH_SHARE, number>> {
  return { auto: headroomScore(facts.headroom.auto.value, compiled.workload.growth_target), elastic: headroomScore(facts.headroom.elastic.value, ELASTIC_GOAL) };
}

/** How far the load may grow. Without load or limits it is unbounded: 100. */
export function scalability(inputs: ScoreInputs): AxisDraft {
  const { auto, elastic } = growthScores(inputs);
  const first = inputs.compiled.nodes[limiting(inputs, 'auto')]?.view.node.name;
  return { score: quantity(GROWTH_SHARE.auto * auto + GROWTH_SHARE.elastic * elastic), note: first === undefined ? 'Nothing here has a limit' : `${first} fills first` };
}
