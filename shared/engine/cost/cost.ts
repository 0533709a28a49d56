/**
 * What it costs a month (evaluation 7): provisioned parts by the hour, usage at the average rate, storage at the stated
 * month, and transfer. Parts that no journey reaches are priced apart; prices that the book lacks are named.
 */
import type { CostLine } from '../../contracts/behavior.ts';
import type { PriceBook } from '../../contracts/catalog.ts';
import type { CostItem } from '../../contracts/evaluation.ts';
import type { EdgeView } from '../../contracts/graph-view.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import { entityStorageGb } from '../consistency/entity-storage.ts';
import type { EvaluationContext } from '../context.ts';
import { floats, type Numbers } from '../math/lists.ts';
import { averageRate, HOURS_PER_MONTH, SECONDS_PER_MONTH } from '../math/prices.ts';
import type { NodeFacts } from '../types.ts';
import { Alternatives } from './alternatives.ts';
import { Attribution, requestRates, sumOf } from './attribution.ts';
import { boundariesAround } from './boundaries.ts';
import { lineKind, lineQuantity } from './component-lines.ts';
import { solveDelivery, type Delivery } from './delivery.ts';
import { MoreLoad } from './marginal.ts';
import { ObservedRequests } from './observed.ts';
import { PriceList, usdOf } from './pricing.ts';
import { solveTransfers } from './transfer.ts';
import type { CostResult } from './types.ts';

export type { CostResult } from './types.ts';

/** USD a month of the items by what they are: connected ones by kind, and the rest. */
class Sums {
  total = 0;
  fixed = 0;
  usage = 0;
  apart = 0;

  add(usd: number, kind: CostItem['kind'], connected: boolean): void {
    if (!connected) {
      this.apart += usd;
      return;
    }
    this.total += usd;
    if (kind === 'fixed') this.fixed += usd;
    else this.usage += usd;
  }
}

/** What the lines of one node are priced by: what reaches it beside the load, and what it keeps. */
interface PricedNode { readonly facts: NodeFacts; readonly connected: boolean; readonly storageGb: number; readonly delivered: Numbers | null; readonly deliveredGb: number | null; readonly keptGb: number }

class CostSolver {
  readonly items: CostItem[] = [];
  readonly sums = new Sums();
  readonly nodeUsd: Numbers;
  readonly prices: PriceList;
  readonly attribution: Attribution;
  /** Null without requests. */
  readonly more: MoreLoad | null;
  private readonly context: EvaluationContext;
  private readonly observed: ObservedRequests;
  private readonly delivery: Delivery;
  private readonly storage: ReadonlyMap<string, number>;
  /** What storage costs a month, and the data kept for it: each gigabyte once, whatever the copies. */
  readonly kept = { usd: 0, gb: 0 };

  /** `rates`: requests per second by journey. */
  constructor(context: EvaluationContext, book: PriceBook, rates: Numbers) {
    this.context = context;
    this.observed = new ObservedRequests(context, rates);
    this.nodeUsd = floats(context.compiled.nodes.length);
    this.prices = new PriceList(book);
    this.attribution = new Attribution(context, rates);
    const { requests } = this.attribution;
    this.more = requests > 0 ? new MoreLoad(context, requests) : null;
    this.delivery = solveDelivery(context, rates);
    this.storage = entityStorageGb(context);
    for (const facts of context.compiled.nodes) if (facts.view.behavior.costs.length > 0) this.addNode(facts);
    this.addClusters();
    this.addEgress();
    solveTransfers(context, this.addTransfer);
  }

  private addItem(item: CostItem): void {
    this.items.push(item);
    this.sums.add(item.usd_month, item.kind, item.connected);
  }

  private addNode(facts: NodeFacts): void {
    const { view } = facts;
    const connected = this.context.compiled.connected[view.index] ?? false;
    const delivered = this.delivery.nodes.get(view.index) ?? null;
    const storageGb = this.storage.get(view.id) ?? 0;
    const keptGb = connected ? keptIn(facts, storageGb) : 0;
    this.kept.gb += keptGb;
    const node: PricedNode = { facts, connected, storageGb, delivered, deliveredGb: delivered ? sumOf(delivered) : null, keptGb };
    let own = 0;
    for (const line of view.behavior.costs) own += this.addLine(node, line);
    this.nodeUsd[view.index] = own;
  }

  /** USD a month of one line; 0 when the book has no price for it. */
  private addLine({ facts, connected, storageGb, delivered, deliveredGb, keptGb }: PricedNode, line: CostLine): number {
    const { id, index } = facts.view;
    const observed = this.observed.of(index, line.quantity.per === 'request' ? (line.quantity.observed ?? 'once') : 'once');
    const amount = lineQuantity(this.context, facts, line, { storageGb, deliveredGb, observedRps: observed ? sumOf(observed) : 0 });
    const price = this.prices.of(line.price);
    if (!price) return 0;
    const kind = lineKind(line);
    const listed = usdOf(price, amount);
    const usd = listed * (line.pricing_multiplier ?? 1);
    this.addItem({ node: id, label: line.label, price_key: line.price, quantity: amount, kind, connected, unit: price.unit, usd_month: usd });
    if (keptGb > 0 && line.quantity.per === 'gb_month') this.kept.usd += usd;
    if (!connected) return usd;
    if (kind === 'usage') this.more?.addUsage(price, amount, usd, listed);
    else if (line.autoscaled) this.more?.addScaled(facts, usd);
    const caused = observed ?? (line.quantity.per === 'gb_out' ? delivered : null);
    if (caused !== null) this.attribution.toJourneys(usd, caused);
    else if (kind === 'fixed') this.attribution.toMachines(usd, index);
    else this.attribution.toUsers(usd, index, line.quantity.per === 'request' ? line.quantity.of : 'all');
    return usd;
  }

