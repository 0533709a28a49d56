import fc from 'fast-check';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { importFiles } from '../../shared/interchange/importers.ts';
import { IMPORT_LIMITS, type ImportReport } from '../../shared/interchange/import-report.ts';
import type { Result } from '../../shared/lib/result.ts';
import { designSchema } from '../../shared/model/design.ts';
import { createCounterIds } from '../../shared/model/ids.ts';
import { elkLayouter } from '../support/elk.ts';

// the runner ends a case that does not come to an end
vi.setConfig({ testTimeout: 8000 });
afterAll(() => vi.resetConfig());

const prototypeKeys = Object.getOwnPropertyNames(Object.prototype).join();
afterEach(() => expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototypeKeys));

const read = (text: string, name = 'drawing.excalidraw', signal?: AbortSignal): Promise<Result<ImportReport>> => importFiles([{ name, text }], { catalog, layouter: elkLayouter, ids: createCounterIds(), ...(signal ? { signal } : {}) });

type Element = Readonly<Record<string, unknown>>;
const file = (elements: unknown, more: Element = {}): string => JSON.stringify({ type: 'excalidraw', version: 2, elements, ...more });
const box = (id: string, x: number, more: Element = {}): Element => ({ id, type: 'rectangle', x, y: 0, width: 100, height: 50, ...more });
const label = (on: string, text: string, more: Element = {}): Element => ({ id: `${on}!`, type: 'text', text, x: 0, y: 0, width: 50, height: 20, containerId: on, ...more });
const named = (id: string, x: number, more: Element = {}): Element[] => [box(id, x, more), label(id, id, more)];
const arrow = (from: string, to: string, more: Element = {}): Element => ({ id: `${from}-${to}`, type: 'arrow', x: 0, y: 0, width: 1, height: 1, points: [[0, 0], [1, 1]], startBinding: { elementId: from }, endBinding: { elementId: to }, endArrowhead: 'arrow', ...more });
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const api = named('API', 0);

type Expected = { readonly refused: string } | { readonly nodes: number; readonly edges?: number; readonly says?: RegExp };

