import type { Axis } from '../../../shared/contracts/evaluation.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { Sensitivity } from '../workers/engine-calls.ts';
export type { Sensitivity } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { createOneQuestion } from './one-question.ts';

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

/** A client with a worker of its own: a hundred evaluations must not hold up the dial's. */
export function createSensitivityClient(spawn: () => EngineWorker): SensitivityClient {
  const { run, cancel } = createOneQuestion(spawn);
  return {
    cancel,
    ask: (question, answer) =>
      run<readonly Sensitivity[]>({
        within_ms: ANSWER_WITHIN_MS, restarts: false, late: NO_ANSWER, failed, answer,
        receive: (data, worker, finish) => {
          if (data.type === 'ready') worker.postMessage({ type: 'request', id: 1, revision: 0, call: 'sensitivity', input: question });
          else if (data.call === 'sensitivity') finish(ok(data.output));
        },
      }),
  };
}
