import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalog } from '../../../catalog/index.ts';
import { readPlumb } from '../../../shared/migrations/read-plumb.ts';
import { typeVocabulary } from '../../../shared/model/normalise.ts';
import { createCliIo } from '../io.ts';
import { run } from '../run.ts';
import { importCommand } from './import.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'plumbline-import-'));
  await mkdir(path.join(root, 'app', 'below'), { recursive: true });
  await writeFile(path.join(root, 'outside.env'), 'DB_HOST=leak\n');
  await writeFile(path.join(root, 'app', 'below', 'in.env'), 'DB_HOST=db\n');
  await symlink(path.join(root, 'outside.env'), path.join(root, 'app', 'link.env'));
  await writeFile(path.join(root, 'app', 'docker-compose.yml'), 'services:\n  api: { build: ., ports: ["80:80"], env_file: [below/in.env, link.env, ../outside.env] }\n  db: { image: postgres }\n');
  await writeFile(path.join(root, 'app', 'notes.txt'), 'services\n');
  await writeFile(path.join(root, 'app', 'sketch.excalidraw'), await readFile(new URL('../../../tests/fixtures/excalidraw/osdu_architecture.excalidraw', import.meta.url)));
  await writeFile(path.join(root, 'app', 'k8s.yaml'), 'apiVersion: v1\nkind: Service\n');
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function plumbline(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io = { ...createCliIo(), out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  return { code: await run([importCommand], ['import', ...argv], io, '1.0.0'), out, err };
}

const file = (name: string): string => path.join(root, 'app', name);

test('JSON: format, document, guesses, problems; only what lies in the folder or below is read', async () => {
  const { code, out, err } = await plumbline(file('docker-compose.yml'), '--json');
  const report = JSON.parse(out) as { format: string; document: { edges: object }; guesses: { what: string }[]; problems: unknown[]; notFollowed: string[] };
  expect([code, err, report.format]).toEqual([0, '', 'compose']);
  expect(Object.keys(report)).toEqual(expect.arrayContaining(['document', 'guesses', 'problems']));
  expect(report.guesses.map(({ what }) => what)).toContain('api to db');
  expect(report.notFollowed).toEqual(['link.env: outside the chosen folder', '../outside.env: outside the chosen folder']);
  expect(out).not.toContain('leak');
});

test('-o writes a document that opens; without --json a table is printed', async () => {
  const { code, out } = await plumbline(file('docker-compose.yml'), '-o', file('out.plumb'));
  expect([code, out.includes('PostgreSQL'), out.includes('Not followed: link.env')]).toEqual([0, true, true]);
  const read = readPlumb(await readFile(file('out.plumb'), 'utf8'), typeVocabulary(catalog.components));
  expect(read.ok && [Object.keys(read.value.design.nodes).length, read.value.problems]).toEqual([3, []]);
});

test('an Excalidraw drawing is read by the same command', async () => {
  const { code, out, err } = await plumbline(file('sketch.excalidraw'), '--json');
  const report = JSON.parse(out) as { format: string; document: { name: string; nodes: object }; guesses: { what: string }[] };
  expect([code, err, report.format, report.document.name, Object.keys(report.document.nodes).length]).toEqual([0, '', 'excalidraw', 'SPI Stack Architecture', 29]);
  expect(report.guesses.map(({ what }) => what)).toContain('Client to Istio Gateway');
  expect((await plumbline('--help')).out).toContain('    or         one Excalidraw drawing');
});

test('refused input and wrong usage', async () => {
  expect(await plumbline(file('k8s.yaml'))).toEqual({ code: 2, out: '', err: 'plumbline: k8s.yaml is a Kubernetes manifest (1 object), not a Compose file. Kubernetes manifests cannot be imported.\n' });
  expect(await plumbline(file('notes.txt'))).toEqual({ code: 2, out: '', err: 'plumbline: notes.txt cannot be imported. What can be read: Docker Compose (.yml, .yaml, .env) and Excalidraw (.excalidraw).\n' });
  expect((await plumbline(file('docker-compose.yml'), file('sketch.excalidraw'))).err).toContain('choose files of one format');
  expect((await plumbline(file('none.yml'))).code).toBe(2);
  expect((await plumbline()).code).toBe(3);
});
