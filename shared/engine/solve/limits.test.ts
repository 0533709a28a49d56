import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

const evaluated = (drawn: DesignBuilder, multiple = 1): Evaluation => evaluate(drawn.build(), catalog, { multiple });
const loadOf = (found: Evaluation, node: string, resource: string): number | undefined => found.nodes[node]?.resources.find((other) => other.resource === resource)?.utilisation;

describe('processors shared by more requests than cores', () => {
  const parallel = (framework: Params): DesignBuilder => {
    return design().client('c').service('api', { instances: 1, vcpu: 4, cpu_ms: 20, ...framework }).chain('c', 'api').journey('j', { rate_rps: 180, entry: 'c>api', op: 'read' });
  };

  test.each([
    ['Spring', { framework: 'spring', worker_class: 'gthread', threads: 200 }],
    ['Go', { framework: 'go', worker_class: 'asgi', worker_connections: 10_000 }],
    ['ASP.NET', { framework: 'aspnet', worker_class: 'asgi', worker_connections: 10_000 }],
  ])('%s at 90 %% of four cores waits as M/M/4 does', (_, params) => {
    const waitS = evaluated(parallel(params)).nodes['api']?.evidence['cpu_wait_s'] ?? 0;
    // Erlang C of 3.6 on 4 servers is .7878; the wait is C S / (c - a)
    expect(waitS).toBeCloseTo((0.7878 * 0.02) / 0.4, 3);
  });
});

describe('open connections', () => {
  const chat = (type: string, connections: number, params: Params = {}): DesignBuilder => {
    return design().client('c').node(type, 'chat', { instances: 2, vcpu: 2, ...params }).connect('c', 'chat', { connections }, { kind: 'ws' }).journey('j', { rate_rps: 10, entry: 'c>chat', op: 'write' });
  };

  test.each(['service', 'monolith', 'gateway-fastapi', 'gateway-kong', 'nginx'])('bind a %s', (type) => {
    // 2 x 2 x 15 000 can be held
    const found = evaluated(chat(type, 54_000, { conn_per_vcpu: 15_000 }));
    expect(loadOf(found, 'chat', 'conn')).toBeCloseTo(0.9, 9);
    expect(found.nodes['chat']).toMatchObject({ binding: 'conn', saturated: false });
    expect(found.nodes['chat']?.headroom.value).toBeCloseTo(0.85 / 0.9, 6);
    expect(evaluated(chat(type, 54_000, { conn_per_vcpu: 15_000 }), 2).nodes['chat']?.saturated).toBe(true);
  });

  test('are none without a connection that stays open', () => {
    expect(loadOf(evaluated(design().client('c').service('chat').chain('c', 'chat')), 'chat', 'conn')).toBeUndefined();
  });
});

describe('connections to a database', () => {
  const stream = (params: Params): DesignBuilder => {
    return design().client('c').service('api').node('kafka', 'log', { partitions: 12 }).node('faust-worker', 'w', { instances: 3, vcpu: 2, ...params }).rdbms('db').chain('c', 'api', 'log', 'w')
      .connect('w', 'db', { pool_size: 5, max_overflow: 10 });
  };

  test('are opened by the processes of a stream processor, not by its events in hand', () => {
    const unstated = evaluated(stream({}));
    expect(unstated.nodes['db']?.evidence['connections']).toBe(3 * 2 * 15);
    expect(evaluated(stream({ processes: 1, concurrency: 500 })).nodes['db']?.evidence['connections']).toBe(3 * 15);
  });

  test('a process never waits for more connections than it has partitions in hand', () => {
    expect(evaluated(stream({})).journeys).toEqual(evaluated(stream({ concurrency: 4 })).journeys);
  });
});

