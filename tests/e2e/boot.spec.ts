import { expect, test } from './support/fixtures.ts';

test('the page starts and nothing is blocked by its policy, which is the strict one and enforced', async ({ page, browser, desktop, skin }) => {
  await expect(page.locator('#root')).not.toBeEmpty();
  await page.reload();
  await expect(page.locator('#root')).not.toBeEmpty();
  const url = new URL(page.url());
  expect(`${url.protocol}//${url.hostname}`).toBe(skin === 'desktop' ? 'app://plumbline' : 'http://localhost');
  const header = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy') ?? '');
  expect(header).toContain("default-src 'none'");
  expect(header).toContain("require-trusted-types-for 'script'");
  expect(header).not.toMatch(/unsafe-/);
  // in a page of its own: what is blocked here must not count against the page under test
  const probe = desktop === null ? await browser.newPage({ baseURL: new URL(page.url()).origin }) : null;
  if (probe === null) return;
  await probe.goto('/');
  const outcome = await probe.evaluate(
    () =>
      new Promise<string>((resolve) => {
        // evaluated code itself is exempt from the policy; a timer's callback is not
        setTimeout(() => {
          try {
            resolve(String(Reflect.apply(Reflect.get(globalThis, 'eval'), globalThis, ['1'])));
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'thrown');
          }
        });
      }),
  );
  expect(outcome).toBe('EvalError');
  await probe.close();
});

test('the start screen: the example has figures and follows its bob, and a letter draws', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const example = page.getByRole('figure', { name: 'The example' });
  const words = example.getByRole('status');
  await expect(words).toHaveText(/is busiest, \d+ %$/);
  const picture = example.locator('img');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => (image.complete ? image.naturalWidth : 0))).toBeGreaterThan(480);
  const before = await picture.getAttribute('src');
  const bob = example.getByRole('slider', { name: 'Load of the example' });
  await bob.fill('400');
  await expect(bob).toHaveAttribute('aria-valuetext', /^100 times, 2\.05 thousand requests per second$/);
  await expect(words).toHaveText(/went first, at 1\.\d+x$/);
  await expect(picture).not.toHaveAttribute('src', before ?? '');
  await page.getByRole('button', { name: /^Draw/ }).focus();
  await page.keyboard.press('r');
  await expect(page.getByRole('combobox', { name: 'Draw a path' })).toHaveValue('r');
});
