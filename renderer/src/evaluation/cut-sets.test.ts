import { afterEach, describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { evaluate, journeyCuts } from '../../../shared/engine/evaluate.ts';
import type { Design } from '../../../shared/model/design.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { CutsFound, EngineMessage, EngineRequest } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { createCutSets, isOf, rankCuts, selectCut, useCutSets } from './cut-sets.ts';

const drawn = (): Design => design().client('web').service('api', { instances: 2 }).rdbms('db').chain('web', 'api', 'db').workload({ peak_rps: 100 }).build();

function found(of: Design, journey: string): CutsFound {
  const steps = journeyCuts(of, catalog, journey);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return { single: step.value[1], pairs: step.value[2] };
}

describe('cut sets of a journey', () => {
  const workers: (EngineWorker & { ended: boolean; readonly sent: EngineRequest[] })[] = [];
  const say = (data: EngineMessage): void => workers.at(-1)?.onmessage?.({ data });
  const client = createCutSets(() => {
    const worker: (typeof workers)[number] = { ended: false, sent: [], onmessage: null, onerror: null, postMessage: (message) => void worker.sent.push(message), terminate: () => void (worker.ended = true) };
    workers.push(worker);
    return worker;
  });
  afterEach(() => client.cancel());

  it('are asked of a worker, tell how far they are, and come ranked by probability, singles and pairs together', () => {
    const of = drawn();
    const [journey = ''] = Object.keys(evaluate(of, catalog).journeys);
    client.ask({ design: of, multiple: 1, journey });
    say({ type: 'ready' });
    expect(workers.at(-1)?.sent[0]).toMatchObject({ call: 'cuts', input: { journey, multiple: 1 } });
    say({ type: 'reply', id: 1, revision: 0, call: 'cuts', output: { share: 0.4, found: null } });
    expect(useCutSets.getState()).toMatchObject({ share: 0.4, sets: null });
    say({ type: 'reply', id: 1, revision: 0, call: 'cuts', output: { share: 1, found: found(of, journey) } });
    const { sets, share } = useCutSets.getState();
    expect(share).toBeNull();
    expect(sets?.map(({ rank }) => rank)).toEqual(sets?.map((_, index) => index + 1));
    expect(new Set(sets?.map(({ members }) => members.length))).toEqual(new Set([1, 2]));
    expect(sets?.every(({ journeys }) => journeys.join() === journey)).toBe(true);
    expect(sets?.some(({ members }) => members.join() === 'api,api')).toBe(true);
    sets?.slice(1).forEach(({ probability }, index) => expect(probability).toBeLessThanOrEqual(sets[index]?.probability ?? 0));
    expect(isOf(useCutSets.getState().of, { design: of, multiple: 1, journey })).toBe(true);
    expect(isOf(useCutSets.getState().of, { design: { ...of }, multiple: 1, journey })).toBe(false);
  });

  it('of a journey that is not there are none, and a cancelled question ends its worker and forgets the selection', () => {
    const of = drawn();
    expect(rankCuts(found(of, 'gone'))).toEqual([]);
    client.ask({ design: of, multiple: 1, journey: 'gone' });
    selectCut({ members: ['api'], probability: 0.1, journeys: [], rank: 1 });
    client.cancel();
    expect(workers.at(-1)).toMatchObject({ ended: true, onmessage: null });
    expect(useCutSets.getState()).toMatchObject({ of: null, share: null, selected: null });
  });

  it('that fail say what to do', () => {
    client.ask({ design: drawn(), multiple: 1, journey: 'j' });
    say({ type: 'failed', id: 1, revision: 0, message: 'no memory' });
    expect(useCutSets.getState().error).toBe('The cut sets could not be computed (no memory). Try again.');
  });
});
