import { expect, it } from 'vitest';
import { designPx, scaledCondition } from './interface-size.ts';

it('conditions on widths count px of the design', () => {
  expect(scaledCondition('(max-width: 1199.98px)', 1.5)).toBe('(max-width: 1799.97px)');
  expect(scaledCondition('(min-width: 1200px) and (max-width: 1360px)', 0.9)).toBe('(min-width: 1080px) and (max-width: 1224px)');
});

it('an inline length follows the size of the interface', () => {
  expect(designPx(16)).toBe('calc(16 * var(--px))');
  expect(designPx(0)).toBe('0');
});
