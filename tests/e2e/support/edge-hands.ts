import { expect, type Locator, type Page } from '@playwright/test';

interface Place { readonly x: number; readonly y: number }

async function middleOf(locator: Locator): Promise<Place> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('The element is not on screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Takes a selected connection by its ends and pieces, as a hand does. */
export class EdgeHands {
  constructor(private readonly page: Page) {}

  /** The route of a connection, without what its head hides. */
  route(id: string): Promise<string> {
    return this.page.locator(`[id="${id}"] path[class*="_hit_"]`).getAttribute('d').then((d) => d ?? '');
  }

  /** Press somewhere, go somewhere else in steps, and let go when `before` has been seen. */
  async drag(from: Place, to: Place, before: () => Promise<void> = async () => undefined): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    await before();
    await this.page.mouse.up();
  }

  /** Drag an end of the selected connection onto a component. */
  async dragEnd(end: 'from' | 'to', component: Locator, before?: () => Promise<void>): Promise<void> {
    await this.drag(await middleOf(this.page.locator(`[data-end="${end}"]`)), await middleOf(component), before);
  }

  /** Drag an end of the selected connection away by px. */
  async dragEndBy(end: 'from' | 'to', by: Place, before?: () => Promise<void>): Promise<void> {
    const from = await middleOf(this.page.locator(`[data-end="${end}"]`));
    await this.drag(from, { x: from.x + by.x, y: from.y + by.y }, before);
  }

  /** The middle of the longest piece of the selected connection that runs in a direction. */
  async piece(direction: 'horizontal' | 'vertical'): Promise<Place> {
    const pieces = this.page.locator(`[data-piece="${direction}"]`);
    await expect(pieces.first()).toBeAttached();
    const at = await pieces.evaluateAll((all) => {
      const longest = (all as SVGPathElement[]).reduce((a, b) => (b.getTotalLength() > a.getTotalLength() ? b : a));
      const { x, y } = longest.getPointAtLength(longest.getTotalLength() / 2).matrixTransform(longest.getScreenCTM() ?? new DOMMatrix());
      return { x, y };
    });
    return at;
  }

  /** Drag that piece sideways by px. */
  async pull(direction: 'horizontal' | 'vertical', by: number): Promise<void> {
    const at = await this.piece(direction);
    await this.drag(at, direction === 'horizontal' ? { x: at.x, y: at.y + by } : { x: at.x + by, y: at.y });
  }
}
