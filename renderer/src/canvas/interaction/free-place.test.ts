import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { freePlace, GAP } from './free-place.ts';

const view: Rect = { left: 0, top: 0, right: 856, bottom: 812 };
const box = (x: number, y: number, w = 184): Rect => ({ left: x, top: y, right: x + w, bottom: y + 64 });

it('starts in the middle of the view, on the grid', () => {
  expect(freePlace({ taken: [], width: 184, view, beside: null })).toEqual({ at: { x: 336, y: 376 }, seen: true });
});

it('goes on to the right of the selected component, and below where that is taken', () => {
  const selected = box(80, 80);
  expect(freePlace({ taken: [selected], width: 184, view, beside: selected }).at).toEqual({ x: 352, y: 80 });
  expect(freePlace({ taken: [selected, box(352, 80)], width: 184, view, beside: selected }).at).toEqual({ x: 352, y: 192 });
});

it('stays in view as long as there is a place, and says so when there is none', () => {
  const last = box(640, 80);
  expect(freePlace({ taken: [last], width: 184, view, beside: last })).toMatchObject({ seen: true });
  const small = { left: 0, top: 0, right: 300, bottom: 200 };
  expect(freePlace({ taken: [box(56, 64)], width: 184, view: small, beside: null })).toMatchObject({ seen: false });
});

it('keeps the gaps to everything, on the 8 px grid, whatever is drawn', () => {
  const rect = fc.record({ x: fc.integer({ min: -900, max: 1800 }), y: fc.integer({ min: -900, max: 1800 }), w: fc.constantFrom(184, 216, 248) }).map(({ x, y, w }) => box(x, y, w));
  fc.assert(
    fc.property(fc.array(rect, { maxLength: 60 }), fc.constantFrom(184, 216, 248), fc.boolean(), (taken, width, besides) => {
      const { at } = freePlace({ taken, width, view, beside: besides ? (taken[0] ?? null) : null });
      const own = box(at.x, at.y, width);
      expect([Math.abs(at.x % 8), Math.abs(at.y % 8)]).toEqual([0, 0]);
      for (const other of taken) {
        const apart = other.left - own.right >= GAP.across || own.left - other.right >= GAP.across || other.top - own.bottom >= GAP.down || own.top - other.bottom >= GAP.down;
        expect(apart).toBe(true);
      }
    }),
  );
});
