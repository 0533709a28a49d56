import type { Page } from '@playwright/test';
import { NOT_COMPOSE, SHOP_COMPOSE, SHOP_ENV } from './support/compose.ts';
import { expect, test } from './support/fixtures.ts';

/** Let files fall on the window, as a drag from the desktop does. */
async function dropFiles(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const data = await page.evaluateHandle((texts) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(texts)) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

test('several files dropped at once are one import; more of them join it; Escape leaves nothing behind', async ({ page }) => {
  await expect(page.getByRole('button', { name: /^Import a file/ })).toBeVisible();
  await dropFiles(page, { 'docker-compose.yml': SHOP_COMPOSE, 'shop.env': SHOP_ENV });
  const dialog = page.getByRole('dialog', { name: /^Import docker-compose\.yml/ });
  await expect(dialog.getByRole('combobox', { name: 'courier became' })).toBeVisible();
  const override = 'services:\n  courier:\n    image: rabbitmq:3.13\n  mailer:\n    image: acme/mailer\n';
  await dropFiles(page, { 'docker-compose.override.yml': override });
  await expect(dialog.getByRole('combobox', { name: 'mailer became' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Import a file/ })).toBeVisible();
});

test('what is no Compose file is refused by name', async ({ page }) => {
  await expect(page.getByRole('button', { name: /^Import a file/ })).toBeVisible();
  await dropFiles(page, { 'shop.yaml': NOT_COMPOSE });
  const refused = page.getByRole('dialog', { name: 'shop.yaml cannot be imported' });
  await expect(refused.getByRole('alert')).toContainText('Kubernetes');
  await refused.getByRole('button', { name: 'Close' }).last().click();
  await dropFiles(page, { 'broken.yml': 'services:\n  web:\n    image: "nginx\n' });
  await expect(page.getByRole('dialog', { name: 'broken.yml cannot be imported' }).getByRole('alert')).toContainText(/broken\.yml.*line \d/);
});
