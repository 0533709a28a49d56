import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { design, type DesignBuilder } from '../../tests/support/design-builder.ts';
import type { Params } from '../model/design.ts';
import { solveAvailability } from './availability/solve-availability.ts';
import { compileDesign } from './compile/compile.ts';
import { evaluate } from './evaluate.ts';
import { hottestShare } from './math/shards.ts';
import { solveContext } from './pipeline.ts';

/** The performance stages of one drawing. */
function solve(drawn: DesignBuilder, multiple = 1) {
  const compiled = compileDesign(drawn.build(), catalog);
  const context = solveContext(compiled, multiple);
  const { flows, stations, latency } = context;
  const node = (id: string): number => compiled.graph.nodeById.get(id)?.index ?? -1;
  const edge = (id: string): number => compiled.graph.edgeById.get(id)?.index ?? -1;
  return {
    compiled, flows, stations, latency, node, edge,
    arrivals: (id: string): number => (flows.nodeReads[node(id)] ?? 0) + (flows.nodeWrites[node(id)] ?? 0),
    station: (id: string) => stations.stations[node(id)],
    load: (id: string, resource: string): number | undefined => stations.stations[node(id)]?.resources.find((state) => state.resource === resource)?.utilisation,
    headroom: () => context.headroom,
    /** Share of the first journey's requests that the load leaves answered. */
    answered: () => solveAvailability(context).journeys[0]?.performance,
  };
}

describe('retries', () => {
  const drawn = (rate: number, params: Params): DesignBuilder => design().client('c').service('a', { instances: 40 }).service('b', { instances: 1, vcpu: 1, workers: 1, cpu_ms: 10 })
    .connect('c', 'a').connect('a', 'b', params).journey('j', { rate_rps: rate, entry: 'c>a', op: 'read' });

  test('without failures nobody tries again; a stated error rate adds its attempts', () => {
    expect(solve(drawn(50, { retries: 3 })).arrivals('b')).toBeCloseTo(50, 9);
    // 1 + .2 + .04 + .008 attempts
    expect(solve(drawn(50, { retries: 3, error_rate: 0.2 })).arrivals('b')).toBeCloseTo(50 * 1.248, 6);
    expect(solve(drawn(50, { retries: 3, error_rate: 0.2, retry_budget: 0.1 })).arrivals('b')).toBeCloseTo(55, 6);
  });

  test('an overload feeds itself: attempts settle where failures and load agree', () => {
    const found = solve(drawn(150, { retries: 2 }));
    const rho = found.arrivals('b') / 100;
    const p = 1 - 1 / rho;
    expect(found.flows.retries?.settled).toBe(true);
    expect(rho).toBeCloseTo(1.5 * (1 + p + p * p), 6);
    expect(found.answered()).toBeCloseTo(100 / 150, 6);
    expect(found.headroom().nodes[found.node('b')]?.breaks).toBeCloseTo(100 / 150, 6);
  });

  test('with timeouts a burst leaves it stuck at a load that it carries otherwise: said on the callee', () => {
    const stuck = solve(drawn(60, { retries: 3, timeout_ms: 200 })).station('b')?.evidence;
    expect(stuck?.['metastable']).toBe(1);
    expect(stuck?.['retry_attempts']).toBeCloseTo(1, 2);
    expect(solve(drawn(20, { retries: 3, timeout_ms: 200 })).station('b')?.evidence['metastable']).toBeUndefined();
    expect(solve(drawn(60, { retries: 3, timeout_ms: 200, retry_budget: 0.1 })).station('b')?.evidence['metastable']).toBeUndefined();
    // refusals alone waste no work: what is served is served
    expect(solve(drawn(60, { retries: 3 })).station('b')?.evidence['metastable']).toBeUndefined();
  });

  test('a timeout counts what is slower than it, and attempts forgive it', () => {
    const slow = solve(drawn(50, { timeout_ms: 30 }));
    const share = slow.latency.timeouts[slow.edge('a>b')] ?? 0;
    expect(share).toBeGreaterThan(0.05);
    expect(slow.answered()).toBeCloseTo(1 - share, 9);
    const again = solve(drawn(20, { timeout_ms: 30, retries: 1 }));
    const later = again.latency.timeouts[again.edge('a>b')] ?? 0;
    expect(again.answered()).toBeCloseTo(1 - later * later, 6);
    expect(again.latency.journeys[0]?.p99S ?? 0).toBeGreaterThan(0.03);
  });

  test('more retries never lower the load', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 300, noNaN: true }), fc.integer({ min: 0, max: 5 }), (rate, retries) => {
      const less = solve(drawn(rate, { retries })).arrivals('b');
      expect(solve(drawn(rate, { retries: retries + 1 })).arrivals('b')).toBeGreaterThanOrEqual(less * (1 - 1e-6));
      expect(less).toBeLessThanOrEqual(rate * (retries + 1) * (1 + 1e-9));
    }), { numRuns: 60, seed: 3 });
  });
});

