import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import headers from './page-headers.json' with { type: 'json' };

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** A file of the built page, ready to send. `body` is empty unless `status` is 200. */
export interface Asset {
  readonly status: 200 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

function refused(status: 404 | 405): Asset {
  return { status, headers: { ...headers, 'Content-Type': 'text/plain' }, body: new Uint8Array() };
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

/**
 * Find one file of the built page: GET only, known extensions only, and only what really lies below `root` after
 * links are followed. The same function serves `app://` and the local page, so both send the same headers.
 */
export async function readAsset(root: string, method: string, pathname: string): Promise<Asset> {
  if (method !== 'GET') return refused(405);
  const decoded = decodePath(pathname);
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return refused(404);
  const relative = decoded === '/' ? 'index.html' : decoded.replace(/^\/+/, '');
  const type = contentTypes[path.extname(relative).toLowerCase()];
  if (type === undefined) return refused(404);
  try {
    const base = await realpath(root);
    const file = await realpath(path.join(base, relative));
    if (!file.startsWith(base + path.sep)) return refused(404);
    const bytes = await readFile(file);
    const caching = relative.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    const body = new Uint8Array(bytes);
    return { status: 200, headers: { ...headers, 'Content-Type': type, 'Cache-Control': caching }, body };
  } catch {
    return refused(404);
  }
}
