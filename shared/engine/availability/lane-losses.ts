/**
 * What each root loses without some elements, for 32 such sets side by side in one sweep of the formulas above them.
 * Everything else is up, so that what none of the 32 touches loses nothing and is left out.
 */
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { ANY, ONE } from './expressions.ts';
import type { FormulaGraph } from './formula-graph.ts';
import { Worklist } from './worklist.ts';

/** Sets that one sweep takes: bits of a word. */
export const LANES = 32;

/** Changes of a formula smaller than this are not carried on. */
export const UNSEEN = 1e-14;

/** Which roots a formula is: for each formula the first of them, for each root the next; one more than its position, 0 for none. */
export interface RootsAt { readonly first: Numbers; readonly next: Numbers }

/** By formula; roots below 0 are nowhere. */
export function rootsOf(size: number, roots: Numbers): RootsAt {
  const first = wholes(size);
  const next = wholes(roots.length);
  for (let j = 0; j < roots.length; j++) {
    const root = roots[j] as number;
    if (root < 0) continue;
    next[j] = first[root] as number;
    first[root] = j + 1;
  }
  return { first, next };
}

/** Losses by root: of root j at `from + j`. */
export interface LossRow { readonly values: Numbers; readonly from: number }

/** What root j loses. */
export function lostBy({ values: losses, from }: LossRow, j: number): number {
  return losses[from + j] as number;
}

/** Scratch of one sweep: losses by formula and lane. */
let scratch = floats(0);

/** A loss too small to be carried on: 0 and what can be seen are not, which one comparison tells. */
function isUnseen(loss: number): boolean {
  return loss * (UNSEEN - loss) > 0;
}

/** Row of a formula of which one part loses something. */
function needOne(loss: Numbers, row: number, part: number, share: number): void {
  for (let l = 0; l < LANES; l++) {
    let lost = 1 - (1 - share * (loss[part + l] as number));
    if (isUnseen(lost)) lost = 0;
    loss[row + l] = lost;
  }
}

/** The same of which two do. */
function needTwo(loss: Numbers, row: number, first: number, ofFirst: number, second: number, ofSecond: number): void {
  for (let l = 0; l < LANES; l++) {
    let lost = 1 - (1 - ofFirst * (loss[first + l] as number)) * (1 - ofSecond * (loss[second + l] as number));
    if (isUnseen(lost)) lost = 0;
    loss[row + l] = lost;
  }
}

/** For more: what two of them leave, which others lower. */
function leave(loss: Numbers, row: number, first: number, ofFirst: number, second: number, ofSecond: number): void {
  for (let l = 0; l < LANES; l++) loss[row + l] = (1 - ofFirst * (loss[first + l] as number)) * (1 - ofSecond * (loss[second + l] as number));
}

function lower(loss: Numbers, row: number, part: number, share: number): void {
  for (let l = 0; l < LANES; l++) loss[row + l] = (loss[row + l] as number) * (1 - share * (loss[part + l] as number));
}

/** The last of them, and from what is left to what is lost. */
function needLast(loss: Numbers, row: number, part: number, share: number): void {
  for (let l = 0; l < LANES; l++) {
    let lost = 1 - (loss[row + l] as number) * (1 - share * (loss[part + l] as number));
    if (isUnseen(lost)) lost = 0;
    loss[row + l] = lost;
  }
}

/** Each request takes one of the parts: what is left is lowered by the share of one of them. */
function take(loss: Numbers, row: number, part: number, share: number): void {
  for (let l = 0; l < LANES; l++) loss[row + l] = (loss[row + l] as number) - share * (loss[part + l] as number);
}

/** From what is left to what is lost. */
function settle(loss: Numbers, row: number): void {
  for (let at = row; at < row + LANES; at++) {
    const lost = 1 - (loss[at] as number);
    loss[at] = isUnseen(lost) ? 0 : lost;
  }
}

/** Whether a row loses anything; as a rule its first lanes tell. */
function losesAny(loss: Numbers, row: number): boolean {
  for (let at = row; at < row + LANES; at++) if (loss[at] !== 0) return true;
  return false;
}

