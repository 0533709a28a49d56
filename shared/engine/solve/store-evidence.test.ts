import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import { evaluate } from '../evaluate.ts';

const evidence = (drawn: DesignBuilder, id: string, multiple = 1): Readonly<Record<string, number>> => evaluate(drawn.build(), catalog, { multiple }).nodes[id]?.evidence ?? {};

test('one of three rankings gets six elevenths of all operations, however many shards there are', () => {
  const board = (shards: number): DesignBuilder => design().client('c').service('api', { instances: 20 }).redis('board', { roles: ['leaderboard'], ops_per_s: 1000, shards })
    .chain('c', 'api', 'board').entity('ranking', 'board', { keys: 3, zipf_s: 1 }).workload({ peak_rps: 1100 });
  expect(evidence(board(1), 'board')['hottest_key_rps']).toBeCloseTo(600, 9);
  expect(evidence(board(8), 'board')['hottest_key_utilisation']).toBeCloseTo(0.6, 12);
});

test('the most popular item of a store by key is its share of reads and writes of one partition', () => {
  const drawn = design().client('c').service('api', { instances: 40 }).node('nosql', 'store').chain('c', 'api', 'store').entity('post', 'store', { keys: 3, zipf_s: 1 }).workload({ peak_rps: 1100, read_fraction: 0.5 });
  const found = evidence(drawn, 'store');
  expect(found['hottest_key_rps']).toBeCloseTo(600, 9);
  expect(found['hottest_key_utilisation']).toBeCloseTo(300 / 6000 + 300 / 1000, 12);
});

test('the hottest row is as busy as its lock, and a database whose keys nobody declared has none', () => {
  const drawn = design().client('c').service('api', { instances: 20 }).rdbms('db', { lock_ms: 10 }).chain('c', 'api', 'db').workload({ peak_rps: 1000, read_fraction: 0 });
  expect(evidence(drawn, 'db')['hottest_key_rps']).toBeUndefined();
  const found = evidence(drawn.entity('sku', 'db', { keys: 100, zipf_s: 0 }), 'db');
  expect(found['hottest_key_rps']).toBeCloseTo(10, 9);
  expect(found['hottest_key_utilisation']).toBeCloseTo(0.1, 12);
});

test('grown writes are shares of the largest machine and disk, the same on a dial below the growth wanted', () => {
  const drawn = design().client('c').service('api', { instances: 20 }).rdbms('db', { write_cpu_ms: 1, max_vcpu: 32, max_iops: 63_000 }).chain('c', 'api', 'db').workload({ peak_rps: 1000, read_fraction: 0, growth_target: 3 });
  expect(evidence(drawn, 'db')).toMatchObject({ grown_writes_rps: 3000, grown_write_cpu: 3 / 32, grown_write_io: 0.1 });
  expect(evidence(drawn, 'db', 2)['grown_writes_rps']).toBeCloseTo(3000, 9);
  expect(evidence(drawn, 'db', 6)['grown_writes_rps']).toBeCloseTo(6000, 9);
});
