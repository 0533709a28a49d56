import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';
import { mvaClosed } from '../math/mva.ts';

const evidence = (drawn: DesignBuilder, id: string, multiple = 1): Readonly<Record<string, number>> => evaluate(drawn.build(), catalog, { multiple }).nodes[id]?.evidence ?? {};

test('partitions: max(T/t_produce, T/t_consume, consumers)', () => {
  const log = (kafka: Params, worker: Params, connection: Params = {}): number | undefined => evidence(design().client('c').service('api').node('kafka', 'log', kafka).node('faust-worker', 'w', worker)
    .chain('c', 'api', 'log').connect('log', 'w', connection).journey('j', { rate_rps: 900, entry: 'c>api', op: 'write' }), 'log')['partitions_needed'];
  // 900 a second of 10 ms each are nine busy consumers
  expect(log({ partitions: 12 }, { instances: 3, cpu_ms: 10 })).toBe(9);
  expect(log({ partitions: 12 }, { instances: 3, cpu_ms: 10 }, { batch: 3 })).toBe(3);
  expect(log({ partitions: 12 }, { instances: 15, cpu_ms: 10 })).toBe(15);
  // 100 KB/s of messages of 2 KB: 50 a second in each partition
  expect(log({ partitions: 12, partition_mb_s: 0.1, message_kb: 2 }, { instances: 3, cpu_ms: 10 })).toBe(18);
});

test('what waits after half an hour without consumers, and how long nothing is lost', () => {
  const queue = (sqs: Params): Readonly<Record<string, number>> => evidence(design().client('c').service('api').node('sqs', 'q', sqs).celery('w', { instances: 40, task_cpu_s: 0.1, task_io_s: 0 }).connect('c', 'api').connect('api', 'q', { payload_kb: 5 }).connect('q', 'w')
    .journey('j', { rate_rps: 20, entry: 'c>api', op: 'write' }), 'q');
  const found = queue({});
  expect(found['outage_backlog']).toBeCloseTo(20 * 1800, 6);
  expect(found['outage_backlog_gb']).toBeCloseTo((20 * 1800 * 5) / 1e6, 6);
  expect(found['outage_most_s']).toBe(4 * 86_400);
  expect(evidence(design().client('c').service('api').rabbitmq('q', { max_length: 6000 }).celery('w', { instances: 40 }).chain('c', 'api', 'q', 'w').journey('j', { rate_rps: 20, entry: 'c>api', op: 'write' }), 'q')['outage_most_s']).toBeCloseTo(300, 6);
});

const asked = (connection: Params, db: Params = {}, api: Params = {}): DesignBuilder => design().client('c').service('api', { instances: 2, vcpu: 2, workers: 2, ...api }).rdbms('db', { vcpu: 2, read_cpu_ms: 4, read_miss: 0.5, io_ms: 1, iops: 1000, ...db })
  .chain('c', 'api').connect('api', 'db', { pool_size: 2, max_overflow: 1, network_class: 'same_zone', ...connection }).journey('j', { rate_rps: 50, entry: 'c>api', op: 'read' });

test('callers behind pools are a closed network of cores and disk', () => {
  const found = evidence(asked({}), 'db');
  // four processes of three connections; 4 ms on two cores, half a page of 1/1000 s, half an access of 1 ms and the trip
  const trip = (found['pooled_calls'] ?? 0) / (found['pooled_rps'] ?? 1) - (found['pooled_response_s'] ?? 0);
  expect(found['pooled_calls']).toBe(12);
  expect(trip).toBeGreaterThan(0.0005);
  expect(found['pooled_rps']).toBeCloseTo(mvaClosed(12, [0.004, 0.0005], [1, 1], trip + 0.0005, [2, 1]).X, 6);
  // (4 + .5 + .5 ms + trip) / 2 ms
  expect(found['pooled_enough']).toBe(Math.ceil((0.005 + trip) / 0.002));
  // the load does not matter, the number of connections does: one is never waited for, many are as fast as two cores
  expect(evidence(asked({}), 'db', 3)['pooled_rps']).toBeCloseTo(found['pooled_rps'] ?? 0, 9);
  const single = evidence(asked({ pool_size: 1, max_overflow: 0 }, {}, { instances: 1, workers: 1 }), 'db');
  expect(single['pooled_rps']).toBeCloseTo(1 / (0.005 + trip), 6);
  expect(evidence(asked({ pool_size: 200 }), 'db')['pooled_rps']).toBeCloseTo(500, 9);
  // a sync worker never holds more connections than requests
  expect(evidence(asked({}, {}, { worker_class: 'sync', threads: 1 }), 'db')['pooled_calls']).toBe(4);
  for (const db of [{ replicas: 1 }, { shards: 2 }] as readonly Params[]) expect(evidence(asked({}, db), 'db')).not.toHaveProperty('pooled_rps');
  expect(evidence(asked({ pool_size: 0, max_overflow: 0 }), 'db')).not.toHaveProperty('pooled_rps');
});

