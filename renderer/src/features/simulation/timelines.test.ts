import { expect, test } from 'vitest';
import type { SimulationResult, Timeline } from '../../../../shared/contracts/simulation.ts';
import { emptyDesign } from '../../../../shared/model/design.ts';
import { areaPath, bucketAt, linePath, niceMax, spreadLabels, timeTicks } from './chart-geometry.ts';
import { zoneName } from './failure-options.ts';
import { missingOf } from './LeftOut.tsx';
import { failedShares, reached, stripsOf } from './strips.ts';

const one = (failed: readonly number[]) => ({ arrivals_rps: failed.map(() => 10), answered_rps: failed.map((rate) => 10 - rate), failed_rps: failed, mean_ms: failed.map(() => 5), p50_ms: failed.map(() => 4), p95_ms: failed.map(() => 8), p99_ms: failed.map((rate) => (rate === 10 ? null : 9)) });

function result(failed: readonly number[], sampled = failed.length, cut: string | null = null): SimulationResult {
  const timeline: Timeline = {
    ends_s: failed.map((_, i) => i + 1), multiple: failed.map(() => 1), total: one(failed), journeys: { j: one(failed) },
    nodes: { calm: { backlog: failed.map(() => 0).slice(0, sampled), utilisation: [], units: failed.map(() => 2) }, busy: { backlog: failed.map((_, i) => i).slice(0, sampled), utilisation: [], units: failed.map((_, i) => (i > 1 ? 3 : 2)) } },
  };
  const p99 = { value: 9, low: 8, high: 10 };
  return {
    seed: 1, replications: 1, duration_s: failed.length, warmup_s: 0, multiple: 1, events: 0, requests: 0, cut_short: cut, nodes: {}, timeline, not_modelled: [], assumptions: [],
    journeys: { j: { id: 'j', name: 'J', requests: 1, failed: 0, error_share: 0, mean_ms: p99, p50_ms: p99, p95_ms: p99, p99_ms: p99, done: null } },
    comparison: [{ id: 'j', name: 'J', verdict: 'agree', mean: null, p99: { analytic_ms: 14, simulated_ms: 9, difference: -0.3, agree: false }, note: '' }],
  };
}

test('scales end at round numbers and axes count in times that read well', () => {
  expect([0, 0.0031, 7, 42.1, 100, 1234].map(niceMax)).toEqual([1, 0.004, 8, 50, 100, 1500]);
  expect(timeTicks(7200, 4)).toEqual([0, 1800, 3600, 5400, 7200]);
  expect(timeTicks(50, 4)).toEqual([0, 15, 30, 45]);
  expect(timeTicks(1, 4)).toEqual([0, 0.3, 0.6, 0.9]);
});

test('a line breaks where there is no value, one value alone is a dash, an area stands on the foot', () => {
  const box = { width: 40, height: 10 };
  expect(linePath([0, 5, null, 10], 10, box)).toBe('M5 10L15 5M30 0h10');
  expect(areaPath([10, null, 0, 0], 10, box)).toBe('M5 0L15 10L25 10L35 10L35 10L5 10Z');
  expect([-5, 0, 19.9, 39, 99].map((x) => bucketAt(x, 4, box))).toEqual([0, 0, 1, 3, 3]);
});

test('labels never touch and stay as near to their lines as they can', () => {
  expect(spreadLabels([5, 30], 12, 60)).toEqual([0, 24]);
  expect(spreadLabels([58, 57, 59], 12, 60)).toEqual([36, 24, 48]);
  expect(spreadLabels([1, 1, 1], 12, 30)).toEqual([0, 12, 24]);
});

test('a run that ended early shows what it reached; errors are shares', () => {
  const cut = reached(result([0, 0, 5, 10], 3, 'too much'), 1);
  expect(cut.ends_s).toEqual([1, 2, 3]);
  expect(failedShares(cut.total)).toEqual([0, 0, 0.5]);
  expect(reached(result([0, 10]), 1).ends_s).toEqual([1, 2]);
});

test('strips: who waits, whose units change, and the formula only where both answer the same question', () => {
  const design = emptyDesign('x');
  const run = result([0, 0, 5, 10]);
  const strips = (moving: boolean, compares: boolean, journey: string | null) => stripsOf({ result: run, timeline: run.timeline, design, journey, compares, moving });
  expect(strips(false, true, 'j').map(({ id }) => id)).toEqual(['rate', 'latency', 'backlog', 'errors', 'units']);
  const [, latency, backlog, errors, units] = strips(false, true, 'j');
  expect(latency).toMatchObject({ max: 15, band: { low: 8, high: 10 }, level: { value: 14 } });
  expect([backlog, units].map((strip) => strip?.lines.map(({ id }) => id))).toEqual([['busy'], ['busy']]);
  expect(errors).toMatchObject({ max: 1, filled: true });
  expect(strips(true, false, 'j')[1]).not.toHaveProperty('band');
  expect(strips(false, true, null)[1]).not.toHaveProperty('level');
});

test('zones that nobody drew have a number, features left out are named once', () => {
  const design = emptyDesign('x');
  design.boundaries['eu'] = { id: 'eu', kind: 'region', name: 'Europe' };
  expect(['z2', 'eu/z3', 'eu'].map((id) => zoneName(design, id))).toEqual(['Zone 2', 'Zone 3 of Europe', 'Europe']);
  expect(missingOf([{ what: 'Bandwidth', target: 'a' }, { what: 'Locks' }, { what: 'Bandwidth', target: 'b' }])).toEqual([{ what: 'Bandwidth', targets: ['a', 'b'] }, { what: 'Locks', targets: [] }]);
});
