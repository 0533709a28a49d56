/** Values of the elements of success formulas in a given state of zones, regions and nodes. */
import { floats, type Numbers, wholes } from '../math/lists.ts';
import { scatterAvailability } from '../math/shards.ts';
import { numbersIn, noBits, setBit } from './bits.ts';
import type { Element } from './expressions.ts';
import { fullCapacityOf, poolTier, REGION_U, servedBy, servedWith, unitsInPool, ZONE_U, type Tier } from './tiers.ts';
import { unitsBeside, type FailureDomain } from './standings.ts';

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
  /** Tiers of the pools, by element. */
  private readonly pools: (Tier | undefined)[] = [];
  private readonly capacities: (number | undefined)[] = [];
  /** Shares served by tier, pools after the nodes, and by units left as in `Standing.counts`; -1 for what is not known yet. */
  private readonly memo: Numbers;
  private readonly memoFrom: Numbers;

  /** `regional`: regions are failure domains of their own, because more than one is in use. */
  constructor(elements: readonly Element[], tiers: readonly Tier[], beta: number, regional: boolean) {
    this.elements = elements;
    this.tiers = tiers;
    this.beta = beta;
    this.regional = regional;
    elements.forEach((element, i) => void (element.kind === 'pool' && (this.pools[i] = poolTier(element.members.map((node) => this.tier(node))))));
    this.memoFrom = wholes(tiers.length + elements.length);
    let size = 0;
    const keep = (tier: Tier, at: number): void => {
      this.memoFrom[at] = size;
      size += tier.standing.counts.length;
    };
    tiers.forEach(keep);
    this.pools.forEach((tier, i) => tier && keep(tier, tiers.length + i));
    this.memo = floats(size).fill(-1);
  }

  /** Tier of a node. */
  tier(node: number): Tier {
    return this.tiers[node] as Tier;
  }

  /** Tier of an element: its node, or the pool. */
  tierOf(index: number): Tier {
    const element = this.elements[index] as Element;
    return element.kind === 'pool' ? (this.pools[index] as Tier) : this.tier(element.node);
  }

  /** Expected share served in a state in which two zones or regions are lost (null for none) and all others up. */
  expected(index: number, first: FailureDomain | null, second: FailureDomain | null): number {
    const element = this.elements[index] as Element;
    const tier = this.tierOf(index);
    const left = unitsBeside(tier.standing, first, second);
    const served = this.served(tier, element.kind === 'pool' ? this.tiers.length + index : element.node, left);
    if (element.kind === 'replicas') return left <= 0 ? 0 : 1 - Math.pow(1 - served, tier.replicas);
    return element.kind === 'shards' ? 1 - element.share * (1 - scatterAvailability(served, element.others)) : served;
  }

  /** `at`: position of the tier. */
  private served(tier: Tier, at: number, left: number): number {
    const place = tier.standing.counts.indexOf(left);
    if (place < 0) return servedBy(tier, left, this.beta, this.regional);
    const known = this.memo[(this.memoFrom[at] as number) + place] as number;
    if (known >= 0) return known;
    const value = servedBy(tier, left, this.beta, this.regional);
    this.memo[(this.memoFrom[at] as number) + place] = value;
    return value;
  }

  /** Share of its load that a node serves over the states of its own zones and region. */
  servedOverall(node: number): number {
    const tier = this.tier(node);
    const { zones, regions, left } = tier.standing;
    const none = Math.pow(1 - ZONE_U, zones.length);
    const odds = ZONE_U / (1 - ZONE_U);
    let total = none * this.served(tier, node, left[0] as number);
    let at = 1;
    for (let i = 0; i < zones.length; i++) {
      total += none * odds * this.served(tier, node, left[at++] as number);
      for (let k = i + 1; k < zones.length; k++) total += none * odds * odds * this.served(tier, node, left[at++] as number);
    }
    return total * Math.pow(1 - REGION_U, this.regional ? regions.length : 0);
  }

  /** Probability that a node has its full capacity. */
  fullOverall(node: number): number {
    return (this.capacities[node] ??= fullCapacityOf(this.tier(node), this.beta));
  }

  private fullCapacity(index: number): number {
    const element = this.elements[index] as Element;
    const value = element.kind === 'pool' ? fullCapacityOf(this.tierOf(index), this.beta) : this.fullOverall(element.node);
    if (element.kind === 'replicas') return 1 - Math.pow(1 - value, this.tier(element.node).replicas);
    return element.kind === 'shards' ? 1 - element.share * (1 - scatterAvailability(value, element.others)) : value;
  }

  /** Values of all elements with nothing lost. */
  all(): Numbers {
    const up = floats(this.elements.length);
    for (let i = 0; i < up.length; i++) up[i] = this.expected(i, null, null);
    return up;
  }

  /** Full-capacity probabilities of all elements. */
  full(): Numbers {
    const up = floats(this.elements.length);
    for (let i = 0; i < up.length; i++) up[i] = this.fullCapacity(i);
    return up;
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
  nodesOfAll(elements: Numbers): Numbers {
    const seen = noBits(this.tiers.length);
    for (const index of elements) {
      const element = this.elements[index] as Element;
      if (element.kind === 'pool') for (const node of element.members) setBit(seen, node);
      else setBit(seen, element.node);
    }
    return numbersIn(seen);
  }
}