describe('code inside its caller', () => {
  const routed = (router: Params, edge: Params = {}): DesignBuilder => {
    return design().client('c').service('api').node('shard-router', 'route', router).rdbms('a').rdbms('b').connect('c', 'api').connect('api', 'route', edge).connect('route', 'a').connect('route', 'b');
  };
  const p50 = (drawn: DesignBuilder): number => Object.values(evaluated(drawn).journeys)[0]?.p50_ms.value ?? 0;

  test('is reached without a network; a proxy is a hop', () => {
    expect(p50(routed({ variant: 'library' }))).toBeCloseTo(p50(routed({ variant: 'library' }, { network_class: 'in_process' })), 9);
    expect(p50(routed({ variant: 'proxy', latency_ms: 0 })) - p50(routed({ variant: 'library' }))).toBeGreaterThan(0.4);
  });

  test('stands where its callers stand: a network that is stated stays', () => {
    expect(p50(routed({ variant: 'library' }, { network_class: 'cross_region' })) - p50(routed({ variant: 'library' }))).toBeGreaterThan(70);
    const direct = evaluated(design().client('c').service('api').rdbms('a').chain('c', 'api', 'a'));
    const through = evaluated(design().client('c').service('api').node('shard-router', 'route', { variant: 'library' }).rdbms('a').chain('c', 'api', 'route', 'a'));
    expect(Object.values(through.journeys)[0]?.p50_ms.value).toBeCloseTo(Object.values(direct.journeys)[0]?.p50_ms.value ?? 0, 6);
    expect(through.cost.usd_month).toBeCloseTo(direct.cost.usd_month, 6);
  });
});

describe('a limit that is counted once for all', () => {
  const p50 = (type: string, policy: string, drawn: boolean): number => {
    const built = design().client('c').node(type, 'gate', { rate_limit: { rps: 1e6, policy } }).service('api').chain('c', 'gate', 'api');
    return Object.values(evaluated(drawn ? built.redis('count', { roles: ['rate_limiter'] }).connect('gate', 'count') : built).journeys)[0]?.p50_ms.value ?? 0;
  };

  test.each(['gateway-kong', 'nginx', 'gateway-fastapi'])('by %s takes a call of 0.8 ms, or one to the store that is drawn for it', (type) => {
    expect(p50(type, 'shared', false) - p50(type, 'local', false)).toBeCloseTo(0.8, 2);
    expect(p50(type, 'shared', true)).toBeCloseTo(p50(type, 'local', true), 9);
  });
});

describe('a dead-letter queue', () => {
  const drawn = (error_rate: number, kind?: 'consume'): DesignBuilder => {
    return design().client('c').service('api').rabbitmq('q').celery('w', { task_cpu_s: 0.01, task_io_s: 0 }).node('dlq', 'failed').chain('c', 'api', 'q')
      .connect('q', 'w', { error_rate, max_receive: 3 }).connect('q', 'failed', {}, kind ? { kind } : {});
  };
  const said = (found: Evaluation): number => found.not_modelled.filter(({ target }) => target === 'failed').length;

  test('takes no share of the messages, however it is drawn, and is a way out for those that fail', () => {
    const found = evaluated(drawn(0, 'consume'));
    expect(found.nodes['failed']?.arrival_rps).toBe(0);
    expect(found.nodes['w']?.arrival_rps).toBe(evaluated(drawn(0)).nodes['w']?.arrival_rps);
    expect(found.findings.filter(({ rule }) => rule === 'missing-dlq')).toEqual([]);
  });

  test('says that what arrives is not computed, only where something fails and is connected', () => {
    expect(said(evaluated(drawn(0)))).toBe(0);
    expect(said(evaluated(drawn(0.1)))).toBe(1);
    expect(said(evaluated(design().client('c').service('api').rabbitmq('q').celery('w').node('dlq', 'failed').chain('c', 'api', 'q').connect('q', 'w', { error_rate: 0.1 })))).toBe(0);
  });
});

describe('a queue that never empties', () => {
  test('is told in words', () => {
    const found = evaluated(design().client('c').service('api').rabbitmq('q').celery('w', { instances: 1, task_io_s: 0 }).chain('c', 'api', 'q', 'w').workload({ peak_rps: 100 }));
    const messages = found.findings.filter(({ rule }) => rule === 'consumer-deficit').map(({ message }) => message);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain('never empties');
    expect(JSON.stringify(found.findings)).not.toMatch(/\d[kMGT]? years/);
    expect(found.nodes['q']?.backlog?.drain_s).toEqual({ value: null, state: 'unbounded' });
  });

  test('nor where the average is all that the workers do, but for rounding', () => {
    // the average is 1/3 of the peak: 30 a second against 3 x 10 slots of a second
    const found = evaluated(design().client('c').service('api').rabbitmq('q').celery('w', { instances: 3, vcpu: 10, concurrency: 10, task_cpu_s: 0, task_io_s: 1 }).chain('c', 'api', 'q', 'w').journey('j', { rate_rps: 90 * (1 - 1e-13), entry: 'c>api', op: 'write' }));
    expect(found.nodes['q']?.backlog?.drain_s.state).toBe('unbounded');
    expect(JSON.stringify(found.findings)).not.toMatch(/\d[kMGT]? years/);
  });
});
