import type { Page } from '@playwright/test';
import { findings } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

function rulesOf(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Rules' });
  const list = dialog.getByRole('navigation', { name: 'All rules' });
  return { dialog, list, field: list.getByRole('searchbox', { name: 'Find a rule' }), figures: dialog.getByRole('figure') };
}

test('from a finding to its rule, its examples as live drawings, and one of them as a drawing', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { dialog, list, figures } = rulesOf(page);
  await editor.turnToNextBreak();
  await editor.show('Findings');
  await editor.evaluated();
  await editor.openFinding('Transcoders');
  const about = editor.findings.getByRole('button', { name: 'About this rule' });
  await about.click();
  await expect(dialog.getByRole('region', { name: 'Every component has room for its load' })).toBeFocused();
  await expect(list.locator('[aria-current="page"]')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(about).toBeFocused();

  await test.step('the palette leads to a page by its title', async () => {
    await editor.command('Rule: Stores and brokers have');
    await expect(dialog.getByRole('heading', { name: 'Stores and brokers have a second copy' })).toBeVisible();
    for (const words of ['Why', 'When it is raised', 'What a fix asks for', 'When this is fine', 'Sources']) await expect(dialog.getByRole('heading', { name: words })).toBeAttached();
    await expect(dialog.getByRole('row', { name: /^Copies 3 A majority of three/ })).toBeVisible();
  });

  await test.step('only what is in view is drawn', async () => {
    const first = figures.filter({ hasText: 'One database' });
    const last = figures.filter({ hasText: 'Only a cache' });
    await expect(last.getByRole('img', { name: /^Drawing/ })).toHaveCount(0);
    await first.scrollIntoViewIfNeeded();
    await expect(first.getByRole('img', { name: 'Drawing: Users, Api and Db, 2 connections' })).toBeVisible();
    await expect.poll(() => first.getByRole('img', { name: /^Drawing/ }).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(400);
    await expect(first).toContainText('If Db fails, 100 % of the traffic fails with it');
    await expect(last.getByRole('img', { name: /^Drawing/ })).toHaveCount(0);
    await last.scrollIntoViewIfNeeded();
    await expect(last.getByRole('img', { name: /^Drawing/ })).toBeVisible();
    await expect(last).toContainText('Does not apply');
  });

  await figures.filter({ hasText: 'One database' }).getByRole('button', { name: 'Open as a drawing' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('application', { name: /^One database, 3 components/ })).toBeFocused();
  await editor.show('Findings');
  await expect(editor.finding('If Db fails').first()).toBeVisible();
});

test('all rules with the keyboard: search, walk, follow, leave', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { dialog, list, field } = rulesOf(page);
  await editor.canvas.focus();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('show rules');
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await page.keyboard.type('retries');
  await expect(list.getByRole('button')).not.toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('no such words');
  await expect(list).toContainText('No rule is about "no such words".');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('second copy');
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('button', { name: 'Stores and brokers have a second copy' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('region', { name: 'Stores and brokers have a second copy' })).toBeFocused();
  const related = dialog.getByRole('heading', { name: /^Explains these/ }).locator('..').getByRole('button').first();
  const title = await related.textContent();
  await related.press('Enter');
  await expect(dialog.getByRole('region', { name: title ?? '' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(editor.canvas).toBeFocused();
});

test('an acceptance that nothing needs any more is told in the closed group, and goes', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  await editor.addFromPalette('Client');
  await editor.addFromPalette('Service');
  await editor.addFromPalette('Relational database');
  await editor.connect('Client', 'Service');
  await editor.connect('Service', 'Relational database');
  await editor.show('Findings');
  const card = editor.finding('If Relational database fails').first();
  await editor.openFinding('If Relational database fails');
  await card.getByRole('button', { name: 'Accept risk' }).click();
  await card.getByRole('textbox', { name: 'Reason' }).fill('A backup is enough');
  await card.getByRole('button', { name: 'Accept risk' }).click();
  const group = editor.findings.getByRole('button', { name: /^Accepted/ });
  await expect(group).toHaveText('Accepted (1)');
  await editor.select('Relational database');
  await editor.deleteSelection();
  await editor.show('Findings');
  await expect(group).toHaveText(/^Accepted \(1\).*1 no longer needed$/);
  await group.click();
  await editor.findings.getByRole('button', { name: /^Remove ?: Store without a second copy/ }).click();
  await expect(group).toHaveCount(0);
});

test('axe finds nothing on a rule’s page', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  const { dialog, figures } = rulesOf(page);
  await editor.command('Show rules');
  await expect(dialog).toContainText('rules look at every drawing.');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.type('balancing');
  await page.keyboard.press('Enter');
  await figures.first().scrollIntoViewIfNeeded();
  await expect(figures.first().getByRole('img', { name: /^Drawing/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});
