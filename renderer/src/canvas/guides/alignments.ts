import type { Rect } from '../../../../shared/drawing/routing/geometry.ts';

/** The direction in which something is placed: `x` for left and right, `y` for up and down. */
export type Axis = 'x' | 'y';

/** A line through edges or centres that align: for `x` an upright line at x = `at`, from y = `from` to y = `to`. */
export interface GuideLine { readonly axis: Axis; readonly at: number; readonly from: number; readonly to: number }

/** One of several equal gaps: for `x` from x = `from` to x = `to`, drawn at y = `across`. */
export interface GuideGap { readonly axis: Axis; readonly from: number; readonly to: number; readonly across: number }

/** What to correct so that something aligns: null where nothing is near enough. Canvas units. */
export interface Snap { readonly x: number | null; readonly y: number | null }

/** What is aligned as it stands. */
export interface GuideMarks { readonly lines: readonly GuideLine[]; readonly gaps: readonly GuideGap[] }

/** A box along one axis: its extent, and its extent across. */
interface Span { readonly lo: number; readonly hi: number; readonly crossLo: number; readonly crossHi: number }

/** Boxes of the drawing, prepared for both axes once for many steps of a drag. */
export interface StillBoxes { readonly x: readonly Span[]; readonly y: readonly Span[] }

/** Two places count as the same within this distance, canvas units. */
const SAME = 0.05;

const across = (rect: Rect): Span => ({ lo: rect.left, hi: rect.right, crossLo: rect.top, crossHi: rect.bottom });
const down = (rect: Rect): Span => ({ lo: rect.top, hi: rect.bottom, crossLo: rect.left, crossHi: rect.right });
const middle = (span: Span): number => (span.lo + span.hi) / 2;
const same = (a: number, b: number): boolean => Math.abs(a - b) <= SAME;

/** Prepare the boxes that do not move. */
export function stillBoxes(rects: readonly Rect[]): StillBoxes {
  return { x: rects.map(across), y: rects.map(down) };
}

/** Boxes in the same row (for `x`) or column: those that meet the moving one when it goes straight on. */
function inLine(moving: Span, still: readonly Span[]): readonly Span[] {
  return still.filter((span) => span.crossLo < moving.crossHi && span.crossHi > moving.crossLo);
}

/** The nearest box that ends before a place, and the nearest that begins after one. */
function before(line: readonly Span[], place: number): Span | null {
  let best: Span | null = null;
  for (const span of line) if (span.hi <= place + SAME && (best === null || span.hi > best.hi)) best = span;
  return best;
}

function after(line: readonly Span[], place: number): Span | null {
  let best: Span | null = null;
  for (const span of line) if (span.lo >= place - SAME && (best === null || span.lo < best.lo)) best = span;
  return best;
}

/** Corrections that would make gaps equal: between two neighbours, or as far from one as that is from its own. */
function gapCorrections(moving: Span, line: readonly Span[], slack: number): readonly number[] {
  const left = before(line, moving.lo + slack);
  const right = after(line, moving.hi - slack);
  const further = left && before(line, left.lo);
  const beyond = right && after(line, right.hi);
  return [
    ...(left && right && right.lo - left.hi > moving.hi - moving.lo ? [(left.hi + right.lo) / 2 - middle(moving)] : []),
    ...(left && further && left.lo - further.hi > SAME ? [left.hi + (left.lo - further.hi) - moving.lo] : []),
    ...(right && beyond && beyond.lo - right.hi > SAME ? [right.lo - (beyond.lo - right.hi) - moving.hi] : []),
  ];
}

function nearest(moving: Span, still: readonly Span[], threshold: number): number | null {
  let best: number | null = null;
  const offer = (correction: number): void => {
    if (Math.abs(correction) <= threshold && (best === null || Math.abs(correction) < Math.abs(best))) best = correction;
  };
  const centre = middle(moving);
  for (const span of still) {
    offer(span.lo - moving.lo);
    offer(span.hi - moving.hi);
    offer(span.hi - moving.lo);
    offer(span.lo - moving.hi);
    offer(middle(span) - centre);
  }
  for (const correction of gapCorrections(moving, inLine(moving, still), threshold)) offer(correction);
  return best;
}

/**
 * The smallest corrections, each at most `threshold`, after which an edge, the centre or the gaps of a moving box align
 * with boxes that stand still. Edges and centres win over gaps that are as near. One pass over the boxes.
 */
export function snapTo(moving: Rect, still: StillBoxes, threshold: number): Snap {
  return { x: nearest(across(moving), still.x, threshold), y: nearest(down(moving), still.y, threshold) };
}

function linesOf(axis: Axis, moving: Span, still: readonly Span[]): readonly GuideLine[] {
  const centre = middle(moving);
  const centred = new Set(still.filter((span) => same(middle(span), centre)));
  const lineAt = (at: number, matches: readonly Span[]): GuideLine => ({
    axis, at, from: Math.min(moving.crossLo, ...matches.map((span) => span.crossLo)), to: Math.max(moving.crossHi, ...matches.map((span) => span.crossHi)),
  });
  const lines = centred.size > 0 ? [lineAt(centre, [...centred])] : [];
  for (const at of [moving.lo, moving.hi]) {
    const matches = still.filter((span) => same(span.lo, at) || same(span.hi, at));
    // boxes of one size that share their centre share their edges too: one line says it
    if (matches.some((span) => !centred.has(span))) lines.push(lineAt(at, matches));
  }
  return lines;
}

/** How many gaps of one row are marked at most, to each side. */
const CHAIN = 8;

interface Gap { readonly from: number; readonly to: number; readonly between: readonly [Span, Span] }

/** The gaps from a box to the left (`-1`) or to the right, as long as they are equal to the first. */
function chain(moving: Span, line: readonly Span[], direction: -1 | 1): readonly Gap[] {
  const gaps: Gap[] = [];
  for (let from = moving; gaps.length < CHAIN; ) {
    const next = direction < 0 ? before(line, from.lo) : after(line, from.hi);
    if (!next || next === from) break;
    const gap: Gap = direction < 0 ? { from: next.hi, to: from.lo, between: [next, from] } : { from: from.hi, to: next.lo, between: [from, next] };
    const [first] = gaps;
    if (gap.to - gap.from <= SAME || (first && !same(first.to - first.from, gap.to - gap.from))) break;
    gaps.push(gap);
    from = next;
  }
  return gaps;
}

function gapsOf(axis: Axis, moving: Span, still: readonly Span[]): readonly GuideGap[] {
  const line = inLine(moving, still);
  const [left, right] = [chain(moving, line, -1), chain(moving, line, 1)];
  const [a, b] = [left[0], right[0]];
  const between = a !== undefined && b !== undefined && same(a.to - a.from, b.to - b.from);
  const equal = between ? [...left, ...right] : [...(left.length > 1 ? left : []), ...(right.length > 1 ? right : [])];
  return equal.map(({ from, to, between: [one, other] }) => ({ axis, from, to, across: (Math.max(one.crossLo, other.crossLo) + Math.min(one.crossHi, other.crossHi)) / 2 }));
}

/** What a box aligns with where it stands: lines through edges and centres, and equal gaps. */
export function guideMarks(moving: Rect, still: StillBoxes): GuideMarks {
  return {
    lines: [...linesOf('x', across(moving), still.x), ...linesOf('y', down(moving), still.y)],
    gaps: [...gapsOf('x', across(moving), still.x), ...gapsOf('y', down(moving), still.y)],
  };
}