describe('pools and bulkheads', () => {
  test('a pool of two for a thousand requests makes them wait, a pool of fifteen does not', () => {
    const drawn = (pool_size: number) => solve(design().client('c').service('api', { instances: 1, workers: 1 }).rdbms('db').connect('c', 'api').connect('api', 'db', { pool_size, max_overflow: 0 })
      .journey('j', { rate_rps: 150, entry: 'c>api', op: 'read' }));
    const small = drawn(1);
    const large = drawn(15);
    const pool = small.stations.pools[small.edge('api>db')];
    expect(pool?.utilisation).toBeCloseTo(15 * (large.stations.pools[large.edge('api>db')]?.utilisation ?? 0), 9);
    expect(pool?.waitS).toBeGreaterThan(0);
    expect(small.latency.journeys[0]?.meanS ?? 0).toBeCloseTo((large.latency.journeys[0]?.meanS ?? 0) + (pool?.waitS ?? 0), 6);
  });

  test('a full bulkhead refuses by Erlang B', () => {
    const found = solve(design().client('c').service('a', { instances: 1 }).node('external-api', 'x', { latency_ms: 100 }).connect('c', 'a').connect('a', 'x', { bulkhead_slots: 1, op: 'read', request_kb: 2 })
      .journey('j', { rate_rps: 10, entry: 'c>a', op: 'read' }));
    const pool = found.stations.pools[found.edge('a>x')];
    const busy = pool?.utilisation ?? 0;
    expect(busy).toBeGreaterThan(0.9);
    expect(pool?.refused).toBeCloseTo(busy / (1 + busy), 9);
    expect(found.answered()).toBeLessThan(0.6);
  });
});

