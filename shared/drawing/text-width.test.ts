import { expect, test } from 'vitest';
import { fitName, nameSlot, widthForName } from './names.ts';
import { isTabled, nameWidth, textWidth } from './text-width.ts';

test('widths are those of the bundled fonts', () => {
  expect(nameWidth('Shortener API')).toBeGreaterThan(85);
  expect(nameWidth('Shortener API')).toBeLessThan(100);
  expect(textWidth('2.02k rps', 'mono', 12)).toBeCloseTo(64.8, 6);
  expect(textWidth('', 'text', 13)).toBe(0);
  expect(textWidth('iiii', 'text', 13)).toBeLessThan(textWidth('WWWW', 'text', 13) / 3);
});

test('what the table lacks is estimated: squares, marks without a width, other scripts', () => {
  expect(textWidth('支付', 'title', 13)).toBe(26);
  expect(textWidth('e\u0301', 'title', 13)).toBe(textWidth('e', 'title', 13));
  expect(isTabled('Größe № 1')).toBe(false);
  expect(isTabled('Größe Ω Ж …')).toBe(true);
});

test('a name is cut to a slot by these widths', () => {
  const long = 'Asynchronous payment reconciliation';
  expect(widthForName(long, nameWidth)).toBe(248);
  const shown = fitName(long, nameSlot(248), nameWidth);
  expect(shown.endsWith('…')).toBe(true);
  expect(nameWidth(shown)).toBeLessThanOrEqual(nameSlot(248));
});
