import { useEffect, useState } from 'react';
import type { ExplainedEvaluation } from '../../../shared/contracts/explained.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { EngineWorker } from './client.ts';
import { spawnEngine } from './engine-workers.ts';
import { localDay } from './local-day.ts';
import { createOneQuestion } from './one-question.ts';

/** Milliseconds that an answer may take, the start of its worker included. */
export const FILE_EVALUATION_WITHIN_MS = 30_000;

/** What is evaluated. `today` is yyyy-mm-dd. */
export interface FileQuestion { readonly design: Design; readonly multiple: number; readonly today: string }

const LATE = 'The data took too long to compute. Export it without the evaluation, or try again.';
const failed = (reason: string): string => `The data could not be computed (${reason}). Export it without the evaluation, or try again.`;

/** Asks for an evaluation as files hold it, in a worker of its own: it is more than anything on screen needs. */
export function createFileEvaluation(spawn: () => EngineWorker): { readonly ask: (question: FileQuestion, answer: (result: Result<ExplainedEvaluation, string>) => void) => void; readonly cancel: () => void } {
  const { run, cancel } = createOneQuestion(spawn);
  return {
    cancel,
    ask: (question, answer) =>
      run<ExplainedEvaluation>({
        within_ms: FILE_EVALUATION_WITHIN_MS, restarts: false, late: LATE, failed, answer,
        receive: (data, worker, finish) => {
          if (data.type === 'ready') worker.postMessage({ type: 'request', id: 1, revision: 0, call: 'evaluateExplained', input: question });
          else finish(data.call === 'evaluateExplained' ? ok(data.output) : err(failed('another answer')));
        },
      }),
  };
}

/** The evaluation of a design as files hold it; null while it is computed, or for a multiple of null, which asks for nothing. */
export function useFileEvaluation(design: Design, multiple: number | null): Result<ExplainedEvaluation, string> | null {
  const [{ ask, cancel }] = useState(() => createFileEvaluation(spawnEngine));
  const [known, setKnown] = useState<{ readonly design: Design; readonly multiple: number; readonly result: Result<ExplainedEvaluation, string> } | null>(null);
  useEffect(() => {
    if (multiple === null) return undefined;
    ask({ design, multiple, today: localDay() }, (result) => setKnown({ design, multiple, result }));
    return cancel;
  }, [ask, cancel, design, multiple]);
  return known?.design === design && known.multiple === multiple ? known.result : null;
}
