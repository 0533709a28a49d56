import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import type { Evaluation } from '../../shared/contracts/evaluation.ts';
import { evaluate } from '../../shared/engine/evaluate.ts';
import { stableStringify } from '../../shared/lib/stable-json.ts';
import { rounded } from './rounded.ts';

const results = new Map(catalog.templates.map(({ id, design }) => [id, evaluate(design, catalog)]));

test.each([...results])('%s evaluates as recorded', async (id, evaluation) => {
  await expect(stableStringify(rounded(evaluation))).toMatchFileSnapshot(`./templates/${id}.json`);
});

interface Known {
  readonly p50: number; readonly p95: number; readonly p99: number;
  readonly headroom: number; readonly hit: number | null; readonly cpu: number; readonly slots: number; readonly database: number;
  readonly availability: number; readonly usd: number; readonly availabilityScore: number | null;
}

/** Egress of C is 35 TB: tiers take this many dollars off the flat price that the reference uses. */
const EGRESS_TIERS_USD = 124;

/** The table of evaluation 12 with the corrections of semantics 13: D is 99.4 % served. */
const KNOWN: Readonly<Record<string, Known>> = {
  'monolith-one-database': { p50: 12.6, p95: 30.8, p99: 41.9, headroom: 1.59375, hit: null, cpu: 0.53, slots: 0.07, database: 0.089, availability: 0.9946, usd: 1061, availabilityScore: 36 },
  'monolith-cache-standby': { p50: 10.9, p95: 28.9, p99: 40.2, headroom: 2.125, hit: 0.737, cpu: 0.4, slots: 0.05, database: 0.036, availability: 0.99915, usd: 1354, availabilityScore: 72 },
  'monolith-five-times-the-load': { p50: 10, p95: 28.1, p99: 39.8, headroom: 1.7, hit: 0.918, cpu: 0.5, slots: 0.06, database: 0.042, availability: 0.99915, usd: 5664 - EGRESS_TIERS_USD, availabilityScore: 72 },
  'monolith-too-few-workers': { p50: 12.5, p95: 30.7, p99: 41.8, headroom: 1.19787, hit: null, cpu: 0.53, slots: 0.71, database: 0.089, availability: 0.994, usd: 1061, availabilityScore: null },
};

function result(id: string): Evaluation {
  return results.get(id) ?? expect.unreachable(id);
}

describe.each(Object.entries(KNOWN))('%s', (id, known) => {
  const evaluation = result(id);
  const [journey] = Object.values(evaluation.journeys);
  const load = (node: string, resource: string): number | undefined => evaluation.nodes[node]?.resources.find((other) => other.resource === resource)?.utilisation;

  test('is as fast as the reference, within 5 %', () => {
    for (const quantile of ['p50', 'p95', 'p99'] as const) {
      expect(Math.abs((journey?.[`${quantile}_ms`].value ?? 0) / known[quantile] - 1), quantile).toBeLessThan(0.05);
    }
    expect(evaluation.scores.latency.score.value).toBe(100);
  });

  test('has its headroom, hit ratio and loads exactly', () => {
    expect(evaluation.headroom.now.value).toBeCloseTo(known.headroom, 3);
    expect(load('app', 'cpu')).toBeCloseTo(known.cpu, 2);
    expect(load('app', 'slots')).toBeCloseTo(known.slots, 2);
    expect(load('database', 'cpu')).toBeCloseTo(known.database, 3);
    if (known.hit !== null) expect(evaluation.nodes['cache']?.hit_ratio).toBeCloseTo(known.hit, 3);
  });

  test('is as available as the reference', () => {
    const value = journey?.availability.value ?? 0;
    expect(Math.abs(value - known.availability)).toBeLessThan(known.availabilityScore === null ? 5e-4 : 5e-5);
    if (known.availabilityScore !== null) expect(Math.abs((evaluation.scores.availability.score.value ?? 0) - known.availabilityScore)).toBeLessThan(1);
  });

  test('costs what the reference costs, and cross-zone transfer on top', () => {
    const crossing = evaluation.cost.items.filter((item) => item.price_key === 'cross_az_gb').reduce((sum, item) => sum + item.usd_month, 0);
    expect(crossing).toBeGreaterThan(0);
    expect(Math.abs((evaluation.cost.usd_month - crossing) / known.usd - 1)).toBeLessThan(0.001);
  });
});

describe('video-pipeline', () => {
  test('meets its targets as drawn, and the workers are the first to break', () => {
    const evaluation = result('video-pipeline');
    const { submit, status } = evaluation.journeys;
    expect(submit?.p99_ms.value).toBeLessThan(100);
    expect(status?.p99_ms.value).toBeLessThan(100);
    expect(submit?.done_s.value).toBeGreaterThan(270);
    expect(submit?.done_s.value).toBeLessThan(300);
    expect(submit?.availability.value).toBeGreaterThan(0.999);
    expect(evaluation.nodes['workers']?.resources.find(({ resource }) => resource === 'cpu')?.utilisation).toBeCloseTo(45 / 56, 6);
    expect(evaluation.breaks[0]).toMatchObject({ node: 'workers' });
    expect(evaluation.breaks[0]?.multiple).toBeGreaterThan(1.1);
    expect(evaluation.breaks[0]?.multiple).toBeLessThan(1.3);
    expect(evaluation.not_modelled).toEqual([]);
  });

  test('stays within its budget', () => {
    const { cost } = result('video-pipeline');
    expect(cost.usd_month).toBeGreaterThan(3000);
    expect(cost.usd_month).toBeLessThan(4500);
  });

  test('is at home in the first month only: the files pile up for thirty days', () => {
    const { cost } = result('video-pipeline');
    const files = cost.items.filter(({ node }) => node === 'files').reduce((sum, item) => sum + item.usd_month, 0);
    expect(files).toBeGreaterThan(600);
    expect(files).toBeLessThan(900);
  });

  test('falls behind when the load doubles: hours instead of minutes', () => {
    const template = catalog.templates.find(({ id }) => id === 'video-pipeline') ?? expect.unreachable();
    const doubled = evaluate(template.design, catalog, { multiple: 2 });
    expect(doubled.nodes['queue']?.backlog?.messages.value).toBeGreaterThan(1000);
    expect(doubled.journeys['submit']?.done_s.value).toBeGreaterThan(1800);
    expect(doubled.journeys['submit']?.p99_ms.value).toBeLessThan(100);
  });
});
