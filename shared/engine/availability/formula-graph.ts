/** All formulas of a drawing in flat arrays, evaluated together or one journey at a time. */
import type { Bits } from './bits.ts';
import type { Formula, FormulaBook } from './expressions.ts';

const KINDS: readonly Formula['kind'][] = ['all', 'any', 'one'];
/** Kinds of formulas as numbers; `all` is 0. */
export const ANY = 1;
export const ONE = 2;

/** Lists of numbers, one after the other; list i is `items` from `start[i]` to `start[i + 1]`. */
export interface Lists { readonly start: Int32Array; readonly items: Int32Array }

function listsOf<Item>(formulas: readonly Formula[], of: (formula: Formula) => readonly Item[], numberOf: (item: Item) => number): Lists {
  const start = new Int32Array(formulas.length + 1);
  for (let i = 0; i < formulas.length; i++) start[i + 1] = (start[i] as number) + of(formulas[i] as Formula).length;
  const items = new Int32Array(start[formulas.length] as number);
  let at = 0;
  for (const formula of formulas) for (const item of of(formula)) items[at++] = numberOf(item);
  return { start, items };
}

/** For each of `size` items the lists that it is in, ascending. */
function inverse({ start, items }: Lists, size: number): Lists {
  const ends = new Int32Array(size + 1);
  for (const item of items) ends[item + 1] = (ends[item + 1] as number) + 1;
  for (let i = 0; i < size; i++) ends[i + 1] = (ends[i + 1] as number) + (ends[i] as number);
  const next = ends.slice();
  const found = new Int32Array(items.length);
  for (let list = 0; list + 1 < start.length; list++) {
    for (let at = start[list] as number; at < (start[list + 1] as number); at++) {
      const item = items[at] as number;
      found[next[item] as number] = list;
      next[item] = (next[item] as number) + 1;
    }
  }
  return { start: ends, items: found };
}

/** Elements below a formula: all, and those that occur more than once at a time. */
export interface Occurrences { readonly once: Bits; readonly twice: Bits }

/** A book of formulas ready to be evaluated many times. */
export class FormulaGraph {
  readonly book: FormulaBook;
  readonly size: number;
  readonly elements: Lists;
  readonly parts: Lists;
  /** Formulas right above a formula, and right above an element. */
  readonly above: Lists;
  readonly users: Lists;
  /** Scratch of one evaluation, by formula. */
  readonly value: Float64Array;
  /** By formula, and by position in `parts`. */
  readonly kinds: Uint8Array;
  readonly shares: Float64Array;
  /** Occurrences of all formulas, `width` words each. */
  private readonly counts: Occurrences;
  private readonly width: number;

  constructor(book: FormulaBook) {
    const { formulas } = book;
    this.book = book;
    this.size = formulas.length;
    this.kinds = Uint8Array.from(formulas, ({ kind }) => KINDS.indexOf(kind));
    this.elements = listsOf(formulas, ({ elements }) => elements, (element) => element);
    this.parts = listsOf(formulas, ({ parts }) => parts, ({ of }) => of);
    this.shares = new Float64Array(this.parts.items.length);
    let at = 0;
    for (const { parts } of formulas) for (const { share } of parts) this.shares[at++] = share;
    this.above = inverse(this.parts, formulas.length);
    this.users = inverse(this.elements, book.elements.length);
    this.value = new Float64Array(formulas.length);
    this.width = (book.elements.length + 31) >>> 5;
    const words = (): Uint32Array => new Uint32Array(this.width * formulas.length);
    this.counts = { once: words(), twice: words() };
    for (let i = 0; i < formulas.length; i++) this.count(i);
  }

  /** Occurrences below a formula. */
  occurrences(formula: number): Occurrences {
    const of = (words: Uint32Array): Bits => words.subarray(formula * this.width, (formula + 1) * this.width);
    return { once: of(this.counts.once), twice: of(this.counts.twice) };
  }

  /** Alternatives that exclude each other (`one`) count as the larger. */
  private count(i: number): void {
    const { width, elements, parts, kinds, counts: { once, twice } } = this;
    const own = i * width;
    for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) {
      const element = elements.items[at] as number;
      const word = own + (element >>> 5);
      once[word] = (once[word] as number) | (1 << (element & 31));
    }
    for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) {
      const below = (parts.items[at] as number) * width;
      for (let w = 0; w < width; w++) {
        const part = once[below + w] as number;
        const known = once[own + w] as number;
        const both = kinds[i] === ONE ? 0 : part & known;
        twice[own + w] = (twice[own + w] as number) | (twice[below + w] as number) | both;
        once[own + w] = known | part;
      }
    }
  }

  /** True for a formula whose parts replace each other. */
  isAny(i: number): boolean {
    return this.kinds[i] === ANY;
  }

  /** Value of a formula from those of its parts, as if everything below were independent. */
  step(i: number, up: Float64Array, value: Float64Array): number {
    const { start, items } = this.parts;
    const end = start[i + 1] as number;
    const kind = this.kinds[i];
    let result = 1;
    if (kind === ANY) {
      for (let at = start[i] as number; at < end; at++) result *= 1 - (value[items[at] as number] as number);
      return 1 - result;
    }
    for (let at = start[i] as number; at < end; at++) {
      const lost = (this.shares[at] as number) * (1 - (value[items[at] as number] as number));
      if (kind === ONE) result -= lost;
      else result *= 1 - lost;
    }
    const lastElement = this.elements.start[i + 1] as number;
    for (let at = this.elements.start[i] as number; at < lastElement; at++) result *= up[this.elements.items[at] as number] as number;
    return result;
  }

  /** The narrowest place of a formula: the smallest along a sequence, the best of alternatives, the mean of shares. */
  narrowest(i: number, up: Float64Array, value: Float64Array): number {
    const { start, items } = this.parts;
    const kind = this.kinds[i];
    let result = kind === ANY ? 0 : 1;
    for (let at = this.elements.start[i] as number; at < (this.elements.start[i + 1] as number); at++) result = Math.min(result, up[this.elements.items[at] as number] as number);
    for (let at = start[i] as number; at < (start[i + 1] as number); at++) {
      const served = value[items[at] as number] as number;
      const share = this.shares[at] as number;
      if (kind === ANY) result = Math.max(result, served);
      else if (kind === ONE) result -= share * (1 - served);
      else result = Math.min(result, 1 - share * (1 - served));
    }
    return result;
  }
}
