import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import type { Design, Params } from '../../model/design.ts';
import type { BlastResult, CutSet } from '../../contracts/evaluation.ts';
import { solveAvailability } from '../availability/solve-availability.ts';
import { compileDesign } from '../compile/compile.ts';
import { ratioScore } from '../math/score-curves.ts';
import { cutSets } from '../evaluate.ts';
import { solveContext } from '../pipeline.ts';
import { pagesPerYear } from './pages.ts';
import { solveCuts, solveIsolation } from './solve-isolation.ts';
import type { IsolationResult } from './types.ts';

interface Solved extends IsolationResult { readonly unit: (unit: string) => BlastResult | undefined; readonly pairs: () => readonly CutSet[] }

function solve(drawn: Design, multiple = 1): Solved {
  const context = solveContext(compileDesign(drawn, catalog), multiple);
  const availability = solveAvailability(context);
  const result = solveIsolation(context, availability);
  return { ...result, unit: (unit) => result.blast.find((entry) => entry.unit === unit), pairs: () => solveCuts(context, availability, { order: 2 }) };
}

function score({ intensity, worstCascade, spof }: IsolationResult): number {
  return 0.4 * ratioScore(intensity, 3, 0.2, 4) + 30 * (1 - worstCascade) + 0.3 * Math.max(0, 100 - 60 * spof.replicaShare - 40 * spof.zoneShare);
}

const threeBoxes = (db: Params = {}): Design => design().client('c').service('s').rdbms('db', db).chain('c', 's', 'db').build();

describe('blast radius', () => {
  test('three boxes score about 40, with a standby about 77', () => {
    expect(score(solve(threeBoxes()))).toBeCloseTo(40, 0);
    expect(score(solve(threeBoxes({ ha: 'multi_az' })))).toBeCloseTo(76.5, 0);
  });

  test('the database takes everything with it, one of two instances nothing, a bad deploy everything', () => {
    const result = solve(threeBoxes());
    expect(result.unit('node:db')).toMatchObject({ share_lost: 1, per_year: 2 });
    expect(result.unit('instance:s')).toMatchObject({ share_lost: 0, per_year: 4 });
    expect(result.unit('zone:z1')).toMatchObject({ share_lost: 1, per_year: 0.3 });
    expect(result.unit('zone:z2')).toMatchObject({ share_lost: 0 });
    expect(result.unit('deploy:s')).toMatchObject({ share_lost: 1, per_year: 5, duration_s: 1800 });
    expect(result.intensity).toBeCloseTo(2 + 0.3 + 5, 9);
  });

  test('pages a year: what heals by itself calls nobody in nine of ten cases', () => {
    const pages = (drawn: Design): number => {
      const context = solveContext(compileDesign(drawn, catalog), 1);
      const availability = solveAvailability(context);
      return pagesPerYear(context, availability, solveIsolation(context, availability).blast);
    };
    // two instances with a spare, a database without, two zones, bad deploys
    expect(pages(threeBoxes())).toBeCloseTo(4 * 0.1 + 2 + 2 * 0.3 + 5, 9);
    // a failover of 90 s instead, the standby in the second zone
    expect(pages(threeBoxes({ ha: 'multi_az' }))).toBeCloseTo(4 * 0.1 + 1 * 0.1 + 2 * 0.3 + 5, 9);
    // one instance, and a service of somebody else's
    expect(pages(design().client('c').service('s', { instances: 1 }).node('external-api', 'e').chain('c', 's', 'e').workload({ changes_per_year: 0 }).build())).toBeCloseTo(2 + 12 + 0.3, 9);
  });

  test('lost capacity counts as overload: one of two busy instances', () => {
    const result = solve(design().client('c').service('s', { cpu_ms: 20 }).chain('c', 's').workload({ peak_rps: 160 }).build());
    expect(result.unit('instance:s')?.share_lost).toBeCloseTo(1 - 100 / 160, 6);
  });

  test('a canary, a shard and a route limit what is lost', () => {
    expect(solve(design().client('c').service('s', { canary: 0.1 }).chain('c', 's').build()).unit('deploy:s')?.share_lost).toBeCloseTo(0.1, 9);
    const sharded = solve(threeBoxes({ shards: 4, placement: 'geo', geo_weights: [0.4, 0.3, 0.2, 0.1] }));
    expect(sharded.unit('shard:db')?.share_lost).toBeCloseTo(0.4, 6);
    const routed = solve(design().client('c').kong('g').service('a').service('b').chain('c', 'g', 'a').connect('g', 'b').build());
    expect(routed.unit('node:a')).toMatchObject({ share_lost: 0.5 });
    expect(routed.unit('node:a')?.journeys).toHaveLength(1);
  });

  test('importance weighs journeys, traffic does not', () => {
    const result = solve(design().client('c').service('a').service('b').connect('c', 'a').connect('c', 'b').journey('ja', { rate_rps: 90, entry: 'c>a', importance: 1 }).journey('jb', { rate_rps: 10, entry: 'c>b', importance: 3 }).build());
    const at = result.blast.findIndex((entry) => entry.unit === 'node:b');
    expect(result.blast[at]?.share_lost).toBeCloseTo(0.75, 9);
  });

  test('regions count once there are two', () => {
    const drawn = design().client('c').boundary('eu', 'region').boundary('us', 'region').node('service', 'a', {}, { boundary: 'eu' }).node('service', 'b', {}, { boundary: 'us' }).connect('c', 'a').connect('c', 'b').build();
    expect(solve(drawn).unit('region:eu')?.share_lost).toBeCloseTo(0.5, 9);
    expect(solve(threeBoxes()).blast.some((entry) => entry.kind === 'region')).toBe(false);
  });
});

