import path from 'node:path';
import { RELATED_LIMITS, type RelatedFiles } from '../../../shared/ipc/host-api.ts';
import { errorCode } from './atomic-save.ts';
import { isBelow, readTextFile } from './files.ts';

async function readOne(folder: string, relative: string): Promise<{ text: string } | { reason: string }> {
  if (relative === '' || relative.includes('\0')) return { reason: 'is not a path' };
  if (path.isAbsolute(relative)) return { reason: 'outside the chosen folder' };
  const file = path.resolve(folder, relative);
  // said before the file is looked at, so that a reason never tells whether something outside exists
  const lexical = path.relative(folder, file);
  if (lexical.startsWith('..') || path.isAbsolute(lexical)) return { reason: 'outside the chosen folder' };
  try {
    if (!(await isBelow(folder, file))) return { reason: 'outside the chosen folder' };
    const text = await readTextFile(file, RELATED_LIMITS.bytes);
    return text === null ? { reason: 'larger than 1 MB' } : { text };
  } catch (error) {
    if (error instanceof TypeError) return { reason: 'not UTF-8 text' };
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { reason: 'does not exist' };
    return { reason: code === 'EISDIR' ? 'is a folder' : 'cannot be read' };
  }
}

/** Reads files that a chosen file names, and counts them: the limit is for one import, however many calls it makes. */
export interface RelatedReader {
  /** `paths` are relative to the chosen file's folder; only what really lies there or below is read, at most 1 MB each. */
  read(chosen: string, paths: readonly string[]): Promise<RelatedFiles>;
  /** The user chose the file (again): its count begins anew. */
  restart(chosen: string): void;
}

/** Make a reader that has read nothing yet. */
export function createRelatedReader(): RelatedReader {
  const spent = new Map<string, number>();
  return {
    restart: (chosen) => void spent.delete(chosen),
    read: async (chosen, paths) => {
      const folder = path.dirname(chosen);
      const files = new Map<string, string>();
      const notFollowed: { path: string; reason: string }[] = [];
      for (const relative of new Set(paths)) {
        const before = spent.get(chosen) ?? 0;
        if (before >= RELATED_LIMITS.files) {
          notFollowed.push({ path: relative, reason: `more than ${RELATED_LIMITS.files} files` });
          continue;
        }
        const found = await readOne(folder, relative);
        if ('text' in found) {
          files.set(relative, found.text);
          spent.set(chosen, before + 1);
        } else notFollowed.push({ path: relative, reason: found.reason });
      }
      return { files: Object.fromEntries(files), notFollowed };
    },
  };
}
