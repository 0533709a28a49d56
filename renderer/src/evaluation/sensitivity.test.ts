import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyDesign } from '../../../shared/model/design.ts';
import type { EngineMessage, EngineRequest, Sensitivity } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { ANSWER_WITHIN_MS, createSensitivityClient } from './sensitivity.ts';

const sent: EngineRequest[] = [];
const workers: (EngineWorker & { ended: boolean })[] = [];
const say = (index: number, data: EngineMessage): void => workers[index]?.onmessage?.({ data });
const question = { design: emptyDesign('a'), axis: 'latency', multiple: 2 } as const;
const client = createSensitivityClient(() => {
  const worker: EngineWorker & { ended: boolean } = { ended: false, onmessage: null, onerror: null, postMessage: (message) => void sent.push(message), terminate: () => void (worker.ended = true) };
  workers.push(worker);
  return worker;
});

beforeEach(() => {
  sent.length = 0;
  workers.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('asks when the worker is ready, hands the answer on and ends the worker', () => {
  const answer = vi.fn();
  client.ask(question, answer);
  expect(sent).toEqual([]);
  say(0, { type: 'ready' });
  expect(sent[0]).toMatchObject({ call: 'sensitivity', input: { axis: 'latency', multiple: 2 } });
  const output: readonly Sensitivity[] = [];
  say(0, { type: 'reply', id: 1, revision: 0, call: 'sensitivity', output });
  expect(answer).toHaveBeenCalledExactlyOnceWith({ ok: true, value: output });
  expect(workers[0]?.ended).toBe(true);
});

it('ends the older question when a newer one comes', () => {
  const [first, second] = [vi.fn(), vi.fn()];
  client.ask(question, first);
  client.ask({ ...question, axis: 'cost' }, second);
  expect(workers[0]).toMatchObject({ ended: true, onmessage: null });
  say(1, { type: 'failed', id: 1, revision: 0, message: 'no such axis' });
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledExactlyOnceWith({ ok: false, error: 'This could not be computed (no such axis).' });
});

it('gives up on a silent worker with a sentence', () => {
  const answer = vi.fn();
  client.ask(question, answer);
  say(0, { type: 'ready' });
  vi.advanceTimersByTime(ANSWER_WITHIN_MS);
  expect(answer.mock.calls[0]?.[0]).toMatchObject({ ok: false });
  expect(workers[0]?.ended).toBe(true);
});
