import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Axis, Evaluation, Explanations } from '../../../shared/contracts/evaluation.ts';
import { emptyDesign } from '../../../shared/model/design.ts';
import type { EngineMessage, EngineRequest } from '../workers/engine-calls.ts';
import { createEvaluationClient, type EngineWorker, type EvaluationChange } from './client.ts';

/** Everything that was asked, and the worker that answers when the test says so. */
const sent: EngineRequest[] = [];
let worker: EngineWorker;
let shown: EvaluationChange = {};

const client = () => createEvaluationClient({
  spawn: () => (worker = { onmessage: null, onerror: null, postMessage: (message) => void sent.push(message), terminate: () => undefined }),
  publish: (change) => void (shown = { ...shown, ...change }),
});

const say = (data: EngineMessage): void => worker.onmessage?.({ data });
const calls = (): readonly string[] => sent.map((request) => `${request.call}${request.call === 'explain' ? ` ${request.input.axes.join(' ')}` : ''}`);
const line = (axis: Axis, revision: number) => ({ label: `${axis} ${revision}`, value: { value: 1, state: 'ok' } as const });
const labels = (): readonly string[] => Object.values(shown.explanations ?? {}).map(({ label }) => label);

/** Answer what was asked last. */
function answer(): void {
  const request = sent.at(-1);
  if (request?.call === 'evaluate') say({ type: 'reply', id: request.id, revision: request.revision, call: 'evaluate', output: { multiple: request.input.multiple } as Evaluation });
  else if (request?.call === 'sweep') say({ type: 'reply', id: request.id, revision: request.revision, call: 'sweep', output: { multiples: [], hottest: [], breaks: [] } });
  else if (request?.call === 'explain') {
    const trees: Partial<Explanations> = Object.fromEntries(request.input.axes.map((axis) => [axis, line(axis, request.revision)]));
    say({ type: 'reply', id: request.id, revision: request.revision, call: 'explain', output: trees });
  }
}

const target = (semanticRevision: number, document = 'a') => ({ document, semanticRevision, design: emptyDesign(`${document}${semanticRevision}`) });

/** A client that has answered its first drawing. */
function started() {
  const made = client();
  made.show(target(1));
  say({ type: 'ready' });
  answer();
  answer();
  sent.length = 0;
  return made;
}

beforeEach(() => {
  sent.length = 0;
  shown = {};
  vi.useFakeTimers();
});

describe('trees behind the scores', () => {
  it('are asked for when somebody looks, once for each answer', () => {
    const made = started();
    made.explain(['latency', 'cost']);
    expect(sent[0]).toMatchObject({ call: 'explain', input: { design: null, document: 'a', multiple: 1, axes: ['latency', 'cost'] } });
    answer();
    expect(labels()).toEqual(['latency 1', 'cost 1']);
    made.explain(['latency', 'cost', 'isolation']);
    answer();
    expect(calls()).toEqual(['explain latency cost', 'explain isolation']);
    made.explain([]);
    made.explain(['cost']);
    expect(sent).toHaveLength(2);
  });

  it('stay after an edit until the new ones come, right after the answer and before all else', () => {
    const made = started();
    made.explain(['latency', 'cost']);
    answer();
    made.explain(['latency']);
    sent.length = 0;
    made.show(target(2));
    expect(labels()).toEqual(['latency 1', 'cost 1']);
    answer();
    expect(labels()).toEqual(['latency 1']);
    answer();
    expect(labels()).toEqual(['latency 2']);
    answer();
    expect(calls()).toEqual(['evaluate', 'explain latency', 'sweep']);
  });

  it('of another document are dropped, also when they come late', () => {
    const made = started();
    made.explain(['latency']);
    made.show(target(1, 'b'));
    expect(labels()).toEqual([]);
    answer();
    expect(labels()).toEqual([]);
    answer();
    expect(calls()).toEqual(['explain latency', 'evaluate', 'explain latency']);
    answer();
    expect(labels()).toEqual(['latency 2']);
  });

  it('of an answer that took long wait until the drawing rests', () => {
    const made = started();
    made.explain(['latency']);
    answer();
    sent.length = 0;
    made.show(target(2));
    vi.advanceTimersByTime(150);
    answer();
    expect(calls()).toEqual(['evaluate', 'sweep']);
    answer();
    vi.advanceTimersByTime(240);
    expect(sent).toHaveLength(2);
    vi.advanceTimersByTime(20);
    expect(calls()).toEqual(['evaluate', 'sweep', 'explain latency']);
    answer();
    expect(labels()).toEqual(['latency 2']);
  });
});
