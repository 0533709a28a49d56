import { apart, hullOf, padded, roomOf, snap, within, type Rect } from './geometry.ts';
import type { LayoutBox, Layouter } from './layouter.ts';
import { keyOf, readPaper, type Chosen, type Drawing, type Frame, type Leaf, type Paper } from './paper.ts';
import { settle, type Piece, type Surroundings } from './settle.ts';

/** What a layout changes: only what differs from the drawing. */
export interface Arrangement {
  readonly nodes: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly notes: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  readonly boundaries: Readonly<Record<string, Rect>>;
  /** Connections whose drawn route no longer fits, because both ends moved. */
  readonly routes: readonly string[];
  /** Boundaries that stay as they are and are too small for a layout of what stands in them: it was left alone. */
  readonly crowded: readonly string[];
}

/** A thing that is moved as one, with its contents in the coordinates of its block. */
interface Unit {
  readonly box: LayoutBox;
  readonly leaves: readonly Leaf[];
  readonly frames: readonly Frame[];
}

/** Something that is in the way. `inside` is the boundary around it, `self` its own id when it is a boundary. */
interface Obstacle { readonly rect: Rect; readonly inside: string | null; readonly self: string | null }

class Arranger {
  readonly rects = new Map<string, Rect>();
  readonly crowded: string[] = [];
  private readonly obstacles: Obstacle[] = [];

  constructor(private readonly design: Drawing, private readonly paper: Paper, private readonly layouter: Layouter) {
    for (const { rect, parent, moves } of paper.leaves) if (!moves) this.obstacles.push({ rect, inside: parent, self: null });
    for (const { id, rect, parent, state } of paper.frames.values()) if (state === 'fixed' && rect) this.obstacles.push({ rect, inside: parent, self: id });
  }

  /** Innermost boundaries first: one that closes around something pinned is in the way of what stands around it. */
  async run(): Promise<void> {
    const frames = [...this.paper.frames.values()].filter(({ state }) => state !== 'free').sort((a, b) => b.depth - a.depth);
    for (const frame of frames) {
      await this.arrange(frame.id);
      if (frame.state === 'anchored') this.close(frame);
    }
    await this.arrange(null);
  }

  private frame(id: string | null): Frame | null {
    return id === null ? null : (this.paper.frames.get(id) ?? null);
  }

  private holds(outer: string, id: string | null): boolean {
    for (let at = id; at !== null; at = this.frame(at)?.parent ?? null) if (at === outer) return true;
    return false;
  }

  private unit(id: string): Unit {
    const frame = this.paper.frames.get(id) as Frame;
    const parts = this.unitsIn(id);
    const { w, h } = frame.rect ?? { w: 240, h: 160 };
    return { box: { key: keyOf('boundary', id), w, h, children: parts.map(({ box }) => box) }, leaves: parts.flatMap(({ leaves }) => leaves), frames: [...parts.flatMap(({ frames }) => frames), frame] };
  }

  private unitsIn(parent: string | null): Unit[] {
    const leaves = this.paper.leaves.filter((leaf) => leaf.moves && leaf.parent === parent);
    const frames = [...this.paper.frames.values()].filter((frame) => frame.state === 'free' && frame.parent === parent);
    return [
      ...frames.map(({ id }) => this.unit(id)),
      ...leaves.map((leaf): Unit => ({ box: { key: leaf.key, w: leaf.rect.w, h: leaf.rect.h, children: [] }, leaves: [leaf], frames: [] })),
    ];
  }

