import { expect, it, vi } from 'vitest';
import type { ExplainedEvaluation } from '../../../shared/contracts/explained.ts';
import { emptyDesign } from '../../../shared/model/design.ts';
import type { EngineRequest } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { createFileEvaluation } from './file-evaluation.ts';

it('asks a worker of its own for the answer as files hold it, and lets a closed dialog hear nothing', () => {
  const sent: EngineRequest[] = [];
  const workers: (EngineWorker & { ended: boolean })[] = [];
  const { ask, cancel } = createFileEvaluation(() => {
    const worker: EngineWorker & { ended: boolean } = { ended: false, onmessage: null, onerror: null, postMessage: (message) => void sent.push(message), terminate: () => void (worker.ended = true) };
    workers.push(worker);
    return worker;
  });
  const question = { design: emptyDesign('a'), multiple: 2, today: '2026-11-01' };
  const answer = vi.fn();
  ask(question, answer);
  workers[0]?.onmessage?.({ data: { type: 'ready' } });
  expect(sent[0]).toMatchObject({ call: 'evaluateExplained', input: { multiple: 2, today: '2026-11-01' } });
  const output = { multiple: 2 } as ExplainedEvaluation;
  workers[0]?.onmessage?.({ data: { type: 'reply', id: 1, revision: 0, call: 'evaluateExplained', output } });
  expect(answer).toHaveBeenCalledExactlyOnceWith({ ok: true, value: output });
  expect(workers[0]?.ended).toBe(true);

  ask(question, answer);
  cancel();
  expect(workers[1]).toMatchObject({ ended: true, onmessage: null });
  expect(answer).toHaveBeenCalledOnce();
});
