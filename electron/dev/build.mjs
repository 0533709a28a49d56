/**
 * Builds what is stale, or everything with `--force`: `out/main`, `out/preload`, `out/renderer`, `out/cli` and
 * `out/dev`. Usage: node electron/dev/build.mjs [--force]
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stampFolder = path.join(root, 'out', '.stamps');

/** What each bundle is made of, and the file that must exist when it is built. */
const targets = {
  main: { sources: ['electron/main', 'shared'], result: 'out/main/index.cjs' },
  preload: { sources: ['electron/preload', 'shared/ipc', 'shared/lib'], result: 'out/preload/index.cjs' },
  dev: { sources: ['electron/dev', 'electron/main'], result: 'out/dev/serve.mjs' },
  cli: { sources: ['electron/cli', 'electron/main', 'shared', 'catalog'], result: 'out/cli/plumbline.mjs' },
  renderer: { sources: ['renderer', 'shared', 'catalog'], result: 'out/renderer/index.html' },
};

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(file);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [file];
  });
}

function fingerprint(sources) {
  const hash = createHash('sha256');
  const fixed = ['vite.config.ts', 'package.json', 'package-lock.json'].map((file) => path.join(root, file));
  for (const file of [...fixed, ...sources.flatMap((source) => listFiles(path.join(root, source))).sort()]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${path.relative(root, file)}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** Build the stale bundles; returns the names of those that were built. */
export async function buildStale({ force = false } = {}) {
  const built = [];
  for (const [name, { sources, result }] of Object.entries(targets)) {
    const stamp = path.join(stampFolder, name);
    const now = fingerprint(sources);
    const fresh = existsSync(path.join(root, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now;
    if (fresh && !force) continue;
    rmSync(stamp, { force: true });
    const { build } = await import('vite');
    await build({ root: name === 'renderer' ? path.join(root, 'renderer') : root, configFile: path.join(root, 'vite.config.ts'), mode: name });
    mkdirSync(stampFolder, { recursive: true });
    writeFileSync(stamp, now);
    built.push(name);
  }
  return built;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.chdir(root);
  // a build is always for release, whatever the caller's environment says
  process.env.NODE_ENV = 'production';
  const started = performance.now();
  const built = await buildStale({ force: process.argv.includes('--force') });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(built.length === 0 ? 'Everything is built.' : `Built ${built.join(', ')} in ${seconds} s.`);
}
