import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { layeredDesign } from '../../../tests/properties/layered-design.ts';
import { PATIENCE, RUNS, scoresOf, withEdge, withParts } from '../../../tests/properties/outcomes.ts';
import { design } from '../../../tests/support/design-builder.ts';
import { AXES, type Evaluation } from '../../contracts/evaluation.ts';
import type { Params } from '../../model/design.ts';
import { evaluate } from '../evaluate.ts';

const NAMES = [...AXES, 'overall'] as const;

/** A sum of unlike times is a gamma of their mean and variance: a tame addition to a wild time costs a hair of its tail. */
const HAIR: Readonly<Record<string, number>> = { latency: 0.5, overall: 0.3 };

/** No score of `after` is above that of `before`. */
function notBetter(before: Evaluation, after: Evaluation, but: ReadonlySet<string> = new Set()): void {
  const then = scoresOf(before);
  scoresOf(after).forEach((score, i) => {
    if (!but.has(NAMES[i] ?? '')) expect(score ?? 0, NAMES[i]).toBeLessThanOrEqual((then[i] ?? 0) + (HAIR[NAMES[i] ?? ''] ?? 1e-6));
  });
}

test('a part that does nothing for anybody raises no score', () => {
  const parts = fc.constantFrom<{ readonly type: string; readonly params: Params }>(
    { type: 'service', params: { criticality: 'soft' } }, { type: 'rdbms', params: { criticality: 'soft', op: 'write' } }, { type: 'tracing', params: {} }, { type: 'metrics-logs', params: {} },
    { type: 'config-secrets', params: {} }, { type: 'external-api', params: { fallback: true } }, { type: 'nosql', params: { criticality: 'soft', op: 'write' } },
  );
  fc.assert(fc.property(layeredDesign(), fc.nat(), parts, ({ design: drawn, apps }, pick, { type, params }) => {
    // two deployables that are traced earn a credit in the burden, stated for them
    const more = withParts(drawn, design().node(type, 'more').build(), [{ id: 'more', from: apps[pick % apps.length] ?? '', to: 'more', params }]);
    notBetter(evaluate(drawn, catalog), evaluate(more, catalog), type === 'tracing' ? new Set(['cost', 'overall']) : new Set());
  }), RUNS);
}, PATIENCE);

test('a box between two others that only passes on raises no score', () => {
  fc.assert(fc.property(layeredDesign({ timeouts: false }), fc.constantFrom('nginx', 'service'), ({ design: drawn }, type) => {
    const entry = drawn.edges['entry'];
    const between = { ...drawn, edges: { ...drawn.edges, entry: { ...entry, id: 'entry', from: 'c', to: 'hop', params: {} } } };
    const more = withParts(between, design().node(type, 'hop', { autoscale: { min: 2, max: 50 } }).build(), [{ id: 'hop', from: 'hop', to: entry?.to ?? '', params: {} }]);
    // a front may answer for rules about having one
    const axes: ReadonlySet<string> = new Set(['isolation', 'consistency', 'overall', 'scalability']);
    notBetter(evaluate(drawn, catalog), evaluate(more, catalog), axes);
  }), RUNS);
}, PATIENCE);

test('a cache never raises the load behind it, nor writes to its home', () => {
  const edge = fc.record({ mode: fc.constantFrom('aside', 'read_through', 'write_through', 'write_behind', 'write_around'), invalidate: fc.boolean(), negative_cache: fc.boolean(), bloom: fc.boolean(), coalesce: fc.constantFrom(1, 5) }, { requiredKeys: [] });
  const redis = fc.record({ max_items: fc.constantFrom(1, 1000, 1e6), ttl_s: fc.constantFrom(0, 1, 600), eviction: fc.constantFrom('allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'noeviction'), roles: fc.constant<unknown[]>(['cache']) }, { requiredKeys: ['roles'] }).map((params): Params => ({ ...params }));
  fc.assert(fc.property(layeredDesign({ caches: false, timeouts: false, types: ['service', 'monolith'] }), edge, redis, ({ design: drawn, stores }, params, cache) => {
    fc.pre(stores.length > 0);
    const caller = (stores[0] ?? '').replace('d', 's');
    const more = withParts(drawn, design().redis('cache', cache).build(), [{ id: 'cache', from: caller, to: 'cache', params }]);
    const [before, after] = [evaluate(drawn, catalog), evaluate(more, catalog)];
    for (const id of Object.keys(drawn.nodes)) {
      expect(after.nodes[id]?.reads_rps ?? 0).toBeLessThanOrEqual((before.nodes[id]?.reads_rps ?? 0) + 1e-9);
      expect(after.nodes[id]?.writes_rps ?? 0).toBeLessThanOrEqual((before.nodes[id]?.writes_rps ?? 0) + 1e-9);
    }
  }), RUNS);
}, PATIENCE);

/** Practices of connections whose yes is the good one. */
const GOOD = ['fallback', 'circuit_breaker', 'idempotency_key', 'invalidate', 'single_flight', 'ttl_jitter', 'negative_cache', 'confirm', 'outbox', 'dlq', 'idempotent', 'acks_late', 'context_propagated', 'promotable'] as const;

test('a practice set to yes lowers no score but cost, set to no raises none', () => {
  fc.assert(fc.property(layeredDesign({ deploys: true }), fc.nat(), fc.constantFrom(...GOOD), ({ design: drawn }, pick, practice) => {
    const ids = Object.keys(drawn.edges).filter((id) => drawn.edges[id]?.params[practice] === undefined);
    fc.pre(ids.length > 0);
    const id = ids[pick % ids.length] ?? '';
    const [unset, yes, no] = [evaluate(drawn, catalog), evaluate(withEdge(drawn, id, { [practice]: true }), catalog), evaluate(withEdge(drawn, id, { [practice]: false }), catalog)];
    notBetter(unset, no, new Set(['cost', 'overall']));
    notBetter(yes, unset, new Set(['cost', 'overall']));
  }), { ...RUNS, numRuns: 120 });
}, PATIENCE);
