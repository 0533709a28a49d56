import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { AXES, type Explanations } from '../../contracts/evaluation.ts';
import { withExplanations, type ExplainedEvaluation } from '../../contracts/explained.ts';
import type { Design, Params } from '../../model/design.ts';
import { benchDesign } from '../../../tests/bench/designs.ts';
import { EDIT_KINDS } from '../../../tests/bench/edits.ts';
import { layeredDesign } from '../../../tests/properties/layered-design.ts';
import { design as builder } from '../../../tests/support/design-builder.ts';
import { randomDesign } from '../../../tests/support/random-design.ts';
import { evaluate, evaluateExplained, explain, sweep } from '../evaluate.ts';
import { openSession } from './session.ts';
import { share } from './share.ts';

type Edit = (design: Design, history: readonly Design[]) => Design;

function without<T>(record: Readonly<Record<string, T>>, key: string | undefined): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}

/** One member of a record changed; `at` is counted round. */
function changed<T extends object>(record: Readonly<Record<string, T>>, at: number, change: (member: T) => Partial<T>): Record<string, T> {
  const key = Object.keys(record)[at % Math.max(1, Object.keys(record).length)];
  return key === undefined ? { ...record } : { ...record, [key]: { ...(record[key] as T), ...change(record[key] as T) } };
}

function withParams<T extends { readonly params: Params }>(member: T, params: Params): Partial<T> {
  return { params: { ...member.params, ...params } } as Partial<T>;
}

/** What is set on any component, and on those of a type: what changes its form, its speed, or nothing at all. */
const ANYWHERE: readonly Params[] = [{ instances: 3 }, { instances: 1 }, { cpu_ms: 9 }, { cpu_ms: 60 }, { deploys_per_year: 300 }, { instances: 'no number' }, {}];
const FITTING: Readonly<Record<string, readonly Params[]>> = {
  rdbms: [{ replicas: 2 }, { replicas: 0 }, { shards: 3 }, { ha: 'multi_az' }, { vcpu: 2 }], redis: [{ ttl_s: 5 }, { max_items: 50 }, { shards: 3 }], client: [{ users: 300 }], 'external-api': [{ latency_ms: 400 }],
  service: [{ cpu_ms: 5 }, { io_ms: 25 }, { vcpu: 1 }, { autoscale: true }], monolith: [{ threads: 2 }, { worker_class: 'sync' }], 'celery-worker': [{ task_cpu_s: 0.3 }, { instances: 2 }], rabbitmq: [{ max_length: 3 }, { max_length: 1000 }, { instances: 1 }], 'lb-managed': [{ algorithm: 'ip_hash' }],
};

function fittingParams(type: string, at: number): Params {
  const all = [...(FITTING[type] ?? []), ...(FITTING[type] ?? []), ...ANYWHERE];
  return all[at % all.length] as Params;
}

const edgeParams: fc.Arbitrary<Params> = fc.constantFrom<Params>(
  { calls: 2 }, { probability: 0.4 }, { probability: 0 }, { timeout_ms: 150 }, { timeout_ms: 1000, retries: 2 }, { retries: 0 }, { order: 'par:x' }, { criticality: 'soft' }, { fallback: true }, { pool_size: 1 },
  { bulkhead_slots: 2 }, { invalidate: false }, { queries: 4 }, { batch: 5 }, { op: 'write' }, { circuit_breaker: true }, { blocking_driver: true }, { weight: 3 },
);

