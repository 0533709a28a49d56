import { AXES, type Axis, type AxisScore, type Evaluation, type Explanation, type Explanations, type JourneyResult, type JourneyStepResult } from './evaluation.ts';

/** A score with the tree behind it, as files hold it. */
export interface ExplainedScore extends AxisScore { readonly explanation: Explanation }

/** A journey with what its users wait for, step by step, as files hold it. */
export interface ExplainedJourney extends JourneyResult { readonly steps: readonly JourneyStepResult[] }

/** An answer with its trees and steps in place, as files hold it. */
export type ExplainedEvaluation = Omit<Evaluation, 'scores' | 'journeys'> & { readonly scores: Readonly<Record<Axis, ExplainedScore>>; readonly journeys: Readonly<Record<string, ExplainedJourney>> };

/** Put trees and steps where files have them: at the scores that they explain, and in their journeys. */
export function withExplanations(evaluation: Evaluation, explanations: Explanations, steps: (journey: string) => readonly JourneyStepResult[]): ExplainedEvaluation {
  const scores = Object.fromEntries(AXES.map((axis) => [axis, { ...evaluation.scores[axis], explanation: explanations[axis] }])) as ExplainedEvaluation['scores'];
  const journeys = Object.fromEntries(Object.entries(evaluation.journeys).map(([id, journey]) => [id, { ...journey, steps: steps(id) }]));
  return { ...evaluation, scores, journeys };
}
