import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RelatedAnswer } from '../../../shared/interchange/import-report.ts';
import { err } from '../../../shared/lib/result.ts';
import type { ImportMessage, ImportOrder } from './import-calls.ts';
import { IMPORT_WITHIN_MS, startImport, type ImportRun, type ImportWorker } from './import-client.ts';

class FakeWorker implements ImportWorker {
  readonly posted: ImportOrder[] = [];
  ended = false;
  onmessage: ImportWorker['onmessage'] = null;
  onerror: ImportWorker['onerror'] = null;
  postMessage(message: ImportOrder): void {
    this.posted.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: ImportMessage): void {
    this.onmessage?.({ data });
  }
}

const files = [{ name: 'compose.yaml', text: 'services: {}' }];
const refused = err({ level: 'error', code: 'no-services', message: 'compose.yaml has no services.' } as const);
const nothing: RelatedAnswer = { files: {}, notFollowed: [] };

function begin(readRelated: (file: number, paths: readonly string[]) => Promise<RelatedAnswer> = async () => nothing): { worker: FakeWorker; answer: ReturnType<typeof vi.fn>; run: ImportRun } {
  const worker = new FakeWorker();
  const answer = vi.fn();
  return { worker, answer, run: startImport({ files, readRelated, answer, spawn: () => worker, now: () => Date.now() }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the files go to the worker when it is ready; its answer ends it', () => {
  const { worker, answer } = begin();
  expect(worker.posted).toEqual([]);
  worker.say({ type: 'ready' });
  expect(worker.posted).toEqual([{ type: 'import', files }]);
  worker.say({ type: 'done', result: refused });
  expect(answer).toHaveBeenCalledExactlyOnceWith(refused);
  expect(worker.ended).toBe(true);
});

test('a worker that computes for too long is ended and the import refused', () => {
  const { worker, answer } = begin();
  worker.say({ type: 'ready' });
  vi.advanceTimersByTime(IMPORT_WITHIN_MS - 1);
  expect(answer).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(answer.mock.calls[0]?.[0]).toMatchObject({ ok: false, error: { code: 'stopped' } });
  expect(worker.ended).toBe(true);
});

test('waiting for the host is not counted, and asking often does not buy time', async () => {
  const answers: ((answer: RelatedAnswer) => void)[] = [];
  const { worker, answer } = begin(() => new Promise((resolve) => void answers.push(resolve)));
  worker.say({ type: 'ready' });
  for (const ask of [1, 2]) {
    vi.advanceTimersByTime(IMPORT_WITHIN_MS / 2 - 10);
    worker.say({ type: 'related', ask, file: 0, paths: ['.env'] });
    vi.advanceTimersByTime(60_000);
    expect(answer).not.toHaveBeenCalled();
    answers.at(-1)?.(nothing);
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.posted.at(-1)).toEqual({ type: 'related', ask, answer: nothing });
  }
  vi.advanceTimersByTime(20);
  expect(answer.mock.calls[0]?.[0]).toMatchObject({ ok: false, error: { code: 'stopped' } });
});

test('a host that fails is an answer too', async () => {
  const { worker } = begin(() => Promise.reject(new Error('gone')));
  worker.say({ type: 'ready' });
  worker.say({ type: 'related', ask: 7, file: 0, paths: ['a.env'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(worker.posted.at(-1)).toEqual({ type: 'related', ask: 7, answer: { files: {}, notFollowed: [{ path: 'a.env', reason: 'cannot be read' }] } });
});

test('a cancelled import never answers', async () => {
  const { worker, answer, run } = begin();
  worker.say({ type: 'ready' });
  run.cancel();
  worker.say({ type: 'done', result: refused });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(answer).not.toHaveBeenCalled();
  expect(worker.ended).toBe(true);
});
