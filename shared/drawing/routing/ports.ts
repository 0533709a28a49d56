import { isHorizontal, outerRect, PARALLEL_GAP, PORT_GAP, STUB, type Point, type Polyline, type Port, type RouteBox, type RouteEdge, type Side } from './geometry.ts';
import { planHeld, type HeldPlan } from './held.ts';

/** Where a connection leaves and enters; `held` are the bends that its route keeps to. */
export interface Ends { readonly from: Port; readonly to: Port; readonly held?: Polyline }

/** Keeps ports off the rounded corners, and off the finding badge at the top left. */
const CORNER_INSET = 8;
const BADGE_INSET = 32;

/** How much farther down than across the other end may be before a line leaves through top or bottom (ui 3.4). */
const STEEP = 1.25;

/** Ports closer than this to one straight line are put on it: a jog shorter than a bend's two corners looks broken. */
const STRAIGHTEN = 20;

/**
 * The sides through which a connection runs: right to left, unless the target lies behind (left to right) or the
 * vertical distance is more than 1.25 times the horizontal (bottom to top, or top to bottom).
 */
export function chooseSides(from: RouteBox, to: RouteBox): readonly [Side, Side] {
  const a = outerRect(from);
  const b = outerRect(to);
  const dx = to.x + to.w / 2 - (from.x + from.w / 2);
  const dy = to.y + to.h / 2 - (from.y + from.h / 2);
  const gapX = Math.max(b.left - a.right, a.left - b.right);
  const gapY = Math.max(b.top - a.bottom, a.top - b.bottom);
  const roomAcross = gapX >= 2 * STUB;
  const roomDown = gapY >= 2 * STUB;
  const steep = Math.abs(dy) > STEEP * Math.abs(dx);
  if ((steep && gapY > 0) || (!roomAcross && roomDown)) return dy > 0 ? ['bottom', 'top'] : ['top', 'bottom'];
  return dx < 0 && gapX > 0 ? ['left', 'right'] : ['right', 'left'];
}

/** One end of a connection. `other` is what it runs towards; `free` ones may leave their side when that is full. */
interface Slot { readonly edge: string; readonly end: 'from' | 'to'; readonly other: Point; readonly free: boolean; on: SideSlots; at: number }
interface SideSlots { readonly box: RouteBox; readonly side: Side; readonly slots: Slot[]; readonly low: number; readonly high: number }

