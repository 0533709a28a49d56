import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { MAX_FILE_BYTES, type HostError, type HostFile, type SavedFile } from '../../../shared/ipc/host-api.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';
import type { AtomicSaver } from './atomic-save.ts';
import { readError, writeError } from './host-error.ts';

/**
 * Reads and writes only files that the user chose. Everything the page names by path goes through here, so a page
 * that was taken over can neither read nor overwrite anything else.
 */
export interface FileService {
  /** The user chose these files (dialog, drop, argument, recent list); they may be read from now on. */
  allowReading(files: readonly string[]): void;
  /** The user chose this place to write to. */
  allowWriting(file: string): void;
  mayRead(file: string): boolean;
  read(file: string): Promise<Result<HostFile, HostError>>;
  readAll(files: readonly string[]): Promise<Result<readonly HostFile[], HostError>>;
  write(file: string, data: string | Uint8Array): Promise<Result<SavedFile, HostError>>;
}

/** The extension of Plumbline's own documents. */
export const DOCUMENT_EXTENSION = '.plumb';

/** Read at most `limit` bytes of a regular file as UTF-8; null when it is larger. A byte-order mark is dropped. */
export async function readTextFile(file: string, limit: number): Promise<string | null> {
  const handle = await open(file, 'r');
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw Object.assign(new Error('Not a regular file.'), { code: 'EISDIR' });
    if (stat.size > limit) return null;
    const bytes = await handle.readFile();
    return bytes.byteLength > limit ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } finally {
    await handle.close();
  }
}

function notAllowed(name: string): HostError {
  return { code: 'not-allowed', message: `${name} was not chosen by you. Open it from the File menu.`, name };
}

async function readChosen(file: string): Promise<Result<HostFile, HostError>> {
  const name = path.basename(file);
  try {
    const text = await readTextFile(file, MAX_FILE_BYTES);
    const limit = MAX_FILE_BYTES / 1024 / 1024;
    if (text === null) return err({ code: 'too-large', message: `${name} is larger than ${limit} MB.`, name });
    return ok({ ref: file, name, folder: path.dirname(file), text });
  } catch (error) {
    if (error instanceof TypeError) return err({ code: 'not-text', message: `${name} is not UTF-8 text.`, name });
    return err(readError(error, name));
  }
}

/** Make the service. A document (`.plumb`) that may be read may also be saved; other files only where chosen. */
export function createFileService(saver: AtomicSaver): FileService {
  const readable = new Set<string>();
  const writable = new Set<string>();

  async function read(file: string): Promise<Result<HostFile, HostError>> {
    if (!readable.has(path.resolve(file))) return err(notAllowed(path.basename(file)));
    return readChosen(path.resolve(file));
  }

  return {
    allowReading: (files) => {
      for (const file of files) readable.add(path.resolve(file));
    },
    allowWriting: (file) => {
      writable.add(path.resolve(file));
      readable.add(path.resolve(file));
    },
    mayRead: (file) => readable.has(path.resolve(file)),
    read,
    readAll: async (files) => {
      const found: HostFile[] = [];
      for (const file of files) {
        const result = await read(file);
        if (!result.ok) return result;
        found.push(result.value);
      }
      return ok(found);
    },
    write: async (file, data) => {
      const target = path.resolve(file);
      const name = path.basename(target);
      const isDocument = path.extname(target).toLowerCase() === DOCUMENT_EXTENSION;
      if (!writable.has(target) && !(isDocument && readable.has(target))) return err(notAllowed(name));
      try {
        await saver.save(target, data);
        return ok({ ref: target, name, folder: path.dirname(target) });
      } catch (error) {
        return err(writeError(error, name));
      }
    },
  };
}

/** Whether `file` is `folder` itself or lies below it, after links are followed. Both must exist. */
export async function isBelow(folder: string, file: string): Promise<boolean> {
  const [base, target] = await Promise.all([realpath(folder), realpath(file)]);
  const relative = path.relative(base, target);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
