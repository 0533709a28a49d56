import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { design, type DesignBuilder } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import type { Design } from '../../model/design.ts';
import type { EvaluationContext } from '../context.ts';
import { floats } from '../math/lists.ts';
import { solveContext } from '../pipeline.ts';
import { compileDesign } from '../compile/compile.ts';
import { elementsOf, pass } from './program.ts';
import { riskModelOf } from './risk-model.ts';
import { solveAvailability } from './solve-availability.ts';
import type { AvailabilityResult, JourneyAvailability, NodeAvailability } from './types.ts';

interface Solved { readonly context: EvaluationContext; readonly result: AvailabilityResult; readonly node: (id: string) => NodeAvailability; readonly journey: JourneyAvailability }

function solve(drawn: Design, multiple = 1): Solved {
  const context = solveContext(compileDesign(drawn, catalog), multiple);
  const result = solveAvailability(context);
  const node = (id: string): NodeAvailability => result.nodes[context.compiled.graph.nodeById.get(id)?.index ?? -1] as NodeAvailability;
  return { context, result, node, journey: result.journeys[0] as JourneyAvailability };
}

function template({ instances, peak, items, db = {}, sync = false }: { instances: number; peak: number; items?: number; db?: Record<string, number | boolean>; sync?: boolean }): DesignBuilder {
  const process = sync ? { worker_class: 'sync', workers: 2, threads: 1 } : { worker_class: 'gthread', workers: 5, threads: 4 };
  const built = design().client('c').balancer('lb', { algorithm: 'least_outstanding' }).monolith('app', { ...process, instances, vcpu: 2, cpu_ms: 8 }).rdbms('db', { vcpu: 2, iops: 3000, ...db });
  built.chain('c', 'lb', 'app').connect('app', 'db', { op: 'read', queries: 2, network_class: 'cross_zone' }).connect('app', 'db', { op: 'write', network_class: 'cross_zone' });
  if (items) built.redis('redis', { max_items: items, ttl_s: 0 }).connect('app', 'redis', { invalidate: false }).entity('page', 'db', { keys: 100_000, zipf_s: 1 });
  return built.workload({ peak_rps: peak }).settings({ change_risk: false });
}

