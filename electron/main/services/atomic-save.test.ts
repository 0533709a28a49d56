import * as nodeFs from 'node:fs/promises';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile, lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAtomicSaver, type SaveFs } from './atomic-save.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'atomic-save-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Fault {
  readonly at: number;
  readonly kind: 'ENOSPC' | 'EIO' | 'EACCES' | 'EPERM' | 'EXDEV' | 'short';
}

/** The real file system, except that the call with index `at` fails, or writes only a part and says it went well. */
function faultyFs(fault: Fault): { fs: SaveFs; calls: () => number } {
  let calls = 0;
  const step = (): boolean => {
    calls += 1;
    if (calls - 1 !== fault.at) return false;
    if (fault.kind !== 'short') throw Object.assign(new Error(fault.kind), { code: fault.kind });
    return true;
  };
  const open: SaveFs['open'] = async (...args) => {
    step();
    const handle = await nodeFs.open(...args);
    return new Proxy(handle, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        // a handle must really be closed, or the test itself leaks
        if (key === 'close') return () => target.close();
        return async (...inner: unknown[]): Promise<unknown> => {
          const short = step();
          if (short && key === 'writeFile') return target.writeFile((inner[0] as Uint8Array).subarray(0, 3));
          return Reflect.apply(member, target, inner) as Promise<unknown>;
        };
      },
    });
  };
  const wrap = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
    step();
    return call(...args);
  };
  const fs: SaveFs = {
    open,
    realpath: wrap((file: string) => nodeFs.realpath(file)),
    stat: wrap((file: string) => nodeFs.stat(file)),
    rename: wrap(nodeFs.rename),
    // the clean-up after a fault works: one thing goes wrong at a time
    unlink: nodeFs.unlink,
    readdir: (folder) => nodeFs.readdir(folder),
  };
  return { fs, calls: () => calls };
}

describe('atomic save', () => {
  test('whatever call fails, the file holds one complete version and nothing is left behind', async () => {
    const file = path.join(folder, 'design.plumb');
    const oldText = 'old '.repeat(500);
    const newText = 'new '.repeat(700);
    await fc.assert(
      fc.asyncProperty(
        fc.record({ at: fc.nat({ max: 11 }), kind: fc.constantFrom<Fault['kind']>('ENOSPC', 'EIO', 'EACCES', 'EPERM', 'EXDEV', 'short') }),
        async (fault) => {
          await writeFile(file, oldText);
          const { fs } = faultyFs(fault);
          const saved = await createAtomicSaver(fs).save(file, newText).then(
            () => true,
            () => false,
          );
          const now = await readFile(file, 'utf8');
          if (saved) expect(now).toBe(newText);
          else expect([oldText, newText]).toContain(now);
          expect(await readdir(folder)).toEqual(['design.plumb']);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('a short write that claims success is refused and the old document stays', async () => {
    const file = path.join(folder, 'design.plumb');
    await writeFile(file, 'old');
    const refusals: string[] = [];
    for (let at = 0; at < 8; at += 1) {
      const { fs } = faultyFs({ at, kind: 'short' });
      await createAtomicSaver(fs).save(file, 'much longer text').catch((error: { code: string }) => refusals.push(error.code));
      if (refusals.length > 0) break;
    }
    expect(refusals).toEqual(['ENOSPC']);
  });

  test('keeps the mode and a link, refuses a read-only file', async () => {
    const file = path.join(folder, 'real.plumb');
    const link = path.join(folder, 'link.plumb');
    await writeFile(file, 'old');
    await chmod(file, 0o640);
    await symlink(file, link);
    await createAtomicSaver().save(link, 'new');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readFile(file, 'utf8')).toBe('new');

    await chmod(file, 0o444);
    await expect(createAtomicSaver().save(file, 'newer')).rejects.toMatchObject({ code: 'EROFS' });
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  test('saves a name of 255 bytes', async () => {
    const file = path.join(folder, `${'n'.repeat(249)}.plumb`);
    await createAtomicSaver().save(file, 'text');
    expect(await readFile(file, 'utf8')).toBe('text');
  });

  test('of many saves at once the newest wins and every one resolves', async () => {
    const file = path.join(folder, 'busy.plumb');
    const saver = createAtomicSaver();
    await Promise.all(Array.from({ length: 100 }, (_, index) => saver.save(file, `version ${index}`)));
    expect(await readFile(file, 'utf8')).toBe('version 99');
    expect(await readdir(folder)).toEqual(['busy.plumb']);
  });

  test('the sweep removes temps of dead processes and of this one, not of living ones', async () => {
    const temp = (pid: number): string => `.plumbline-${pid}-0123456789ab.tmp`;
    const dead = 2 ** 22 + 12_345;
    for (const name of [temp(dead), temp(process.pid), temp(process.ppid), 'other.tmp']) await writeFile(path.join(folder, name), '');
    expect(await createAtomicSaver().sweep([folder, path.join(folder, 'missing')])).toBe(2);
    expect((await readdir(folder)).sort()).toEqual([temp(process.ppid), 'other.tmp'].sort());
  });
});