/** Elements of its own that are lost take everything. `started`: the row holds losses already. */
function lose(loss: Numbers, row: number, lost: number, started: boolean): void {
  if (!started) loss.fill(0, row, row + LANES);
  for (let lanes = lost; lanes !== 0; lanes &= lanes - 1) loss[row + 31 - Math.clz32(lanes & -lanes)] = 1;
}

/** For each formula the last one before it whose first element is the same. */
function likeOf({ size, elements: { start, items }, users }: FormulaGraph): Numbers {
  const like = wholes(size).fill(-1);
  const last = wholes(users.start.length).fill(-1);
  for (let i = 0; i < size; i++) {
    if (start[i] === start[i + 1]) continue;
    const element = items[start[i] as number] as number;
    like[i] = last[element] as number;
    last[element] = i;
  }
  return like;
}

/** Losses of sets of elements, 32 at a time. */
export class LaneLosses {
  private readonly graph: FormulaGraph;
  private readonly rootsAt: RootsAt;
  private readonly open: Worklist;
  /** By formula: one more than its row; rows of earlier sweeps have smaller numbers. Equal formulas have one row. */
  private readonly rows: Numbers;
  /** By formula: an earlier one about the same element, such as the read beside the write; -1 for none. */
  private readonly like: Numbers;
  /** By formula: lanes in which an element of its own is lost. */
  private readonly lost: Numbers;
  /** Scratch of one step: parts that lose something, where their rows begin and by which shares they are needed. */
  private readonly partRows: Numbers;
  private readonly partShares: Numbers;
  /** Rows of all sweeps, and of those before the present one. */
  private made = 0;
  private before = 0;

  constructor(graph: FormulaGraph, rootsAt: RootsAt) {
    this.graph = graph;
    this.rootsAt = rootsAt;
    this.open = new Worklist(graph.size);
    this.rows = wholes(graph.size);
    this.like = likeOf(graph);
    this.lost = wholes(graph.size);
    const { start } = graph.parts;
    let most = 0;
    for (let i = 0; i < graph.size; i++) most = Math.max(most, (start[i + 1] as number) - (start[i] as number));
    this.partRows = wholes(most);
    this.partShares = floats(most);
  }

  /**
   * Losses by set: of set k and root j at `from + k * roots + j` of `losses`, which is 0 there. `elements` holds the sets, all
   * of `each` elements, one after the other; 32 sets at most.
   */
  find(elements: ArrayLike<number>, each: number, losses: Numbers, from: number): void {
    const { graph: { users: { start, items }, size }, lost, open } = this;
    if (scratch.length < size * LANES) scratch = floats(size * LANES);
    for (let k = 0; k < elements.length; k++) {
      const element = elements[k] as number;
      const lane = 1 << Math.floor(k / each);
      for (let at = start[element] as number; at < (start[element + 1] as number); at++) {
        const formula = items[at] as number;
        lost[formula] = (lost[formula] as number) | lane;
        open.add(formula);
      }
    }
    this.sweep(scratch, losses, from, elements.length / each);
    for (let k = 0; k < elements.length; k++) {
      const element = elements[k] as number;
      for (let at = start[element] as number; at < (start[element + 1] as number); at++) lost[items[at] as number] = 0;
    }
  }

  private sweep(loss: Numbers, losses: Numbers, from: number, lanes: number): void {
    const { graph: { above: { start, items } }, open, rootsAt: { first } } = this;
    this.before = this.made;
    for (let i = open.next(); i >= 0; i = open.next()) {
      if (!this.step(i, loss)) continue;
      for (let at = start[i] as number; at < (start[i + 1] as number); at++) open.add(items[at] as number);
      if (first[i] !== 0) this.note(i, loss, losses, from, lanes);
    }
  }

