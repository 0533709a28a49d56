import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import type { PriceBook } from '../../contracts/catalog.ts';
import type { Design, Params } from '../../model/design.ts';
import { compileDesign } from '../compile/compile.ts';
import { evaluate } from '../evaluate.ts';
import { solveContext } from '../pipeline.ts';
import { solveBurden } from './burden.ts';
import { solveCost } from './cost.ts';

const SECONDS = 730 * 3600;

const contextOf = (drawn: Design, multiple = 1) => solveContext(compileDesign(drawn, catalog), multiple);
const costOf = (drawn: Design, multiple = 1, book: PriceBook = catalog.priceBook) => solveCost(contextOf(drawn, multiple), book);
const burdenOf = (drawn: Design) => solveBurden(contextOf(drawn), 0);
const lineOf = (result: ReturnType<typeof costOf>, key: string) => result.cost.items.filter((item) => item.price_key === key).reduce((sum, item) => sum + item.usd_month, 0);
const quantityOf = (result: ReturnType<typeof costOf>, key: string) => result.cost.items.filter((item) => item.price_key === key).reduce((sum, item) => sum + item.quantity, 0);
const withoutTransfer = (result: ReturnType<typeof costOf>) => result.cost.usd_month - lineOf(result, 'cross_az_gb');

const threeBox = () => design().client('c').service('api').rdbms('db').chain('c', 'api', 'db');

function web(app: Record<string, unknown>, db: Record<string, unknown>): DesignBuilder {
  return design().client('c').balancer('lb', { algorithm: 'least_outstanding' })
    .monolith('app', { vcpu: 2, workers: 5, threads: 4, worker_class: 'gthread', cpu_ms: 8, ...app } as never).rdbms('db', { vcpu: 2, storage_gb: 200, iops: 3000, ...db } as never)
    .chain('c', 'lb', 'app').connect('app', 'db').workload({ peak_rps: 400 });
}

describe('known answers before transfer between zones', () => {
  test('three boxes cost $446', () => {
    expect(withoutTransfer(costOf(threeBox().build()))).toBeCloseTo(445.67, 1);
  });

  test('template A costs $1 061', () => {
    expect(withoutTransfer(costOf(web({ instances: 3 }, {}).build()))).toBeCloseTo(1061.28, 1);
  });

  test('template B costs $1 354', () => {
    const drawn = web({ instances: 4 }, { ha: 'multi_az' }).redis('cache', { memory_gb: 3.1, replicas_per_shard: 1, max_items: 10_000, ttl_s: 0 }).connect('app', 'cache').build();
    expect(withoutTransfer(costOf(drawn))).toBeCloseTo(1353.87, 1);
  });

  test('template C costs $5 664 with all bytes at the first tier, and less through the tiers', () => {
    const drawn = web({ instances: 16 }, { ha: 'multi_az', vcpu: 4, iops: 6000, replicas: 1 }).workload({ peak_rps: 2000 })
      .redis('cache', { memory_gb: 6.4, max_items: 50_000, ttl_s: 0 }).connect('app', 'cache').build();
    const result = costOf(drawn);
    const gb = quantityOf(result, 'egress_gb');
    expect(gb).toBeCloseTo((2000 / 3) * SECONDS * 20 / 1e6, 6);
    expect(lineOf(result, 'egress_gb')).toBeCloseTo(10_240 * 0.09 + (gb - 10_240) * 0.085, 6);
    expect(withoutTransfer(result) - lineOf(result, 'egress_gb') + gb * 0.09).toBeCloseTo(5663.78, 1);
  });

  test('bytes between zones: half of the calls of two instances to one database, both ways, on both sides', () => {
    const result = costOf(threeBox().build());
    expect(lineOf(result, 'cross_az_gb')).toBeCloseTo(0.5 * ((100 / 3) * SECONDS * 4 / 1e6) * 2 * 0.01, 9);
    expect(result.cost.usd_month).toBeCloseTo(449.2, 1);
  });

  test('1,000 more requests per second: usage through the tiers, the same as solving for them, and no machine as drawn', () => {
    const before = costOf(threeBox().build());
    const after = costOf(threeBox().build(), 11);
    const more = before.cost.usd_per_1k_rps.value ?? Number.NaN;
    expect(more).toBeCloseTo(after.cost.usage_usd_month - before.cost.usage_usd_month, 6);
    const gb = quantityOf(before, 'egress_gb');
    expect(more).toBeCloseTo(10_240 * 0.09 + (11 * gb - 10_240) * 0.085 - gb * 0.09 + 10 * lineOf(before, 'cross_az_gb'), 6);
    expect(costOf(threeBox().build(), 0).cost.usd_per_1k_rps.value).toBeNull();
  });

  test('1,000 more requests per second of a tier that scales by itself add the average of its further units', () => {
    const drawn = design().client('c').service('api', { cpu_ms: 50, vcpu: 2, autoscale: { min: 1, max: 400, target: 0.6, lag_s: 60 } } as never).connect('c', 'api').workload({ peak_rps: 400 }).build();
    const { fixed_usd_month: machines, usd_per_1k_rps, usage_usd_month: usage } = costOf(drawn).cost;
    const solved = costOf(drawn, 3.5).cost;
    expect(usd_per_1k_rps.value).toBeGreaterThan(solved.usage_usd_month - usage);
    expect(usd_per_1k_rps.value ?? 0).toBeCloseTo(solved.fixed_usd_month - machines + solved.usage_usd_month - usage, -2);
  });
});

