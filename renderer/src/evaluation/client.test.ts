import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Evaluation } from '../../../shared/contracts/evaluation.ts';
import { emptyDesign } from '../../../shared/model/design.ts';
import type { EngineMessage, EngineRequest } from '../workers/engine-calls.ts';
import { createEvaluationClient, FRAME_MS, GIVE_UP_AFTER_MS, STALE_AFTER_MS, type EngineWorker, type EvaluationChange } from './client.ts';
import { READABLE_MS } from './readable.ts';

class FakeWorker implements EngineWorker {
  onmessage: ((event: { readonly data: EngineMessage }) => void) | null = null;
  onerror: EngineWorker['onerror'] = null;
  /** Evaluations asked for. */
  readonly sent: Extract<EngineRequest, { readonly call: 'evaluate' }>[] = [];
  sweeps = 0;
  /** Multiples whose figures were asked for; answered at once. */
  readonly figured: number[] = [];
  ended = false;
  /** A sweep is answered at once, an evaluation when the test says so. */
  postMessage(message: EngineRequest): void {
    if (message.call === 'evaluate') {
      this.sent.push(message);
      return;
    }
    if (message.call === 'figures') {
      const { multiple } = message.input;
      this.figured.push(multiple);
      queueMicrotask(() => this.onmessage?.({ data: { type: 'reply', id: message.id, revision: message.revision, call: 'figures', output: { multiple, nodes: {}, edges: {} } } }));
      return;
    }
    this.sweeps += 1;
    this.onmessage?.({ data: { type: 'reply', id: message.id, revision: message.revision, call: 'sweep', output: { multiples: [1], hottest: [this.sweeps], breaks: [] } } });
  }
  terminate(): void {
    this.ended = true;
  }
  get last() {
    const request = this.sent.at(-1);
    if (!request) throw new Error('nothing was sent');
    return request;
  }
  ready(): void {
    this.onmessage?.({ data: { type: 'ready' } });
  }
  answer(request = this.last): void {
    const output = { multiple: request.input.multiple, total_rps: request.revision } as Evaluation;
    this.onmessage?.({ data: { type: 'reply', id: request.id, revision: request.revision, call: 'evaluate', output } });
  }
}

const workers: FakeWorker[] = [];
let shown: EvaluationChange = {};

function worker(index = workers.length - 1): FakeWorker {
  const found = workers[index];
  if (!found) throw new Error('no worker was started');
  return found;
}

function start() {
  return createEvaluationClient({
    spawn: () => {
      const made = new FakeWorker();
      workers.push(made);
      return made;
    },
    publish: (change) => {
      shown = { ...shown, ...change };
    },
  });
}

const target = (semanticRevision: number, document = 'a') => ({ document, semanticRevision, design: emptyDesign(`${document}${semanticRevision}`) });

beforeEach(() => {
  workers.length = 0;
  shown = {};
  vi.useFakeTimers();
});