  /** Row of a formula; false when it loses nothing. */
  private step(i: number, loss: Numbers): boolean {
    const { graph: { kinds, parts: { start, items }, shares }, rows, before, partRows, partShares } = this;
    const lanes = this.lost[i] as number;
    const from = start[i] as number;
    const end = start[i + 1] as number;
    let count = 0;
    for (let at = from; at < end; at++) {
      const row = rows[items[at] as number] as number;
      if (row <= before) continue;
      partRows[count] = (row - before - 1) * LANES;
      partShares[count++] = shares[at] as number;
    }
    const kind = kinds[i];
    if (kind === ANY ? count < end - from : count === 0 && lanes === 0) return false;
    const same = this.sameAs(i, count, lanes);
    if (same > 0) {
      rows[i] = same;
      return true;
    }
    const row = (this.made - before) * LANES;
    rows[i] = ++this.made;
    if (kind === ANY) return this.replaced(row, count, loss);
    if (count > 0) this.needed(row, count, kind === ONE, loss);
    if (lanes !== 0) lose(loss, row, lanes, count > 0);
    return lanes !== 0 || losesAny(loss, row);
  }

  /** Number of a row that a formula has in common with another: with its only part, or with one that is like it; 0 for none. */
  private sameAs(i: number, count: number, lanes: number): number {
    const { graph: { kinds, parts: { start, items }, shares }, rows, before, partRows, partShares } = this;
    if (count === 1 && lanes === 0 && partShares[0] === 1) return (partRows[0] as number) / LANES + before + 1;
    const like = this.like[i] as number;
    if (like < 0 || (rows[like] as number) <= before || this.lost[like] !== lanes || kinds[like] !== kinds[i]) return 0;
    let met = 0;
    for (let at = start[like] as number; at < (start[like + 1] as number); at++) {
      const row = rows[items[at] as number] as number;
      if (row <= before) continue;
      if (met === count || (row - before - 1) * LANES !== partRows[met] || shares[at] !== partShares[met]) return 0;
      met += 1;
    }
    return met === count ? (rows[like] as number) : 0;
  }

  /** Alternatives: one that stays up is enough. */
  private replaced(row: number, count: number, loss: Numbers): boolean {
    loss.fill(1, row, row + LANES);
    for (let k = 0; k < count; k++) {
      const part = this.partRows[k] as number;
      for (let l = 0; l < LANES; l++) loss[row + l] = (loss[row + l] as number) * (loss[part + l] as number);
    }
    for (let at = row; at < row + LANES; at++) loss[at] = 1 - (loss[at] as number);
    settle(loss, row);
    return losesAny(loss, row);
  }

  /** Everything is needed. `one`: each request takes one of the parts. */
  private needed(row: number, count: number, one: boolean, loss: Numbers): void {
    const { partRows, partShares } = this;
    if (count === 1) return needOne(loss, row, partRows[0] as number, partShares[0] as number);
    if (one) return this.taken(row, count, loss);
    if (count === 2) return needTwo(loss, row, partRows[0] as number, partShares[0] as number, partRows[1] as number, partShares[1] as number);
    leave(loss, row, partRows[0] as number, partShares[0] as number, partRows[1] as number, partShares[1] as number);
    for (let k = 2; k < count - 1; k++) lower(loss, row, partRows[k] as number, partShares[k] as number);
    needLast(loss, row, partRows[count - 1] as number, partShares[count - 1] as number);
  }

  private taken(row: number, count: number, loss: Numbers): void {
    loss.fill(1, row, row + LANES);
    for (let k = 0; k < count; k++) take(loss, row, this.partRows[k] as number, this.partShares[k] as number);
    settle(loss, row);
  }

  private note(i: number, loss: Numbers, losses: Numbers, from: number, lanes: number): void {
    const { first, next } = this.rootsAt;
    const row = ((this.rows[i] as number) - this.before - 1) * LANES;
    for (let root = first[i] as number; root > 0; root = next[root - 1] as number) {
      for (let l = 0; l < lanes; l++) losses[from + l * next.length + root - 1] = Math.min(1, loss[row + l] as number);
    }
  }
}