const CASES: Readonly<Record<string, readonly [string, Expected]>> = {
  'not JSON': ['{"type": "excalidraw",\n', { refused: 'not-json' }],
  'empty': ['', { refused: 'not-json' }],
  'a scalar': ['42', { refused: 'not-excalidraw' }],
  'null': ['null', { refused: 'not-excalidraw' }],
  'a list': ['[]', { refused: 'not-excalidraw' }],
  'another type': [file([], { type: 'something' }), { refused: 'not-excalidraw' }],
  'a library': [file([], { type: 'excalidrawlib' }), { refused: 'not-a-drawing' }],
  'no elements': ['{"type": "excalidraw"}', { refused: 'not-excalidraw' }],
  'elements null': [file(null), { refused: 'not-excalidraw' }],
  'elements an object': [file({ a: 1 }), { refused: 'not-excalidraw' }],
  'nothing drawn': [file([]), { refused: 'nothing-drawn' }],
  'everything deleted': [file(api.map((element) => ({ ...element, isDeleted: true }))), { refused: 'nothing-drawn' }],
  'neither type nor version': [JSON.stringify({ elements: api }), { nodes: 1 }],
  'a later version': [file(api, { version: 999 }), { nodes: 1, says: /later version/ }],
  '100,000 elements': [file(times(100_000, () => 0)), { refused: 'too-many' }],
  '15,000 shapes without a text': [file([...api, ...times(15_000, (i) => ({ type: 'rectangle', x: i, y: i, width: 9, height: 9 }))]), { nodes: 1 }],
  '3,000 components': [file(times(3000, (i) => ({ id: `t${i}`, type: 'rectangle', x: 0, y: 0, width: 9, height: 9 })).flatMap((element) => [element, { type: 'text', text: 'x', x: 0, y: 0, width: 1, height: 1, containerId: element.id }])), { refused: 'too-many' }],
  '1,500 components on one spot': [file(times(1500, (i) => ({ id: `t${i}`, type: 'rectangle', x: 5, y: 5, width: 9, height: 9 })).flatMap((element) => [element, { type: 'text', text: 'redis kafka x', x: 0, y: 0, width: 1, height: 1, containerId: element.id }])), { nodes: 1500 }],
  '1,500 boxes in each other': [file([...api, ...times(1500, (i) => [{ id: `b${i}`, type: 'rectangle', x: -i - 1, y: -i - 1, width: 200 + 2 * i, height: 100 + 2 * i }, { type: 'text', text: 'b', x: -i, y: -i, width: 1, height: 1, containerId: `b${i}` }]).flat()]), { nodes: 1 }],
  '5,000 texts': [file([...api, ...times(5000, (i) => ({ type: 'text', text: 'one two three four', x: i, y: 900, width: 9, height: 9 }))]), { refused: 'too-many' }],
  '3,000 arrows in empty space': [file([...api, ...times(3000, (i) => ({ type: 'arrow', x: 9000, y: i, width: 1, height: 1, points: [[0, 0], [1, 1]] }))]), { nodes: 1, edges: 0, says: /0 of 3000 connections attached\. 3000 arrows end/ }],
  'larger than 1 MB': [file(api, { files: { a: 'x'.repeat(IMPORT_LIMITS.bytes) } }), { refused: 'too-large' }],
  'elements of the wrong kind': [file([null, 5, 'x', [], {}, { type: 7 }, { type: 'rectangle' }, ...api]), { nodes: 1, says: /Element 1 of drawing\.excalidraw was left out: it is no object\.[^]*Element 7 .* its x is missing/ }],
  'infinite and text coordinates': [file(api).replace('"elements":[', '"elements":[{"type":"rectangle","x":1e400,"y":0,"width":1,"height":1},{"type":"rectangle","x":"12px","y":0,"width":1,"height":1},'), { nodes: 1, says: /its x is missing or not usable/ }],
  'coordinates beyond the paper': [file([...named('A', 1e308), ...named('B', -1e308), ...named('C', 5e5, { width: 1e308, height: -1e308 })]), { nodes: 3 }],
  'points: none, one, of the wrong kind': [file([...api, arrow('API', 'API', { points: [] }), arrow('API', 'API', { points: [[0, 0]] }), arrow('API', 'API', { points: [[0], 'x'] }), arrow('API', 'API', { points: 'x' })]), { nodes: 1, edges: 0, says: /its points/ }],
  'an arrow of 60,000 points': [file([...named('A', 0), ...named('B', 500), arrow('A', 'B', { points: times(60_000, (i) => [i, i]) })]), { nodes: 2, edges: 1 }],
  'containers in a circle': [file([label('t2', 'redis', { id: 't1' }), label('t1', 'redis', { id: 't2' }), label('t3', 'x', { id: 't3' }), ...api]), { nodes: 1 }],
  'frames in a circle': [file([{ ...box('f', 0), type: 'frame', frameId: 'g' }, { ...box('g', 0), type: 'frame', frameId: 'f' }, box('API', 10, { frameId: 'f', width: 20, height: 20 }), label('API', 'API', { frameId: 'g' })]), { nodes: 1 }],
  'bound to what is not there': [file([...named('A', 0), ...named('B', 5000), arrow('A', 'gone'), arrow('gone', 'gone'), arrow('B', 'B')]), { nodes: 2, edges: 0 }],
  'ids twice, empty and missing': [file([...named('A', 0), ...named('A', 300), box('', 600), { ...box('x', 900), id: undefined }, label('', 'Redis')]), { nodes: 1, says: /have the id "A"/ }],
  'names of parts of every object': [`{"type":"excalidraw","__proto__":{"polluted":1},"elements":${JSON.stringify([...named('constructor', 0), ...named('toString', 500), arrow('constructor', 'toString')])}}`.replaceAll('constructor', '__proto__').replace('"groupIds"', '"__proto__"'), { nodes: 2, edges: 1 }],
  'group ids, frames and bindings of the wrong kind': [file([box('A', 0, { groupIds: 'x', frameId: 7, boundElements: 'y' }), label('A', 'A', { fontSize: 'big', originalText: 7 }), box('B', 500, { groupIds: [null, {}] }), label('B', 'B'), arrow('A', 'B', { startArrowhead: 7, endArrowhead: {} }), arrow('A', 'B', { id: 'c', startBinding: 'A', endBinding: [] })]), { nodes: 2, edges: 1 }],
  '10,000 group ids': [file([box('A', 0, { groupIds: times(10_000, String) }), label('A', 'A')]), { nodes: 1 }],
  'text of 900 KB': [file([...named('A', 0), label('A', 'redis '.repeat(150_000), { id: 'long' })]), { nodes: 1 }],
  'letters that turn text around': [file([box('A', 0), label('A', '\u202Eevil\u0000\u0007 \u2066name\uFEFF')]), { nodes: 1 }],
  'links, files and pages': [file([...api, { ...box('e', 900, { link: 'javascript:alert(1)' }), type: 'embeddable' }, { ...box('i', 1200), type: 'image', fileId: 'x' }, { ...box('n', 1500), type: 'nonsense' }], { files: { x: { dataURL: 'data:text/html,<script>' } } }), { nodes: 1, says: /1 image, 1 embedded page and 1 element of an unknown type/ }],
};

