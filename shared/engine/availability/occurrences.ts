/** Which elements occur below formulas, and which of them more than once at a time: found for all of them in one pass from the top. */
import { type Numbers, wholes } from '../math/lists.ts';
import { addBits, noBits, type Bits } from './bits.ts';
import { ONE } from './expressions.ts';
import type { FormulaGraph, Lists } from './formula-graph.ts';

/** Elements below a formula: all, and those that occur more than once at a time. */
export interface Occurrences { readonly once: Bits; readonly twice: Bits }

/** What is met on the ways down: by item and start (bits of words), once at least, and more than once. */
class Met {
  readonly once: Uint32Array;
  readonly twice: Uint32Array;

  constructor(items: number, words: number) {
    this.once = new Uint32Array(items * words);
    this.twice = new Uint32Array(items * words);
  }

  /** Hand on what is met at a word of one list to the items of that list. */
  handOn({ start, items }: Lists, list: number, words: number, word: number, once: number, twice: number): void {
    for (let at = start[list] as number; at < (start[list + 1] as number); at++) {
      const to = (items[at] as number) * words + word;
      const before = this.once[to] as number;
      this.twice[to] = (this.twice[to] as number) | twice | (before & once);
      this.once[to] = before | once;
    }
  }
}

/**
 * Ways down from some formulas. A request takes one part of a `ONE`, so that what stands in two of its parts does not occur
 * twice: a way ends there, and each of the parts is a start of its own.
 */
export class Descent {
  private readonly graph: FormulaGraph;
  private readonly words: number;
  private readonly starts: readonly number[];
  /** By formula: one more than its place among the starts; 0 for none. */
  private readonly place: Numbers;
  private readonly formulas: Met;
  private readonly elements: Met;
  /** Formulas of which a request takes one part, ascending. */
  private readonly choices: readonly number[];
  /** By start: what occurs below it, and below the choices that it comes to, too. */
  private readonly known: (Occurrences | undefined)[] = [];
  private readonly reached: (Bits | undefined)[] = [];

  constructor(graph: FormulaGraph, roots: Iterable<number>) {
    const { kinds, parts, size } = graph;
    this.graph = graph;
    this.place = wholes(size);
    for (const root of roots) this.place[root] = 1;
    const choices: number[] = [];
    for (let i = 0; i < size; i++) {
      if (kinds[i] !== ONE) continue;
      choices.push(i);
      for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) this.place[parts.items[at] as number] = 1;
    }
    this.choices = choices;
    const starts: number[] = [];
    for (let i = 0; i < size; i++) if (this.place[i] === 1) this.place[i] = starts.push(i);
    this.starts = starts;
    this.words = (starts.length + 31) >>> 5;
    this.formulas = new Met(size, this.words);
    this.elements = new Met(graph.book.elements.length, this.words);
    this.descend();
  }

  /** Parts have smaller numbers than what they are part of. */
  private descend(): void {
    const { graph: { size, kinds, parts, elements }, words, formulas } = this;
    for (let i = size - 1; i >= 0; i--) {
      const lane = (this.place[i] as number) - 1;
      if (lane >= 0) formulas.once[i * words + (lane >>> 5)] = (formulas.once[i * words + (lane >>> 5)] as number) | (1 << (lane & 31));
      for (let word = 0; word < words; word++) {
        const once = formulas.once[i * words + word] as number;
        if (once === 0) continue;
        const twice = formulas.twice[i * words + word] as number;
        this.elements.handOn(elements, i, words, word, once, twice);
        if (kinds[i] !== ONE) formulas.handOn(parts, i, words, word, once, twice);
      }
    }
  }

  private laneOf(start: number): number {
    return (this.place[start] as number) - 1;
  }

  /** Elements below a root or a part of a choice. */
  below(start: number): Occurrences {
    const lane = this.laneOf(start);
    return (this.known[lane] ??= this.find(start, lane));
  }

  private find(start: number, lane: number): Occurrences {
    const { graph: { parts }, choices, formulas, words } = this;
    const once = this.column(this.elements.once, lane);
    const twice = this.column(this.elements.twice, lane);
    for (let k = 0; k < choices.length; k++) {
      const choice = choices[k] as number;
      if (choice > start) break;
      const word = choice * words + (lane >>> 5);
      if ((((formulas.once[word] as number) >>> (lane & 31)) & 1) === 0) continue;
      const either = noBits(this.graph.book.elements.length);
      for (let at = parts.start[choice] as number; at < (parts.start[choice + 1] as number); at++) {
        const part = this.below(parts.items[at] as number);
        addBits(either, part.once);
        addBits(twice, part.twice);
      }
      const again = (((formulas.twice[word] as number) >>> (lane & 31)) & 1) === 1;
      for (let w = 0; w < either.length; w++) {
        twice[w] = (twice[w] as number) | ((either[w] as number) & (again ? -1 : (once[w] as number)));
        once[w] = (once[w] as number) | (either[w] as number);
      }
    }
    return { once, twice };
  }

  /** Elements that are met from one start. */
  private column(met: Uint32Array, lane: number): Bits {
    const { words } = this;
    const size = this.graph.book.elements.length;
    const bits = noBits(size);
    const shift = lane & 31;
    let at = lane >>> 5;
    for (let w = 0; w < bits.length; w++) {
      let word = 0;
      const last = Math.min(32, size - (w << 5));
      for (let k = 0; k < last; k++, at += words) word |= (((met[at] as number) >>> shift) & 1) << k;
      bits[w] = word;
    }
    return bits;
  }

  /** Starts (bits) that a start comes to through choices, itself among them. */
  private reachedFrom(start: number): Bits {
    const lane = this.laneOf(start);
    const known = this.reached[lane];
    if (known) return known;
    const { graph: { parts }, choices, formulas, words } = this;
    const made = noBits(this.starts.length);
    made[lane >>> 5] = 1 << (lane & 31);
    for (let k = 0; k < choices.length; k++) {
      const choice = choices[k] as number;
      if (choice > start) break;
      if ((((formulas.once[choice * words + (lane >>> 5)] as number) >>> (lane & 31)) & 1) === 0) continue;
      for (let at = parts.start[choice] as number; at < (parts.start[choice + 1] as number); at++) addBits(made, this.reachedFrom(parts.items[at] as number));
    }
    this.reached[lane] = made;
    return made;
  }

  /** Formulas of which a root consists. */
  inside(root: number): Inside {
    return new Inside(this.formulas.once, this.words, this.reachedFrom(root));
  }
}

/** Formulas of which one formula consists. */
export class Inside {
  private readonly met: Uint32Array;
  private readonly words: number;
  private readonly starts: Bits;

  /** `met`: starts (bits of words) from which each formula is met; those from which it is inside are `starts`. */
  constructor(met: Uint32Array, words: number, starts: Bits) {
    this.met = met;
    this.words = words;
    this.starts = starts;
  }

  /** Whether a formula is one of them. */
  has(formula: number): boolean {
    const { met, words, starts } = this;
    for (let word = 0; word < words; word++) if (((met[formula * words + word] as number) & (starts[word] as number)) !== 0) return true;
    return false;
  }
}
