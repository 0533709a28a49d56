import { statSync } from 'node:fs';
import path from 'node:path';

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * The first command-line argument that is an existing file, as an absolute path, or null. The list begins with the
 * program and may hold the debugger's and Chromium's switches and the app's own folder; none of those is a file.
 */
export function firstFileArgument(argv: readonly string[], cwd: string, exists: (file: string) => boolean = isFile): string | null {
  for (const argument of argv.slice(1)) {
    if (argument === '' || argument.startsWith('-')) continue;
    const file = path.resolve(cwd, argument);
    if (exists(file)) return file;
  }
  return null;
}
