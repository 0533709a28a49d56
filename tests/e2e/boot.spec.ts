import { expect, test } from './support/fixtures.ts';

test('the page starts and nothing is blocked by its policy', async ({ page, skin }) => {
  await expect(page.locator('#root')).not.toBeEmpty();
  await page.reload();
  await expect(page.locator('#root')).not.toBeEmpty();
  const url = new URL(page.url());
  expect(`${url.protocol}//${url.hostname}`).toBe(skin === 'desktop' ? 'app://plumbline' : 'http://localhost');
});

test('the policy is the strict one, and it is enforced', async ({ page, browser, desktop }) => {
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
