/** What each root loses without one set of elements after the other: exact, in a sweep of the formulas above them. */
import { floats, type Numbers, wholes } from '../math/lists.ts';
import type { FormulaGraph } from './formula-graph.ts';
import { UNSEEN, type LossRow, type RootsAt } from './lane-losses.ts';
import { Worklist } from './worklist.ts';

/** Losses relative to a state in which some elements are lost anyway. */
export class SetLosses {
  private readonly graph: FormulaGraph;
  private readonly up: Numbers;
  private readonly value: Numbers;
  private readonly open: Worklist;
  private readonly base: Numbers;
  private readonly rootsAt: RootsAt;
  /** Formulas that the last sweep changed, and what they held before. */
  private readonly changed: Numbers;
  private readonly before: Numbers;
  private changes = 0;

  /** `lost`: elements that are lost anyway. Roots below 0 lose nothing. */
  constructor(graph: FormulaGraph, roots: Numbers, rootsAt: RootsAt, lost: readonly number[]) {
    this.graph = graph;
    this.rootsAt = rootsAt;
    this.up = floats(graph.book.elements.length).fill(1);
    this.value = floats(graph.size).fill(1);
    this.open = new Worklist(graph.size);
    this.changed = wholes(graph.size);
    this.before = floats(graph.size);
    this.sweep(lost);
    this.base = floats(roots.length);
    for (let j = 0; j < roots.length; j++) this.base[j] = this.value[roots[j] as number] ?? 0;
  }

  /** Share of its requests that each root loses without these elements. */
  of(elements: readonly number[]): LossRow {
    const { value, up } = this;
    const kept = elements.map((element) => up[element] as number);
    this.sweep(elements);
    const losses = floats(this.base.length);
    for (let k = 0; k < this.changes; k++) {
      const formula = this.changed[k] as number;
      this.addLosses(formula, losses);
      value[formula] = this.before[k] as number;
    }
    elements.forEach((element, i) => void (up[element] = kept[i] as number));
    return { values: losses, from: 0 };
  }

  /** What the roots at one formula lose at its present value. */
  private addLosses(formula: number, losses: Numbers): void {
    const after = this.value[formula] as number;
    for (let root = this.rootsAt.first[formula] as number; root > 0; root = this.rootsAt.next[root - 1] as number) {
      const before = this.base[root - 1] as number;
      if (after < before) losses[root - 1] = Math.min(1, 1 - after / before);
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
