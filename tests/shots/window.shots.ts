import { crowdedDrawing, smallDrawing } from './drawings.ts';
import { openDrawing, photograph, zoomTo } from './shooting.ts';

photograph('start and empty sheet', async (editor, { shoot }) => {
  await shoot('start');
  await editor.draw();
  await shoot('empty');
});

photograph('small drawing', async (editor, { shoot, shootAsIs }, page) => {
  await openDrawing(editor, smallDrawing());
  await editor.evaluated();
  await shoot('small-evaluate');
  await editor.turnToNextBreak();
  await shoot('small-saturated');
  await editor.turnBack();
  await editor.select('Shop API');
  await shoot('small-component');
  await editor.selectConnection('connection-api>db');
  await shoot('small-connection');
  await editor.selectNothing();
  await editor.press('Mod+A');
  await shoot('small-selected');
  await editor.press('Escape');
  await editor.press('Alt+1');
  await shoot('small-whiteboard');
  await editor.press('Alt+2');
  await page.getByRole('button', { name: 'Commands' }).click();
  await shootAsIs('commands');
  await page.keyboard.press('Escape');
  await editor.press('?');
  await shootAsIs('shortcuts');
});

photograph('the example', async (editor, { shoot }) => {
  await editor.openExample();
  await shoot('example');
  await editor.turnToNextBreak();
  await editor.show('Findings');
  await editor.evaluated();
  await shoot('example-findings');
  await editor.openFinding('Transcoders');
  await shoot('example-finding-open');
  await editor.openFinding('Transcoders', false);
  await editor.preview('Transcoders');
  await shoot('example-preview');
  await editor.cancelPreview();
  await editor.findings.getByRole('button', { name: 'Fix all' }).click();
  await editor.previewBar.waitFor();
  await shoot('example-fix-all');
  await editor.cancelPreview();
  await editor.show('Scores');
  await shoot('example-scores');
  await editor.explain('Availability', 4);
  await shoot('example-scores-why');
  for (const tab of ['Journeys', 'Breaking order', 'Cost'] as const) {
    await editor.show(tab);
    await shoot(`example-${tab.toLowerCase().replace(' ', '-')}`);
  }
});

photograph('sixty components', async (editor, { shoot }, page) => {
  await openDrawing(editor, crowdedDrawing());
  await editor.evaluated();
  await shoot('crowded-evaluate');
  await page.evaluate(() => document.documentElement.style.setProperty('filter', 'grayscale(1)'));
  await shoot('crowded-grey');
  await page.evaluate(() => document.documentElement.style.removeProperty('filter'));
  await editor.turnToNextBreak();
  await editor.turnToNextBreak();
  await shoot('crowded-loaded');
  await editor.turnBack();
  await editor.press('Mod+0');
  await shoot('crowded-full-size');
  await zoomTo(page, editor, 84);
  await shoot('crowded-compact');
  await zoomTo(page, editor, 44);
  await shoot('crowded-overview');
  await editor.press('Alt+1');
  await editor.press('Shift+Digit1');
  await shoot('crowded-whiteboard');
});

photograph(
  'high contrast',
  async (editor, { shoot }) => {
    await openDrawing(editor, smallDrawing());
    await editor.evaluated();
    await editor.turnToNextBreak();
    await editor.show('Findings');
    await editor.evaluated();
    await shoot('contrast-findings');
  },
  { contrast: true },
);
