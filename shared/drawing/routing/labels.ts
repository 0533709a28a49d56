import { boundsOf, rectsOverlap, type Point, type Polyline, type Rect } from './geometry.ts';
import { createSpatialIndex, segmentRect, segmentsOf, type Segment } from './spatial-index.ts';

/** A label that wants a place on its route; `widths` are the widths of its wordings, longest first, canvas units. */
export interface LabelRequest { readonly edge: string; readonly points: Polyline; readonly widths: readonly number[] }

/** Where a label's middle stands, and which of its wordings fits. */
export interface LabelPlace { readonly x: number; readonly y: number; readonly wording: number }

/** Height of a label's paper, and the free line it wants beyond its text (ui 3.4). */
export const LABEL_HEIGHT = 16;
const LABEL_ROOM = 24;

/** Paper beside a label's text, both sides together. */
export const LABEL_PADDING = 8;

/** Advance of the 11 px figures of labels, canvas units; fewest characters a label's slot holds. */
export const LABEL_CHARACTER = 6.6;
const LABEL_CHARACTERS = 5;

/** Width of a short label's slot, the same for figures of up to five characters. */
export function labelWidth(text: string): number {
  return Math.max(text.length, LABEL_CHARACTERS) * LABEL_CHARACTER + LABEL_PADDING;
}

/** The figure at the end of a label's words. */
const FIGURE = /[\d.]+[kMGT]?(?=\D*$)/;

/** Width of the slot in which a label stands at every load: its figure takes the room of the longest one. */
export function labelSlot(text: string): number {
  return labelWidth(text.replace(FIGURE, (figure) => figure.padEnd(LABEL_CHARACTERS, '0')));
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

/** Distances between the places that are tried along a piece and beside it, and how many to each side of its middle. */
const TRY_ALONG = 24;
const TRY_BESIDE = 16;
const TRIES_ALONG = 8;
const TRIES_BESIDE = 4;

/** A place away from the piece's middle is as bad as so much hidden area for each canvas unit. */
const WORTH_OF_DISTANCE = 0.5;

function overlapArea(a: Rect, b: Rect): number {
  return Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
}

/** Places on and beside a piece, each with its distance from the piece's middle; the offset is across the piece. */
function* fullPlaces(piece: Segment, width: number, height: number): Generator<{ readonly at: Point; readonly far: number }> {
  const middle = (piece.low + piece.high) / 2;
  const reach = Math.min(TRIES_ALONG, Math.floor((piece.high - piece.low) / 2 / TRY_ALONG));
  const beside = (piece.horizontal ? height : width) / 2 + BESIDE;
  const offsets = [0, ...Array.from({ length: TRIES_BESIDE }, (_unused, step) => beside + step * TRY_BESIDE).flatMap((offset) => [-offset, offset])];
  for (let step = -reach; step <= reach; step += 1) {
    const along = middle + step * TRY_ALONG;
    for (const offset of offsets) yield { at: piece.horizontal ? { x: along, y: piece.at + offset } : { x: piece.at + offset, y: along }, far: Math.abs(step * TRY_ALONG) + Math.abs(offset) };
  }
}

/**
 * The middle of a label that is shown on request, `width` canvas units wide and `scale` times as high as usual: on its
 * route or just beside it, where it hides the least of `boxes` and sticks out of `view` the least. There is always a place.
 */
export function placeFullLabel(points: Polyline, width: number, scale: number, boxes: readonly Rect[], view: Rect | null = null): Point {
  const height = FULL_HEIGHT * scale;
  const around = boundsOf(points);
  const [marginX, marginY] = [width + TRIES_BESIDE * TRY_BESIDE, height + width / 2 + TRIES_BESIDE * TRY_BESIDE];
  const near = boxes.filter((box) => rectsOverlap(box, { left: around.left - marginX, right: around.right + marginX, top: around.top - marginY, bottom: around.bottom + marginY }));
  let best: { readonly at: Point; readonly cost: number } | null = null;
  for (const piece of piecesInOrder(points)) {
    for (const { at, far } of fullPlaces(piece, width, height)) {
      const rect = { left: at.x - width / 2, right: at.x + width / 2, top: at.y - height / 2, bottom: at.y + height / 2 };
      const outside = view ? width * height - overlapArea(rect, view) : 0;
      const cost = near.reduce((sum, box) => sum + overlapArea(rect, box), outside) + far * WORTH_OF_DISTANCE;
      if (best === null || cost < best.cost) best = { at, cost };
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
