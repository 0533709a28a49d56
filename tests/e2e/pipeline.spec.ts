import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EditorDriver } from './support/editor-driver.ts';
import { expect, test } from './support/fixtures.ts';

/** The parts of the pipeline and where they are dropped, px on the paper: the way of a job from the top left to the bottom right. */
const PARTS = [
  ['Client', 116, 100],
  ['Load balancer', 116, 240],
  ['FastAPI', 412, 240],
  ['RabbitMQ', 412, 400],
  ['Celery worker', 412, 560],
  ['Redis', 708, 240],
  ['PostgreSQL', 708, 400],
  ['S3', 708, 560],
] as const;

const CONNECTIONS = [
  ['Client', 'Load balancer', 'bottom'],
  ['Load balancer', 'FastAPI', 'right'],
  ['FastAPI', 'Redis', 'right'],
  ['FastAPI', 'PostgreSQL', 'right'],
  ['FastAPI', 'RabbitMQ', 'bottom'],
  ['RabbitMQ', 'Celery worker', 'bottom'],
  ['Celery worker', 'PostgreSQL', 'right'],
  ['Celery worker', 'S3', 'right'],
] as const;

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-pipeline-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

test('draw the video pipeline, load it until it breaks, fix it, undo, save and open again', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();

  await test.step('draw by mouse from an empty canvas', async () => {
    for (const [title, x, y] of PARTS) await editor.drop(title, { x, y });
    for (const [from, to, side] of CONNECTIONS) await editor.connect(from, to, side);
    await expect(editor.components).toHaveCount(PARTS.length);
  });

  const drawn = await test.step('set the peak rate', async () => {
    await editor.setPeakRate('20');
    await editor.selectNothing();
    await editor.evaluated();
    const shown = await editor.shown();
    expect(shown.components['Celery worker']?.metric).toBe('2 jobs/s');
    for (const [title] of PARTS.slice(2)) expect(shown.components[title]?.step, title).toBeGreaterThan(0);
    return shown;
  });

  await test.step('raise the load until the first station saturates', async () => {
    expect(await editor.turnUntilSaturated()).toEqual(['Celery worker']);
    await editor.evaluated();
    const { components, summary } = await editor.shown();
    expect(components['Celery worker']).toMatchObject({ metric: 'Saturated', step: 7 });
    expect(summary).toMatch(/Breaks first at [\d.]+x Celery worker/);
    expect(Number(/first at ([\d.]+)x/.exec(summary)?.[1])).toBeLessThanOrEqual(await editor.multiple());
    await expect(editor.dial).toHaveAttribute('aria-valuetext', /first break at [\d.]+ times, Celery worker/);
  });

  const broken = await test.step('the findings name it', async () => {
    await editor.show('Findings');
    await expect(editor.finding('Celery worker is full on worker slots')).toContainText(/from [\d.]+x/);
    await expect(editor.findings.locator('[aria-live="polite"]')).toHaveText(/\d findings, \d critical, at [\d.]+ times/);
    await editor.evaluated();
    return editor.shown();
  });

  await test.step('a fix is looked at without changing anything', async () => {
    await editor.preview('Celery worker is full on worker slots');
    await expect(editor.previewBar).toContainText(/Run \d+ instances of Celery worker/);
    await editor.cancelPreview();
    await expect.poll(() => editor.shown()).toEqual(broken);
  });

  await test.step('the fix is one step: one undo takes it back', async () => {
    await editor.preview('Celery worker is full on worker slots');
    await editor.applyPreview();
    await expect(editor.finding('Celery worker is full on worker slots')).toHaveCount(0);
    await editor.evaluated();
    const fixed = await editor.shown();
    expect(fixed.components['Celery worker']?.metric).toBe('3.24 jobs/s');
    for (const [step, expected] of [['undo', broken], ['redo', fixed], ['undo', broken]] as const) {
      await editor[step]();
      // away from the canvas: the connection where its keys stand says more than the others
      await editor.dial.focus();
      await expect.poll(() => editor.shown()).toEqual(expected);
    }
  });

  await test.step('save, close, open: the same result at every load', async () => {
    await editor.turnBack();
    await expect.poll(() => editor.shown()).toEqual(drawn);
    await editor.turnToNextBreak();
    await editor.evaluated();
    const atBreak = await editor.shown();
    await editor.turnBack();
    const file = path.join(folder, 'pipeline.plumb');
    expect(Object.keys((JSON.parse(await editor.saveAs(file)) as { nodes: object }).nodes)).toHaveLength(PARTS.length);
    await editor.close();
    await editor.open(file);
    await editor.evaluated();
    await editor.dial.focus();
    await expect.poll(() => editor.shown()).toEqual(drawn);
    await editor.turnToNextBreak();
    await editor.evaluated();
    await expect.poll(() => editor.shown()).toEqual(atBreak);
  });
});