describe('rules of pricing', () => {
  test('an autoscaled tier is paid for its average, not rounded', () => {
    const drawn = threeBox().node('service', 'api', { instances: 2, autoscale: { min: 2, max: 20 }, cpu_ms: 50 }).build();
    const context = contextOf(drawn);
    const peak = context.stations.stations[context.compiled.graph.nodeById.get('api')?.index ?? -1]?.scaledUnits ?? 0;
    expect(peak).toBeGreaterThan(2);
    expect(quantityOf(solveCost(context, catalog.priceBook), 'ec2_vcpu_h')).toBeCloseTo((2 + (peak - 2) / 3) * 2 * 730, 6);
  });

  test('reserved machines cost 63 %, and double load does not change what is provisioned', () => {
    const drawn = threeBox().node('service', 'api', { pricing: 'reserved' }).build();
    expect(lineOf(costOf(drawn), 'ec2_vcpu_h')).toBeCloseTo(0.63 * 140.16, 6);
    const [one, two] = [costOf(drawn), costOf(drawn, 2)];
    expect(two.cost.fixed_usd_month).toBeCloseTo(one.cost.fixed_usd_month, 9);
    expect(two.cost.usage_usd_month).toBeCloseTo(2 * one.cost.usage_usd_month, 6);
  });

  test('a declared entity outgrows the stated storage by the month that is priced', () => {
    const drawn = threeBox().entity('orders', 'db', { row_bytes: 2000, rows_per_write: 3, initial_rows: 1e6 });
    const gb = (1e6 + (10 / 3) * 3 * 12 * SECONDS) * 2000 / 1e9;
    expect(gb).toBeGreaterThan(200);
    expect(quantityOf(costOf(drawn.build()), 'rds_gp3_gb')).toBeCloseTo(gb, 6);
    expect(quantityOf(costOf(drawn.settings({ cost_month: 1 }).build()), 'rds_gp3_gb')).toBe(200);
    expect(quantityOf(costOf(drawn.settings({ cost_month: 12 }).entity('orders', 'db', { retention_days: 1 }).build()), 'rds_gp3_gb')).toBe(200);
  });

  test('a content delivery network is paid for the bytes that it answers, also behind name resolution', () => {
    const behind = (...path: string[]) => costOf(design().client('c').node('dns', 'dns').node('cdn', 'cdn').service('api').chain(...path).build());
    const direct = behind('c', 'cdn', 'api');
    expect(lineOf(direct, 'egress_gb')).toBe(0);
    expect(quantityOf(direct, 'cloudfront_gb')).toBeCloseTo((100 / 3) * SECONDS * 20 / 1e6, 6);
    expect(quantityOf(behind('c', 'dns', 'cdn', 'api'), 'cloudfront_gb')).toBeCloseTo(quantityOf(direct, 'cloudfront_gb'), 6);
  });

  test('an internal client pays no egress', () => {
    expect(lineOf(costOf(threeBox().node('client', 'c', { kind: 'internal' }).build()), 'egress_gb')).toBe(0);
  });

  test('a price that the book lacks is named and not guessed', () => {
    const { egress_gb: _egress, rds_vcpu_h: _db, ...prices } = catalog.priceBook.prices;
    const result = costOf(threeBox().build(), 1, { ...catalog.priceBook, prices });
    expect(result.cost.unpriced).toEqual(['egress_gb', 'rds_vcpu_h']);
    expect(withoutTransfer(result)).toBeCloseTo(140.16 + 23, 6);
  });

  test('what is not connected is priced apart and changes nothing', () => {
    const before = costOf(threeBox().build()).cost;
    const after = costOf(threeBox().service('spare').build());
    expect({ ...after.cost, items: after.cost.items.filter((item) => item.connected), not_connected_usd_month: 0 }).toEqual(before);
    expect(after.cost.not_connected_usd_month).toBeCloseTo(140.16, 6);
    expect(evaluate(threeBox().service('spare').build(), catalog).nodes['spare']?.cost_usd_month).toBeCloseTo(140.16, 6);
  });

  test('telemetry is paid for what reports to it: a trace once for a request, log lines in every part that it passes', () => {
    const drawn = design().client('c').service('a').service('b').service('quiet').node('tracing', 't').node('metrics-logs', 'm', { log_kb: 2 }).chain('c', 'a', 'b')
      .connect('a', 't').connect('b', 't').connect('a', 'm').connect('b', 'm').journey('j', { rate_rps: 30, entry: 'c>a', op: 'read' });
    const result = costOf(drawn.build());
    expect(quantityOf(result, 'xray_m')).toBeCloseTo((10 * SECONDS * 0.1) / 1e6, 9);
    expect(quantityOf(result, 'logs_gb')).toBeCloseTo((2 * 10 * SECONDS * 2) / 1e6, 9);
    expect(evaluate(drawn.build(), catalog).nodes['t']?.cost_usd_month).toBeGreaterThan(0);
  });

  test('bytes between regions have a price', () => {
    const drawn = design().client('c').boundary('east', 'region').boundary('west', 'region').node('service', 'api', {}, { boundary: 'east' }).node('rdbms', 'db', {}, { boundary: 'west' }).chain('c', 'api', 'db').build();
    const result = costOf(drawn);
    expect(result.cost.unpriced).toEqual([]);
    expect(lineOf(result, 'cross_region_gb')).toBeCloseTo(quantityOf(result, 'cross_region_gb') * 0.02, 9);
    expect(quantityOf(result, 'cross_region_gb')).toBeGreaterThan(0);
  });

  test('a cluster brings its control plane', () => {
    const drawn = threeBox().boundary('k', 'cluster').node('service', 'api', {}, { boundary: 'k' }).build();
    expect(lineOf(costOf(drawn), 'eks_h')).toBeCloseTo(73, 9);
    expect(burdenOf(drawn).index - burdenOf(threeBox().build()).index).toBeCloseTo(0.5, 9);
  });
});

