import type { BlastResult, Evaluation } from '../contracts/evaluation.ts';
import type { Ends, RangesResult } from '../contracts/uncertainty.ts';
import { formatUtilisation } from '../lib/format.ts';
import type { Boundary } from '../model/design.ts';
import { fitName, type Measure } from './names.ts';
import type { PaperBox } from './places.ts';
import { endsText, RANGED } from './range-figures.ts';
import type { Rect } from './routing/geometry.ts';

type BoundaryKind = Boundary['kind'];

/** Measures of a boundary, canvas units (ui 3.3): its header, the room it keeps around its contents, its steps, its least size. */
export const BOUNDARY = { header: 24, side: 24, top: 48, step: 8, least: { w: 128, h: 96 }, fresh: { w: 320, h: 200 } } as const;

/** How the border of each kind is drawn: width and dashes, canvas units. Kinds differ by line, never by colour. */
export const BOUNDARY_LINES: Readonly<Record<BoundaryKind, { readonly width: number; readonly dash: string | null }>> = {
  region: { width: 1.5, dash: null },
  zone: { width: 1, dash: '6 4' },
  cluster: { width: 1, dash: null },
  group: { width: 1, dash: '2 4' },
};

/** Glyphs of the kinds, SVG path data on a 20 x 20 grid: a globe, a building, a hexagon of machines, a bracket around dots. */
export const BOUNDARY_GLYPHS: Readonly<Record<BoundaryKind, string>> = {
  region: 'M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15zM2.5 10h15M10 2.5c-5 4-5 11 0 15c5-4 5-11 0-15z',
  zone: 'M4 17.5v-15h8v15M12 7.5h4.5v10M2 17.5h16M7 6.5h2M7 10h2M7 13.5h2',
  cluster: 'M10 2l7 4v8l-7 4l-7-4v-8zM10 7l2.7 1.5v3l-2.7 1.5l-2.7-1.5v-3z',
  group: 'M6 3h-3v14h3M14 3h3v14h-3M8 10h4',
};

/** Share of a boundary's fill that is ink; nested boundaries lie on each other, so that each level adds one. */
export const BOUNDARY_FILL = 0.025;

/** Second line of a cluster's top edge: its distance from the edge. */
const DOUBLE = 3;
/** Bracket at the left of a group: its width and how far its arms reach. */
const BRACKET = { width: 3, arm: 8 } as const;

/** The mark beside a kind's border as SVG path data, relative to the box's corner: the cluster's second line, the group's bracket. */
export function boundaryMark(kind: BoundaryKind, { w, h }: Pick<PaperBox, 'w' | 'h'>): { readonly d: string; readonly width: number } | null {
  if (kind === 'cluster') return { d: `M6 ${DOUBLE + 0.5}H${w - 6}`, width: 1 };
  if (kind !== 'group') return null;
  const inset = BRACKET.width / 2;
  return { d: `M${BRACKET.arm} ${inset}H${inset}V${h - inset}H${BRACKET.arm}`, width: BRACKET.width };
}

/** Places in the header, from the box's corner: glyph, name, baseline, and the room at the right. */
export const BOUNDARY_HEADER = { glyph: { x: 8, y: 5, size: 14 }, name: 30, baseline: 16.4, right: 12, gap: 12 } as const;

/** Room of a figure in the header: its characters and the space around them, canvas units. */
const FIGURE_ROOM = 88;

/** Where a boundary's name and figure stand, canvas units: nothing else is written there. `width` is that of the name. */
export function boundaryHeadRects({ x, y, w }: Pick<PaperBox, 'x' | 'y' | 'w'>, width: number): readonly Rect[] {
  const [top, bottom] = [y + 4, y + BOUNDARY.header - 4];
  return [
    { left: x + 4, right: Math.min(x + w, x + BOUNDARY_HEADER.name + width + 4), top, bottom },
    { left: Math.max(x, x + w - FIGURE_ROOM), right: x + w - 8, top, bottom },
  ];
}

/** The name as it fits between the glyph and the figure at the right, whose width is 0 where none is shown. */
export function fitBoundaryName(name: string, width: number, figure: number, measure: Measure): string {
  const taken = BOUNDARY_HEADER.name + BOUNDARY_HEADER.right + (figure === 0 ? 0 : figure + BOUNDARY_HEADER.gap);
  return fitName(name, Math.max(0, width - taken), measure);
}

/** Failure units that are boundaries. A group is none: it has no figure. */
const PLACES: ReadonlySet<BlastResult['kind']> = new Set(['region', 'zone', 'cluster']);

const known = new WeakMap<Evaluation, ReadonlyMap<string, string>>();

/**
 * What the loss of each boundary takes with it, as its header says it: "blast 91 %", the share of importance lost. Only
 * boundaries that the result knows as failure units have one. By boundary id, computed once for each result.
 */
export function blastFigures(evaluation: Evaluation | null): ReadonlyMap<string, string> {
  if (!evaluation) return new Map();
  let figures = known.get(evaluation);
  if (!figures) {
    const units = evaluation.blast.filter(({ kind }) => PLACES.has(kind));
    known.set(evaluation, (figures = new Map(units.map(({ target, share_lost: share }) => [target, `blast ${formatUtilisation(share)}`]))));
  }
  return figures;
}

/** The same of one boundary where it may be more or less: "blast 35 to 91 %". Null where the boundary has no figure. */
export function blastFigure(evaluation: Evaluation | null, ranges: RangesResult | null, boundary: string): string | null {
  const point = blastFigures(evaluation).get(boundary) ?? null;
  const ends: Ends | undefined = ranges !== null && ranges.multiple === evaluation?.multiple ? ranges.blast[boundary] : undefined;
  const text = point === null ? null : endsText(ends, RANGED.utilisation);
  return text === null ? point : `blast ${text}`;
}
