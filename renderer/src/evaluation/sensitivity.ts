import type { Axis } from '../../../shared/contracts/evaluation.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { Sensitivity } from '../workers/engine-calls.ts';
export type { Sensitivity } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';

/** Milliseconds that an answer may take, the start of its worker included. */
export const ANSWER_WITHIN_MS = 30_000;

/** What was asked: a design at a load, and the score to explain. */
export interface SensitivityQuestion {
  readonly design: Design;
  readonly axis: Axis;
  readonly multiple: number;
}

/** Asks what moves a score most. */
export interface SensitivityClient {
  /** The answer, or a sentence why there is none. A newer question ends the older one, which then never answers. */
  ask(question: SensitivityQuestion, answer: (result: Result<readonly Sensitivity[], string>) => void): void;
  /** Stop whatever is being computed. */
  cancel(): void;
}

const NO_ANSWER = 'This took too long to compute. Close a few parts of the drawing, or try again.';
const failed = (reason: string): string => `This could not be computed (${reason}).`;

/**
 * A client with a worker of its own: a hundred evaluations must not hold up the dial's. The worker lives from a question
 * to its answer, so that an unused one costs nothing.
 */
export function createSensitivityClient(spawn: () => EngineWorker): SensitivityClient {
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
    ask: (question, answer) => {
      cancel();
      const finish = (result: Result<readonly Sensitivity[], string>): void => {
        cancel();
        answer(result);
      };
      watchdog = setTimeout(() => finish(err(NO_ANSWER)), ANSWER_WITHIN_MS);
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
        if (data.type === 'ready') asked.postMessage({ type: 'request', id: 1, revision: 0, call: 'sensitivity', input: question });
        else if (data.type === 'failed') finish(err(failed(data.message)));
        else if (data.call === 'sensitivity') finish(ok(data.output));
      };
    },
  };
}