  /** Control planes: one for each cluster, used by whatever stands in it. */
  private addClusters(): void {
    const { graph, connected } = this.context.compiled;
    const live = new Map<string, boolean>();
    for (const id of Object.keys(graph.design.boundaries).sort()) if (graph.design.boundaries[id]?.kind === 'cluster') live.set(id, false);
    if (live.size === 0) return;
    for (const node of graph.nodes) {
      if (!connected[node.index]) continue;
      for (const boundary of boundariesAround(graph.design, node.node.boundary)) if (live.has(boundary.id)) live.set(boundary.id, true);
    }
    for (const reached of live.values()) {
      const price = this.prices.of('eks_h');
      if (!price) continue;
      const usd = usdOf(price, HOURS_PER_MONTH);
      this.addItem({ node: null, label: 'Kubernetes control plane', price_key: 'eks_h', quantity: HOURS_PER_MONTH, kind: 'fixed', connected: reached, unit: price.unit, usd_month: usd });
      if (reached) this.attribution.toRequests(usd);
    }
  }

  /** The tiers hold for all bytes to the internet together; each edge pays its share. */
  private addEgress(): void {
    let total = 0;
    for (const gb of this.delivery.edges.values()) total += sumOf(gb);
    const price = total > 0 ? this.prices.of('egress_gb') : null;
    if (!price) return;
    const all = usdOf(price, total);
    this.more?.addUsage(price, total, all, all);
    for (const [edge, byJourney] of this.delivery.edges) {
      const gb = sumOf(byJourney);
      const usd = (all * gb) / total;
      const id = this.context.compiled.edges[edge]?.view.id ?? '';
      this.addItem({ node: null, edge: id, label: 'Internet egress', price_key: 'egress_gb', quantity: gb, unit: price.unit, usd_month: usd, kind: 'usage', connected: true });
      this.attribution.toJourneys(usd, byJourney);
    }
  }

  private readonly addTransfer = (edge: EdgeView, label: string, key: string, gb: number): void => {
    const price = this.prices.of(key);
    if (!price) return;
    const usd = usdOf(price, gb);
    this.addItem({ node: null, edge: edge.id, label, price_key: key, quantity: gb, kind: 'usage', connected: true, unit: price.unit, usd_month: usd });
    this.more?.addUsage(price, gb, usd, usd);
    this.attribution.toEdge(usd, edge.index);
  };
}

/** GB of data that a store keeps: what it has room for, or what its entities need when that is more. 0 for all other components. */
function keptIn({ store, others }: NodeFacts, entityGb: number): number {
  if (store) return Math.max(store.storage_gb * store.shards, entityGb);
  const partitioned = others.find((resource) => resource.kind === 'partitioned-store');
  return partitioned?.kind === 'partitioned-store' ? Math.max(partitioned.storage_gb, entityGb) : 0;
}

/** USD for a million requests at the average of this peak rate. */
function perMillion(usd: number, peakRps: number, peakToAvg: number): Quantity {
  const millions = (averageRate(peakRps, peakToAvg) * SECONDS_PER_MONTH) / 1e6;
  return millions > 0 ? quantity(usd / millions) : noQuantity('not_applicable');
}

/** Price a drawing at the evaluated load. Items come in node order, then clusters, egress and transfers by edge. */
export function solveCost(context: EvaluationContext, book: PriceBook): CostResult {
  const rates = requestRates(context);
  const solver = new CostSolver(context, book, rates);
  const { items, sums, attribution } = solver;
  const { peak_to_avg } = context.compiled.workload;
  return {
    cost: {
      items, usd_month: sums.total, fixed_usd_month: sums.fixed, usage_usd_month: sums.usage, not_connected_usd_month: sums.apart,
      usd_per_million: perMillion(sums.total, attribution.requests, peak_to_avg), usd_per_1k_rps: solver.more ? quantity(solver.more.usd) : noQuantity('not_applicable'),
      usd_per_gb: solver.kept.gb > 0 ? quantity(solver.kept.usd / solver.kept.gb) : noQuantity('not_applicable'),
      price_book: { id: book.id, date: book.date, region: book.region }, unpriced: solver.prices.unpriced,
    },
    nodeUsd: solver.nodeUsd,
    alternatives: new Alternatives(context, book),
    journeyUsd: Array.from(attribution.paid(), (usd, journey) => perMillion(usd, rates[journey] as number, peak_to_avg)),
  };
}