/** The stretch of a side that may carry ports, along its axis: from, to. */
export function portSpan(box: RouteBox, side: Side): readonly [number, number] {
  if (side === 'left') return [box.y + CORNER_INSET, box.y + box.h - CORNER_INSET];
  if (side === 'right') return [box.y + CORNER_INSET, box.y + box.h - CORNER_INSET - box.plates];
  if (side === 'bottom') return [box.x + CORNER_INSET, box.x + box.w - CORNER_INSET];
  return [box.x + BADGE_INSET, box.x + box.w + box.plates - CORNER_INSET - (box.tab > 0 ? box.tab + 12 : 0)];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** How many lines a side carries without two being too near to each other. */
function capacity({ low, high }: SideSlots): number {
  return Math.floor((high - low) / PARALLEL_GAP) + 1;
}

/** Order of two ends along a side: by where they run, so that lines that leave together do not cross. */
function alongSide({ side, box }: SideSlots, a: Slot, b: Slot): number {
  const named = a.edge < b.edge ? -1 : a.edge > b.edge ? 1 : a.end < b.end ? -1 : 1;
  if (isHorizontal(side)) return a.other.y - b.other.y || a.other.x - b.other.x || named;
  // of two lines to one column, the one that has farther to go stands farther from it
  const rightwards = a.other.x >= box.x + box.w / 2;
  const outer = (side === 'top') === rightwards ? a.other.y - b.other.y : b.other.y - a.other.y;
  return a.other.x - b.other.x || outer || named;
}

/** How far the other end lies beyond a side of the box. */
function beyondSide({ box, side }: SideSlots, { other }: Slot): number {
  if (side === 'top') return box.y - other.y;
  if (side === 'bottom') return other.y - box.y - box.h;
  return side === 'left' ? box.x - other.x : other.x - box.x - box.w;
}

/** Other ends must lie this far beyond a side before their lines may leave through it for want of room elsewhere. */
const TURN_ROOM = 48;

/** Hand the outermost lines of a full side on to the sides beside it, those that lie farthest beyond them first. */
function relieve(full: SideSlots, sideOf: (box: RouteBox, side: Side) => SideSlots): void {
  full.slots.sort((a, b) => alongSide(full, a, b));
  const beside = (isHorizontal(full.side) ? (['top', 'bottom'] as const) : (['left', 'right'] as const)).map((side) => sideOf(full.box, side));
  while (full.slots.length > capacity(full)) {
    const moves = [full.slots[0], full.slots.at(-1)].flatMap((slot, index) => {
      const to = beside[index];
      return slot?.free && to && to.slots.length < capacity(to) ? [{ slot, to, far: beyondSide(to, slot) }] : [];
    });
    const [move] = moves.filter(({ far }) => far >= TURN_ROOM).sort((a, b) => b.far - a.far);
    if (!move) return;
    full.slots.splice(full.slots.indexOf(move.slot), 1);
    move.to.slots.push(move.slot);
    move.slot.on = move.to;
  }
}

/** Spread the slots of one side around its middle, 16 apart, down to 8 where there is less room; what fits no longer shares a port and leaves as a bundle. */
function spread(side: SideSlots): void {
  side.slots.sort((a, b) => alongSide(side, a, b));
  const { box, slots, low, high } = side;
  const middle = isHorizontal(side.side) ? box.y + box.h / 2 : box.x + box.w / 2;
  const places = Math.min(slots.length, capacity(side));
  const gap = places < 2 ? 0 : Math.min(PORT_GAP, (high - low) / (places - 1));
  const first = clamp(middle - (gap * (places - 1)) / 2, low, Math.max(low, high - gap * (places - 1)));
  slots.forEach((slot, index) => (slot.at = first + gap * Math.floor((index * places) / slots.length)));
}

function place({ on, at }: Slot): Port {
  const rect = outerRect(on.box);
  switch (on.side) {
    case 'left': return { side: 'left', x: rect.left, y: at };
    case 'right': return { side: 'right', x: rect.right, y: at };
    case 'top': return { side: 'top', x: at, y: rect.top };
    case 'bottom': return { side: 'bottom', x: at, y: rect.bottom };
  }
}

/** Whether a slot may move to a place without coming too near to its neighbours or leaving its side. */
function mayStand({ on: { low, high, slots } }: Slot, index: number, at: number): boolean {
  if (at < low || at > high) return false;
  const before = slots[index - 1];
  const after = slots[index + 1];
  return (!before || at - before.at >= PORT_GAP - 0.5) && (!after || after.at - at >= PORT_GAP - 0.5);
}

function moveTo(slot: Slot, at: number): boolean {
  const may = mayStand(slot, slot.on.slots.indexOf(slot), at);
  if (may) slot.at = at;
  return may;
}

interface Pair { readonly from: Slot; readonly to: Slot; readonly plan: HeldPlan | null }

/** Put both ends of an almost straight connection on one line, moving the end that has room. */
function straighten({ from, to }: Pair): void {
  if (isHorizontal(from.on.side) !== isHorizontal(to.on.side)) return;
  const difference = Math.abs(from.at - to.at);
  if (difference === 0 || difference >= STRAIGHTEN) return;
  if (from.on.slots.length >= to.on.slots.length && moveTo(to, from.at)) return;
  if (!moveTo(from, to.at)) moveTo(to, from.at);
}

/** Put an end onto the held piece that runs straight on from it, where it has room. */
function alignToHeld(slot: Slot, near: Point | undefined, far: Point | undefined): void {
  const across = isHorizontal(slot.on.side);
  if (!near || !far || (across ? near.y !== far.y : near.x !== far.x)) return;
  const at = across ? near.y : near.x;
  if (Math.abs(at - slot.at) < STRAIGHTEN) moveTo(slot, at);
}

function middleOf(box: RouteBox): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/** Collects the ports of each side of each box. */
function collectSides(boxes: ReadonlyMap<string, RouteBox>, edges: Iterable<RouteEdge>): ReadonlyMap<string, Pair> {
  const sides = new Map<string, SideSlots>();
  const pairs = new Map<string, Pair>();
  const sideOf = (box: RouteBox, side: Side): SideSlots => {
    const key = `${side} ${box.id}`;
    let slots = sides.get(key);
    if (!slots) {
      const [low, high] = portSpan(box, side);
      sides.set(key, (slots = { box, side, slots: [], low, high: Math.max(low, high) }));
    }
    return slots;
  };
  const slotOn = (box: RouteBox, side: Side, slot: Omit<Slot, 'on' | 'at'>): Slot => {
    const on = sideOf(box, side);
    const full = { ...slot, on, at: 0 };
    on.slots.push(full);
    return full;
  };
  for (const edge of edges) {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) continue;
    const usual = from === to ? (['right', 'top'] as const) : chooseSides(from, to);
    const plan = edge.held && from !== to ? planHeld(from, to, edge.held, usual) : null;
    const [leaves, enters] = plan ? [plan.leaves, plan.enters] : usual;
    const [first, last] = [plan?.bends[1] ?? plan?.bends[0] ?? middleOf(to), plan?.bends.at(-2) ?? plan?.bends[0] ?? middleOf(from)];
    const free = plan === null && from !== to;
    pairs.set(edge.id, { from: slotOn(from, leaves, { edge: edge.id, end: 'from', other: first, free }), to: slotOn(to, enters, { edge: edge.id, end: 'to', other: last, free }), plan });
  }
  for (const side of [...sides.values()]) if (side.slots.length > capacity(side)) relieve(side, sideOf);
  for (const side of sides.values()) spread(side);
  return pairs;
}

/** Ports of every connection whose two ends exist: ordered by the far end, spread along each side. */
export function assignPorts(boxes: ReadonlyMap<string, RouteBox>, edges: Iterable<RouteEdge>): Map<string, Ends> {
  const pairs = collectSides(boxes, edges);
  for (const pair of pairs.values()) {
    if (!pair.plan) straighten(pair);
    else {
      const { bends } = pair.plan;
      alignToHeld(pair.from, bends[0], bends[1]);
      alignToHeld(pair.to, bends.at(-1), bends.at(-2));
    }
  }
  const ends = new Map<string, Ends>();
  for (const [id, { from, to, plan }] of pairs) ends.set(id, { from: place(from), to: place(to), ...(plan ? { held: plan.bends } : {}) });
  return ends;
}
