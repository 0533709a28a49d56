import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import type { NodeResult } from '../../../shared/contracts/evaluation.ts';
import type { Ends, RangesResult, Spread } from '../../../shared/contracts/uncertainty.ts';
import type { ComponentFacts } from '../../../shared/drawing/component-facts.ts';
import { nodeText } from '../../../shared/drawing/node-figures.ts';
import { sampleRanges } from '../../../shared/engine/uncertainty/sample-ranges.ts';
import type { Design } from '../../../shared/model/design.ts';
import { noQuantity, quantity } from '../../../shared/model/quantity.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { EngineMessage, EngineRequest } from '../workers/engine-calls.ts';
import type { EngineWorker } from './client.ts';
import { RANGED, ranged, rangeText, type Writing } from '../../../shared/drawing/range-figures.ts';
import { oddsText, p99Sentence, possibleFindings, scoreRangeText } from './range-text.ts';
import { createRangesClient, SILENT_FOR_MS } from './ranges-client.ts';
import { followRanges, RANGES_REST_MS, useRanges } from './ranges-store.ts';

const spread = (likely: number | null, p10: number | null, p90: number | null): Spread => {
  const of = (value: number | null) => (value === null ? noQuantity('saturated') : quantity(value));
  return { likely: of(likely), p10: of(p10), p50: of(likely), p90: of(p90), decides: null };
};
const drawn = (cpu_ms: number | { low: number; likely: number; high: number }): Design => design().client('web').service('api', { instances: 2, cpu_ms }, ).rdbms('db').chain('web', 'api', 'db').workload({ peak_rps: 100 }).build();

describe('words of a range', () => {
  it.each<[Spread, Writing, string]>([
    [spread(38.2, 30.4, 51.7), RANGED.ms, '38 ms, 30 to 52'],
    [spread(380, 304, 1517), RANGED.ms, '400 ms, 300 ms to 1.5 s'],
    [spread(38.2, 30.4, null), RANGED.ms, '38 ms, 30 ms to saturated'],
    [spread(3912, 3467, 4421), RANGED.money, '$3.9k, 3.5k to 4.4k'],
    [spread(3912, 3467, 4421), RANGED.monthly, '$3.9k/month, 3.5k to 4.4k'],
    [spread(0.99462, 0.9921, 0.99651), RANGED.availability, '99.4 %, 99.2 to 99.6'],
    [spread(58.4, 51.6, 61.2), RANGED.score, '58, 52 to 61'],
    [spread(4.21, 3.123, 5.46), RANGED.multiple, '4.2x, 3.1x to 5.5x'],
    [spread(38.2, 38.1, 38.3), RANGED.ms, '38.2 ms, 38.1 to 38.3'],
    [spread(38.2, 38.19, 38.21), RANGED.ms, 'the point'],
    [spread(0.62, 0.54, 0.71), RANGED.utilisation, '62 %, 54 to 71'],
    [spread(2020, 1790, 2210), RANGED.rate, '2k rps, 1.8k to 2.2k'],
  ])('%# has no more digits than are known', (of, write, words) => {
    expect(ranged(of, write, 'the point')).toBe(words);
  });

  it('says nothing without a range', () => {
    expect(rangeText({ ...spread(1, 1, 2), likely: noQuantity('not_applicable') }, RANGED.ms)).toBeNull();
    expect(ranged(undefined, RANGED.ms, 'the point')).toBe('the point');
  });

  it('names what decides a target, a score and a finding', () => {
    const result = sampleRanges(drawn({ low: 5, likely: 10, high: 40 }), catalog, { runs: 60 });
    const [journey] = Object.values(result.journeys);
    expect(journey && p99Sentence(journey, result)).toMatch(/^p99 is \d+ ms, between \d+ (ms )?and [\d.]+( m?s)?\. api CPU per request decides: above \d+ ms the target of 300 ms is missed\.$/);
    expect(scoreRangeText('latency', result)).toMatch(/^\d+ to \d+, api CPU per request moves it most$/);
    const [possible] = possibleFindings(result);
    expect(possible?.text).toMatch(/^holds in \d+ % of runs; api CPU per request decides, above \d+ ms it holds$/);
    const holding = Object.values(result.findings).find(({ holds }) => holds === 1);
    expect(oddsText([holding?.key ?? ''], result)).toBeNull();
    expect(oddsText([possible?.odds.key ?? ''], result)).toBe(possible?.text);
  });
});

