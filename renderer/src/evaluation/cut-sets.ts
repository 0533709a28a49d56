import { create } from 'zustand';
import type { CutSet } from '../../../shared/contracts/evaluation.ts';
import type { Design } from '../../../shared/model/design.ts';
import { err, ok } from '../../../shared/lib/result.ts';
import type { CutsFound } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { spawnEngine } from './engine-workers.ts';
import { createOneQuestion } from './one-question.ts';

/** What is lost together, and its place among the sets of its journey, counted from 1. */
export interface RankedCut extends CutSet { readonly rank: number }

/** What was asked: answers count for this state of the drawing, at this load, only. */
export interface CutsQuestion { readonly design: Design; readonly multiple: number; readonly journey: string }

/** The cut sets of one journey at a time: derived, disposable. */
interface CutsState {
  readonly of: CutsQuestion | null;
  /** Share that is done while they are computed, else null. */
  readonly share: number | null;
  readonly error: string | null;
  /** Both orders in one list, the most probable first. */
  readonly sets: readonly RankedCut[] | null;
  /** The one that is bracketed on the drawing. */
  readonly selected: RankedCut | null;
}

const NOTHING: CutsState = { of: null, share: null, error: null, sets: null, selected: null };

/** Milliseconds that the worker may be silent, its start included. */
const CUTS_SILENT_FOR_MS = 30_000;

export const useCutSets = create<CutsState>()(() => NOTHING);

/** Both orders as one list with ranks. */
export function rankCuts({ single, pairs }: CutsFound): readonly RankedCut[] {
  return [...single, ...pairs].sort((a, b) => b.probability - a.probability).map((cut, index) => ({ ...cut, rank: index + 1 }));
}

/** Whether an answer is about this. */
export function isOf(of: CutsQuestion | null, { design, multiple, journey }: CutsQuestion): boolean {
  return of !== null && of.design === design && of.multiple === multiple && of.journey === journey;
}

const failed = (reason: string): string => `The cut sets could not be computed (${reason}). Try again.`;

/** Asks a worker of its own that lives from a question to its answer. */
export function createCutSets(spawn: () => EngineWorker): { readonly ask: (question: CutsQuestion) => void; readonly cancel: () => void } {
  const { run, cancel } = createOneQuestion(spawn);
  return {
    cancel: () => {
      cancel();
      useCutSets.setState(NOTHING);
    },
    ask: (of) => {
      useCutSets.setState({ ...NOTHING, of, share: 0 });
      run<CutsFound>({
        within_ms: CUTS_SILENT_FOR_MS, restarts: true, failed,
        late: 'The cut sets took too long to compute. Try again, or ask for a shorter journey.',
        answer: (result) => useCutSets.setState(result.ok ? { share: null, sets: rankCuts(result.value) } : { share: null, error: result.error }),
        receive: (data, worker, finish) => {
          if (data.type === 'ready') worker.postMessage({ type: 'request', id: 1, revision: 0, call: 'cuts', input: of });
          else if (data.call !== 'cuts') finish(err(failed('another answer')));
          else if (data.output.found !== null) finish(ok(data.output.found));
          else useCutSets.setState({ share: data.output.share });
        },
      });
    },
  };
}

const { ask, cancel } = createCutSets(spawnEngine);

/** Find the cut sets of a journey; ends the question before. */
export const askCutSets = ask;
/** Stop, and forget what was found. */
export const forgetCutSets = cancel;

/** Bracket the members of a set on the drawing; null takes the brackets away. */
export function selectCut(selected: RankedCut | null): void {
  if (useCutSets.getState().selected !== selected) useCutSets.setState({ selected });
}
