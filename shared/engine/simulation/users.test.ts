import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { SimulationOptions, SimulationResult } from '../../contracts/simulation.ts';
import type { Params } from '../../model/design.ts';
import { mvaClosed } from '../math/mva.ts';
import { simulate } from './simulate.ts';

/** One event-loop process on one core, so that its computing is one queue: 10 ms a request. */
const drawn = (client: Params) => design().client('c', client).service('a', { instances: 1, vcpu: 1, workers: 1, cpu_ms: 10, io_ms: 0 }).connect('c', 'a', { network_class: 'in_process' }).build();
const run = (client: Params, options: SimulationOptions = {}): SimulationResult => simulate(drawn(client), catalog, { requests: 40_000, seed: 2, ...options });
const only = (result: SimulationResult) => Object.values(result.journeys)[0] as SimulationResult['journeys'][string];
const rate = (result: SimulationResult): number => only(result).requests / (result.duration_s - result.warmup_s);

describe('users who wait for their answers', () => {
  test.each([1, 4, 12, 40])('%i of them: rate and answer are those of exact mean value analysis', (users) => {
    const result = run({ users, think_s: 0.1 });
    const exact = mvaClosed(users, [0.01], [1], 0.1);
    expect(Math.abs(rate(result) / exact.X - 1)).toBeLessThan(0.02);
    expect(Math.abs(only(result).mean_ms.value / 1000 / (exact.R[0] ?? 1) - 1)).toBeLessThan(0.04);
    expect(result.not_modelled.some(({ what }) => what.includes('users'))).toBe(false);
    // near the knee of 11 users the formula is known to be pessimistic: the result says so
    expect(result.comparison[0]?.verdict).toBe(users === 12 ? 'differ' : 'agree');
  });

  test('beyond the narrowest place nobody is lost: they wait N / X - Z', () => {
    const result = run({ users: 400, think_s: 1 });
    expect(rate(result)).toBeCloseTo(100, -0.5);
    expect(only(result).mean_ms.value / 1000).toBeCloseTo(400 / 100 - 1, 0.5);
    expect(result.cut_short).toBeNull();
    expect(result.comparison[0]).toMatchObject({ verdict: 'agree' });
  });

  test('they come and go with the load, and the dial turns their number', () => {
    const { timeline } = run({ users: 50, think_s: 1 }, { duration_s: 300, buckets: 30, profile: { kind: 'spike', factor: 1.6, at_s: 100, for_s: 100 } });
    const mean = (from: number, to: number): number => timeline.total.arrivals_rps.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
    expect(mean(3, 10) / (50 / 1.015)).toBeCloseTo(1, 0.9);
    expect(mean(12, 20) / (80 / 1.05)).toBeCloseTo(1, 0.9);
    expect(mean(23, 30) / (50 / 1.015)).toBeCloseTo(1, 0.9);
    expect(rate(run({ users: 25, think_s: 1 }, { multiple: 2 })) / (50 / 1.02)).toBeCloseTo(1, 1.3);
    expect(run({ users: 0, think_s: 1 }, { duration_s: 10 }).requests).toBe(0);
  });

  test('journeys of one crowd share its users, a failed request is thought about and asked anew', () => {
    const document = design().client('c', { users: 60, think_s: 1 }).service('a').service('b').connect('c', 'a').connect('c', 'b', { error_rate: 0.5 })
      .journey('x', { rate_rps: 3, entry: 'c>a', op: 'read' }).journey('y', { rate_rps: 1, entry: 'c>b', op: 'read' }).build();
    const { journeys, duration_s, warmup_s } = simulate(document, catalog, { requests: 20_000 });
    const [x, y] = [journeys['x'], journeys['y']];
    expect((x?.requests ?? 0) / ((y?.requests ?? 0) + (y?.failed ?? 0))).toBeCloseTo(3, 0);
    expect(y?.error_share).toBeCloseTo(0.5, 1);
    expect(((x?.requests ?? 0) + (y?.requests ?? 0) + (y?.failed ?? 0)) / (duration_s - warmup_s) / 60).toBeCloseTo(1, 1);
  });
});
