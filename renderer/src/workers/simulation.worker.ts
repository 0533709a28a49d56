import { catalog } from '../../../catalog/index.ts';
import type { SimulationOptions } from '../../../shared/contracts/simulation.ts';
import { createSimulation } from '../../../shared/engine/simulation/simulate.ts';
import { err, ok } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { SimulationMessage, SimulationOrder } from './simulation-calls.ts';

/** Events between two looks at the clock, and milliseconds between two reports. */
const EVENTS = 20_000;
const REPORT_MS = 100;

/** The part of a dedicated worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<SimulationOrder>) => void) | null;
  postMessage(message: SimulationMessage): void;
}

const scope = globalThis as unknown as WorkerScope;
let stopped = false;

/** Let a waiting order in. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function simulate(design: Design, options: SimulationOptions): Promise<void> {
  stopped = false;
  try {
    const simulation = createSimulation(design, catalog, options);
    let reported = performance.now();
    while (!stopped && simulation.advance(EVENTS)) {
      if (performance.now() - reported < REPORT_MS) continue;
      scope.postMessage({ type: 'progress', progress: simulation.progress });
      await pause();
      reported = performance.now();
    }
    scope.postMessage({ type: 'done', stopped, result: ok(simulation.result()) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    scope.postMessage({ type: 'done', stopped, result: err({ level: 'error', code: 'failed', message: `The simulation failed (${reason}).` }) });
  }
}

scope.onmessage = ({ data }) => {
  if (data.type === 'stop') stopped = true;
  else void simulate(data.design, data.options);
};
scope.postMessage({ type: 'ready' });
