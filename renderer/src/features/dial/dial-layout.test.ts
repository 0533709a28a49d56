import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { positionOf } from '../../evaluation/load-scale.ts';
import { BOB_HALF, LABEL_OVERHANG, layoutMarks, markAt, MARK_HALF, placeLabel, snapTo } from './dial-layout.ts';

const at = (multiple: number, node = `n${multiple}`): BreakPoint => ({ node, resource: 'io', multiple, rps: 100 * multiple });

const widths = fc.constantFrom(560, 528, 432, 400, 336, 304);
const breakLists = fc.array(fc.double({ min: -1, max: 2.3, noNaN: true }).map((exponent) => at(10 ** exponent)), { maxLength: 40 });

describe('marks', () => {
  it('stand where stations break, the first one at its exact place', () => {
    const marks = layoutMarks([at(6.8), at(4.2), at(120)], 528);
    expect(marks.map(({ x }) => x)).toEqual([positionOf(4.2) * 528, positionOf(6.8) * 528]);
  });

  it('of what is broken at 1x stand at the left end, with a count', () => {
    const marks = layoutMarks([at(0.9), at(0.8), at(10)], 528);
    expect(marks.map(({ x, breaks }) => [x, breaks.map(({ multiple }) => multiple)])).toEqual([[0, [0.8, 0.9]], [264, [10]]]);
  });

  it('merge nearer than 10 px, and not at 10', () => {
    const near = (px: number): number => 10 ** ((100 + px) * (2 / 528));
    expect(layoutMarks([at(near(0)), at(near(9.9))], 528)).toHaveLength(1);
    expect(layoutMarks([at(near(0)), at(near(10.1))], 528)).toHaveLength(2);
  });

  it('keep apart and lose no break, whatever breaks', () => {
    fc.assert(
      fc.property(breakLists, widths, (breaks, width) => {
        const marks = layoutMarks(breaks, width);
        const told = marks.flatMap((mark) => mark.breaks);
        expect(told).toHaveLength(breaks.filter(({ multiple }) => multiple <= 100).length);
        expect(told).toEqual([...told].sort((a, b) => a.multiple - b.multiple || (a.node < b.node ? -1 : 1)));
        if (told[0]) expect(marks[0]?.x).toBe(positionOf(told[0].multiple) * width);
        marks.slice(1).forEach(({ x }, index) => {
          const before = marks[index];
          const figures = before && before.breaks.length > 1 ? 2 + 7 * String(before.breaks.length).length : 0;
          expect(x - (before?.x ?? 0)).toBeGreaterThanOrEqual(10 + figures - 1e-9);
        });
      }),
    );
  });

  it('are found under the bob', () => {
    const marks = layoutMarks([at(4.2), at(4.3), at(20)], 528);
    expect([1, 4.2, 4.3, 20].map((multiple) => markAt(marks, multiple))).toEqual([-1, 0, 0, 1]);
  });
});

describe('the label', () => {
  const size = 150;
  const leftOf = (place: Parameters<typeof placeLabel>[0]): number => placeLabel(place).left;

  it('begins at its mark, and ends there past 60 % of the scale', () => {
    expect(placeLabel({ x: 200, size, width: 528, bob: 0 })).toEqual({ left: 200 - MARK_HALF, room: size });
    expect(leftOf({ x: 400, size, width: 528, bob: 0 })).toBe(400 + MARK_HALF - size);
    expect(leftOf({ x: 528, size, width: 528, bob: 0 })).toBe(528 + MARK_HALF - size);
  });

  it('makes room for the bob: beside it, or on the other side of the mark', () => {
    expect(leftOf({ x: 200, size, width: 528, bob: 200 })).toBe(200 + BOB_HALF);
    expect(leftOf({ x: 200, size, width: 528, bob: 230 })).toBe(200 + MARK_HALF - size);
    expect(leftOf({ x: 400, size, width: 528, bob: 350 })).toBe(528 + LABEL_OVERHANG - size);
  });

  it('is cut only where the bob leaves it no room', () => {
    expect(placeLabel({ x: 20, size: 220, width: 304, bob: 0 })).toEqual({ left: 16, room: 220 });
    expect(placeLabel({ x: 20, size: 220, width: 304, bob: 152 })).toEqual({ left: 160, room: 156 });
  });

  it('touches neither bob nor edge, wherever they are, and keeps all its words where half a scale holds them', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(widths, share, share, fc.double({ min: 0, max: 700, noNaN: true }), (width, mark, bobShare, words) => {
        const bob = bobShare * width;
        const { left, room } = placeLabel({ x: mark * width, size: words, width, bob });
        expect(left).toBeGreaterThanOrEqual(-LABEL_OVERHANG);
        expect(left + room).toBeLessThanOrEqual(width + LABEL_OVERHANG + 1e-9);
        expect(left >= bob + BOB_HALF - 1e-9 || left + room <= bob - BOB_HALF + 1e-9).toBe(true);
        if (words <= width / 2 + LABEL_OVERHANG - BOB_HALF) expect(room).toBe(words);
      }),
    );
  });
});

describe('snapping', () => {
  const place = (multiple: number, px: number): number => positionOf(multiple) + px / 528;
  it('draws the bob to a break or a labelled tick within 4 px, to the nearest one', () => {
    expect(snapTo(place(4.2, 3.9), 528, [at(4.2)])).toBe(4.2);
    expect(snapTo(place(5, -3), 528, [])).toBe(5);
    expect(snapTo(place(5, 2.5), 528, [at(5.1)])).toBe(5.1);
    expect(snapTo(place(4.2, 4.2), 528, [at(4.2)])).not.toBe(4.2);
    expect(snapTo(place(1, 0), 528, [at(0.8)])).toBe(1);
  });
});
