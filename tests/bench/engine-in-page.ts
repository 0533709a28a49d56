/** The engine's benchmark where people have the engine: in a worker of a page, in Chromium with the switches of the window. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import v8Flags from '../../electron/main/v8-flags.json' with { type: 'json' };
import { chromiumPath } from '../support/chromium-path.ts';
import type { EngineTimes } from './engine.ts';

const ROOT = process.cwd();
const BUILT = path.join(ROOT, 'node_modules', '.cache', 'bench-engine');
const PAGE = 'http://localhost/';
/** Without these the page's clock is as coarse as a tenth of a millisecond. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

async function builtWorker(): Promise<string> {
  await rm(BUILT, { recursive: true, force: true });
  const entry = path.join(ROOT, 'tests', 'bench', 'engine-worker.ts');
  await build({ root: ROOT, configFile: false, publicDir: false, logLevel: 'warn', build: { lib: { entry, formats: ['es'], fileName: () => 'worker.js' }, outDir: BUILT, target: 'chrome114', minify: true, chunkSizeWarningLimit: 4000, reportCompressedSize: false } });
  return readFile(path.join(BUILT, 'worker.js'), 'utf8');
}

/** Build the engine as the page has it, and measure it there. `version` is that of the browser. Throws what the worker threw. */
export async function engineInPage(): Promise<EngineTimes & { readonly version: string }> {
  const worker = await builtWorker();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', `--js-flags=${v8Flags.join(' ')}`] });
  try {
    const page = await browser.newPage();
    // answered here: no server, and nothing leaves the machine
    await page.route('**/*', (route) => {
      const isWorker = route.request().url() === `${PAGE}worker.js`;
      return route.fulfill({ headers: ISOLATED, contentType: isWorker ? 'text/javascript' : 'text/html', body: isWorker ? worker : '<!doctype html><title>Benchmark</title>' });
    });
    await page.goto(PAGE);
    const times = await page.evaluate((url) => new Promise<EngineTimes>((resolve, reject) => {
      const running = new Worker(url, { type: 'module' });
      running.onmessage = ({ data }: MessageEvent<EngineTimes>) => resolve(data);
      running.onerror = ({ message }) => reject(new Error(`The benchmark's worker ended: ${message}`));
    }), `${PAGE}worker.js`);
    return { ...times, version: browser.version() };
  } finally {
    await browser.close();
  }
}
