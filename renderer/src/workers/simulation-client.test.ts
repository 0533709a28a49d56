import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SimulationResult } from '../../../shared/contracts/simulation.ts';
import { ok } from '../../../shared/lib/result.ts';
import { emptyDesign } from '../../../shared/model/design.ts';
import type { SimulationMessage, SimulationOrder } from './simulation-calls.ts';
import { SIMULATION_SILENT_MS, SIMULATION_START_WITHIN_MS, startSimulation, type SimulationInput, type SimulationWorker } from './simulation-client.ts';

class FakeWorker implements SimulationWorker {
  readonly orders: SimulationOrder[] = [];
  ended = false;
  onmessage: SimulationWorker['onmessage'] = null;
  onerror: SimulationWorker['onerror'] = null;
  postMessage(message: SimulationOrder): void {
    this.orders.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(message: SimulationMessage): void {
    this.onmessage?.({ data: message });
  }
}

const RESULT = { seed: 1 } as SimulationResult;

function start() {
  const worker = new FakeWorker();
  const answer = vi.fn<SimulationInput['answer']>();
  const progress = vi.fn<SimulationInput['progress']>();
  const run = startSimulation({ design: emptyDesign('x'), options: { seed: 3 }, progress, answer, spawn: () => worker });
  return { worker, answer, progress, run };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('orders the run when the worker is ready, reports and answers once', () => {
  const { worker, answer, progress } = start();
  expect(worker.orders).toEqual([]);
  worker.say({ type: 'ready' });
  expect(worker.orders).toMatchObject([{ type: 'simulate', options: { seed: 3 } }]);
  worker.say({ type: 'progress', progress: { run: 1, runs: 1, time_s: 1, duration_s: 2, events: 5, share: 0.5 } });
  expect(progress).toHaveBeenCalledWith({ run: 1, runs: 1, time_s: 1, duration_s: 2, events: 5, share: 0.5 });
  worker.say({ type: 'done', stopped: false, result: ok(RESULT) });
  worker.say({ type: 'done', stopped: false, result: ok(RESULT) });
  expect(answer).toHaveBeenCalledExactlyOnceWith(ok(RESULT), false);
  expect(worker.ended).toBe(true);
});

test('stop asks for what there is, cancel ends without an answer', () => {
  const first = start();
  first.worker.say({ type: 'ready' });
  first.run.stop();
  expect(first.worker.orders.at(-1)).toEqual({ type: 'stop' });
  first.worker.say({ type: 'done', stopped: true, result: ok(RESULT) });
  expect(first.answer).toHaveBeenCalledExactlyOnceWith(ok(RESULT), true);
  const second = start();
  second.worker.say({ type: 'ready' });
  second.run.cancel();
  second.worker.say({ type: 'done', stopped: false, result: ok(RESULT) });
  expect(second.worker.ended).toBe(true);
  expect(second.answer).not.toHaveBeenCalled();
});

test('a worker that fails or never loads is an answer too', () => {
  const failing = start();
  failing.worker.onerror?.({ message: 'boom' });
  expect(failing.answer.mock.calls[0]?.[0]).toMatchObject({ ok: false, error: { message: 'The simulation failed (boom).' } });
  const silent = start();
  vi.advanceTimersByTime(SIMULATION_START_WITHIN_MS);
  expect(silent.answer.mock.calls[0]?.[0]).toMatchObject({ ok: false });
  const hanging = start();
  hanging.worker.say({ type: 'ready' });
  vi.advanceTimersByTime(SIMULATION_SILENT_MS - 1);
  hanging.worker.say({ type: 'progress', progress: { run: 1, runs: 1, time_s: 1, duration_s: 2, events: 5, share: 0.5 } });
  vi.advanceTimersByTime(SIMULATION_SILENT_MS - 1);
  expect(hanging.answer).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(hanging.answer.mock.calls[0]?.[0]).toMatchObject({ ok: false, error: { message: 'The simulation stopped answering. Simulate a shorter time.' } });
  expect(hanging.worker.ended).toBe(true);
  const none = vi.fn<SimulationInput['answer']>();
  startSimulation({ design: emptyDesign('x'), options: {}, progress: () => undefined, answer: none, spawn: () => { throw new Error('no'); } });
  expect(none).toHaveBeenCalledOnce();
});
