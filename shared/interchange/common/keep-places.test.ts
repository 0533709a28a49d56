import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOUNDARY } from '../../drawing/boundary-figures.ts';
import type { Rect } from '../layout/geometry.ts';
import { keepPlaces, type PlacedArea, type PlacedThing } from './keep-places.ts';

const thing = (key: string, x: number, y: number, area: string | null = null): PlacedThing => ({ key, x, y, w: 184, h: 64, area });
const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const inside = (a: Rect, b: Rect): boolean => a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h;

test('what has room keeps its distances, what has none gets it in proportion', () => {
  const roomy = keepPlaces([thing('a', 0, 0), thing('b', 400, 0), thing('c', 400, 300)], []);
  expect(['b', 'c'].map((key) => [(roomy.get(key)?.x ?? 0) - (roomy.get('a')?.x ?? 0), (roomy.get(key)?.y ?? 0) - (roomy.get('a')?.y ?? 0)])).toEqual([[400, 0], [400, 304]]);
  const close = keepPlaces([thing('a', 0, 0), thing('b', 116, 0), thing('c', 0, 116)], []);
  expect(close.get('b')?.x).toBe((close.get('a')?.x ?? 0) + 232);
  expect(close.get('c')?.y).toBe((close.get('a')?.y ?? 0) + 232);
});

const place = fc.integer({ min: -800, max: 800 });

test('nothing meets, everything stands on the grid and in its area, whatever was drawn', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place, fc.constantFrom(null, 'p', 'q', 'r', 'nowhere')), { maxLength: 24 }), fc.tuple(place, place), (things, [x, y]) => {
      const areas: PlacedArea[] = [
        { key: 'p', rect: { x, y, w: 500, h: 300 }, area: null },
        { key: 'q', rect: { x: x + 20, y: y + 20, w: 100, h: 90 }, area: 'p' },
        { key: 'r', rect: { x: x + 80, y: y + 60, w: 90, h: 300 }, area: null },
      ];
      const given = things.map(([left, top, area], index) => thing(`t${index}`, left, top, area));
      const rects = keepPlaces(given, areas);
      const rect = (key: string): Rect => rects.get(key) as Rect;
      for (const { x: left, y: top } of rects.values()) expect([Math.abs(left % 8), Math.abs(top % 8)]).toEqual([0, 0]);
      given.forEach(({ key, area }, index) => {
        for (const other of given.slice(index + 1)) expect(overlap(rect(key), rect(other.key))).toBe(false);
        for (const { key: around } of areas) {
          const member = around === area || (around === 'p' && area === 'q');
          expect(member ? inside(rect(key), rect(around)) : !overlap(rect(key), rect(around))).toBe(true);
        }
        if (area === 'p') expect(rect(key).y).toBeGreaterThanOrEqual(rect('p').y + BOUNDARY.header);
      });
      expect(inside(rect('q'), rect('p'))).toBe(true);
      expect(keepPlaces(given, areas)).toEqual(rects);
    }),
    { numRuns: 200 },
  );
});

test('two thousand on one spot, a thousand areas in each other', () => {
  const areas = Array.from({ length: 1000 }, (_, i): PlacedArea => ({ key: `a${i}`, rect: { x: 0, y: 0, w: 5000 - i, h: 5000 - i }, area: i === 0 ? null : `a${i - 1}` }));
  const rects = keepPlaces(Array.from({ length: 2000 }, (_, i) => thing(`t${i}`, 5, 5, 'a999')), areas);
  expect(new Set([...rects].filter(([key]) => key.startsWith('t')).map(([, { x, y }]) => `${x},${y}`)).size).toBe(2000);
  expect(keepPlaces([], []).size).toBe(0);
});
