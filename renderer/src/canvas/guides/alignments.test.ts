import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { guideMarks, snapTo, stillBoxes, type GuideMarks, type Snap } from './alignments.ts';

const box = (x: number, y: number, w = 184, h = 64): Rect => ({ left: x, top: y, right: x + w, bottom: y + h });
const moved = (rect: Rect, x: number, y: number): Rect => ({ left: rect.left + x, top: rect.top + y, right: rect.right + x, bottom: rect.bottom + y });
const turned = ({ left, top, right, bottom }: Rect): Rect => ({ left: top, top: left, right: bottom, bottom: right });

/** Where a box snaps to, and what it then aligns with. */
function alignments(moving: Rect, still: readonly Rect[], threshold: number): { readonly snap: Snap } & GuideMarks {
  const boxes = stillBoxes(still);
  const snap = snapTo(moving, boxes, threshold);
  return { snap, ...guideMarks(moved(moving, snap.x ?? 0, snap.y ?? 0), boxes) };
}

const anyBox = fc.record({ x: fc.integer({ min: -800, max: 800 }), y: fc.integer({ min: -800, max: 800 }), w: fc.constantFrom(184, 216, 248), h: fc.constantFrom(64, 120) }).map(({ x, y, w, h }) => box(x, y, w, h));
const boxes = fc.array(anyBox, { maxLength: 25 });

describe('snapping', () => {
  it('aligns edges and centres within reach, the nearest first', () => {
    expect(alignments(box(3, 300), [box(0, 0)], 6).snap).toEqual({ x: -3, y: null });
    expect(alignments(box(0, 300), [box(30, 0, 120)], 6).snap.x).toBe(-2);
    expect(alignments(box(187, 300), [box(0, 0)], 6).snap.x).toBe(-3);
    expect(alignments(box(7, 300), [box(0, 0)], 6).snap.x).toBeNull();
  });

  it('makes gaps equal: in the middle of two, or one step on in a row', () => {
    expect(alignments(box(275, 100), [box(0, 90), box(560, 120)], 6).snap.x).toBe(5);
    const next = alignments(box(548, 20), [box(0, 0), box(272, 40)], 6);
    expect(next.snap.x).toBe(-4);
    expect(next.gaps).toEqual([{ axis: 'x', from: 456, to: 544, across: 62 }, { axis: 'x', from: 184, to: 272, across: 52 }]);
    expect(alignments(box(548, 400), [box(0, 0), box(272, 40)], 6).gaps).toEqual([]);
  });

  it('goes no further than it may, and what is snapped stays where it is', () => {
    fc.assert(
      fc.property(anyBox, boxes, fc.integer({ min: 1, max: 12 }), (moving, still, threshold) => {
        const snap = snapTo(moving, stillBoxes(still), threshold);
        for (const value of [snap.x ?? 0, snap.y ?? 0]) expect(Math.abs(value)).toBeLessThanOrEqual(threshold);
        const again = snapTo(moved(moving, snap.x ?? 0, snap.y ?? 0), stillBoxes(still), threshold);
        if (snap.x !== null) expect(again.x).toBe(0);
        if (snap.y !== null) expect(again.y).toBe(0);
      }),
    );
  });

  it('does not care where the drawing lies, or which way it is turned', () => {
    fc.assert(
      fc.property(anyBox, boxes, fc.integer({ min: -4000, max: 4000 }), (moving, still, by) => {
        const { snap, lines, gaps } = alignments(moving, still, 6);
        const far = alignments(moved(moving, by, -by), still.map((rect) => moved(rect, by, -by)), 6);
        expect([far.snap, far.lines.length, far.gaps.length]).toEqual([snap, lines.length, gaps.length]);
        const across = alignments(turned(moving), still.map(turned), 6);
        expect([across.snap.x, across.snap.y, across.lines.length, across.gaps.length]).toEqual([snap.y, snap.x, lines.length, gaps.length]);
      }),
    );
  });
});

describe('marks', () => {
  it('are lines through all that aligns, and equal gaps only', () => {
    fc.assert(
      fc.property(anyBox, boxes, (moving, still) => {
        const { lines, gaps } = guideMarks(moving, stillBoxes(still));
        for (const { axis, at, from, to } of lines) {
          const [lo, hi, low, high] = axis === 'x' ? [moving.left, moving.right, moving.top, moving.bottom] : [moving.top, moving.bottom, moving.left, moving.right];
          expect(Math.min(Math.abs(at - lo), Math.abs(at - hi), Math.abs(at - (lo + hi) / 2))).toBeLessThan(0.1);
          expect(from <= low && to >= high).toBe(true);
        }
        for (const axis of ['x', 'y'] as const) {
          const widths = gaps.filter((gap) => gap.axis === axis).map((gap) => gap.to - gap.from);
          expect(widths.length).not.toBe(1);
          for (const width of widths) expect(width).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('say one thing once: boxes of one size in one row share one line', () => {
    expect(guideMarks(box(300, 0), stillBoxes([box(0, 0), box(900, 0)])).lines).toEqual([{ axis: 'y', at: 32, from: 0, to: 1084 }]);
    expect(guideMarks(box(0, 100, 184, 64), stillBoxes([box(0, 0, 248)])).lines).toEqual([{ axis: 'x', at: 0, from: 0, to: 164 }]);
  });
});
