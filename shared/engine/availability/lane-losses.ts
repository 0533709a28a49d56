/**
 * What each root loses without some elements, for sixteen such sets side by side in one sweep of the formulas above them.
 * Everything else is up, so that what none of the sixteen touches has the value 1 and is left out.
 */
import { ANY, ONE } from './expressions.ts';
import type { FormulaGraph } from './formula-graph.ts';
import { Worklist } from './worklist.ts';

/** Sets that one sweep takes. */
export const LANES = 16;

/** Which roots a formula is: for each formula the first of them, for each root the next; one more than its position, 0 for none. */
export interface RootsAt { readonly first: Int32Array; readonly next: Int32Array }

/** Scratch of one sweep: values by formula and lane. */
let values = new Float64Array(0);

/** Losses of sets of elements, sixteen at a time. */
export class LaneLosses {
  private readonly graph: FormulaGraph;
  private readonly rootsAt: RootsAt;
  private readonly unseen: number;
  private readonly open: Worklist;
  /** By formula: the sweep that changed it last; by element: lanes in which it is lost. */
  private readonly changedBy: Int32Array;
  private readonly lost: Int32Array;
  private sweeps = 0;

  /** Changes below `unseen` are not carried on. */
  constructor(graph: FormulaGraph, rootsAt: RootsAt, unseen: number) {
    this.graph = graph;
    this.rootsAt = rootsAt;
    this.unseen = unseen;
    this.open = new Worklist(graph.size);
    this.changedBy = new Int32Array(graph.size);
    this.lost = new Int32Array(graph.book.elements.length);
  }

  /** Losses by set and root. Sixteen sets at most. */
  of(sets: readonly (readonly number[])[]): Float64Array[] {
    const roots = this.rootsAt.next.length;
    const losses = new Float64Array(sets.length * roots);
    sets.forEach((elements, lane) => {
      for (const element of elements) this.lost[element] = (this.lost[element] as number) | (1 << lane);
    });
    this.sweep(sets, losses);
    for (const elements of sets) for (const element of elements) this.lost[element] = 0;
    return sets.map((_, lane) => losses.subarray(lane * roots, (lane + 1) * roots));
  }

  private sweep(sets: readonly (readonly number[])[], losses: Float64Array): void {
    const { graph: { users, above, size }, open, changedBy } = this;
    if (values.length < size * LANES) values = new Float64Array(size * LANES);
    const sweep = ++this.sweeps;
    for (const elements of sets) {
      for (const element of elements) {
        for (let at = users.start[element] as number; at < (users.start[element + 1] as number); at++) open.add(users.items[at] as number);
      }
    }
    for (let i = open.next(); i >= 0; i = open.next()) {
      if (!this.step(i, sweep, values)) continue;
      changedBy[i] = sweep;
      for (let at = above.start[i] as number; at < (above.start[i + 1] as number); at++) open.add(above.items[at] as number);
      if (this.rootsAt.first[i] !== 0) this.note(i, values, losses);
    }
  }

  /** Values of a formula without each of the elements; false when none changes it. */
  private step(i: number, sweep: number, value: Float64Array): boolean {
    if (this.graph.kinds[i] === ANY) return this.replaced(i, sweep, value);
    const changed = this.needed(i, sweep, value);
    return this.lose(i, changed, value) || changed;
  }

  /** Alternatives: one that stays up is enough. */
  private replaced(i: number, sweep: number, value: Float64Array): boolean {
    const { parts } = this.graph;
    const row = i * LANES;
    const from = parts.start[i] as number;
    const end = parts.start[i + 1] as number;
    for (let at = from; at < end; at++) if (this.changedBy[parts.items[at] as number] !== sweep) return false;
    value.fill(1, row, row + LANES);
    for (let at = from; at < end; at++) {
      const part = (parts.items[at] as number) * LANES;
      for (let l = 0; l < LANES; l++) value[row + l] = (value[row + l] as number) * (1 - (value[part + l] as number));
    }
    let changed = false;
    for (let at = row; at < row + LANES; at++) {
      const left = 1 - (value[at] as number);
      value[at] = 1 - left < this.unseen ? 1 : left;
      if (value[at] !== 1) changed = true;
    }
    return changed;
  }

  /** Everything is needed. Parts that are not changed count as 1 and are passed over; false when all are. */
  private needed(i: number, sweep: number, value: Float64Array): boolean {
    const { graph: { parts, shares, kinds }, changedBy, unseen } = this;
    const row = i * LANES;
    const one = kinds[i] === ONE;
    const end = parts.start[i + 1] as number;
    let last = -1;
    let started = false;
    for (let at = parts.start[i] as number; at < end; at++) {
      if (changedBy[parts.items[at] as number] !== sweep) continue;
      if (last >= 0) {
        this.takePart(row, last, one, started, value);
        started = true;
      }
      last = at;
    }
    if (last < 0) return false;
    // the last part, and what is too little to see
    const share = shares[last] as number;
    const from = (parts.items[last] as number) * LANES;
    let changed = false;
    for (let l = 0; l < LANES; l++) {
      const lost = share * (1 - (value[from + l] as number));
      const left = !started ? 1 - lost : one ? (value[row + l] as number) - lost : (value[row + l] as number) * (1 - lost);
      if (1 - left < unseen) value[row + l] = 1;
      else {
        value[row + l] = left;
        changed = true;
      }
    }
    return changed;
  }

  private takePart(row: number, at: number, one: boolean, started: boolean, value: Float64Array): void {
    const share = this.graph.shares[at] as number;
    const from = (this.graph.parts.items[at] as number) * LANES;
    if (!started) for (let l = 0; l < LANES; l++) value[row + l] = 1 - share * (1 - (value[from + l] as number));
    else if (one) for (let l = 0; l < LANES; l++) value[row + l] = (value[row + l] as number) - share * (1 - (value[from + l] as number));
    else for (let l = 0; l < LANES; l++) value[row + l] = (value[row + l] as number) * (1 - share * (1 - (value[from + l] as number)));
  }

  /** Elements of its own that are lost; false when there are none. `started`: the row holds values already. */
  private lose(i: number, started: boolean, value: Float64Array): boolean {
    const { elements } = this.graph;
    let lanes = 0;
    for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) lanes |= this.lost[elements.items[at] as number] as number;
    if (lanes === 0) return false;
    const row = i * LANES;
    if (!started) value.fill(1, row, row + LANES);
    for (; lanes !== 0; lanes &= lanes - 1) value[row + 31 - Math.clz32(lanes & -lanes)] = 0;
    return true;
  }

  private note(i: number, value: Float64Array, losses: Float64Array): void {
    const { first, next } = this.rootsAt;
    const count = next.length;
    const lanes = losses.length / count;
    for (let root = first[i] as number; root > 0; root = next[root - 1] as number) {
      for (let l = 0; l < lanes; l++) {
        const after = value[i * LANES + l] as number;
        if (after < 1) losses[l * count + root - 1] = Math.min(1, 1 - after);
      }
    }
  }
}
