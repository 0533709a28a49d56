import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { composedSources } from './renderer/build/composed-sources.ts';
import { designLengthsPlugin } from './renderer/build/design-lengths.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
const nodeBuiltins = [...builtinModules, /^node:/];

/** One bundle for Node or for Electron's main and preload processes: one file, no code splitting. */
function nodeBundle(entry: string, outDir: string, file: string, format: 'cjs' | 'es', target: string): UserConfig {
  return {
    define: { __APP_VERSION__: JSON.stringify(version) },
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target,
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        external: ['electron', ...nodeBuiltins],
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
    logLevel: 'warn',
  };
}

const page: UserConfig = {
  root: 'renderer',
  define: { __APP_VERSION__: JSON.stringify(version) },
  base: '/',
  plugins: [react(), designLengthsPlugin],
  css: { postcss: { plugins: [composedSources] } },
  worker: { format: 'es' },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome114',
    // an inlined font would be a data: address, which the content security policy refuses
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    sourcemap: false,
  },
  logLevel: 'warn',
};

const targets: Readonly<Record<string, UserConfig>> = {
  main: nodeBundle('electron/main/index.ts', 'out/main', 'index.cjs', 'cjs', 'node18'),
  preload: nodeBundle('electron/preload/index.ts', 'out/preload', 'index.cjs', 'cjs', 'node18'),
  cli: nodeBundle('electron/cli/main.ts', 'out/cli', 'plumbline.mjs', 'es', 'node20'),
  dev: nodeBundle('electron/dev/serve.ts', 'out/dev', 'serve.mjs', 'es', 'node20'),
  renderer: page,
};

export default defineConfig(({ mode }) => targets[mode] ?? page);
