import fc from 'fast-check';
import { expect, it } from 'vitest';
import { around, exceeds, fromMap, hasRoom, MAP, mapScale, onMap, pathOf } from './minimap-geometry.ts';

const rect = fc.record({ x: fc.integer({ min: -1e5, max: 1e5 }), y: fc.integer({ min: -1e5, max: 1e5 }), w: fc.integer({ min: 1, max: 5000 }), h: fc.integer({ min: 1, max: 5000 }) })
  .map(({ x, y, w, h }) => ({ left: x, top: y, right: x + w, bottom: y + h }));

it('shows everything inside the map, and a place of it is the place on the paper', () => {
  fc.assert(
    fc.property(fc.array(rect, { minLength: 1, maxLength: 20 }), (rects) => {
      const shown = around(rects);
      if (!shown) throw new Error('no box');
      const scale = mapScale(shown);
      for (const each of rects) {
        const { x, y, w, h } = onMap(each, scale);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(MAP.margin - 0.1);
        expect(x + w).toBeLessThanOrEqual(MAP.width - MAP.margin + 1.6);
        expect(y + h).toBeLessThanOrEqual(MAP.height - MAP.margin + 1.6);
        const back = fromMap(x, y, scale);
        expect(Math.abs(back.x - each.left) * scale.scale).toBeLessThan(0.1);
        expect(Math.abs(back.y - each.top) * scale.scale).toBeLessThan(0.1);
      }
    }),
  );
});

it('appears when the drawing exceeds the view by half', () => {
  const seen = { left: 0, top: 0, right: 800, bottom: 600 };
  expect(exceeds({ left: 0, top: 0, right: 1200, bottom: 900 }, seen)).toBe(false);
  expect(exceeds({ left: 0, top: 0, right: 1201, bottom: 10 }, seen)).toBe(true);
  expect(exceeds({ left: 0, top: -400, right: 10, bottom: 501 }, seen)).toBe(true);
  expect(exceeds({ left: 0, top: 0, right: 9, bottom: 9 }, { left: 0, top: 0, right: 0, bottom: 0 })).toBe(false);
  expect([around([]), pathOf([], mapScale(seen))]).toEqual([null, '']);
});

it('leaves a small canvas to the drawing', () => {
  expect([hasRoom(856, 812), hasRoom(672, 552), hasRoom(632, 178)]).toEqual([true, true, false]);
});
