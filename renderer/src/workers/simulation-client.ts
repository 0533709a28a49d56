import type { SimulationOptions, SimulationProgress, SimulationResult } from '../../../shared/contracts/simulation.ts';
import { err, type Problem, type Result } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { SimulationMessage, SimulationOrder } from './simulation-calls.ts';
import { spawnWorker } from './spawn.ts';

/** Milliseconds that the worker may take to load. */
export const SIMULATION_START_WITHIN_MS = 20_000;

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

const NOT_STARTED = refusal('The simulation could not start. Open Plumbline again and retry.');

/** Simulate a drawing in a worker of its own, which ends with the answer or with `cancel`. */
export function startSimulation(input: SimulationInput): SimulationRun {
  let worker: SimulationWorker | null = null;
  let ready = false;
  const end = (): void => {
    clearTimeout(starting);
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
  const receive = (own: SimulationWorker, message: SimulationMessage): void => {
    if (message.type === 'progress') return input.progress(message.progress);
    if (message.type === 'done') return settle(message.result, message.stopped);
    clearTimeout(starting);
    ready = true;
    own.postMessage({ type: 'simulate', design: input.design, options: input.options });
  };
  const starting = setTimeout(() => settle(NOT_STARTED), SIMULATION_START_WITHIN_MS);
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
