import { expect, type Locator, type Page } from '@playwright/test';
import type { FileDialogs } from './file-dialogs.ts';

/** What a component on the canvas says about its load. */
export interface Figures {
  /** First figure with its unit: "2k rps"; "Saturated" where it saturates. */
  readonly metric: string;
  /** Utilisation, "62 %"; empty where there is none: a client, a service that scales by itself. */
  readonly utilisation: string;
  /** Heat step 0 (none) to 7 (saturated). */
  readonly step: number;
}

/** Everything that the window shows about the evaluated drawing, for comparing two moments. */
export interface Shown {
  /** Figures by the name of the component. */
  readonly components: Readonly<Record<string, Figures>>;
  /** Labels on connections, sorted. */
  readonly connections: readonly string[];
  /** The strip at the bottom: journeys, first break, cost. */
  readonly summary: string;
}

/** A place in the window, CSS px. */
interface Place {
  readonly x: number;
  readonly y: number;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const wholeSteps = { steps: 8 } as const;

/** Time in which a drawing that is still being computed or routed would have changed. */
const STILL_MS = 200;

/** The middle of an element that is on screen. */
async function middleOf(locator: Locator): Promise<Place> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('The element is not on screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws in the real window as a person does: palette, mouse, keys, inspector. Every method waits until its effect shows. */
export class EditorDriver {
  readonly canvas: Locator;
  readonly components: Locator;
  readonly connections: Locator;
  readonly dial: Locator;
  readonly inspector: Locator;
  readonly findings: Locator;
  readonly previewBar: Locator;

  constructor(
    readonly page: Page,
    private readonly dialogs: FileDialogs,
  ) {
    this.canvas = page.getByRole('application');
    this.components = page.locator('[aria-roledescription="component"]');
    this.connections = page.locator('[aria-roledescription="connection"]');
    this.dial = page.getByRole('slider', { name: 'Load' });
    this.inspector = page.getByRole('region', { name: 'Inspector' });
    this.findings = page.getByRole('region', { name: 'Findings', exact: true });
    this.previewBar = page.getByRole('region', { name: 'Preview' });
  }

  /** Begin an empty drawing from the start screen. */
  async draw(): Promise<this> {
    await this.page.getByRole('button', { name: /^Draw/ }).click();
    await expect(this.canvas).toBeVisible();
    return this;
  }

  /** Open the example of the start screen. */
  async openExample(): Promise<this> {
    await this.page.getByRole('button', { name: /^Open the example A finished/ }).click();
    await expect(this.canvas).toBeVisible();
    return this.evaluated();
  }

  /** A component by its name. */
  component(name: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${escaped(name)}(,|$)`) }).and(this.components);
  }

  /** Add a part by typing its name in the palette: it comes to stand in the middle of the view. */
  async addFromPalette(title: string): Promise<this> {
    const before = await this.components.count();
    const search = this.page.getByRole('searchbox', { name: 'Add or search' });
    await search.fill(title);
    await search.press('Enter');
    await expect(this.components).toHaveCount(before + 1);
    await search.fill('');
    return this;
  }

  /** Drag a part from the palette to a place on the paper, px from the canvas's corner; it is dropped on its middle. */
  async drop(title: string, at: Place): Promise<this> {
    const before = await this.components.count();
    const search = this.page.getByRole('searchbox', { name: 'Add or search' });
    await search.fill(title);
    const row = this.page.getByRole('region', { name: 'Parts', exact: true }).getByRole('button', { name: new RegExp(`^${escaped(title)}`) });
    const canvas = await this.canvas.boundingBox();
    if (canvas === null) throw new Error('The canvas is not on screen');
    await row.first().hover();
    await this.page.mouse.down();
    await this.page.mouse.move(canvas.x + at.x, canvas.y + at.y, wholeSteps);
    await this.page.mouse.up();
    await expect(this.components).toHaveCount(before + 1);
    await search.fill('');
    return this;
  }

  /** Move a component by the mouse, px. */
  async move(name: string, by: Place): Promise<this> {
    const from = await middleOf(this.component(name));
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + by.x, from.y + by.y, wholeSteps);
    await this.page.mouse.up();
    return this;
  }

  /** Pull a connection from a port of one component onto another. Returns the id of the new connection. */
  async connect(from: string, to: string, side: 'right' | 'left' | 'top' | 'bottom' = 'right'): Promise<string> {
    const before = new Set(await this.connectionIds());
    const start = this.component(from);
    await start.hover();
    const port = await middleOf(start.locator(`[data-side="${side}"]`));
    const end = await middleOf(this.component(to));
    await this.page.mouse.move(port.x, port.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x - 2, end.y, wholeSteps);
    // as a person does: let go when the target has lit up
    await expect(this.component(to)).toHaveAttribute('data-connect', 'possible');
    await this.page.mouse.move(end.x, end.y);
    await this.page.mouse.up();
    await expect(this.connections).toHaveCount(before.size + 1);
    const [id = ''] = (await this.connectionIds()).filter((one) => !before.has(one));
    return id;
  }

  private connectionIds(): Promise<string[]> {
    return this.connections.evaluateAll((all) => all.map((one) => one.id));
  }

  /** Select a component. */
  async select(name: string): Promise<this> {
    await this.component(name).click();
    await expect(this.component(name)).toHaveAttribute('data-selected', /.*/);
    return this;
  }

  /** Select a connection by pressing on its line, away from its ends. Returns its name for the ear: who calls whom, how often. */
  async selectConnection(id: string): Promise<string> {
    const line = this.page.locator(`[id="${id}"]`);
    const at = await line.locator('path').last().evaluate((path: SVGPathElement) => {
      const point = path.getPointAtLength(path.getTotalLength() * 0.4);
      const matrix = path.getScreenCTM();
      const seen = matrix === null ? point : point.matrixTransform(matrix);
      return { x: seen.x, y: seen.y };
    });
    await this.page.mouse.click(at.x, at.y);
    await expect(line).toHaveAttribute('data-selected', /.*/);
    return (await line.locator('desc').textContent()) ?? '';
  }

  /** Press on empty paper: nothing is selected, the inspector shows the whole design. */
  async selectNothing(): Promise<this> {
    await this.canvas.focus();
    await this.page.keyboard.press('Escape');
    await expect(this.inspector.getByText('Nothing selected.')).toBeVisible();
    return this;
  }

  /** A field of the inspector by its label. */
  field(label: string): Locator {
    return this.inspector.getByRole('spinbutton', { name: label, exact: true }).first();
  }

  /** Type a figure into a field of the inspector. */
  async setField(label: string, value: string): Promise<this> {
    const field = this.field(label);
    await field.fill(value);
    await field.press('Enter');
    await expect(field).not.toHaveAttribute('aria-invalid', 'true');
    return this;
  }

  /** Choose in a list of the inspector. */
  async choose(label: string, option: string): Promise<this> {
    await this.inspector.getByRole('combobox', { name: label, exact: true }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
    return this;
  }

  /** Rename the selected component in the inspector. */
  async rename(name: string): Promise<this> {
    const field = this.inspector.getByRole('textbox', { name: 'Name', exact: true });
    await field.fill(name);
    await field.press('Enter');
    await expect(this.component(name)).toBeVisible();
    return this;
  }

  /** Give a drawing without load its peak rate, in the field that stands in the dial's place. */
  async setPeakRate(text: string): Promise<this> {
    const field = this.page.getByRole('textbox', { name: 'Peak rate, requests per second' });
    await field.fill(text);
    await field.press('Enter');
    await expect(this.dial).toBeVisible();
    return this;
  }

  /** The dial's multiple. */
  async multiple(): Promise<number> {
    return Number(await this.dial.getAttribute('aria-valuenow'));
  }

  /** Drag the bob to the right until a component saturates; returns the names of those that did. */
  async turnUntilSaturated(): Promise<readonly string[]> {
    const box = await this.dial.boundingBox();
    if (box === null) throw new Error('The dial is not on screen');
    const y = box.y + box.height * 0.4;
    const saturated = this.page.locator('[aria-roledescription="component"][data-step="7"]');
    await this.page.mouse.move(box.x + 12, y);
    await this.page.mouse.down();
    for (let x = box.x + 12; x <= box.x + box.width - 8 && (await saturated.count()) === 0; x += box.width / 64) {
      await this.page.mouse.move(x, y);
      await this.page.waitForTimeout(40);
    }
    await this.page.mouse.up();
    return this.namesOf(saturated);
  }

  /** Stand the bob on the next break by keyboard. */
  async turnToNextBreak(): Promise<this> {
    const before = await this.multiple();
    await this.dial.press('Shift+PageUp');
    await expect.poll(() => this.multiple()).toBeGreaterThan(before);
    return this;
  }

  /** Back to the load as drawn. */
  async turnBack(): Promise<this> {
    await this.dial.press('Home');
    await expect.poll(() => this.multiple()).toBe(1);
    return this;
  }

  /** Press a shortcut with the drawing in focus; `Mod` is Ctrl, on macOS Cmd. */
  async press(chord: string): Promise<this> {
    await this.canvas.focus();
    await this.page.keyboard.press(chord.replace('Mod', 'ControlOrMeta'));
    return this;
  }

  async undo(): Promise<this> {
    return this.press('Mod+Z');
  }

  async redo(): Promise<this> {
    return this.press('Mod+Shift+Z');
  }

  async deleteSelection(): Promise<this> {
    return this.press('Delete');
  }

  /** Open a tab of the right or, open or not, of the bottom panel. */
  async show(tab: 'Inspector' | 'Findings' | 'Scores' | 'Journeys' | 'Breaking order' | 'Cost' | 'Simulation'): Promise<this> {
    const handle = this.page.getByRole('tab', { name: new RegExp(`^${tab}`) });
    const opener = this.page.getByRole('button', { name: 'Show bottom panel' });
    if ((await handle.count()) === 0) await opener.click();
    await handle.click();
    await expect(handle).toHaveAttribute('aria-selected', 'true');
    return this;
  }

  /** A card of the findings panel by words of its headline. */
  finding(headline: string): Locator {
    return this.findings.getByRole('article', { name: headline });
  }

  /** Open or close a card of the findings panel. */
  async openFinding(headline: string, open = true): Promise<this> {
    const card = this.finding(headline).first();
    await card.getByRole('button', { expanded: !open }).first().click();
    await expect(card.getByRole('button', { expanded: open }).first()).toBeVisible();
    return this;
  }

  /** Open a score's line in the scores panel and the first line under it, down to a depth. */
  async explain(axis: string, depth: number): Promise<this> {
    const line = this.page.getByRole('treeitem', { name: new RegExp(`^${axis}`) });
    await line.click();
    await expect(line).toHaveAttribute('aria-expanded', 'true');
    await expect(this.page.getByRole('tree', { name: 'Scores and how they come about' })).toHaveAttribute('aria-busy', 'false');
    for (let level = 1; level < depth; level += 1) for (const key of ['ArrowDown', 'ArrowRight']) await this.page.keyboard.press(key);
    return this;
  }

  /** Pin the preview of the best fix of a closed card. */
  async preview(headline: string): Promise<this> {
    await this.finding(headline).first().getByRole('button', { name: /, preview$/ }).click();
    await expect(this.previewBar).toBeVisible();
    return this;
  }

  /** Make the previewed change. */
  async applyPreview(): Promise<this> {
    await this.previewBar.getByRole('button', { name: /^Apply/ }).click();
    await expect(this.previewBar).toHaveCount(0);
    return this;
  }

  /** Leave the previewed change alone. */
  async cancelPreview(): Promise<this> {
    await this.page.keyboard.press('Escape');
    await expect(this.previewBar).toHaveCount(0);
    return this;
  }

  /** Use a command of the palette behind the Commands button. */
  async command(name: string): Promise<this> {
    await this.page.getByRole('button', { name: 'Commands' }).click();
    await this.page.getByRole('combobox', { name: 'Commands' }).fill(name);
    await this.page.getByRole('option', { name, exact: false }).first().click();
    return this;
  }

  /** Save under a new name; returns what was written. */
  async saveAs(file: string): Promise<string> {
    const written = await this.dialogs.saveTo(file, () => this.press('Mod+Shift+S'));
    await expect(this.page.getByRole('button', { name: /file menu$/i })).toContainText(/Saved \d\d:\d\d/);
    return written.toString('utf8');
  }

  /** Close the drawing: back to the start screen. */
  async close(): Promise<this> {
    await this.press('Mod+W');
    await expect(this.page.getByRole('heading', { name: 'Draw a system. Load it. See what breaks.' })).toBeVisible();
    return this;
  }

  /** Open a file from the start screen. */
  async open(file: string): Promise<this> {
    await this.dialogs.choose([file], () => this.page.getByRole('button', { name: /^Open a file/ }).click());
    await expect(this.canvas).toBeVisible();
    await expect(this.components.first()).toBeVisible();
    return this;
  }

  private namesOf(components: Locator): Promise<readonly string[]> {
    return components.evaluateAll((all) => all.map((one) => (document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent ?? '').split(',')[0] ?? ''));
  }

  /** What one component says about its load. Figures are drawn from zoom 0.85 up. */
  async figures(name: string): Promise<Figures> {
    const all = (await this.shown()).components[name];
    if (all === undefined) throw new Error(`No component is called ${name}`);
    return all;
  }

  /** Wait until every component has a result, no figure is marked as stale, and nothing changes any more. At any zoom. */
  async evaluated(): Promise<this> {
    await expect(this.components.filter({ hasText: 'no result yet' })).toHaveCount(0);
    await expect(this.page.locator('[role="application"][data-stale]')).toHaveCount(0);
    let before = '';
    await expect
      .poll(
        async () => {
          const now = JSON.stringify(await this.shown());
          const still = now === before;
          before = now;
          return still;
        },
        { intervals: [STILL_MS] },
      )
      .toBe(true);
    return this;
  }

  /** All figures in the window at this moment. They are drawn from zoom 0.85 up. */
  async shown(): Promise<Shown> {
    const read = await this.page.evaluate(() => {
      const text = (element: Element): string => (element as HTMLElement).innerText.trim();
      const components = [...document.querySelectorAll('[aria-roledescription="component"]')].map((element) => {
        const name = (document.getElementById(element.getAttribute('aria-labelledby') ?? '')?.textContent ?? '').split(',')[0] ?? '';
        const [metric = '', utilisation = ''] = [...(element.querySelector('[class*="_figures_"]')?.children ?? [])].map(text);
        return [name, { metric, utilisation, step: Number(element.getAttribute('data-step')) }] as const;
      });
      const labels = [...document.querySelectorAll('[role="application"] .react-flow__viewport [class*="_label_"]')].map(text);
      return { components, labels, summary: [...document.querySelectorAll('[data-region="bottom"]')].map(text).join(' ') };
    });
    return { components: Object.fromEntries(read.components), connections: read.labels.sort(), summary: read.summary.replace(/\s+/g, ' ') };
  }
}
