import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAsset } from './assets.ts';

let folder = '';
let root = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assets-'));
  root = path.join(folder, 'renderer');
  await mkdir(path.join(root, 'assets'), { recursive: true });
  await writeFile(path.join(root, 'index.html'), '<p>page</p>');
  await writeFile(path.join(root, 'assets', 'a.js'), 'export {}');
  await writeFile(path.join(root, 'notes.txt'), 'notes');
  await writeFile(path.join(folder, 'secret.js'), 'secret');
  await symlink(path.join(folder, 'secret.js'), path.join(root, 'link.js'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('assets of the page', () => {
  test('come with the policy, worker scripts included', async () => {
    for (const file of ['/', '/index.html', '/assets/a.js']) {
      const asset = await readAsset(root, 'GET', file);
      expect(asset.status).toBe(200);
      expect(asset.headers['Content-Security-Policy']).toContain('trusted-types plumbline');
      expect(asset.headers['Content-Security-Policy']).not.toContain('unsafe');
    }
  });

  test.each(['/../secret.js', '/..%2fsecret.js', '/%2e%2e/secret.js', '/link.js', '/notes.txt', '/index.cjs', '/assets', '/a%00.js', '/%', '/..\\secret.js', '//etc/hosts.js'])(
    '%s is not served',
    async (file) => {
      expect((await readAsset(root, 'GET', file)).status).toBe(404);
    },
  );

  test('only GET', async () => {
    expect((await readAsset(root, 'POST', '/index.html')).status).toBe(405);
  });
});