const places = fc.nat({ max: 60 });
const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(places, places).map(([at, which]): Edit => (design) => ({ ...design, nodes: changed(design.nodes, at, (node) => withParams(node, fittingParams(node.type, which))) })) },
  { weight: 3, arbitrary: fc.tuple(places, edgeParams).map(([at, params]): Edit => (design) => ({ ...design, edges: changed(design.edges, at, (edge) => withParams(edge, params)) })) },
  fc.tuple(places, fc.constantFrom('A', 'Payments')).map(([at, name]): Edit => (design) => ({ ...design, nodes: changed(design.nodes, at, () => ({ name })) })),
  fc.tuple(places, fc.constantFrom('service', 'redis', 'rdbms', 'celery-worker')).map(([at, type]): Edit => (design) => ({ ...design, nodes: { ...design.nodes, [`added${at}`]: { id: `added${at}`, type, name: type, params: {} } } })),
  places.map((at): Edit => (design) => ({ ...design, nodes: without(design.nodes, Object.keys(design.nodes)[at % Object.keys(design.nodes).length]) })),
  { weight: 2, arbitrary: fc.tuple(places, places).map(([from, to]): Edit => (design) => {
    const ids = Object.keys(design.nodes);
    const edge = { id: `m${from}-${to}`, from: ids[from % ids.length] ?? '', to: ids[to % ids.length] ?? '', params: {} };
    return ids.length === 0 ? design : { ...design, edges: { ...design.edges, [edge.id]: edge } };
  }) },
  places.map((at): Edit => (design) => ({ ...design, edges: without(design.edges, Object.keys(design.edges)[at % Math.max(1, Object.keys(design.edges).length)]) })),
  { weight: 3, arbitrary: fc.tuple(places, fc.constantFrom({ rate_rps: 33 }, { rate_rps: 300 }, { rate_rps: 0 }, { op: 'read' as const }, { importance: 3 }, { done_quantile: 0.5 }, { name: 'Buy' })).map(([at, change]): Edit => (design) => ({ ...design, journeys: changed(design.journeys, at, () => change) })) },
  fc.tuple(places, fc.constantFrom({ keys: 2e6 }, { requirement: 'strong' as const }, { zipf_s: 1.3 })).map(([at, change]): Edit => (design) => ({ ...design, entities: changed(design.entities, at, () => change) })),
  fc.constantFrom({ peak_rps: 40 }, { peak_rps: 4000 }, { read_fraction: 0.3 }, { ca2: 2 }, { burst: { factor: 3, duration_s: 60 } }).map((change): Edit => (design) => ({ ...design, workload: { ...design.workload, ...change } })),
  fc.constantFrom({ change_risk: true }, { unstated: 'assume_no' as const }, { beta: 0.2 }, { weights: { cost: 5 } }).map((change): Edit => (design) => ({ ...design, settings: { ...design.settings, ...change } })),
  places.map((at): Edit => (design) => ({ ...design, layout: { ...design.layout, nodes: { ...design.layout.nodes, n1: { x: at, y: 10 } } } })),
  { weight: 2, arbitrary: places.map((back): Edit => (_, history) => history[back % history.length] as Design) },
);

const starts = fc.oneof(layeredDesign().map(({ design }) => design), layeredDesign({ queue: true }).map(({ design }) => design), layeredDesign({ queue: true }).map(({ design }) => design), randomDesign(10));
const histories = fc.record({ start: starts, steps: fc.array(fc.record({ edit: edits, multiple: fc.constantFrom(1, 1, 1, 1, 1, 12), cloned: fc.boolean() }), { minLength: 6, maxLength: 8 }) });

/** Trees of another answer: for the states whose own are not asked for. */
function treesOf({ scores }: ExplainedEvaluation): Explanations {
  return Object.fromEntries(AXES.map((axis) => [axis, scores[axis].explanation])) as Explanations;
}

