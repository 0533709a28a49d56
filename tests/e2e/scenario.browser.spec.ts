import type { Page } from '@playwright/test';
import { findings } from './support/audit.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

/** Drafts that this browser keeps. */
function draftCount(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('plumbline');
        opening.onerror = () => reject(opening.error ?? new Error('No database'));
        opening.onsuccess = () => {
          const count = opening.result.transaction('drafts').objectStore('drafts').count();
          count.onsuccess = () => {
            opening.result.close();
            resolve(count.result);
          };
        };
      }),
  );
}

test('a scenario opens from the start screen, and its card says what is met and missed while it is drawn', async ({ page, dialogs }) => {
  test.slow();
  const editor = new EditorDriver(page, dialogs);
  const audit = (state: string) => test.step(state, async () => expect.soft(await findings(page), state).toEqual([]));
  await page.getByRole('button', { name: /^Open a scenario/ }).click();
  const list = page.getByRole('dialog', { name: 'Scenarios' });
  await expect(list.getByRole('button')).not.toHaveCount(0);
  await audit('list of scenarios');
  await list.getByRole('button', { name: /^URL shortener/ }).click();
  await expect(page.getByRole('dialog', { name: 'URL shortener' })).toContainText('Redirect');
  await audit('task of a scenario');
  await page.getByRole('button', { name: 'Start, 35 minutes' }).click();

  const card = page.getByRole('region', { name: 'Scenario', exact: true });
  const targets = card.getByRole('list', { name: 'Targets' }).getByRole('listitem');
  const state = (name: string, word: string) => targets.filter({ hasText: name }).and(card.locator(`[data-state="${word}"]`));
  await expect(targets.filter({ hasText: '50 ms' })).toHaveCount(1);
  await expect(card.locator('[data-state]')).toHaveCount(0);
  await audit('whiteboard with targets');

  // the clock stands in the dial's place, in words; a change of the mode while it runs is noted in the file
  const clock = page.getByRole('timer', { name: 'Interview clock' });
  await expect(clock).toHaveText('35 minutes left');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(clock).toHaveText('Paused, 35 minutes left');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('application').focus();

  // numbers are asked for: nothing is drawn yet, then one line decides some of the targets
  await editor.press('Alt+2');
  await expect(card.getByText('Not drawn yet').first()).toBeVisible();
  await expect(card.getByRole('list', { name: 'Changes of the mode' })).toHaveText('Minute 0: Evaluate');
  await expect(clock).toHaveCount(0);
  await editor.press('r');
  await page.getByRole('combobox', { name: 'Draw a path' }).fill('redirect: client > load balancer > api > postgres');
  await page.keyboard.press('Enter');
  await editor.evaluated();
  await expect(card.locator('[data-state="missed"]').first()).toBeVisible();
  await expect(card.getByRole('button', { expanded: true })).toContainText(/\d met, \d missed.*Missed: /s);
  await expect(card.locator('[data-state="met"]').first()).toBeVisible();
  await audit('targets met and missed');

  // twelve instances in place of two: the drawing grows further, and says how far
  const growth = targets.filter({ hasText: 'Load it can grow to' });
  const before = await growth.innerText();
  await editor.select('API');
  await editor.setField('Instances', '12');
  await editor.evaluated();
  await expect.poll(() => growth.innerText()).not.toBe(before);
  // the whiteboard keeps the verdicts and hides the figures
  await editor.press('Alt+1');
  await expect(card.locator('[data-state="met"]').first()).toBeVisible();
  await expect(growth).not.toContainText('/');
  // the interview goes on where it was, on the whiteboard, and its clock has run on; a draft is written within 250 ms
  await expect(card.getByRole('list', { name: 'Changes of the mode' })).toContainText('Whiteboard');
  await page.waitForTimeout(500);
  await page.reload();
  await expect(clock).toHaveText(/^3[45] minutes left$/);
  await expect(growth).not.toContainText('/');
  await editor.press('Alt+2');
  await expect(state('Redirect', 'met').first()).toBeVisible();
});

test('a scenario of several times is judged in the one that is chosen: load, targets and rates follow in one step', async ({ page, dialogs }) => {
  const editor = new EditorDriver(page, dialogs);
  await page.getByRole('button', { name: /^Open a scenario/ }).click();
  await page.getByRole('dialog', { name: 'Scenarios' }).getByRole('button', { name: /^From monolith to services/ }).click();
  await page.getByRole('button', { name: 'Start, 60 minutes' }).click();
  // a page that is loaded again brings the task back although nothing is drawn yet, and its clock goes on
  await expect.poll(() => draftCount(page)).toBe(1);
  await page.reload();
  await expect(page.getByRole('timer', { name: 'Interview clock' })).toHaveText(/^(60|59) minutes left$/);
  const card = page.getByRole('region', { name: 'Scenario', exact: true });
  const budget = card.getByRole('list', { name: 'Targets' }).getByRole('listitem').filter({ hasText: 'Cost' });
  await expect(budget).toContainText('$5,000/month');
  await card.getByRole('combobox', { name: 'Phase' }).click();
  await page.getByRole('option', { name: 'In 18 months' }).click();
  await expect(budget).toContainText('$9,000/month');
  await page.getByRole('application').focus();
  await editor.press('ControlOrMeta+z');
  await expect(budget).toContainText('$5,000/month');
});
