import { expect, type Locator, type Page } from '@playwright/test';

/** Where the components stand on screen, by name, whole pixels: the camera must stand still between two readings. */
export async function placesOnScreen(components: Locator): Promise<Readonly<Record<string, readonly [number, number]>>> {
  const read = await components.evaluateAll((all) =>
    all.map((one) => {
      const { x, y } = one.getBoundingClientRect();
      return [(document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent ?? '').split(',')[0] ?? '', [Math.round(x), Math.round(y)]] as const;
    }),
  );
  return Object.fromEntries(read);
}

/** Wait for the words of a notice. */
export async function expectNotice(page: Page, words: string | RegExp): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
}
