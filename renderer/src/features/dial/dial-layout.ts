import type { BreakPoint } from '../../../../shared/contracts/evaluation.ts';
import { MAX_MULTIPLE, MIN_MULTIPLE, multipleAt, positionOf } from '../../evaluation/load-scale.ts';

/** Labelled ticks, to which a drag snaps. */
export const LABELLED = [1, 2, 5, 10, 20, 50, 100] as const;

/** Half the width of a mark's triangle, px. */
export const MARK_HALF = 4;
/** Half the width that belongs to the bob, px: no label comes nearer to its line. */
export const BOB_HALF = 8;
/** How far a label may stand out over the ends of the ruler, px; the dial's own padding is wider. */
export const LABEL_OVERHANG = 12;

/** Marks nearer than this become one, px. */
const MERGE_PX = 10;
/** A count beside a mark: its distance and the width of one figure (Mono 11), px. */
const COUNT_GAP = 2;
const FIGURE_PX = 7;
/** Past this share of the scale a label stands left of its mark. */
const FLIP = 0.6;
const SNAP_PX = 4;

/** Stations that reach 100 % at one place of the ruler. */
export interface Mark {
  /** px from the ruler's left end; what is broken already at 1x stands at 0. */
  readonly x: number;
  /** Every break here, the first one first. Never empty. */
  readonly breaks: readonly [BreakPoint, ...BreakPoint[]];
}

/** Where a mark's drawing ends, px: a merged one has its count at its right. */
function rightEnd({ x, breaks }: Mark): number {
  const count = breaks.length > 1 ? COUNT_GAP + FIGURE_PX * String(breaks.length).length : 0;
  return x + MARK_HALF + count;
}

/** The marks of a ruler `width` px wide, from left to right. Breaks beyond 100x have none; those too near to each other share one, at the place of the first. */
export function layoutMarks(breaks: readonly BreakPoint[], width: number): readonly Mark[] {
  const sorted = breaks.filter(({ multiple }) => multiple <= MAX_MULTIPLE).sort((a, b) => a.multiple - b.multiple || (a.node < b.node ? -1 : 1));
  const marks: Mark[] = [];
  for (const point of sorted) {
    const x = positionOf(point.multiple) * width;
    const last = marks.at(-1);
    if (last && x - MARK_HALF < rightEnd(last) + MERGE_PX - 2 * MARK_HALF) marks[marks.length - 1] = { x: last.x, breaks: [...last.breaks, point] };
    else marks.push({ x, breaks: [point] });
  }
  return marks;
}

/** A label to be placed. */
interface LabelPlace {
  /** Where its mark stands, px. */
  readonly x: number;
  /** Width of its words, px. */
  readonly size: number;
  /** Width of the ruler, px. */
  readonly width: number;
  /** Where the bob hangs, px. */
  readonly bob: number;
}

/** Where a label stands, px. A label that has less room than its words take ends in an ellipsis. */
export interface LabelSpan {
  readonly left: number;
  readonly room: number;
}

/**
 * Place a label. It begins at its mark, past 60 % of the scale it ends there. Where the bob's line would run through it,
 * it takes the other side of its mark; where the bob hangs there too, it stands right beside the bob; and where it is
 * too long for both sides of the bob, it is cut to the wider one.
 */
export function placeLabel({ x, size, width, bob }: LabelPlace): LabelSpan {
  const [least, end] = [-LABEL_OVERHANG, width + LABEL_OVERHANG];
  const room = Math.min(size, end - least);
  const held = (left: number): number => Math.min(end - room, Math.max(least, left));
  const clear = (left: number): boolean => left >= bob + BOB_HALF || left + room <= bob - BOB_HALF;
  const after = held(x - MARK_HALF);
  const before = held(x + MARK_HALF - room);
  const [wanted, other] = x > width * FLIP ? [before, after] : [after, before];
  const beside = [bob + BOB_HALF, bob - BOB_HALF - room].filter((left) => left === held(left)).sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  const left = [wanted, other, ...beside].find(clear);
  if (left !== undefined) return { left, room };
  const right = end - bob - BOB_HALF;
  return right >= bob - BOB_HALF - least ? { left: bob + BOB_HALF, room: right } : { left: least, room: bob - BOB_HALF - least };
}

/** The mark on which the bob stands, counted from 0, or -1. */
export function markAt(marks: readonly Mark[], multiple: number): number {
  return marks.findIndex(({ breaks }) => breaks.some((point) => Math.abs(point.multiple / multiple - 1) < 1e-6));
}

/** The multiple at a place of the ruler (0 to 1); a break or a labelled tick within 4 px draws it to itself, the nearest one first. */
export function snapTo(position: number, width: number, breaks: readonly BreakPoint[]): number {
  const places = [...breaks.map(({ multiple }) => multiple).filter((at) => at >= MIN_MULTIPLE && at <= MAX_MULTIPLE), ...LABELLED];
  const far = (place: number): number => Math.abs(positionOf(place) - position) * width;
  const nearest = places.reduce<number | null>((best, place) => (far(place) <= SNAP_PX && (best === null || far(place) < far(best)) ? place : best), null);
  return nearest ?? multipleAt(position);
}
