import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import { AXES } from '../../contracts/evaluation.ts';
import type { RangesResult, Spread } from '../../contracts/uncertainty.ts';
import { stableStringify } from '../../lib/stable-json.ts';
import type { Design, Params } from '../../model/design.ts';
import { normaliseDesign } from '../../model/normalise.ts';
import { hasRanges } from '../../model/ranges.ts';
import { evaluate } from '../evaluate.ts';
import { stratified, triangular } from './draws.ts';
import { uncertainInputs } from './inputs.ts';
import { orderOf } from './measures.ts';
import { rangesSteps, sampleRanges } from './sample-ranges.ts';

const range = (low: number, likely: number, high: number) => ({ low, likely, high });
const shop = (service: Params, rest: { peak?: number | ReturnType<typeof range>; queries?: Params } = {}): Design =>
  design().client('web').service('api', { instances: 2, ...service }).rdbms('db').connect('web', 'api').connect('api', 'db', rest.queries ?? {}).workload({ peak_rps: rest.peak ?? 100 }).build();

const spreadsOf = ({ journeys, scores, cost_usd_month, headroom, first_break, overall }: RangesResult): Spread[] => [
  ...Object.values(journeys).flatMap(({ p99_ms, availability, done_s }) => [p99_ms, availability, done_s]), ...AXES.map((axis) => scores[axis]), cost_usd_month, headroom, first_break, overall,
];

/** Turn every other number among the parameters into a range around it. */
function ranged(drawn: Design, width: number): Design {
  const wide = (params: Params): Params => Object.fromEntries(Object.entries(params).map(([key, value], i) => [key, typeof value === 'number' && i % 2 === 0 ? range(value * (1 - width), value, value * (1 + width)) : value]));
  const record = <T extends { readonly params: Params }>(all: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(all).map(([id, one]) => [id, { ...one, params: wide(one.params) }]));
  return { ...drawn, nodes: record(drawn.nodes), edges: record(drawn.edges) };
}

describe('draws', () => {
  it('take one number of each stratum, independent of other inputs', () => {
    const drawn = [...stratified('a', 50, 1)].sort((a, b) => a - b);
    drawn.forEach((u, i) => expect(Math.floor(u * 50)).toBe(i));
    expect([...stratified('a', 50, 2)]).not.toEqual([...stratified('a', 50, 1)]);
    const [x, y] = [stratified('a', 2000, 1), stratified('b', 2000, 1)];
    expect(Math.abs(x.reduce((sum, u, i) => sum + (u - 0.5) * ((y[i] as number) - 0.5), 0) / 2000)).toBeLessThan(0.005);
  });

  it('follow the triangular distribution: its mean is that of the three numbers', () => {
    const mean = stratified('a', 5000, 3).reduce((sum, u) => sum + triangular(range(10, 15, 50), u), 0) / 5000;
    expect(mean).toBeCloseTo(25, 2);
    expect([triangular(range(10, 15, 20), 0), triangular(range(10, 15, 20), 0.5), triangular(range(10, 15, 20), 1)]).toEqual([10, 15, 20]);
    expect(triangular(range(7, 7, 7), 0.3)).toBe(7);
  });
});

