import type { Point, Rect } from './geometry.ts';

/** Side of a bucket, canvas units: about one component with its gap. */
const CELL = 256;

/** Finds what lies near a box without looking at everything. Holds any value under an id with a box. */
export interface SpatialIndex<T> {
  set(id: string, rect: Rect, value: T): void;
  delete(id: string): void;
  /** Values whose box touches the given one, each once, in order of insertion of their bucket. */
  near(rect: Rect): readonly T[];
}

function* cells(rect: Rect): Generator<string> {
  for (let x = Math.floor(rect.left / CELL); x <= Math.floor(rect.right / CELL); x += 1) {
    for (let y = Math.floor(rect.top / CELL); y <= Math.floor(rect.bottom / CELL); y += 1) yield `${x},${y}`;
  }
}

/** An empty index. */
export function createSpatialIndex<T>(): SpatialIndex<T> {
  const buckets = new Map<string, Map<string, { readonly rect: Rect; readonly value: T }>>();
  const rects = new Map<string, Rect>();
  const remove = (id: string): void => {
    const rect = rects.get(id);
    if (!rect) return;
    for (const cell of cells(rect)) buckets.get(cell)?.delete(id);
    rects.delete(id);
  };
  return {
    set: (id, rect, value) => {
      remove(id);
      rects.set(id, rect);
      for (const cell of cells(rect)) {
        let bucket = buckets.get(cell);
        if (!bucket) buckets.set(cell, (bucket = new Map()));
        bucket.set(id, { rect, value });
      }
    },
    delete: remove,
    near: (rect) => {
      const found = new Map<string, T>();
      for (const cell of cells(rect)) {
        for (const [id, entry] of buckets.get(cell) ?? []) {
          const { rect: other } = entry;
          if (other.left <= rect.right && other.right >= rect.left && other.top <= rect.bottom && other.bottom >= rect.top) found.set(id, entry.value);
        }
      }
      return [...found.values()];
    },
  };
}

/** An axis-parallel piece of a route. `low` and `high` are along its axis, `at` across it. */
export interface Segment { readonly edge: string; readonly horizontal: boolean; readonly at: number; readonly low: number; readonly high: number }

/** The pieces of a route. */
export function segmentsOf(edge: string, points: readonly Point[]): readonly Segment[] {
  const out: Segment[] = [];
  for (let index = 1; index < points.length; index += 1) {
    const a = points[index - 1]!;
    const b = points[index]!;
    const horizontal = a.y === b.y;
    out.push(horizontal
      ? { edge, horizontal, at: a.y, low: Math.min(a.x, b.x), high: Math.max(a.x, b.x) }
      : { edge, horizontal, at: a.x, low: Math.min(a.y, b.y), high: Math.max(a.y, b.y) });
  }
  return out;
}

/** The box of a piece, grown by a margin. */
export function segmentRect(segment: Segment, margin: number): Rect {
  return segment.horizontal
    ? { left: segment.low - margin, right: segment.high + margin, top: segment.at - margin, bottom: segment.at + margin }
    : { left: segment.at - margin, right: segment.at + margin, top: segment.low - margin, bottom: segment.high + margin };
}