describe('known answers', () => {
  test.each([
    ['A', { instances: 3, peak: 400 }, 0.9946, 0.99458],
    ['B', { instances: 4, peak: 400, items: 10_000, db: { multi_az: true } }, 0.9992, 0.99915],
    ['C', { instances: 16, peak: 2000, items: 50_000, db: { vcpu: 4, iops: 6000, multi_az: true, replicas: 1 } }, 0.9992, 0.99915],
    ['D', { instances: 3, peak: 400, sync: true }, 0.994, 0.98055],
  ] as const)('worked example %s', (_, facts, served, fullCapacity) => {
    const { journey } = solve(template(facts).build());
    expect(Math.abs((journey.availability ?? 0) - served)).toBeLessThan(5e-4);
    expect(Math.abs((journey.fullCapacity ?? 0) - fullCapacity)).toBeLessThan(6e-5);
  });

  test('three boxes: 99.44 %, the database is the single point of failure', () => {
    const { journey, node, context } = solve(design().client('c').service('s').rdbms('db').chain('c', 's', 'db').build());
    expect(journey.availability).toBeCloseTo(0.99445, 5);
    expect(journey.changes).toBeCloseTo(1 - (100 * 0.05 * 0.5) / 8760, 9);
    expect([node('s').spare, node('s').zoneSafe, node('db').spare, node('db').zoneSafe]).toEqual([true, true, false, false]);
    expect(journey.diesIf.map((index) => context.compiled.nodes[index]?.view.id)).toEqual(['db', 's']);
  });

  test('a schema changed all at once: rows x bytes / 50 MB/s, so often a year, for what needs the database', () => {
    // 30 million rows of 1 kB are 600 s, five times a year
    const drawn = (db: Record<string, number | string>, settings = {}): DesignBuilder => design().client('c').service('s').redis('kept').rdbms('db', { schema_changes_per_year: 5, ...db }).rdbms('other')
      .chain('c', 's', 'db').entity('orders', 'db', { initial_rows: 3e7, row_bytes: 1000 }).entity('small', 'db', { initial_rows: 10 }).entity('log', 'other', { initial_rows: 1e9 }).settings(settings);
    const steps = solve(drawn({ migration_strategy: 'expand_contract' }).build());
    const once = solve(drawn({ migration_strategy: 'big_bang' }).build());
    expect(once.journey.changes).toBeCloseTo(steps.journey.changes * (1 - (5 * 600) / (8760 * 3600)), 12);
    expect(once.context.stations.stations[once.context.compiled.graph.nodeById.get('db')?.index ?? -1]?.evidence).toMatchObject({ schema_lock_s: 600, schema_lock_s_year: 3000 });
    expect(solve(drawn({}).build()).journey.changes).toBe(steps.journey.changes);
    expect(solve(drawn({ migration_strategy: 'big_bang' }, { change_risk: false }).build()).journey.changes).toBe(1);
    // nobody named the data: 100 000 rows of 1 KB, twelve times
    const plain = solve(design().client('c').service('s').rdbms('db', { migration_strategy: 'big_bang' }).chain('c', 's', 'db').settings({ change_risk: true }).build());
    expect(plain.journey.changes).toBeCloseTo((1 - (100 * 0.05 * 0.5) / 8760) * (1 - (12 * 2.048) / (8760 * 3600)), 12);
  });

  test('a second instance never lowers the share served: at .92 of one instance, .995 with one and more with two', () => {
    const served = (instances: number): number => {
      const { node, context } = solve(design().client('c').service('s', { instances, cpu_ms: 20 }).chain('c', 's').workload({ peak_rps: 92 }).build());
      expect(context.compiled.nodes[1]?.units).toBe(instances);
      return node('s').served;
    };
    expect(served(1)).toBeCloseTo(0.995, 9);
    expect(served(2)).toBeGreaterThan(0.9997);
  });

  test('a balanced pool is one tier, a route is not', () => {
    const pool = (mode: string) => solve(design().client('c').balancer('lb', { mode }).service('a', { instances: 1 }).service('b', { instances: 1 }).chain('c', 'lb', 'a').connect('lb', 'b')
      .journey('j', { rate_rps: 100, entry: 'c>lb' }).settings({ change_risk: false }).build()).journey;
    // both single instances stand in zone 1: balancer, zone, common cause
    expect(pool('balance').structural).toBeCloseTo(0.9999 * 0.9999 * (1 - 0.05 * 0.0049) * (1 - (0.95 * 0.0049) ** 2), 6);
    expect(pool('route').structural).toBeCloseTo(0.9999 * 0.995, 5);
    expect(pool('partition').structural).toBeCloseTo(0.9999 * 0.995, 5);
  });

  test('alternatives: one suffices, and a node behind both is counted once', () => {
    const { journey } = solve(design().client('c').service('s').service('a', { instances: 1 }).service('b', { instances: 1 }).rdbms('db').connect('c', 's')
      .connect('s', 'a', { any_of: 'g' }).connect('s', 'b', { any_of: 'g' }).connect('a', 'db').connect('b', 'db').settings({ change_risk: false }).build());
    expect(journey.structural).toBeCloseTo(0.99974 * 0.995 * (1 - 0.0049 ** 2), 4);
    expect(journey.diesIf).toHaveLength(2);
    expect(journey.exact).toBe(true);
  });

  test('reads fall back between copies; writes need the primary', () => {
    const with2 = (op: 'read' | 'write'): number => solve(design().client('c').service('s').rdbms('db', { replicas: 1 }).chain('c', 's', 'db').journey('j', { rate_rps: 100, entry: 'c>s', op }).settings({ change_risk: false }).build()).journey.structural;
    expect(with2('read')).toBeGreaterThan(0.9995);
    expect(with2('write')).toBeLessThan(0.9951);
  });

  test('a soft part only degrades; softness is refused towards the home of what a journey writes', () => {
    const drawn = (extra: (b: DesignBuilder) => DesignBuilder) => solve(extra(design().client('c').service('s').rdbms('db').service('x', { instances: 1 }).chain('c', 's', 'db').connect('s', 'x', { criticality: 'soft' })).build());
    const soft = drawn((b) => b);
    expect(soft.journey.degraded).toEqual([3]);
    expect(soft.journey.hardNodes).toEqual([1, 2]);
    const refused = drawn((b) => b.entity('e', 'x').journey('j', { rate_rps: 1, entry: 'c>s', op: 'write', writes: [{ entity: 'e' }] }));
    expect(refused.journey.hardNodes).toEqual([1, 2, 3]);
    expect(refused.result.refused).toHaveLength(1);
  });

  test('a cache is hard only when its home cannot do without it', () => {
    const cached = (peak: number) => solve(design().client('c').service('s', { instances: 90 }).redis('r', { max_items: 90_000, ttl_s: 0, replicas_per_shard: 0 }).rdbms('db').entity('e', 'db').chain('c', 's', 'db').connect('s', 'r', { invalidate: false }).workload({ peak_rps: peak }).build());
    expect(cached(100).result.hardCaches).toEqual([]);
    const { result, journey, context } = cached(12_000);
    const index = context.compiled.graph.nodeById.get('r')?.index ?? -1;
    expect(result.hardCaches).toEqual([index]);
    expect(journey.diesIf).toContain(index);
  });

  test('beyond sixteen shared nodes the bound goes on where the exact value ends', () => {
    const shared = (count: number): JourneyAvailability => {
      const built = design().client('c').service('s').service('t').chain('c', 's', 't');
      for (let i = 0; i < count; i++) built.rdbms(`d${i}`).connect('s', `d${i}`, { probability: 0.5 }).connect('t', `d${i}`, { probability: 0.5 });
      return solve(built.journey('j', { rate_rps: 10, entry: 'c>s' }).settings({ change_risk: false }).build()).journey;
    };
    const [few, most, more] = [shared(12), shared(16), shared(20)];
    expect([few.exact, most.exact, more.exact]).toEqual([true, true, false]);
    expect(Math.abs(more.structural / most.structural - most.structural / few.structural)).toBeLessThan(3e-7);
  });

  test('a slack longer than repairs hides consumers that are down', () => {
    const done = (target: number): number => solve(design().client('c').service('s').rabbitmq('q').celery('w', { instances: 1, task_cpu_s: 0.001, task_io_s: 0 }).chain('c', 's', 'q', 'w')
      .journey('j', { rate_rps: 1, entry: 'c>s', op: 'write', done_target_s: target }).settings({ change_risk: false }).build()).journey.done ?? 0;
    expect(done(0.1)).toBeLessThan(done(1e6));
    expect(done(1e6)).toBeGreaterThan(0.998);
  });

  test('an entity that is not reached is named', () => {
    const { journey } = solve(design().client('c').service('s').rdbms('db').rdbms('other').chain('c', 's', 'db').entity('e', 'other').journey('j', { rate_rps: 1, entry: 'c>s', reads: [{ entity: 'e' }] }).build());
    expect(journey.missing).toEqual(['e']);
  });
});

