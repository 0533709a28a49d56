/** Success of a request as a formula over elements: what must be up, what may replace what, what happens to which share. */

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
    this.formulas.push({ kind, elements, parts });
    return this.formulas.length - 1;
  }
}
