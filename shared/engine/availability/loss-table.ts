/** What each journey loses when elements are lost and nothing else fails: exact, for all journeys in one sweep of the graph. */
import type { FormulaGraph } from './formula-graph.ts';
import { LANES, LaneLosses, rootsOf, UNSEEN, type LossRow, type RootsAt } from './lane-losses.ts';
import { SingleLosses } from './single-losses.ts';
import { Worklist } from './worklist.ts';

/** Losses by root formula. Filled as it is asked. */
export class LossTable {
  private readonly graph: FormulaGraph;
  private readonly up: Float64Array;
  private readonly value: Float64Array;
  private readonly open: Worklist;
  private readonly base: Float64Array;
  private readonly rootsAt: RootsAt;
  /** Many sets at a time, while nothing is lost anyway. */
  private readonly lanes: LaneLosses | null;
  private readonly alone: SingleLosses | null;
  /** Nodes that are two elements, a primary and its copies: pairs that are asked for sooner or later; and where each stands. */
  private readonly twins: (readonly [number, number])[] = [];
  private readonly twinAt = new Map<number, number>();
  private readonly singles: (LossRow | undefined)[];
  /** Formulas that the last sweep changed, and what they held before. */
  private readonly changed: Int32Array;
  private readonly before: Float64Array;
  private changes = 0;
  private readonly pairs = new Map<number, LossRow>();
  private readonly sets = new Map<string, LossRow>();

  /** `lost`: elements that are lost anyway; losses are relative to that. Roots below 0 have none. */
  constructor(graph: FormulaGraph, roots: Int32Array, lost: readonly number[] = []) {
    this.graph = graph;
    this.singles = new Array<LossRow | undefined>(graph.book.elements.length);
    this.up = new Float64Array(graph.book.elements.length).fill(1);
    this.value = new Float64Array(graph.size).fill(1);
    this.open = new Worklist(graph.size);
    this.changed = new Int32Array(graph.size);
    this.before = new Float64Array(graph.size);
    this.sweep(lost);
    this.rootsAt = rootsOf(graph.size, roots);
    this.lanes = lost.length === 0 ? new LaneLosses(graph, this.rootsAt) : null;
    this.alone = this.lanes && new SingleLosses(graph, roots, this.lanes);
    if (this.lanes) this.findTwins();
    this.base = new Float64Array(roots.length);
    for (let j = 0; j < roots.length; j++) this.base[j] = this.value[roots[j] as number] ?? 0;
  }

  private findTwins(): void {
    const { elements } = this.graph.book;
    const primary = new Map<number, number>();
    elements.forEach((element, i) => void (element.kind === 'node' && primary.set(element.node, i)));
    elements.forEach((element, i) => {
      const first = element.kind === 'replicas' ? primary.get(element.node) : undefined;
      if (first === undefined) return;
      this.twinAt.set(this.keyOf(first, i), this.twins.length);
      this.twins.push([first, i]);
    });
  }

  private keyOf(first: number, second: number): number {
    return Math.min(first, second) * this.up.length + Math.max(first, second);
  }

  /** Share of its requests that each root loses without one element. */
  single(element: number): LossRow {
    return this.alone ? this.alone.of(element) : (this.singles[element] ??= this.lossOf([element]));
  }

  /** Share of its requests that each root loses without all of these elements. */
  together(elements: readonly number[]): LossRow {
    const [first, second] = elements;
    if (first !== undefined && elements.length === 1) return this.single(first);
    if (first !== undefined && second !== undefined && elements.length === 2) return this.pair(first, second);
    const key = elements.join();
    const existing = this.sets.get(key);
    if (existing) return existing;
    const made = this.lossOf(elements);
    this.sets.set(key, made);
    return made;
  }

  /** Share that each root loses without two elements. */
  pair(first: number, second: number): LossRow {
    const key = this.keyOf(first, second);
    const existing = this.pairs.get(key);
    if (existing) return existing;
    const twin = this.twinAt.get(key);
    if (twin !== undefined && this.lanes) {
      const group = this.twins.slice(twin - (twin % LANES), twin - (twin % LANES) + LANES);
      this.lanes.of(group).forEach((losses, i) => void this.pairs.set(this.keyOf(...(group[i] as readonly [number, number])), losses));
    } else this.pairs.set(key, this.lossOf([first, second]));
    return this.pairs.get(key) as LossRow;
  }

  private lossOf(elements: readonly number[]): LossRow {
    const { value, up } = this;
    const kept = elements.map((element) => up[element] as number);
    this.sweep(elements);
    const losses = new Float64Array(this.base.length);
    for (let k = 0; k < this.changes; k++) {
      const formula = this.changed[k] as number;
      this.addLosses(formula, losses);
      value[formula] = this.before[k] as number;
    }
    elements.forEach((element, i) => void (up[element] = kept[i] as number));
    return { values: losses, from: 0 };
  }

  /** What the roots at one formula lose at its present value. */
  private addLosses(formula: number, losses: Float64Array): void {
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
