/** What each journey loses when elements are lost and nothing else fails: exact, for all journeys at once. */
import { floats, type Numbers, wholes } from '../math/lists.ts';
import type { FormulaGraph } from './formula-graph.ts';
import { LaneLosses, lostBy, rootsOf, type LossRow, type RootsAt } from './lane-losses.ts';
import { SetLosses } from './set-losses.ts';
import { SweptLosses } from './swept-losses.ts';

/** Many sets at a time, while nothing is lost anyway: single elements, and nodes that are two elements, a primary and its copies. */
interface Swept {
  readonly singles: SweptLosses;
  readonly twins: SweptLosses;
  /** By element: its place among the singles; -1 for copies, which nobody misses while the primary beside them is up. */
  readonly single: Numbers;
  /** By element: the other half of the node, or -1; and the place of the two among the twins. */
  readonly other: Numbers;
  readonly twin: Numbers;
  readonly nothing: LossRow;
}

/** Fill in which elements are two halves of a node. Returns the twins, one after the other. */
function findTwins({ book: { elements } }: FormulaGraph, other: Numbers, twin: Numbers): Numbers {
  const primary = new Map<number, number>();
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element?.kind === 'node') primary.set(element.node, i);
  }
  const twins: number[] = [];
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    const first = element?.kind === 'replicas' ? primary.get(element.node) : undefined;
    if (first === undefined) continue;
    other[first] = i;
    other[i] = first;
    twin[i] = twins.length >>> 1;
    twin[first] = twins.length >>> 1;
    twins.push(first, i);
  }
  return twins;
}

/**
 * Elements but copies, those that reads and writes meet alike first: sweeps with only these find the same for reads as for
 * writes, once.
 */
function singlesOf({ book: { elements }, users: { start } }: FormulaGraph, other: Numbers): Numbers {
  const alike: number[] = [];
  const oneWay: number[] = [];
  for (let i = 0; i < elements.length; i++) {
    if (elements[i]?.kind === 'replicas') continue;
    if ((other[i] as number) >= 0 || (start[i + 1] as number) - (start[i] as number) < 2) oneWay.push(i);
    else alike.push(i);
  }
  return alike.concat(oneWay);
}

function sweptBy(graph: FormulaGraph, roots: number, rootsAt: RootsAt): Swept {
  const size = graph.book.elements.length;
  const other = wholes(size).fill(-1);
  const twin = wholes(size);
  const twins = findTwins(graph, other, twin);
  const order = singlesOf(graph, other);
  const single = wholes(size).fill(-1);
  for (let place = 0; place < order.length; place++) single[order[place] as number] = place;
  const lanes = new LaneLosses(graph, rootsAt);
  return { singles: new SweptLosses(lanes, order, 1, roots), twins: new SweptLosses(lanes, twins, 2, roots), single, other, twin, nothing: { values: floats(roots), from: 0 } };
}

/** Losses by root formula. Filled as it is asked. */
export class LossTable {
  /** Number of elements. */
  readonly elements: number;
  private readonly graph: FormulaGraph;
  private readonly roots: Numbers;
  private readonly lost: readonly number[];
  private readonly rootsAt: RootsAt;
  private readonly swept: Swept | null;
  private one: SetLosses | null = null;
  private readonly sets = new Map<string, LossRow>();

  /** `lost`: elements that are lost anyway; losses are relative to that. Roots below 0 have none. */
  constructor(graph: FormulaGraph, roots: Numbers, lost: readonly number[] = []) {
    this.elements = graph.book.elements.length;
    this.graph = graph;
    this.roots = roots;
    this.lost = lost;
    this.rootsAt = rootsOf(graph.size, roots);
    this.swept = lost.length === 0 ? sweptBy(graph, roots.length, this.rootsAt) : null;
  }

  /** Share of its requests that each root loses without one element. */
  single(element: number): LossRow {
    const { swept } = this;
    if (!swept) return this.set([element]);
    const place = swept.single[element] as number;
    return place < 0 ? swept.nothing : swept.singles.of(place);
  }

  /** What one root loses without one element. */
  singleAt(element: number, root: number): number {
    const { swept } = this;
    if (!swept) return lostBy(this.single(element), root);
    const place = swept.single[element] as number;
    return place < 0 ? 0 : swept.singles.at(place, root);
  }

  /** Share of its requests that each root loses without all of these elements. */
  together(elements: readonly number[]): LossRow {
    const [first, second] = elements;
    if (first !== undefined && elements.length === 1) return this.single(first);
    if (first !== undefined && second !== undefined && elements.length === 2) return this.pair(first, second);
    return this.set(elements);
  }

  /** Share that each root loses without two elements. */
  pair(first: number, second: number): LossRow {
    const { swept } = this;
    if (swept && swept.other[first] === second) return swept.twins.of(swept.twin[first] as number);
    return this.set(first < second ? [first, second] : [second, first]);
  }

  private set(elements: readonly number[]): LossRow {
    const key = elements.join();
    const known = this.sets.get(key);
    if (known) return known;
    this.one ??= new SetLosses(this.graph, this.roots, this.rootsAt, this.lost);
    const made = this.one.of(elements);
    this.sets.set(key, made);
    return made;
  }
}
