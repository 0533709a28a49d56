import { chromium, type CDPSession, type Page } from '@playwright/test';
import { chromiumPath } from '../../support/chromium-path.ts';
import type { BenchLine } from '../engine.ts';
import type { Times } from '../measure.ts';
import { drawnDesign } from './graph.ts';
import { openBare, openOurs, openPages } from './pages.ts';

interface Size { readonly nodes: number; readonly journeys: number; readonly steps: number }

const SIZES: readonly Size[] = [
  { nodes: 200, journeys: 10, steps: 60 },
  { nodes: 1000, journeys: 20, steps: 40 },
];

const WARMUP = 8;
const DIAL_STEPS = 12;

/** Steps up before the dial is measured: at 1x itself the answer is there already. */
const DIAL_FROM = 10;

/** Screen pixels of one step of a drag: several grid units at any zoom, so that every step moves the component. */
const STEP_PX = 6;

/** A page counts as quiet when its main thread worked less than this in such an interval, milliseconds. */
const QUIET = { work: 1.5, interval: 120, needed: 3 } as const;

/** Milliseconds of main-thread processor time since the page began: script, style, layout, painting. */
async function mainThread(client: CDPSession): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** Two frames: the one that a change is drawn in, and the one that follows when it stands on the screen. */
async function frames(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

/** Wait until opening, answering and routing are over. */
async function settle(page: Page, client: CDPSession): Promise<void> {
  let quiet = 0;
  for (let before = await mainThread(client); quiet < QUIET.needed; ) {
    await page.waitForTimeout(QUIET.interval);
    const now = await mainThread(client);
    quiet = now - before < QUIET.work ? quiet + 1 : 0;
    before = now;
  }
}

/** Main-thread milliseconds of asking and waiting alone, which every measurement holds. */
async function overhead(client: CDPSession, wait: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    const before = await mainThread(client);
    await wait();
    times.push((await mainThread(client)) - before);
  }
  return times.sort((a, b) => a - b)[5] ?? 0;
}

interface Spot { readonly id: string; readonly x: number; readonly y: number }

/** The component nearest to the middle of the drawing that nothing covers: canvas id and screen place. */
async function middleComponent(page: Page): Promise<Spot> {
  const found = await page.evaluate(() => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (!pane) return null;
    const all = [...document.querySelectorAll<HTMLElement>('.react-flow__node')].map((element) => {
      const box = element.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      return { element, x, y, far: Math.hypot(x - pane.x - pane.width / 2, y - pane.y - pane.height / 2) };
    });
    all.sort((a, b) => a.far - b.far);
    const free = all.find(({ element, x, y }) => element.contains(document.elementFromPoint(x, y)));
    return free ? { id: free.element.dataset['id'] ?? '', x: free.x, y: free.y } : null;
  });
  if (!found) throw new Error('The benchmark found no component to drag');
  return found;
}

/** Where a component is drawn, canvas units. */
async function placeOf(page: Page, id: string): Promise<string> {
  return page.locator(`.react-flow__node[data-id="${id}"]`).evaluate((element: HTMLElement) => element.style.transform);
}

/** Main-thread milliseconds of each step of dragging one component around. Throws when a step did not move it. */
async function dragTimes(page: Page, steps: number, spot: Spot): Promise<Times> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  await settle(page, client);
  const idle = await overhead(client, () => frames(page));
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.down();
  const times: number[] = [];
  let still = 0;
  let before = await placeOf(page, spot.id);
  for (let step = 1; step <= WARMUP + steps; step += 1) {
    const start = await mainThread(client);
    // back and forth, so that a long drag stays in view
    await page.mouse.move(spot.x + STEP_PX * (step % 20 < 10 ? step % 10 : 10 - (step % 10)), spot.y + (step % 2) * STEP_PX + STEP_PX);
    await frames(page);
    const spent = (await mainThread(client)) - start - idle;
    const now = await placeOf(page, spot.id);
    if (now === before) still += 1;
    before = now;
    if (step > WARMUP) times.push(Math.max(0, spent));
  }
  await page.mouse.up();
  if (still > steps / 10) throw new Error(`The benchmark's drag moved nothing in ${still} of ${WARMUP + steps} steps`);
  return times.sort((a, b) => a - b);
}

/** Main-thread milliseconds of each step of the load dial away from 1x: the answer comes from the worker, its figures are drawn. */
async function dialTimes(page: Page): Promise<Times> {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  const dial = page.getByRole('slider', { name: 'Load' });
  await dial.focus();
  for (let step = 0; step < DIAL_FROM; step += 1) await page.keyboard.press('ArrowRight');
  await settle(page, client);
  const times: number[] = [];
  for (let step = 1; step <= WARMUP + DIAL_STEPS; step += 1) {
    const [start, at] = [await mainThread(client), await dial.getAttribute('aria-valuenow')];
    await page.keyboard.press(step % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    await settle(page, client);
    const spent = (await mainThread(client)) - start;
    if ((await dial.getAttribute('aria-valuenow')) === at) throw new Error('The benchmark did not turn the dial');
    if (step > WARMUP) times.push(spent);
  }
  return times.sort((a, b) => a - b);
}

/**
 * Main-thread milliseconds per step of a drag, of our page and of a bare React Flow page with the same graph, and per step
 * of the dial. Builds and serves both pages and drives them in one headless Chromium.
 */
export async function canvasBench(): Promise<readonly BenchLine[]> {
  const pages = await openPages();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const lines: BenchLine[] = [];
    for (const { nodes, journeys, steps } of SIZES) {
      const design = drawnDesign(nodes, journeys);
      const label = `${nodes} components, ${Object.keys(design.edges).length} connections`;
      const ours = await openOurs(browser, pages, design);
      const oursTimes = await dragTimes(ours, steps, await middleComponent(ours));
      lines.push({ name: `a step of a drag: ${label}`, times: oursTimes, budget_ms: null });
      lines.push({ name: '  a step of the dial, main thread alone', times: await dialTimes(ours), budget_ms: null });
      await ours.context().close();
      const bare = await openBare(browser, pages, design);
      lines.push({ name: '  the same drag on a bare React Flow page', times: await dragTimes(bare, steps, await middleComponent(bare)), budget_ms: null });
      await bare.context().close();
    }
    return lines;
  } finally {
    await browser.close();
    await pages.close();
  }
}
