import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../../../shared/lib/result.ts';
import { emptyDesign } from '../../../shared/model/design.ts';
import type { LayoutMessage, LayoutOrder } from './layout-calls.ts';
import { createLayoutClient, LAYOUT_START_WITHIN_MS, LAYOUT_WITHIN_MS, type LayoutWorker } from './layout-client.ts';

class FakeWorker implements LayoutWorker {
  readonly posted: LayoutOrder[] = [];
  ended = false;
  onmessage: LayoutWorker['onmessage'] = null;
  onerror: LayoutWorker['onerror'] = null;
  postMessage(order: LayoutOrder): void {
    this.posted.push(order);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: LayoutMessage): void {
    this.onmessage?.({ data });
  }
}

const NOTHING = ok({ nodes: {}, notes: {}, boundaries: {}, routes: [], crowded: [] });
const drawing = emptyDesign();

function begin() {
  const workers: FakeWorker[] = [];
  const client = createLayoutClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the order waits for the worker, which stays for the next one', () => {
  const { client, workers } = begin();
  const answer = vi.fn();
  client.arrange(drawing, null, answer);
  expect(workers[0]?.posted).toEqual([]);
  workers[0]?.say({ type: 'ready' });
  workers[0]?.say({ type: 'done', id: 1, result: NOTHING });
  expect(answer.mock.calls).toEqual([[NOTHING]]);
  client.arrange(drawing, null, answer);
  workers[0]?.say({ type: 'done', id: 2, result: NOTHING });
  expect([workers.length, answer.mock.calls.length]).toEqual([1, 2]);
});

test('cancelling ends the worker and the answer never comes', () => {
  const { client, workers } = begin();
  const answer = vi.fn();
  client.arrange(drawing, null, answer);
  workers[0]?.say({ type: 'ready' });
  client.cancel();
  expect(workers[0]?.ended).toBe(true);
  client.arrange(drawing, null, answer);
  workers[1]?.say({ type: 'ready' });
  workers[1]?.say({ type: 'done', id: 1, result: NOTHING });
  expect(answer).not.toHaveBeenCalled();
  workers[1]?.say({ type: 'done', id: 2, result: NOTHING });
  expect(answer).toHaveBeenCalledOnce();
});

test('a worker that does not start, takes too long or fails is told in a sentence', () => {
  const { client, workers } = begin();
  const said: string[] = [];
  const run = (): void => client.arrange(drawing, null, (result) => said.push(result.ok ? '' : result.error.message));
  run();
  vi.advanceTimersByTime(LAYOUT_START_WITHIN_MS);
  run();
  workers[1]?.say({ type: 'ready' });
  vi.advanceTimersByTime(LAYOUT_WITHIN_MS);
  run();
  workers[2]?.onerror?.({ message: 'boom' });
  expect(said).toEqual([expect.stringMatching(/could not start/), expect.stringMatching(/stopped after 30 s/), expect.stringMatching(/failed \(boom\)/)]);
  expect(workers.every(({ ended }) => ended)).toBe(true);
});
