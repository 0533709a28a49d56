import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { build } from 'vite';
import { servePage, type LocalPage } from '../../../electron/dev/serve.ts';
import type { Design } from '../../../shared/model/design.ts';
import { COMPONENT } from './graph.ts';

const ROOT = process.cwd();
const BARE = path.join(ROOT, 'node_modules', '.cache', 'bench-bare');

/** The two pages that are compared, served on this machine. */
export interface Pages { readonly ours: LocalPage; readonly bare: LocalPage; close(): Promise<void> }

/** The graph of a design in React Flow's own terms. */
function graphOf(design: Design): { readonly nodes: readonly object[]; readonly edges: readonly object[] } {
  return {
    nodes: Object.values(design.nodes).map(({ id, name }) => ({ id: `node:${id}`, position: design.layout.nodes[id] ?? { x: 0, y: 0 }, data: { label: name }, width: COMPONENT.width, height: COMPONENT.height, sourcePosition: 'right', targetPosition: 'left' })),
    edges: Object.values(design.edges).map(({ id, from, to }) => ({ id, source: `node:${from}`, target: `node:${to}` })),
  };
}

/** Build both pages where they are stale, and serve them. */
export async function openPages(): Promise<Pages> {
  execFileSync(process.execPath, ['electron/dev/build.mjs'], { cwd: ROOT, stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production' } });
  await rm(BARE, { recursive: true, force: true });
  await mkdir(BARE, { recursive: true });
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  const { default: react } = await import('@vitejs/plugin-react');
  await build({ root: path.join(ROOT, 'tests', 'bench', 'canvas', 'bare'), configFile: false, publicDir: false, logLevel: 'warn', plugins: [react()], build: { outDir: BARE, emptyOutDir: true, target: 'chrome114', chunkSizeWarningLimit: 4000, reportCompressedSize: false, modulePreload: { polyfill: false } } });
  process.env.NODE_ENV = before;
  const ours = await servePage(path.join(ROOT, 'out', 'renderer'), 0);
  const bare = await servePage(BARE, 0);
  return { ours, bare, close: async () => void (await Promise.all([ours.close(), bare.close()])) };
}

/** A tab of the size of a common window. */
async function openTab(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' });
  return context.newPage();
}

/** Our page with a drawing open, as a person opens a file. */
export async function openOurs(browser: Browser, pages: Pages, design: Design): Promise<Page> {
  const page = await openTab(browser);
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showOpenFilePicker');
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
  await page.goto(pages.ours.url);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: /^Open a file/ }).click()]);
  await chooser.setFiles([{ name: 'bench.plumb', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(design)) }]);
  await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 });
  return page;
}

/** The bare page with the same graph. */
export async function openBare(browser: Browser, pages: Pages, design: Design): Promise<Page> {
  await writeFile(path.join(BARE, 'graph.json'), JSON.stringify(graphOf(design)));
  const page = await openTab(browser);
  await page.goto(pages.bare.url);
  await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 });
  return page;
}
