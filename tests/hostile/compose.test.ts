import { afterAll, expect, test, vi } from 'vitest';
import { catalog } from '../../catalog/index.ts';
import { parseCompose } from '../../shared/interchange/compose/parse-compose.ts';
import type { ImportFile, RelatedAnswer } from '../../shared/interchange/import-report.ts';
import { designSchema } from '../../shared/model/design.ts';
import { createCounterIds } from '../../shared/model/ids.ts';
import { elkLayouter } from '../support/elk.ts';

// the runner ends a case that does not come to an end
vi.setConfig({ testTimeout: 8000 });
afterAll(() => vi.resetConfig());

const service = (text: string): string => `services:\n  web:\n    image: nginx\n${text}`;

/** A bomb of `levels` lists that hold the one before it ten times. */
function bomb(levels: number): string {
  const lines = ['x0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]'];
  for (let level = 1; level < levels; level += 1) lines.push(`x${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
  return `${lines.join('\n')}\n${service(`    command: *a${levels - 1}\n`)}`;
}

type Expected = { readonly refused: string } | { readonly nodes: number; readonly says?: RegExp };

const CASES: Readonly<Record<string, readonly [string, Expected]>> = {
  'alias bomb': [bomb(9), { refused: 'alias-bomb' }],
  'merge bomb': [`${bomb(9).replace(/\[/g, '{<<: [').replace(/\]/g, ']}').replace(/lol/g, '{}')}`, { refused: 'alias-bomb' }],
  'many aliases of one anchor': [`x: &a {b: c}\nservices:\n${Array.from({ length: 1000 }, (_, i) => `  s${i}: {image: nginx, labels: *a}`).join('\n')}\n`, { nodes: 1001 }],
  'merge of a list': [`x: &a [A=1, B=2]\n${service('    environment: {<<: *a, C: 3}\n')}`, { nodes: 2, says: /line 5: a list of 2 is merged/ }],
  'merge of a number': [`x: &a 5\n${service('    environment: {<<: *a}\n')}`, { nodes: 2, says: /no mapping/ }],
  'cyclic alias': [service('    environment: &e {A: *e}\n'), { nodes: 2, says: /stands inside what it names/ }],
  'alias without anchor': [service('    environment: *nothing\n'), { refused: 'not-yaml' }],
  'custom tag': [service('    environment: !!js/function "return 1"\n    command: !python/object:os.system ls\n'), { nodes: 2 }],
  'key of 1 MB': [service(`    ${'k'.repeat(900_000)}: 1\n`), { refused: 'not-yaml' }],
  'larger than 1 MB': [service(`    # ${'k'.repeat(1_100_000)}\n`), { refused: 'too-large' }],
  'duplicate keys': [service('    image: redis\n'), { nodes: 1, says: /`image` stands twice/ }],
  'duplicate services': ['services:\n  a: {image: nginx}\n  a: {image: redis}\n', { nodes: 1, says: /`a` stands twice/ }],
  'services called like parts of every object': ['services:\n  __proto__: {image: redis, environment: {__proto__: x, constructor: y}}\n  constructor: {image: postgres}\n  toString: {image: mongo}\n', { nodes: 3 }],
  'extends in a circle': ['services:\n  a: {extends: b}\n  b: {extends: a}\n', { nodes: 2, says: /leads back to itself/ }],
  'extends outside': [service('    extends: {file: ../../etc/passwd, service: x}\n'), { nodes: 2 }],
  'env_file that never ends': [service('    env_file: /dev/zero\n'), { nodes: 2 }],
  'UTF-16': [[...service('')].map((letter) => `${letter}\0`).join(''), { refused: 'not-yaml' }],
  'tabs': ['services:\n\tweb:\n\t\timage: nginx\n', { refused: 'not-yaml' }],
  'zero bytes': [service('    command: "a\0b"\n'), { refused: 'not-yaml' }],
  '10,000 services': [`services:\n${Array.from({ length: 10_000 }, (_, i) => `  s${i}: {image: nginx}`).join('\n')}\n`, { refused: 'too-many' }],
  'several documents': [`${service('')}---\nservices:\n  db: {image: postgres}\n`, { nodes: 3, says: /holds 2 documents/ }],
  'Kubernetes': ['apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Service\n', { refused: 'kubernetes' }],
  'deep nesting': [service(`    command: ${'['.repeat(100_000)}\n`), { refused: 'not-yaml' }],
  'deep block nesting': [`services:\n  web:\n${Array.from({ length: 200 }, (_, i) => `${' '.repeat(4 + i)}a:`).join('\n')}\n`, { refused: 'not-yaml' }],
  'empty': ['', { refused: 'not-compose' }],
  'comments only': ['# nothing\n', { refused: 'not-compose' }],
  'a scalar': ['42', { refused: 'not-compose' }],
  'a list': ['[1, 2]', { refused: 'not-compose' }],
  'another YAML file': ['on: push\njobs: {test: {steps: []}}\n', { refused: 'not-compose' }],
  'no service': ['services: {}\n', { refused: 'no-services' }],
  'services of the wrong kind': ['services:\n  a: 5\n  b: [x]\n  c:\n  d: {image: [1], ports: {a: b}, environment: 7, depends_on: 3, networks: no, deploy: x, healthcheck: [], build: 4, command: {}, volumes: yes, extends: []}\n', { nodes: 2, says: /is no mapping/ }],
  'variables that never end': [service(`    command: "${'${A:-'.repeat(20_000)}"\n`), { nodes: 2 }],
  'everything waits for everything': [`services:\n${Array.from({ length: 60 }, (_, i) => `  s${i}: {image: acme/x${i}, depends_on: [${Array.from({ length: 60 }, (__, k) => `s${k}`).join(', ')}]}`).join('\n')}\n`, { nodes: 60 }],
  'not YAML at all': ['%PDF-1.7\n%âãÏÓ\n1 0 obj << /Type >>', { refused: 'not-yaml' }],
};

const refuseAll = (_: ImportFile, paths: readonly string[]): Promise<RelatedAnswer> => Promise.resolve({ files: {}, notFollowed: paths.map((path) => ({ path, reason: 'outside the chosen folder' })) });

test.each(Object.entries(CASES))('%s', async (_, [text, expected]) => {
  const before = Object.getOwnPropertyNames(Object.prototype).join();
  const result = await parseCompose([{ name: 'docker-compose.yml', text }], { catalog, layouter: elkLayouter, ids: createCounterIds(), readRelated: refuseAll });
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  if ('refused' in expected) {
    expect(result.ok ? 'read' : result.error.code).toBe(expected.refused);
    expect(result.ok ? '' : result.error.message).toMatch(/^.{10,300}\.$/s);
    return;
  }
  if (!result.ok) throw new Error(result.error.message);
  const { design, problems } = result.value;
  expect(designSchema.safeParse(design).success).toBe(true);
  expect(Object.keys(design.nodes)).toHaveLength(expected.nodes);
  if (expected.says) expect(problems.map(({ message }) => message).join('\n')).toMatch(expected.says);
});

test('too many files, and a stop between stages', async () => {
  const files = Array.from({ length: 65 }, (_, i) => ({ name: `${i}.yml`, text: service('') }));
  const many = await parseCompose(files, { catalog, layouter: elkLayouter, ids: createCounterIds() });
  const stop = new AbortController();
  stop.abort();
  const stopped = await parseCompose(files.slice(0, 2), { catalog, layouter: elkLayouter, ids: createCounterIds(), signal: stop.signal });
  expect([many, stopped].map((result) => (result.ok ? 'read' : result.error.code))).toEqual(['too-many-files', 'stopped']);
});

test('65 related files are not all followed', async () => {
  const names = Array.from({ length: 80 }, (_, i) => `e${i}.env`);
  const asked: string[] = [];
  const result = await parseCompose([{ name: 'a.yml', text: service(`    env_file: [${names.join(', ')}]\n`) }], {
    catalog, layouter: elkLayouter, ids: createCounterIds(),
    readRelated: (_, paths) => {
      asked.push(...paths);
      return Promise.resolve({ files: Object.fromEntries(paths.map((path) => [path, 'A=1'])), notFollowed: [] });
    },
  });
  expect(asked.length).toBeLessThanOrEqual(64);
  expect(result.ok && result.value.notFollowed.at(-1)).toBe('e79.env: more than 64 files');
});