describe('asking for ranges', () => {
  const sent: EngineRequest[] = [];
  const workers: (EngineWorker & { ended: boolean })[] = [];
  const say = (index: number, data: EngineMessage): void => workers[index]?.onmessage?.({ data });
  const reply = (result: RangesResult | null, done: number): EngineMessage => ({ type: 'reply', id: 1, revision: 0, call: 'ranges', output: { progress: { done, total: 10 }, result } });
  const client = createRangesClient(() => {
    const worker: EngineWorker & { ended: boolean } = { ended: false, onmessage: null, onerror: null, postMessage: (message) => void sent.push(message), terminate: () => void (worker.ended = true) };
    workers.push(worker);
    return worker;
  });
  beforeEach(() => {
    sent.length = 0;
    workers.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => {
    client.cancel();
    vi.useRealTimers();
  });

  it('waits for rest, tells how far it is, shows the answer and forgets it with the next edit', () => {
    let subject = { key: 'a 1', design: drawn({ low: 5, likely: 10, high: 40 }), multiple: 1 };
    const [look, stop] = followRanges(client, () => subject);
    look();
    expect(workers).toHaveLength(0);
    vi.advanceTimersByTime(RANGES_REST_MS);
    say(0, { type: 'ready' });
    expect(sent[0]).toMatchObject({ call: 'ranges', input: { multiple: 1 } });
    say(0, reply(null, 4));
    expect(useRanges.getState()).toMatchObject({ uncertain: true, progress: { done: 4, total: 10 } });
    const result = sampleRanges(subject.design, catalog, { runs: 10 });
    say(0, reply(result, 10));
    expect(useRanges.getState()).toEqual({ result, uncertain: true, progress: null, stopped: false, error: null });
    expect(workers[0]?.ended).toBe(true);
    subject = { ...subject, key: 'a 2' };
    look();
    expect(useRanges.getState().result).toBeNull();
    stop();
  });

  it('cancels what an edit overtakes, and asks nothing of a drawing without a range', () => {
    let subject = { key: 'b 1', design: drawn({ low: 5, likely: 10, high: 40 }), multiple: 1 };
    const [look, stop] = followRanges(client, () => subject);
    look();
    vi.advanceTimersByTime(RANGES_REST_MS);
    subject = { key: 'b 2', design: drawn(10), multiple: 1 };
    look();
    expect(workers[0]).toMatchObject({ ended: true, onmessage: null });
    vi.advanceTimersByTime(2 * RANGES_REST_MS);
    expect(workers).toHaveLength(1);
    stop();
  });

  it('gives up on a worker that falls silent, not on one that reports', () => {
    const answer = vi.fn();
    client.ask({ design: drawn(10), multiple: 1, today: null }, { progress: () => undefined, answer });
    vi.advanceTimersByTime(SILENT_FOR_MS - 1);
    say(0, reply(null, 1));
    vi.advanceTimersByTime(SILENT_FOR_MS - 1);
    expect(answer).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(answer.mock.calls[0]?.[0]).toMatchObject({ ok: false });
    expect(workers[0]?.ended).toBe(true);
  });
});

describe('figures of a component', () => {
  const facts = { silhouette: 'plain', figures: { primary: 'rps', secondary: 'utilisation' } } as unknown as ComponentFacts;
  const result = { arrival_rps: 2020, utilisation: 0.62, saturated: false, backlog: null, reads_rps: 0, writes_rps: 0, evidence: {}, resources: [], binding: 'cpu' } as unknown as NodeResult;
  const ends = (likely: number, p10: number, p90: number): Ends => ({ likely: quantity(likely), p10: quantity(p10), p90: quantity(p90) });

  it('are ranges where they fit, and else have no more digits than are known', () => {
    const ranges = { arrival_rps: ends(2020, 1790, 2210), utilisation: ends(0.62, 0.541, 0.714) };
    expect(nodeText(facts, result, 184)).toMatchObject({ metric: '2.02k rps', figure: '62 %' });
    expect(nodeText(facts, result, 184, ranges)).toMatchObject({ metric: '2k rps', figure: '54 to 71 %', spoken: '54 to 71 percent, busy, 1.8k to 2.2k requests per second' });
    expect(nodeText(facts, result, 248, ranges)).toMatchObject({ metric: '1.8k to 2.2k rps', figure: '54 to 71 %' });
    expect(nodeText(facts, { ...result, saturated: true }, 184, ranges)).toMatchObject({ metric: 'Saturated', figure: '54 to 71 %' });
  });
});
