import type { PricesMessage } from '../workers/engine-calls.ts';
import { spawnWorker } from '../workers/spawn.ts';
import type { EngineWorker } from './client.ts';
import { usePrices } from './prices-store.ts';

/** Workers that compute about the open drawing, and so with the user's prices. */
const running = new Set<Worker>();

function tell(worker: Worker): void {
  const message: PricesMessage = { type: 'prices', prices: usePrices.getState().prices };
  worker.postMessage(message);
}

usePrices.subscribe((state, before) => {
  if (state.prices !== before.prices) running.forEach(tell);
});

/**
 * Start an engine worker that computes with the prices that count, now and after every change of them: a question that is
 * asked later than a change is answered with it.
 */
export function spawnEngine(): EngineWorker {
  const worker = spawnWorker('engine');
  running.add(worker);
  if (usePrices.getState().prices !== null) tell(worker);
  const end = worker.terminate.bind(worker);
  worker.terminate = () => {
    running.delete(worker);
    end();
  };
  return worker as unknown as EngineWorker;
}
