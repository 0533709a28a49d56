import { expect, type Locator, type Page } from '@playwright/test';

interface Place { readonly x: number; readonly y: number }

/** Groups, zones and notes in the real window, by hand and by key. */
export class BoundaryDriver {
  readonly boundaries: Locator;
  readonly notes: Locator;
  /** The name or the text that is typed in its own place. */
  readonly field: Locator;

  constructor(readonly page: Page) {
    const canvas = page.getByRole('application');
    this.boundaries = canvas.locator('[id^="boundary-"][role="group"]');
    this.notes = canvas.locator('[aria-roledescription="note"]');
    this.field = canvas.getByRole('textbox');
  }

  /** A boundary by the words with which it is announced. */
  boundary(words: string): Locator {
    return this.page.getByRole('group', { name: words, exact: true }).and(this.boundaries);
  }

  /** Type the name that is asked for right after a boundary was made. */
  async name(text: string): Promise<this> {
    await expect(this.field).toBeFocused();
    await this.field.fill(text);
    await this.page.keyboard.press('Enter');
    await expect(this.field).toHaveCount(0);
    return this;
  }

  /** Take something by its middle and carry it to a place in the window, without letting go. */
  async carry(thing: Locator, to: Place): Promise<this> {
    const box = await thing.boundingBox();
    if (box === null) throw new Error('It is not on screen');
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    return this;
  }

  async letGo(): Promise<this> {
    await this.page.mouse.up();
    return this;
  }

  /** A box in the window. */
  async boxOf(thing: Locator): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
    const box = await thing.boundingBox();
    if (box === null) throw new Error('It is not on screen');
    return box;
  }
}
