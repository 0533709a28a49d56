import { hullOf, padded, snap, snapUp, type Rect } from '../layout/geometry.ts';

/** A component or a note of a drawing: where its middle is there, its size here, and the area it stands in. */
export interface PlacedThing {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly area: string | null;
}

/** An area of a drawing, as it is there. Areas must not lie in themselves, through any number of others. */
export interface PlacedArea {
  readonly key: string;
  readonly rect: Rect;
  readonly area: string | null;
}

/** Distance that is wanted between components, and the least that is left when things are pushed apart, canvas units. */
const WANTED = { x: 48, y: 40 } as const;
const LEAST = 24;
/** Drawings are not blown up further than this; what still meets is pushed apart. */
const MOST = 2.5;
/** Widest result, canvas units. */
const SPAN = 900_000;

/** The factor at which hardly anything meets: the largest that a pair needs, pairs that need more than `MOST` left aside. */
function scaleFor(things: readonly PlacedThing[]): number {
  let scale = 1;
  things.forEach((a, index) => {
    for (let at = index + 1; at < things.length; at += 1) {
      const b = things[at] as PlacedThing;
      const needed = Math.min(((a.w + b.w) / 2 + WANTED.x) / Math.abs(a.x - b.x), ((a.h + b.h) / 2 + WANTED.y) / Math.abs(a.y - b.y));
      if (needed > scale && needed <= MOST) scale = needed;
    }
  });
  return scale;
}

const meets = (a: Rect, b: Rect): boolean => a.x < b.x + b.w + LEAST && b.x < a.x + a.w + LEAST && a.y < b.y + b.h + LEAST && b.y < a.y + a.h + LEAST;

/** Boxes in the order of their far edges, so that one way past them is enough. */
class Edges {
  private readonly boxes: Rect[] = [];

  constructor(private readonly far: (rect: Rect) => number) {}

  add(rect: Rect): void {
    let [low, high] = [0, this.boxes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.far(this.boxes[middle] as Rect) < this.far(rect)) low = middle + 1;
      else high = middle;
    }
    this.boxes.splice(low, 0, rect);
  }

  /** The first free place on the way, which `moved` takes past a far edge. */
  free(wanted: Rect, moved: (rect: Rect, edge: number) => Rect): Rect {
    return this.boxes.reduce((rect, box) => (meets(rect, box) ? moved(rect, snapUp(this.far(box) + LEAST)) : rect), wanted);
  }
}

class Keeper {
  readonly rects = new Map<string, Rect>();
  private readonly inside = new Map<string | null, { readonly key: string; readonly area: PlacedArea | null }[]>();

  constructor(things: readonly PlacedThing[], areas: readonly PlacedArea[], private readonly scale: number) {
    const known = new Set(areas.map(({ key }) => key));
    const put = (key: string, area: PlacedArea | null, home: string | null): void => {
      const parent = home !== null && known.has(home) ? home : null;
      const list = this.inside.get(parent);
      if (list) list.push({ key, area });
      else this.inside.set(parent, [{ key, area }]);
    };
    for (const area of areas) put(area.key, area, area.area);
    for (const { key, x, y, w, h, area } of things) {
      this.rects.set(key, { x: snap(x * scale - w / 2), y: snap(y * scale - h / 2), w, h });
      put(key, null, area);
    }
  }

  private scaled({ x, y, w, h }: Rect): Rect {
    const [left, top] = [snap(x * this.scale), snap(y * this.scale)];
    return { x: left, y: top, w: Math.max(48, snap((x + w) * this.scale) - left), h: Math.max(48, snap((y + h) * this.scale) - top) };
  }

  private shift(key: string, dx: number, dy: number): void {
    for (const open = [key]; open.length > 0; ) {
      const next = open.pop() as string;
      const rect = this.rects.get(next);
      if (rect) this.rects.set(next, { ...rect, x: rect.x + dx, y: rect.y + dy });
      for (const child of this.inside.get(next) ?? []) open.push(child.key);
    }
  }

  /** Settle what stands in an area (null: on the paper), innermost first, so that nothing in it meets. */
  settle(parent: string | null): void {
    const children = this.inside.get(parent) ?? [];
    for (const { key, area } of children) {
      if (area === null) continue;
      this.settle(key);
      const held = hullOf((this.inside.get(key) ?? []).map((child) => this.rects.get(child.key) as Rect));
      const own = this.scaled(area.rect);
      this.rects.set(key, held === null ? own : (hullOf([own, padded(held)]) ?? own));
    }
    const order = children.map(({ key }, index) => ({ key, index, rect: this.rects.get(key) as Rect })).sort((a, b) => a.rect.y - b.rect.y || a.rect.x - b.rect.x || a.index - b.index);
    const [below, beside] = [new Edges(({ y, h }) => y + h), new Edges(({ x, w }) => x + w)];
    for (const { key, rect } of order) {
      const down = below.free(rect, (box, y) => ({ ...box, y }));
      const right = beside.free(rect, (box, x) => ({ ...box, x }));
      const to = right.x - rect.x < down.y - rect.y ? right : down;
      if (to !== rect) this.shift(key, to.x - rect.x, to.y - rect.y);
      below.add(to);
      beside.add(to);
    }
  }
}

/**
 * The places of a drawing for components of this program's size: everything at the same factor, on the grid, areas
 * around what they hold, and what still meets pushed down or to the right. Top left corners by key. Deterministic.
 */
export function keepPlaces(things: readonly PlacedThing[], areas: readonly PlacedArea[]): ReadonlyMap<string, Rect> {
  const whole = hullOf([...things.map(({ x, y }) => ({ x, y, w: 0, h: 0 })), ...areas.map(({ rect }) => rect)]);
  if (whole === null) return new Map();
  const scale = Math.min(scaleFor(things), SPAN / Math.max(whole.w, whole.h, 1));
  const moved = <T extends { readonly x: number; readonly y: number }>(box: T): T => ({ ...box, x: box.x - whole.x, y: box.y - whole.y });
  const keeper = new Keeper(things.map(moved), areas.map((area) => ({ ...area, rect: moved(area.rect) })), scale);
  keeper.settle(null);
  return keeper.rects;
}
