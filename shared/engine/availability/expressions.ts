/** Success of a request as a formula over elements: what must be up, what may replace what, what happens to which share. */
import { type Numbers, wholes } from '../math/lists.ts';
import { nextBit, noBits, setBit, type Bits } from './bits.ts';

/** What can be up or down: a node, a pool of nodes, the read copies inside a store, or the other shards of a scatter read. */
export type Element =
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'pool'; readonly members: readonly number[] }
  | { readonly kind: 'replicas'; readonly node: number }
  | { readonly kind: 'shards'; readonly node: number; readonly share: number; readonly others: number };

/** A part of a formula and the share of the requests that need it. */
export interface Part { readonly of: number; readonly share: number }

/** Kinds of formulas. `ALL`: every element and part; `ANY`: one part suffices; `ONE`: each request takes one part, the rest of the shares none. */
export const ALL = 0;
export const ANY = 1;
export const ONE = 2;

/**
 * Formulas in an order in which parts come before what they are part of, in flat lists. One is written down between `begin` and
 * `end`; its parts may be written down meanwhile.
 */
export class FormulaBook {
  readonly elements: Element[] = [];
  /** By element: the node that it stands for; -1 for a pool. */
  readonly nodeOf: number[] = [];
  /** By formula: its kind, and where its elements and parts end. */
  readonly kinds: number[] = [];
  readonly elementEnds: number[] = [];
  readonly partEnds: number[] = [];
  /** Elements and parts of all formulas, one after the other. */
  readonly elementItems: number[] = [];
  readonly partItems: number[] = [];
  readonly shares: number[] = [];
  /** By node: one more than the index of its element, and of that of the read copies inside; 0 for none. */
  private readonly nodes: Numbers;
  private readonly replicas: Numbers;
  private readonly known = new Map<string, number>();
  /** Elements and parts of the formulas that are being written down, and where each of these formulas begins. */
  private readonly openElements: number[] = [];
  private readonly openParts: number[] = [];
  private readonly openShares: number[] = [];
  private readonly begins: number[] = [];
  private elementTop = 0;
  private partTop = 0;
  private depth = 0;
  private readonly musts = new Map<number, Numbers>();
  /** By formula: the last search that came by. */
  private seen = wholes(0);
  private searches = 0;

  /** For drawings of so many nodes. */
  constructor(nodes: number) {
    this.nodes = wholes(nodes);
    this.replicas = wholes(nodes);
  }

  /** Number of formulas. */
  get size(): number {
    return this.kinds.length;
  }

  /** Index of an element; equal elements have one index, so that a shared node counts once. */
  element(element: Element): number {
    if (element.kind === 'node') return this.node(element.node);
    if (element.kind === 'replicas') return this.copies(element.node);
    const key = element.kind === 'pool' ? `pool ${element.members.join()}` : `shards ${element.node} ${element.share} ${element.others}`;
    const existing = this.known.get(key);
    if (existing !== undefined) return existing;
    this.nodeOf.push(element.kind === 'pool' ? -1 : element.node);
    this.known.set(key, this.elements.length);
    return this.elements.push(element) - 1;
  }

  /** Index of a node as an element. */
  node(node: number): number {
    if (this.nodes[node] === 0) {
      this.nodes[node] = this.elements.push({ kind: 'node', node });
      this.nodeOf.push(node);
    }
    return (this.nodes[node] as number) - 1;
  }

  /** Index of the read copies inside a node as an element. */
  copies(node: number): number {
    if (this.replicas[node] === 0) {
      this.replicas[node] = this.elements.push({ kind: 'replicas', node });
      this.nodeOf.push(node);
    }
    return (this.replicas[node] as number) - 1;
  }

  /** Distinct nodes that these elements stand for. */
  nodesOf(elements: Bits): Bits {
    const nodes = noBits(this.nodes.length);
    for (let element = nextBit(elements, 0); element >= 0; element = nextBit(elements, element + 1)) {
      const node = this.nodeOf[element] as number;
      if (node >= 0) setBit(nodes, node);
      else this.membersOf(element).forEach((member) => setBit(nodes, member));
    }
    return nodes;
  }

  private membersOf(element: number): readonly number[] {
    const pool = this.elements[element];
    return pool?.kind === 'pool' ? pool.members : [];
  }

