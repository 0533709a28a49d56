import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ok } from '../../../shared/lib/result.ts';
import type { Design } from '../../../shared/model/design.ts';
import { design as build } from '../../../tests/support/design-builder.ts';
import type { EngineWorker } from './client.ts';
import type { EngineMessage, EngineRequest } from '../workers/engine-calls.ts';
import type { LayoutClient } from '../workers/layout-client.ts';
import { createExampleStudio, EXAMPLE_WITHIN_MS, STUDIO_START_WITHIN_MS, type Staged } from './example-studio.ts';

class FakeWorker implements EngineWorker {
  readonly posted: EngineRequest[] = [];
  ended = false;
  onmessage: EngineWorker['onmessage'] = null;
  onerror: EngineWorker['onerror'] = null;
  postMessage(request: EngineRequest): void {
    this.posted.push(request);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: EngineMessage): void {
    this.onmessage?.({ data });
  }
  /** Answer the request posted last. */
  answer(): void {
    const { id = 0 } = this.posted.at(-1) ?? {};
    this.say({ type: 'reply', id, revision: id, call: 'evaluate', output: { multiple: 1 } as never });
  }
}

function begin() {
  const workers: FakeWorker[] = [];
  const layout = { asked: [] as ((result: never) => void)[], cancelled: 0 };
  const client: LayoutClient = { arrange: (_, __, answer) => void layout.asked.push(answer as (result: never) => void), cancel: () => void (layout.cancelled += 1) };
  const studio = createExampleStudio(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  }, client);
  const got: (Staged | null)[] = [];
  return { studio, workers, layout, got, stage: (design: Design) => studio.stage(design, (staged) => got.push(staged)) };
}

const row = build().client('a').service('b').connect('a', 'b').build();
const fork = build().client('a').service('b').service('c').connect('a', 'b').connect('a', 'c').build();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('nothing starts before it is asked; then one at a time, in order', () => {
  const { workers, got, stage } = begin();
  expect(workers).toEqual([]);
  stage(row);
  stage({ ...row, name: 'second' });
  expect(workers[0]?.posted).toEqual([]);
  workers[0]?.say({ type: 'ready' });
  expect(workers[0]?.posted.map(({ call, input }) => [call, input.design?.name])).toEqual([['evaluate', 'Test']]);
  workers[0]?.answer();
  expect(workers[0]?.posted).toHaveLength(2);
  workers[0]?.answer();
  expect(got.map((staged) => staged?.design.name)).toEqual(['Test', 'second']);
  expect(workers).toHaveLength(1);
});

test('what branches is laid out first; a layout that fails leaves it as it was sketched', () => {
  const { workers, layout, got, stage } = begin();
  stage(fork);
  expect(workers).toEqual([]);
  layout.asked[0]?.(ok({ nodes: { c: { x: 8, y: 160 } }, notes: {}, boundaries: {}, routes: [], crowded: [] }) as never);
  workers[0]?.say({ type: 'ready' });
  workers[0]?.answer();
  expect([got[0]?.design.layout.nodes['c'], fork.layout.nodes['c']]).toEqual([{ x: 8, y: 160 }, undefined]);
  stage(fork);
  layout.asked[1]?.({ ok: false, error: { message: 'stopped' } } as never);
  workers[0]?.answer();
  expect(got[1]?.design).toEqual(fork);
});

test('what is given up is never answered: waiting, being laid out, or being evaluated', () => {
  const { workers, layout, got, stage } = begin();
  const evaluating = stage(row);
  const waiting = stage({ ...row, name: 'waiting' });
  const arranging = stage(fork);
  workers[0]?.say({ type: 'ready' });
  waiting();
  evaluating();
  workers[0]?.answer();
  expect([got, layout.asked.length]).toEqual([[], 1]);
  arranging();
  layout.asked[0]?.({ ok: false, error: { message: 'late' } } as never);
  expect([got, layout.cancelled, workers[0]?.posted.length]).toEqual([[], 1, 1]);
});

test('closing ends the worker and forgets the rest; asking again starts another one', () => {
  const { studio, workers, got, stage } = begin();
  stage(row);
  stage(row);
  studio.close();
  expect(workers[0]?.ended).toBe(true);
  stage(row);
  workers[1]?.say({ type: 'ready' });
  workers[1]?.answer();
  expect([workers.length, got.length]).toEqual([2, 1]);
});

test('a worker that does not start, is stuck or breaks fails the example in hand and no other', () => {
  const { workers, got, stage } = begin();
  for (let at = 0; at < 4; at += 1) stage(row);
  vi.advanceTimersByTime(STUDIO_START_WITHIN_MS);
  workers[1]?.say({ type: 'ready' });
  vi.advanceTimersByTime(EXAMPLE_WITHIN_MS);
  workers[2]?.onerror?.({ message: 'boom' });
  workers[3]?.say({ type: 'ready' });
  const { id = 0 } = workers[3]?.posted.at(-1) ?? {};
  workers[3]?.say({ type: 'failed', id, revision: id, message: 'no design' });
  expect(got).toEqual([null, null, null, null]);
  expect(workers.map(({ ended }) => ended)).toEqual([true, true, true, false]);
});
