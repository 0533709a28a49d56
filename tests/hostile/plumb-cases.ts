import { readFileSync } from 'node:fs';

/** One bad file and what must happen when it is opened. */
export interface HostileCase {
  readonly name: string;
  readonly text: () => string;
  /** Code of the refusal, or the problem codes that must be among those reported when it opens. */
  readonly expect: { readonly refused: string } | { readonly opens: readonly string[]; readonly readOnly?: true };
}

/** A sound document to damage: the golden file of format 1. */
export const SOUND = readFileSync(new URL('../fixtures/plumb/version-1.plumb', import.meta.url), 'utf8');

const json = (value: unknown) => (): string => JSON.stringify(value);
const refused = (name: string, code: string, text: () => string): HostileCase => ({ name, text, expect: { refused: code } });
const opens = (name: string, codes: readonly string[], text: () => string): HostileCase => ({ name, text, expect: { opens: codes } });
const service = (id: string, more: object = {}): object => ({ id, type: 'service', name: id, params: {}, ...more });
const nest = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);

/** A seeded generator (mulberry32), so that every run damages the same bits. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The sound file cut at every sixteenth. */
const truncated = Array.from({ length: 16 }, (_, index) => {
  const length = Math.floor((SOUND.length * index) / 16);
  return refused(`cut off after ${index} sixteenths`, index === 0 ? 'empty' : 'cut-off', () => SOUND.slice(0, length));
});

const notDocuments = [
  refused('nothing but white space', 'empty', () => ' \n\t\n'),
  refused('only a byte-order mark', 'empty', () => '\uFEFF'),
  refused('NUL bytes', 'not-json', () => '\0'.repeat(512)),
  refused('a zip archive', 'not-json', () => 'PK\u0003\u0004\u0014\u0000'),
  refused('an HTML page', 'not-json', () => '<!doctype html><html></html>'),
  refused('YAML', 'not-json', () => 'services:\n  web:\n    image: nginx\n'),
  refused('JSON with comments', 'not-json', () => '{ // here\n "nodes": {} }'),
  refused('two documents in a row', 'not-json', () => '{"nodes":{}}{"nodes":{}}'),
  refused('an unfinished merge', 'merge-conflict', () => SOUND.replace('  "name": "Shop",', '<<<<<<< ours\n  "name": "Shop",\n=======\n  "name": "Store",\n>>>>>>> theirs')),
  ...(['null', '42', '"text"', '[]', '{}', '{"nodes": 3}', '{"type":"excalidraw","version":2,"elements":[]}'] as const).map((text) => refused(`the JSON ${text}`, 'not-a-design', () => text)),
];

const tooMuch = [
  refused('a million nested lists', 'not-a-design', () => nest(1_000_000, '[', ']')),
  refused('a million nested lists without an end', 'cut-off', () => '['.repeat(1_000_000)),
  opens('a million nested lists in an unknown key', ['too-deep'], () => `{"nodes":{},"x":${nest(1_000_000, '[', ']')}}`),
  opens('nested objects in parameters', ['too-deep'], () => `{"nodes":{"a":{"type":"x","params":{"p":${nest(100_000, '{"a":', '}').replace('{"a":}', '{"a":1}')}}}}}`),
  refused('20,001 components', 'too-many', json({ nodes: Array.from({ length: 20_001 }, (_, index) => service(`n${index}`)) })),
  refused('60,001 connections', 'too-many', json({ nodes: {}, edges: Array.from({ length: 60_001 }, () => ({ from: 'a', to: 'b' })) })),
  refused('two million empty lists', 'too-large', () => `{"nodes":{},"x":[${'[],'.repeat(1_999_999)}[]]}`),
  opens('20,000 components with one id', ['id-changed', 'placed'], json({ nodes: Array.from({ length: 20_000 }, () => service('same')) })),
  opens('a name of ten million characters', ['text-too-long', 'value-changed'], json({ nodes: { a: service('a', { name: 'n'.repeat(10_000_000) }) } })),
  opens('an id of a million characters', ['id-changed'], json({ nodes: { ['i'.repeat(1_000_000)]: { type: 'x' } } })),
  opens('a boundary in a boundary, ten thousand deep', [], json({ nodes: {}, boundaries: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`b${index}`, { kind: 'group', name: '', parent: index === 0 ? null : `b${index - 1}` }])) })),
];