  /** Start to write a formula down. */
  begin(): void {
    this.begins[this.depth++] = this.elementTop;
    this.begins[this.depth++] = this.partTop;
  }

  /** The formula that was begun last needs an element. */
  need(element: number): void {
    this.openElements[this.elementTop++] = element;
  }

  /** It has a part that a share of the requests needs. */
  part(of: number, share: number): void {
    this.openParts[this.partTop] = of;
    this.openShares[this.partTop++] = share;
  }

  /** Its number; what is begun before it goes on. */
  end(kind: number): number {
    const partFrom = this.begins[--this.depth] as number;
    const elementFrom = this.begins[--this.depth] as number;
    for (let at = elementFrom; at < this.elementTop; at++) this.elementItems.push(this.openElements[at] as number);
    for (let at = partFrom; at < this.partTop; at++) {
      this.partItems.push(this.openParts[at] as number);
      this.shares.push(this.openShares[at] as number);
    }
    this.elementTop = elementFrom;
    this.partTop = partFrom;
    this.elementEnds.push(this.elementItems.length);
    this.partEnds.push(this.partItems.length);
    return this.kinds.push(kind) - 1;
  }

  /** A formula without elements of its own. */
  of(kind: number, parts: readonly Part[]): number {
    this.begin();
    for (const { of, share } of parts) this.part(of, share);
    return this.end(kind);
  }

  /** A formula that needs one element. */
  single(element: number): number {
    this.begin();
    this.need(element);
    return this.end(ALL);
  }

  /** Where the parts of a formula begin. */
  partsFrom(formula: number): number {
    return formula === 0 ? 0 : (this.partEnds[formula - 1] as number);
  }

  /** Where the elements of a formula begin. */
  elementsFrom(formula: number): number {
    return formula === 0 ? 0 : (this.elementEnds[formula - 1] as number);
  }

  /** Elements that a formula cannot do without, ascending. */
  must(formula: number): Numbers {
    const existing = this.musts.get(formula);
    if (existing) return existing;
    if (this.seen.length < this.size) this.seen = wholes(2 * this.size);
    const found: number[] = [];
    this.addMust(formula, found, ++this.searches);
    const must = distinct(found.sort((a, b) => a - b));
    this.musts.set(formula, must);
    return must;
  }

  /** What a formula cannot do without, down to alternatives; those are looked at on their own, once each. */
  private addMust(formula: number, found: number[], search: number): void {
    if (this.seen[formula] === search) return;
    this.seen[formula] = search;
    const known = this.musts.get(formula);
    if (known) return known.forEach((element) => void found.push(element));
    for (let at = this.elementsFrom(formula); at < (this.elementEnds[formula] as number); at++) found.push(this.elementItems[at] as number);
    const from = this.partsFrom(formula);
    const end = this.partEnds[formula] as number;
    if (this.kinds[formula] === ALL) {
      for (let at = from; at < end; at++) if ((this.shares[at] as number) >= 1) this.addMust(this.partItems[at] as number, found, search);
    } else if (from < end && (this.kinds[formula] === ANY || this.shareOfParts(formula) > 1 - 1e-9)) {
      const common = this.common(from, end);
      this.musts.set(formula, common);
      for (const element of common) found.push(element);
    }
  }

  private shareOfParts(formula: number): number {
    let sum = 0;
    for (let at = this.partsFrom(formula); at < (this.partEnds[formula] as number); at++) sum += this.shares[at] as number;
    return sum;
  }

  /** What all these parts cannot do without. */
  private common(from: number, end: number): Numbers {
    let common = this.must(this.partItems[from] as number);
    for (let at = from + 1; at < end && common.length > 0; at++) common = inBoth(common, this.must(this.partItems[at] as number));
    return common;
  }
}

/** An ascending list with each of its numbers once; in place. */
function distinct(list: number[]): number[] {
  let count = 0;
  for (let at = 0; at < list.length; at++) if (at === 0 || list[at] !== list[at - 1]) list[count++] = list[at] as number;
  list.length = count;
  return list;
}

/** Numbers in two ascending lists. */
function inBoth(one: Numbers, other: Numbers): Numbers {
  let at = 0;
  return one.filter((number) => {
    while (at < other.length && (other[at] as number) < number) at += 1;
    return other[at] === number;
  });
}
