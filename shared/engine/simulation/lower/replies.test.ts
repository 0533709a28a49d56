import { describe, expect, test } from 'vitest';
import { catalog } from '../../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../../tests/support/design-builder.ts';
import type { SimulationOptions, SimulationResult } from '../../../contracts/simulation.ts';
import type { Params } from '../../../model/design.ts';
import { mmcExact } from '../../math/mmc.ts';
import { simulate } from '../simulate.ts';

/** One worker process on each of two machines takes the messages of a service: 50 ms of computing each. */
const rpc = (rate: number, publish: Params, consume: Params = {}, more: (drawn: DesignBuilder) => DesignBuilder = (drawn) => drawn) => more(
  design().client('c').service('api', { instances: 4, cpu_ms: 1 }).rabbitmq('q').celery('w', { instances: 2, vcpu: 1, concurrency: 1, task_cpu_s: 0.05, task_io_s: 0 })
    .connect('c', 'api').connect('api', 'q', publish).connect('q', 'w', consume),
).journey('j', { entry: 'c>api', rate_rps: rate, op: 'write' }).build();
const run = (rate: number, publish: Params, consume?: Params, options: SimulationOptions = {}): SimulationResult => simulate(rpc(rate, publish, consume), catalog, { requests: 20_000, seed: 4, ...options });
const only = (result: SimulationResult) => Object.values(result.journeys)[0] as SimulationResult['journeys'][string];
const waits = { request_reply: true };

describe('a reply over the broker', () => {
  test.each([10, 30])('%i a second: the sender waits for the queue of the workers, and both sides agree', (rate) => {
    const answered = run(rate, waits);
    const sent = run(rate, {});
    // beside the work, the trips and the second passage of the broker
    const more = only(answered).mean_ms.value - only(sent).mean_ms.value - mmcExact(rate, 0.05, 2).responseS * 1000;
    expect(Math.abs(more - 4.4)).toBeLessThan(0.5 + 0.05 * only(answered).mean_ms.value);
    expect(answered.nodes['w']?.resources.find(({ resource }) => resource === 'cpu')?.utilisation).toBeCloseTo((rate * 0.05) / 2, 1.5);
    expect(answered.journeys['j']?.done).toBeNull();
    expect(answered.comparison[0]).toMatchObject({ verdict: 'agree' });
    expect(answered.not_modelled.some(({ what }) => what.includes('reply'))).toBe(false);
  });

  test('a sender that has waited long enough fails; the worker works on', () => {
    const timed = run(24, { ...waits, timeout_ms: 100 });
    expect(only(timed).error_share).toBeGreaterThan(0.1);
    expect(only(timed).p99_ms.value).toBeLessThan(only(run(24, waits)).p99_ms.value);
    expect(timed.nodes['w']?.resources[0]?.utilisation).toBeCloseTo(0.6, 1);
    const retried = run(10, { ...waits, timeout_ms: 100, retries: 2 });
    expect(only(retried).error_share).toBeLessThan(0.6 * only(run(10, { ...waits, timeout_ms: 100 })).error_share);
  });

  test('workers that are down are failed requests, and hold nobody once they are back', () => {
    const failures = [{ at_s: 100, restore_s: 150, target: { kind: 'node' as const, id: 'w' } }];
    const { timeline } = run(10, { ...waits, timeout_ms: 5000 }, {}, { duration_s: 300, buckets: 30, failures });
    const failed = timeline.total.failed_rps;
    expect(Math.max(...failed.slice(0, 10))).toBe(0);
    expect(failed[13]).toBeGreaterThan(7);
    expect(Math.max(...failed.slice(17))).toBe(0);
  });

  test('answers to batches, or by nobody in particular, are not waited for, and this is said', () => {
    const said = (drawn: ReturnType<typeof rpc>): boolean => simulate(drawn, catalog, { requests: 100 }).not_modelled.some(({ what, target }) => what.includes('reply') && target === 'api>q');
    expect(said(rpc(10, waits, { batch: 10, batch_window_s: 1 }))).toBe(true);
    expect(said(rpc(10, waits, {}, (drawn) => drawn.celery('v').connect('q', 'v')))).toBe(true);
    expect(said(rpc(10, { ...waits, outbox: true }))).toBe(false);
  });
});
