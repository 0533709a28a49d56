import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

const tier = (db: Params = {}): DesignBuilder => design().client('c').service('api', { instances: 40 }).rdbms('db', db).chain('c', 'api', 'db').workload({ peak_rps: 5000, read_fraction: 1 });
const cached = (edge: Params = {}, cache: Params = {}): DesignBuilder => tier().redis('cache', cache).connect('api', 'cache', edge);

function evidence(drawn: DesignBuilder): Readonly<Record<string, number>> {
  const { edges } = evaluate(drawn.build(), catalog);
  return Object.values(edges).find(({ kind }) => kind === 'db')?.evidence ?? {};
}

const busy = (drawn: DesignBuilder): number => evaluate(drawn.build(), catalog).nodes['db']?.utilisation ?? 0;

test('the most popular of three keys is loaded by all that ask for it while it is loaded', () => {
  const found = evidence(cached().entity('link', 'db', { keys: 3, zipf_s: 1 }));
  expect(found['hottest_key_rps']).toBeCloseTo((5000 * 6) / 11, 6);
  expect(found['reloads']).toBeCloseTo(1 + (found['hottest_key_rps'] ?? 0) * (found['reload_s'] ?? 0), 12);
  expect(found['reload_s']).toBeGreaterThan(0.001);
  expect(found['reload_s']).toBeLessThan(0.002);
});

test('nothing is loaded again where no key expires and no write deletes one', () => {
  expect(evidence(cached({}, { ttl_s: 0 }))['reloads']).toBeUndefined();
});

test('with all keys expired a database is as busy as without the cache', () => {
  expect(evidence(cached({ bulk_loaded: true }))['expired_utilisation']).toBeCloseTo(busy(tier()), 9);
  expect(evidence(cached())['expired_utilisation']).toBeUndefined();
});

test('look-ups of missing keys take what the database is busier by than with answers for them', () => {
  const drawn = (negative_cache: boolean): DesignBuilder => cached({ negative_cache }).entity('link', 'db', { miss_nonexistent_fraction: 0.2 });
  const found = evidence(drawn(false));
  expect(found['missing_rps']).toBeCloseTo(1000, 9);
  expect(found['missing_utilisation']).toBeCloseTo(busy(drawn(false)) - busy(drawn(true)), 9);
  expect(evidence(drawn(true))['missing_utilisation']).toBeUndefined();
});

test('behind two caches nothing is said: the second answers what expires in the first', () => {
  expect(evidence(cached({ bulk_loaded: true }).redis('near', { latency_ms: 0.1 }).connect('api', 'near'))['reloads']).toBeUndefined();
});
