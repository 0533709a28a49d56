/** Which elements occur below a formula, and which of them more than once at a time. */
import type { Bits } from './bits.ts';
import { ONE } from './expressions.ts';
import type { FormulaGraph } from './formula-graph.ts';

/** Elements below a formula: all, and those that occur more than once at a time. */
export interface Occurrences { readonly once: Bits; readonly twice: Bits }

/** Finds them for some formulas: for 32 elements at a time, in one pass over the formulas above these. */
class Counter {
  private readonly graph: FormulaGraph;
  /** By formula, for the present 32: bits of those below it, and the block for which they hold. */
  private readonly once: Uint32Array;
  private readonly twice: Uint32Array;
  private readonly countedFor: Int32Array;

  constructor(graph: FormulaGraph) {
    this.graph = graph;
    this.once = new Uint32Array(graph.size);
    this.twice = new Uint32Array(graph.size);
    this.countedFor = new Int32Array(graph.size).fill(-1);
  }

  /** Counts the elements of a block up to all formulas above them. */
  count(block: number, found: ReadonlyMap<number, Occurrences>): void {
    const { users, above, open, book } = this.graph;
    const last = Math.min(book.elements.length, (block + 1) << 5);
    for (let element = block << 5; element < last; element++) {
      for (let at = users.start[element] as number; at < (users.start[element + 1] as number); at++) open.add(users.items[at] as number);
    }
    for (let i = open.next(); i >= 0; i = open.next()) {
      this.countAt(i, block);
      for (let at = above.start[i] as number; at < (above.start[i + 1] as number); at++) open.add(above.items[at] as number);
      const wanted = found.get(i);
      if (!wanted) continue;
      wanted.once[block] = this.once[i] as number;
      wanted.twice[block] = this.twice[i] as number;
    }
  }

  /** Alternatives that exclude each other (`ONE`) count as the larger. */
  private countAt(i: number, block: number): void {
    const { elements, parts, kinds } = this.graph;
    const one = kinds[i] === ONE;
    let once = 0;
    let twice = 0;
    for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) {
      const element = elements.items[at] as number;
      if (element >>> 5 === block) once |= 1 << (element & 31);
    }
    for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) {
      const part = parts.items[at] as number;
      if (this.countedFor[part] !== block) continue;
      const below = this.once[part] as number;
      twice |= (this.twice[part] as number) | (one ? 0 : below & once);
      once |= below;
    }
    this.once[i] = once;
    this.twice[i] = twice;
    this.countedFor[i] = block;
  }
}

/** Occurrences below some formulas, by formula. */
export function occurrencesBelow(graph: FormulaGraph, formulas: Iterable<number>): ReadonlyMap<number, Occurrences> {
  const blocks = (graph.book.elements.length + 31) >>> 5;
  const found = new Map<number, Occurrences>();
  for (const formula of formulas) found.set(formula, { once: new Uint32Array(blocks), twice: new Uint32Array(blocks) });
  const counter = new Counter(graph);
  for (let block = 0; block < blocks; block++) counter.count(block, found);
  return found;
}
