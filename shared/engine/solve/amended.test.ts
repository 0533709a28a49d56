import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';
import { breakerAttempts } from '../math/retries.ts';

const evaluated = (drawn: DesignBuilder, multiple = 1): Evaluation => evaluate(drawn.build(), catalog, { multiple });
const load = (found: Evaluation, node: string, resource: string): number => found.nodes[node]?.resources.find((state) => state.resource === resource)?.utilisation ?? 0;
const said = (found: Evaluation, code: string): boolean => found.assumptions.some((assumption) => assumption.code === code);

describe('callers that do without the answer', () => {
  const front = (params: Params, fields = {}): Evaluation => evaluated(design().client('c').service('api', { instances: 1 }).rdbms('db').connect('c', 'api', params).connect('api', 'db').entity('row', 'db').journey('j', { rate_rps: 10, entry: 'c>api', op: 'write', ...fields }));

  test('a client with a fallback needs nothing behind it', () => {
    const found = front({ fallback: true });
    expect(found.journeys['j']?.hard_nodes).toEqual([]);
    expect(found.journeys['j']?.availability.value).toBe(1);
    expect(front({}).journeys['j']?.availability.value).toBeLessThan(0.996);
  });

  test('a fallback ends the wait at the timeout; an overloaded callee is given up', () => {
    const chain = (params: Params, latency_ms = 200, rate_rps = 5): Evaluation => evaluated(design().client('c').service('api', { cpu_ms: 1 }).node('external-api', 'x', { latency_ms, cs2: 1, quota_rps: 10 }).connect('c', 'api').connect('api', 'x', params)
      .journey('j', { rate_rps, entry: 'c>api', op: 'write' }));
    // exponential of 200 ms: p99 is 921 ms; e^-1.5 of them outlast 300 ms
    const p99 = (found: Evaluation): number => found.journeys['j']?.p99_ms.value ?? 0;
    expect(p99(chain({ timeout_ms: 300 }))).toBeGreaterThan(900);
    const cut = chain({ timeout_ms: 300, fallback: true });
    expect(p99(cut)).toBeGreaterThan(300);
    expect(p99(cut)).toBeLessThan(312);
    expect(cut.journeys['j']?.mean_ms.value ?? 0).toBeCloseTo(200 * -Math.expm1(-1.5) + 1, -1);
    const full = chain({ timeout_ms: 300, fallback: true }, 200, 20);
    expect(full.nodes['x']?.saturated).toBe(true);
    expect(full.journeys['j']?.p99_ms.state).toBe('ok');
    expect(chain({ timeout_ms: 300 }, 200, 20).journeys['j']?.p99_ms.state).toBe('saturated');
  });
});

test('a connection that only reads where every journey writes carries nothing, and that is said', () => {
  const drawn = (op: 'read' | 'write' | 'mixed', edge: Params): Evaluation => evaluated(design().client('c').service('api').rdbms('db').connect('c', 'api').connect('api', 'db', edge).journey('j', { rate_rps: 10, entry: 'c>api', op }));
  const silent = drawn('write', { op: 'read' });
  expect(silent.nodes['db']?.arrival_rps).toBe(0);
  expect(silent.assumptions.find(({ code }) => code === 'operation-never-used')?.target).toEqual({ kind: 'edge', id: 'api>db' });
  expect(said(drawn('mixed', { op: 'read' }), 'operation-never-used')).toBe(false);
  expect(said(drawn('write', {}), 'operation-never-used')).toBe(false);
});

test('counters of its own in each unit follow the scaled units', () => {
  // 60 000 a second over gateways of 25 080 at 60 %: four of them, each lets 10 000 through
  const found = evaluated(design().client('c').kong('g', { vcpu: 4, autoscale: { min: 2, max: 20, target: 0.6 }, rate_limit: { rps: 10_000, policy: 'local' } }).service('api', { instances: 400 }).connect('c', 'g').connect('g', 'api')
    .journey('j', { rate_rps: 60_000, entry: 'c>g', op: 'read' }));
  expect(found.nodes['g']?.units_scaled).toBe(4);
  expect(load(found, 'g', 'quota')).toBeCloseTo(60_000 / 40_000, 9);
  expect(found.nodes['g']?.evidence['limit_rps']).toBe(40_000);
});