describe('properties', () => {
  test('lines add up, journeys pay the connected total, nothing is negative or not finite', () => {
    fc.assert(fc.property(randomDesign(), fc.constantFrom(0, 1, 30), (drawn, multiple) => {
      const { cost, nodeUsd, journeyUsd } = costOf(drawn, multiple);
      for (const item of cost.items) expect(Number.isFinite(item.usd_month) && item.usd_month >= 0 && Number.isFinite(item.quantity)).toBe(true);
      const sum = (items: typeof cost.items) => items.reduce((total, item) => total + item.usd_month, 0);
      expect(sum(cost.items)).toBeCloseTo(cost.usd_month + cost.not_connected_usd_month, 4);
      expect(cost.fixed_usd_month + cost.usage_usd_month).toBeCloseTo(cost.usd_month, 4);
      expect([...nodeUsd.values()].reduce((total, usd) => total + usd, 0)).toBeCloseTo(sum(cost.items.filter((item) => item.node !== null)), 4);
      const { journeys, workload } = compileDesign(drawn, catalog);
      const paid = journeys.reduce((total, journey, i) => total + ((journeyUsd[i]?.value ?? 0) * journey.rate_rps * multiple * SECONDS) / workload.peak_to_avg / 1e6, 0);
      if (journeys.some((journey) => journey.rate_rps * multiple > 0)) expect(paid / Math.max(1, cost.usd_month)).toBeCloseTo(cost.usd_month / Math.max(1, cost.usd_month), 6);
    }), { numRuns: 120, seed: 7 });
  });

  test('a heavier journey pays more of the machines, by the time it takes', () => {
    const drawn = threeBox().journey('light', { rate_rps: 50, entry: 'c', op: 'read' }).journey('heavy', { rate_rps: 50, entry: 'c', op: 'read', demands: { api: { cpu_ms: 12 } } }).build();
    const { cost, journeyUsd } = costOf(drawn);
    const [heavy = 0, light = 0] = journeyUsd.map((usd) => usd.value ?? 0);
    const millions = ((50 / 3) * SECONDS) / 1e6;
    expect((heavy - light) * millions).toBeCloseTo(lineOf({ cost } as never, 'ec2_vcpu_h') * (12 - 4) / 16, 6);
  });
});

