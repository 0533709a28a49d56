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

/** Three boxes and two arrows, as Excalidraw writes them. */
function sketch(): string {
  const box = (id: string, x: number): object[] => [
    { id, type: 'rectangle', x, y: 0, width: 140, height: 60 },
    { id: `${id} text`, type: 'text', text: id, x: x + 20, y: 20, width: 80, height: 20, fontSize: 16, containerId: id },
  ];
  const arrow = (from: string, to: string): object => ({ id: `${from} ${to}`, type: 'arrow', x: 0, y: 0, width: 10, height: 0, points: [[0, 0], [10, 0]], startBinding: { elementId: from }, endBinding: { elementId: to }, endArrowhead: 'arrow' });
  return JSON.stringify({ type: 'excalidraw', version: 2, elements: [...box('Users', 0), ...box('Order service', 300), ...box('Courier', 600), arrow('Users', 'Order service'), arrow('Order service', 'Courier')] });
}

test('an Excalidraw drawing is dropped, its one unknown box typed, and imported; formats are not mixed', async ({ page }) => {
  await expect(page.getByRole('button', { name: /^Import a file/ })).toBeVisible();
  await dropFiles(page, { 'notes.txt': 'nothing' });
  await expect(page.getByText(/^notes\.txt cannot be read\. Plumbline opens \.plumb drawings and imports Docker Compose/)).toBeVisible();
  await dropFiles(page, { 'sketch.excalidraw': sketch() });
  const dialog = page.getByRole('dialog', { name: 'Import sketch.excalidraw' });
  const became = dialog.getByRole('combobox', { name: 'Courier became' });
  await expect(became).toBeFocused();
  await dropFiles(page, { 'docker-compose.yml': SHOP_COMPOSE });
  await expect(page.getByText(/choose files of one format/)).toBeVisible();
  await became.focus();
  await page.keyboard.type('service');
  await page.keyboard.press('Enter');
  await expect(became).toHaveValue(/Service/);
  await expect(dialog.getByRole('spinbutton', { name: 'Peak requests per second into Order service' })).toHaveValue('100');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('application').getByText('Courier').first()).toBeVisible();
});
