import { EditorDriver } from './support/editor-driver.ts';
import { test } from './support/fixtures.ts';
test('probe', async ({ page, dialogs }) => {
  const editor = await new EditorDriver(page, dialogs).draw();
  const say = async (w: string) => console.log(w, await page.evaluate(() => JSON.stringify({ t: String(getSelection()), type: getSelection()?.type, a: (getSelection()?.anchorNode as Element | null)?.parentElement?.className, o: getSelection()?.anchorOffset, f: (getSelection()?.focusNode as Element|null)?.parentElement?.className, us: [...document.querySelectorAll('.react-flow__node')].map(n=>getComputedStyle(n).userSelect+getComputedStyle(n.querySelector('span')!).userSelect) })));
  await editor.drop('Client', { x: 110, y: 120 }); await say('c');
  await editor.drop('Load balancer', { x: 390, y: 120 }); await say('lb');
  await editor.drop('Service', { x: 670, y: 120 }); await say('s');
  await editor.connect('Client', 'Load balancer'); await say('conn');
  await editor.component('Load balancer').hover(); await say('hover');
  await editor.connect('Load balancer', 'Service'); await say('conn');
});
