import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { layeredDesign } from '../../../tests/properties/layered-design.ts';
import { busiest, PATIENCE, RUNS, withEdge, withNode, withParts } from '../../../tests/properties/outcomes.ts';
import { design } from '../../../tests/support/design-builder.ts';
import type { Evaluation } from '../../contracts/evaluation.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

const availabilities = (result: Evaluation): number[] => ['j', 'k'].map((id) => result.journeys[id]?.availability.value ?? 0);
const serverTypes: ReadonlySet<string> = new Set(['service', 'monolith', 'nginx', 'gateway-kong']);
/** What fails, not what is late: a standby makes commits, and so timeouts, a little longer. */
const patient = { timeouts: false } as const;

test('latency rises with the load, long before anything is full', () => {
  fc.assert(fc.property(layeredDesign({ caches: false, types: ['service', 'monolith'] }), fc.double({ min: 0.2, max: 0.9, noNaN: true }), (drawn, at) => {
    const scale = (at * 1) / Math.max(1e-9, busiest(evaluate(drawn.design, catalog)));
    const [low, high] = [evaluate(drawn.design, catalog, { multiple: scale * 0.8 }), evaluate(drawn.design, catalog, { multiple: scale })];
    for (const id of ['j', 'k']) {
      const [before, after] = [low.journeys[id], high.journeys[id]];
      if (before?.mean_ms.state !== 'ok' || after?.mean_ms.state !== 'ok') continue;
      expect(after.mean_ms.value ?? 0).toBeGreaterThanOrEqual((before.mean_ms.value ?? 0) * (1 - 1e-9));
      // sums of unlike times are gammas of their mean and variance: a little more of the tame part may cost a hair of the tail
      expect(after.p99_ms.value ?? 0).toBeGreaterThanOrEqual((before.p99_ms.value ?? 0) * (1 - 5e-3));
    }
  }), RUNS);
}, PATIENCE);

test('a service at 80 % answers later than at 40 %', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.constantFrom(1, 2, 4), fc.constantFrom(2, 20), (instances, vcpu, cpu_ms) => {
    const full = (instances * vcpu * 1000) / cpu_ms;
    const at = (share: number): number => evaluate(design().client('c').service('s', { instances, vcpu, cpu_ms }).chain('c', 's').journey('j', { rate_rps: share * full, entry: 'c>s' }).build(), catalog).journeys['j']?.p99_ms.value ?? 0;
    expect(at(0.8)).toBeGreaterThan(at(0.4) * 1.02);
  }), { ...RUNS, numRuns: 30 });
}, PATIENCE);

test('calls fan out to all, a balancer splits them', () => {
  fc.assert(fc.property(fc.array(fc.record({ calls: fc.constantFrom(0.5, 1, 3), probability: fc.constantFrom(0.25, 1) }), { minLength: 1, maxLength: 6 }), fc.boolean(), fc.integer({ min: 1, max: 500 }), (edges, split, rate) => {
    const built = design().client('c').node(split ? 'lb-managed' : 'service', 'm').connect('c', 'm').journey('j', { rate_rps: rate, entry: 'c>m', op: 'read' });
    edges.forEach((params, i) => void built.service(`t${i}`).connect('m', `t${i}`, split ? {} : params));
    const result = evaluate(built.build(), catalog);
    edges.forEach(({ calls, probability }, i) => void expect(result.nodes[`t${i}`]?.arrival_rps).toBeCloseTo(split ? rate / edges.length : rate * calls * probability, 9));
  }), RUNS);
}, PATIENCE);

test('more units, copies and standbys never lower availability', () => {
  fc.assert(fc.property(layeredDesign(patient), fc.nat(), (drawn, pick) => {
    const ids = Object.keys(drawn.design.nodes).filter((id) => serverTypes.has(drawn.design.nodes[id]?.type ?? '') || drawn.design.nodes[id]?.type === 'rdbms');
    const id = ids[pick % ids.length] ?? '';
    fc.pre(ids.length > 0);
    const node = drawn.design.nodes[id];
    const more: Params = node?.type === 'rdbms' ? { replicas: Number(node.params['replicas'] ?? 0) + 1 } : { instances: Number(node?.params['instances'] ?? 2) + 1 };
    const [before, after] = [evaluate(drawn.design, catalog), evaluate(withNode(drawn.design, id, more), catalog)];
    availabilities(after).forEach((value, i) => void expect(value).toBeGreaterThanOrEqual((availabilities(before)[i] ?? 0) - 1e-12));
  }), { ...RUNS, numRuns: 150 });
}, PATIENCE);

test('a standby never lowers availability', () => {
  fc.assert(fc.property(layeredDesign(patient), (drawn) => {
    for (const id of drawn.stores.filter((store) => drawn.design.nodes[store]?.type === 'rdbms')) {
      // its commits take longer: callers that are nearly full answer fewer, so it is asked with room
      const multiple = 0.3 / Math.max(1e-9, busiest(evaluate(drawn.design, catalog)));
      const [before, after] = (['single', 'multi_az'] as const).map((ha) => evaluate(withNode(drawn.design, id, { ha }), catalog, { multiple })) as [Evaluation, Evaluation];
      availabilities(after).forEach((value, i) => void expect(value).toBeGreaterThanOrEqual((availabilities(before)[i] ?? 0) - 1e-6));
    }
  }), RUNS);
}, PATIENCE);

test('one more alternative never lowers availability', () => {
  fc.assert(fc.property(layeredDesign(patient), (drawn) => {
    const edges = drawn.apps.slice(1).map((app, i) => ({ app, edge: `s${i}>${app}` }));
    for (const { app, edge } of edges) {
      const grouped = withEdge(drawn.design, edge, { any_of: 'g' });
      const other = design().node(drawn.design.nodes[app]?.type ?? 'service', 'other', drawn.design.nodes[app]?.params ?? {}).build();
      const params = { ...drawn.design.edges[edge]?.params, any_of: 'g' };
      const both = withParts(grouped, other, [{ id: 'also', from: drawn.design.edges[edge]?.from ?? '', to: 'other', params }]);
      const [before, after] = [evaluate(grouped, catalog), evaluate(both, catalog)];
      availabilities(after).forEach((value, i) => void expect(value).toBeGreaterThanOrEqual((availabilities(before)[i] ?? 0) - 1e-12));
    }
  }), RUNS);
}, PATIENCE);

test('a hard dependency never raises availability, nor shortens an answer', () => {
  fc.assert(fc.property(layeredDesign({ ...patient, deploys: true, types: ['service', 'monolith'] }), fc.nat(), fc.constantFrom('service', 'rdbms', 'external-api', 'nosql', 'auth-provider'), (drawn, pick, type) => {
    const from = drawn.apps[pick % drawn.apps.length] ?? '';
    const more = withParts(drawn.design, design().node(type, 'more', type === 'service' ? { deploys_per_year: 20 } : {}).build(), [{ id: 'more', from, to: 'more', params: {} }]);
    const [before, after] = [evaluate(drawn.design, catalog), evaluate(more, catalog)];
    availabilities(after).forEach((value, i) => void expect(value).toBeLessThanOrEqual((availabilities(before)[i] ?? 0) + 1e-12));
    for (const id of ['j', 'k']) {
      const [a, b] = [before.journeys[id]?.p99_ms, after.journeys[id]?.p99_ms];
      if (a?.state === 'ok' && b?.state === 'ok') expect(b.value ?? 0).toBeGreaterThanOrEqual((a.value ?? 0) * (1 - 5e-3));
    }
  }), RUNS);
}, PATIENCE);
