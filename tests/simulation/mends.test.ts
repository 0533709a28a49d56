import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { compileDesign } from '../../shared/engine/compile/compile.ts';
import { simulationOf } from '../../shared/engine/simulation/simulate.ts';
import { solveStations } from '../../shared/engine/stations.ts';
import { runTraffic } from '../../shared/engine/traffic.ts';
import type { JourneyComparison, SimulationResult } from '../../shared/contracts/simulation.ts';
import type { Design } from '../../shared/model/design.ts';
import { design } from '../support/design-builder.ts';

function both(document: Design, requests = 60_000): { readonly result: SimulationResult; readonly journey: JourneyComparison; readonly loads: (id: string, resource: string) => readonly [number, number] } {
  const compiled = compileDesign(document, catalog);
  const run = simulationOf(compiled, { requests, seed: 4 });
  while (run.advance(1_000_000));
  const result = run.result();
  const { stations } = solveStations(compiled, runTraffic(compiled, { multiple: 1 }));
  const loads = (id: string, name: string): readonly [number, number] => {
    const index = compiled.nodes.findIndex(({ view }) => view.id === id);
    const analytic = stations[index]?.resources.find(({ resource }) => resource === name)?.utilisation ?? 0;
    return [analytic, result.nodes[id]?.resources.find(({ resource }) => resource === name)?.utilisation ?? 0];
  };
  return { result, journey: result.comparison[0] as JourneyComparison, loads };
}

function expectAgreement({ journey: { mean, p99 } }: ReturnType<typeof both>, meanWithin: number, p99Within: number): void {
  expect(Math.abs(mean?.difference ?? 1)).toBeLessThan(meanWithin);
  expect(Math.abs(p99?.difference ?? 1)).toBeLessThan(p99Within);
}

test('more processes than cores: the core is waited for, hardly the process', () => {
  expectAgreement(both(design().client('c').monolith('m', { worker_class: 'asgi' }).connect('c', 'm').workload({ peak_rps: 180 }).build()), 0.1, 0.2);
});

test('an event loop for each of eight cores that mostly waits for others', () => {
  const waiting = { instances: 1, vcpu: 8, workers: 8, worker_class: 'asgi', cpu_ms: 10, io_ms: 50 };
  expectAgreement(both(design().client('c').service('api', waiting).connect('c', 'api').workload({ peak_rps: 600 }).build()), 0.08, 0.15);
});

test('short reads behind long writes', () => {
  const document = design().client('c').rdbms('db', { vcpu: 2, iops: 60_000, read_miss: 0, write_cpu_ms: 5 }).connect('c', 'db').workload({ peak_rps: 2000, read_fraction: 0.9 }).build();
  const { journey, loads } = both(document);
  expect(loads('db', 'cpu')[0]).toBeGreaterThan(0.6);
  expectAgreement({ journey } as ReturnType<typeof both>, 0.08, 0.2);
});

test('reads that miss memory on a replica wait for its disk, not for the primary’s', () => {
  const document = design().client('c').rdbms('db', { replicas: 2, iops: 3000, read_miss: 0.4, vcpu: 8 }).connect('c', 'db').workload({ peak_rps: 9000, read_fraction: 0.98 }).build();
  const at = both(document, 100_000);
  expectAgreement(at, 0.1, 0.2);
  expect(at.loads('db', 'io')[0]).toBeGreaterThan(0.6);
});

test('requests dealt by a hash, and keys on shards: the hottest fills first, others are met too', () => {
  const hashed = design().client('c').balancer('lb', { algorithm: 'ip_hash' }).service('api', { instances: 6, cpu_ms: 10 }).chain('c', 'lb', 'api').workload({ peak_rps: 500 }).build();
  const at = both(hashed);
  expectAgreement(at, 0.1, 0.2);
  expect(at.loads('api', 'cpu')[0]).toBeGreaterThan(0.7);
  const sharded = design().client('c').rdbms('db', { shards: 4, placement: 'geo', vcpu: 2, iops: 60_000, read_miss: 0 }).connect('c', 'db').workload({ peak_rps: 9000, read_fraction: 0.8 }).build();
  expectAgreement(both(sharded, 100_000), 0.1, 0.2);
});

test('few workers that are nearly all taken: the formula is too fast, and the result says that it is not to be relied on', () => {
  const tier = { instances: 1, vcpu: 1, workers: 3, worker_class: 'sync', cpu_ms: 10, io_ms: 50 };
  const { journey, loads } = both(design().client('c').service('api', tier).connect('c', 'api', { network_class: 'in_process' }).workload({ peak_rps: 42.5 }).build());
  expect(loads('api', 'slots')[0]).toBeCloseTo(0.85, 9);
  // a place is held while the core is waited for
  expect(loads('api', 'slots')[1]).toBeGreaterThan(0.87);
  expect(journey.mean?.difference).toBeGreaterThan(0.15);
  expect(journey.verdict).toBe('differ');
  expect(journey.note).toContain('Do not rely on the analytic latency');
});

test('a consumer that makes its calls for each message of a batch is held by all of them', () => {
  const document = (per: string): Design => design().client('c').service('api').rabbitmq('q').celery('w', { instances: 4, vcpu: 2, task_cpu_s: 0.01, task_io_s: 0.02 }).node('external-api', 'out', { latency_ms: 50 })
    .connect('c', 'api').connect('api', 'q').connect('q', 'w', { batch: 10, per }).connect('w', 'out').workload({ peak_rps: 60, read_fraction: 0 }).build();
  // 6 batches per second, each .03 s and 10 calls of .05 s, over 8 consumers; with one call for the batch .03 + .05 s
  const each = both(document('message'), 30_000).loads('w', 'slots');
  expect(each[0]).toBeCloseTo((6 * 0.53) / 8, 6);
  expect(Math.abs(each[1] / each[0] - 1)).toBeLessThan(0.05);
  const once = both(document('batch'), 30_000).loads('w', 'slots');
  expect(once[0]).toBeCloseTo((6 * 0.08) / 8, 6);
  expect(Math.abs(once[1] / once[0] - 1)).toBeLessThan(0.05);
});
