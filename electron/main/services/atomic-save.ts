import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import * as nodeFs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLatestWins } from './latest-wins.ts';

/** The calls that saving makes, so that a test can make any of them fail. */
export interface SaveFs {
  open(file: string, flags: string, mode?: number): Promise<nodeFs.FileHandle>;
  realpath(file: string): Promise<string>;
  stat(file: string): Promise<Stats>;
  rename(from: string, to: string): Promise<void>;
  unlink(file: string): Promise<void>;
  readdir(folder: string): Promise<string[]>;
}

/** Saves files so that a reader, or a crash, always finds one complete version. */
export interface AtomicSaver {
  /**
   * Replace the file's content. Resolves once it is on disk; rejects with the system's error, and then the old
   * content is intact. Saves of one path queue; of those that wait only the newest is written.
   */
  save(file: string, data: string | Uint8Array): Promise<void>;
  /** Remove what saves of dead processes left in these folders; returns how many. */
  sweep(folders: readonly string[]): Promise<number>;
}

const tempName = /^\.plumbline-(\d+)-[0-9a-f]{12}\.tmp$/;
const retriedOnWindows = new Set(['EPERM', 'EBUSY', 'EACCES']);
const directoriesCannotSync = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'EBADF']);

/** The system's code of an error ("ENOSPC"), or an empty string. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function resolveTarget(fs: SaveFs, file: string): Promise<string> {
  try {
    return await fs.realpath(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return path.join(await fs.realpath(path.dirname(file)), path.basename(file));
  }
}

async function statOrNull(fs: SaveFs, file: string): Promise<{ mode: number; uid: number; gid: number } | null> {
  try {
    const stat = await fs.stat(file);
    if (!stat.isFile()) throw failure('EISDIR', 'The target is not a file.');
    // root may write a file that its owner made read-only; nobody asked for that here
    if ((stat.mode & 0o222) === 0) throw failure('EROFS', 'The file is read-only.');
    return stat;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function renameWithRetry(fs: SaveFs, from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fs.rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 6 || !retriedOnWindows.has(errorCode(error))) throw error;
      await delay(10 * 2 ** attempt);
    }
  }
}

async function syncFolder(fs: SaveFs, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!directoriesCannotSync.has(errorCode(error))) throw error;
  }
}

async function writeTemp(fs: SaveFs, temp: string, data: Uint8Array, old: Awaited<ReturnType<typeof statOrNull>>): Promise<void> {
  const handle = await fs.open(temp, 'wx', old === null ? 0o666 : 0o600);
  try {
    await handle.writeFile(data);
    await handle.sync();
    // a short write can resolve on a full disk; the size tells
    if ((await handle.stat()).size !== data.byteLength) throw failure('ENOSPC', 'The file was not written whole.');
    if (old !== null) {
      await handle.chown(old.uid, old.gid).catch(() => undefined);
      await handle.chmod(old.mode & 0o7777);
    }
  } finally {
    await handle.close();
  }
}

async function replaceFile(fs: SaveFs, file: string, data: Uint8Array, ownTemps: Set<string>): Promise<void> {
  const target = await resolveTarget(fs, file);
  const folder = path.dirname(target);
  const old = await statOrNull(fs, target);
  const temp = path.join(folder, `.plumbline-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
  ownTemps.add(temp);
  try {
    await writeTemp(fs, temp, data, old);
    await renameWithRetry(fs, temp, target);
  } catch (error) {
    await fs.unlink(temp).catch(() => undefined);
    throw error;
  } finally {
    ownTemps.delete(temp);
  }
  await syncFolder(fs, folder);
}

function isStale(name: string): boolean {
  const pid = tempName.exec(name)?.[1];
  // a temp with our own id that we are not writing is from an earlier process of the same id
  return pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)));
}

/** Make a saver. `fs` is the real one except in tests. Hard links to the old file are not kept. */
export function createAtomicSaver(fs: SaveFs = nodeFs): AtomicSaver {
  const ownTemps = new Set<string>();
  const queue = createLatestWins<Uint8Array>((file, data) => replaceFile(fs, file, data, ownTemps));
  return {
    save: (file, data) => queue.put(path.resolve(file), typeof data === 'string' ? new TextEncoder().encode(data) : data),
    sweep: async (folders) => {
      let removed = 0;
      for (const folder of new Set(folders)) {
        const names = await fs.readdir(folder).catch(() => []);
        const stale = names.filter(isStale).map((name) => path.join(folder, name));
        for (const temp of stale.filter((file) => !ownTemps.has(file))) {
          const gone = await fs.unlink(temp).then(
            () => true,
            () => false,
          );
          if (gone) removed += 1;
        }
      }
      return removed;
    },
  };
}