describe('cascades', () => {
  const shop = (toSlow: Params): Design => design().client('c').service('web', { workers: 4, worker_connections: 16 }).service('slow').rdbms('db').connect('c', 'web').connect('web', 'slow', toSlow).connect('web', 'db')
    .journey('buy', { rate_rps: 50, entry: 'c>web', steps: [{ edge: 'web>db', calls: 0 }] }).journey('browse', { rate_rps: 50, entry: 'c>web', steps: [{ edge: 'web>slow', calls: 0 }] }).build();

  test('50 calls a second that hang fill 128 slots in 2.6 s and take the other journey along', () => {
    const { cascades, worstCascade } = solve(shop({ timeout_ms: 30_000 }));
    const slow = cascades.find((entry) => entry.dependency === 'slow');
    expect(slow?.exhausted[0]).toMatchObject({ node: 'web', edge: 'web>slow', slots: 128, need: 1500 });
    expect(slow?.exhausted[0]?.seconds).toBeCloseTo(2.56, 9);
    expect(slow?.extra_share).toBeCloseTo(0.5, 9);
    expect(worstCascade).toBeCloseTo(0.5, 9);
  });

  test.each([['a breaker', { circuit_breaker: true }], ['a short timeout', { timeout_ms: 500 }], ['a bulkhead', { bulkhead_slots: 16 }]])('%s stops it', (_, params) => {
    expect(solve(shop(params as Params)).cascades.some((entry) => entry.dependency === 'slow')).toBe(false);
  });

  test('a hung dependency spreads through a balancer, never through a queue', () => {
    const through = solve(design().client('c').service('web', { workers: 1, worker_connections: 10 }).balancer('lb').service('deep', { workers: 1, worker_connections: 10 }).rdbms('db').chain('c', 'web', 'lb', 'deep', 'db').build());
    expect(through.cascades.find((entry) => entry.dependency === 'db')?.exhausted.map((entry) => entry.node)).toEqual(['deep', 'web']);
    const queued = solve(design().client('c').service('web', { workers: 1, worker_connections: 10 }).rabbitmq('q').celery('w').rdbms('db').chain('c', 'web', 'q', 'w', 'db').build());
    expect(queued.cascades.find((entry) => entry.dependency === 'db')?.exhausted.map((entry) => entry.node) ?? []).not.toContain('web');
  });
});

