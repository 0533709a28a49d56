import { catalog } from '../../../catalog/index.ts';
import { evaluate, sweep } from '../../../shared/engine/evaluate.ts';
import { explainSensitivity } from '../../../shared/engine/scoring/sensitivity.ts';
import type { Design } from '../../../shared/model/design.ts';
import type { EngineMessage, EngineRequest } from './engine-calls.ts';

/** The part of a dedicated worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<EngineRequest>) => void) | null;
  postMessage(message: EngineMessage): void;
}

const scope = globalThis as unknown as WorkerScope;
let held: Design | null = null;

function answer(request: EngineRequest): EngineMessage {
  const { id, revision } = request;
  try {
    held = request.input.design ?? held;
    if (held === null) throw new Error('No design was sent');
    if (request.call === 'sweep') return { type: 'reply', id, revision, call: 'sweep', output: sweep(held, catalog) };
    if (request.call === 'sensitivity') {
      const { axis, multiple } = request.input;
      return { type: 'reply', id, revision, call: 'sensitivity', output: explainSensitivity(held, catalog, axis, { multiple }) };
    }
    return { type: 'reply', id, revision, call: 'evaluate', output: evaluate(held, catalog, { multiple: request.input.multiple }) };
  } catch (error) {
    return { type: 'failed', id, revision, message: error instanceof Error ? error.message : String(error) };
  }
}

scope.onmessage = (event) => scope.postMessage(answer(event.data));
scope.postMessage({ type: 'ready' });
