import { rectsOverlap, type Point, type Polyline, type Rect } from './geometry.ts';
import { createSpatialIndex, segmentRect, segmentsOf, type Segment } from './spatial-index.ts';

/** A label that wants a place on its route; `widths` are the widths of its wordings, longest first, canvas units. */
export interface LabelRequest { readonly edge: string; readonly points: Polyline; readonly widths: readonly number[] }

/** Where a label's middle stands, and which of its wordings fits. */
export interface LabelPlace { readonly x: number; readonly y: number; readonly wording: number }

/** Height of a label's paper, and the free line it wants beyond its text (ui 3.4). */
export const LABEL_HEIGHT = 16;
const LABEL_ROOM = 24;

/** Paper beside a label's text, both sides together. */
export const LABEL_PADDING = 10;

/** Advance of the 11 px figures of labels, canvas units; fewest characters a label's slot holds. */
export const LABEL_CHARACTER = 6.6;
const LABEL_CHARACTERS = 5;

/** Width of a short label's slot, the same for figures of up to five characters. */
export function labelWidth(text: string): number {
  return Math.max(text.length, LABEL_CHARACTERS) * LABEL_CHARACTER + LABEL_PADDING;
}
const SLIDE = 16;
const MAX_SLIDE = 64;

/** Longest pieces first, horizontal ones before vertical ones. */
function piecesInOrder(points: Polyline): readonly Segment[] {
  return [...segmentsOf('', points)].sort((a, b) => Number(b.horizontal) - Number(a.horizontal) || b.high - b.low - (a.high - a.low));
}

/** Along a horizontal piece the text needs its width, across a vertical one its height. */
function roomFor(piece: Segment, width: number): boolean {
  return piece.high - piece.low >= (piece.horizontal ? width : LABEL_HEIGHT) + LABEL_ROOM;
}

function* slides(): Generator<number> {
  yield 0;
  for (let by = SLIDE; by <= MAX_SLIDE; by += SLIDE) {
    yield by;
    yield -by;
  }
}

function rectAt(middle: Point, width: number): Rect {
  return { left: middle.x - width / 2, right: middle.x + width / 2, top: middle.y - LABEL_HEIGHT / 2, bottom: middle.y + LABEL_HEIGHT / 2 };
}

interface Taken { readonly rect: Rect; readonly edge: string | null }

function placeOne(request: LabelRequest, taken: (rect: Rect) => readonly Taken[]): LabelPlace | null {
  for (const [wording, width] of request.widths.entries()) {
    for (const piece of piecesInOrder(request.points)) {
      if (!roomFor(piece, width)) continue;
      const half = (piece.horizontal ? width : LABEL_HEIGHT) / 2 + LABEL_ROOM / 2;
      for (const slide of slides()) {
        const along = (piece.low + piece.high) / 2 + slide;
        if (along - half < piece.low || along + half > piece.high) continue;
        const middle = piece.horizontal ? { x: along, y: piece.at } : { x: piece.at, y: along };
        const rect = rectAt(middle, width);
        if (!taken(rect).some((other) => other.edge !== request.edge && rectsOverlap(rect, other.rect))) return { ...middle, wording };
      }
    }
  }
  return null;
}

/** Height of the box around a full line, and its distance from a line that it stands beside. */
const FULL_HEIGHT = 18;
const BESIDE = 6;

function overlapArea(a: Rect, b: Rect): number {
  return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
}

/**
 * The middle of a label that is shown on request, `width` canvas units wide and `scale` times as high as usual: on its
 * route or just beside it, where it hides the least of `boxes`. There is always a place.
 */
export function placeFullLabel(points: Polyline, width: number, scale: number, boxes: readonly Rect[]): Point {
  const height = FULL_HEIGHT * scale;
  let best: { readonly at: Point; readonly hidden: number } | null = null;
  for (const piece of piecesInOrder(points)) {
    const along = (piece.low + piece.high) / 2;
    const aside = piece.horizontal ? height / 2 + BESIDE : width / 2 + BESIDE;
    for (const offset of [0, aside, -aside]) {
      const at = piece.horizontal ? { x: along, y: piece.at + offset } : { x: piece.at + offset, y: along };
      const rect = { left: at.x - width / 2, right: at.x + width / 2, top: at.y - height / 2, bottom: at.y + height / 2 };
      const hidden = boxes.reduce((sum, box) => sum + overlapArea(rect, box), 0);
      if (hidden === 0) return at;
      if (best === null || hidden < best.hidden) best = { at, hidden };
    }
  }
  return best?.at ?? points[0] ?? { x: 0, y: 0 };
}

/**
 * Places for labels in the order given: on the longest horizontal, else vertical, piece with room; sliding along it
 * where the label would meet a component, another label or another line; shorter wordings before giving up.
 */
export function placeLabels(requests: readonly LabelRequest[], boxes: readonly Rect[], routes: Iterable<readonly [string, Polyline]>): ReadonlyMap<string, LabelPlace> {
  const index = createSpatialIndex<Taken>();
  boxes.forEach((rect, number) => index.set(`box ${number}`, rect, { rect, edge: null }));
  for (const [edge, points] of routes) {
    segmentsOf(edge, points).forEach((segment, number) => {
      const rect = segmentRect(segment, 2);
      index.set(`line ${edge} ${number}`, rect, { rect, edge });
    });
  }
  const places = new Map<string, LabelPlace>();
  for (const request of requests) {
    const place = placeOne(request, index.near);
    if (!place) continue;
    places.set(request.edge, place);
    const rect = rectAt(place, request.widths[place.wording] ?? 0);
    index.set(`label ${request.edge}`, rect, { rect, edge: null });
  }
  return places;
}