describe('retries', () => {
  test('behind a breaker they stay away in proportion to what fails beyond one half', () => {
    expect(breakerAttempts(0.4, 2, null)).toBeCloseTo(1 + 0.4 + 0.16, 12);
    expect(breakerAttempts(0.75, 2, null)).toBeCloseTo(1 + (0.75 + 0.5625) / 2, 12);
    expect(breakerAttempts(1, 9, null)).toBe(1);
    const chain = (circuit_breaker: boolean): Evaluation => evaluated(design().client('c').service('api', { instances: 60 }).service('b', { instances: 1, vcpu: 1, workers: 1, cpu_ms: 10 }).connect('c', 'api').connect('api', 'b', { retries: 3, circuit_breaker }).journey('j', { rate_rps: 400, entry: 'c>api', op: 'read' }));
    // 400 into 100: rho = 4 a with p = 1 - 1/rho and a = 1 + (p + p^2 + p^3) 2 (1 - p)
    const rho = load(chain(true), 'b', 'cpu');
    const p = 1 - 1 / rho;
    expect(rho).toBeCloseTo(4 * (1 + (p + p * p + p * p * p) * 2 * (1 - p)), 5);
    expect(load(chain(false), 'b', 'cpu')).toBeGreaterThan(rho * 1.5);
  });

  test('of messages load the broker that did not take them', () => {
    const work = (publish: Params): Evaluation => evaluated(design().client('c').service('api').rabbitmq('q').celery('w').connect('c', 'api').connect('api', 'q', publish).connect('q', 'w').journey('j', { rate_rps: 10, entry: 'c>api', op: 'write' }));
    expect(work({ retries: 2, error_rate: 0.1 }).nodes['q']?.arrival_rps).toBeCloseTo(10 * 1.11, 6);
    expect(work({ error_rate: 0.1 }).nodes['q']?.arrival_rps).toBeCloseTo(10, 9);
  });
});

test('an uneven number of calls spreads the time: variance of a random sum', () => {
  const calls = (calls_cs2: number): Evaluation => evaluated(design().client('c').service('api', { cpu_ms: 1 }).node('external-api', 'x', { latency_ms: 10, cs2: 1 }).connect('c', 'api').connect('api', 'x', { calls: 9, calls_cs2 }).journey('j', { rate_rps: 1, entry: 'c>api', op: 'write' }));
  // nine exponential times of 10 ms: variance 900; with cs2 1 that of the number adds (9 x 10)^2 = 8100 and makes it one gamma of cs2 1.11
  const even = calls(0).journeys['j'];
  const uneven = calls(1).journeys['j'];
  expect(uneven?.mean_ms.value).toBeCloseTo(even?.mean_ms.value ?? 0, 6);
  expect((even?.p99_ms.value ?? 0) / 1000).toBeCloseTo(0.177, 1);
  expect((uneven?.p99_ms.value ?? 0) / 1000).toBeCloseTo(0.44, 1);
});

describe('a reply over the broker', () => {
  const rpc = (request_reply: boolean, more: (drawn: DesignBuilder) => DesignBuilder = (drawn) => drawn): Evaluation => evaluated(more(design().client('c').service('api', { cpu_ms: 1 }).rabbitmq('q').celery('w', { instances: 4, task_cpu_s: 0.1, task_io_s: 0 })
    .connect('c', 'api').connect('api', 'q', { request_reply }).connect('q', 'w')).journey('j', { rate_rps: 2, entry: 'c>api', op: 'write' }));

  test('is waited for: the work is in the answer, the worker is needed, two messages pass', () => {
    const found = rpc(true);
    const sent = rpc(false);
    expect((found.journeys['j']?.mean_ms.value ?? 0) - (sent.journeys['j']?.mean_ms.value ?? 0)).toBeGreaterThan(100);
    expect((found.journeys['j']?.mean_ms.value ?? 0) - (sent.journeys['j']?.mean_ms.value ?? 0)).toBeLessThan(115);
    expect(found.journeys['j']?.hard_nodes).toContain('w');
    expect(sent.journeys['j']?.hard_nodes).not.toContain('w');
    expect(found.nodes['w']?.arrival_rps).toBeCloseTo(2, 9);
    expect(found.nodes['q']?.arrival_rps).toBeCloseTo(4, 9);
    expect(found.edges['q>w']?.rps).toBeCloseTo(2, 9);
    expect(found.journeys['j']?.done_s.state).toBe('not_applicable');
    expect(found.not_modelled.filter(({ what }) => what.includes('reply'))).toEqual([]);
  });

  test('a consumer that hangs takes down who waits for its answer, and nobody else', () => {
    const hung = (request_reply: boolean): readonly string[] => (rpc(request_reply).cascades.find(({ dependency }) => dependency === 'w')?.exhausted ?? []).map(({ node }) => node);
    const busy = (request_reply: boolean): Evaluation => evaluated(design().client('c').monolith('api', { cpu_ms: 1, workers: 4, worker_class: 'sync' }).rabbitmq('q').celery('w', { instances: 4, task_cpu_s: 0.1, task_io_s: 0 }).connect('c', 'api').connect('api', 'q', { request_reply }).connect('q', 'w')
      .journey('j', { rate_rps: 2, entry: 'c>api', op: 'write' }));
    // 2 a second x 60 s = 120 over 8 slots, full after 4 s
    const [found] = busy(true).cascades.filter(({ dependency }) => dependency === 'w');
    expect(found?.exhausted.map(({ node, seconds }) => [node, seconds])).toEqual([['api', 4]]);
    expect(busy(false).cascades.some(({ dependency }) => dependency === 'w')).toBe(false);
    expect(hung(false)).toEqual([]);
  });

  test('of whom, with two consumers, is not known', () => {
    expect(rpc(true, (drawn) => drawn.celery('v').connect('q', 'v')).not_modelled.some(({ what }) => what.includes('reply'))).toBe(true);
  });
});

