import type { RangesProgress, RangesResult } from '../../../shared/contracts/uncertainty.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { WhatIfInput } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';

/** Milliseconds that the worker may be silent, its start included. */
export const SILENT_FOR_MS = 30_000;

/** Asks for results as ranges. */
export interface RangesClient {
  /** The ranges, or a sentence why there are none; `progress` hears how far they are. A newer question ends the older one. */
  ask(question: WhatIfInput, on: { readonly progress: (progress: RangesProgress) => void; readonly answer: (result: Result<RangesResult, string>) => void }): void;
  /** Stop whatever is being computed. */
  cancel(): void;
}

const failed = (reason: string): string => `The ranges could not be computed (${reason}).`;

/** A client with a worker of its own, that lives from a question to its answer: ending it is how a question is cancelled. */
export function createRangesClient(spawn: () => EngineWorker): RangesClient {
  let worker: EngineWorker | null = null;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    clearTimeout(watchdog);
    if (!worker) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
    worker = null;
  };
  return {
    cancel,
    ask: (question, { progress, answer }) => {
      cancel();
      const finish = (result: Result<RangesResult, string>): void => {
        cancel();
        answer(result);
      };
      const watch = (): void => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => finish(err('The ranges took too long to compute. The figures are those of the likely values.')), SILENT_FOR_MS);
      };
      watch();
      try {
        worker = spawn();
      } catch (error) {
        finish(err(failed(error instanceof Error ? error.message : String(error))));
        return;
      }
      const asked = worker;
      asked.onerror = (event) => {
        event.preventDefault?.();
        finish(err(failed(event.message ?? 'no reason given')));
      };
      asked.onmessage = ({ data }) => {
        watch();
        if (data.type === 'ready') asked.postMessage({ type: 'request', id: 1, revision: 0, call: 'ranges', input: question });
        else if (data.type === 'failed') finish(err(failed(data.message)));
        else if (data.call === 'ranges' && data.output.result !== null) finish(ok(data.output.result));
        else if (data.call === 'ranges') progress(data.output.progress);
      };
    },
  };
}