describe('cut sets and single points', () => {
  test('order 1 is the most probable first, order 2 finds the alternatives', () => {
    const result = solve(design().client('c').service('s').service('a', { instances: 1 }).service('b', { instances: 1 }).rdbms('db').chain('c', 's', 'db').connect('s', 'a', { any_of: 'g' }).connect('s', 'b', { any_of: 'g' }).build());
    expect(result.cuts.map((cut) => cut.members)).toEqual([['db'], ['s']]);
    expect(result.cuts[0]?.probability).toBeCloseTo(0.005, 9);
    expect(result.pairs().map((cut) => cut.members)).toContainEqual(['a', 'b']);
    expect(result.pairs().map((cut) => cut.members)).toContainEqual(['s', 's']);
  });

  test('a place ends a journey alone, or with what stands elsewhere', () => {
    // the application in both zones, the database in the first
    const drawn = design().client('c').service('s', { instances: 2 }).rdbms('db').chain('c', 's', 'db').build();
    const first = cutSets(drawn, catalog, { order: 1 });
    expect(first.map((cut) => cut.units?.map(({ kind, id }) => `${kind} ${id}`))).toEqual([['node db'], ['node s'], ['zone z1']]);
    // .3 zone losses a year of an hour each
    expect(first.at(-1)?.probability).toBeCloseTo((0.3 * 3600) / 31_536_000, 12);
    const apart = design().client('c').service('s', { instances: 2 }).rdbms('db', { ha: 'multi_az' }).chain('c', 's', 'db').build();
    expect(cutSets(apart, catalog, { order: 1 }).some((cut) => cut.units?.some(({ kind }) => kind === 'zone'))).toBe(false);
    const pairs = cutSets(apart, catalog).map((cut) => cut.units?.map(({ kind, id }) => `${kind} ${id}`));
    expect(pairs).toContainEqual(['zone z1', 'zone z2']);
    expect(pairs).toContainEqual(['instance s', 'instance s']);
  });

  test('two of three members are a quorum lost: three pairs', () => {
    const drawn = design().client('c').service('s').node('rabbitmq', 'q', { nodes: 3 }, { managed: false }).chain('c', 's', 'q').journey('j', { rate_rps: 1, entry: 'c>s', op: 'write' }).build();
    const pair = cutSets(drawn, catalog).find((cut) => cut.members.join() === 'q,q');
    expect(pair?.probability).toBeCloseTo(3 * (0.95 * 0.01) ** 2, 9);
  });

  test('no pair holds one that ends the journey alone, and no more than a hundred are told', () => {
    fc.assert(fc.property(randomDesign(14), (drawn) => {
      const alone = new Map(cutSets(drawn, catalog, { order: 1 }).map((cut) => [JSON.stringify(cut.units?.[0]), new Set(cut.journeys)]));
      const pairs = cutSets(drawn, catalog);
      expect(pairs.length).toBeLessThanOrEqual(100);
      for (const { units = [], journeys } of pairs) for (const unit of units) for (const journey of journeys) expect(alone.get(JSON.stringify(unit))?.has(journey) ?? false).toBe(false);
    }), { numRuns: 60, seed: 3 });
  });

  test('a managed regional service is never a single point', () => {
    const { spof } = solve(design().client('c').balancer('lb').service('s').rdbms('db', { ha: 'multi_az' }).chain('c', 'lb', 's', 'db').build());
    expect([spof.replicaShare, spof.zoneShare]).toEqual([0, 0]);
  });

  test('three of three needed is no spare', () => {
    const { spof } = solve(design().client('c').service('s', { instances: 3, cpu_ms: 20 }).chain('c', 's').workload({ peak_rps: 240 }).build());
    expect(spof).toMatchObject({ replicaShare: 1, zoneShare: 0, replicaNodes: [1] });
  });
});

test('finite at any load, and shares stay shares', () => {
  fc.assert(fc.property(randomDesign(14), fc.constantFrom(0, 1, 1000), (drawn, multiple) => {
    const result = solve(drawn, multiple);
    const numbers = [result.intensity, result.worstCascade, ...result.blast.flatMap((entry) => [entry.share_lost, entry.per_year, entry.duration_s]), ...result.cascades.flatMap((entry) => [entry.extra_share, ...entry.exhausted.flatMap((at) => [at.seconds, at.need, at.slots])]), ...result.pairs().map((cut) => cut.probability)];
    expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    expect(result.blast.every((entry) => entry.share_lost <= 1)).toBe(true);
    expect(result.worstCascade).toBeLessThanOrEqual(1);
  }), { numRuns: 120, seed: 3 });
});
