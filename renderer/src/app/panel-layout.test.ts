import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOTTOM, CANVAS_MIN_WIDTH, layoutBottom, layoutPanels, LEFT, RIGHT } from './panel-layout.ts';

const open = { leftOpen: true, rightOpen: true, left: null, right: null };
const narrow = { ...open, leftOpen: false };

describe('layoutPanels', () => {
  it('has the measures of the design at its two sizes and at the smallest window', () => {
    expect(layoutPanels(1440, open)).toMatchObject({ left: { docked: true, width: 224 }, right: { width: 360 }, canvas: 856 });
    expect(layoutPanels(1280, narrow)).toMatchObject({ left: { docked: false, width: 48 }, right: { width: 320 }, canvas: 912 });
    expect(layoutPanels(1024, narrow)).toMatchObject({ left: { width: 48 }, right: { width: 304 }, canvas: 672 });
  });

  it('puts the right panel over the canvas in a narrow page', () => {
    expect(layoutPanels(640, open)).toMatchObject({ widthClass: 'tiny', left: { docked: false }, right: { kind: 'overlay', width: 320 } });
    expect(layoutPanels(320, open).right.width).toBeLessThanOrEqual(320 - LEFT.rail);
  });

  it('gives way before the canvas does, for every wish', () => {
    const wish = fc.record({ leftOpen: fc.boolean(), rightOpen: fc.boolean(), left: fc.option(fc.integer({ min: -100, max: 2000 })), right: fc.option(fc.integer({ min: -100, max: 2000 })) });
    fc.assert(
      fc.property(fc.integer({ min: 1024, max: 4000 }), wish, (width, wishes) => {
        const { left, right, canvas } = layoutPanels(width, wishes);
        expect(canvas).toBeGreaterThanOrEqual(CANVAS_MIN_WIDTH);
        expect(left.width + right.width + canvas).toBe(width);
        if (left.docked) expect(left.width).toBeGreaterThanOrEqual(LEFT.min);
        if (right.kind === 'docked') expect(right.width).toBeGreaterThanOrEqual(RIGHT.min);
      }),
    );
  });
});

describe('layoutBottom', () => {
  it('has the heights of the design, and leaves the canvas its own', () => {
    expect(layoutBottom(900, null)).toEqual({ height: 248, max: 412 });
    expect(layoutBottom(720, null)).toEqual({ height: 208, max: 232 });
    expect(layoutBottom(720, 900).height).toBe(232);
    expect(layoutBottom(300, 400)).toEqual({ height: BOTTOM.min, max: BOTTOM.min });
  });
});
