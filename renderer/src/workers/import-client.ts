import type { ImportFile, ImportReport, RelatedAnswer } from '../../../shared/interchange/import-report.ts';
import { err, type Problem, type Result } from '../../../shared/lib/result.ts';
import type { ImportMessage, ImportOrder } from './import-calls.ts';
import { spawnWorker } from './spawn.ts';

/** Milliseconds of its own work after which a worker that reads files is ended; waiting for the host does not count. */
export const IMPORT_WITHIN_MS = 5000;
/** Milliseconds that the worker may take to load. */
export const IMPORT_START_WITHIN_MS = 20_000;

/** The part of a worker that is used. */
export interface ImportWorker {
  postMessage(message: ImportOrder): void;
  terminate(): void;
  onmessage: ((event: { readonly data: ImportMessage }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

/** What one import needs. `answer` is called once, and never after `cancel`. */
export interface ImportInput {
  readonly files: readonly ImportFile[];
  /** Files beside the chosen one at position `file`. */
  readonly readRelated: (file: number, paths: readonly string[]) => Promise<RelatedAnswer>;
  readonly answer: (result: Result<ImportReport, Problem>) => void;
  readonly spawn?: () => ImportWorker;
  /** Milliseconds of any clock that only grows. */
  readonly now?: () => number;
}

/** One running import. */
export interface ImportRun {
  /** Stop at once, without an answer. */
  cancel(): void;
}

function refusal(code: string, message: string): Result<never, Problem> {
  return err({ level: 'error', code, message });
}

const TOO_LONG = refusal('stopped', `Reading stopped after ${IMPORT_WITHIN_MS / 1000} s: these files are too large or too tangled. Nothing was changed. Import fewer files at once.`);
const NOT_STARTED = refusal('failed', 'The import could not start. Nothing was changed. Open Plumbline again and retry.');

/** Counts down the time that the worker computes, stopped while it waits for somebody else. */
class Budget {
  #left = IMPORT_WITHIN_MS;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly now: () => number, private readonly spent: () => void) {}

  run(): void {
    this.#since = this.now();
    this.#timer = setTimeout(this.spent, Math.max(0, this.#left));
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.#left -= this.now() - this.#since;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Read files into a proposal, in a worker of its own that ends with the answer, with `cancel` or when its time is spent. */
export function startImport(input: ImportInput): ImportRun {
  let worker: ImportWorker | null = null;
  let questions = 0;
  const end = (): void => {
    clearTimeout(starting);
    budget.stop();
    if (worker === null) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
    worker = null;
  };
  const settle = (result: Result<ImportReport, Problem>): void => {
    end();
    input.answer(result);
  };
  const budget = new Budget(input.now ?? (() => performance.now()), () => settle(TOO_LONG));
  const relate = async (own: ImportWorker, ask: number, file: number, paths: readonly string[]): Promise<void> => {
    const failed = (): RelatedAnswer => ({ files: {}, notFollowed: paths.map((path) => ({ path, reason: 'cannot be read' })) });
    const answer = await input.readRelated(file, paths).catch(failed);
    if (worker !== own) return;
    if (--questions === 0) budget.run();
    own.postMessage({ type: 'related', ask, answer });
  };
  const receive = (own: ImportWorker, message: ImportMessage): void => {
    if (message.type === 'done') return settle(message.result);
    if (message.type === 'related') {
      if (questions++ === 0) budget.pause();
      void relate(own, message.ask, message.file, message.paths);
      return;
    }
    clearTimeout(starting);
    budget.run();
    own.postMessage({ type: 'import', files: input.files.map(({ name, text }) => ({ name, text })) });
  };
  const starting = setTimeout(() => settle(NOT_STARTED), IMPORT_START_WITHIN_MS);
  try {
    const own = (input.spawn ?? (() => spawnWorker('import') as unknown as ImportWorker))();
    worker = own;
    own.onmessage = ({ data }) => receive(own, data);
    own.onerror = (event) => {
      event.preventDefault?.();
      settle(event.message ? refusal('failed', `The import failed (${event.message}). Nothing was changed.`) : NOT_STARTED);
    };
  } catch {
    settle(NOT_STARTED);
  }
  return { cancel: end };
}
