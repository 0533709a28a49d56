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

/** One number of a column and a row of buckets. */
const ROWS = 1 << 20;

/** Boxes over more buckets than this are kept aside, and looked at each time: a drawing may be a million units wide. */
const MANY_CELLS = 4096;

interface Entry<T> { readonly rect: Rect; readonly value: T; seen: number }

/** Calls `visit` with the number of every bucket that a box touches. */
function eachCell(rect: Rect, visit: (cell: number) => void): void {
  const [right, bottom] = [Math.floor(rect.right / CELL), Math.floor(rect.bottom / CELL)];
  for (let x = Math.floor(rect.left / CELL); x <= right; x += 1) for (let y = Math.floor(rect.top / CELL); y <= bottom; y += 1) visit(x * ROWS + y);
}

function isVast(rect: Rect): boolean {
  return ((rect.right - rect.left) / CELL + 1) * ((rect.bottom - rect.top) / CELL + 1) > MANY_CELLS;
}

/** An empty index. */
export function createSpatialIndex<T>(): SpatialIndex<T> {
  const buckets = new Map<number, Set<Entry<T>>>();
  const entries = new Map<string, Entry<T>>();
  const vast = new Set<Entry<T>>();
  let query = 0;
  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (!entry) return;
    if (!vast.delete(entry)) eachCell(entry.rect, (cell) => buckets.get(cell)?.delete(entry));
    entries.delete(id);
  };
  return {
    set: (id, rect, value) => {
      remove(id);
      const entry: Entry<T> = { rect, value, seen: 0 };
      entries.set(id, entry);
      if (isVast(rect)) vast.add(entry);
      else eachCell(rect, (cell) => {
        const bucket = buckets.get(cell);
        if (bucket) bucket.add(entry);
        else buckets.set(cell, new Set([entry]));
      });
    },
    delete: remove,
    near: (rect) => {
      const found: T[] = [];
      query += 1;
      const look = (some: Iterable<Entry<T>>): void => {
        for (const entry of some) {
          const other = entry.rect;
          if (entry.seen === query || other.left > rect.right || other.right < rect.left || other.top > rect.bottom || other.bottom < rect.top) continue;
          entry.seen = query;
          found.push(entry.value);
        }
      };
      if (isVast(rect)) look(entries.values());
      else {
        look(vast);
        eachCell(rect, (cell) => look(buckets.get(cell) ?? []));
      }
      return found;
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
