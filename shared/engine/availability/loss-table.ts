/** What each journey loses when elements are lost and nothing else fails: exact, for all journeys in one sweep of the graph. */
import type { FormulaGraph } from './formula-graph.ts';
import { Worklist } from './worklist.ts';

/** Changes of a formula smaller than this are not carried on. */
const UNSEEN = 1e-14;

/** Losses by root formula. Filled as it is asked. */
export class LossTable {
  private readonly graph: FormulaGraph;
  private readonly up: Float64Array;
  private readonly value: Float64Array;
  private readonly open: Worklist;
  private readonly base: Float64Array;
  /** Positions in `roots` by formula. */
  private readonly rootsAt = new Map<number, number[]>();
  private readonly isRoot: Uint8Array;
  private readonly singles: (Float64Array | undefined)[] = [];
  private readonly columns = new Map<number, Float64Array>();
  /** Formulas that the last sweep changed, and what they held before. */
  private readonly changed: Int32Array;
  private readonly before: Float64Array;
  private changes = 0;
  private readonly pairs = new Map<number, Float64Array>();
  private readonly sets = new Map<string, Float64Array>();

  /** `lost`: elements that are lost anyway; losses are relative to that. Roots below 0 have none. */
  constructor(graph: FormulaGraph, roots: Int32Array, lost: readonly number[] = []) {
    this.graph = graph;
    this.up = new Float64Array(graph.book.elements.length).fill(1);
    this.value = new Float64Array(graph.size).fill(1);
    this.open = new Worklist(graph.size);
    this.changed = new Int32Array(graph.size);
    this.before = new Float64Array(graph.size);
    this.sweep(lost);
    roots.forEach((root, j) => {
      const here = this.rootsAt.get(root);
      if (here) here.push(j);
      else if (root >= 0) this.rootsAt.set(root, [j]);
    });
    this.isRoot = new Uint8Array(graph.size);
    for (const root of this.rootsAt.keys()) this.isRoot[root] = 1;
    this.base = Float64Array.from(roots, (root) => (root < 0 ? 0 : (this.value[root] as number)));
  }

  /** Share of its requests that each root loses without one element. */
  single(element: number): Float64Array {
    const existing = this.singles[element];
    if (existing) return existing;
    const made = this.lossOf([element]);
    this.singles[element] = made;
    return made;
  }

  /** Share of its requests that each root loses without all of these elements. */
  together(elements: readonly number[]): Float64Array {
    const [first] = elements;
    if (first !== undefined && elements.length === 1) return this.single(first);
    const key = elements.join();
    const existing = this.sets.get(key);
    if (existing) return existing;
    const made = this.lossOf(elements);
    this.sets.set(key, made);
    return made;
  }

  /** Share that each root loses without two elements. */
  pair(first: number, second: number): Float64Array {
    const key = Math.min(first, second) * this.up.length + Math.max(first, second);
    const existing = this.pairs.get(key);
    if (existing) return existing;
    const made = this.lossOf([first, second]);
    this.pairs.set(key, made);
    return made;
  }

  /** Losses of one root without each of these elements, which are always the same for a root. */
  column(root: number, elements: readonly number[]): Float64Array {
    const existing = this.columns.get(root);
    if (existing) return existing;
    const made = Float64Array.from(elements, (element) => this.single(element)[root] as number);
    this.columns.set(root, made);
    return made;
  }

  private lossOf(elements: readonly number[]): Float64Array {
    const { value, up } = this;
    const kept = elements.map((element) => up[element] as number);
    this.sweep(elements);
    const losses = new Float64Array(this.base.length);
    for (let k = 0; k < this.changes; k++) {
      const formula = this.changed[k] as number;
      if (this.isRoot[formula] === 1) this.addLosses(formula, losses);
      value[formula] = this.before[k] as number;
    }
    elements.forEach((element, i) => void (up[element] = kept[i] as number));
    return losses;
  }

  /** What the roots at one formula lose at its present value. */
  private addLosses(formula: number, losses: Float64Array): void {
    const after = this.value[formula] as number;
    for (const j of this.rootsAt.get(formula) ?? []) {
      const before = this.base[j] as number;
      if (after < before) losses[j] = Math.min(1, 1 - after / before);
    }
  }

  /** Compute what stands above these elements again, as far as it changes. */
  private sweep(elements: readonly number[]): void {
    const { graph, up, value, open } = this;
    const { users, above } = graph;
    this.changes = 0;
    for (const element of elements) {
      up[element] = 0;
      for (let at = users.start[element] as number; at < (users.start[element + 1] as number); at++) open.add(users.items[at] as number);
    }
    for (let i = open.next(); i >= 0; i = open.next()) {
      const before = value[i] as number;
      const after = graph.step(i, up, value);
      if (Math.abs(after - before) < UNSEEN) continue;
      value[i] = after;
      this.changed[this.changes] = i;
      this.before[this.changes++] = before;
      for (let at = above.start[i] as number; at < (above.start[i + 1] as number); at++) open.add(above.items[at] as number);
    }
  }
}
