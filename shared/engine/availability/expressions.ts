/** Success of a request as a formula over elements: what must be up, what may replace what, what happens to which share. */
import { addBits, keepBits, noBits, setBit, type Bits } from './bits.ts';

/** What can be up or down: a node, a pool of nodes, the read copies inside a store, or the other shards of a scatter read. */
export type Element =
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'pool'; readonly members: readonly number[] }
  | { readonly kind: 'replicas'; readonly node: number }
  | { readonly kind: 'shards'; readonly node: number; readonly share: number; readonly others: number };

/** A part of a formula and the share of the requests that need it. */
export interface Part { readonly of: number; readonly share: number }

/** `all`: every element and part; `any`: one part suffices; `one`: each request takes one part, the rest of the shares none. */
export interface Formula {
  readonly kind: 'all' | 'any' | 'one';
  readonly elements: readonly number[];
  readonly parts: readonly Part[];
}

/** Formulas in an order in which parts come before what they are part of. */
export class FormulaBook {
  readonly elements: Element[] = [];
  readonly formulas: Formula[] = [];
  private readonly musts: Bits[] = [];
  private readonly known = new Map<string, number>();

  /** Index of an element; equal elements have one index, so that a shared node counts once. */
  element(element: Element): number {
    const key = element.kind === 'pool' ? `pool ${element.members.join()}` : element.kind === 'shards' ? `shards ${element.node} ${element.share} ${element.others}` : `${element.kind} ${element.node}`;
    const existing = this.known.get(key);
    if (existing !== undefined) return existing;
    this.elements.push(element);
    this.known.set(key, this.elements.length - 1);
    return this.elements.length - 1;
  }

  add(kind: Formula['kind'], elements: readonly number[], parts: readonly Part[]): number {
    const formula: Formula = { kind, elements, parts };
    this.formulas.push(formula);
    this.musts.push(this.needed(formula));
    return this.formulas.length - 1;
  }

  /** Elements that a formula cannot do without. */
  must(formula: number): Bits {
    return this.musts[formula] as Bits;
  }

  private needed({ kind, elements, parts }: Formula): Bits {
    const must = noBits(this.elements.length);
    const [first, ...rest] = parts;
    if (kind === 'all') {
      for (const part of parts) if (part.share >= 1) addBits(must, this.must(part.of));
    } else if (first && (kind === 'any' || parts.reduce((sum, part) => sum + part.share, 0) > 1 - 1e-9)) {
      addBits(must, this.must(first.of));
      for (const part of rest) keepBits(must, this.must(part.of));
    }
    for (const element of elements) setBit(must, element);
    return must;
  }
}
