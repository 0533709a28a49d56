import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyDesign } from '../../../shared/model/design.ts';
import type { EngineMessage, EngineRequest } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { createWhatIfClient, WHAT_IF_WITHIN_MS } from './what-if.ts';

class FakeWorker implements EngineWorker {
  readonly posted: EngineRequest[] = [];
  ended = false;
  onmessage: EngineWorker['onmessage'] = null;
  onerror: EngineWorker['onerror'] = null;
  postMessage(message: EngineRequest): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: EngineMessage): void {
    this.onmessage?.({ data });
  }
}

const basis = { design: emptyDesign(), multiple: 1, today: '2026-11-22' };
const workers: FakeWorker[] = [];
const client = () => createWhatIfClient(() => workers[workers.push(new FakeWorker()) - 1] as FakeWorker);
const ranked = (id: number): EngineMessage => ({ type: 'reply', id, revision: 0, call: 'rankFixes', output: [] });

beforeEach(() => {
  workers.length = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test('the worker starts with the first question and answers the next one warm', () => {
  const asks = client();
  expect(workers).toHaveLength(0);
  const answers: unknown[] = [];
  asks.rankFixes(basis, ['key'], (result) => answers.push(result));
  workers[0]?.say({ type: 'ready' });
  expect(workers[0]?.posted[0]).toMatchObject({ call: 'rankFixes', input: { ...basis, findings: ['key'] } });
  workers[0]?.say(ranked(1));
  asks.previewFix(basis, { finding: 'key', fix: 'fix' }, (result) => answers.push(result));
  workers[0]?.say({ type: 'reply', id: 2, revision: 0, call: 'previewFix', output: null });
  expect(answers).toEqual([{ ok: true, value: [] }, { ok: true, value: null }]);
  expect(workers).toHaveLength(1);
});

test('a newer question ends the older one, which never answers', () => {
  const asks = client();
  const first = vi.fn();
  const second = vi.fn();
  asks.rankFixes(basis, null, first);
  workers[0]?.say({ type: 'ready' });
  asks.rankFixes(basis, null, second);
  expect([workers[0]?.ended, workers.length]).toEqual([true, 2]);
  workers[0]?.say(ranked(1));
  workers[1]?.say({ type: 'ready' });
  workers[1]?.say(ranked(2));
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledTimes(1);
});

test('a newer question while the worker loads takes its place', () => {
  const asks = client();
  const first = vi.fn();
  asks.rankFixes(basis, null, first);
  asks.rankFixes(basis, ['b'], vi.fn());
  workers[0]?.say({ type: 'ready' });
  expect(workers[0]?.posted.map(({ id }) => id)).toEqual([2]);
  expect([workers.length, first.mock.calls.length]).toEqual([1, 0]);
});

test('cancel ends a busy worker and keeps an idle one', () => {
  const asks = client();
  asks.rankFixes(basis, null, vi.fn());
  workers[0]?.say({ type: 'ready' });
  workers[0]?.say(ranked(1));
  asks.cancel();
  expect(workers[0]?.ended).toBe(false);
  asks.rankFixes(basis, null, vi.fn());
  asks.cancel();
  expect(workers[0]?.ended).toBe(true);
});

test('a failure, a crash and silence are sentences', () => {
  const asks = client();
  const said: unknown[] = [];
  const ask = () => asks.rankFixes(basis, null, (result) => said.push(result.ok ? result.value : result.error));
  ask();
  workers[0]?.say({ type: 'ready' });
  workers[0]?.say({ type: 'failed', id: 1, revision: 0, message: 'odd' });
  ask();
  workers[0]?.onerror?.({ message: 'gone' });
  ask();
  workers[1]?.say({ type: 'ready' });
  vi.advanceTimersByTime(WHAT_IF_WITHIN_MS);
  expect(said).toEqual(['This could not be computed (odd).', 'This could not be computed (gone).', 'This took too long to compute. Close a few parts of the drawing, or try again.']);
  expect(workers[1]?.ended).toBe(true);
});
