import { COMPONENT_HEIGHT, factsOf, platesOf } from '../../../../shared/drawing/component-facts.ts';
import { widthForName } from '../../../../shared/drawing/names.ts';
import { boundaryBox, noteBox, type PaperBox } from '../../../../shared/drawing/places.ts';
import { rectsOverlap, type Point, type Rect } from '../../../../shared/drawing/routing/geometry.ts';
import { nameWidth } from '../../../../shared/drawing/text-width.ts';
import type { Design } from '../../../../shared/model/design.ts';
import { componentBox } from '../edits/membership.ts';
import { resolvePart } from '../parts.ts';
import { endId, newItems, type Plan } from './plan.ts';

/** Space between components of a tidy drawing (ui 1.5), canvas units. */
const GAP = { across: 88, down: 48 } as const;
const PITCH = COMPONENT_HEIGHT + GAP.down;
const SNAP = 8;
/** The grid of places that are tried, canvas units. */
const STEP = { x: 136, y: 56 } as const;
const RINGS = 14;

const up = (value: number): number => Math.ceil(value / SNAP) * SNAP;
const snap = (value: number): number => Math.round(value / SNAP) * SNAP;

/** A new component in its group: place from the group's corner, and width. */
interface Slot { readonly item: number; readonly x: number; readonly y: number; readonly w: number }

/** New components that stand together, because they hang on each other. */
interface Block {
  readonly slots: readonly Slot[];
  readonly w: number;
  readonly h: number;
  /** Id of the component or boundary that it hangs on, left of it. */
  readonly behind: string | null;
  /** Id of the component that hangs on it, right of it. */
  readonly before: string | null;
}

/** Free room: what stands there, and the frames that nothing may stand across. */
interface Room { readonly taken: Rect[]; readonly frames: readonly Rect[] }

const rectOf = ({ x, y, w, h }: PaperBox): Rect => ({ left: x, top: y, right: x + w, bottom: y + h });

/** A component with its plates, which reach up and to the right. */
function standing(design: Design, id: string): Rect | null {
  const [box, node] = [componentBox(design, id), design.nodes[id]];
  if (!box || !node) return null;
  const plates = platesOf(factsOf(node, resolvePart(node.type)?.component ?? null).units);
  return { left: box.x, top: box.y - plates, right: box.x + box.w + plates, bottom: box.y + box.h };
}

function roomOf(design: Design): Room {
  const notes = Object.keys(design.notes).map((id, index) => rectOf(noteBox(design.layout, id, index, design.notes[id]?.text)));
  const frames = Object.keys(design.boundaries).flatMap((id) => boundaryBox(design.layout, id) ?? []);
  return { taken: [...Object.keys(design.nodes).flatMap((id) => standing(design, id) ?? []), ...notes], frames: frames.map(rectOf) };
}

const inside = (box: Rect, frame: Rect): boolean => box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

function isFree(block: Block, at: Point, room: Room): boolean {
  return block.slots.every((slot) => {
    const box = rectOf({ x: at.x + slot.x, y: at.y + slot.y, w: slot.w, h: COMPONENT_HEIGHT });
    const wide = { left: box.left - GAP.across, top: box.top - GAP.down, right: box.right + GAP.across, bottom: box.bottom + GAP.down };
    return room.taken.every((other) => !rectsOverlap(wide, other)) && room.frames.every((frame) => !rectsOverlap(box, frame) || inside(box, frame));
  });
}

/** Lays a forest of new components out: columns left to right, a component in the middle of those that hang on it. */
class Layouter {
  readonly slots: Slot[] = [];
  private readonly columns: number[] = [];
  private next = 0;

  constructor(private readonly children: ReadonlyMap<number, readonly number[]>, private readonly width: (item: number) => number) {}

  /** Middle of the component's row, once everything behind it is placed. */
  private row(item: number, depth: number, rows: Map<number, { readonly depth: number; readonly y: number }>): number {
    this.columns[depth] = Math.max(this.columns[depth] ?? 0, this.width(item));
    const behind = (this.children.get(item) ?? []).map((child) => this.row(child, depth + 1, rows));
    const y = behind.length > 0 ? ((behind[0] ?? 0) + (behind.at(-1) ?? 0)) / 2 : (this.next += PITCH) - PITCH;
    rows.set(item, { depth, y });
    return y;
  }

  /** Place the roots beneath each other. Several that share what hangs on the first stand in the middle of it together. */
  run(roots: readonly number[], joint: boolean): void {
    const rows = new Map<number, { readonly depth: number; readonly y: number }>();
    for (const root of joint ? roots.slice(0, 1) : roots) this.row(root, 0, rows);
    if (joint) {
      const middle = rows.get(roots[0] ?? 0)?.y ?? 0;
      roots.forEach((root, index) => {
        this.columns[0] = Math.max(this.columns[0] ?? 0, this.width(root));
        rows.set(root, { depth: 0, y: middle + (index - (roots.length - 1) / 2) * PITCH });
      });
    }
    const top = Math.min(...[...rows.values()].map(({ y }) => y));
    const lefts = this.columns.reduce<number[]>((all, _width, depth) => [...all, depth === 0 ? 0 : up((all[depth - 1] ?? 0) + (this.columns[depth - 1] ?? 0) + GAP.across)], []);
    for (const [item, { depth, y }] of rows) this.slots.push({ item, x: lefts[depth] ?? 0, y: snap(y - top), w: this.width(item) });
  }
}

