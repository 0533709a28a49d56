/**
 * What each root loses without some elements, for sixteen such sets side by side in one sweep of the formulas above them.
 * Everything else is up, so that what none of the sixteen touches has the value 1 and is left out.
 */
import { ANY, ONE, type FormulaGraph } from './formula-graph.ts';
import { Worklist } from './worklist.ts';

/** Sets that one sweep takes. */
export const LANES = 16;

/** Scratch of one sweep: values by formula and lane. */
let values = new Float64Array(0);

/** Losses of sets of elements, sixteen at a time. */
export class LaneLosses {
  private readonly graph: FormulaGraph;
  private readonly rootsAt: ReadonlyMap<number, readonly number[]>;
  private readonly roots: number;
  private readonly unseen: number;
  private readonly open: Worklist;
  /** By formula: the sweep that changed it last; by element: lanes in which it is lost. */
  private readonly changedBy: Int32Array;
  private readonly lost: Int32Array;
  private sweeps = 0;

  /** `rootsAt`: positions of the roots by formula, `roots` in number. Changes below `unseen` are not carried on. */
  constructor(graph: FormulaGraph, rootsAt: ReadonlyMap<number, readonly number[]>, roots: number, unseen: number) {
    this.graph = graph;
    this.rootsAt = rootsAt;
    this.roots = roots;
    this.unseen = unseen;
    this.open = new Worklist(graph.size);
    this.changedBy = new Int32Array(graph.size);
    this.lost = new Int32Array(graph.book.elements.length);
  }

  /** Losses by set and root. Sixteen sets at most. */
  of(sets: readonly (readonly number[])[]): Float64Array[] {
    const losses = new Float64Array(sets.length * this.roots);
    sets.forEach((elements, lane) => {
      for (const element of elements) this.lost[element] = (this.lost[element] as number) | (1 << lane);
    });
    this.sweep(sets, losses);
    for (const elements of sets) for (const element of elements) this.lost[element] = 0;
    return sets.map((_, lane) => losses.subarray(lane * this.roots, (lane + 1) * this.roots));
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
      const roots = this.rootsAt.get(i);
      if (roots) this.note(roots, values, i * LANES, losses);
    }
  }

  /** Values of a formula without each of the elements; false when none changes it. */
  private step(i: number, sweep: number, value: Float64Array): boolean {
    const { kinds } = this.graph;
    const row = i * LANES;
    value.fill(1, row, row + LANES);
    if (kinds[i] === ANY) {
      if (!this.replaced(i, sweep, value)) return false;
    } else {
      this.needed(i, sweep, value);
      this.lose(i, value);
    }
    let changed = false;
    for (let at = row; at < row + LANES; at++) {
      if (1 - (value[at] as number) < this.unseen) value[at] = 1;
      else changed = true;
    }
    return changed;
  }

  /** Alternatives: one that stays up is enough. */
  private replaced(i: number, sweep: number, value: Float64Array): boolean {
    const { parts } = this.graph;
    const row = i * LANES;
    const end = parts.start[i + 1] as number;
    for (let at = parts.start[i] as number; at < end; at++) if (this.changedBy[parts.items[at] as number] !== sweep) return false;
    for (let at = parts.start[i] as number; at < end; at++) {
      const part = (parts.items[at] as number) * LANES;
      for (let l = 0; l < LANES; l++) value[row + l] = (value[row + l] as number) * (1 - (value[part + l] as number));
    }
    for (let l = 0; l < LANES; l++) value[row + l] = 1 - (value[row + l] as number);
    return true;
  }

  private needed(i: number, sweep: number, value: Float64Array): void {
    const { parts, shares, kinds } = this.graph;
    const row = i * LANES;
    const one = kinds[i] === ONE;
    for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) {
      const part = parts.items[at] as number;
      if (this.changedBy[part] !== sweep) continue;
      const share = shares[at] as number;
      const from = part * LANES;
      if (one) for (let l = 0; l < LANES; l++) value[row + l] = (value[row + l] as number) - share * (1 - (value[from + l] as number));
      else for (let l = 0; l < LANES; l++) value[row + l] = (value[row + l] as number) * (1 - share * (1 - (value[from + l] as number)));
    }
  }

  private lose(i: number, value: Float64Array): void {
    const { elements } = this.graph;
    for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) {
      let lanes = this.lost[elements.items[at] as number] as number;
      for (; lanes !== 0; lanes &= lanes - 1) value[i * LANES + 31 - Math.clz32(lanes & -lanes)] = 0;
    }
  }

  private note(roots: readonly number[], value: Float64Array, row: number, losses: Float64Array): void {
    const lanes = losses.length / this.roots;
    for (let l = 0; l < lanes; l++) {
      const after = value[row + l] as number;
      if (after < 1) for (const root of roots) losses[l * this.roots + root] = Math.min(1, 1 - after);
    }
  }
}
