import { AXES, type Axis, type AxisScore, type Evaluation, type Explanation, type Explanations } from './evaluation.ts';

/** A score with the tree behind it, as files hold it. */
export interface ExplainedScore extends AxisScore { readonly explanation: Explanation }

/** An answer with its trees in place, as files hold it. */
export type ExplainedEvaluation = Omit<Evaluation, 'scores'> & { readonly scores: Readonly<Record<Axis, ExplainedScore>> };

/** Put the trees where files have them: at the scores that they explain. */
export function withExplanations(evaluation: Evaluation, explanations: Explanations): ExplainedEvaluation {
  const scores = Object.fromEntries(AXES.map((axis) => [axis, { ...evaluation.scores[axis], explanation: explanations[axis] }])) as ExplainedEvaluation['scores'];
  return { ...evaluation, scores };
}
