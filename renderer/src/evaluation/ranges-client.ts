import type { RangesProgress, RangesResult } from '../../../shared/contracts/uncertainty.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { WhatIfInput } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { createOneQuestion } from './one-question.ts';

/** Milliseconds that the worker may be silent, its start included. */
export const SILENT_FOR_MS = 30_000;

/** Asks for results as ranges. */
export interface RangesClient {
  /** The ranges, or a sentence why there are none; `progress` hears how far they are. A newer question ends the older one. */
  ask(question: WhatIfInput, on: { readonly progress: (progress: RangesProgress) => void; readonly answer: (result: Result<RangesResult, string>) => void }): void;
  /** Stop whatever is being computed. */
  cancel(): void;
}

const failed = (reason: string): string => `The ranges could not be computed (${reason}). The figures are those of the likely values. Undo the last change, or try again.`;

/** A client with a worker of its own, that lives from a question to its answer. */
export function createRangesClient(spawn: () => EngineWorker): RangesClient {
  const { run, cancel } = createOneQuestion(spawn);
  return {
    cancel,
    ask: (question, { progress, answer }) =>
      run<RangesResult>({
        within_ms: SILENT_FOR_MS, restarts: true, failed, answer,
        late: 'The ranges took too long to compute. The figures are those of the likely values. Take back a range, or try again.',
        receive: (data, worker, finish) => {
          if (data.type === 'ready') worker.postMessage({ type: 'request', id: 1, revision: 0, call: 'ranges', input: question });
          else if (data.call === 'ranges' && data.output.result !== null) finish(ok(data.output.result));
          else if (data.call === 'ranges') progress(data.output.progress);
        },
      }),
  };
}
