import { fileURLToPath } from 'node:url';
import { test } from '../e2e/support/fixtures.ts';

const folder = fileURLToPath(new URL('../../shots', import.meta.url));
const sizes = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
];

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    const name = `first-start-${theme}-${size.width}x${size.height}`;
    test(name, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize(size);
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${folder}/${name}.png` });
    });
  }
}
