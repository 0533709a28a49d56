import type { SimulationOptions, SimulationProgress, SimulationResult } from '../../../shared/contracts/simulation.ts';
import { err, type Problem, type Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { SimulationMessage, SimulationOrder } from './simulation-calls.ts';
import { spawnWorker } from './spawn.ts';

/** Milliseconds that the worker may take to load. */
export const SIMULATION_START_WITHIN_MS = 20_000;

/** Milliseconds that a running worker may be silent: it reports ten times a second, and puts its answer together in a few. */
export const SIMULATION_SILENT_MS = 60_000;

/** The part of a worker that is used. */
export interface SimulationWorker {
  postMessage(message: SimulationOrder): void;
  terminate(): void;
  onmessage: ((event: { readonly data: SimulationMessage }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

/** What one simulation needs. `answer` is called once, and neither is called after `cancel`. */
export interface SimulationInput {
  readonly design: Design;
  readonly options: SimulationOptions;
  readonly progress: (progress: SimulationProgress) => void;
  /** `stopped`: the result of a part of the run, because `stop` was called. */
  readonly answer: (result: Result<SimulationResult, Problem>, stopped: boolean) => void;
  readonly spawn?: () => SimulationWorker;
}

/** One running simulation. */
export interface SimulationRun {
  /** End it with what was measured so far. */
  stop(): void;
  /** End it at once, without an answer. */
  cancel(): void;
}

function refusal(message: string): Result<never, Problem> {
  return err({ level: 'error', code: 'failed', message });
}

const NOT_HEARD = refusal('The simulation stopped answering. Simulate a shorter time.');
const NOT_STARTED = refusal('The simulation could not start. Open Plumbline again and retry.');

/** Simulate a drawing in a worker of its own, which ends with the answer or with `cancel`. */
export function startSimulation(input: SimulationInput): SimulationRun {
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let worker: SimulationWorker | null = null;
  let ready = false;
  const end = (): void => {
    clearTimeout(watchdog);
    if (worker === null) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
    worker = null;
  };
  const settle = (result: Result<SimulationResult, Problem>, stopped = false): void => {
    end();
    input.answer(result, stopped);
  };
  const watch = (within: number, late: typeof NOT_STARTED): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => settle(late), within);
  };
  const receive = (own: SimulationWorker, message: SimulationMessage): void => {
    if (message.type === 'done') return settle(message.result, message.stopped);
    watch(SIMULATION_SILENT_MS, NOT_HEARD);
    if (message.type === 'progress') return input.progress(message.progress);
    ready = true;
    own.postMessage({ type: 'simulate', design: input.design, options: input.options });
  };
  watch(SIMULATION_START_WITHIN_MS, NOT_STARTED);
  try {
    const own = (input.spawn ?? (() => spawnWorker('simulation') as unknown as SimulationWorker))();
    worker = own;
    own.onmessage = ({ data }) => receive(own, data);
    own.onerror = (event) => {
      event.preventDefault?.();
      settle(event.message ? refusal(`The simulation failed (${event.message}).`) : NOT_STARTED);
    };
  } catch {
    settle(NOT_STARTED);
  }
  return { stop: () => (ready ? worker?.postMessage({ type: 'stop' }) : end()), cancel: end };
}
