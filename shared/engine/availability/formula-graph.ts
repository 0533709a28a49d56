/** All formulas of a drawing in flat arrays, evaluated together or one journey at a time. */
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { hasBit, noBits, numbersIn, setBit } from './bits.ts';
import { ANY, ONE, type FormulaBook } from './expressions.ts';
import { Worklist } from './worklist.ts';

/** Lists of numbers, one after the other; list i is `items` from `start[i]` to `start[i + 1]`. */
export interface Lists { readonly start: Numbers; readonly items: Numbers }

function listsOf(ends: readonly number[], items: number[]): Lists {
  return { start: [0, ...ends], items };
}

/** For each of `size` items the lists that it is in, ascending. */
function inverse({ start, items }: Lists, size: number): Lists {
  const ends = wholes(size + 1);
  for (let at = 0; at < items.length; at++) ends[(items[at] as number) + 1] = (ends[(items[at] as number) + 1] as number) + 1;
  for (let i = 0; i < size; i++) ends[i + 1] = (ends[i + 1] as number) + (ends[i] as number);
  const next = ends.slice();
  const found = wholes(items.length);
  for (let list = 0; list + 1 < start.length; list++) {
    for (let at = start[list] as number; at < (start[list + 1] as number); at++) {
      const item = items[at] as number;
      found[next[item] as number] = list;
      next[item] = (next[item] as number) + 1;
    }
  }
  return { start: ends, items: found };
}

/** A book of formulas ready to be evaluated many times. */
export class FormulaGraph {
  readonly book: FormulaBook;
  readonly size: number;
  readonly elements: Lists;
  readonly parts: Lists;
  /** Formulas right above a formula, and right above an element. */
  readonly above: Lists;
  readonly users: Lists;
  /** Scratch of one evaluation, by formula, and formulas that are still to be looked at. */
  readonly value: Numbers;
  readonly open: Worklist;
  /** By formula, and by position in `parts`. */
  readonly kinds: readonly number[];
  readonly shares: readonly number[];
  /** Formulas whose parts replace each other, ascending. */
  readonly alternatives: readonly number[];
  private readonly below = new Map<number, Numbers>();

  constructor(book: FormulaBook) {
    const { size } = book;
    this.book = book;
    this.size = size;
    this.kinds = book.kinds;
    this.elements = listsOf(book.elementEnds, book.elementItems);
    this.parts = listsOf(book.partEnds, book.partItems);
    this.shares = book.shares;
    this.above = inverse(this.parts, size);
    this.users = inverse(this.elements, book.elements.length);
    this.value = floats(size);
    this.open = new Worklist(size);
    const alternatives: number[] = [];
    for (let i = 0; i < size; i++) if (this.kinds[i] === ANY) alternatives.push(i);
    this.alternatives = alternatives;
  }

  /** Elements below a formula, ascending; the list is made once. */
  elementsBelow(formula: number): Numbers {
    const known = this.below.get(formula) ?? this.findBelow(formula);
    this.below.set(formula, known);
    return known;
  }

  private findBelow(formula: number): Numbers {
    const { elements, parts } = this;
    const found = noBits(this.book.elements.length);
    const seen = noBits(this.size);
    const left = [formula];
    for (let i = left.pop(); i !== undefined; i = left.pop()) {
      if (hasBit(seen, i)) continue;
      setBit(seen, i);
      for (let at = elements.start[i] as number; at < (elements.start[i + 1] as number); at++) setBit(found, elements.items[at] as number);
      for (let at = parts.start[i] as number; at < (parts.start[i + 1] as number); at++) left.push(parts.items[at] as number);
    }
    return numbersIn(found);
  }

  /** Elements of a formula itself. */
  elementsOf(i: number): number[] {
    return [...this.elements.items.slice(this.elements.start[i], this.elements.start[i + 1])];
  }

  /** Value of a formula from those of its parts, as if everything below were independent. */
  step(i: number, up: Numbers, value: Numbers): number {
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
  narrowest(i: number, up: Numbers, value: Numbers): number {
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
