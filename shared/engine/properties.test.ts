import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { design } from '../../tests/support/design-builder.ts';
import { randomDesign } from '../../tests/support/random-design.ts';
import { AXES, type Evaluation } from '../contracts/evaluation.ts';
import type { Design } from '../model/design.ts';
import { stableStringify } from '../lib/stable-json.ts';
import { compileDesign } from './compile/compile.ts';
import { evaluate } from './evaluate.ts';

const RUNS = { numRuns: 150, seed: 20 };

/** Paths of numbers that are not finite. */
function notFinite(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} = ${String(value)}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => notFinite(member, `${path}.${key}`));
}

function scoresOf(result: Evaluation): (number | null)[] {
  return [...AXES.map((axis) => result.scores[axis].score.value), result.overall.value];
}

function reversed<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).reverse());
}

test('no number is ever NaN or infinite, at any load', () => {
  fc.assert(fc.property(randomDesign(), fc.constantFrom(0, 1, 10, 1000), (drawn, multiple) => {
    expect(notFinite(evaluate(drawn, catalog, { multiple }), 'evaluation')).toEqual([]);
  }), RUNS);
});

test('order, names and layout change nothing', () => {
  fc.assert(fc.property(randomDesign(), (drawn) => {
    const nodes = Object.fromEntries(Object.entries(drawn.nodes).map(([id, node]) => [id, { ...node, name: `Renamed ${node.name}` }]));
    const moved: Design = { ...drawn, nodes: reversed(nodes), edges: reversed(drawn.edges), layout: { ...drawn.layout, nodes: { n1: { x: 9, y: 9 } } } };
    const plain = (result: Evaluation) => stableStringify({ ...result, assumptions: [] }).replaceAll('Renamed ', '');
    expect(plain(evaluate(moved, catalog))).toBe(plain(evaluate(drawn, catalog)));
  }), RUNS);
});

test('ids change nothing but rounding', () => {
  fc.assert(fc.property(randomDesign(), (drawn) => {
    const renamed = (id: string): string => `${id.length % 2 === 0 ? 'z' : 'a'}${id.split('').reverse().join('')}${id}`;
    const nodes = Object.fromEntries(Object.values(drawn.nodes).map((node) => [renamed(node.id), { ...node, id: renamed(node.id) }]));
    const edges = Object.fromEntries(Object.values(drawn.edges).map((edge) => [renamed(edge.id), { ...edge, id: renamed(edge.id), from: renamed(edge.from), to: renamed(edge.to) }]));
    const before = evaluate(drawn, catalog);
    const after = evaluate({ ...drawn, nodes, edges }, catalog);
    for (const [id, node] of Object.entries(before.nodes)) {
      const other = after.nodes[renamed(id)];
      expect(other?.arrival_rps).toBeCloseTo(node.arrival_rps, 6);
      expect(other?.utilisation ?? 0).toBeCloseTo(node.utilisation ?? 0, 6);
    }
    expect(after.headroom.now.value ?? 0).toBeCloseTo(before.headroom.now.value ?? 0, 6);
    expect(after.cost.usd_month).toBeCloseTo(before.cost.usd_month, 6);
    scoresOf(after).forEach((score, i) => void expect(score ?? -1, AXES[i]).toBeCloseTo(scoresOf(before)[i] ?? -1, 6));
  }), RUNS);
});

test('naming the derived journeys changes no number', () => {
  fc.assert(fc.property(randomDesign(), (random) => {
    // behind a content delivery network, which answers a share of what derived journeys read
    const front = design().node('cdn', 'front').chain('n0', 'front', 'n1').build();
    const drawn: Design = { ...random, nodes: { ...random.nodes, ...front.nodes }, edges: { ...random.edges, ...front.edges } };
    const derived = compileDesign(drawn, catalog).journeys;
    const ids = new Map(derived.map(({ id }, index) => [id, `j${String(index).padStart(4, '0')}`]));
    const journeys = Object.fromEntries(derived.map(({ id, journey }) => [ids.get(id) ?? '', { ...journey, id: ids.get(id) ?? '' }]));
    const before = evaluate(drawn, catalog);
    const after = evaluate({ ...drawn, journeys }, catalog);
    const numbers = ({ nodes, edges, journeys: found, cost, headroom, blast, cascades, cuts }: Evaluation): string => JSON.stringify({ nodes, edges, found, cost, headroom, blast, cascades, cuts });
    const named = [...ids].reduce((text, [old, id]) => text.replaceAll(JSON.stringify(old), JSON.stringify(id)), numbers(before));
    expect(JSON.parse(numbers(after))).toEqual(JSON.parse(named.replaceAll('"derived":true', '"derived":false')));
    expect(scoresOf(after)).toEqual(scoresOf(before));
  }), RUNS);
});

