import path from 'node:path';
import type { RelatedFiles } from '../../shared/ipc/host-api.ts';
import { MAX_FILE_BYTES } from '../../shared/ipc/host-api.ts';
import { createAtomicSaver, errorCode } from '../main/services/atomic-save.ts';
import { readTextFile } from '../main/services/files.ts';
import { createRelatedReader } from '../main/services/related.ts';
import { RefusedInput } from './errors.ts';

/** What commands may touch: two streams and files, so that a test can give them others. */
export interface CliIo {
  out(text: string): void;
  err(text: string): void;
  /** UTF-8 text of a file the user named. Throws `RefusedInput` with the reason. */
  readText(file: string): Promise<string>;
  /** Files that a named file refers to, within its folder and the limits of the importers. */
  readRelated(file: string, paths: readonly string[]): Promise<RelatedFiles>;
  /** Write a file whole or not at all. Throws `RefusedInput` with the reason. */
  write(file: string, data: string | Uint8Array): Promise<void>;
}

async function readText(file: string): Promise<string> {
  try {
    const text = await readTextFile(file, MAX_FILE_BYTES);
    if (text === null) throw new RefusedInput(`${file} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB.`);
    return text;
  } catch (error) {
    if (error instanceof RefusedInput) throw error;
    if (error instanceof TypeError) throw new RefusedInput(`${file} is not UTF-8 text.`);
    const code = errorCode(error);
    if (code === 'ENOENT') throw new RefusedInput(`${file} does not exist.`);
    throw new RefusedInput(code === 'EISDIR' ? `${file} is a folder.` : `${file} cannot be read (${code}).`);
  }
}

/** The real terminal and the real files. */
export function createCliIo(): CliIo {
  const saver = createAtomicSaver();
  const related = createRelatedReader();
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readText,
    readRelated: (file, paths) => related.read(path.resolve(file), paths),
    write: async (file, data) => {
      try {
        await saver.save(file, data);
      } catch (error) {
        throw new RefusedInput(`${file} cannot be written (${errorCode(error)}). What was there before is unchanged.`);
      }
    },
  };
}