  private edgesAmong(units: readonly Unit[]): { from: string; to: string }[] {
    const { nodes, edges } = this.design;
    const parents = new Map<string, string | null>();
    for (const { leaves, frames } of units) {
      for (const { key, parent } of leaves) parents.set(key, parent);
      for (const { id, parent } of frames) parents.set(keyOf('boundary', id), parent);
    }
    const end = (id: string): string => keyOf(Object.hasOwn(nodes, id) ? 'node' : 'boundary', id);
    const around = (outer: string, key: string): boolean => {
      const parent = parents.get(key) ?? null;
      return parent !== null && (keyOf('boundary', parent) === outer || around(outer, keyOf('boundary', parent)));
    };
    const found = new Map<string, { from: string; to: string }>();
    for (const edge of Object.values(edges)) {
      const [from, to] = [end(edge.from), end(edge.to)];
      if (from === to || !parents.has(from) || !parents.has(to) || around(from, to) || around(to, from)) continue;
      found.set(`${from}\n${to}`, { from, to });
    }
    return [...found.keys()].sort().map((key) => found.get(key) as { from: string; to: string });
  }

  /** Where the layout put a box and all in it; boundaries close around their contents. */
  private measure(box: LayoutBox, places: ReadonlyMap<string, { readonly x: number; readonly y: number }>, into: Map<string, Rect>): Rect {
    const inside = hullOf(box.children.map((child) => this.measure(child, places, into)));
    const { x, y } = places.get(box.key) ?? { x: 0, y: 0 };
    const rect = inside === null ? { x: snap(x), y: snap(y), w: box.w, h: box.h } : padded(inside);
    into.set(box.key, rect);
    return rect;
  }

  private async arrange(id: string | null): Promise<void> {
    const units = this.unitsIn(id);
    if (units.length === 0) return;
    const places = await this.layouter({ boxes: units.map(({ box }) => box), edges: this.edgesAmong(units) });
    const blocks = new Map<string, Rect>();
    const pieces = units.map(({ box }): Piece => ({ key: box.key, rect: this.measure(box, places, blocks) }));
    const settled = this.place(id, units, pieces);
    if (settled === null) {
      if (id !== null) this.crowded.push(id);
      for (const { box: { key }, leaves, frames } of units) this.keep(id, key, leaves, frames);
      return;
    }
    for (const { box: { key }, leaves, frames } of units) {
      const [from, to] = [blocks.get(key) as Rect, settled.get(key) as Rect];
      for (const one of [...leaves.map((leaf) => leaf.key), ...frames.map((frame) => keyOf('boundary', frame.id))]) {
        const rect = blocks.get(one) as Rect;
        this.rects.set(one, { ...rect, x: rect.x - from.x + to.x, y: rect.y - from.y + to.y });
      }
      this.obstacles.push({ rect: to, inside: id, self: null });
    }
  }

  /** Things for which there is no room stay where they are. */
  private keep(id: string | null, key: string, leaves: readonly Leaf[], frames: readonly Frame[]): void {
    const rect = leaves.find((leaf) => leaf.key === key)?.rect ?? frames.at(-1)?.rect;
    if (rect) this.obstacles.push({ rect, inside: id, self: null });
  }

  private place(id: string | null, units: readonly Unit[], pieces: readonly Piece[]): ReadonlyMap<string, Rect> | null {
    const obstacles = this.obstacles.filter(({ self }) => self === null || id === null || !this.holds(self, id)).map(({ rect }) => rect);
    const old = hullOf(units.flatMap(({ leaves, frames }) => [...leaves.flatMap(({ placed, rect }) => (placed ? [rect] : [])), ...frames.flatMap(({ rect }) => rect ?? [])]));
    const centre = old && { x: old.x + old.w / 2, y: old.y + old.h / 2 };
    const frame = this.frame(id);
    if (frame === null) return settle(pieces, centre, { obstacles, allowed: () => true });
    if (frame.state === 'anchored') return settle(pieces, centre, { obstacles, allowed: this.roomAround(frame) }) ?? settle(pieces, centre, { obstacles, allowed: () => true });
    const room = roomOf(frame.rect as Rect);
    return settle(pieces, centre && intoRoom(centre, pieces, room), { obstacles, allowed: (hull) => within(hull, room) });
  }

