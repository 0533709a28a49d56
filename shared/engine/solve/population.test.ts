import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { Params } from '../../model/design.ts';
import { evaluate, prepareDesign } from '../evaluate.ts';
import { mvaClosed } from '../math/mva.ts';

/** One event-loop process on one core, so that its computing is one queue: 10 ms a request. */
const drawn = (client: Params, service: Params = {}): DesignBuilder => design().client('c', client).service('a', { instances: 1, vcpu: 1, workers: 1, cpu_ms: 10, io_ms: 0, ...service }).connect('c', 'a', { network_class: 'in_process' });
const at = (built: DesignBuilder, multiple = 1): Evaluation => evaluate(built.build(), catalog, { multiple });
const [journey] = ['derived:c>a'];
const rate = (found: Evaluation): number => found.journeys[journey as string]?.rate_rps ?? 0;
const mean = (found: Evaluation): number => (found.journeys[journey as string]?.mean_ms.value ?? 0) / 1000;

describe('users who wait for their answers', () => {
  test('one user never queues behind himself: X = 1 / (Z + S)', () => {
    const found = at(drawn({ users: 1, think_s: 0.03 }));
    expect(rate(found)).toBeCloseTo(1 / 0.04, 6);
    expect(mean(found)).toBeCloseTo(0.01, 9);
  });

  test('the interactive law holds, and the rate is near that of exact mean value analysis', () => {
    for (const users of [2, 5, 10, 20, 40]) {
      const found = at(drawn({ users, think_s: 0.1 }));
      const exact = mvaClosed(users, [0.01], [1], 0.1);
      const { population_response_s = 0, population_rps = 0 } = found.nodes['c']?.evidence ?? {};
      expect(population_rps).toBeCloseTo(rate(found), 6);
      expect(rate(found) * (0.1 + population_response_s)).toBeCloseTo(users, 5);
      expect(Math.abs(rate(found) / exact.X - 1)).toBeLessThan(0.06);
      expect(rate(found)).toBeLessThanOrEqual(100 * (1 + 1e-6));
    }
  });

  test('a crowd is open load until the narrowest place decides; then users wait N / X - Z', () => {
    // 100 a second, 10 s of thinking: N* = 100 x 10.01 = 1001 users
    const calm = at(drawn({ users: 100, think_s: 10 }));
    expect(rate(calm)).toBeCloseTo(100 / 10.01, 1);
    expect(calm.nodes['c']?.evidence['population_knee_users']).toBeCloseTo(1001, 3);
    expect(calm.nodes['c']?.evidence['population_limit_rps']).toBeCloseTo(100, 6);
    const full = at(drawn({ users: 5000, think_s: 10 }));
    expect(rate(full)).toBeCloseTo(100, 3);
    expect(full.nodes['c']?.evidence).toMatchObject({ population_limited: 1 });
    expect(full.nodes['c']?.evidence['population_response_s']).toBeCloseTo(5000 / 100 - 10, 2);
    expect(full.journeys[journey as string]?.p99_ms.state).toBe('saturated');
    // nobody is turned away: they wait
    expect(full.journeys[journey as string]?.served).toBeCloseTo(1, 6);
  });

  test('nobody waits behind more than all the others: the tail of a crowd beyond the knee is narrow', () => {
    for (const [users, thinkS, simulatedS] of [[20, 0.1, 0.221], [40, 0.1, 0.467], [400, 1, 3.5]] as const) {
      const p99 = (at(drawn({ users, think_s: thinkS })).journeys[journey as string]?.p99_ms.value ?? 0) / 1000;
      expect(p99 / simulatedS).toBeGreaterThan(0.95);
      expect(p99 / simulatedS).toBeLessThan(1.3);
    }
  });

  test('the dial turns the users, and a slower answer lowers the rate', () => {
    const once = at(drawn({ users: 400, think_s: 10 }), 2);
    expect(rate(once)).toBeCloseTo(rate(at(drawn({ users: 800, think_s: 10 }))), 6);
    expect(rate(at(drawn({ users: 50, think_s: 1 }, { io_ms: 1000 })))).toBeCloseTo(50 / 2.01, 1);
  });

  test('it breaks at N* users, wherever the dial stands', () => {
    // N* = 100 x 10.01 = 1001 users of 400 drawn
    for (const multiple of [0.5, 1, 2, 20]) {
      const found = at(drawn({ users: 400, think_s: 10 }), multiple);
      expect(found.breaks[0]?.multiple).toBeCloseTo(1001 / 400, 3);
      expect(found.breaks[0]?.rps).toBeCloseTo(100, 2);
    }
  });

  test('drawn rates only say how often a journey comes beside another', () => {
    const two = (scale: number): Evaluation => at(design().client('c', { users: 100, think_s: 10 }).service('a').service('b').connect('c', 'a').connect('c', 'b')
      .journey('x', { rate_rps: 3 * scale, entry: 'c>a', op: 'read' }).journey('y', { rate_rps: scale, entry: 'c>b', op: 'read' }));
    const found = two(1);
    expect((found.journeys['x']?.rate_rps ?? 0) / (found.journeys['y']?.rate_rps ?? 1)).toBeCloseTo(3, 9);
    expect(two(50).journeys['x']?.rate_rps).toBeCloseTo(found.journeys['x']?.rate_rps ?? 0, 9);
  });

  test('no users send nothing; no thinking and a sweep stay finite', () => {
    expect(rate(at(drawn({ users: 0, think_s: 1 })))).toBe(0);
    expect(rate(at(drawn({ users: 10, think_s: 0 })))).toBeCloseTo(100, 3);
    const { hottest } = prepareDesign(drawn({ users: 200, think_s: 10 }).build(), catalog).sweep({ steps: 8 });
    expect(hottest.every((heat) => heat === null || Number.isFinite(heat))).toBe(true);
  });
});