describe('sampleRanges', () => {
  it('knows the answer where cost is linear: quantiles of the input are quantiles of the result', () => {
    const drawn = shop({ instances: 40 });
    const at = (instances: number): number => evaluate(shop({ instances }), catalog).cost.usd_month;
    const each = at(41) - at(40);
    const { cost_usd_month: cost } = sampleRanges(shop({ instances: range(20, 40, 60) }), catalog, { runs: 200 });
    expect(cost.likely.value).toBe(evaluate(drawn, catalog).cost.usd_month);
    expect(((cost.p10.value ?? 0) - (cost.likely.value ?? 0)) / each).toBeCloseTo(triangular(range(-20, 0, 20), 0.1), 0);
    expect(((cost.p90.value ?? 0) - (cost.likely.value ?? 0)) / each).toBeCloseTo(triangular(range(-20, 0, 20), 0.9), 0);
    expect(cost.decides?.input).toBe('node\napi\ninstances');
  });

  it('names the assumption that turns a target and a finding, with the value from which on', () => {
    const result = sampleRanges(shop({ cpu_ms: range(5, 10, 60), net_ms: range(0, 0, 0) }, { queries: { queries: range(1, 1, 2) } }), catalog);
    const [journey] = Object.values(result.journeys);
    expect(journey?.p99_target).toMatchObject({ now: false, turns: { input: 'node\napi\ncpu_ms', end: 'high' } });
    expect(journey?.p99_target.missed).toBeGreaterThan(0);
    expect(journey?.p99_target.missed).toBeLessThan(1);
    const { value } = journey?.p99_target.turns ?? {};
    const p99 = (cpu: number): number => Object.values(evaluate(shop({ cpu_ms: cpu }), catalog).journeys)[0]?.p99_ms.value ?? Infinity;
    expect(p99(value ?? 0)).toBeGreaterThan(journey?.p99_target.target ?? 0);
    expect(p99((value ?? 0) - 0.5)).toBeLessThan(journey?.p99_target.target ?? 0);
    const flipped = Object.values(result.findings).filter(({ flips }) => flips.length > 0);
    expect(flipped.length).toBeGreaterThan(0);
    for (const { holds, flips } of flipped) expect([holds > 0 && holds < 1, flips[0]?.input]).toEqual([true, 'node\napi\ncpu_ms']);
    expect(result.inputs.map(({ label }) => label)).toEqual(['api to db queries per call', 'api CPU per request']);
    expect(result.first_breaks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('counts a saturated result as the largest', () => {
    const [journey] = Object.values(sampleRanges(shop({ cpu_ms: 10 }, { peak: range(50, 300, 2000) }), catalog).journeys);
    expect(journey?.p99_ms.p10.state).toBe('ok');
    expect(journey?.p99_ms.p90).toEqual({ value: null, state: 'saturated' });
    expect(journey?.p99_ms.decides?.high.state).toBe('saturated');
  });

  it('tells how far it is and ends where it said', () => {
    const steps = [...rangesSteps(shop({ cpu_ms: range(9, 10, 11) }), catalog, { runs: 30 })];
    expect(steps.map(({ done }) => done)).toEqual(steps.map((_, i) => i + 1));
    expect(steps[0]?.total).toBe(33);
    for (const { done, total } of steps) expect(done).toBeLessThanOrEqual(total);
  });

  it('reads ranges of the workload and of a rate, and none whose likely value does not fit', () => {
    const drawn = shop({ instances: { low: 1, likely: 2.5, high: 4 } }, { peak: range(-5, 100, 200) });
    expect(uncertainInputs(drawn, catalog)).toMatchObject([{ label: 'Peak rate', low: 0, likely: 100, high: 200 }]);
    const { design: read } = normaliseDesign({ ...drawn, workload: { peak_rps: { low: 200, likely: 100, high: 50 } }, journeys: { j: { id: 'j', name: 'Buy', entry: 'web>api', rate_rps: { likely: 5, high: 3 } } } });
    expect([read.workload.peak_rps, read.journeys['j']?.rate_rps]).toEqual([range(50, 100, 200), range(3, 5, 5)]);
    expect(uncertainInputs(read, catalog).map(({ label }) => label)).toEqual(['Buy rate', 'Peak rate']);
    expect([hasRanges(read), hasRanges(shop({}))]).toEqual([true, false]);
  });
});

describe('ranges of everything', () => {
  const wide = (): Design => {
    const drawn = shop({ autoscale: { min: 2, max: 8, target: range(0.5, 0.6, 0.7), lag_s: 60 } });
    return {
      ...drawn,
      journeys: { j: { id: 'j', name: 'Buy', entry: 'web>api', rate_rps: 100, read_fraction: range(0.5, 0.8, 0.9), p99_target_ms: 200 } },
      entities: { e: { id: 'e', name: 'Orders', home: 'db', keys: range(1000, 2000, 9000), row_bytes: 500 } },
    };
  };
  const point = (drawn: Design): Design => JSON.parse(JSON.stringify(drawn), (_, value: unknown) => (typeof value === 'object' && value !== null && 'likely' in value ? value.likely : value)) as Design;

  it('may stand on journeys, on data and in structured values, and count with their likely value', () => {
    expect(uncertainInputs(wide(), catalog).map(({ key, label }) => [key.replaceAll('\n', ' '), label])).toEqual([
      ['entity e keys', 'Orders active keys'], ['journey j read_fraction', 'Buy reads'], ['node api autoscale.target', 'api autoscaling target use'],
    ]);
    for (const key of ['nodes', 'journeys', 'entities'] as const) expect(hasRanges({ ...point(wide()), [key]: wide()[key] })).toBe(true);
    expect(hasRanges(point(wide()))).toBe(false);
    expect(stableStringify({ ...evaluate(wide(), catalog), scores: null })).toBe(stableStringify({ ...evaluate(point(wide()), catalog), scores: null }));
    const swung = sampleRanges(wide(), catalog, { runs: 10 });
    expect(Object.values(swung.nodes).some(({ reads_rps, writes_rps }) => reads_rps !== undefined && writes_rps !== undefined)).toBe(true);
  });

  it('may stand on what a journey asks on its way, and on growth', () => {
    const drawn = (asked: { readonly calls?: unknown; readonly cpu?: unknown; readonly stage?: unknown; readonly growth?: unknown }): Design => ({
      ...shop({}),
      workload: { peak_rps: 100, growth_target: (asked.growth ?? 3) as number },
      journeys: {
        j: {
          id: 'j', name: 'Buy', entry: 'web>api', rate_rps: 100, p99_target_ms: 200,
          steps: [{ edge: 'web>api' }, { edge: 'api>db', calls: (asked.calls ?? 2) as number, response_kb: 4 }],
          demands: { api: { cpu_ms: (asked.cpu ?? 8) as number }, 'stage:read': { cpu_ms: (asked.stage ?? 0.5) as number } },
        },
      },
    });
    const open = drawn({ calls: range(1, 2, 4), cpu: range(4, 8, 20), stage: range(0.2, 0.5, 2), growth: range(1.5, 3, 10) });
    expect(uncertainInputs(open, catalog).map(({ label, target }) => [label, target.part?.of ?? '', target.param])).toEqual([
      ['Buy CPU per request in api', 'demands', 'cpu_ms'], ['Buy CPU per request for each read where its data lives', 'demands', 'cpu_ms'],
      ['Buy, api to db: calls', 'steps', 'calls'], ['Growth wanted', '', 'growth_target'],
    ]);
    expect(hasRanges({ ...open, workload: { peak_rps: 100 } })).toBe(true);
    // a range counts with its likely value, and each end is what the number itself would give
    const costs = (asked: Parameters<typeof drawn>[0]): unknown => ({ ...evaluate(drawn(asked), catalog), scores: null });
    expect(stableStringify({ ...evaluate(open, catalog), scores: null })).toBe(stableStringify(costs({})));
    const p99 = (asked: Parameters<typeof drawn>[0]): number | null => evaluate(drawn(asked), catalog).journeys['j']?.p99_ms.value ?? null;
    const alone = (asked: Parameters<typeof drawn>[0]) => sampleRanges(drawn(asked), catalog, { runs: 10 });
    for (const [key, low, high] of [['calls', 1, 4], ['cpu', 4, 20], ['stage', 0.2, 2]] as const) {
      const { decides } = alone({ [key]: range(low, key === 'calls' ? 2 : key === 'cpu' ? 8 : 0.5, high) }).journeys['j']?.p99_ms ?? {};
      expect([decides?.low.value, decides?.high.value]).toEqual([p99({ [key]: low }), p99({ [key]: high })]);
    }
    expect(alone({ growth: range(1.5, 3, 10) }).scores.scalability.decides?.input).toBe('workload\n\ngrowth_target');
    const { design: read, problems } = normaliseDesign(drawn({ calls: range(4, 1, 2), cpu: { likely: 8, high: 20 } }));
    expect([read.journeys['j']?.steps?.[1]?.calls, read.journeys['j']?.demands?.['api']?.cpu_ms, problems.filter(({ code }) => code === 'range-changed').length]).toEqual([range(1, 2, 4), range(8, 8, 20), 2]);
  });

  it('give figures of components, connections, lines of the bill and breaks: exactly those that move', () => {
    const result = sampleRanges(shop({ cpu_ms: 10 }, { peak: range(80, 100, 140) }), catalog, { runs: 100 });
    const ends = ({ p10, p90 }: Pick<Spread, 'p10' | 'p90'>): number[] => [p10.value ?? NaN, p90.value ?? NaN];
    const input = [0.1, 0.9].map((u) => triangular(range(80, 100, 140), u));
    ends(result.total_rps).forEach((value, i) => expect(Math.abs(value / (input[i] ?? 0) - 1)).toBeLessThan(0.01));
    const api = result.nodes['api'];
    expect(ends(api?.arrival_rps ?? result.total_rps)).toEqual(ends(result.total_rps));
    // utilisation is proportional to the load
    const per = (api?.utilisation?.likely.value ?? 0) / 100;
    ends(api?.utilisation ?? result.total_rps).forEach((value, i) => expect(value / (ends(result.total_rps)[i] ?? NaN) / per).toBeCloseTo(1, 6));
    // the break stands at the same load, so at another multiple: half the load is twice the multiple
    const [broken] = Object.values(result.breaks);
    expect(broken?.share).toBe(1);
    expect((broken?.multiple.p10.value ?? 0) * (ends(result.total_rps)[1] ?? 0)).toBeCloseTo((broken?.multiple.p90.value ?? 0) * (ends(result.total_rps)[0] ?? 0), 0);
    // how much is bought and its share of the total move with the dollars, and nothing else does
    const bill = sampleRanges(shop({ instances: range(2, 4, 9) }), catalog, { runs: 20 });
    const instances = Object.entries(bill.cost_items).find(([key]) => key.startsWith('api\n'))?.[1];
    expect([instances?.quantity?.likely.value, instances?.quantity !== undefined, (instances?.share?.p90.value ?? 2) < 1]).toEqual([4 * 2 * 730, true, true]);
    expect(sampleRanges(shop({ cpu_ms: 10 }), catalog, { runs: 10 })).toMatchObject({ nodes: {}, edges: {}, cost_items: {}, breaks: {}, blast: {} });
  });
});

describe('properties of ranges', () => {
  it('a range without width gives exactly the point result', () => {
    fc.assert(fc.property(randomDesign(6), (drawn) => {
      const [point, flat] = [evaluate(drawn, catalog), ranged(drawn, 0)];
      const result = sampleRanges(flat, catalog, { runs: 10 });
      expect(stableStringify({ ...evaluate(flat, catalog), scores: null })).toBe(stableStringify({ ...point, scores: null }));
      for (const spread of spreadsOf(result)) expect([spread.p10, spread.p50, spread.p90, spread.decides]).toEqual([spread.likely, spread.likely, spread.likely, null]);
      for (const [id, { p99_ms }] of Object.entries(result.journeys)) expect(p99_ms.likely).toEqual(point.journeys[id]?.p99_ms);
      expect(Object.keys(result.findings).sort()).toEqual(point.findings.filter(({ kind }) => kind === 'finding').map(({ key }) => key).sort());
    }), { numRuns: 25 });
  });

  it('p10 <= p50 <= p90, the same seed gives the same bytes, and the order of parameters changes nothing', () => {
    const turned = <T>(record: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(record).reverse());
    fc.assert(fc.property(randomDesign(5), fc.constantFrom(0.1, 0.5), fc.integer({ min: 0, max: 99 }), (drawn, width, seed) => {
      const one = ranged(drawn, width);
      const result = sampleRanges(one, catalog, { runs: 12, seed });
      for (const { p10, p50, p90 } of spreadsOf(result)) {
        const [low, middle, high] = [p10, p50, p90].map((quantity) => orderOf(quantity) ?? 0);
        expect((low ?? 0) <= (middle ?? 0) && (middle ?? 0) <= (high ?? 0)).toBe(true);
      }
      const text = stableStringify(result);
      expect(text).not.toMatch(/NaN|Infinity/);
      expect(stableStringify(sampleRanges(one, catalog, { runs: 12, seed }))).toBe(text);
      const nodes = Object.fromEntries(Object.entries(one.nodes).map(([id, node]) => [id, { ...node, params: turned(node.params) }]));
      expect(stableStringify(sampleRanges({ ...one, nodes: turned(nodes) }, catalog, { runs: 12, seed }))).toBe(text);
    }), { numRuns: 8 });
  });
});