describe('a session', () => {
  it('answers every state of a document as if it had never seen another one', () => {
    fc.assert(fc.property(histories, ({ start, steps }) => {
      const session = openSession(catalog);
      const states = [start];
      session.evaluate(start);
      for (const [step, { edit, multiple, cloned }] of steps.entries()) {
        const next = edit(states[states.length - 1] as Design, states);
        states.push(next);
        // the worker gets copies in which nothing is the same object
        const sent = cloned ? structuredClone(next) : next;
        const before = JSON.stringify(sent);
        const answer = session.evaluate(sent, { multiple });
        const whole = evaluateExplained(structuredClone(next), catalog, { multiple });
        expect(JSON.stringify(withExplanations(answer, step % 3 === 2 ? session.explain(sent, AXES, { multiple }) : treesOf(whole), (id) => whole.journeys[id]?.steps ?? []))).toBe(JSON.stringify(whole));
        expect(JSON.stringify(sent)).toBe(before);
      }
    }), { numRuns: 40, seed: 71 });
  }, 60_000);

  it('answers edits far below the entry of a deep drawing', () => {
    const session = openSession(catalog);
    let state = benchDesign(60, 2);
    session.evaluate(state);
    for (const [step, kind] of [...EDIT_KINDS, ...EDIT_KINDS].entries()) {
      state = kind.apply(state, 200 * (step + 1));
      expect(JSON.stringify(session.evaluate(structuredClone(state)))).toBe(JSON.stringify(evaluate(state, catalog)));
    }
  }, 30_000);

  it('makes new formulas when a component takes another form, though all calls stay what they were', () => {
    const drawn = builder().client('users').service('api', { instances: 2 }).rdbms('db').chain('users', 'api', 'db').workload({ peak_rps: 50, read_fraction: 1 }).build();
    const forms: readonly Params[] = [{}, { replicas: 1 }, { replicas: 2, ha: 'multi_az' }, {}, { replicas: 2, shards: 2 }, { replicas: 1 }];
    const session = openSession(catalog);
    for (const params of forms) {
      const state = { ...drawn, nodes: changed<Design['nodes'][string]>(drawn.nodes, 2, () => ({ params })) };
      expect(JSON.stringify(session.evaluate(structuredClone(state)))).toBe(JSON.stringify(evaluate(state, catalog)));
    }
  });

  it('follows a queue that becomes longer, shorter or full to those who wait behind it, and a name to nobody', () => {
    const drawn = builder().client('users').service('api', { instances: 2 }).rabbitmq('other').rabbitmq('queue').celery('worker', { task_cpu_s: 0.5 }).chain('users', 'api', 'queue', 'worker').chain('api', 'other', 'worker').workload({ peak_rps: 60, read_fraction: 0 }).build();
    const session = openSession(catalog);
    const longest: readonly Params[] = [{}, { max_length: 20 }, { max_length: 20_000 }, { message_ttl_s: 3 }, {}];
    const answers = longest.map((params, step) => {
      const state = { ...drawn, nodes: { ...drawn.nodes, queue: { ...(drawn.nodes['queue'] as Design['nodes'][string]), name: `Queue ${step}`, params } } };
      const answer = session.evaluate(structuredClone(state));
      expect(JSON.stringify(answer)).toBe(JSON.stringify(evaluate(state, catalog)));
      const renamed = { ...state, nodes: { ...state.nodes, worker: { ...(drawn.nodes['worker'] as Design['nodes'][string]), name: `Worker ${step}` } } };
      expect(JSON.stringify(session.evaluate(structuredClone(renamed)))).toBe(JSON.stringify(evaluate(renamed, catalog)));
      return JSON.stringify(Object.values(answer.journeys).map(({ done_s }) => done_s));
    });
    expect(new Set(answers).size).toBeGreaterThan(2);
  });

  it('sweeps the state that it holds, and answers a move with what it knows', () => {
    const { design } = fc.sample(layeredDesign(), { numRuns: 1, seed: 3 })[0] as { readonly design: Design };
    const session = openSession(catalog);
    const first = session.evaluate(design);
    const moved = { ...structuredClone(design), layout: { ...design.layout, nodes: { ...design.layout.nodes, c: { x: 1, y: 2 } } } };
    expect(session.evaluate(moved)).toBe(first);
    expect(session.sweep(moved, { steps: 12 })).toEqual(sweep(design, catalog, { steps: 12 }));
    expect(session.evaluate(moved, { multiple: 2 })).not.toBe(first);
    expect(session.evaluate(moved, { today: '2026-01-01' })).not.toBe(first);
  });

  it('explains the last answer whatever was asked since, and another one as well', () => {
    const { design } = fc.sample(layeredDesign(), { numRuns: 1, seed: 3 })[0] as { readonly design: Design };
    const session = openSession(catalog);
    session.evaluate(design);
    session.figures(design, 7);
    session.sweep(design, { steps: 12 });
    expect(session.explain(design, AXES)).toEqual(explain(design, catalog, AXES));
    expect(session.explain(design, ['latency'], { multiple: 3 })).toEqual(explain(design, catalog, ['latency'], { multiple: 3 }));
  });

  it('answers a move of a large drawing with what it knows, and makes again what the answer was made of', () => {
    const large = benchDesign(2100, 2);
    const session = openSession(catalog);
    const { evaluation, fixes } = session.evaluateWithFixes(large);
    const moved = { ...structuredClone(large), layout: { ...large.layout, nodes: { gw: { x: 1, y: 2 } } } };
    const again = session.evaluateWithFixes(moved);
    expect(again.evaluation).toBe(evaluation);
    const fixable = evaluation.findings.filter(({ fixes: { length } }) => length > 0).map(({ key }) => key);
    expect(fixable.length).toBeGreaterThan(0);
    expect(fixable.map((key) => again.fixes.get(key)?.map(({ id }) => id))).toEqual(fixable.map((key) => fixes.get(key)?.map(({ id }) => id)));
    expect(JSON.stringify(session.explain(moved, ['isolation', 'cost']))).toBe(JSON.stringify(explain(large, catalog, ['isolation', 'cost'])));
  }, 30_000);
});

describe('shared structure', () => {
  it('keeps what is equal, and no more', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      const shared = share(before, after);
      expect(JSON.stringify(shared)).toBe(JSON.stringify(after));
      if (JSON.stringify(before) === JSON.stringify(after)) expect(share(before, structuredClone(before))).toBe(before);
      else expect(shared).not.toBe(before);
    }), { seed: 5 });
    const before = { a: { x: 1 }, b: { y: [1, { z: 2 }] } };
    const after = share(before, { a: { x: 2 }, b: { y: [1, { z: 2 }] } });
    expect(after.b).toBe(before.b);
    expect(after).not.toBe(before);
    // the order of keys is the order in which they are read
    expect(Object.keys(share({ a: 1, b: 2 }, { b: 2, a: 1 }))).toEqual(['b', 'a']);
  });
});