test('a backfill is as fast as the job, or as 70 % of the database allow, with both forms written', () => {
  const filled = (job: Params, rate: number): Readonly<Record<string, number>> => evidence(design().client('c').service('api').rdbms('db', { vcpu: 2, write_cpu_ms: 1, iops: 1e6 }).node('ci-migrations', 'm', job).chain('c', 'api', 'db').connect('m', 'db')
    .entity('orders', 'db', { initial_rows: 1e6 }).journey('j', { rate_rps: rate, entry: 'c>api', op: 'write' }), 'db');
  // 100 writes a second are 5 % of two cores, 10 % while both forms are written; 1000 more are 50 %
  expect(filled({ backfill_rows_s: 1000 }, 100)).toMatchObject({ backfill_s: expect.closeTo(1000, 6), backfill_utilisation: expect.closeTo(0.6, 9) });
  expect(filled({ backfill_rows_s: 5000 }, 100)).toMatchObject({ backfill_s: expect.closeTo(1e6 / 1200, 6), backfill_utilisation: expect.closeTo(0.7, 9) });
  expect(filled({}, 800)).not.toHaveProperty('backfill_s');
  expect(filled({}, 800)['backfill_utilisation']).toBeCloseTo(0.8, 9);
});

test('a FIFO queue lets one consumer work on each message group', () => {
  const busy = (keys: number, sqs: Params = { variant: 'fifo' }): Readonly<Record<string, number>> => Object.fromEntries((evaluate(design().client('c').service('api').node('sqs', 'q', sqs).celery('w', { instances: 4, vcpu: 2, task_cpu_s: 0.1, task_io_s: 0 })
    .connect('c', 'api').connect('api', 'q', { key: 'shop' }).connect('q', 'w').entity('shop', 'q', { keys, zipf_s: 0 }).journey('j', { rate_rps: 30, entry: 'c>api', op: 'write' }).build(), catalog).nodes['w']?.resources ?? []).map(({ resource, utilisation }) => [resource, utilisation]));
  // eight consumers of three busy ones; five groups let five of them work
  expect(busy(8)['slots']).toBeCloseTo(3 / 8, 9);
  expect(busy(5)).toMatchObject({ partitions: expect.closeTo(3 / 5, 9) });
  expect(busy(2)['partitions']).toBeCloseTo(1.5, 9);
  expect(busy(2, { variant: 'standard' })).not.toHaveProperty('partitions');
});

test('what would be enough: shards that count, environments, and the rate at which machines pay', () => {
  const sharded = evidence(asked({}, { shards: 4, placement: 'geo', geo_weights: [0.4, 0.3, 0.2, 0.1] }), 'db');
  expect(sharded['effective_shards']).toBeCloseTo(2.5, 9);
  const fn = evidence(design().client('c').node('lambda', 'fn', { memory_mb: 512, cpu_ms: 0, io_ms: 100 }).chain('c', 'fn').workload({ peak_rps: 250 }), 'fn');
  // 25 at a time and three deviations; 512 MB and 100 ms are $1.03 a million, two machines of two cores $140
  expect(fn['provisioned_enough']).toBe(40);
  expect(fn['break_even_rps']).toBeCloseTo(52, -0.3);
});

test('a burst of calls meets the ramp, what is kept ready, and the limit', () => {
  // 10 at a time, ten times as many in the burst: 100
  const refused = (fn: Params, duration_s: number): Readonly<Record<string, number>> => evidence(design().client('c').node('lambda', 'fn', { memory_mb: 1769, cpu_ms: 0, io_ms: 100, ramp_per_s: 4, ...fn }).chain('c', 'fn').workload({ peak_rps: 100, burst: { factor: 10, duration_s } }), 'fn');
  expect(refused({}, 10)).toMatchObject({ burst_throttled_share: expect.closeTo(0.5, 9), burst_over_limit_share: 0, burst_cold_share: 0.9, burst_provisioned_enough: 130 });
  expect(refused({ provisioned: 30 }, 10)['burst_throttled_share']).toBeCloseTo(0.3, 9);
  expect(refused({ reserved: 20 }, 10)['burst_over_limit_share']).toBeCloseTo(0.8, 9);
  expect(refused({}, 60)['burst_throttled_share']).toBe(0);
});

test('a database whose hot data outgrow its memory reads from disk', () => {
  const reads = (item_kb: number): number => evaluate(asked({}).entity('orders', 'db', { keys: 1e6, item_kb }).build(), catalog).nodes['db']?.resources.find(({ resource }) => resource === 'io')?.utilisation ?? 0;
  // 8 GB of memory hold 6; 9 miss half of what did not, 12 everything
  const gb = 1024 ** 2 / 1e6;
  expect(reads(gb)).toBeCloseTo(0.5 * 0.05, 9);
  expect(reads(6 * gb)).toBeCloseTo(0.5 * 0.05, 9);
  expect(reads(9 * gb)).toBeCloseTo(0.75 * 0.05, 9);
  expect(reads(20 * gb)).toBeCloseTo(0.05, 9);
});