test.each(Object.entries(CASES))('%s', async (_, [text, expected]) => {
  const result = await read(text);
  if ('refused' in expected) {
    expect(result.ok ? 'read' : result.error.code).toBe(expected.refused);
    expect(result.ok ? '' : result.error.message).toMatch(/^[^{}]{10,300}\.$/s);
    return;
  }
  if (!result.ok) throw new Error(result.error.message);
  const { design, problems } = result.value;
  const checked = designSchema.safeParse(design);
  expect(checked.success ? [] : checked.error.issues).toEqual([]);
  expect([Object.keys(design.nodes).length, expected.edges === undefined ? null : Object.keys(design.edges).length]).toEqual([expected.nodes, expected.edges ?? null]);
  if (expected.says) expect(problems.map(({ message }) => message).join('\n')).toMatch(expected.says);
  for (const { name } of Object.values(design.nodes)) expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test.each([
  ['shapes.excalidrawlib', '{}', 'not-a-drawing', /library/],
  ['a.excalidraw.png', '\uFFFDPNG\r\n', 'not-a-drawing', /picture/],
  ['a.excalidraw.svg', '<svg/>', 'not-a-drawing', /picture/],
  ['export.svg', '<svg><!-- payload-type:application/vnd.excalidraw+json --></svg>', 'not-a-drawing', /picture/],
  ['a.excalidraw', '<?xml version="1.0"?><svg/>', 'not-a-drawing', /picture/],
  ['a.excalidraw', '%PDF-1.7', 'not-json', /line 1/],
])('%s is refused by name', async (name, text, code, message) => {
  const result = await read(text, name);
  expect(result.ok ? 'read' : result.error.code).toBe(code);
  expect(result.ok ? '' : result.error.message).toMatch(message);
});

test('two drawings at once, and a stop between stages', async () => {
  const drawing = { name: 'a.excalidraw', text: file(api) };
  const two = await importFiles([drawing, { ...drawing }], { catalog, layouter: elkLayouter, ids: createCounterIds() });
  const stop = new AbortController();
  stop.abort();
  const stopped = await read(drawing.text, drawing.name, stop.signal);
  expect([two, stopped].map((result) => (result.ok ? 'read' : result.error.code))).toEqual(['too-many-files', 'stopped']);
});

const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 'A', 'B', -1, 1e308, [], {}, [[0, 0], [1, 1]]));
const element = fc.record(
  {
    id: fc.oneof(fc.constantFrom('A', 'B', 'C', '__proto__'), value), type: fc.oneof(fc.constantFrom('rectangle', 'ellipse', 'text', 'text', 'arrow', 'line', 'frame', 'image', 'freedraw'), value),
    x: fc.oneof(fc.integer({ min: -500, max: 500 }), value), y: fc.oneof(fc.integer({ min: -500, max: 500 }), value), width: fc.oneof(fc.integer({ min: -50, max: 900 }), value), height: fc.oneof(fc.integer({ min: -50, max: 900 }), value),
    text: fc.oneof(fc.constantFrom('redis', 'API', 'one two three four five', 'x\ny\nz'), value), containerId: value, groupIds: fc.oneof(fc.constantFrom(['A'], ['A', 'B']), value), frameId: value, points: value,
    startBinding: fc.oneof(fc.record({ elementId: value }), value), endBinding: fc.oneof(fc.record({ elementId: value }), value), endArrowhead: value, isDeleted: value, fontSize: value, originalText: value, name: value,
  },
  { requiredKeys: ['type', 'x', 'y', 'width', 'height'] },
);

test('whatever the JSON says, nothing is thrown and what is read is a drawing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(element, { maxLength: 30 }).map((elements) => file(elements)), fc.json(), fc.string()), async (text) => {
      const result = await read(text);
      if (!result.ok) expect(result.error.message).toMatch(/\.$/);
      else expect(designSchema.safeParse(result.value.design).success).toBe(true);
    }),
    { numRuns: 400 },
  );
});