describe('copies, shards and regions', () => {
  test('several replicas share the reads, the source takes the writes', () => {
    const drawn = design().client('c').service('api').rdbms('p').rdbms('r1').rdbms('r2').chain('c', 'api', 'p').chain('api', 'r1').chain('api', 'r2').chain('p', 'r1').chain('p', 'r2');
    const found = solve(drawn);
    expect([found.arrivals('p'), found.arrivals('r1'), found.arrivals('r2')].map(Math.round)).toEqual([10, 45, 45]);
    expect(found.station('r1')?.lagS).toBeGreaterThan(0);
  });

  test('two primaries take half each and apply each other', () => {
    const found = solve(design().client('c').service('api').rdbms('p').rdbms('q').chain('c', 'api', 'p').chain('api', 'q').chain('p', 'q').chain('q', 'p'));
    expect([found.arrivals('p'), found.arrivals('q')]).toEqual([50, 50]);
    const alone = solve(design().client('c').service('api').rdbms('p').chain('c', 'api', 'p').workload({ peak_rps: 50 }));
    expect(found.load('p', 'cpu') ?? 0).toBeGreaterThan(alone.load('p', 'cpu') ?? 1);
  });

  test('a synchronous copy in another region costs each write its round trip', () => {
    const drawn = (mode: string) => {
      const built = design().boundary('us', 'region').boundary('eu', 'region').client('c').service('api').rdbms('p').rdbms('r').chain('c', 'api', 'p').connect('p', 'r', { replicate_mode: mode }).journey('j', { rate_rps: 1, entry: 'c>api', op: 'write' }).build();
      for (const [id, node] of Object.entries(built.nodes)) built.nodes[id] = { ...node, boundary: id === 'r' ? 'eu' : 'us' };
      return evaluate(built, catalog).journeys['j']?.mean_ms.value ?? 0;
    };
    expect(drawn('sync') - drawn('async')).toBeCloseTo(80, 0);
  });

  test('shards share by popularity, by places, by stated weights', () => {
    const sharded = (params: Params, entity: Record<string, unknown> = {}, weights: readonly number[] = []) => {
      const built = design().client('c').service('api').node('shard-router', 'r').connect('c', 'api').connect('api', 'r', { entity: 'user', ...params }, { kind: 'db' });
      for (let i = 0; i < 4; i++) built.rdbms(`d${i}`).connect('r', `d${i}`, weights.length > 0 ? { weight: weights[i] ?? 0 } : {});
      built.entity('user', 'd0', { keys: 1000, zipf_s: 1, ...entity }).journey('j', { rate_rps: 100, entry: 'c>api', op: 'read' });
      const found = solve(built);
      return [0, 1, 2, 3].map((i) => found.arrivals(`d${i}`)).sort((a, b) => b - a);
    };
    const hot = 100 * hottestShare(1000, 1, 4);
    expect(sharded({})[0]).toBeCloseTo(hot, 9);
    expect(sharded({}).reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(100, 9);
    expect(sharded({}, { geo_weights: [0.4, 0.3, 0.2, 0.1] }).map(Math.round)).toEqual([40, 30, 20, 10]);
    expect(sharded({}, {}, [1, 1, 1, 7]).map(Math.round)).toEqual([70, 10, 10, 10]);
    // a fifth of the reads ask all four
    expect(sharded({ scatter_fraction: 0.2 }).reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(160, 9);
  });

  test('scatter reads wait for the slowest shard, two-shard writes take twice as long', () => {
    const at = (op: 'read' | 'write', params: Params) => solve(design().client('c').service('api').rdbms('db', { shards: 8 }).connect('c', 'api').connect('api', 'db', params).journey('j', { rate_rps: 10, entry: 'c>api', op }));
    expect(at('read', { scatter_fraction: 1 }).latency.journeys[0]?.meanS ?? 0).toBeGreaterThan((at('read', {}).latency.journeys[0]?.meanS ?? 0) * 1.05);
    expect(at('read', { scatter_fraction: 1 }).load('db', 'cpu') ?? 0).toBeGreaterThan(2 * (at('read', {}).load('db', 'cpu') ?? 1));
    expect(at('write', { cross_shard_txn_fraction: 1 }).load('db', 'cpu') ?? 0).toBeCloseTo(2 * (at('write', {}).load('db', 'cpu') ?? 0), 9);
  });

  test('clients go to their own region, or all to one while it can', () => {
    const drawn = (params: Params, region: string) => {
      const built = design().boundary('us', 'region').boundary('eu', 'region').client('c', { region }).node('dns', 'd').balancer('l1').balancer('l2').service('s1').service('s2');
      built.chain('c', 'd').connect('d', 'l1', params).connect('d', 'l2', params).chain('l1', 's1').chain('l2', 's2');
      const done = built.build();
      for (const [id, boundary] of [['l1', 'us'], ['s1', 'us'], ['l2', 'eu'], ['s2', 'eu']] as const) done.nodes[id] = { ...(done.nodes[id] as (typeof done.nodes)[string]), boundary };
      const result = evaluate(done, catalog);
      return [result.nodes['s1']?.arrival_rps, result.nodes['s2']?.arrival_rps];
    };
    expect(drawn({}, '')).toEqual([50, 50]);
    expect(drawn({}, 'eu')).toEqual([0, 100]);
    expect([...drawn({ geo_policy: 'failover' }, 'eu')].sort()).toEqual([0, 100]);
  });
});

describe('messages, connections and limits', () => {
  test('a log has one consumer for each partition', () => {
    const at = (partitions: number) => solve(design().client('c').service('api').node('kafka', 'k', { partitions }).celery('w', { instances: 4, vcpu: 4, concurrency: 4, task_cpu_s: 0.01, task_io_s: 0.09 })
      .chain('c', 'api', 'k', 'w').journey('j', { rate_rps: 20, entry: 'c>api', op: 'write' }));
    expect(at(4).station('w')?.capacity).toBeCloseTo(40, 6);
    expect(at(4).load('w', 'partitions')).toBeCloseTo(0.5, 6);
    expect(at(64).load('w', 'slots')).toBeCloseTo(20 / 160, 6);
  });

  test('a batch waits for its window, failing messages come again', () => {
    const at = (params: Params) => solve(design().client('c').service('api').rabbitmq('q').celery('w', { task_cpu_s: 0.01, task_io_s: 0 }).chain('c', 'api', 'q').connect('q', 'w', params).journey('j', { rate_rps: 1, entry: 'c>api', op: 'write', done_quantile: 0.5 }));
    const done = (params: Params) => at(params).latency.journeys[0]?.done?.quantileS ?? 0;
    expect(done({ batch: 100, batch_window_s: 20 }) - done({ batch: 100 })).toBeGreaterThan(7);
    expect(done({ batch: 100, batch_window_s: 20 }) - done({ batch: 100 })).toBeLessThan(12);
    expect(at({ error_rate: 0.5, max_receive: 3 }).arrivals('w')).toBeCloseTo(1.75, 9);
  });

  test('a quota throttles a worker and fails a request', () => {
    const worker = solve(design().client('c').service('api').rabbitmq('q').celery('w', { task_cpu_s: 0.001, task_io_s: 0 }).node('external-api', 'x', { quota_rps: 5 }).chain('c', 'api', 'q', 'w', 'x').journey('j', { rate_rps: 10, entry: 'c>api', op: 'write' }));
    expect(worker.load('w', 'quota')).toBeCloseTo(2, 9);
    expect(worker.station('w')?.capacity).toBeCloseTo(5, 9);
    expect(worker.answered()).toBe(1);
    const direct = solve(design().client('c').service('api').node('external-api', 'x', { quota_rps: 5 }).chain('c', 'api', 'x').journey('j', { rate_rps: 10, entry: 'c>api', op: 'write' }));
    expect(direct.answered()).toBeCloseTo(0.5, 9);
  });

  test('pushes travel the connection back and load nobody', () => {
    const drawn = design().client('c').service('chat').connect('c', 'chat', { connections: 30_000 }, { kind: 'ws' }).journey('j', { rate_rps: 10, entry: 'c>chat', op: 'write', steps: [{ edge: 'c>chat', push: true, calls: 3, response_kb: 1 }] });
    const found = solve(drawn);
    expect(found.flows.edgeWrites[found.edge('c>chat')]).toBeCloseTo(40, 9);
    expect(found.arrivals('chat')).toBeCloseTo(10, 9);
    expect(found.load('chat', 'conn') ?? found.load('chat', 'cpu')).toBeGreaterThan(0);
  });

  test('a surge is checked apart: utilisation on the way, backlog behind a broker', () => {
    const drawn = design().client('c').service('api').rabbitmq('q').celery('w', { instances: 1, vcpu: 1, concurrency: 1, task_cpu_s: 0.1, task_io_s: 0 }).chain('c', 'api', 'q', 'w').journey('j', { rate_rps: 5, entry: 'c>api', op: 'write' }).workload({ burst: { factor: 4, duration_s: 60 } });
    const found = solve(drawn);
    expect(found.station('w')?.evidence).toMatchObject({ burst_backlog: (20 - 10) * 60, burst_delay_s: 60 });
    expect(found.station('api')?.evidence['burst_utilisation']).toBeCloseTo(4 * (found.load('api', 'cpu') ?? 0), 9);
  });

  test('what no formula answers is said with its target', () => {
    const drawn = design().client('c').service('api').rabbitmq('q').celery('w').chain('c', 'api').connect('api', 'q', { calls_cs2: 2, bulkhead_slots: 2, retries: 1 }).chain('q', 'w');
    expect(evaluate(drawn.build(), catalog).not_modelled.filter(({ target }) => target === 'api>q')).toHaveLength(2);
  });
});
