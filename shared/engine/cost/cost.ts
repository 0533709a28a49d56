/**
 * What it costs a month (evaluation 7): provisioned parts by the hour, usage at the average rate, storage at the stated
 * month, and transfer. Parts that no journey reaches are priced apart; prices that the book lacks are named.
 */
import type { CostLine } from '../../contracts/behavior.ts';
import type { PriceBook } from '../../contracts/catalog.ts';
import type { CostItem } from '../../contracts/evaluation.ts';
import { noQuantity, quantity, type Quantity } from '../../model/quantity.ts';
import { entityStorageGb } from '../consistency/entity-storage.ts';
import type { EvaluationContext } from '../context.ts';
import { averageRate, HOURS_PER_MONTH, SECONDS_PER_MONTH } from '../math/prices.ts';
import type { NodeFacts } from '../types.ts';
import { solveAlternatives } from './alternatives.ts';
import { Attribution, type Weights } from './attribution.ts';
import { boundariesAround } from './boundaries.ts';
import { lineQuantity } from './component-lines.ts';
import { solveDelivery, type Delivery } from './delivery.ts';
import { journeyLoads, observedRequests, type JourneyLoad } from './journey-load.ts';
import { MoreLoad } from './marginal.ts';
import { PriceList } from './pricing.ts';
import { solveTransfers } from './transfer.ts';
import type { CostResult } from './types.ts';

export type { CostResult } from './types.ts';

class CostSolver {
  readonly items: CostItem[] = [];
  readonly nodeUsd = new Map<string, number>();
  readonly prices: PriceList;
  readonly attribution: Attribution;
  /** Null without requests. */
  readonly more: MoreLoad | null;
  private readonly context: EvaluationContext;
  private readonly loads: readonly JourneyLoad[];
  private readonly delivery: Delivery;
  private readonly storage: ReadonlyMap<string, number>;
  /** What storage costs a month, and the data kept for it: each gigabyte once, whatever the copies. */
  readonly kept = { usd: 0, gb: 0 };

  constructor(context: EvaluationContext, book: PriceBook) {
    const loads = journeyLoads(context);
    this.context = context;
    this.loads = loads;
    this.prices = new PriceList(book);
    this.attribution = new Attribution(context, loads);
    const rps = loads.reduce((sum, { rate }) => sum + rate, 0);
    this.more = rps > 0 ? new MoreLoad(context, this.prices, rps) : null;
    this.delivery = solveDelivery(context, loads);
    this.storage = entityStorageGb(context);
    for (const facts of context.compiled.nodes) this.addNode(facts);
    this.addClusters();
    this.addEgress();
    this.addTransfers();
  }

  private addNode(facts: NodeFacts): void {
    const { view } = facts;
    const { costs } = view.behavior;
    if (costs.length === 0) return;
    const connected = this.context.compiled.connected[view.index] ?? false;
    const delivered = this.delivery.nodes.get(view.index);
    const storageGb = this.storage.get(view.id) ?? 0;
    const deliveredGb = delivered ? delivered.reduce((sum, gb) => sum + gb, 0) : null;
    const keptGb = connected ? keptIn(facts, storageGb) : 0;
    this.kept.gb += keptGb;
    let own: number | null = null;
    for (const line of costs) {
      const counted = line.quantity.per === 'request' ? (line.quantity.observed ?? 'once') : 'once';
      const observed = observedRequests(this.context, this.loads, view.index, counted);
      const observedRps = observed ? observed.reduce((sum, rate) => sum + rate, 0) : 0;
      const { quantity: amount, kind } = lineQuantity(this.context, facts, line, { storageGb, deliveredGb, observedRps });
      const priced = this.prices.of(line.price, amount);
      if (!priced) continue;
      const usd = priced.usd * (line.pricing_multiplier ?? 1);
      this.items.push({ node: view.id, label: line.label, price_key: line.price, quantity: amount, kind, connected, unit: priced.unit, usd_month: usd });
      if (keptGb > 0 && line.quantity.per === 'gb_month') this.kept.usd += usd;
      if (connected && kind === 'usage') this.more?.addUsage(line.price, amount, usd, priced.usd);
      else if (connected && line.autoscaled) this.more?.addScaled(facts, usd);
      own = (own ?? 0) + usd;
      if (connected) this.attribution.charge(usd, observed ?? (line.quantity.per === 'gb_out' && delivered ? delivered : this.users(view.index, line, kind)));
    }
    if (own !== null) this.nodeUsd.set(view.id, own);
  }

