import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designSchema, emptyDesign, type Design } from '../../../../shared/model/design.ts';
import { createCounterIds } from '../../../../shared/model/ids.ts';
import { randomDesign } from '../../../../tests/support/random-design.ts';
import { applyPatches, edit } from '../history.ts';
import { fragmentOf, FRAGMENT_LIMIT, printFragment, readFragment } from './fragment.ts';
import { insertCopies } from './insert.ts';
import { nameGiver } from './name-giver.ts';
import { pasteOffset } from './paste-place.ts';
import { pastedPath, pathText } from './path-text.ts';
import { fragmentWords } from './words.ts';

function sample(): Design {
  const design = emptyDesign();
  for (const [id, name, x, boundary] of [['n1', 'API', 40, 'b1'], ['n2', 'Postgres', 312, 'b1'], ['n3', 'Client', -400, null]] as const) {
    design.nodes[id] = { id, type: id === 'n2' ? 'rdbms' : 'not-in-the-catalogue', name, params: { instances: 3, of_tomorrow: { deep: [1] } }, boundary, key_of_tomorrow: 'kept' };
    design.layout.nodes[id] = { x, y: 64 };
  }
  design.boundaries.b0 = { id: 'b0', kind: 'region', name: 'Europe' };
  design.boundaries.b1 = { id: 'b1', kind: 'zone', name: 'Zone a', parent: 'b0' };
  design.layout.boundaries.b0 = { x: -48, y: -64, w: 900, h: 500 };
  design.layout.boundaries.b1 = { x: 0, y: 0, w: 560, h: 200 };
  design.edges.e1 = { id: 'e1', from: 'n1', to: 'n2', params: { entity: 'd1' } };
  design.edges.e2 = { id: 'e2', from: 'n3', to: 'n1', params: {} };
  design.layout.edges.e1 = { points: [{ x: 230, y: 96 }, { x: 300, y: 96 }] };
  design.entities.d1 = { id: 'd1', name: 'Order', home: 'n2', key_of_tomorrow: 1 };
  design.journeys.j1 = { id: 'j1', name: 'Buy', rate_rps: 5, entry: 'n3', steps: [{ edge: 'e1' }] };
  design.notes.t1 = { id: 't1', text: 'Why', boundary: 'b1' };
  design.layout.notes.t1 = { x: 40, y: 140, w: 200, h: 64 };
  design.acceptedRisks.r1 = { id: 'r1', key: 'spof', reason: 'cheap' };
  return design;
}

const read = (text: string): Design => {
  const result = readFragment(text);
  if (!result.ok) throw new Error(result.error);
  return result.value.design;
};

const pasted = (target: Design, part: Design, offset = { x: 1000, y: 0 }): Design => edit(target, 'paste', (draft) => void insertCopies(draft, part, createCounterIds(['n1', 'n2', 'n3', 'e1', 'e2', 'b0', 'b1', 't1', 'd1']), { offset, data: true }))?.design ?? target;

describe('what is copied', () => {
  it('is the selection, what stands in its boundaries, connections inside and data at home inside', () => {
    const part = fragmentOf(sample(), { boundary: ['b1'] });
    expect([Object.keys(part.nodes), Object.keys(part.notes), Object.keys(part.edges), Object.keys(part.entities), Object.keys(part.boundaries)]).toEqual([['n1', 'n2'], ['t1'], ['e1'], ['d1'], ['b1']]);
    expect([part.journeys, part.acceptedRisks]).toEqual([{}, {}]);
    expect(fragmentWords(part)).toBe('Zone a');
    expect(fragmentWords(fragmentOf(sample(), { node: ['n1', 'n2'] }))).toBe('2 components');
  });

  it('survives the clipboard whole: unknown types, keys and shapes', () => {
    const part = fragmentOf(sample(), { node: ['n1', 'n2', 'n3'], note: ['t1'] });
    const back = read(printFragment(part, 'doc'));
    expect(back.nodes.n1).toMatchObject({ type: 'not-in-the-catalogue', key_of_tomorrow: 'kept', params: { instances: 3, of_tomorrow: { deep: [1] } } });
    expect(back.entities.d1).toMatchObject({ key_of_tomorrow: 1, home: 'n2' });
    expect(Object.keys(back.edges)).toEqual(['e1', 'e2']);
  });
});

