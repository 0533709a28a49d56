/** The whole tree behind a score: the numbers of the axis, and what findings subtract from them. */
import type { Axis, AxisScore, Explanation, Explanations } from '../../../contracts/evaluation.ts';
import type { Rule } from '../../../contracts/rule.ts';
import { draftAxis } from '../score-axes.ts';
import { explainConsistency } from './consistency.ts';
import { explainCost } from './cost.ts';
import type { TreeInputs } from './inputs.ts';
import { explainIsolation } from './isolation.ts';
import { explainJourneys } from './journey-axes.ts';
import { line } from './line.ts';
import { explainScalability } from './scalability.ts';

const TREES: Readonly<Record<Axis, (inputs: TreeInputs) => Explanation>> = {
  scalability: explainScalability, isolation: explainIsolation, consistency: explainConsistency, cost: explainCost,
  latency: (inputs) => explainJourneys(inputs, 'latency'),
  availability: (inputs) => explainJourneys(inputs, 'availability'),
};

/** How an axis comes about before penalties; one line without a journey that starts somewhere. */
export function explainDraft(axis: Axis, inputs: TreeInputs): Explanation {
  return inputs.compiled.plan.entries.length > 0 ? TREES[axis](inputs) : line(axis, draftAxis(axis, inputs).score, { unit: 'points' });
}

/** A score that a failed rule withholds keeps the tree of its numbers. */
function explainAxis({ axis, score, penalties }: AxisScore, inputs: TreeInputs, rules: readonly Rule[]): Explanation {
  const draft = explainDraft(axis, inputs);
  if (penalties.length === 0) return score.state === 'not_modelled' ? { ...draft, value: score } : draft;
  const subtracted = penalties.map(({ rule, points }) => line(rules.find(({ id }) => id === rule)?.meta.failureTitle ?? rule, -points, { unit: 'points', formula: 'severity × share affected, half for each further one', provenance: 'A' }));
  return line(draft.label, score, { unit: 'points', formula: 'score of the numbers - penalties', provenance: 'D', inputs: [{ ...draft, label: 'Before penalties' }, ...subtracted] });
}

/** The trees behind scores that were given for the same inputs. */
export function explainAxes<Asked extends Axis>(axes: readonly Asked[], scores: Readonly<Record<Axis, AxisScore>>, inputs: TreeInputs, rules: readonly Rule[]): Explanations<Asked> {
  return Object.fromEntries(axes.map((axis) => [axis, explainAxis(scores[axis], inputs, rules)])) as Record<Asked, Explanation>;
}