  private users(node: number, line: CostLine, kind: CostItem['kind']): Weights {
    if (kind === 'fixed') return this.attribution.ofMachines(node);
    return this.attribution.ofNode(node, line.quantity.per === 'request' ? line.quantity.of : 'all');
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
      const priced = this.prices.of('eks_h', HOURS_PER_MONTH);
      if (!priced) continue;
      this.items.push({ node: null, label: 'Kubernetes control plane', price_key: 'eks_h', quantity: HOURS_PER_MONTH, kind: 'fixed', connected: reached, unit: priced.unit, usd_month: priced.usd });
      if (reached) this.attribution.charge(priced.usd, new Float64Array(graph.journeys.length));
    }
  }

  /** The tiers hold for all bytes to the internet together; each edge pays its share. */
  private addEgress(): void {
    let total = 0;
    for (const gb of this.delivery.edges.values()) total += gb.reduce((sum, one) => sum + one, 0);
    const priced = total > 0 ? this.prices.of('egress_gb', total) : null;
    if (!priced) return;
    this.more?.addUsage('egress_gb', total, priced.usd, priced.usd);
    for (const [edge, byJourney] of this.delivery.edges) {
      const gb = byJourney.reduce((sum, one) => sum + one, 0);
      const usd = (priced.usd * gb) / total;
      const id = this.context.compiled.edges[edge]?.view.id ?? '';
      this.items.push({ node: null, edge: id, label: 'Internet egress', price_key: 'egress_gb', quantity: gb, unit: priced.unit, usd_month: usd, kind: 'usage', connected: true });
      this.attribution.charge(usd, byJourney);
    }
  }

  private addTransfers(): void {
    solveTransfers(this.context, (edge, label, key, gb) => {
      const priced = this.prices.of(key, gb);
      if (!priced) return;
      this.items.push({ node: null, edge: edge.id, label, price_key: key, quantity: gb, kind: 'usage', connected: true, unit: priced.unit, usd_month: priced.usd });
      this.more?.addUsage(key, gb, priced.usd, priced.usd);
      this.attribution.charge(priced.usd, this.attribution.ofEdge(edge.index));
    });
  }
}

/** GB of data that a store keeps: what it has room for, or what its entities need when that is more. 0 for all other components. */
function keptIn({ store, others }: NodeFacts, entityGb: number): number {
  if (store) return Math.max(store.storage_gb * store.shards, entityGb);
  const partitioned = others.find((resource) => resource.kind === 'partitioned-store');
  return partitioned?.kind === 'partitioned-store' ? Math.max(partitioned.storage_gb, entityGb) : 0;
}

/** USD a month of the items by what they are. */
interface Sums { total: number; fixed: number; usage: number; apart: number }

function sumsOf(items: readonly CostItem[]): Sums {
  const sums: Sums = { total: 0, fixed: 0, usage: 0, apart: 0 };
  for (const { connected, kind, usd_month } of items) {
    if (!connected) {
      sums.apart += usd_month;
      continue;
    }
    sums.total += usd_month;
    sums[kind] += usd_month;
  }
  return sums;
}

/** USD for a million requests at the average of this peak rate. */
function perMillion(usd: number, peakRps: number, peakToAvg: number): Quantity {
  const millions = (averageRate(peakRps, peakToAvg) * SECONDS_PER_MONTH) / 1e6;
  return millions > 0 ? quantity(usd / millions) : noQuantity('not_applicable');
}

/** Price a drawing at the evaluated load. Items come in node order, then clusters, egress and transfers by edge. */
export function solveCost(context: EvaluationContext, book: PriceBook): CostResult {
  const { compiled, multiple } = context;
  const solver = new CostSolver(context, book);
  const { items } = solver;
  const { peak_to_avg } = compiled.workload;
  const { total, fixed, usage, apart } = sumsOf(items);
  const rates = compiled.journeys.map((journey) => journey.rate_rps * multiple);
  return {
    cost: {
      items, usd_month: total, fixed_usd_month: fixed, usage_usd_month: usage, not_connected_usd_month: apart,
      usd_per_million: perMillion(total, rates.reduce((sum, rate) => sum + rate, 0), peak_to_avg), usd_per_1k_rps: solver.more ? quantity(solver.more.usd) : noQuantity('not_applicable'),
      usd_per_gb: solver.kept.gb > 0 ? quantity(solver.kept.usd / solver.kept.gb) : noQuantity('not_applicable'),
      price_book: { id: book.id, date: book.date, region: book.region }, unpriced: solver.prices.unpriced,
    },
    nodeUsd: solver.nodeUsd,
    evidence: solveAlternatives(context, book),
    journeyUsd: rates.map((rate, journey) => perMillion(solver.attribution.usd[journey] ?? 0, rate, peak_to_avg)),
  };
}
