import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designSchema, emptyDesign } from './design.ts';
import { normaliseDesign, typeVocabulary } from './normalise.ts';

const codes = (raw: unknown): string[] => normaliseDesign(raw).problems.map(({ code }) => code);
const vocabulary = typeVocabulary(new Map([['gateway-kong', { aliases: ['kong'] }], ['ci-migrations', { aliases: ['migration_job'] }], ['redis', {}]]));

describe('normaliseDesign', () => {
  it('leaves a sound document as it is', () => {
    expect(normaliseDesign(emptyDesign('x'))).toEqual({ design: emptyDesign('x'), problems: [] });
  });

  it('turns lists into records and zones into boundaries', () => {
    const { design } = normaliseDesign({
      nodes: [{ id: 'web', type: 'service', name: 'Web' }, { type: 'redis' }],
      edges: [{ from: 'web', to: 'web' }],
      journeys: [{ name: 'Read', rate_rps: '20', entry: 'web' }],
      zones: ['a', { id: 'b', name: 'Zone b' }],
    });
    expect(design.nodes).toMatchObject({ web: { id: 'web', params: {} }, n1: { id: 'n1', name: 'n1', type: 'redis' } });
    expect(design.edges).toEqual({ e1: { id: 'e1', from: 'web', to: 'web', params: {} } });
    expect(design.journeys.j1).toMatchObject({ rate_rps: 20, entry: 'web' });
    expect(design.boundaries).toEqual({ a: { id: 'a', kind: 'zone', name: 'a' }, b: { id: 'b', kind: 'zone', name: 'Zone b' } });
    expect(design).not.toHaveProperty('zones');
  });

  it('spells types and parameters as the catalogue does and keeps unknown types', () => {
    const nodes = { a: { type: 'gateway_kong' }, b: { type: 'Kong' }, c: { type: 'migration_job' }, d: { type: 'my_own_type', params: { algorithm: 'least_outstanding', multi_az: true } } };
    const edges = { e: { from: 'a', to: 'b', params: { queries_per_call: 3, cache_mode: 'aside' } }, f: { from: 'a', to: 'b', params: { queries: 2, queries_per_call: 3 } } };
    const { design } = normaliseDesign({ nodes, edges }, vocabulary);
    expect(Object.values(design.nodes).map(({ type }) => type)).toEqual(['gateway-kong', 'gateway-kong', 'ci-migrations', 'my_own_type']);
    expect(design.nodes.d?.params).toEqual({ algorithm: 'least_conn', multi_az: true });
    expect(design.edges.e?.params).toEqual({ queries: 3, mode: 'aside' });
    expect(design.edges.f?.params).toEqual({ queries: 2, queries_per_call: 3 });
    expect(normaliseDesign({ nodes }).design.nodes.a?.type).toBe('gateway_kong');
  });

  it('gives a second holder of an id another one and leaves references with the first', () => {
    const { design, problems } = normaliseDesign({
      nodes: [{ id: 'a', type: 'x' }, { id: 'a', type: 'y' }, { id: 'b', type: 'z' }],
      boundaries: { b: { kind: 'zone', name: 'B' } },
      edges: { e: { from: 'a', to: 'b' }, f: { from: 'a', to: 'a-2' } },
      notes: { a: { text: 'hi' } },
    });
    expect(Object.keys(design.nodes)).toEqual(['a', 'a-3', 'b']);
    expect(Object.keys(design.boundaries)).toEqual(['b-2']);
    expect(design.edges.e).toMatchObject({ from: 'a', to: 'b' });
    expect(design.edges.f).toMatchObject({ to: 'a-2' });
    expect(problems.filter(({ code }) => code === 'id-changed')).toHaveLength(3);
    expect(problems.some(({ code, where }) => code === 'unattached' && where === 'edges.f.to')).toBe(true);
  });

  it('remaps references to ids that cannot be used', () => {
    const long = 'x'.repeat(500);
    const { design } = normaliseDesign(JSON.parse(`{"nodes": {"__proto__": {"type": "a", "boundary": "toString"}, "constructor": {"type": "b"}, "${long}": {"type": "c"}},
      "boundaries": {"toString": {"kind": "zone", "name": "T"}}, "edges": {"e": {"from": "constructor", "to": "${long}"}, "f": {"from": "valueOf", "to": "constructor"}},
      "journeys": {"j": {"name": "J", "rate_rps": 1, "entry": "constructor", "demands": {"constructor": {"cpu_ms": 3}}, "steps": [{"edge": "e"}]}},
      "layout": {"nodes": {"constructor": {"x": 8, "y": 16}}}}`));
    const byType = Object.fromEntries(Object.values(design.nodes).map((node) => [node.type, node]));
    expect(design.edges.e).toMatchObject({ from: byType.b?.id, to: byType.c?.id });
    expect(byType.c?.id.length).toBeLessThanOrEqual(128);
    expect(Object.keys(design.boundaries)).toEqual([byType.a?.boundary]);
    expect(design.journeys.j).toMatchObject({ entry: byType.b?.id, demands: { [byType.b?.id ?? '']: { cpu_ms: 3 } } });
    expect(design.layout.nodes[byType.b?.id ?? '']).toEqual({ x: 8, y: 16 });
    for (const id of [...Object.keys(design.nodes), ...Object.keys(design.boundaries), design.edges.f?.from ?? '']) expect(id in {}).toBe(false);
    expect(Object.hasOwn(design.nodes, design.edges.f?.from ?? '')).toBe(false);
  });

  it('keeps demands that name a stage, and lets no component take their key as its id', () => {
    const { design } = normaliseDesign({ nodes: { 'stage:read': { type: 'a' }, b: { type: 'b' } }, journeys: { j: { name: 'J', rate_rps: 1, entry: 'b', demands: { 'stage:entry': { cpu_ms: 3 }, 'stage:read': { cpu_ms: 1 }, b: { cpu_ms: 2 } } } } });
    expect(design.journeys.j?.demands).toEqual({ 'stage:entry': { cpu_ms: 3 }, 'stage:read': { cpu_ms: 1 }, b: { cpu_ms: 2 } });
    expect(Object.keys(design.nodes)).not.toContain('stage:read');
    expect(Object.keys(design.nodes)).toHaveLength(2);
  });

  it('keeps unknown keys, and values it cannot use under "unread"', () => {
    const { design, problems } = normaliseDesign({
      nodes: { a: { type: 'x', zone_spread: 7, team: { deep: 1 }, plugin: [1, null, 'x'] } },
      edges: { e: { from: 'a', to: 'a', kind: 'grpc', label: 'calls' } },
      workload: { peak_rps: 'many', growth_target: 0.5, 'x-source': 'measured' },
      variants: [{ name: 'B' }],
    });
    expect(design.nodes.a).toMatchObject({ plugin: [1, null, 'x'], unread: { zone_spread: 7, team: { deep: 1 } } });
    expect(design.nodes.a).not.toHaveProperty('zone_spread');
    expect(design.edges.e).toMatchObject({ label: 'calls', unread: { kind: 'grpc' } });
    expect(design.workload).toEqual({ growth_target: 1.25, 'x-source': 'measured', unread: { peak_rps: 'many' } });
    expect(design.variants).toEqual([{ name: 'B' }]);
    expect(problems.filter(({ code }) => code === 'not-understood')).toHaveLength(4);
  });

  it('brings numbers into their limits and ranges into order', () => {
    const { design } = normaliseDesign({
      nodes: { a: { type: 'x', params: { n: 1e308, r: { low: 9, likely: 5, high: 1 }, s: { likely: 4, provenance: 'Q' }, t: { likely: 'no' }, z: -0 } } },
      layout: { nodes: { a: { x: 1e308, y: '12', w: -4 } }, boundaries: {}, notes: {}, edges: {} },
    });
    expect(design.nodes.a?.params).toEqual({ n: 1e15, r: { low: 1, likely: 5, high: 9 }, s: { low: 4, likely: 4, high: 4 }, t: { likely: 'no' }, z: 0 });
    expect(design.layout.nodes.a).toEqual({ x: 1e6, y: 12, w: 1 });
  });

  it('cuts cycles of boundaries and references to missing ones', () => {
    const boundary = (parent: string): object => ({ kind: 'group', name: 'g', parent });
    const { design, problems } = normaliseDesign({ nodes: { a: { type: 'x', boundary: 'gone' } }, boundaries: { p: boundary('q'), q: boundary('r'), r: boundary('p'), s: boundary('s'), t: boundary('p') } });
    expect(Object.values(design.boundaries).map(({ parent }) => parent)).toEqual(['q', 'r', null, null, 'p']);
    expect(design.nodes.a).toMatchObject({ boundary: null, unread: { boundary: 'gone' } });
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['boundary-cycle', 'boundary-missing']));
  });

  it('places what has no place below the drawing and closes boundaries around their parts', () => {
    const { design } = normaliseDesign({
      nodes: { a: { type: 'x', boundary: 'g' }, b: { type: 'x' }, c: { type: 'x' } },
      boundaries: { g: { kind: 'group', name: 'g', parent: 'h' }, h: { kind: 'zone', name: 'h' } },
      layout: { nodes: { a: { x: 80, y: 80 } }, boundaries: {}, notes: {}, edges: {} },
    });
    expect(design.layout.boundaries.g).toEqual({ x: 56, y: 32, w: 232, h: 136 });
    expect(design.layout.boundaries.h).toEqual({ x: 32, y: -16, w: 280, h: 208 });
    expect(design.layout.nodes.b?.y).toBeGreaterThan(80 + 64);
    expect(design.layout.nodes.c).not.toEqual(design.layout.nodes.b);
  });

  it('refuses what is no object and what is too large, with a sentence', () => {
    for (const raw of [null, undefined, 3, 'x', [], true]) expect(codes(raw)).toEqual(['not-a-design']);
    const many = normaliseDesign({ nodes: Array.from({ length: 20_001 }, () => ({ type: 'x' })) });
    expect(many.problems[0]).toMatchObject({ level: 'error', message: 'The drawing has 20001 entries under "nodes"; 20000 is the most that can be opened.' });
    expect(many.design).toEqual(emptyDesign());
    const cycle: Record<string, unknown> = { nodes: {} };
    cycle.self = [cycle, cycle];
    expect(codes(cycle)).toEqual(['too-large']);
  });

  it('never throws, satisfies the schema, and is idempotent on anything', () => {
    const key = fc.constantFrom('id', 'type', 'name', 'params', 'boundary', 'parent', 'from', 'to', 'kind', 'entry', 'steps', 'edge', 'rate_rps', 'low', 'likely', 'high', 'home', '__proto__', 'constructor', 'x', 'y', 'w', 'unread', 'reads', 'entity', 'queries_per_call');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constantFrom<unknown>('a', 'b', '', 'a-2', 'constructor', null, 0, -1, 1e308, Infinity, NaN, true, '12', undefined, 'x'.repeat(140)), fc.array(tie('value'), { maxLength: 4 }), tie('object')),
      object: fc.uniqueArray(fc.tuple(fc.oneof(key, fc.constantFrom('a', 'b', '', 'a-2', 'e')), tie('value')), { maxLength: 5, selector: ([name]) => name }).map((pairs) => Object.fromEntries(pairs)),
    }));
    const collection = fc.oneof({ weight: 4, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'a-2', 'constructor', '__proto__', ''), value) }, { weight: 1, arbitrary: value });
    const names = ['nodes', 'edges', 'boundaries', 'journeys', 'entities', 'notes', 'acceptedRisks', 'workload', 'targets', 'settings', 'layout', 'version', 'zones', 'extra'] as const;
    const document = fc.record(Object.fromEntries(names.map((name) => [name, collection])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(document, fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true })), (raw) => {
        const { design, problems } = normaliseDesign(raw);
        expect(problems.some(({ code }) => code === 'unreadable')).toBe(false);
        const checked = designSchema.safeParse(design);
        expect(checked.success ? null : checked.error.issues).toBeNull();
        expect(normaliseDesign(design).design).toEqual(design);
      }),
      { numRuns: 1500 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
