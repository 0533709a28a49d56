import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { emptyDesign, type Design } from '../../../shared/model/design.ts';
import { ok } from '../../../shared/lib/result.ts';
import { captionLines, createConsidering, REST_MS, tellingLines, type Counterfactual, type Hand } from './counterfactual.ts';
import type { Answer, Delta, WhatIf } from './what-if.ts';

const delta = (kind: Delta['kind'], text: string): Delta => ({ kind, label: kind, before: 1, after: 2, unit: 'none', better: null, text });
const before = emptyDesign();
const cheaper: Design = { ...before, workload: { ...before.workload, peak_rps: 10 } };
const moved: Design = { ...before, layout: { ...before.layout, nodes: { n1: { x: 8, y: 8 } } } };

/** What parts that nothing reaches cost a month. */
const bill = (usd: number): WhatIf['before'] => ({ cost: { not_connected_usd_month: usd } }) as WhatIf['before'];

function watch() {
  const asked: { readonly changed: Design; readonly answer: Answer<WhatIf> }[] = [];
  const shown: (Counterfactual | null)[] = [];
  const client = { compare: (_basis: object, changed: Design, answer: Answer<WhatIf>) => void asked.push({ changed, answer }), cancel: vi.fn() };
  const considering = createConsidering(client, () => ({ design: before, multiple: 1, today: '2026-01-01' }), (next) => shown.push(next));
  const answer = (deltas: readonly Delta[]): void => asked.at(-1)?.answer(ok({ before: bill(0), after: bill(0), deltas } as unknown as WhatIf));
  const hold = (x: number, change: () => Design | null = () => cheaper): void => considering.consider({ where: 'canvas', x, y: 0, change } satisfies Hand);
  return { ...considering, asked, shown, client, answer, hold };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a part that nothing reaches yet tells its price, unless a price is told already', () => {
  expect(captionLines({ before: bill(10), after: bill(84), deltas: [] })).toEqual(['+$74/month once connected']);
  expect(captionLines({ before: bill(10), after: bill(84), deltas: [delta('cost', '-$2/month')] })).toEqual(['-$2/month']);
  expect(captionLines({ before: bill(84), after: bill(10), deltas: [] })).toEqual([]);
});

describe('a hand that holds something', () => {
  it('asks after its rest, once for one meaning, and shows the answer where it rests', () => {
    const { hold, asked, shown, answer } = watch();
    hold(0);
    vi.advanceTimersByTime(REST_MS - 1);
    hold(50);
    hold(52);
    vi.advanceTimersByTime(REST_MS - 1);
    expect(asked).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(asked).toHaveLength(1);
    answer([delta('cost', '+$74/month')]);
    expect(shown.at(-1)).toEqual({ where: 'canvas', x: 50, y: 0, lines: ['+$74/month'] });
    hold(90, () => ({ ...cheaper, layout: moved.layout }));
    expect(shown.at(-1)).toBeNull();
    vi.advanceTimersByTime(REST_MS);
    expect(asked).toHaveLength(1);
    expect(shown.at(-1)).toMatchObject({ x: 90, lines: ['+$74/month'] });
  });

  it('says nothing where nothing but places would change, where no number would, and after it let go', () => {
    const { hold, forget, asked, shown, answer, client } = watch();
    hold(0, () => moved);
    vi.advanceTimersByTime(REST_MS);
    expect(asked).toHaveLength(0);
    hold(20);
    vi.advanceTimersByTime(REST_MS);
    answer([delta('score', 'cost 50 to 52'), delta('burden', 'burden +0.1')]);
    expect(shown.every((each) => each === null)).toBe(true);
    hold(40, () => ({ ...cheaper, workload: { peak_rps: 20 } }));
    vi.advanceTimersByTime(REST_MS);
    forget();
    answer([delta('cost', '+$74/month')]);
    expect(shown.every((each) => each === null)).toBe(true);
    expect(client.cancel).toHaveBeenCalledTimes(1);
  });
});

it('three lines at most: dollars, availability, findings, then times and headroom', () => {
  const all = [delta('headroom', 'e'), delta('latency', 'd'), delta('findings', 'c'), delta('score', 'x'), delta('availability', 'b'), delta('cost', 'a')];
  expect(tellingLines(all)).toEqual(['a', 'b', 'c']);
});