test('a gigabyte kept is paid with all its copies, and once', () => {
  const perGb = (db: Params, entities = 0): number => costOf(design().client('c').service('s').rdbms('db', db).chain('c', 's', 'db').entity('e', 'db', { initial_rows: entities, row_bytes: 1e9, rows_per_write: 0 }).build()).cost.usd_per_gb.value ?? Number.NaN;
  // .115 a month on one machine, on two with a standby, on three with a replica beside them
  expect(perGb({})).toBeCloseTo(0.115, 9);
  expect(perGb({ ha: 'multi_az', replicas: 1, shards: 3 })).toBeCloseTo(3 * 0.115, 9);
  expect(perGb({}, 900)).toBeCloseTo(0.115, 9);
  expect(costOf(design().client('c').service('s').chain('c', 's').build()).cost.usd_per_gb.state).toBe('not_applicable');
});

describe('operational burden', () => {
  test('three boxes: a managed database and one deployable', () => {
    expect(burdenOf(threeBox().build())).toEqual({ index: 0.12 + 0.05, budget: 0.5, lines: [{ label: 'postgres, managed', value: 0.12 }, { label: 'deployable groups: 1', value: 0.05 }], pages_year: 0 });
  });

  test('run by yourself: the technology and the cluster; switched-on mechanisms are not free', () => {
    const own = burdenOf(threeBox().node('rdbms', 'db', {}, { managed: false }).workload({ eng: 10 }).build());
    expect(own.index).toBeCloseTo(0.4 + 0.25 + 0.05, 9);
    expect(own.budget).toBeCloseTo(1.2, 9);
    const careful = design().client('c').service('api').rdbms('db').connect('c', 'api').connect('api', 'db', { circuit_breaker: true, fallback: true }).build();
    expect(burdenOf(careful).index).toBeCloseTo(0.17 + 0.02, 9);
  });

  test('credit for tracing needs two deployables that use it; unconnected parts do not count', () => {
    const pair = (traced: boolean) => design().client('c').service('a', { traced }).service('b', { traced }).chain('c', 'a', 'b');
    expect(burdenOf(pair(false).build()).index).toBeCloseTo(0.1 + 0.02, 9);
    expect(burdenOf(pair(true).service('alone').build()).lines.map((line) => line.value)).toEqual([0.1, 0.02, -0.1, expect.closeTo(0.08, 9)]);
    expect(burdenOf(pair(true).build()).index).toBeCloseTo(0.1, 9);
  });
});