describe('paste', () => {
  it('makes copies with new ids, free names, inner references and data; the rest stays as it was', () => {
    const before = sample();
    const design = pasted(before, read(printFragment(fragmentOf(before, { boundary: ['b1'] }), null)));
    expect(designSchema.safeParse(design).success).toBe(true);
    const copies = Object.values(design.nodes).filter((node) => !Object.hasOwn(before.nodes, node.id));
    expect(copies.map((node) => [node.name, node.boundary])).toEqual([['API 2', 'b2'], ['Postgres 2', 'b2']]);
    expect(design.boundaries.b2).toMatchObject({ name: 'Zone a 2', parent: null });
    const edge = Object.values(design.edges).find((each) => each.id !== 'e1' && each.from === copies[0]?.id);
    // data of the same name is the same data
    expect(edge).toMatchObject({ to: copies[1]?.id, params: { entity: 'd1' } });
    expect(design.layout.edges[edge?.id ?? '']?.points[0]).toEqual({ x: 1230, y: 96 });
    expect(Object.keys(design.entities)).toEqual(['d1']);
    expect([design.journeys, design.acceptedRisks]).toEqual([before.journeys, before.acceptedRisks]);
    const elsewhere = pasted(emptyDesign(), fragmentOf(before, { node: ['n1', 'n2'] }));
    const [data] = Object.values(elsewhere.entities);
    expect(Object.hasOwn(elsewhere.nodes, data?.home ?? '')).toBe(true);
    expect(Object.values(elsewhere.edges)[0]?.params.entity).toBe(data?.id);
  });

  it('puts copies into the boundary at the place, and never a boundary into its original', () => {
    const before = sample();
    const near = pasted(before, fragmentOf(before, { node: ['n3'] }), { x: 480, y: 0 });
    expect(near.nodes.n4?.boundary).toBe('b1');
    expect(pasted(before, fragmentOf(before, { boundary: ['b1'] }), { x: 24, y: 24 }).boundaries.b2?.parent).toBe('b0');
    expect(pasted(before, fragmentOf(before, { boundary: ['b0'] }), { x: 24, y: 24 }).boundaries.b2?.parent).toBeNull();
  });

  it('is undone exactly, and needs nothing of the drawing it came from', () => {
    fc.assert(
      fc.property(randomDesign(), fc.integer({ min: -500, max: 500 }), (source, x) => {
        const part = read(printFragment(fragmentOf(source, { node: Object.keys(source.nodes) }), null));
        const change = edit(sample(), 'paste', (draft) => void insertCopies(draft, part, createCounterIds([...Object.keys(draft.nodes), ...Object.keys(draft.edges)]), { offset: { x, y: 0 }, data: true }));
        if (!change) throw new Error('nothing was pasted');
        expect(designSchema.safeParse(change.design).success).toBe(true);
        expect(applyPatches(change.design, change.entry.inverse)).toEqual(sample());
        const names = Object.values(change.design.nodes).map((node) => node.name.trim().toLowerCase());
        expect(new Set(names).size).toBe(names.length);
        for (const edge of Object.values(change.design.edges)) expect([edge.from, edge.to].every((end) => Object.hasOwn(change.design.nodes, end))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('goes back to its own place when that is free, beside what stands there, and to the pointer from elsewhere', () => {
    const target = sample();
    const fragment = fragmentOf(target, { node: ['n1', 'n2'] });
    const seen = { left: -500, top: -500, right: 1500, bottom: 1000 };
    const offset = (over: Partial<Parameters<typeof pasteOffset>[0]>) => pasteOffset({ target, fragment, home: true, seen, pointer: { x: 0, y: 0 }, ...over });
    expect(offset({})).toEqual({ x: 24, y: 24 });
    expect(offset({ target: pasted(target, fragment, { x: 24, y: 24 }) })).toEqual({ x: 48, y: 48 });
    expect(offset({ target: emptyDesign() })).toEqual({ x: 0, y: 0 });
    expect(offset({ home: false })).toEqual({ x: -264, y: -96 });
    expect(offset({ home: false, pointer: null })).toEqual({ x: 232, y: 152 });
    expect(offset({ seen: { left: 5000, top: 0, right: 6000, bottom: 800 }, pointer: null })).toEqual({ x: 5232, y: 304 });
  });
});

describe('hostile clipboards', () => {
  it.each([
    ['nothing', ''], ['no JSON', '{"plumbline":'], ['another thing', '[1,2]'], ['null', 'null'], ['no design', '{"plumbline":"fragment","version":1}'],
    ['a newer form', '{"plumbline":"fragment","version":9,"design":{"nodes":{}}}'], ['an empty part', '{"plumbline":"fragment","version":1,"design":{"nodes":{}}}'],
    ['ten megabytes', 'x'.repeat(10_000_000)], ['depth', `{"plumbline":"fragment","version":1,"design":{"nodes":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`],
    ['a huge list', `{"plumbline":"fragment","version":1,"design":{"nodes":[${'0,'.repeat(1_600_000)}0]}}`],
  ])('%s is refused with a sentence', (_what, text) => {
    const result = readFragment(text);
    expect(result.ok ? 'accepted' : result.error).toMatch(/^[A-Z].+\.$/s);
    expect(FRAGMENT_LIMIT).toBeLessThan(10_000_000);
  });

  it('repairs wrong types and clashing ids, and no prototype is touched', () => {
    const text = `{"plumbline":"fragment","version":1,"from":7e300,"design":{"__proto__":{"polluted":1},"nodes":{"a":{"id":"a","type":5,"name":{"x":1},"params":"no","__proto__":{"polluted":2}},"b":{"id":"a","type":"redis","name":"B","params":{"__proto__":{"polluted":3}}}},"notes":{"a":{"id":"a","text":9}},"edges":{"e":{"from":"a","to":"gone"},"f":{"from":"b","to":"b"}},"layout":{"nodes":{"a":{"x":"far","y":1e999}}}}}`;
    expect(readFragment(text).ok).toBe(false);
    const result = readFragment(text.replace('7e300', '"doc"'));
    if (!result.ok) throw new Error(result.error);
    expect(result.value.repairs).toBeGreaterThan(0);
    const design = pasted(sample(), result.value.design);
    expect(designSchema.safeParse(design).success).toBe(true);
    expect(Object.keys(design.nodes).length).toBe(5);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    for (const place of Object.values(design.layout.nodes)) expect(Number.isFinite(place.x + place.y)).toBe(true);
  });

  it('never throws, whatever the design is', () => {
    fc.assert(fc.property(fc.jsonValue(), (design) => {
      const result = readFragment(JSON.stringify({ plumbline: 'fragment', version: 1, design }));
      if (result.ok) expect(designSchema.safeParse(pasted(sample(), result.value.design)).success).toBe(true);
    }));
  });
});

describe('text', () => {
  it('tells every connection once, as paths', () => {
    const design = sample();
    design.nodes.n4 = { id: 'n4', type: 'redis', name: 'Cache: x > y', params: {} };
    design.edges.e3 = { id: 'e3', from: 'n1', to: 'n4', params: {} };
    design.edges.e4 = { id: 'e4', from: 'n4', to: 'n1', kind: 'publish', params: {} };
    expect(pathText(design, (node) => (node.id === 'n1' ? 3 : 1))).toBe('Client > API x3 > Postgres\nAPI > Cache x y >> API\n\nWhy');
    expect(pathText(fragmentOf(design, { node: ['n1'] }), () => 1)).toBe('API');
  });

  it('knows a typed path from other text', () => {
    expect(pastedPath(' client > api x3 >> queue, worker \n')).toBe('client > api x3 >> queue, worker');
    for (const text of ['', 'hello', '> quoted', '<a>b</a>', 'a > b\nc > d', 'if (a > b) { c; }', 'a >', `${'a > '.repeat(900)}b`]) expect(pastedPath(text)).toBeNull();
  });

  it('gives free names', () => {
    const name = nameGiver(['api', 'API 2']);
    expect([name('Api'), name('API 2'), name(' '), name('Redis')]).toEqual(['Api 3', 'API 4', 'Component', 'Redis']);
  });
});
