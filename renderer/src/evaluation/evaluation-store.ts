import { create } from 'zustand';
import type { Evaluation, LoadFigures, Sweep } from '../../../shared/contracts/evaluation.ts';
import { NO_EXPLANATIONS, type ShownExplanations } from './explanation-wishes.ts';

/** Answers of the worker for the active document: derived, disposable. */
interface EvaluationState {
  /** At the dial's multiple. */
  readonly current: Evaluation | null;
  /** At 1x: what scores, findings and files refer to. */
  readonly base: Evaluation | null;
  readonly sweep: Sweep | null;
  /** The trees behind the scores of `current`, as far as somebody looked at them. */
  readonly explanations: ShownExplanations;
  /** What bars and lines show while the dial moves, when it is newer than `current`. */
  readonly load: LoadFigures | null;
  /** The document changed more than 300 ms ago and no answer has come yet. */
  readonly stale: boolean;
  readonly error: string | null;
  /** The dial, 1 to 100. A way of looking: not in the file, not in the history. */
  readonly multiple: number;
  readonly pinned: boolean;
  set(change: Partial<Omit<EvaluationState, 'set'>>): void;
}

export const useEvaluation = create<EvaluationState>()((set) => ({
  current: null,
  base: null,
  sweep: null,
  explanations: NO_EXPLANATIONS,
  load: null,
  stale: false,
  error: null,
  multiple: 1,
  pinned: true,
  set: (change) => set(change),
}));
