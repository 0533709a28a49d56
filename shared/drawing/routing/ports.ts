import { isHorizontal, outerRect, PORT_GAP, STUB, type Point, type Polyline, type Port, type RouteBox, type RouteEdge, type Side } from './geometry.ts';
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

interface Slot { readonly edge: string; readonly end: 'from' | 'to'; readonly far: number; readonly farther: number; at: number }
interface SideSlots { readonly box: RouteBox; readonly side: Side; readonly slots: Slot[]; readonly low: number; readonly high: number }

/** The stretch of a side that may carry ports, along its axis. */
function span(box: RouteBox, side: Side): readonly [number, number] {
  if (side === 'left') return [box.y + CORNER_INSET, box.y + box.h - CORNER_INSET];
  if (side === 'right') return [box.y + CORNER_INSET, box.y + box.h - CORNER_INSET - box.plates];
  if (side === 'bottom') return [box.x + CORNER_INSET, box.x + box.w - CORNER_INSET];
  return [box.x + BADGE_INSET, box.x + box.w + box.plates - CORNER_INSET - (box.tab > 0 ? box.tab + 12 : 0)];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Spread the slots of one side around its middle, 16 apart, closer only when the side is too short. */
function spread(side: SideSlots): void {
  side.slots.sort((a, b) => a.far - b.far || a.farther - b.farther || (a.edge < b.edge ? -1 : a.edge > b.edge ? 1 : a.end < b.end ? -1 : 1));
  const { box, slots, low, high } = side;
  const middle = isHorizontal(side.side) ? box.y + box.h / 2 : box.x + box.w / 2;
  const gap = slots.length < 2 ? 0 : Math.min(PORT_GAP, (high - low) / (slots.length - 1));
  const first = clamp(middle - (gap * (slots.length - 1)) / 2, low, Math.max(low, high - gap * (slots.length - 1)));
  slots.forEach((slot, index) => (slot.at = first + gap * index));
}

function place(side: SideSlots, slot: Slot): Port {
  const rect = outerRect(side.box);
  switch (side.side) {
    case 'left': return { side: 'left', x: rect.left, y: slot.at };
    case 'right': return { side: 'right', x: rect.right, y: slot.at };
    case 'top': return { side: 'top', x: slot.at, y: rect.top };
    case 'bottom': return { side: 'bottom', x: slot.at, y: rect.bottom };
  }
}

/** Whether a slot may move to a place without coming too near to its neighbours or leaving its side. */
function mayStand(side: SideSlots, slot: Slot, at: number): boolean {
  if (at < side.low || at > side.high) return false;
  const index = side.slots.indexOf(slot);
  const before = side.slots[index - 1];
  const after = side.slots[index + 1];
  return (!before || at - before.at >= PORT_GAP - 0.5) && (!after || after.at - at >= PORT_GAP - 0.5);
}

interface Pair { readonly from: readonly [SideSlots, Slot]; readonly to: readonly [SideSlots, Slot]; readonly plan: HeldPlan | null }

/** Put both ends of an almost straight connection on one line, moving the end that has room. */
function straighten(pair: Pair): void {
  const [fromSide, from] = pair.from;
  const [toSide, to] = pair.to;
  if (isHorizontal(fromSide.side) !== isHorizontal(toSide.side)) return;
  const difference = Math.abs(from.at - to.at);
  if (difference === 0 || difference >= STRAIGHTEN) return;
  if (fromSide.slots.length >= toSide.slots.length && mayStand(toSide, to, from.at)) to.at = from.at;
  else if (mayStand(fromSide, from, to.at)) from.at = to.at;
  else if (mayStand(toSide, to, from.at)) to.at = from.at;
}

/** Put an end onto the held piece that runs straight on from it, where it has room. */
function alignToHeld([side, slot]: readonly [SideSlots, Slot], near: Point | undefined, far: Point | undefined): void {
  if (!near || !far || (isHorizontal(side.side) ? near.y !== far.y : near.x !== far.x)) return;
  const at = isHorizontal(side.side) ? near.y : near.x;
  if (Math.abs(at - slot.at) < STRAIGHTEN && mayStand(side, slot, at)) slot.at = at;
}

function middleOf(box: RouteBox): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/** Collects the ports of each side of each box. */
function collectSides(boxes: ReadonlyMap<string, RouteBox>, edges: Iterable<RouteEdge>): ReadonlyMap<string, Pair> {
  const sides = new Map<string, SideSlots>();
  const pairs = new Map<string, Pair>();
  const slotOn = (box: RouteBox, side: Side, edge: string, end: 'from' | 'to', other: Point): readonly [SideSlots, Slot] => {
    const key = `${side} ${box.id}`;
    let slots = sides.get(key);
    if (!slots) {
      const [low, high] = span(box, side);
      sides.set(key, (slots = { box, side, slots: [], low, high: Math.max(low, high) }));
    }
    const across = { far: other.y, farther: other.x };
    const slot: Slot = { edge, end, at: 0, ...(isHorizontal(side) ? across : { far: across.farther, farther: across.far }) };
    slots.slots.push(slot);
    return [slots, slot];
  };
  for (const edge of edges) {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (!from || !to) continue;
    const usual = from === to ? (['right', 'top'] as const) : chooseSides(from, to);
    const plan = edge.held && from !== to ? planHeld(from, to, edge.held, usual) : null;
    const [leaves, enters] = plan ? [plan.leaves, plan.enters] : usual;
    const [first, last] = [plan?.bends[1] ?? plan?.bends[0] ?? middleOf(to), plan?.bends.at(-2) ?? plan?.bends[0] ?? middleOf(from)];
    pairs.set(edge.id, { from: slotOn(from, leaves, edge.id, 'from', first), to: slotOn(to, enters, edge.id, 'to', last), plan });
  }
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
  for (const [id, { from, to, plan }] of pairs) ends.set(id, { from: place(...from), to: place(...to), ...(plan ? { held: plan.bends } : {}) });
  return ends;
}