const RUNS = { numRuns: 60, seed: 7 };

function finite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(finite);
}

function availabilities(drawn: Design, multiple = 1): Map<string, number> {
  const { result, context } = solve(drawn, multiple);
  return new Map(context.compiled.journeys.flatMap((journey, j) => (result.journeys[j]?.availability === null ? [] : [[journey.id, result.journeys[j]?.availability ?? 0] as const])));
}

function changed(drawn: Design, id: string, params: Record<string, number>): Design {
  const node = drawn.nodes[id];
  return node ? { ...drawn, nodes: { ...drawn.nodes, [id]: { ...node, params: { ...node.params, ...params } } } } : drawn;
}

describe('properties', () => {
  test('every number is finite and between 0 and 1, at any load', () => {
    fc.assert(fc.property(randomDesign(14), fc.constantFrom(0, 1, 10, 1000), (drawn, multiple) => {
      const { result } = solve(drawn, multiple);
      expect(finite(result)).toBe(true);
      for (const journey of result.journeys) for (const value of [journey.availability ?? 0, journey.structural, journey.performance, journey.changes, journey.fullCapacity ?? 0, journey.done ?? 0]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      for (const node of result.nodes) expect(node.served >= 0 && node.served <= 1 && node.fullCapacity >= 0 && node.fullCapacity <= 1).toBe(true);
    }), RUNS);
  });

  test('one more instance or replica never lowers it', () => {
    const size = fc.integer({ min: 1, max: 6 });
    fc.assert(fc.property(size, size, fc.integer({ min: 0, max: 3 }), fc.constantFrom(10, 300, 450, 900), fc.constantFrom('s.instances', 't.instances', 'db.replicas', 'r.replicas_per_shard', 'q.nodes'), fc.boolean(), (s, t, replicas, peak, grown, managed) => {
      const build = (more: string): Design => {
        const plus = (key: string): number => (key === more ? 1 : 0);
        return design().client('c').service('s', { instances: s + plus('s.instances'), cpu_ms: 5 }).service('t', { instances: t + plus('t.instances'), cpu_ms: 4 })
          .node('rdbms', 'db', { replicas: replicas + plus('db.replicas') }, { managed }).node('redis', 'r', { roles: ['session'], replicas_per_shard: replicas + plus('r.replicas_per_shard') }, { managed })
          .node('rabbitmq', 'q', { nodes: t + plus('q.nodes') }, { managed }).chain('c', 's', 't', 'db').connect('t', 'r').connect('s', 'q').workload({ peak_rps: peak }).build();
      };
      const [before] = availabilities(build('')).values();
      const [after] = availabilities(build(grown)).values();
      expect(after ?? 0).toBeGreaterThanOrEqual((before ?? 0) - 1e-9);
    }), { ...RUNS, numRuns: 100 });
  });

  test('an alternative never lowers it, a hard dependency never raises it, a soft one changes nothing', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(10, 100, 800), fc.constantFrom('service', 'rdbms', 'rabbitmq', 'nginx'), (n, m, peak, type) => {
      const base = (): DesignBuilder => design().client('c').service('s', { instances: n }).service('a', { instances: m }).connect('c', 's').connect('s', 'a', { any_of: 'g' }).workload({ peak_rps: peak }).settings({ change_risk: false });
      const one = (builder: DesignBuilder): number => [...availabilities(builder.build()).values()][0] ?? 0;
      const before = one(base());
      expect(one(base().service('b', { instances: 1 }).connect('s', 'b', { any_of: 'g' }))).toBeGreaterThanOrEqual(before - 1e-9);
      expect(one(base().node(type, 'x').connect('s', 'x'))).toBeLessThanOrEqual(before + 1e-9);
      expect(one(base().node(type, 'x').connect('s', 'x', { criticality: 'soft' }))).toBeCloseTo(before, 9);
    }), RUNS);
  });

  test('an unconnected part changes nothing', () => {
    fc.assert(fc.property(randomDesign(10), (drawn) => {
      const apart = design().service('x1').rdbms('x2').chain('x1', 'x2').build();
      const both: Design = { ...drawn, nodes: { ...drawn.nodes, ...apart.nodes }, edges: { ...drawn.edges, ...apart.edges } };
      const before = availabilities(drawn);
      for (const [id, value] of availabilities(both)) expect(value).toBeCloseTo(before.get(id) ?? -1, 12);
    }), RUNS);
  });

  test('whatever is lost, a formula stays between 0 and 1: calls beside the ways of a splitter are no ways', () => {
    fc.assert(fc.property(randomDesign(24), (drawn) => {
      const { structures } = riskModelOf(solve(drawn).context);
      for (const journey of structures.journeys) {
        for (const element of journey ? elementsOf(journey.whole) : []) {
          const up = floats(structures.book.elements.length).fill(1);
          up[element] = 0;
          const left = journey ? pass(journey.whole, up) : 0;
          expect(left >= -1e-12 && left <= 1).toBe(true);
        }
      }
    }), { numRuns: 300, seed: 29 });
  });

  test('more load never raises it, and 1 % more load moves it by less than a tenth', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 6 }), fc.double({ min: 0.05, max: 3, noNaN: true }), (instances, load) => {
      const drawn = design().client('c').service('s', { instances, cpu_ms: 10 }).rdbms('db').chain('c', 's', 'db').workload({ peak_rps: 200 * instances * load }).build();
      const [now] = availabilities(drawn).values();
      const [more] = availabilities(drawn, 1.01).values();
      expect(more ?? 1).toBeLessThanOrEqual((now ?? 0) + 1e-9);
      expect(1 - (more ?? 0) / (now ?? 1)).toBeLessThan(0.1);
    }), RUNS);
  });

  test('one more unit anywhere in a random drawing lowers no journey', () => {
    fc.assert(fc.property(randomDesign(9), fc.nat(8), (drawn, which) => {
      const id = `n${which + 1}`;
      const type = drawn.nodes[id]?.type;
      if (type !== 'service' && type !== 'monolith') return;
      const instances = Number(drawn.nodes[id]?.params['instances'] ?? 2);
      const quiet: Design = { ...drawn, workload: { ...drawn.workload, peak_rps: 1 } };
      const before = availabilities(quiet);
      for (const [journey, value] of availabilities(changed(quiet, id, { instances: instances + 1 }))) expect(value).toBeGreaterThanOrEqual((before.get(journey) ?? 0) - 1e-9);
    }), RUNS);
  });
});
