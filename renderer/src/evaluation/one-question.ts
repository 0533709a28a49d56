import { err, type Result } from '../../../shared/lib/result.ts';
import type { EngineWorker } from './client.ts';

/** What an engine worker sends. */
export type EngineMessage = Parameters<NonNullable<EngineWorker['onmessage']>>[0]['data'];

/** One question to a worker that lives only for it. */
export interface Question<T> {
  /** Milliseconds that it may take, the start of the worker included; with `restarts` each message begins them anew. */
  readonly within_ms: number;
  readonly restarts: boolean;
  /** The sentence when that time is over. */
  readonly late: string;
  /** The sentence around a reason. */
  readonly failed: (reason: string) => string;
  /** A message that is no failure: ask when the worker is ready, finish with the answer. */
  readonly receive: (data: Exclude<EngineMessage, { readonly type: 'failed' }>, worker: EngineWorker, finish: (result: Result<T, string>) => void) => void;
  readonly answer: (result: Result<T, string>) => void;
}

/** Runs one question at a time, each in a worker of its own: ending the worker is how a question is cancelled. */
export interface OneQuestion {
  /** A newer question ends the older one, which then never answers. */
  run<T>(question: Question<T>): void;
  /** Stop whatever is being computed. */
  cancel(): void;
}

/** Long computations must not hold up the dial's worker, and an unused worker costs nothing. */
export function createOneQuestion(spawn: () => EngineWorker): OneQuestion {
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
  const run = <T>({ within_ms, restarts, late, failed, receive, answer }: Question<T>): void => {
    cancel();
    const finish = (result: Result<T, string>): void => {
      cancel();
      answer(result);
    };
    const watch = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => finish(err(late)), within_ms);
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
      if (restarts) watch();
      if (data.type === 'failed') finish(err(failed(data.message)));
      else receive(data, asked, finish);
    };
  };
  return { run, cancel };
}