/** Cut the new components of a line into groups: by what they hang on, or what hangs on them. */
function blocksOf(plan: Plan): readonly Block[] {
  const fresh = new Set(newItems(plan));
  const children = new Map<number, number[]>();
  const roots = new Map<string, { readonly behind: string | null; readonly items: number[] }>();
  const parents = new Map<number, readonly (number | 'start')[]>();
  for (const edge of plan.edges) parents.set(edge.to, [...(parents.get(edge.to) ?? []), edge.from]);
  for (const item of fresh) {
    const first = (parents.get(item) ?? []).find((from) => from === 'start' || endId(plan, from) !== null || (from < item && fresh.has(from)));
    if (typeof first === 'number' && fresh.has(first)) children.set(first, [...(children.get(first) ?? []), item]);
    else {
      const behind = first === undefined ? null : endId(plan, first);
      const group = roots.get(behind ?? '') ?? { behind, items: [] };
      group.items.push(item);
      roots.set(behind ?? '', group);
    }
  }
  const width = (item: number): number => widthForName(plan.items[item]?.name ?? '', nameWidth);
  return [...roots.values()].map(({ behind, items }) => {
    const heads = new Set(plan.edges.filter(({ to }) => (children.get(items[0] ?? -1) ?? []).includes(to)).map(({ from }) => from));
    const joint = items.length > 1 && items.every((item) => heads.has(item));
    const layouter = new Layouter(children, width);
    layouter.run(items, joint);
    const { slots } = layouter;
    const inBlock = new Set<number | 'start'>(slots.map(({ item }) => item));
    const ahead = plan.edges.find((edge) => inBlock.has(edge.from) && endId(plan, edge.to) !== null);
    return {
      slots, behind, before: behind === null && ahead ? endId(plan, ahead.to) : null,
      w: Math.max(...slots.map(({ x, w }) => x + w)), h: Math.max(...slots.map(({ y }) => y)) + COMPONENT_HEIGHT,
    };
  });
}

/** 0, 1, -1, 2, -2 and so on. */
const outward = (count: number): readonly number[] => [0, ...Array.from({ length: count }, (_unused, index) => [index + 1, -index - 1]).flat()];

/** Rows of one column, the nearest first, down to where nothing stands any more. */
function inColumn(block: Block, at: Point, room: Room): Point | null {
  const lowest = Math.max(at.y, ...room.taken.map(({ bottom }) => bottom), ...room.frames.map(({ bottom }) => bottom));
  const rows = Math.ceil((lowest - at.y + GAP.down) / STEP.y) + 1;
  const y = outward(rows).map((row) => at.y + row * STEP.y).find((each) => isFree(block, { x: at.x, y: each }, room));
  return y === undefined ? null : { x: at.x, y };
}

/** As near to the middle of the view as there is room; beneath everything when there is none near it. */
function around(block: Block, view: Rect, room: Room): Point {
  const wide = block.w > view.right - view.left;
  const middle = { x: snap(wide ? view.left : (view.left + view.right - block.w) / 2), y: snap((view.top + view.bottom - block.h) / 2) };
  const places = outward(RINGS).flatMap((column) => outward(RINGS).map((row) => ({ x: middle.x + column * STEP.x, y: middle.y + row * STEP.y })));
  const seen = (at: Point): boolean => inside(rectOf({ x: at.x, y: at.y, w: block.w, h: block.h }), view);
  const free = places.sort((a, b) => Math.hypot(a.x - middle.x, a.y - middle.y) - Math.hypot(b.x - middle.x, b.y - middle.y)).filter((at) => isFree(block, at, room));
  const lowest = Math.max(middle.y, ...room.taken.map(({ bottom }) => bottom), ...room.frames.map(({ bottom }) => bottom));
  return free.find(seen) ?? free[0] ?? { x: middle.x, y: up(lowest + GAP.down) };
}

/** How far the roots of a group stand from its top to their middle. */
function rootsMiddle({ slots }: Block): number {
  const roots = slots.filter(({ x }) => x === 0).map(({ y }) => y);
  return (Math.min(...roots) + Math.max(...roots)) / 2;
}

function placeBlock(block: Block, design: Design, room: Room, view: Rect, dropped: Point | null): Point {
  const behind = block.behind === null ? null : standing(design, block.behind);
  const before = block.before === null ? null : standing(design, block.before);
  const level = ({ bottom }: Rect): number => snap(bottom - COMPONENT_HEIGHT - rootsMiddle(block));
  const wished = dropped
    ? { x: snap(dropped.x), y: snap(dropped.y - COMPONENT_HEIGHT / 2 - rootsMiddle(block)) }
    : behind
      ? { x: up(behind.right + GAP.across), y: level(behind) }
      : before
        ? { x: snap(before.left - GAP.across - block.w - SNAP / 2), y: level(before) }
        : null;
  return (wished && inColumn(block, wished, room)) ?? around(block, view, room);
}

/**
 * Where the new components of a line stand: right of what they hang on, left of what hangs on them, else near the middle
 * of the view. Top left corners by item, canvas units; on the 8 px grid, never over anything. `at` is where a line was
 * dropped: the first one stands there.
 */
export function placeLine(plan: Plan, design: Design, view: Rect, at: Point | null): ReadonlyMap<number, Point> {
  const places = new Map<number, Point>();
  const room = roomOf(design);
  blocksOf(plan).forEach((block, index) => {
    const corner = placeBlock(block, design, room, view, index === 0 ? at : null);
    for (const slot of block.slots) {
      const place = { x: corner.x + slot.x, y: corner.y + slot.y };
      places.set(slot.item, place);
      room.taken.push(rectOf({ ...place, w: slot.w, h: COMPONENT_HEIGHT }));
    }
  });
  return places;
}
