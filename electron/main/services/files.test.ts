import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAtomicSaver } from './atomic-save.ts';
import { createFileService } from './files.ts';
import { createRecents, RECENTS_LIMIT } from './recents.ts';
import { createRelatedReader } from './related.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('file service', () => {
  test('reads and writes only what was chosen', async () => {
    const files = createFileService(createAtomicSaver());
    const secret = path.join(folder, 'secret.txt');
    const compose = path.join(folder, 'docker-compose.yml');
    await writeFile(secret, 'secret');
    await writeFile(compose, '\uFEFFservices: {}');
    expect(await files.read(secret)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(await files.write(path.join(folder, 'x.plumb'), 'x')).toMatchObject({ ok: false, error: { code: 'not-allowed' } });

    files.allowReading([compose]);
    expect(await files.read(compose)).toMatchObject({ ok: true, value: { name: 'docker-compose.yml', text: 'services: {}' } });
    // a file chosen for import is not a place to save to
    expect(await files.write(compose, 'gone')).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(await files.read(path.join(folder, 'sub', '..', 'secret.txt'))).toMatchObject({ ok: false });

    files.allowWriting(path.join(folder, 'x.plumb'));
    expect(await files.write(path.join(folder, 'x.plumb'), 'x')).toMatchObject({ ok: true, value: { name: 'x.plumb' } });
  });

  test('says why a file cannot be read', async () => {
    const files = createFileService(createAtomicSaver());
    const binary = path.join(folder, 'picture.png');
    await writeFile(binary, Uint8Array.of(0x89, 0x50, 0xff, 0xfe));
    files.allowReading([binary, folder, path.join(folder, 'gone.plumb')]);
    expect(await files.read(binary)).toMatchObject({ ok: false, error: { code: 'not-text', message: 'picture.png is not UTF-8 text.' } });
    expect(await files.read(folder)).toMatchObject({ ok: false, error: { code: 'failed' } });
    expect(await files.read(path.join(folder, 'gone.plumb'))).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

describe('related files', () => {
  test('stay within the chosen folder, whatever the path or link says', async () => {
    const inside = path.join(folder, 'project');
    await mkdir(path.join(inside, 'env'), { recursive: true });
    await writeFile(path.join(folder, 'outside.env'), 'SECRET=1');
    await writeFile(path.join(inside, 'env', 'web.env'), 'A=1');
    await writeFile(path.join(inside, 'big.yml'), 'x'.repeat(1024 * 1024 + 1));
    await symlink(path.join(folder, 'outside.env'), path.join(inside, 'link.env'));
    const chosen = path.join(inside, 'compose.yml');
    const { files, notFollowed } = await createRelatedReader().read(chosen, ['env/web.env', '../outside.env', '/etc/passwd', 'link.env', 'big.yml', 'none.env', 'env']);
    expect(files).toEqual({ 'env/web.env': 'A=1' });
    expect(notFollowed).toEqual([
      { path: '../outside.env', reason: 'outside the chosen folder' },
      { path: '/etc/passwd', reason: 'outside the chosen folder' },
      { path: 'link.env', reason: 'outside the chosen folder' },
      { path: 'big.yml', reason: 'larger than 1 MB' },
      { path: 'none.env', reason: 'does not exist' },
      { path: 'env', reason: 'is a folder' },
    ]);
  });

  test('at most 64 files are read for one chosen file, in however many calls', async () => {
    const names = Array.from({ length: 70 }, (_, index) => `f${index}.env`);
    for (const name of names) await writeFile(path.join(folder, name), name);
    const related = createRelatedReader();
    const chosen = path.join(folder, 'compose.yml');
    expect(Object.keys((await related.read(chosen, names.slice(0, 40))).files)).toHaveLength(40);
    const second = await related.read(chosen, names.slice(40));
    expect(Object.keys(second.files)).toHaveLength(24);
    expect(second.notFollowed).toHaveLength(6);
    related.restart(chosen);
    expect(Object.keys((await related.read(chosen, names.slice(64))).files)).toHaveLength(6);
  });
});

describe('recents', () => {
  test('newest first, no doubles, bounded, and read back; a damaged list is empty', async () => {
    const store = path.join(folder, 'recents.json');
    let clock = 0;
    const recents = createRecents(store, createAtomicSaver(), () => (clock += 1));
    for (let index = 0; index < 25; index += 1) await recents.add(`/d/${index}.plumb`);
    await recents.add('/d/10.plumb');
    const again = await createRecents(store, createAtomicSaver()).list();
    expect(again).toHaveLength(RECENTS_LIMIT);
    expect(again.slice(0, 2).map((file) => file.name)).toEqual(['10.plumb', '24.plumb']);
    expect(again[0]).toEqual({ ref: '/d/10.plumb', name: '10.plumb', folder: '/d', openedAt: 26 });

    await writeFile(store, (await readFile(store, 'utf8')).slice(0, 40));
    expect(await createRecents(store, createAtomicSaver()).list()).toEqual([]);
  });
});