describe('messages that always fail', () => {
  const work = (broker: 'sqs' | 'rabbitmq', params: Params, queue: Params = {}): Evaluation => evaluated(design().client('c').service('api').node(broker, 'q', queue).celery('w', { instances: 50, vcpu: 2, concurrency: 2, task_cpu_s: 0.1, task_io_s: 0 }).connect('c', 'api').connect('api', 'q').connect('q', 'w', params)
    .journey('j', { rate_rps: 10, entry: 'c>api', op: 'write' }));

  test('are tried so many times before they are set aside', () => {
    expect(work('sqs', { poison_share: 0.01, dlq: true, max_receive: 5 }).nodes['w']?.arrival_rps).toBeCloseTo(10 * (0.99 + 0.05), 9);
  });

  test('come back until the queue forgets them: utilisation n S / visibility', () => {
    // one in 10 000, kept for 4 days, hidden for 30 s: 11 520 deliveries each
    const found = work('sqs', { poison_share: 1e-4, dlq: false, visibility_s: 30 });
    expect(found.nodes['w']?.arrival_rps).toBeCloseTo(10 * (1 - 1e-4 + 1e-4 * 11_520), 6);
    expect(found.nodes['w']?.evidence['poison_load_share']).toBeCloseTo(1.152 / 2.1519, 9);
    // as many wait as come in four days: n x S / visibility slots beside the useful work
    const waiting = 10 * 1e-4 * 345_600;
    expect(load(found, 'w', 'slots') * 100).toBeCloseTo((10 * (1 - 1e-4) + waiting / 30) * 0.1, 3);
  });

  test('hold consumer after consumer where nothing forgets them: said, with the time it takes', () => {
    const found = work('rabbitmq', { poison_share: 1e-3, dlq: false });
    expect(found.nodes['w']?.evidence['poison_exhausts_s']).toBeCloseTo(100 / 0.01, 6);
    expect(found.not_modelled.some(({ what, target }) => target === 'q>w' && what.startsWith('Consumers held'))).toBe(true);
    expect(work('rabbitmq', {}).nodes['w']?.evidence['poison_rps']).toBeUndefined();
  });
});

describe('messages that are kept for a time', () => {
  // one worker, 1 s a task
  const work = (rate_rps: number, queue: Params): Evaluation => evaluated(design().client('c').service('api').rabbitmq('q', queue).celery('w', { instances: 1, vcpu: 1, concurrency: 1, task_cpu_s: 1, task_io_s: 0 }).chain('c', 'api', 'q', 'w').journey('j', { rate_rps, entry: 'c>api', op: 'write', done_target_s: 60 }));

  test('a peak that waits for longer loses the rest, from when until when', () => {
    // 2 a second into 1 for an hour, kept for 600 s: 600 may wait, 3000 of 7200 are gone, from 2 x 600 / 1 s on
    const found = work(2, { message_ttl_s: 600 });
    const evidence = found.nodes['q']?.evidence ?? {};
    expect(evidence['expired_share']).toBeCloseTo(3000 / 7200, 6);
    expect(evidence['expired_rps']).toBeCloseTo(1, 6);
    expect(evidence['expires_from_s']).toBeCloseTo(1200, 6);
    expect(evidence['expires_until_s']).toBeCloseTo(4200, 6);
    expect(found.nodes['q']?.backlog?.delay_s.value).toBeCloseTo(600, 6);
    expect(work(2, { message_ttl_s: 40_000 }).nodes['q']?.evidence['expired_share']).toBeUndefined();
    expect(work(0.5, { message_ttl_s: 600 }).nodes['q']?.evidence['expired_share']).toBeUndefined();
  });

  test('more than is ever done stays unbounded, and the rest is gone for ever', () => {
    // 4 a second at the peak, 4/3 on average, into 1
    const found = work(4, { message_ttl_s: 600 });
    expect(found.journeys['j']?.done_s.state).toBe('unbounded');
    expect(found.nodes['q']?.evidence['expired_share']).toBeCloseTo(0.75, 6);
    expect(found.nodes['q']?.evidence['expires_until_s']).toBeUndefined();
  });
});

