import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import type { Demand } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';
import { simulate } from '../simulation/simulate.ts';
import { compileDesign } from './compile.ts';

const REDIRECT: Record<string, Demand> = { 'stage:entry': { cpu_ms: 1.5 }, 'stage:read': { cpu_ms: 0.5 }, 'stage:write': { cpu_ms: 2, write_iops: 4 } };

/** Where the demands of the journeys of a drawing are bound. */
function bound(drawn: DesignBuilder): Record<string, Readonly<Record<string, Demand>>> {
  return Object.fromEntries(compileDesign(drawn.build(), catalog).journeys.map(({ id, demands }) => [id, demands]));
}

const busy = (drawn: DesignBuilder, node: string, resource = 'cpu'): number => evaluate(drawn.build(), catalog).nodes[node]?.resources.find((other) => other.resource === resource)?.utilisation ?? Number.NaN;

describe('entry', () => {
  test('two drawings compute the same where the journey enters, whatever stands before', () => {
    const plain = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').journey('redirect', { rate_rps: 400, entry: 'c', op: 'read', demands: REDIRECT });
    const behind = design().client('c').balancer('lb').node('gateway-fastapi', 'gate').service('links').rdbms('store').chain('c', 'lb', 'gate', 'links', 'store').journey('redirect', { rate_rps: 400, entry: 'c>lb', op: 'read', demands: REDIRECT });
    expect(bound(plain)).toEqual({ redirect: { api: { cpu_ms: 1.5 }, db: { read_cpu_ms: 0.5 } } });
    expect(bound(behind)).toEqual({ redirect: { links: { cpu_ms: 1.5 }, store: { read_cpu_ms: 0.5 } } });
    // 400/s x 1.5 ms on two instances of two processors
    expect(busy(plain, 'api')).toBeCloseTo(0.15, 9);
    expect(busy(behind, 'links')).toBeCloseTo(0.15, 9);
    expect(busy(plain, 'db')).toBeCloseTo((400 * 0.0005) / 2, 9);
  });

  test('a service behind the entry takes its own default on top, and each path has its entry', () => {
    const drawn = design().client('c').balancer('lb', { mode: 'route' }).service('a').service('b').service('deep').chain('c', 'lb', 'a', 'deep').chain('lb', 'b').journey('j', { rate_rps: 100, entry: 'c', op: 'read', demands: REDIRECT });
    expect(bound(drawn)).toEqual({ j: { a: { cpu_ms: 1.5 }, b: { cpu_ms: 1.5 } } });
    expect(busy(drawn, 'deep')).toBeCloseTo((50 * 0.004) / 4, 9);
  });

  test('what is stated for a component goes before its stage, field by field', () => {
    const drawn = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').journey('j', { rate_rps: 10, entry: 'c', op: 'mixed', demands: { ...REDIRECT, api: { io_ms: 7 }, db: { cpu_ms: 9 } } });
    expect(bound(drawn)).toEqual({ j: { api: { cpu_ms: 1.5, io_ms: 7 }, db: { read_cpu_ms: 9, write_cpu_ms: 9, write_iops: 4, cpu_ms: 9 } } });
  });
});

test('consumer: the first behind each broker, not those behind them', () => {
  const drawn = design().client('c').service('api').node('sqs', 'q').celery('first').node('sqs', 'q2').celery('second').chain('c', 'api', 'q', 'first', 'q2', 'second')
    .journey('job', { rate_rps: 0.1, entry: 'c', op: 'write', demands: { 'stage:consumer': { cpu_ms: 9000, io_ms: 500 } } });
  expect(bound(drawn)).toEqual({ job: { first: { cpu_ms: 9000, io_ms: 500 } } });
  expect(busy(drawn, 'first')).toBeCloseTo((0.1 * 9) / 4, 9);
});