const damaged = [
  opens('a byte-order mark before a sound file', [], () => `\uFEFF${SOUND}`),
  opens('Windows line ends', [], () => SOUND.replaceAll('\n', '\r\n')),
  opens('the same component twice', ['key-twice'], () => SOUND.replace('"n1": {', '"n2": { "type": "x" }, "n1": {')),
  opens('components twice in a list', ['id-changed'], json({ nodes: [service('a'), service('a')] })),
  opens('ids missing, empty and numeric', ['id-made'], json({ nodes: [{ type: 'x' }, { id: '', type: 'x' }, { id: 7, type: 'x' }] })),
  opens('null, text and a list as components', ['not-an-object'], json({ nodes: { a: null, b: 'text', c: [] } })),
  opens('text where records belong', ['not-a-collection'], json({ nodes: {}, edges: 'none', journeys: 4 })),
  opens('a component without type, name and parameters', ['field-missing'], json({ nodes: { a: {} } })),
  opens('an object as a name', ['not-understood'], json({ nodes: { a: { type: 'x', name: { toString: 'evil' } } } })),
  opens('numbers beyond the range of numbers', ['not-data'], () => '{"nodes":{"a":{"type":"x","params":{"n":1e400,"m":-1e999}}},"layout":{"nodes":{"a":{"x":1e400,"y":0}}}}'),
  opens('places beyond the paper', ['place-limited'], json({ nodes: { a: service('a') }, layout: { nodes: { a: { x: 1e308, y: -1e308 } } } })),
  opens('places as text', ['value-changed'], json({ nodes: { a: service('a') }, layout: { nodes: { a: { x: '12', y: '13' } } } })),
  opens('a box of negative size', ['value-changed'], json({ nodes: {}, boundaries: { b: { kind: 'zone', name: 'b' } }, layout: { boundaries: { b: { x: 0, y: 0, w: -5, h: 0 } } } })),
  opens('connections that end nowhere', ['unattached'], json({ nodes: { a: service('a') }, edges: { e: { from: 'a', to: 'gone' }, f: {}, g: { from: { id: 'a' }, to: null } } })),
  opens('a connection from a component to itself', [], json({ nodes: { a: service('a') }, edges: { e: { from: 'a', to: 'a' } } })),
  opens('a boundary inside itself', ['boundary-cycle'], json({ nodes: {}, boundaries: { b: { kind: 'zone', name: '', parent: 'b' } } })),
  opens('a ring of a thousand boundaries', ['boundary-cycle'], json({ nodes: { a: service('a', { boundary: 'b5' }) }, boundaries: Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`b${index}`, { kind: 'group', name: '', parent: `b${(index + 1) % 1000}` }])) })),
  opens('a component in a boundary that is missing', ['boundary-missing'], json({ nodes: { a: service('a', { boundary: 'gone' }) } })),
  opens('a journey over what is missing', ['unattached', 'reference-missing'], json({ nodes: {}, journeys: { j: { name: 'J', rate_rps: 1, entry: 'gone', steps: [{ edge: 'gone' }], reads: [{ entity: 'gone' }] } } })),
  opens('a journey of nonsense', ['field-missing', 'not-understood'], json({ nodes: {}, journeys: { j: { entry: [], steps: 'all', op: 'delete', p99_target_ms: 'fast' } } })),
  opens('a range upside down', ['range-changed'], json({ nodes: { a: service('a', { params: { n: { low: 9, likely: 5, high: 1 } } }) } })),
  opens('negative rates', ['value-changed'], json({ nodes: {}, workload: { peak_rps: -5, read_fraction: 7 } })),
  opens('unknown kinds and types', ['not-understood'], json({ nodes: { a: service('a', { type: 'from-the-future' }) }, edges: { e: { from: 'a', to: 'a', kind: 'telepathy' } } })),
  opens('lone surrogates', [], () => '{"nodes":{"a\\ud800":{"type":"x","name":"\\udfff"}}}'),
  opens('markup in names', [], json({ nodes: { a: service('a', { name: '<img src=x onerror=alert(1)>' }) }, notes: { t: { text: '<script>alert(1)</script>' } } })),
  opens('version nonsense', ['not-understood'], json({ version: 'one', nodes: {} })),
];

const prototypes = [
  opens('__proto__ at every level', ['key-renamed'], () => '{"__proto__":{"polluted":1},"nodes":{"a":{"type":"x","__proto__":{"polluted":1},"params":{"__proto__":{"polluted":1}}}},"workload":{"__proto__":{"polluted":1}},"layout":{"__proto__":{"polluted":1}}}'),
  opens('__proto__ as an id', ['key-renamed'], () => '{"nodes":{"__proto__":{"type":"x"}},"edges":{"__proto__":{"from":"__proto__","to":"__proto__"}}}'),
  opens('constructor.prototype as keys', [], json({ nodes: { a: service('a', { params: { constructor: { prototype: { polluted: 1 } } } }) }, extra: { constructor: { prototype: { polluted: 1 } } } })),
  opens('inherited names as ids', ['id-changed'], json({ nodes: Object.fromEntries(['constructor', 'toString', 'valueOf', 'hasOwnProperty'].map((id) => [id, { type: 'x' }])), edges: { e: { from: 'constructor', to: 'toString' } } })),
  opens('inherited names as references', ['unattached', 'reference-missing'], json({ nodes: {}, edges: { e: { from: 'constructor', to: 'toString' } }, journeys: { j: { name: 'J', rate_rps: 1, entry: 'valueOf', steps: [{ edge: 'constructor' }] } } })),
];

const newer: HostileCase[] = [
  { name: 'a newer format', text: () => SOUND.replace('"version": 1', '"version": 7'), expect: { opens: [], readOnly: true } },
  { name: 'a newer format with values of its own', text: json({ version: 99, nodes: { a: service('a', { zone_spread: 'everywhere' }) } }), expect: { opens: ['not-understood'], readOnly: true } },
  { name: 'the newest format there can be', text: json({ version: 1e15, nodes: {} }), expect: { opens: [], readOnly: true } },
];

/** Every generated bad file. */
export const PLUMB_CASES: readonly HostileCase[] = [...truncated, ...notDocuments, ...tooMuch, ...damaged, ...prototypes, ...newer];
