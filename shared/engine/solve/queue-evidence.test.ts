import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';
import { uslThroughput } from '../math/usl.ts';

const evaluated = (drawn: DesignBuilder, multiple = 1): Evaluation => evaluate(drawn.build(), catalog, { multiple });

describe('a queue with an end', () => {
  // one worker of one slot, 1 s a task: capacity 1 a second
  const work = (rate_rps: number, max_length: number | undefined, workload = {}): DesignBuilder => design().client('c').service('api').rabbitmq('q', max_length === undefined ? {} : { max_length })
    .celery('w', { instances: 1, vcpu: 1, concurrency: 1, task_cpu_s: 1, task_io_s: 0 }).chain('c', 'api', 'q', 'w').journey('j', { rate_rps, entry: 'c>api', op: 'write', done_target_s: 60 }).workload(workload);

  test('loses what M/M/1/K loses', () => {
    // K = 1 in work + 4 waiting at rho .5: (1 - rho) rho^5 / (1 - rho^6)
    const found = evaluated(work(0.5, 4));
    expect(found.nodes['q']?.evidence['lost_share']).toBeCloseTo((0.5 * 0.5 ** 5) / (1 - 0.5 ** 6), 9);
    expect(found.nodes['q']?.evidence['full_queue_wait_s']).toBeCloseTo(4, 9);
    expect(evaluated(work(0.5, undefined)).nodes['q']?.evidence['lost_share']).toBeUndefined();
  });

  test('is never longer than it may be: delay, drain and loss of a peak of an hour', () => {
    // 2 a second into 1 for an hour: 3600 too many, 600 of them may wait, 2/3 a second after the peak
    const found = evaluated(work(2, 600));
    expect(found.nodes['q']?.backlog?.messages.value).toBe(600);
    expect(found.nodes['q']?.backlog?.delay_s.value).toBeCloseTo(600, 6);
    expect(found.nodes['q']?.backlog?.drain_s.value).toBeCloseTo(600 / (1 - 2 / 3), 6);
    expect(found.nodes['q']?.evidence['lost_share']).toBeCloseTo(3000 / 7200, 9);
    const free = evaluated(work(2, undefined));
    expect(free.nodes['q']?.backlog?.messages.value).toBe(3600);
    expect(found.journeys['j']?.done_availability.value ?? 1).toBeCloseTo((free.journeys['j']?.done_availability.value ?? 1) * (1 - 3000 / 7200), 6);
    expect(found.journeys['j']?.done_s.value ?? 0).toBeLessThan(free.journeys['j']?.done_s.value ?? 0);
  });

  test('that is always too full loses the rest for ever, and what it takes is done in time', () => {
    const found = evaluated(work(4, 600));
    expect(found.nodes['q']?.evidence['lost_share']).toBeCloseTo(0.75, 9);
    expect(found.journeys['j']?.done_s.state).toBe('ok');
    expect(evaluated(work(4, undefined)).journeys['j']?.done_s.state).toBe('unbounded');
  });
});

describe('workers that are never idle', () => {
  test('nine sync workers on four cores, 10 ms computing and 40 ms waiting: M/M/4//9', () => {
    const found = evaluated(design().client('c').monolith('m', { instances: 2, vcpu: 4, workers: 9, cpu_ms: 10, io_ms: 40 }).chain('c', 'm').journey('j', { rate_rps: 10, entry: 'c>m' }));
    // machine repair: 9 machines, 4 repairers, uptime 40 ms, repair 10 ms, by the chain of states
    const weights = [1];
    for (let n = 1; n <= 9; n++) weights.push(((weights[n - 1] as number) * (9 - n + 1) * 0.25) / Math.min(n, 4));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const busy = weights.reduce((sum, weight, n) => sum + Math.min(n, 4) * weight, 0) / total;
    expect(found.nodes['m']?.evidence['closed_rps']).toBeCloseTo((2 * busy) / 0.01, 6);
    expect(found.nodes['m']?.evidence['closed_rps'] ?? 0).toBeLessThan(2 * 180);
  });
});

describe('the accept backlog', () => {
  test('of two places behind one worker loses what M/M/1/3 loses, and those requests fail', () => {
    const at = (backlog: number): Evaluation => evaluated(design().client('c').monolith('m', { instances: 1, vcpu: 1, workers: 1, cpu_ms: 10, backlog }).chain('c', 'm').journey('j', { rate_rps: 80, entry: 'c>m' }));
    const lost = (0.2 * 0.8 ** 3) / (1 - 0.8 ** 4);
    expect(at(2).nodes['m']?.evidence['backlog_lost_share']).toBeCloseTo(lost, 9);
    expect(at(2).journeys['j']?.served).toBeCloseTo(1 - lost, 9);
    expect(at(2).nodes['m']?.evidence['backlog_full_wait_s']).toBeCloseTo(0.02, 9);
    expect(at(2048).journeys['j']?.served).toBe(1);
  });
});