describe('read and write', () => {
  test('bind where the named data is at home, and nowhere else', () => {
    const drawn = design().client('c').service('api').rdbms('links').rdbms('log').chain('c', 'api', 'links').connect('api', 'log').entity('link', 'links')
      .journey('create', { rate_rps: 100, entry: 'c', op: 'write', writes: [{ entity: 'link' }], demands: { 'stage:write': { cpu_ms: 2, write_iops: 4 } } });
    expect(bound(drawn)).toEqual({ create: { links: { write_cpu_ms: 2, write_iops: 4 } } });
    expect(busy(drawn, 'links')).toBeCloseTo((100 * 0.002) / 2, 9);
    expect(busy(drawn, 'log')).toBeCloseTo((100 * 0.00085) / 2, 9);
    expect(busy(drawn, 'links', 'io') / busy(drawn, 'log', 'io')).toBeCloseTo(4 / 2.1, 9);
  });

  test('a store of two journeys carries their mean, and each waits for its own work', () => {
    const drawn = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db');
    drawn.journey('light', { rate_rps: 90, entry: 'c', op: 'read', demands: { db: { cpu_ms: 1 } } }).journey('heavy', { rate_rps: 10, entry: 'c', op: 'read', demands: { db: { cpu_ms: 40 } } });
    const result = evaluate(drawn.build(), catalog);
    expect(busy(drawn, 'db')).toBeCloseTo((90 * 0.001 + 10 * 0.04) / 2, 9);
    expect((result.journeys['heavy']?.mean_ms.value ?? 0) - (result.journeys['light']?.mean_ms.value ?? 0)).toBeCloseTo(39, 6);
    // the wait is that of work that differs between journeys: (1 + Cs2) is larger than of one kind
    const even = design().client('c').service('api').rdbms('db', { read_cpu_ms: 4.9 }).chain('c', 'api', 'db').journey('all', { rate_rps: 100, entry: 'c', op: 'read' });
    const mean = 0.9 * (result.journeys['light']?.mean_ms.value ?? 0) + 0.1 * (result.journeys['heavy']?.mean_ms.value ?? 0);
    expect(mean).toBeGreaterThan(evaluate(even.build(), catalog).journeys['all']?.mean_ms.value ?? 0);
  });

  test('the same demand at the store and for the stage is the same drawing', () => {
    const base = (db: Record<string, number>, demands: Record<string, Demand>): DesignBuilder =>
      design().client('c').service('api').rdbms('db', { ha: 'aurora', replicas: 1, ...db }).chain('c', 'api', 'db').journey('j', { rate_rps: 200, entry: 'c', op: 'mixed', read_fraction: 0.8, demands });
    const [stated, staged] = [base({ read_cpu_ms: 0.5, write_cpu_ms: 2, write_iops: 4 }, {}), base({}, { 'stage:read': { cpu_ms: 0.5 }, 'stage:write': { cpu_ms: 2, write_iops: 4 } })].map((drawn) => evaluate(drawn.build(), catalog));
    expect(staged?.journeys['j']?.p99_ms.value).toBeCloseTo(stated?.journeys['j']?.p99_ms.value ?? Number.NaN, 9);
    expect(staged?.cost.usd_month).toBeCloseTo(stated?.cost.usd_month ?? Number.NaN, 9);
    for (const resource of stated?.nodes['db']?.resources ?? []) expect(staged?.nodes['db']?.resources.find((other) => other.resource === resource.resource)?.utilisation, resource.resource).toBeCloseTo(resource.utilisation, 9);
  });
});

test('the simulation meets the same demands', () => {
  const drawn = design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').journey('j', { rate_rps: 100, entry: 'c', op: 'read', demands: { 'stage:entry': { cpu_ms: 10 }, 'stage:read': { cpu_ms: 8 } } });
  const analytic = evaluate(drawn.build(), catalog).journeys['j']?.mean_ms.value ?? Number.NaN;
  const simulated = simulate(drawn.build(), catalog, { seed: 1, requests: 20_000 }).journeys['j']?.mean_ms.value ?? Number.NaN;
  expect(Math.abs(simulated / analytic - 1)).toBeLessThan(0.1);
});

test('drawings without stages and journeys without them are left as they are', () => {
  const drawn = design().client('c').service('api').chain('c', 'api').journey('j', { rate_rps: 1, entry: 'c', op: 'read', demands: { api: { cpu_ms: 3 } } });
  expect(bound(drawn)).toEqual({ j: { api: { cpu_ms: 3 } } });
});
