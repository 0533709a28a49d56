/** Values of the elements of success formulas in a given state of zones, regions and nodes. */
import { listBits, noBits, setBit } from './bits.ts';
import type { Element } from './expressions.ts';
import { fullCapacityOf, poolTier, servedBy, servedWith, unitsBeside, unitsInPool, type Tier } from './tiers.ts';

/** Whole loss or partial loss of nodes: units left by node index; absent nodes have all theirs. A map is one. */
export interface NodesLeft {
  get(node: number): number | undefined;
  keys(): Iterable<number>;
}

/** One node with some of its units left. */
export class NodeLeft implements NodesLeft {
  readonly node: number;
  readonly units: number;

  constructor(node: number, units: number) {
    this.node = node;
    this.units = units;
  }

  get(node: number): number | undefined {
    return node === this.node ? this.units : undefined;
  }

  keys(): Iterable<number> {
    return [this.node];
  }
}

/** Elements of one evaluation with the tiers behind them. */
export class ElementValues {
  readonly elements: readonly Element[];
  readonly tiers: readonly Tier[];
  private readonly beta: number;
  private readonly regional: boolean;
  private readonly pools = new Map<number, Tier>();
  /** By element: units left and the value then, by turns. */
  private readonly memo: (number[] | undefined)[] = [];

  /** `regional`: regions are failure domains of their own, because more than one is in use. */
  constructor(elements: readonly Element[], tiers: readonly Tier[], beta: number, regional: boolean) {
    this.elements = elements;
    this.tiers = tiers;
    this.beta = beta;
    this.regional = regional;
    elements.forEach((element, i) => void (element.kind === 'pool' && this.pools.set(i, poolTier(element.members.map((node) => this.tier(node))))));
  }

  /** Tier of a node. */
  tier(node: number): Tier {
    return this.tiers[node] as Tier;
  }

  /** Tier of an element: its node, or the pool. */
  tierOf(index: number): Tier {
    const element = this.elements[index] as Element;
    return element.kind === 'pool' ? (this.pools.get(index) as Tier) : this.tier(element.node);
  }

  /** Expected share served in a state in which two zones or regions, by key, are lost (null for none) and all others up. */
  expected(index: number, first: string | null, second: string | null): number {
    const tier = this.tierOf(index);
    const left = unitsBeside(tier, first, second);
    const memo = (this.memo[index] ??= []);
    for (let at = 0; at < memo.length; at += 2) if (memo[at] === left) return memo[at + 1] as number;
    const value = this.expectedWith(this.elements[index] as Element, tier, left);
    memo.push(left, value);
    return value;
  }

  private expectedWith(element: Element, tier: Tier, left: number): number {
    const served = servedBy(tier, left, this.beta, this.regional);
    if (element.kind === 'replicas') return left <= 0 ? 0 : 1 - Math.pow(1 - served, tier.replicas);
    if (element.kind === 'shards') return 1 - element.share * (1 - Math.pow(served, element.others));
    return served;
  }

  /** Full-capacity probability of an element. */
  fullCapacity(index: number): number {
    const element = this.elements[index] as Element;
    const value = fullCapacityOf(this.tierOf(index), this.beta);
    if (element.kind === 'replicas') return 1 - Math.pow(1 - value, this.tier(element.node).replicas);
    return element.kind === 'shards' ? 1 - element.share * (1 - Math.pow(value, element.others)) : value;
  }

  /** Values of all elements with nothing lost. */
  all(): Float64Array {
    return Float64Array.from(this.elements, (_, i) => this.expected(i, null, null));
  }

  /** Share served, relative to a state without failures, with only these units of these nodes left. */
  surviving(index: number, left: NodesLeft): number {
    const element = this.elements[index] as Element;
    if (element.kind === 'pool') {
      let lost = 0;
      for (const node of element.members) {
        const units = left.get(node);
        if (units !== undefined) lost += unitsInPool(this.tier(node)) - Math.min(units, unitsInPool(this.tier(node)));
      }
      return lost === 0 ? 1 : servedWith(this.tierOf(index), this.tierOf(index).units - lost);
    }
    const units = left.get(element.node);
    if (units === undefined) return 1;
    const served = servedWith(this.tier(element.node), units);
    if (element.kind === 'shards') return 1 - element.share * (1 - served);
    return served;
  }

  /** Nodes that an element stands for. */
  nodesOf(index: number): readonly number[] {
    const element = this.elements[index] as Element;
    return element.kind === 'pool' ? element.members : [element.node];
  }

  /** Distinct nodes that these elements stand for, in node order. */
  nodesOfAll(elements: readonly number[]): number[] {
    const seen = noBits(this.tiers.length);
    for (const element of elements) for (const node of this.nodesOf(element)) setBit(seen, node);
    return listBits(seen);
  }
}
