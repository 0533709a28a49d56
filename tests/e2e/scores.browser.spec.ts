import type { ExplainedEvaluation } from '../../shared/contracts/explained.ts';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

test('a score opens with its tree, which follows the load without ever going away', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  await editor.show('Scores');
  await editor.explain('Latency', 4);
  const tree = page.getByRole('tree', { name: 'Scores and how they come about' });
  const p99 = tree.getByRole('treeitem', { name: /p99/ }).first();
  await expect(p99).toBeVisible();
  const before = (await p99.textContent()) ?? '';

  const lines = await tree.getByRole('treeitem').count();
  expect(lines).toBeGreaterThan(9);
  await tree.evaluate((element) => {
    const fewest = { count: Infinity };
    new MutationObserver(() => {
      fewest.count = Math.min(fewest.count, element.querySelectorAll('[role="treeitem"]').length);
      element.dataset['fewest'] = String(fewest.count);
    }).observe(element, { subtree: true, childList: true, characterData: true });
  });
  await editor.turnToNextBreak();
  await expect(p99).not.toHaveText(before);
  await editor.turnBack();
  await expect(p99).toHaveText(before);
  await expect(tree.getByRole('treeitem')).toHaveCount(lines);
  expect(Number(await tree.getAttribute('data-fewest'))).toBeGreaterThanOrEqual(lines);

  await tree.getByRole('treeitem', { name: /^Latency/ }).click();
  await expect(tree.getByRole('treeitem')).toHaveCount(6);
  await tree.getByRole('treeitem', { name: /^Cost/ }).click();
  await expect(tree.getByRole('treeitem', { name: /Operational burden/ })).toBeVisible();
});

test('a finding shows its formula with the numbers put in, and data is exported with its trees', async ({ page, dialogs }, info) => {
  const editor = await new EditorDriver(page, dialogs).openExample();
  await page.keyboard.press('Control+E');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: 'JSON' }).click();
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('"design"');
  const saved = await dialogs.saveTo(info.outputPath('a.json'), () => dialog.getByRole('button', { name: 'Save' }).click());
  const { evaluation } = JSON.parse(saved.toString('utf8')) as { readonly evaluation: Pick<ExplainedEvaluation, 'scores'> };
  for (const { score, explanation } of Object.values(evaluation.scores)) expect([explanation.value, explanation.inputs?.length]).toEqual([score, expect.any(Number)]);
  await expect(dialog).toBeHidden();

  await editor.show('Findings');
  await editor.findings.getByRole('article').first().getByRole('button', { expanded: false }).first().click();
  await expect(editor.findings.getByRole('heading', { name: 'Formula' })).toBeVisible();
});