test('an unconnected part changes nothing', () => {
  fc.assert(fc.property(randomDesign(), (drawn) => {
    const apart = design().service('x1').rdbms('x2').redis('x3').chain('x1', 'x2').chain('x1', 'x3').build();
    const both: Design = { ...drawn, nodes: { ...drawn.nodes, ...apart.nodes }, edges: { ...drawn.edges, ...apart.edges } };
    const before = evaluate(drawn, catalog);
    const after = evaluate(both, catalog);
    expect(stableStringify(after.journeys)).toBe(stableStringify(before.journeys));
    expect(after.headroom).toEqual(before.headroom);
    for (const id of Object.keys(drawn.nodes)) expect(after.nodes[id]).toEqual(before.nodes[id]);
    expect(after.nodes['x2']?.connected).toBe(false);
    expect(scoresOf(after)).toEqual(scoresOf(before));
    expect([after.cost.usd_month, after.burden.index]).toEqual([before.cost.usd_month, before.burden.index]);
    expect(stableStringify([after.blast, after.cascades, after.cuts, after.entities])).toBe(stableStringify([before.blast, before.cascades, before.cuts, before.entities]));
  }), RUNS);
});

test('a cache never raises the load behind it, whatever its mode', () => {
  const modes = fc.constantFrom('aside', 'read_through', 'write_through', 'write_behind', 'write_around');
  fc.assert(fc.property(modes, fc.boolean(), fc.boolean(), fc.constantFrom(1, 100, 1e5), fc.constantFrom(0, 5), fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), (mode, invalidate, negative_cache, max_items, ttl_s, public_ids, read_fraction) => {
    const plain = () => design().client('c').service('api').rdbms('db').chain('c', 'api', 'db').entity('e', 'db', { public_ids }).workload({ read_fraction });
    const before = evaluate(plain().build(), catalog).nodes['db'];
    const after = evaluate(plain().redis('r', { max_items, ttl_s }).connect('api', 'r', { mode, invalidate, negative_cache }).build(), catalog).nodes['db'];
    expect(after?.reads_rps).toBeLessThanOrEqual((before?.reads_rps ?? 0) + 1e-9);
    expect(after?.writes_rps).toBeLessThanOrEqual((before?.writes_rps ?? 0) + 1e-9);
  }), RUNS);
});

test('latency and utilisation rise with the load', () => {
  fc.assert(fc.property(randomDesign(), fc.double({ min: 0.1, max: 5, noNaN: true }), (drawn, multiple) => {
    // more load makes a cache with a time to live hit more often, which may shorten an answer
    fc.pre(!Object.values(drawn.nodes).some((node) => node.type === 'redis'));
    const low = evaluate(drawn, catalog, { multiple });
    const high = evaluate(drawn, catalog, { multiple: multiple * 1.5 });
    for (const [id, node] of Object.entries(low.nodes)) expect(high.nodes[id]?.utilisation ?? 0).toBeGreaterThanOrEqual((node.utilisation ?? 0) - 1e-12);
    for (const [id, journey] of Object.entries(low.journeys)) {
      const after = high.journeys[id]?.mean_ms;
      if (after?.state === 'ok' && journey.mean_ms.state === 'ok') expect(after.value ?? 0).toBeGreaterThanOrEqual((journey.mean_ms.value ?? 0) * (1 - 1e-6));
    }
  }), RUNS);
});

test('a soft part never raises a score', () => {
  fc.assert(fc.property(randomDesign(), fc.nat(), fc.constantFrom('service', 'rdbms', 'redis'), (drawn, pick, type) => {
    const callers = Object.values(drawn.nodes).filter((node) => node.type === 'service' || node.type === 'monolith' || node.type === 'celery-worker');
    fc.pre(callers.length > 0);
    const caller = callers[pick % callers.length]?.id ?? '';
    const extra = design().node(type, 'extra').build();
    const priced: Design = { ...drawn, targets: { budget_usd_month: 1000 } };
    // a write, so that no cache of the caller takes it for the reads that it stands before
    const edges = { ...drawn.edges, soft: { id: 'soft', from: caller, to: 'extra', kind: 'http' as const, params: { criticality: 'soft', op: 'write' } } };
    const before = scoresOf(evaluate(priced, catalog));
    const after = scoresOf(evaluate({ ...priced, nodes: { ...drawn.nodes, ...extra.nodes }, edges }, catalog));
    after.forEach((score, i) => void expect(score ?? 0, AXES[i] ?? 'overall').toBeLessThanOrEqual((before[i] ?? 0) + 1e-6));
  }), RUNS);
});

test('scores stand between 0 and 100, and fall as the load grows', () => {
  fc.assert(fc.property(randomDesign(), fc.double({ min: 0.1, max: 5, noNaN: true }), (drawn, multiple) => {
    const [low, high] = [evaluate(drawn, catalog, { multiple }), evaluate(drawn, catalog, { multiple: multiple * 1.5 })];
    for (const score of [...scoresOf(low), ...scoresOf(high)]) expect(score === null || (score >= 0 && score <= 100)).toBe(true);
    if (Object.values(drawn.nodes).some((node) => node.type === 'redis')) return;
    for (const axis of ['scalability', 'latency', 'availability'] as const) expect(high.scores[axis].score.value ?? 0, axis).toBeLessThanOrEqual((low.scores[axis].score.value ?? 0) + 0.01);
  }), RUNS);
});
