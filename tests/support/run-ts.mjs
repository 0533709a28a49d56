/**
 * Bundles one TypeScript file and runs it under plain Node, for programs that are not tests (benchmarks).
 * Usage: node tests/support/run-ts.mjs FILE [ARGUMENTS]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: node tests/support/run-ts.mjs FILE [ARGUMENTS]');
  process.exit(3);
}

// benchmarks run the engine as the window does
const v8Flags = JSON.parse(readFileSync(path.join(root, 'electron/main/v8-flags.json'), 'utf8'));
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
// inside node_modules, so that packages left out of the bundle are still found
const folder = mkdtempSync(path.join(root, 'node_modules', '.run-ts-'));
try {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { __APP_VERSION__: JSON.stringify(version) },
    build: {
      ssr: path.resolve(file),
      outDir: folder,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { external: [...builtinModules, /^node:/], output: { format: 'es', entryFileNames: 'program.mjs' } },
    },
  });
  const child = spawn(process.execPath, ['--expose-gc', ...v8Flags, path.join(folder, 'program.mjs'), ...rest], { stdio: 'inherit', cwd: root });
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