test('what waits takes room: messages x their size', () => {
  const found = evaluated(design().client('c').service('api').rabbitmq('q').celery('w', { instances: 1, vcpu: 1, concurrency: 1, task_cpu_s: 1, task_io_s: 0 }).connect('c', 'api').connect('api', 'q', { payload_kb: 100 }).connect('q', 'w').journey('j', { rate_rps: 2, entry: 'c>api', op: 'write' }));
  // an hour of one too many a second, 100 KB each
  expect(found.nodes['q']?.evidence['backlog_gb']).toBeCloseTo(0.36, 9);
});

test('checking callers costs each part its cores, unless a gateway does it', () => {
  const checked = (own_auth: boolean): Evaluation => evaluated(design().client('c').service('api', { instances: 1, vcpu: 1, workers: 1, cpu_ms: 4, own_auth, auth_ms: 2 }).connect('c', 'api').journey('j', { rate_rps: 100, entry: 'c>api', op: 'read' }));
  expect(load(checked(true), 'api', 'cpu')).toBeCloseTo(0.6, 9);
  expect(checked(true).nodes['api']?.evidence['auth_cores']).toBeCloseTo(0.2, 9);
  expect(load(checked(false), 'api', 'cpu')).toBeCloseTo(0.4, 9);
});

test('a stream of changes is keyed by its rows: order is kept, and the busiest partition is that of the hottest row', () => {
  const stream = (edge: Params): Evaluation => evaluated(design().client('c').service('api').rdbms('db').node('kafka', 'log', { partitions: 12 }).celery('w', { instances: 6, task_cpu_s: 0.01 }).connect('c', 'api').connect('api', 'db')
    .connect('db', 'log', edge, { kind: 'replicate' }).connect('log', 'w', { ordering: 'key' }).entity('row', 'db', { keys: 1000, zipf_s: 1 }).journey('j', { rate_rps: 50, entry: 'c>api', op: 'write' }));
  const found = stream({ entity: 'row' });
  expect(found.hazards.some(({ kind }) => kind === 'reorder')).toBe(false);
  expect(found.nodes['log']?.evidence['hottest_share'] ?? 0).toBeGreaterThan(1 / 12);
  expect(stream({}).hazards.some(({ kind }) => kind === 'reorder')).toBe(false);
});

test('workers that are replaced: the start counts on each request', () => {
  const server = (max_requests: number): Evaluation => evaluated(design().client('c').monolith('m', { instances: 1, vcpu: 2, workers: 4, worker_class: 'sync', cpu_ms: 10, io_ms: 10, max_requests, worker_boot_s: 2 }).connect('c', 'm').journey('j', { rate_rps: 50, entry: 'c>m', op: 'read' }));
  // 2 s after each 500 requests: 4 ms more of computing, and of a place, for each
  expect(load(server(0), 'm', 'slots')).toBeCloseTo((50 * 0.02) / 4, 9);
  expect(load(server(500), 'm', 'slots')).toBeCloseTo((50 * 0.024) / 4, 9);
  expect(load(server(500), 'm', 'cpu')).toBeCloseTo((50 * 0.014) / 2, 9);
  expect(server(500).not_modelled).toEqual(server(0).not_modelled);
});

describe('connections at which requests come in', () => {
  const two = (a: Params, b: Params, fields: Params = {}): Evaluation => evaluated(design().client('c').service('a', { io_ms: 100, cpu_ms: 1 }).service('b', { io_ms: 20, cpu_ms: 1 }).connect('c', 'a', a).connect('c', 'b', b).journey('j', { rate_rps: 10, entry: 'c', op: 'mixed', read_fraction: 0.8, ...fields }));

  test('alternatives take each request once, by weight, and one of them is enough', () => {
    const found = two({ any_of: 'x', weight: 3 }, { any_of: 'x' });
    expect(found.nodes['a']?.arrival_rps).toBeCloseTo(7.5, 9);
    expect(found.nodes['b']?.arrival_rps).toBeCloseTo(2.5, 9);
    expect(found.journeys['j']?.mean_ms.value ?? 0).toBeCloseTo(0.75 * 101 + 0.25 * 21, 0);
    expect(found.journeys['j']?.dies_if).toEqual([]);
    const both = two({}, {});
    expect(both.nodes['b']?.arrival_rps).toBeCloseTo(10, 9);
    expect(found.journeys['j']?.availability.value ?? 0).toBeGreaterThan(both.journeys['j']?.availability.value ?? 1);
  });

  test('that read take the reads, those that write the writes', () => {
    const found = two({ op: 'read' }, { op: 'write' });
    expect(found.nodes['a']?.reads_rps).toBeCloseTo(8, 9);
    expect(found.nodes['a']?.writes_rps).toBe(0);
    expect(found.nodes['b']?.writes_rps).toBeCloseTo(2, 9);
    expect(found.journeys['j']?.mean_ms.value ?? 0).toBeCloseTo(0.8 * 101 + 0.2 * 21, 0);
  });
});