  /** Whether a boundary may grow around a block: it stays off what is outside of it, and inside of what is around it. */
  private roomAround(frame: Frame): Surroundings['allowed'] {
    const held = hullOf(this.contents(frame.id));
    const grown = (hull: Rect): Rect => padded(hullOf(held === null ? [hull] : [hull, held]) ?? hull);
    const now = held === null ? null : padded(held);
    const outside = this.obstacles
      .filter(({ self, inside }) => !this.holds(frame.id, inside) && (self === null || !this.holds(self, frame.id)))
      .map(({ rect }) => rect)
      .filter((rect) => now === null || apart(now, rect));
    const rooms: ((box: Rect) => boolean)[] = [];
    let grows = (box: Rect): Rect => box;
    for (let at = this.frame(frame.parent); at !== null; at = this.frame(at.parent)) {
      const before = grows;
      if (at.state !== 'fixed') grows = (box) => padded(before(box));
      else if (at.rect) {
        const room = roomOf(at.rect);
        rooms.push((box) => within(before(box), room));
      }
    }
    return (hull) => {
      const box = grown(hull);
      return outside.every((rect) => apart(box, rect)) && rooms.every((inside) => inside(box));
    };
  }

  /** Boxes in a boundary that stand already. */
  private contents(id: string): Rect[] {
    return this.obstacles.filter(({ inside }) => inside === id).map(({ rect }) => rect);
  }

  private close({ id, parent }: Frame): void {
    const hull = hullOf(this.contents(id));
    if (hull === null) return;
    const rect = padded(hull);
    this.rects.set(keyOf('boundary', id), rect);
    this.obstacles.push({ rect, inside: parent, self: id });
  }
}

/** The centre nearest to a wanted one at which a block fits into a room. */
function intoRoom(centre: { readonly x: number; readonly y: number }, pieces: readonly Piece[], room: Rect): { readonly x: number; readonly y: number } {
  const block = hullOf(pieces.map(({ rect }) => rect)) ?? room;
  const inside = (at: number, start: number, size: number, own: number): number => Math.min(Math.max(at, start + own / 2 + 4), start + size - own / 2 - 4);
  return { x: inside(centre.x, room.x, room.w, block.w), y: inside(centre.y, room.y, room.h, block.h) };
}

const same = (a: Rect | null | undefined, b: Rect): boolean => a != null && a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;

/**
 * Lay a drawing out: what is chosen (null: everything), in layers from left to right along its connections. Boundaries
 * close around what they hold. Pinned components and everything not chosen keep their places exactly; what is laid out
 * comes to stand near where it was, off them and on the grid. Deterministic, whatever the order of the file.
 */
export async function arrangeDrawing(design: Drawing, chosen: Chosen | null, layouter: Layouter): Promise<Arrangement> {
  const paper = readPaper(design, chosen);
  const arranger = new Arranger(design, paper, layouter);
  await arranger.run();
  const nodes: Record<string, { x: number; y: number }> = {};
  const notes: typeof nodes = {};
  const boundaries: Record<string, Rect> = {};
  const moved = new Set<string>();
  for (const { key, kind, id, rect, placed } of paper.leaves) {
    const to = arranger.rects.get(key);
    if (to === undefined || (placed && same(rect, to))) continue;
    (kind === 'node' ? nodes : notes)[id] = { x: to.x, y: to.y };
    if (kind === 'node') moved.add(id);
  }
  for (const { id, rect } of paper.frames.values()) {
    const to = arranger.rects.get(keyOf('boundary', id));
    if (to === undefined || same(rect, to)) continue;
    boundaries[id] = to;
    if (!Object.hasOwn(design.nodes, id)) moved.add(id);
  }
  const routes = Object.values(design.edges).filter(({ id, from, to }) => Object.hasOwn(design.layout.edges, id) && moved.has(from) && moved.has(to)).map(({ id }) => id);
  return { nodes, notes, boundaries, routes: routes.sort(), crowded: arranger.crowded };
}
