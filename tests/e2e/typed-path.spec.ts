import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

test('a URL shortener is drawn, traced and loaded by keyboard only', async ({ page, dialogs }) => {
  const editor = new EditorDriver(page, dialogs);
  const { keyboard } = page;
  const field = page.getByRole('combobox', { name: 'Draw a path' });
  const chips = page.getByRole('list', { name: 'What the line becomes' });
  const summary = page.locator('[data-region="bottom"]');
  const card = page.getByRole('region', { name: 'Scenario', exact: true });
  await expect(page.getByRole('heading', { name: 'Draw a system. Load it. See what breaks.' })).toBeVisible();

  await test.step('Ctrl or Cmd and K, a few letters, Enter, Enter: the sheet of a scenario, with its targets', async () => {
    await keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
    await keyboard.type('url');
    await keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Start, 35 minutes' })).toBeFocused();
    await keyboard.press('Enter');
    await expect(editor.canvas).toBeFocused();
    await expect(page.getByRole('radio', { name: /^Whiteboard/ })).toBeChecked();
    await expect(card.getByRole('list', { name: 'Targets' }).getByRole('listitem').filter({ hasText: /Redirect.*50 ms/ })).toBeVisible();
    await expect(editor.components).toHaveCount(1);
  });

  await test.step('a line draws five components and the way of its journey', async () => {
    await keyboard.type('redirect: client > load balancer > api x3 z2 > redis x2 z2, postgres x2 z2');
    await expect(field).toHaveValue('redirect: client > load balancer > api x3 z2 > redis x2 z2, postgres x2 z2');
    await expect(chips.getByRole('listitem')).toHaveCount(6);
    await expect(chips).toContainText('Load balancerconnected from Client');
    await expect(page.getByText('Read Redis, then Postgres on a miss.', { exact: false }).first()).toBeVisible();
    await expect(field).toHaveAccessibleDescription(/load balancer, connected from Client; api \(Service, 3 units, 2 zones\)/);
    await keyboard.press('Enter');
    await expect(editor.components).toHaveCount(5);
    await expect(editor.connections).toHaveCount(4);
    await expect(field).toHaveCount(0);
    await expect(editor.canvas).toBeFocused();
    await expect(editor.component('Postgres')).toHaveAttribute('data-selected', /.*/);
  });

  await test.step('what exists is reused, and looks as if hovered while the line names it', async () => {
    await keyboard.type('create: client > load balancer > api > postgres');
    await expect(chips.getByText('existing')).toHaveCount(4);
    await expect(editor.component('Load balancer')).toHaveAttribute('data-hovered', /.*/);
    await expect(editor.component('Redis')).not.toHaveAttribute('data-hovered', /.*/);
    await keyboard.press('Enter');
    await expect(field).toHaveCount(0);
    await expect(editor.components).toHaveCount(5);
    await expect(editor.connections).toHaveCount(4);
  });

  await test.step('a word may mean something else: one Down, and Escape leaves it', async () => {
    await keyboard.type('api > sqs > click worker');
    await keyboard.press('ArrowDown');
    await expect(page.getByRole('option', { name: 'Celery worker' })).toHaveAttribute('aria-selected', 'true');
    await keyboard.press('Escape');
    await keyboard.type(' x2 > postgres');
    await keyboard.press('Enter');
    await expect(editor.components).toHaveCount(7);
    await expect(editor.connections).toHaveCount(7);
  });

  await test.step('the bob stands on the first break, which is named', async () => {
    await keyboard.press('Alt+2');
    await editor.evaluated();
    await expect(summary).toContainText('Redirect');
    await expect(summary).toContainText('Create');
    await expect(card.getByText(/^\d+ met, \d+ missed/)).toBeVisible();
    await keyboard.press('Shift+PageUp');
    await expect.poll(() => editor.multiple()).toBeGreaterThan(1);
    await expect(editor.dial).toHaveAttribute('aria-valuetext', /first break at [\d.]+ times, API/);
    await keyboard.type('1x');
    await keyboard.press('Enter');
    await expect.poll(() => editor.multiple()).toBe(1);
  });

  await test.step('each line is one step back', async () => {
    await expect(editor.canvas).toBeFocused();
    await keyboard.press('ControlOrMeta+z');
    await expect(editor.components).toHaveCount(5);
    await keyboard.press('ControlOrMeta+z');
    await expect(editor.components).toHaveCount(5);
    await keyboard.press('ControlOrMeta+z');
    await expect(editor.components).toHaveCount(1);
  });
});

test('a letter on the start screen begins a drawing, and is the first of its line', async ({ page, dialogs }) => {
  const editor = new EditorDriver(page, dialogs);
  const { keyboard } = page;
  const field = page.getByRole('combobox', { name: 'Draw a path' });
  await expect(page.getByRole('heading', { name: 'Draw a system. Load it. See what breaks.' })).toBeVisible();
  await keyboard.type('api');
  await expect(field).toHaveValue('api');
  await keyboard.press('Escape');
  await expect(page.getByText('Type to draw.')).toBeVisible();

  await test.step('Shift keeps the field for siblings, Up recalls, Tab completes, Escape closes', async () => {
    await keyboard.type('api');
    await keyboard.press('Enter');
    await keyboard.type('redis');
    await keyboard.press('Shift+Enter');
    await expect(field).toHaveValue('');
    await keyboard.type('postg');
    await keyboard.press('Tab');
    await expect(field).toHaveValue('postgresql');
    await keyboard.press('Enter');
    await expect(editor.connections).toHaveCount(2);
    await keyboard.type('x');
    await keyboard.press('Backspace');
    await keyboard.press('ArrowUp');
    await expect(field).toHaveValue('postgresql');
    await keyboard.press('Escape');
    await expect(field).toHaveCount(0);
    await expect(editor.canvas).toBeFocused();
    await expect(editor.components).toHaveCount(3);
  });
});