describe('a wave of reconnects', () => {
  const chat = (params: Params): Evaluation => evaluated(design().client('c').service('chat', { instances: 4, vcpu: 2, cpu_ms: 1, ...params }).connect('c', 'chat', { connections: 40_000 }, { kind: 'ws' }).journey('j', { rate_rps: 100, entry: 'c>chat' }));

  test('a quarter of the clients comes back within the time they spread over', () => {
    expect(chat({}).nodes['chat']?.evidence['reconnect_rps']).toBeCloseTo(10_000, 6);
    expect(chat({ reconnect_jitter_s: 20 }).nodes['chat']?.evidence['reconnect_rps']).toBeCloseTo(500, 6);
    expect(chat({}).nodes['chat']?.evidence['reconnect_utilisation'] ?? 0).toBeGreaterThan(1);
  });
});

describe('a surge', () => {
  test('waits for the machines that are still starting', () => {
    // 120 of 200 a second, fivefold: 400 a second too many for 60 s
    const drawn = design().client('c').service('s', { instances: 2, vcpu: 1, cpu_ms: 10, autoscale: { min: 2, max: 10, target: 0.6, lag_s: 60 } }).chain('c', 's').journey('j', { rate_rps: 120, entry: 'c>s' }).workload({ burst: { factor: 5, duration_s: 600 } });
    expect(evaluated(drawn).nodes['s']?.evidence).toMatchObject({ burst_lag_s: 60 });
    expect(evaluated(drawn).nodes['s']?.evidence['burst_deficit']).toBeCloseTo(400 * 60, 3);
    expect(evaluated(drawn).nodes['s']?.evidence['burst_scaled_utilisation']).toBeCloseTo(0.6, 6);
  });

  test('is cut by a token bucket: what neither the bucket nor its refill covers', () => {
    const drawn = design().client('c').kong('g', { instances: 1, rate_limit: { enabled: true, rps: 100, burst: 300, policy: 'shared' } }).service('s').chain('c', 'g', 's').journey('j', { rate_rps: 50, entry: 'c>g' }).workload({ burst: { factor: 4, duration_s: 10 } });
    // 2 000 requests in 10 s: 300 from the bucket, 1 000 refilled
    expect(evaluated(drawn).nodes['g']?.evidence['burst_dropped_share']).toBeCloseTo(700 / 2000, 9);
  });
});

describe('growth beyond what is known', () => {
  const fleet = (max: number): DesignBuilder => design().client('c').service('s', { instances: 2, vcpu: 1, cpu_ms: 10, autoscale: { min: 2, max, target: 0.6 } }).chain('c', 's').journey('j', { rate_rps: 60, entry: 'c>s' });

  test('twice the units are twice the headroom, ten times are what the scalability law says, and that is told', () => {
    const double = evaluated(fleet(4));
    expect(double.headroom.auto.value).toBeCloseTo((0.85 * 400) / 60, 6);
    expect(double.assumptions.some(({ code }) => code === 'extrapolated-scale-out')).toBe(false);
    const tenfold = evaluated(fleet(20));
    const worth = (4 * uslThroughput(20, 1, 0.002, 0)) / uslThroughput(4, 1, 0.002, 0);
    expect(tenfold.headroom.auto.value).toBeCloseTo((0.85 * worth * 100) / 60, 6);
    expect(tenfold.headroom.auto.value ?? 0).toBeLessThan((0.85 * 2000) / 60);
    expect(tenfold.assumptions.find(({ code }) => code === 'extrapolated-scale-out')?.target).toEqual({ kind: 'node', id: 's' });
  });
});

describe('a balancer that checks nobody', () => {
  const behind = (health_check: Params[string] | undefined): Evaluation => evaluated(design().client('c').balancer('lb', health_check === undefined ? {} : { health_check }).service('s', { instances: 4 }).chain('c', 'lb', 's').settings({ change_risk: false }).journey('j', { rate_rps: 10, entry: 'c>lb' }));

  test('sends a dead unit its share of the requests until someone repairs it', () => {
    expect(behind({ enabled: false }).nodes['s']?.availability.value).toBeCloseTo(0.995, 5);
    expect(behind(undefined).nodes['s']?.availability.value ?? 0).toBeGreaterThan(0.9997);
    expect(behind({ enabled: false }).blast.find(({ unit }) => unit === 'instance:s')?.share_lost).toBeCloseTo(0.25, 9);
    expect(behind({ enabled: true, interval_s: 10, threshold: 3, depth: 'shallow' }).nodes['s']?.availability.value).toBe(behind(undefined).nodes['s']?.availability.value);
  });
});
