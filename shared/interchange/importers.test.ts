import { expect, test } from 'vitest';
import { chooseImporter, importerOf, IMPORTERS, readableFormats } from './importers.ts';

const COMPOSE = 'services:\n  web:\n    image: nginx\n';
const SCENE = '{\n  "type": "excalidraw",\n  "version": 2,\n  "elements": []\n}\n';

const format = (name: string, text = ''): string | null => importerOf({ name, text })?.format ?? null;

test.each([
  ['docker-compose.yml', COMPOSE, 'compose'],
  ['k8s.yaml', 'apiVersion: v1\nkind: Service\n', 'compose'],
  ['broken.yml', '{', 'compose'],
  ['.env.local', 'A=1', 'compose'],
  ['shop.env', 'A=1', 'compose'],
  ['a.excalidraw', SCENE, 'excalidraw'],
  ['A.EXCALIDRAW', 'not json', 'excalidraw'],
  ['shapes.excalidrawlib', '{}', 'excalidraw'],
  ['a.excalidraw.png', '', 'excalidraw'],
  ['export.json', SCENE, 'excalidraw'],
  ['a.svg', '<svg><!-- payload-type:application/vnd.excalidraw+json -->', 'excalidraw'],
  ['a.svg', '<svg/>', null],
  ['shop.plumb', '{"version": 1, "nodes": {}}', null],
  ['shop.json', '{"version": 1, "nodes": {}}', null],
  ['notes.txt', SCENE, null],
  ['environment', 'A=1', null],
])('%s is read as %s', (name, text, expected) => expect(format(name, text)).toBe(expected));

test('one format at a time, and a sentence that names what can be read', () => {
  const choose = (...files: (readonly [string, string])[]): string => {
    const chosen = chooseImporter(files.map(([name, text]) => ({ name, text })));
    return chosen.ok ? chosen.value.format : `${chosen.error.code}: ${chosen.error.message}`;
  };
  expect(choose(['docker-compose.yml', COMPOSE], ['.env', 'A=1'])).toBe('compose');
  expect(choose(['docker-compose.yml', COMPOSE], ['a.excalidraw', SCENE])).toBe('several-formats: docker-compose.yml is Docker Compose and a.excalidraw is Excalidraw. One import makes one drawing: choose files of one format.');
  expect(choose(['docker-compose.yml', COMPOSE], ['notes.txt', 'x'])).toBe(`not-importable: notes.txt cannot be imported. What can be read: ${readableFormats()}.`);
  expect(choose()).toBe('no-file: No file was chosen.');
  expect(readableFormats()).toMatch(/^Docker Compose \(\.yml, \.yaml, \.env\)/);
});

test('every format has an id and extensions of its own that file dialogs take, and a reader that refuses what is none of its files', async () => {
  expect(new Set(IMPORTERS.map(({ format: id }) => id)).size).toBe(IMPORTERS.length);
  const extensions = IMPORTERS.flatMap((importer) => importer.extensions);
  expect(new Set(extensions).size).toBe(extensions.length);
  for (const { format: id, extensions: own, claims, load } of IMPORTERS) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const extension of own) {
      expect(extension).toMatch(/^[a-z0-9]{1,12}$/);
      expect(format(`x.${extension}`)).toBe(id);
    }
    expect(claims('notes.txt')).toBe(false);
    expect(await load()).toBeTypeOf('function');
  }
});
