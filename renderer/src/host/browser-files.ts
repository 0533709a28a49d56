import {
  MAX_FILE_BYTES,
  RELATED_LIMITS,
  type DroppedFile,
  type HostError,
  type HostFile,
  type RelatedFiles,
} from '../../../shared/ipc/host-api.ts';
import { err, ok, type Result } from '../../../shared/lib/result.ts';

/** One file that the user chose, as the browser knows it. */
export interface ChosenFile {
  readonly file: DroppedFile;
  /** Present where the browser lets a page write to the file again. */
  readonly handle?: FileSystemFileHandle;
}

/** Remembers chosen files under opaque names for as long as the page lives. */
export interface FileTable {
  readAll(chosen: readonly ChosenFile[]): Promise<Result<readonly HostFile[], HostError>>;
  /** Remember a place to write to; returns its name. */
  remember(handle: FileSystemFileHandle): string;
  find(ref: string): ChosenFile | undefined;
  /** What was chosen together with `ref`, by plain name; a page cannot look into folders by itself. */
  readRelated(ref: string | null, paths: readonly string[]): Promise<RelatedFiles>;
}

interface Entry extends ChosenFile {
  readonly batch: readonly ChosenFile[];
}

function plainName(path: string): string {
  return path.replace(/^\.\//, '');
}

async function readText(file: DroppedFile, limit: number): Promise<Result<string, HostError>> {
  const { name } = file;
  if (file.size > limit) {
    return err({ code: 'too-large', message: `${name} is larger than ${limit / 1024 / 1024} MB.`, name });
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()));
  } catch (error) {
    if (error instanceof TypeError) return err({ code: 'not-text', message: `${name} is not UTF-8 text.`, name });
    return err({ code: 'failed', message: `${name} could not be read.`, name });
  }
}

/** Make an empty table. */
export function createFileTable(): FileTable {
  const entries = new Map<string, Entry>();
  let next = 1;

  function put(entry: Entry): string {
    const ref = `file-${next}`;
    next += 1;
    entries.set(ref, entry);
    return ref;
  }

  return {
    readAll: async (chosen) => {
      const found: HostFile[] = [];
      for (const item of chosen) {
        const text = await readText(item.file, MAX_FILE_BYTES);
        if (!text.ok) return text;
        found.push({ ref: put({ ...item, batch: chosen }), name: item.file.name, folder: null, text: text.value });
      }
      return ok(found);
    },
    remember: (handle) => {
      const file: DroppedFile = { name: handle.name, size: 0, arrayBuffer: () => handle.getFile().then((now) => now.arrayBuffer()) };
      return put({ file, handle, batch: [] });
    },
    find: (ref) => entries.get(ref),
    readRelated: async (ref, paths) => {
      const batch = ref === null ? [] : (entries.get(ref)?.batch ?? []);
      const files = new Map<string, string>();
      const notFollowed: { path: string; reason: string }[] = [];
      for (const path of new Set(paths)) {
        const beside = batch.find((item) => item.file.name === plainName(path));
        if (beside === undefined) notFollowed.push({ path, reason: 'was not chosen with the file' });
        else if (files.size >= RELATED_LIMITS.files) notFollowed.push({ path, reason: `more than ${RELATED_LIMITS.files} files` });
        else {
          const text = await readText(beside.file, RELATED_LIMITS.bytes);
          if (text.ok) files.set(path, text.value);
          else notFollowed.push({ path, reason: text.error.code === 'too-large' ? 'larger than 1 MB' : 'cannot be read' });
        }
      }
      return { files: Object.fromEntries(files), notFollowed };
    },
  };
}
