/** Window widths at which the layout changes its kind. */
export type WidthClass = 'wide' | 'narrow' | 'tiny';

/** What the user wants of the panels; sizes in px, null = the default for the window. */
export interface PanelWishes {
  readonly leftOpen: boolean;
  readonly rightOpen: boolean;
  readonly left: number | null;
  readonly right: number | null;
}

/** Where the panels end up. `canvas` is what remains for the drawing. */
export interface PanelLayout {
  readonly widthClass: WidthClass;
  readonly left: { readonly docked: boolean; readonly width: number };
  readonly right: { readonly kind: 'docked' | 'rail' | 'overlay'; readonly width: number; readonly max: number };
  readonly canvas: number;
}

export const LEFT = { min: 200, max: 320, default: 224, rail: 48, flyout: 240 } as const;
export const RIGHT = { min: 304, max: 560, rail: 40, overlay: 320 } as const;

/** The canvas is never narrower: panels give way first. */
export const CANVAS_MIN_WIDTH = 640;

/** Which layout a window of this width has. */
export function widthClassOf(width: number): WidthClass {
  if (width >= 1360) return 'wide';
  return width >= 1024 ? 'narrow' : 'tiny';
}

/** The right panel's width until the user drags it. */
export function defaultRightWidth(width: number): number {
  if (width >= 1360) return 360;
  return width >= 1100 ? 320 : RIGHT.min;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** Fit the panels into a window: the right one shrinks first, then the left one, then the left one becomes a rail. */
export function layoutPanels(width: number, wishes: PanelWishes): PanelLayout {
  const widthClass = widthClassOf(width);
  if (widthClass === 'tiny') {
    const right = wishes.rightOpen ? ({ kind: 'overlay', width: Math.min(RIGHT.overlay, width - LEFT.rail) } as const) : ({ kind: 'rail', width: RIGHT.rail } as const);
    return { widthClass, left: { docked: false, width: LEFT.rail }, right: { ...right, max: RIGHT.overlay }, canvas: width - LEFT.rail - RIGHT.rail };
  }
  const wishedRight = wishes.rightOpen ? clamp(wishes.right ?? defaultRightWidth(width), RIGHT.min, RIGHT.max) : RIGHT.rail;
  const smallestRight = wishes.rightOpen ? RIGHT.min : RIGHT.rail;
  const wishedLeft = clamp(wishes.left ?? LEFT.default, LEFT.min, LEFT.max);
  const docked = wishes.leftOpen && width - LEFT.min - smallestRight >= CANVAS_MIN_WIDTH;
  const left = docked ? clamp(wishedLeft, LEFT.min, width - smallestRight - CANVAS_MIN_WIDTH) : LEFT.rail;
  const rightMax = clamp(width - left - CANVAS_MIN_WIDTH, RIGHT.min, RIGHT.max);
  const right = wishes.rightOpen ? Math.min(wishedRight, rightMax) : RIGHT.rail;
  return { widthClass, left: { docked, width: left }, right: { kind: wishes.rightOpen ? 'docked' : 'rail', width: right, max: rightMax }, canvas: width - left - right };
}

/** The bottom panel: its smallest height, its heights by window until the user drags it, and what the rest of the window needs. */
export const BOTTOM = { min: 160, tall: 248, short: 208, tallFrom: 800, bars: 56 + 32, canvas: 400, share: 0.6 } as const;

/** The open bottom panel's height and its largest one, px. The canvas keeps 400 where the window has them. */
export function layoutBottom(windowHeight: number, wish: number | null): { readonly height: number; readonly max: number } {
  const max = Math.max(BOTTOM.min, Math.floor(Math.min(windowHeight * BOTTOM.share, windowHeight - BOTTOM.bars - BOTTOM.canvas)));
  return { height: clamp(wish ?? (windowHeight >= BOTTOM.tallFrom ? BOTTOM.tall : BOTTOM.short), BOTTOM.min, max), max };
}