describe('evaluation client', () => {
  it('waits for the worker, answers 1x as base and current, and does not ask twice', () => {
    const client = start();
    client.show(target(0));
    expect(worker().sent).toHaveLength(0);
    worker().ready();
    worker().answer();
    expect(shown.current?.multiple).toBe(1);
    expect(shown.base).toBe(shown.current);
    expect(worker().sent).toHaveLength(1);
  });

  it('shows the answer at 1x again without asking, and nothing of what was on the way then', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    worker().answer();
    const { base } = shown;
    client.setMultiple(3);
    const late = worker().last;
    client.setMultiple(1);
    expect([shown.current === base, shown.stale]).toEqual([true, false]);
    worker().answer(late);
    expect(shown.current).toBe(base);
    expect(worker().sent).toHaveLength(2);
    client.show(target(1));
    expect(worker().last.input).toMatchObject({ multiple: 1 });
    expect(worker().sent).toHaveLength(3);
  });

  it('does not evaluate when only the layout changed', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    worker().answer();
    client.show({ ...target(0), design: emptyDesign('moved') });
    expect(worker().sent).toHaveLength(1);
  });

  it('keeps one request in flight, sends the newest next, and a dial step sends no design', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    worker().answer();
    client.setMultiple(2);
    client.setMultiple(3);
    client.setMultiple(4);
    expect(worker().sent).toHaveLength(2);
    expect(worker().last.input).toEqual({ design: null, document: 'a', multiple: 2 });
    worker().answer();
    expect(shown.current?.multiple).toBe(2);
    expect(worker().sent).toHaveLength(3);
    expect(worker().last.input.multiple).toBe(4);
    worker().answer();
    expect(shown.current?.multiple).toBe(4);
    expect(shown.base?.multiple).toBe(1);
  });

  it('evaluates an edit at the dial first and at 1x after it', () => {
    const client = start();
    client.show(target(0));
    client.setMultiple(5);
    worker().ready();
    expect(worker().last.input.multiple).toBe(5);
    worker().answer();
    expect(worker().last.input.multiple).toBe(1);
    worker().answer();
    expect([shown.current?.multiple, shown.base?.multiple]).toEqual([5, 1]);
    client.show(target(1));
    expect(worker().last.input.design?.name).toBe('a1');
    worker().answer();
    expect(worker().last.input).toEqual({ design: null, document: 'a', multiple: 1 });
    worker().answer();
    expect([shown.current?.multiple, shown.base?.multiple]).toEqual([5, 1]);
  });

  it('sweeps once for each design, after its evaluations, and not for a step of the dial', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    expect(worker().sweeps).toBe(0);
    worker().answer();
    expect(shown.sweep?.hottest).toEqual([1]);
    client.setMultiple(3);
    worker().answer();
    expect(worker().sweeps).toBe(1);
    client.show(target(1));
    worker().answer();
    expect(worker().sweeps).toBe(1);
    worker().answer();
    expect(worker().sweeps).toBe(2);
  });

  it('never shows the answer of another document', () => {
    const client = start();
    client.show(target(0, 'a'));
    worker().ready();
    client.show(target(0, 'b'));
    worker().answer();
    expect(shown.current).toBeNull();
    worker().answer();
    expect(shown.current?.total_rps).toBe(2);
  });

  it('marks numbers as stale after 300 ms and takes it back with the answer', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    vi.advanceTimersByTime(STALE_AFTER_MS);
    expect(shown.stale).toBe(true);
    worker().answer();
    expect(shown.stale).toBe(false);
  });

  it('ends a silent worker after 2 s, says so, keeps the numbers, and recovers with the next change', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    worker().answer();
    const kept = shown.current;
    client.show(target(1));
    vi.advanceTimersByTime(GIVE_UP_AFTER_MS);
    expect(worker(0).ended).toBe(true);
    expect(shown.error).toMatch(/^The evaluation stopped after 2 s\. .*Undo it, or try again\.$/);
    expect(shown.current).toBe(kept);
    expect(workers).toHaveLength(1);
    client.show(target(2));
    worker(1).ready();
    expect(worker(1).last.input.design?.name).toBe('a2');
    worker(1).answer();
    expect([shown.error, shown.stale]).toEqual([null, false]);
  });

  it('goes on with the newer design when the older one hangs, and retries on demand', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    client.show(target(1));
    vi.advanceTimersByTime(GIVE_UP_AFTER_MS);
    worker(1).ready();
    expect(worker(1).last.input.design?.name).toBe('a1');
    vi.advanceTimersByTime(GIVE_UP_AFTER_MS);
    expect(workers).toHaveLength(2);
    client.retry();
    expect(workers).toHaveLength(3);
  });

  const answered = async (took: number): Promise<void> => {
    vi.advanceTimersByTime(took);
    worker().answer();
    await Promise.resolve();
  };

  it('asks for the load alone while the dial moves and whole answers are slow, and for a whole one now and then', async () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    await answered(3 * FRAME_MS);
    vi.advanceTimersByTime(1000);
    client.setMultiple(2);
    expect([worker().figured, worker().sent.length]).toEqual([[2], 1]);
    await Promise.resolve();
    expect([shown.load?.multiple, shown.current?.multiple, worker().sent.length]).toEqual([2, 1, 2]);
    await answered(3 * FRAME_MS);
    expect([shown.load, shown.current?.multiple]).toEqual([null, 2]);
    for (const multiple of [3, 4, 5]) {
      vi.advanceTimersByTime(FRAME_MS);
      client.setMultiple(multiple);
      await Promise.resolve();
      expect(shown.load?.multiple).toBe(multiple);
    }
    expect([worker().figured, worker().sent.length]).toEqual([[2, 3, 4, 5], 2]);
    vi.advanceTimersByTime(READABLE_MS);
    expect(worker().last.input.multiple).toBe(5);
    await answered(3 * FRAME_MS);
    expect([shown.load, shown.current?.multiple, shown.stale]).toEqual([null, 5, false]);
  });

  it('asks for whole answers only, where they come within a frame or the drawing changed', async () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    await answered(FRAME_MS / 2);
    client.setMultiple(2);
    await answered(3 * FRAME_MS);
    expect([worker().figured, shown.current?.multiple]).toEqual([[], 2]);
    client.show(target(1));
    client.setMultiple(3);
    expect([worker().figured, worker().last.input.design?.name]).toEqual([[], 'a1']);
  });

  it('reports an error thrown by the engine once and does not loop', () => {
    const client = start();
    client.show(target(0));
    worker().ready();
    const { id, revision } = worker().last;
    worker().onmessage?.({ data: { type: 'failed', id, revision, message: 'boom' } });
    expect(shown.error).toContain('boom');
    expect(worker().sent).toHaveLength(1);
  });
});
